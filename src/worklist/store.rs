//! Looks into the tables of the rooms before.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::Scope;
use crate::dataset::State;
use crate::duty::Counted;
use crate::kernel::id::{AgencyId, DatasetId, VersionId};
use crate::kernel::{Localized, Result, Timestamp};
use crate::platform::db::Conn;
use crate::schema::{account, agency, dataset, decision, version};

/// Drafts that are read at most.
const MOST_DRAFTS: i64 = 2000;

/// A draft with what was decided on it last.
pub(super) struct Draft {
    pub dataset: DatasetId,
    pub title: String,
    pub agency: AgencyId,
    pub agency_name: Localized,
    pub since: Timestamp,
    pub by: Option<String>,
    pub remark: Option<String>,
}

/// A dataset that the public sees.
pub(super) struct Public {
    pub id: DatasetId,
    pub title: String,
    pub frequency: String,
    pub in_catalogue: bool,
    pub listed_at: Option<i64>,
    pub counts_from: Timestamp,
    pub extended_to: Option<String>,
}

impl Public {
    /// What decides whether it is on time.
    pub fn counted(&self) -> Counted<'_> {
        let listed = (self.in_catalogue, self.listed_at);
        Counted::of(self.counts_from, &self.frequency, listed, self.extended_to.as_deref())
    }
}

/// The drafts of some agencies, or of all.
pub(super) fn drafts(conn: &mut Conn, scope: Scope<'_>) -> Result<Vec<Draft>> {
    type Row = (VersionId, DatasetId, String, AgencyId, (String, Option<String>), i64, Option<String>);
    let mut query = version::table
        .inner_join(dataset::table.on(version::dataset_id.eq(dataset::id)))
        .inner_join(agency::table.on(dataset::agency_id.eq(agency::id)))
        .left_join(account::table.on(version::author_id.eq(account::id.nullable())))
        .filter(version::state.eq("draft"))
        .filter(dataset::state.ne(State::Withdrawn.code()))
        .select((
            version::id,
            dataset::id,
            dataset::title_vi,
            dataset::agency_id,
            (agency::name_vi, agency::name_en),
            version::created_at,
            account::full_name.nullable(),
        ))
        .order((version::created_at.asc(), version::id.asc()))
        .limit(MOST_DRAFTS)
        .into_boxed();
    if let Some(scope) = scope {
        query = query.filter(dataset::agency_id.eq_any(scope));
    }
    let rows: Vec<Row> = query.load(conn)?;
    let ids: Vec<&VersionId> = rows.iter().map(|row| &row.0).collect();
    type Decided = (VersionId, String, String, i64);
    let decisions: Vec<Decided> = decision::table
        .inner_join(account::table)
        .filter(decision::version_id.eq_any(&ids))
        .order((decision::version_id.asc(), decision::seq.asc()))
        .select((decision::version_id, account::full_name, decision::reason, decision::at))
        .load(conn)?;
    // The last one of each version stays.
    let mut last: HashMap<VersionId, Decided> =
        decisions.into_iter().map(|decided| (decided.0.clone(), decided)).collect();
    let drafts = rows.into_iter().map(|(id, dataset, title, agency, (vi, en), made, author)| {
        let agency_name = Localized { vi, en };
        let draft = Draft { dataset, title, agency, agency_name, since: Timestamp(made), by: author, remark: None };
        match last.remove(&id) {
            Some((_, name, reason, at)) => {
                Draft { since: Timestamp(at), by: Some(name), remark: Some(reason), ..draft }
            }
            None => draft,
        }
    });
    Ok(drafts.collect())
}

/// The published datasets of some agencies.
pub(super) fn public(conn: &mut Conn, scope: &[AgencyId]) -> Result<Vec<Public>> {
    type Row = (DatasetId, String, String, bool, Option<i64>, Option<i64>, Option<String>);
    let rows: Vec<Row> = dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .filter(dataset::agency_id.eq_any(scope))
        .select((
            dataset::id,
            dataset::title_vi,
            dataset::frequency,
            dataset::in_catalogue,
            dataset::listed_at,
            dataset::counts_from,
            dataset::extended_to,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, title, frequency, in_catalogue, listed_at, at, extended_to)| Public {
            id,
            title,
            frequency,
            in_catalogue,
            listed_at,
            counts_from: Timestamp(at.unwrap_or(0)),
            extended_to,
        })
        .collect())
}

/// The datasets of some agencies that were published or withdrawn last, newest first: id, title, whether withdrawn, when.
pub(super) fn changes(
    conn: &mut Conn,
    scope: &[AgencyId],
    limit: i64,
) -> Result<Vec<(DatasetId, String, bool, Timestamp)>> {
    let load = |conn: &mut Conn, withdrawn: bool| -> Result<Vec<(DatasetId, String, Option<i64>)>> {
        let of_scope = dataset::table.filter(dataset::agency_id.eq_any(scope)).limit(limit);
        Ok(if withdrawn {
            of_scope
                .filter(dataset::withdrawn_at.is_not_null())
                .order((dataset::withdrawn_at.desc(), dataset::id.desc()))
                .select((dataset::id, dataset::title_vi, dataset::withdrawn_at))
                .load(conn)?
        } else {
            of_scope
                .filter(dataset::state.eq(State::Published.code()))
                .order((dataset::updated_at.desc(), dataset::id.desc()))
                .select((dataset::id, dataset::title_vi, dataset::updated_at))
                .load(conn)?
        })
    };
    let mut found = Vec::new();
    for withdrawn in [false, true] {
        let rows = load(conn, withdrawn)?;
        found.extend(rows.into_iter().map(|(id, title, at)| (id, title, withdrawn, Timestamp(at.unwrap_or(0)))));
    }
    found.sort_by(|a, b| (b.3, &b.0).cmp(&(a.3, &a.0)));
    found.truncate(usize::try_from(limit).unwrap_or(0));
    Ok(found)
}

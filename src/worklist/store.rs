//! Looks into the tables of the rooms before.

use std::collections::HashMap;

use diesel::prelude::*;

use super::model::Scope;
use crate::dataset::State;
use crate::kernel::id::{AccountId, AgencyId, DatasetId, VersionId};
use crate::kernel::{Result, Timestamp};
use crate::platform::db::Conn;
use crate::review::Verdict;
use crate::schema::{account, agency, dataset, decision, version, version_contributor};

/// Drafts that are read at most.
const MOST_DRAFTS: i64 = 2000;

/// A draft with what was decided on it last.
pub(super) struct Draft {
    pub dataset: DatasetId,
    pub title: String,
    pub agency: AgencyId,
    pub agency_name: String,
    pub contributors: Vec<AccountId>,
    /// Who has submitted or approved it.
    pub decided: Vec<AccountId>,
    pub last: Option<Verdict>,
    pub since: Timestamp,
    pub by: Option<String>,
    pub remark: Option<String>,
}

/// A dataset that the public sees.
pub(super) struct Public {
    pub id: DatasetId,
    pub title: String,
    pub agency: AgencyId,
    pub frequency: String,
    pub in_catalogue: bool,
    pub updated_at: Timestamp,
}

/// The drafts of some agencies, or of all.
pub(super) fn drafts(conn: &mut Conn, scope: Scope<'_>) -> Result<Vec<Draft>> {
    type Row = (VersionId, DatasetId, String, AgencyId, String, i64, Option<String>);
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
            agency::name_vi,
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
    let parts: Vec<(VersionId, AccountId)> = version_contributor::table
        .filter(version_contributor::version_id.eq_any(&ids))
        .select((version_contributor::version_id, version_contributor::account_id))
        .load(conn)?;
    type Decided = (VersionId, AccountId, String, String, String, i64);
    let decisions: Vec<Decided> = decision::table
        .inner_join(account::table)
        .filter(decision::version_id.eq_any(&ids))
        .order((decision::at.asc(), decision::id.asc()))
        .select((
            decision::version_id,
            decision::account_id,
            account::full_name,
            decision::verdict,
            decision::reason,
            decision::at,
        ))
        .load(conn)?;
    let mut contributors: HashMap<VersionId, Vec<AccountId>> = HashMap::new();
    for (version, person) in parts {
        contributors.entry(version).or_default().push(person);
    }
    let mut by_version: HashMap<VersionId, Vec<Decided>> = HashMap::new();
    for decided in decisions {
        by_version.entry(decided.0.clone()).or_default().push(decided);
    }
    let drafts = rows.into_iter().map(|(id, dataset, title, agency, agency_name, made, author)| {
        let mut decisions = by_version.remove(&id).unwrap_or_default();
        let last = decisions.pop().and_then(|last| Some((Verdict::from_code(&last.3)?, last)));
        let mut draft = Draft {
            dataset,
            title,
            agency,
            agency_name,
            contributors: contributors.remove(&id).unwrap_or_default(),
            decided: decisions.into_iter().map(|decided| decided.1).collect(),
            last: None,
            since: Timestamp(made),
            by: author,
            remark: None,
        };
        if let Some((verdict, (_, person, name, _, reason, at))) = last {
            draft.decided.push(person);
            (draft.last, draft.since, draft.by, draft.remark) =
                (Some(verdict), Timestamp(at), Some(name), Some(reason));
        }
        draft
    });
    Ok(drafts.collect())
}

/// The published datasets of some agencies, or of all.
pub(super) fn public(conn: &mut Conn, scope: Scope<'_>) -> Result<Vec<Public>> {
    type Row = (DatasetId, String, AgencyId, String, bool, Option<i64>);
    let mut query = dataset::table
        .filter(dataset::state.eq(State::Published.code()))
        .select((
            dataset::id,
            dataset::title_vi,
            dataset::agency_id,
            dataset::frequency,
            dataset::in_catalogue,
            dataset::updated_at,
        ))
        .into_boxed();
    if let Some(scope) = scope {
        query = query.filter(dataset::agency_id.eq_any(scope));
    }
    let rows: Vec<Row> = query.load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, title, agency, frequency, in_catalogue, at)| Public {
            id,
            title,
            agency,
            frequency,
            in_catalogue,
            updated_at: Timestamp(at.unwrap_or(0)),
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

//! The directory of agencies, as its keepers list it.

use diesel::dsl::count_star;
use diesel::prelude::*;

use crate::agency::Agency;
use crate::kernel::{Page, PageRequest, Result};
use crate::people::Scope;
use crate::platform::db::Conn;
use crate::schema::{agency, focal_point};

/// An agency in a list.
#[derive(Clone, Debug)]
pub struct ListedAgency {
    /// The agency.
    pub agency: Agency,
    /// How many of its focal points wait for a decision.
    pub nominated: u64,
}

/// A page of the agencies in a scope, by name: those whose name holds some words, and that are there (`active`) or over (`over`) on a
/// day (ISO 8601).
///
/// # Errors
/// When the database does not answer.
pub fn list_agencies(
    conn: &mut Conn,
    scope: &Scope,
    words: &str,
    state: &str,
    day: &str,
    page: PageRequest,
) -> Result<Page<ListedAgency>> {
    let words = words.trim().replace(['%', '_', '\0'], "");
    macro_rules! filtered {
        ($query:expr) => {{
            let mut query = $query;
            if let Scope::Agencies(own) = scope {
                query = query.filter(agency::id.eq_any(own));
            }
            if !words.is_empty() {
                let any = format!("%{words}%");
                query = query.filter(agency::name_vi.like(any.clone()).or(agency::slug.like(any)));
            }
            match state {
                "active" => {
                    query = query.filter(agency::valid_to.is_null().or(agency::valid_to.ge(day.to_owned())));
                }
                "over" => query = query.filter(agency::valid_to.lt(day.to_owned())),
                _ => {}
            }
            query
        }};
    }
    let total: i64 = filtered!(agency::table.select(count_star()).into_boxed()).first(conn)?;
    let total = u64::try_from(total).unwrap_or(0);
    let request = page.within(total);
    let agencies: Vec<Agency> = filtered!(agency::table.select(Agency::as_select()).into_boxed())
        .order((agency::name_vi.asc(), agency::id.asc()))
        .offset(i64::try_from(request.offset()).unwrap_or(i64::MAX))
        .limit(i64::try_from(request.size).unwrap_or(i64::MAX))
        .load(conn)?;
    let mut items = Vec::new();
    for agency in agencies {
        let nominated: i64 = focal_point::table
            .filter(focal_point::agency_id.eq(&agency.id))
            .filter(focal_point::state.eq("nominated"))
            .select(count_star())
            .first(conn)?;
        items.push(ListedAgency { agency, nominated: u64::try_from(nominated).unwrap_or(0) });
    }
    Ok(Page { items, total, request })
}

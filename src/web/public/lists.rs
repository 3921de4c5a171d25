//! What several public pages list: rows of datasets, grains of agencies, links of topics.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::view::home::TopicLink;
use crate::agency;
use crate::dataset::{self, Card, Standing};
use crate::http::page::{DatasetRow, GrainRow, JsonLd, PageCtx, Text, Timeliness};
use crate::http::{App, present};
use crate::kernel::{PageRequest, Result};
use crate::platform::db::Conn;
use crate::standards;
use crate::statistics::{self, Totals};
use crate::vocabulary::Topic;

/// Datasets on a page of a list.
pub const PAGE_SIZE: u64 = 20;

/// Everything published with its timeliness today, newest first; each with the agency that answers for it now, which took over where its own
/// is over.
pub fn standings(conn: &mut Conn, app: &App) -> Result<Vec<(Standing, Timeliness)>> {
    let today = app.today();
    // Most datasets share a handful of (frequency, day, catalogue, extension): each is worked out once.
    type Key = (String, NaiveDate, (bool, Option<NaiveDate>), Option<String>);
    let mut known: HashMap<Key, Timeliness> = HashMap::new();
    let standings = dataset::standings(conn)?;
    let heirs = agency::heirs(conn, &today.to_string())?;
    Ok(standings
        .into_iter()
        .map(|mut standing| {
            standing.agency_id = heirs.of(&standing.agency_id).clone();
            let counted = standing.counted();
            let day = counted.from.date(app.site.offset_minutes);
            let listed = (standing.in_catalogue, counted.listed_at.map(|at| at.date(app.site.offset_minutes)));
            let key = (standing.frequency.clone(), day, listed, standing.extended_to.clone());
            let state = *known.entry(key).or_insert_with(|| present::freshness(app.profile(), counted, today).state);
            (standing, state)
        })
        .collect())
}

/// The grains of some datasets.
pub fn grains<'a>(states: impl Iterator<Item = &'a Timeliness>) -> GrainRow {
    let mut row = GrainRow::default();
    for state in states {
        match state {
            Timeliness::OnTime => row.on_time += 1,
            Timeliness::Soon => row.soon += 1,
            Timeliness::Late => row.late += 1,
            Timeliness::Unscheduled => row.unscheduled += 1,
        }
    }
    row
}

/// The first day that usage figures count from: thirty days.
pub fn usage_since(app: &App) -> String {
    let today = app.today();
    today.checked_sub_days(Days::new(30)).unwrap_or(today).to_string()
}

/// The rows of a list, in the order of the ids.
pub fn rows(conn: &mut Conn, app: &App, page: &PageCtx, ids: &[String]) -> Result<Vec<DatasetRow>> {
    let cards = dataset::cards(conn, ids)?;
    let used = statistics::totals(conn, ids, &usage_since(app))?;
    Ok(cards
        .iter()
        .map(|card| row(app, page, card, used.get(card.dataset.id.as_str()).copied().unwrap_or_default()))
        .collect())
}

fn row(app: &App, page: &PageCtx, card: &Card, used: Totals) -> DatasetRow {
    let updated = crate::kernel::Timestamp(card.dataset.updated_at.unwrap_or(0));
    DatasetRow {
        title: present::text(page, &card.metadata.title),
        href: page.href(&format!("/dataset/{}", card.dataset.slug)),
        agency: present::text(page, &card.agency),
        freshness: present::freshness(app.profile(), card.dataset.counted(), app.today()),
        published: page.day(updated),
        version: u64::try_from(card.version).unwrap_or(0),
        rows: card.rows,
        downloads: used.downloads,
    }
}

/// The ids of one page of a list.
pub fn slice(standings: &[&(Standing, Timeliness)], page: PageRequest) -> Vec<String> {
    let skip = usize::try_from(page.offset()).unwrap_or(usize::MAX);
    let take = usize::try_from(page.size).unwrap_or(usize::MAX);
    standings.iter().skip(skip).take(take).map(|(standing, _)| standing.id.to_string()).collect()
}

/// The way to a page from the home page, for programs: the step between, by name and path, then the page itself.
pub fn crumbs(page: &PageCtx, step: Option<(String, String)>, path: &str, name: &str) -> JsonLd {
    let mut way = vec![(page.t("nav-home"), page.url("/"))];
    way.extend(step.map(|(name, path)| (name, page.url(&path))));
    way.push((name.to_owned(), page.url(path)));
    JsonLd::new(&standards::breadcrumbs(&way))
}

/// A topic with how many published datasets it has.
pub fn topic_link(page: &PageCtx, topic: &Topic, count: u64) -> TopicLink {
    let icon = topic.icon.strip_prefix("t-").unwrap_or(&topic.icon).to_owned();
    let (name, got) = topic.name.get(page.lang);
    TopicLink { name: Text::of(name, got, page.lang), href: page.href(&format!("/topic/{}", topic.code)), icon, count }
}

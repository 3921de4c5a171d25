//! Pages, those of the database and those that come with the program as one.

use super::model::{Article, Found, Kind, Published, Revision, State, Words, lead_of};
use super::{built_in, store};
use crate::kernel::text::fold;
use crate::kernel::{Error, Localized, Page, PageRequest, Result};
use crate::platform::db::Conn;
use crate::profile::Profile;

/// The page of a slug, for those who write it.
///
/// # Errors
/// `NotFound`.
pub fn article(conn: &mut Conn, profile: &Profile, slug: &str) -> Result<Article> {
    match store::by_slug(conn, slug)? {
        Some(found) => Ok(found),
        None => built_in::article(profile, slug)?.ok_or_else(Error::not_found),
    }
}

/// What the public sees of a text that came with the program.
fn as_it_came(article: Article) -> Published {
    Published {
        slug: article.slug,
        kind: article.kind,
        position: article.position,
        words: article.words,
        revision: article.revision,
        dates: None,
    }
}

/// What the public sees under a slug, if it is of that kind.
///
/// # Errors
/// `NotFound`, also for a draft.
pub fn find(conn: &mut Conn, profile: &Profile, kind: Kind, slug: &str) -> Result<Found> {
    let found = article(conn, profile, slug)?;
    match found.state {
        _ if found.kind != kind => Err(Error::not_found()),
        State::Draft => Err(Error::not_found()),
        State::Withdrawn => Ok(Found::Withdrawn(found)),
        State::Published if found.id.is_none() => Ok(Found::Published(as_it_came(found))),
        State::Published => store::published(conn, slug)?.map(Found::Published).ok_or_else(Error::not_found),
    }
}

/// The guides that the public sees, in their order.
///
/// # Errors
/// When the database does not answer.
pub fn guides(conn: &mut Conn, profile: &Profile) -> Result<Vec<Published>> {
    let mut guides = store::published_guides(conn)?;
    for slug in built_in::GUIDES {
        // These are never withdrawn: what is not among the published ones has no row.
        if !guides.iter().any(|guide| guide.slug == slug) {
            guides.extend(built_in::article(profile, slug)?.map(as_it_came));
        }
    }
    guides.sort_by(|a, b| (a.position, &a.words.title.vi).cmp(&(b.position, &b.words.title.vi)));
    Ok(guides)
}

/// A page of the news that the public sees, newest first.
///
/// # Errors
/// When the database does not answer.
pub fn news(conn: &mut Conn, request: PageRequest) -> Result<Page<Published>> {
    store::published_news(conn, request)
}

/// The newest news that the public sees.
///
/// # Errors
/// When the database does not answer.
pub fn latest_news(conn: &mut Conn, most: u64) -> Result<Vec<Published>> {
    Ok(store::published_news(conn, PageRequest::new(None, most))?.items)
}

/// Newest news that a search looks through.
const SEARCHED_NEWS: u64 = 100;

/// The guides, and the newest news, that are about what somebody searches for: each word stands in the title, a heading or the first
/// paragraph, in either language, tone marks aside; the last may be a beginning. Those that name it in the title come first.
///
/// # Errors
/// When the database does not answer.
pub fn about(conn: &mut Conn, profile: &Profile, text: &str, most: usize) -> Result<Vec<Published>> {
    let wanted: Vec<String> = words_of(text).into_iter().take(12).collect();
    let Some((last, before)) = wanted.split_last() else { return Ok(Vec::new()) };
    let holds = |text: &str| {
        let words = words_of(text);
        before.iter().all(|word| words.contains(word)) && words.iter().any(|word| word.starts_with(last))
    };
    let both = |text: &Localized| format!("{}\n{}", text.vi, text.en.as_deref().unwrap_or_default());
    let mut found: Vec<(bool, Published)> = Vec::new();
    for page in guides(conn, profile)?.into_iter().chain(latest_news(conn, SEARCHED_NEWS)?) {
        let title = both(&page.words.title);
        let leads = both(&page.words.body.map(|body, _| {
            let headings = body.lines().filter(|line| line.starts_with('#'));
            headings.chain([lead_of(body).as_str()]).collect::<Vec<_>>().join("\n")
        }));
        if holds(&title) || holds(&format!("{title}\n{leads}")) {
            found.push((!holds(&title), page));
        }
    }
    // Stable: guides in their order, then news, newest first.
    found.sort_by_key(|(below, _)| *below);
    Ok(found.into_iter().take(most).map(|(_, page)| page).collect())
}

fn words_of(text: &str) -> Vec<String> {
    fold(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Every guide, and the pages at an address of their own, in every state, for those who write them.
///
/// # Errors
/// When the database does not answer.
pub fn pages_in_hand(conn: &mut Conn, profile: &Profile) -> Result<Vec<Article>> {
    let mut pages = store::of_kinds(conn, &[Kind::Guide, Kind::Fixed])?;
    for slug in built_in::GUIDES.into_iter().chain(built_in::FIXED) {
        if !pages.iter().any(|page| page.slug == slug) {
            pages.extend(built_in::article(profile, slug)?);
        }
    }
    pages.sort_by(|a, b| (a.position, &a.words.title.vi).cmp(&(b.position, &b.words.title.vi)));
    Ok(pages)
}

/// A page of the news in every state, last written first, for those who write them.
///
/// # Errors
/// When the database does not answer.
pub fn news_in_hand(conn: &mut Conn, request: PageRequest) -> Result<Page<Article>> {
    store::news_in_hand(conn, request)
}

/// The revisions of a page, newest first; none of a text that came with the program.
///
/// # Errors
/// When the database does not answer.
pub fn revisions(conn: &mut Conn, of: &Article) -> Result<Vec<Revision>> {
    match &of.id {
        Some(id) => store::revisions(conn, id),
        None => Ok(Vec::new()),
    }
}

/// The words of a revision of a page; of a text that came with the program the first alone.
///
/// # Errors
/// `NotFound`.
pub fn revision(conn: &mut Conn, of: &Article, number: i32) -> Result<Words> {
    match &of.id {
        Some(id) => store::revision(conn, id, number)?.ok_or_else(Error::not_found),
        None if number == of.revision => Ok(of.words.clone()),
        None => Err(Error::not_found()),
    }
}

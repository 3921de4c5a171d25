//! Atom feeds: of one dataset, of the whole portal, of an agency, a topic or a search, and of the news; cached like every public page.

use actix_web::{HttpRequest, web};

use super::editorial::lead;
use super::search::{Wish, newest};
use super::serve::kept;
use super::view::feed::{EntryKind, FeedEntry, FeedPage, FeedText, xml};
use crate::agency;
use crate::dataset::{self, Dataset, Found, Of, Told, Version};
use crate::editorial::{self, Published};
use crate::http::page::{PageCtx, Section, Text};
use crate::http::{ATOM, App, Outcome, present, query_pairs};
use crate::kernel::{Error, Localized, Result, Timestamp};
use crate::platform::db::Conn;
use crate::release::{self, Release};

/// Entries of a feed.
const MOST: usize = 50;

/// GET /dataset/{slug}/feed.atom: each published version; of a withdrawn dataset, that it was withdrawn.
pub async fn of_dataset(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    kept(&req, &app, ATOM, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, path, Section::Datasets);
                let (dataset, withdrawn) = match dataset::find_published(conn, &slug)? {
                    Found::Published(dataset) => (dataset, false),
                    Found::Withdrawn(dataset) => (dataset, true),
                };
                let shown = dataset::detail(conn, &dataset.id, None)?;
                let owner = agency::by_id(conn, &dataset.agency_id)?.ok_or_else(Error::not_found)?;
                let owner = owner.names();
                let title = match (withdrawn, &shown.version.metadata.title) {
                    (true, title) => present::public_title(&page.texts, &dataset, title),
                    (false, title) => title.clone(),
                };
                let entries = if withdrawn {
                    vec![withdrawal(&page, &dataset, &title, &owner)]
                } else {
                    let lines = dataset::version_lines(conn, &dataset.id, false)?;
                    let version = |line: &dataset::VersionLine| publication(&page, &dataset, &line.version, &owner);
                    // What was purged is told by its own page alone.
                    let lines = lines.iter().filter(|line| line.version.purged_at.is_none());
                    lines.take(MOST).map(version).collect()
                };
                let about = Feed {
                    id: format!("urn:uuid:{}", dataset.id),
                    title: title.get(lang).0.to_owned(),
                    subtitle: page.t1("feed-of-dataset", "agency", owner.get(lang).0),
                    author: owner.get(lang).0.to_owned(),
                    page: format!("/dataset/{}", dataset.slug),
                    own: format!("/dataset/{}/feed.atom", dataset.slug),
                };
                Ok(feed(&page, about, entries))
            })
            .await
        }
    })
    .await
}

/// GET /feed.atom: what was last published, corrected or withdrawn on the portal.
pub async fn of_portal(req: HttpRequest, app: web::Data<App>) -> Outcome {
    told_with(req, app, |page, conn, app| {
        let about = Feed {
            id: format!("{}/feed.atom", app.site.public_url),
            title: page.portal_name().to_owned(),
            subtitle: page.t("feed-of-portal"),
            author: page.portal_name().to_owned(),
            page: "/".to_owned(),
            own: "/feed.atom".to_owned(),
        };
        let releases = release::list(conn, false)?;
        let mut told = Vec::new();
        for release in releases.iter().take(MOST) {
            let since = release::since(conn, release, page.site.offset_minutes)?;
            told.extend(released(page, release, since));
        }
        Ok((about, dataset::latest(conn, &Of::All, limit())?, told))
    })
    .await
}

/// GET /organization/{slug}/feed.atom: the same of one agency.
pub async fn of_agency(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    told(req, app, move |page, conn, app| {
        let agency = agency::by_slug(conn, &slug)?.ok_or_else(Error::not_found)?;
        let name = agency.name(page.lang).0;
        let about = Feed {
            id: format!("urn:uuid:{}", agency.id),
            title: page.t2("feed-narrowed", "name", name, "portal", page.portal_name()),
            subtitle: page.t1("feed-of-agency", "agency", name),
            author: name.to_owned(),
            page: format!("/organization/{slug}"),
            own: format!("/organization/{slug}/feed.atom"),
        };
        let over = agency::predecessors(conn, &agency.id, &app.today().to_string())?;
        let owners: Vec<_> = std::iter::once(agency.id).chain(over.into_iter().map(|over| over.id)).collect();
        Ok((about, dataset::latest(conn, &Of::Agencies(&owners), limit())?))
    })
    .await
}

/// GET /topic/{slug}/feed.atom: the same of one topic.
pub async fn of_topic(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let code = slug.into_inner();
    told(req, app, move |page, conn, app| {
        let topic = app.profile().topic(&code).ok_or_else(Error::not_found)?;
        let name = topic.name.get(page.lang).0;
        let about = Feed {
            id: format!("{}/topic/{code}/feed.atom", app.site.public_url),
            title: page.t2("feed-narrowed", "name", name, "portal", page.portal_name()),
            subtitle: page.t1("feed-of-topic", "topic", name),
            author: page.portal_name().to_owned(),
            page: format!("/topic/{code}"),
            own: format!("/topic/{code}/feed.atom"),
        };
        Ok((about, dataset::latest(conn, &Of::Topic(&code), limit())?))
    })
    .await
}

/// GET /dataset/feed.atom?q=…: the versions of what a search finds, by the parameters of the search page; newest first, whatever its order.
pub async fn of_search(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish = Wish::read(query_pairs(&req));
    told(req, app, move |page, conn, app| {
        let own = wish.feed();
        let title = match wish.text() {
            "" => page.t("search-title-all"),
            text => page.t1("search-title", "query", text),
        };
        let about = Feed {
            id: format!("{}{own}", app.site.public_url),
            title: page.t2("feed-narrowed", "name", &title, "portal", page.portal_name()),
            subtitle: page.t("feed-of-search"),
            author: page.portal_name().to_owned(),
            page: wish.canonical(1),
            own,
        };
        let found = newest(conn, app, &wish, page.lang, MOST as u64)?;
        Ok((about, dataset::latest(conn, &Of::These(&found), limit())?))
    })
    .await
}

fn limit() -> i64 {
    i64::try_from(MOST).unwrap_or(i64::MAX)
}

/// A feed of what happened to data, of which `told` says what it is called and what it tells.
async fn told(
    req: HttpRequest,
    app: web::Data<App>,
    told: impl FnOnce(&PageCtx, &mut Conn, &App) -> Result<(Feed, Vec<Told>)> + Send + 'static,
) -> Outcome {
    told_with(req, app, |page, conn, app| told(page, conn, app).map(|(about, told)| (about, told, Vec::new()))).await
}

/// As [`told`], with further entries among those of data.
async fn told_with(
    req: HttpRequest,
    app: web::Data<App>,
    told: impl FnOnce(&PageCtx, &mut Conn, &App) -> Result<(Feed, Vec<Told>, Vec<FeedEntry>)> + Send + 'static,
) -> Outcome {
    kept(&req, &app, ATOM, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, path, Section::Datasets);
                let (about, told, further) = told(&page, conn, &app)?;
                let entry = |told: &Told| match told.dataset.state() {
                    dataset::State::Withdrawn => {
                        let title = present::public_title(&page.texts, &told.dataset, &told.version.metadata.title);
                        withdrawal(&page, &told.dataset, &title, &told.agency)
                    }
                    _ => publication(&page, &told.dataset, &told.version, &told.agency),
                };
                let mut entries: Vec<FeedEntry> = told.iter().map(entry).chain(further).collect();
                entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
                // A release comes four times a year: the newest stays, however much was published since.
                let newest = entries.iter().position(|entry| entry.kind == EntryKind::Release);
                if let Some(beyond) = newest.filter(|at| *at >= MOST) {
                    entries.swap(MOST - 1, beyond);
                }
                entries.truncate(MOST);
                Ok(feed(&page, about, entries))
            })
            .await
        }
    })
    .await
}

/// GET /tin-tuc/feed.atom: what was last announced.
pub async fn of_news(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept(&req, &app, ATOM, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let page = app.public_page(lang, path, Section::Pages);
                let latest = editorial::latest_news(conn, u64::try_from(MOST).unwrap_or(u64::MAX))?;
                let entries = latest.iter().map(|news| announcement(&page, news)).collect();
                let about = Feed {
                    id: format!("{}/tin-tuc/feed.atom", app.site.public_url),
                    title: page.t1("feed-of-news", "portal", page.portal_name()),
                    subtitle: page.t("news-lead"),
                    author: page.portal_name().to_owned(),
                    page: "/tin-tuc".to_owned(),
                    own: "/tin-tuc/feed.atom".to_owned(),
                };
                Ok(feed(&page, about, entries))
            })
            .await
        }
    })
    .await
}

/// What a feed says of itself; addresses without host and language.
struct Feed {
    id: String,
    title: String,
    subtitle: String,
    author: String,
    page: String,
    own: String,
}

fn feed(page: &PageCtx, about: Feed, entries: Vec<FeedEntry>) -> FeedPage {
    let other = page.lang.other();
    FeedPage {
        lang: page.lang.tag(),
        other_lang: other.tag(),
        id: about.id,
        title: xml(&about.title),
        subtitle: xml(&about.subtitle),
        updated: entries.iter().map(|entry| entry.at).max().unwrap_or(Timestamp(0)),
        author: xml(&about.author),
        own: with_host(page, &page.href(&about.own)),
        alternate: with_host(page, &page.href(&about.page)),
        other: with_host(page, &format!("{}{}", other.prefix(), about.own)),
        entries,
    }
}

fn with_host(page: &PageCtx, href: &str) -> String {
    format!("{}{href}", page.site.public_url)
}

fn publication(page: &PageCtx, dataset: &Dataset, version: &Version, owner: &Localized) -> FeedEntry {
    let number = u64::try_from(version.number.unwrap_or(0)).unwrap_or(0);
    let (title, got) = version.metadata.title.get(page.lang);
    let (kind, id) = match version.is_correction() {
        true => (EntryKind::Correction, "feed-correction"),
        false => (EntryKind::Publication, "feed-publication"),
    };
    let none = || FeedText::from(page.t(if number == 1 { "feed-first" } else { "feed-no-note" }));
    FeedEntry {
        id: format!("urn:uuid:{}", version.id),
        title: Text::of(page.t2(id, "title", title, "number", number), got, page.lang).into(),
        at: version.published_at.unwrap_or(Timestamp(0)),
        published: version.published_at.unwrap_or(Timestamp(0)),
        author: xml(owner.get(page.lang).0),
        kind,
        label: page.t(&format!("feed-kind-{}", kind.term())),
        href: with_host(page, &page.href(&format!("/dataset/{}/v/{number}", dataset.slug))),
        summary: version.note.as_ref().map_or_else(none, |note| present::text(page, note).into()),
    }
}

fn withdrawal(page: &PageCtx, dataset: &Dataset, title: &Localized, owner: &Localized) -> FeedEntry {
    let reason = Localized {
        vi: dataset.withdrawn_reason_vi.clone().unwrap_or_default(),
        en: dataset.withdrawn_reason_en.clone(),
    };
    let (name, got) = title.get(page.lang);
    FeedEntry {
        // A dataset is withdrawn once, and its slug never names another.
        id: format!("{}/dataset/{}#withdrawn", page.site.public_url, dataset.slug),
        title: Text::of(page.t1("feed-withdrawal", "title", name), got, page.lang).into(),
        at: Timestamp(dataset.withdrawn_at.unwrap_or(0)),
        published: Timestamp(dataset.withdrawn_at.unwrap_or(0)),
        author: xml(owner.get(page.lang).0),
        kind: EntryKind::Withdrawal,
        label: page.t("feed-kind-withdrawal"),
        href: with_host(page, &page.href(&format!("/dataset/{}", dataset.slug))),
        summary: present::text(page, &reason).into(),
    }
}

/// A quarterly release, and from when it tells what changed.
fn released(page: &PageCtx, release: &Release, since: Timestamp) -> Option<FeedEntry> {
    let link = super::release::link(page, release)?;
    let at = Timestamp(release.ready_at?);
    let address = format!("/quy/{}", release.quarter);
    let (since, until) = (page.datetime(since), page.datetime(Timestamp(release.as_of)));
    Some(FeedEntry {
        id: format!("{}{address}", page.site.public_url),
        title: page.t1("release-title", "quarter", link.text.text).into(),
        at,
        published: at,
        author: xml(page.portal_name()),
        kind: EntryKind::Release,
        label: page.t("feed-kind-release"),
        href: with_host(page, &link.href),
        summary: page.t2("release-summary", "since", since, "date", until).into(),
    })
}

fn announcement(page: &PageCtx, news: &Published) -> FeedEntry {
    let (first, last) = news.dates.unwrap_or((Timestamp(0), Timestamp(0)));
    let address = news.kind.address(&news.slug);
    FeedEntry {
        // A slug never names another page.
        id: format!("{}{address}", page.site.public_url),
        title: present::text(page, &news.words.title).into(),
        at: last,
        published: first,
        author: xml(page.portal_name()),
        kind: EntryKind::News,
        label: page.t("feed-kind-news"),
        href: with_host(page, &page.href(&address)),
        summary: lead(page, &news.words.body_at(&page.site.public_url)).into(),
    }
}

//! The page of a dataset: data, structure, versions; and the tombstone of a withdrawn one.

use actix_web::http::{Method, StatusCode};
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Deserialize;

use super::files::agent_of;
use super::serve::page;
use super::statistics::{monthly, twelve_months};
use super::view::dataset::{
    Cell, Citation, DatasetPage, Direction, OlderVersion, Preview, PreviewHeader, RelatedRow, ResourceLink,
    ResourceView, Tab, TabHrefs, VersionEntry,
};
use super::view::gone::GonePage;
use super::{bundle, embed, formats, lists, map, short, subscriptions};
use crate::agency::Agency;
pub(super) use crate::dataset::published;
use crate::dataset::{Dataset, Found, Published, ResourceVersion, VersionLine};
use crate::discovery::{Related, Tie};
use crate::http::page::{Download, JsonLd, Link, Offers, PageCtx, Pager, Section, Share, Text};
use crate::http::{App, Failure, Outcome, html, lang_of, path_and_query, present, query_of};
use crate::kernel::{Error, Lang, Localized, PageRequest, Result, Timestamp, day_of};
use crate::plan::catalogue;
use crate::platform::db::Conn;
use crate::platform::{markdown, sheet};
use crate::statistics::{Totals, is_robot};
use crate::table::explore::{Query, SortKey};
use crate::table::geometry;
use crate::table::ingest::report::Column;
use crate::table::{self, Report};
use crate::web::open_data::CATALOGUE;
use crate::{agency, cycle, dataset, discovery, purge, standards, statistics};

/// Rows of a preview.
const PREVIEW_ROWS: u64 = 25;

#[derive(Clone, Debug, Default, Deserialize)]
struct Wish {
    #[serde(default)]
    tab: String,
    resource: Option<String>,
    #[serde(default)]
    sort: String,
    page: Option<String>,
}

/// GET /dataset/{slug}
pub async fn show(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    answer(&req, &app, slug.into_inner(), None).await
}

/// GET /dataset/{slug}/v/{number}
pub async fn show_version(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (slug, number) = path.into_inner();
    let number = number.parse().map_err(|_| Error::not_found())?;
    answer(&req, &app, slug, Some(number)).await
}

async fn answer(req: &HttpRequest, app: &web::Data<App>, slug: String, number: Option<i32>) -> Outcome {
    let wish: Wish = query_of(req)?;
    let counted_slug = slug.clone();
    let drawn = page(req, app, |lang, path| {
        let (app, slug, wish) = (app.get_ref().clone(), slug.clone(), wish.clone());
        async move { draw(&app, lang, path, slug, number, wish).await }
    })
    .await;
    match drawn {
        Ok(answer) => {
            let seen = answer.status().is_success() && *req.method() == Method::GET && !is_robot(agent_of(req));
            if seen && let Some(id) = counted(app, &counted_slug).await? {
                app.counter.count(app.today().to_string(), id, "view", "");
            }
            Ok(answer)
        }
        Err(failure) => gone_instead(req, app, slug, number, failure).await,
    }
}

/// The tombstone where a page fails because its dataset or version is gone; the failure itself otherwise.
pub(super) async fn gone_instead(
    req: &HttpRequest,
    app: &web::Data<App>,
    slug: String,
    number: Option<i32>,
    failure: Failure,
) -> Outcome {
    if failure.0.kind() != crate::kernel::Kind::Gone {
        return Err(failure);
    }
    match app.db().read_async(move |conn| dataset::find_published(conn, &slug)).await? {
        Found::Withdrawn(dataset) => tombstone(req, app, &dataset).await,
        Found::Published(dataset) => match number {
            Some(number) => purged(req, app, &dataset, number).await,
            None => Err(failure),
        },
    }
}

/// The id under which a view is counted; known ones are kept, so that a counted view costs no question.
async fn counted(app: &App, slug: &str) -> Result<Option<crate::kernel::id::DatasetId>> {
    if let Some(id) = app.slugs.get(slug) {
        return Ok(Some(id));
    }
    let wanted = slug.to_owned();
    let found = app.db().read_async(move |conn| dataset::by_slug(conn, &wanted)).await?;
    let id = found.filter(|dataset| dataset.state() == dataset::State::Published).map(|dataset| dataset.id);
    if let Some(id) = &id {
        app.slugs.insert(slug.to_owned(), id.clone());
    }
    Ok(id)
}

/// The page of a withdrawn dataset: 410, with what was there, whose, why and since when.
pub(super) async fn tombstone(req: &HttpRequest, app: &web::Data<App>, dataset: &Dataset) -> Outcome {
    let (owner_id, current) = (dataset.agency_id.clone(), dataset.id.clone());
    let (owner, metadata) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_id(conn, &owner_id)?.ok_or_else(Error::not_found)?;
            Ok((owner, dataset::detail(conn, &current, None)?.version.metadata))
        })
        .await?;
    let mut page = app.public_page(lang_of(req), path_and_query(req), Section::Datasets);
    page.canonical = None;
    let reason = Localized {
        vi: dataset.withdrawn_reason_vi.clone().unwrap_or_default(),
        en: dataset.withdrawn_reason_en.clone(),
    };
    gone(GonePage {
        title: present::text(&page, &present::public_title(&page.texts, dataset, &metadata.title)),
        agency: agency_link(&page, &owner),
        reason: present::text(&page, &reason),
        withdrawn: page.day(Timestamp(dataset.withdrawn_at.unwrap_or(0))),
        replacement: None,
        purged: false,
        page,
    })
}

/// The page of a version whose content was purged: 410, with number, agency, reason and day, and nothing of the content.
pub(super) async fn purged(req: &HttpRequest, app: &web::Data<App>, dataset: &Dataset, number: i32) -> Outcome {
    let (owner_id, id) = (dataset.agency_id.clone(), dataset.id.clone());
    let (owner, purge) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_id(conn, &owner_id)?.ok_or_else(Error::not_found)?;
            let version = dataset::version_by_number(conn, &id, number)?.ok_or_else(Error::not_found)?;
            let purge = purge::of_version(conn, &version.id)?.ok_or_else(Error::not_found)?;
            Ok((owner, purge))
        })
        .await?;
    let mut page = app.public_page(lang_of(req), path_and_query(req), Section::Datasets);
    page.canonical = None;
    let (name, lang) = (dataset.title_vi.as_str(), Lang::Vi);
    let title = page.t2("gone-purged-version", "title", name, "number", i64::from(number));
    let latest = Link { text: Text::of(name, lang, page.lang), href: page.href(&format!("/dataset/{}", dataset.slug)) };
    gone(GonePage {
        title: Text::new(title),
        agency: agency_link(&page, &owner),
        reason: present::text(&page, &purge.reason),
        withdrawn: page.day(purge.decided_at.unwrap_or(purge.asked_at)),
        replacement: Some(latest),
        purged: true,
        page,
    })
}

/// A tombstone: caches ask each time.
fn gone(page: GonePage) -> Outcome {
    let mut answer: HttpResponse = html(StatusCode::GONE, &page)?;
    answer.headers_mut().insert(
        actix_web::http::header::CACHE_CONTROL,
        actix_web::http::header::HeaderValue::from_static("public, no-cache"),
    );
    Ok(answer)
}

fn agency_link(page: &PageCtx, agency: &Agency) -> Link {
    let name = agency.names();
    Link { text: present::text(page, &name), href: page.href(&format!("/organization/{}", agency.slug)) }
}

/// All that the database knows for the page.
struct Facts {
    shown: Published,
    owner: Agency,
    versions: Vec<(VersionLine, Vec<ResourceVersion>)>,
    used: Totals,
    related: Vec<RelatedRow>,
    days: std::collections::HashMap<String, Totals>,
    unchanged: Option<Timestamp>,
    /// Whether there is a catalogue that may list it.
    catalogued: bool,
}

async fn draw(
    app: &App,
    lang: Lang,
    path: String,
    slug: String,
    number: Option<i32>,
    wish: Wish,
) -> Result<DatasetPage> {
    let (since, all_versions) = (lists::usage_since(app), wish.tab == "versions");
    let mut page = app.public_page(lang, path, Section::Datasets);
    let (state, drawn) = (app.clone(), page.clone());
    let year = twelve_months(app.today());
    let facts = app
        .db()
        .read_async(move |conn| {
            let (shown, owner) = published(conn, &slug, number)?;
            let mut versions = Vec::new();
            let lines = dataset::version_lines(conn, &shown.dataset.id, false)?;
            for line in lines.into_iter().filter(|line| line.version.purged_at.is_none()) {
                let resources = if all_versions { dataset::resources_of(conn, &line.version.id)? } else { Vec::new() };
                versions.push((line, resources));
            }
            let used = statistics::totals(conn, &[shown.dataset.id.to_string()], &since)?;
            let related = if all_versions { Vec::new() } else { related(conn, &state, &drawn, &shown, &owner)? };
            let used = used.get(shown.dataset.id.as_str()).copied().unwrap_or_default();
            let days = statistics::by_day(conn, &year.to_string(), Some(&shown.dataset.id))?;
            let unchanged = cycle::confirmed(conn, &shown.dataset)?;
            let catalogued = catalogue::in_force(conn)?.is_some();
            Ok(Facts { used, days, shown, owner, versions, related, unchanged, catalogued })
        })
        .await?;
    let base = base_path(&facts.shown, number);
    page.canonical = Some(format!("/dataset/{}", facts.shown.dataset.slug));
    let tab = match wish.tab.as_str() {
        "structure" => Tab::Structure,
        "versions" => Tab::Versions,
        _ => Tab::Data,
    };
    let resource = facts
        .shown
        .resources
        .iter()
        .find(|resource| Some(&resource.name) == wish.resource.as_ref())
        .or(facts.shown.resources.first());
    let view = match resource {
        Some(resource) => Some(resource_view(app, &page, &facts.shown, resource, &base, tab, &wish).await?),
        None => None,
    };
    assemble(app, page, &facts, &base, tab, resource, view)
}

pub(super) fn base_path(shown: &Published, number: Option<i32>) -> String {
    match number {
        Some(number) => format!("/dataset/{}/v/{number}", shown.dataset.slug),
        None => format!("/dataset/{}", shown.dataset.slug),
    }
}

/// An address of the page in its language.
fn address(page: &PageCtx, base: &str, parameters: &[(&str, &str)]) -> String {
    page.href(&crate::http::address(base, parameters))
}

fn assemble(
    app: &App,
    mut page: PageCtx,
    facts: &Facts,
    base: &str,
    tab: Tab,
    resource: Option<&ResourceVersion>,
    view: Option<ResourceView>,
) -> Result<DatasetPage> {
    let shown = &facts.shown;
    let (metadata, slug) = (&shown.version.metadata, &shown.dataset.slug);
    let published = shown.version.published_at.unwrap_or(Timestamp(0));
    let number = u64::try_from(shown.version.number.unwrap_or(0)).unwrap_or(0);
    let named = if shown.resources.len() > 1 { resource.map_or("", |resource| &resource.name) } else { "" };
    let (description, description_lang) = metadata.description.get(page.lang);
    let summary = crate::kernel::text::truncate(&markdown::to_text(description), 200);
    let citation = citation(app, &page, shown, &facts.owner);
    let topic = app.profile().topic(&metadata.topic);
    let terms = terms(app, &page, metadata);
    // An older version has no address of its own for search engines, and is not described to them.
    let json_ld = match shown.is_older() {
        true => None,
        false => Some(JsonLd::new(&describe(app, &page, facts, &citation)?)),
    };
    let name = shown.title(page.lang).0.to_owned();
    let step = topic.map(|topic| (topic.name.get(page.lang).0.to_owned(), format!("/topic/{}", topic.code)));
    page.linked = vec![lists::crumbs(&page, step, &format!("/dataset/{slug}"), &name)];
    page.share =
        Some(Share { title: name, description: summary.clone(), picture: Some(format!("/dataset/{slug}/og.png")) });
    Ok(DatasetPage {
        tab,
        tab_hrefs: TabHrefs {
            data: address(&page, base, &[("resource", named)]),
            structure: address(&page, base, &[("tab", "structure"), ("resource", named)]),
            versions: address(&page, base, &[("tab", "versions")]),
        },
        title: present::text(&page, &metadata.title),
        summary: Text::of(summary, description_lang, page.lang),
        description: present::html(&page, &metadata.description),
        agency: agency_link(&page, &facts.owner),
        topics: topic
            .iter()
            .map(|topic| {
                let link = lists::topic_link(&page, topic, 0);
                Link { text: link.name, href: link.href }
            })
            .collect(),
        keywords: metadata
            .keywords
            .iter()
            .map(|word| Link {
                text: Text::of(word, Lang::Vi, page.lang),
                href: address(&page, "/dataset", &[("q", word)]),
            })
            .collect(),
        freshness: present::freshness(app.profile(), shown.dataset.counted(), app.today()),
        extended: shown.dataset.extended_to.as_deref().and_then(day_of),
        unchanged: facts.unchanged.map(|at| page.day(at)),
        catalogue: facts.catalogued.then(|| (shown.dataset.in_catalogue, page.href(CATALOGUE))),
        frequency: app
            .profile()
            .frequency(&metadata.frequency)
            .map(|frequency| frequency.name.get(page.lang).0.to_owned())
            .unwrap_or_default(),
        terms,
        coverage: coverage(&page, metadata),
        contact: facts.owner.email.clone().map(Text::new),
        version: number,
        published: page.day(published),
        older: shown.is_older().then(|| OlderVersion {
            latest: u64::try_from(shown.latest).unwrap_or(0),
            latest_href: page.href(&format!("/dataset/{slug}")),
        }),
        views: facts.used.views,
        downloads: facts.used.downloads,
        use_by_month: monthly(&facts.days, twelve_months(app.today()), app.today()),
        resources: shown
            .resources
            .iter()
            .map(|one| ResourceLink {
                title: present::text(&page, &one.title),
                href: address(
                    &page,
                    base,
                    &[("tab", if tab == Tab::Structure { "structure" } else { "" }), ("resource", &one.name)],
                ),
                current: resource.is_some_and(|current| current.name == one.name),
            })
            .collect(),
        resource: view,
        versions: versions(app, &page, facts, slug),
        version_count: facts.versions.len() as u64,
        citation,
        json_ld,
        related: facts.related.clone(),
        short_url: short::url_of(&page, &shown.dataset.id, None),
        short_version_url: short::url_of(&page, &shown.dataset.id, Some(number)),
        embed_href: page.href(&embed::path_of(slug)),
        embed_code: embed::code(&page, slug, shown.title(page.lang).0)?,
        report_href: page.href(&format!("/dataset/{slug}/bao-loi")),
        feed_href: page.href(&format!("/dataset/{slug}/feed.atom")),
        follow_href: page.href(&subscriptions::path_of("dataset", slug)),
        page,
    })
}

/// What goes with the dataset, with the reasons in words; nothing while there is no index.
fn related(conn: &mut Conn, app: &App, page: &PageCtx, shown: &Published, owner: &Agency) -> Result<Vec<RelatedRow>> {
    let mut joins: Vec<(String, String)> = Vec::new();
    for resource in &shown.resources {
        for column in resource.table.report()?.outcome.columns {
            if let Some(code) = discovery::join_of(&column).filter(|code| joins.iter().all(|(known, _)| known != code))
            {
                joins.push((code, column.title));
            }
        }
    }
    let metadata = &shown.version.metadata;
    let about = discovery::About {
        id: shown.dataset.id.to_string(),
        title_vi: metadata.title.vi.clone(),
        keywords: metadata.keywords.clone(),
        topic: metadata.topic.clone(),
        agency: owner.slug.clone(),
        joins,
    };
    let index = &app.parts.index;
    let found = match index.ready().then(|| index.related(&about)) {
        Some(Ok(found)) => found,
        Some(Err(error)) => {
            tracing::debug!(%error, "the index does not tell what goes with a dataset");
            return Ok(Vec::new());
        }
        None => return Ok(Vec::new()),
    };
    let ids: Vec<String> = found.iter().map(|one| one.id.clone()).collect();
    let cards = dataset::cards(conn, &ids)?;
    let reason = |tie: &Tie| match tie {
        Tie::Column(title) => page.t1("related-column", "column", title),
        Tie::Words(words) => page.t1("related-words", "words", words),
        Tie::Topic => page.t("related-topic"),
        Tie::Agency => page.t("related-agency"),
    };
    let row = |one: &Related| {
        let card = cards.iter().find(|card| card.dataset.id.as_str() == one.id)?;
        Some(RelatedRow {
            title: present::text(page, &card.metadata.title),
            href: page.href(&format!("/dataset/{}", card.dataset.slug)),
            agency: present::text(page, &card.agency),
            reasons: one.ties.iter().map(reason).collect(),
        })
    };
    Ok(found.iter().filter_map(row).collect())
}

/// The terms of use, and where they stand.
pub(super) fn terms(app: &App, page: &PageCtx, metadata: &dataset::Metadata) -> Link {
    let licence =
        metadata.licence.as_deref().and_then(|code| app.profile().licence(code)).or(app.profile().default_licence());
    match licence {
        Some(licence) if !licence.default => Link {
            text: present::text(page, &licence.name),
            href: licence.url.clone().unwrap_or_else(|| page.href("/terms")),
        },
        _ => Link { text: present::text(page, &app.profile().terms.short), href: page.href("/terms") },
    }
}

/// How to cite the version shown.
pub(super) fn citation(app: &App, page: &PageCtx, shown: &Published, owner: &Agency) -> Citation {
    let number = u64::try_from(shown.version.number.unwrap_or(0)).unwrap_or(0);
    let source = shown.version.metadata.source.as_ref();
    Citation {
        author: source.map_or_else(|| owner.name(page.lang).0.to_owned(), |source| source.get(page.lang).0.to_owned()),
        year: chrono::Datelike::year(&page.day(shown.version.published_at.unwrap_or(Timestamp(0)))),
        title: shown.title(page.lang).0.to_owned(),
        version: number,
        portal: page.site.public_name.get(page.lang).to_owned(),
        url: format!("{}/dataset/{}/v/{number}", app.site.public_url, shown.dataset.slug),
        hash: shown.version.hash.clone().unwrap_or_default(),
    }
}

fn coverage(page: &PageCtx, metadata: &dataset::Metadata) -> Option<Text> {
    let day = |text: &Option<String>| {
        text.as_deref()
            .and_then(|text| chrono::NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
            .map(|date| page.date(date))
    };
    let time = match (day(&metadata.from), day(&metadata.to)) {
        (Some(from), Some(to)) => Some(format!("{from} – {to}")),
        (Some(day), None) | (None, Some(day)) => Some(day),
        (None, None) => None,
    };
    let place = metadata.spatial.as_ref().map(|place| present::text(page, place));
    match (place, time) {
        (Some(place), Some(time)) => Some(Text { text: format!("{}, {time}", place.text), lang: place.lang }),
        (Some(place), None) => Some(place),
        (None, time) => time.map(Text::new),
    }
}

/// The files of a table that are stored; their bytes never change.
pub(super) fn stored(app: &App, page: &PageCtx, path: &str, resource: &ResourceVersion) -> Vec<Download> {
    let (table, stem) = (&resource.table, format!("{path}/{}", resource.name));
    let files = [("csv", table.csv_bytes), ("parquet", table.parquet_bytes)];
    files.into_iter().filter_map(|(code, bytes)| offer(app, page, &stem, code, u64::try_from(bytes).ok())).collect()
}

/// All files of a table: what people open first, then what programs read.
pub(super) fn offers(
    app: &App,
    page: &PageCtx,
    path: &str,
    shown: &Published,
    resource: &ResourceVersion,
    columns: &[Column],
) -> Offers {
    let stem = format!("{path}/{}", resource.name);
    let made = |code: &str| offer(app, page, &stem, code, None);
    let later = table::KINDS.iter().filter_map(|object| {
        let file = shown.file(&resource.table.id, object.kind())?;
        offer(app, page, &stem, object.kind(), u64::try_from(file.bytes).ok())
    });
    let places = geometry::of(columns).map(|_| formats::PLACES);
    // A spreadsheet would cut off what it cannot hold.
    let people: &[&str] = if resource.table.rows() > sheet::MOST_ROWS { &[] } else { &formats::PEOPLE };
    Offers {
        people: people.iter().filter_map(|code| made(code)).collect(),
        programs: stored(app, page, path, resource)
            .into_iter()
            .chain(formats::PROGRAMS.into_iter().chain(places).filter_map(made))
            .chain(later)
            .collect(),
    }
}

/// A file in a format at an address that ends with it; none where the profile has no such format.
pub(super) fn offer(app: &App, page: &PageCtx, stem: &str, code: &str, bytes: Option<u64>) -> Option<Download> {
    let format = app.profile().format(code)?;
    Some(Download {
        format: format.name.get(page.lang).0.to_owned(),
        note: format.description.get(page.lang).0.to_owned(),
        href: page.href(&format!("{stem}.{}", format.extension)),
        bytes,
    })
}

fn versions(app: &App, page: &PageCtx, facts: &Facts, slug: &str) -> Vec<VersionEntry> {
    let mut entries: Vec<VersionEntry> = Vec::new();
    for (index, (line, resources)) in facts.versions.iter().enumerate() {
        let number = line.version.number.unwrap_or(0);
        let before = facts.versions.get(index + 1).map(|(line, _)| line.rows);
        let path = format!("/dataset/{slug}/v/{number}");
        entries.push(VersionEntry {
            number: u64::try_from(number).unwrap_or(0),
            published: line.version.published_at.unwrap_or(Timestamp(0)),
            href: page.href(&path),
            reason: line.version.note.as_ref().map(|note| present::text(page, note)),
            correction: line.version.is_correction(),
            rows: line.rows,
            rows_change: before
                .map(|before| i64::try_from(line.rows).unwrap_or(0) - i64::try_from(before).unwrap_or(0)),
            hash: line.version.hash.clone().unwrap_or_default(),
            files: resources.iter().flat_map(|resource| stored(app, page, &path, resource)).collect(),
            current: facts.shown.version.number == Some(number),
            latest: facts.shown.latest == number,
        });
    }
    entries
}

async fn resource_view(
    app: &App,
    page: &PageCtx,
    shown: &Published,
    resource: &ResourceVersion,
    base: &str,
    tab: Tab,
    wish: &Wish,
) -> Result<ResourceView> {
    let report: Report = resource.table.report()?;
    let columns = &report.outcome.columns;
    let preview = match tab {
        Tab::Data => Some(preview(app, page, shown, resource, columns, base, wish).await?),
        Tab::Structure | Tab::Versions => None,
    };
    let latest = format!("/dataset/{}", shown.dataset.slug);
    let mut offers = offers(app, page, base, shown, resource, columns);
    offers.programs.extend(offer(app, page, &format!("{base}/{}", shown.dataset.slug), bundle::FORMAT, None));
    Ok(ResourceView {
        title: present::text(page, &resource.title),
        description: None,
        rows: resource.table.rows(),
        columns: columns.iter().map(|column| present::column(page, resource, column)).collect(),
        preview,
        offers,
        hash: resource.table.csv_sha256.clone(),
        parquet_url: Some(format!("{}{latest}/{}.parquet", app.site.public_url, resource.name)),
        api_url: super::api::records_url(
            &app.site.public_url,
            &shown.dataset.slug,
            shown.is_older().then_some(shown.version.number).flatten(),
            &resource.name,
        ),
        schema_href: Some(page.href(&format!("{base}/{}.schema.json", resource.name))),
        explore_href: page.href(&format!("{base}/{}/kham-pha", resource.name)),
        chart_href: page.href(&format!("{base}/{}/bieu-do", resource.name)),
        map_href: match tab {
            Tab::Data if map::possible(app, columns).await? => {
                Some(page.href(&format!("{base}/{}/ban-do", resource.name)))
            }
            _ => None,
        },
    })
}

async fn preview(
    app: &App,
    page: &PageCtx,
    shown: &Published,
    resource: &ResourceVersion,
    columns: &[Column],
    base: &str,
    wish: &Wish,
) -> Result<Preview> {
    // `sort=ten` upwards, `sort=-ten` downwards; a column that is not there sorts nothing.
    let (wanted, descending) = match wish.sort.strip_prefix('-') {
        Some(key) => (key, true),
        None => (wish.sort.as_str(), false),
    };
    let sorted = columns.iter().find(|column| column.key == wanted).map(|column| column.key.clone());
    let request = PageRequest::new(wish.page.as_deref(), PREVIEW_ROWS).within(resource.table.rows());
    let query = Query {
        sort: sorted.iter().map(|name| SortKey { name: name.clone(), descending }).collect(),
        page: request.number,
        rows: PREVIEW_ROWS,
        ..Query::default()
    };
    let found = app.explorer(&resource.table, columns.to_vec()).await?.page(&query).await?;
    let (rows, total) = (found.rows, found.total);
    let named = if shown.resources.len() > 1 { resource.name.as_str() } else { "" };
    let sort = if sorted.is_some() { wish.sort.as_str() } else { "" };
    let headers = columns
        .iter()
        .map(|column| {
            let state = (sorted.as_ref() == Some(&column.key)).then_some(if descending {
                Direction::Descending
            } else {
                Direction::Ascending
            });
            let next =
                if state == Some(Direction::Ascending) { format!("-{}", column.key) } else { column.key.clone() };
            PreviewHeader { href: address(page, base, &[("resource", named), ("sort", &next)]), sorted: state }
        })
        .collect();
    let first = request.offset() + 1;
    Ok(Preview {
        headers,
        last: request.offset() + rows.len() as u64,
        rows: rows
            .iter()
            .map(|row| {
                row.iter().zip(columns).map(|(value, column)| Cell::new(shown_cell(page, column, value))).collect()
            })
            .collect(),
        first: if total == 0 { 0 } else { first },
        total,
        pager: Pager {
            number: request.number,
            pages: total.div_ceil(PREVIEW_ROWS).max(1),
            base: address(page, base, &[("resource", named), ("sort", sort)]),
            param: "page",
            anchor: "#table",
        },
        unsorted_href: sorted.is_some().then(|| address(page, base, &[("resource", named)])),
    })
}

/// A year is a number that nobody writes with a thousands separator.
pub(super) fn shown_cell(page: &PageCtx, column: &Column, value: &crate::platform::columnar::Value) -> Option<String> {
    use crate::platform::columnar::Value;
    match value {
        Value::Integer(year) if column.is_year() => Some(year.to_string()),
        value => present::cell(page, value),
    }
}

fn describe(app: &App, page: &PageCtx, facts: &Facts, citation: &Citation) -> Result<serde_json::Value> {
    let (shown, url) = (&facts.shown, &app.site.public_url);
    let (metadata, slug) = (&shown.version.metadata, &shown.dataset.slug);
    let number = shown.version.number.unwrap_or(0);
    let mut files = Vec::new();
    let mut columns = Vec::new();
    for resource in &shown.resources {
        let table = &resource.table;
        for (code, bytes, sha256) in
            [("csv", table.csv_bytes, &table.csv_sha256), ("parquet", table.parquet_bytes, &table.parquet_sha256)]
        {
            if let Some(format) = app.profile().format(code) {
                files.push(standards::File {
                    url: format!("{url}/dataset/{slug}/v/{number}/{}.{code}", resource.name),
                    media_type: format.media_type.clone(),
                    format: format.name.vi.clone(),
                    bytes: u64::try_from(bytes).unwrap_or(0),
                    sha256: sha256.clone(),
                });
            }
        }
        for column in table.report()?.outcome.columns {
            let note = resource.note(&column.title);
            let said = |text: Option<&Localized>| text.map(|text| text.get(page.lang).0.to_owned());
            let (description, unit) =
                note.map_or((None, None), |note| (said(note.meaning.as_ref()), said(note.unit.as_ref())));
            columns.push(standards::Measured { name: column.title, description, unit });
        }
    }
    let description = markdown::to_text(metadata.description.get(page.lang).0);
    let terms = terms(app, page, metadata).href;
    Ok(standards::dataset(&standards::Facts {
        url: format!("{url}{}", page.href(&format!("/dataset/{slug}"))),
        name: shown.title(page.lang).0.to_owned(),
        description,
        language: shown.title(page.lang).1.tag().to_owned(),
        keywords: metadata.keywords.clone(),
        licence: if terms.starts_with('/') { format!("{url}{terms}") } else { terms },
        source: metadata.source.as_ref().map(|source| source.get(page.lang).0.to_owned()),
        publisher: (
            facts.owner.name(page.lang).0.to_owned(),
            format!("{url}{}", page.href(&format!("/organization/{}", facts.owner.slug))),
        ),
        id: format!("urn:uuid:{}", shown.dataset.id),
        short: short::url_of(page, &shown.dataset.id, None),
        other_name: metadata.title.en.as_ref().map(|en| match page.lang {
            Lang::Vi => en.clone(),
            Lang::En => metadata.title.vi.clone(),
        }),
        catalogue: (page.site.public_name.get(page.lang).to_owned(), format!("{url}{}", page.href("/"))),
        version: number.to_string(),
        published: Timestamp(shown.dataset.published_at.unwrap_or(0)).to_rfc3339(),
        modified: shown.version.published_at.unwrap_or(Timestamp(0)).to_rfc3339(),
        temporal: (metadata.from.clone(), metadata.to.clone()),
        spatial: metadata.spatial.as_ref().map(|place| place.get(page.lang).0.to_owned()),
        columns,
        citation: format!(
            "{} ({}). {}. {}. {}",
            citation.author, citation.year, citation.title, citation.portal, citation.url
        ),
        files,
    }))
}

//! Quarterly releases: the list, what a quarter brought, its files one by one and as archives that are computed while they are sent, the
//! keys, and the page that verifies files in the browser.

use std::collections::HashMap;
use std::ops::Range;

use actix_web::{HttpRequest, HttpResponse, web};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::serve::{charge, computed_page, page as kept_page};
use super::view::release::{
    Archive, Bars, CheckPage, EntryRow, KeyRow, KeysPage, ReleasePage, ReleaseRow, ReleasesPage,
};
use crate::agency;
use crate::chart::{self, Figures, Grid, Plot, Series};
use crate::http::page::{Choice, Link, PageCtx, Pager, Section};
use crate::http::{
    App, Begun, Failure, FileAnswer, MadeAnswer, Outcome, StreamTurn, address, present, query_of, send_composed,
    send_file,
};
use crate::i18n::format;
use crate::kernel::id::{AgencyId, DatasetId, ReleaseId};
use crate::kernel::{Error, PageRequest, Result, Timestamp};
use crate::quarter::Quarter;
use crate::release::{self, Change, Filter, Form, Kind, MANIFEST, Named, PACKAGE, Release, SIGNATURE, Scope, Totals};

const LIST: &str = "/quy";
const KEYS: &str = "/quy/khoa";
/// Entries on a page.
const PAGE_SIZE: u64 = 50;
/// Characters of a search.
const WORDS: usize = 200;
/// The width of drawings in wide windows and in narrow ones.
const WIDTHS: (f64, f64) = (820.0, 340.0);

/// What is shown of the list: of one change, those that are late, or all; of one agency; with some words.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    change: String,
    agency: String,
    q: String,
    page: Option<String>,
}

/// In place of a change: what was late.
const LATE: &str = "late";

impl Wish {
    fn filter(&self, agency: Option<AgencyId>) -> Filter {
        let change = Change::from_code(&self.change);
        Filter { change, late: self.change == LATE, agency, text: self.q.trim().to_owned() }
    }

    /// Whether it is narrowed beside the change.
    fn is_narrowed(&self) -> bool {
        !self.agency.is_empty() || !self.q.trim().is_empty()
    }

    /// The list of a change, narrowed as this one.
    fn path(&self, here: &str, change: &str) -> String {
        address(here, &[("change", change), ("agency", &self.agency), ("q", self.q.trim())])
    }

    fn code(&self) -> &'static str {
        if self.change == LATE { LATE } else { Change::from_code(&self.change).map_or("", Change::code) }
    }
}

/// The name of a quarter's release, such as "Quý III/2026".
pub(super) fn name_of(page: &PageCtx, quarter: Quarter) -> String {
    page.t2("quarter-name", "number", u64::from(quarter.number()), "year", quarter.year().to_string())
}

/// The page of a release.
pub(super) fn path_of(release: &Release) -> String {
    format!("{LIST}/{}", release.quarter)
}

/// The link to a release.
pub(super) fn link(page: &PageCtx, release: &Release) -> Option<Link> {
    Some(Link::new(name_of(page, release.quarter()?), page.href(&path_of(release))))
}

fn quarter_of(text: &str) -> Result<Quarter> {
    Quarter::parse(text).ok_or_else(Error::not_found)
}

async fn ready(app: &App, quarter: &str) -> Result<Release> {
    let quarter = quarter_of(quarter)?;
    app.db().read_async(move |conn| release::by_quarter(conn, quarter)).await
}

/// GET /quy
pub async fn list(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept_page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let db = app.db().clone();
            db.read_async(move |conn| {
                let mut page = app.public_page(lang, path, Section::Datasets);
                page.canonical = Some(LIST.to_owned());
                let all = release::list(conn, false)?;
                let ids: Vec<ReleaseId> = all.iter().map(|one| one.id.clone()).collect();
                let mut totals = release::totals(conn, &ids)?;
                let rows = all.into_iter().filter_map(|one| {
                    let totals = totals.remove(&one.id).unwrap_or_default();
                    let (as_of, signed) = (Timestamp(one.as_of), one.key_id.is_some());
                    Some(ReleaseRow { link: link(&page, &one)?, as_of, totals, signed })
                });
                Ok(ReleasesPage { rows: rows.collect(), keys_href: page.href(KEYS), page })
            })
            .await
        }
    })
    .await
}

/// GET /quy/{quarter}
pub async fn show(req: HttpRequest, app: web::Data<App>, quarter: web::Path<String>) -> Outcome {
    let (quarter, mut wish): (Quarter, Wish) = (quarter_of(&quarter)?, query_of(&req)?);
    wish.q = wish.q.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    // A list that is narrowed is worked out for each wish.
    let costs = wish.is_narrowed();
    computed_page(&req, &app, costs, |lang, path| {
        let (app, wish) = (app.get_ref().clone(), wish.clone());
        async move {
            let db = app.db().clone();
            let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
            db.read_async(move |conn| {
                let release = release::by_quarter(conn, quarter)?;
                let totals = release::totals(conn, std::slice::from_ref(&release.id))?;
                let totals = totals.get(&release.id).copied().unwrap_or_default();
                let owners = release::agencies_of(conn, &release.id)?;
                let mut agencies = agency::all(conn)?;
                agencies.retain(|agency| owners.contains(&agency.id));
                let chosen = agencies.iter().find(|agency| agency.slug == wish.agency);
                // An agency that the release has nothing of narrows nothing.
                let own = chosen.map(|agency| agency.slug.clone()).unwrap_or_default();
                let filter = wish.filter(chosen.map(|agency| agency.id.clone()));
                let wish = Wish { agency: own, ..wish.clone() };
                let mut found = release::entries(conn, &release.id, &filter, asked)?;
                let last = asked.within(found.total);
                if last != asked {
                    found = release::entries(conn, &release.id, &filter, last)?;
                }
                let page = app.public_page(lang, path, Section::Datasets);
                let topics = release::topics_of(conn, &release.id)?;
                let (_, gone) = release::files(conn, &release, &Scope::Province)?;
                let shown: Vec<DatasetId> = found.items.iter().map(|named| named.entry.dataset_id.clone()).collect();
                let paths = release::changes_of(conn, &release, &shown)?;
                let here = path_of(&release);
                let topics = topics.iter().filter_map(|code| {
                    let topic = app.profile().topic(code)?;
                    Some(Archive {
                        name: present::text(&page, &topic.name),
                        href: page.href(&format!("{here}/chu-de/{code}.zip")),
                    })
                });
                let every =
                    Choice { value: String::new(), text: page.t("in-agency-all"), chosen: wish.agency.is_empty() };
                let choices = agencies.iter().map(|agency| Choice {
                    value: agency.slug.clone(),
                    text: agency.name(lang).0.to_owned(),
                    chosen: agency.slug == wish.agency,
                });
                let owners: Vec<Choice> = std::iter::once(every).chain(choices).collect();
                let agencies = agencies.into_iter().map(|agency| Archive {
                    href: page.href(&format!("{here}/co-quan/{}.zip", agency.slug)),
                    name: present::text(&page, &agency.names()),
                });
                let (topics, agencies) = (topics.collect(), agencies.collect());
                let parts = (topics, agencies, owners);
                let since = release::since(conn, &release, page.site.offset_minutes)?;
                Ok(assemble(page, quarter, (&release, since), totals, &wish, found, parts, gone, &paths))
            })
            .await
        }
    })
    .await
}

#[allow(clippy::too_many_arguments, reason = "what one page is made of")]
fn assemble(
    mut page: PageCtx,
    quarter: Quarter,
    (release, since): (&Release, Timestamp),
    totals: Totals,
    wish: &Wish,
    found: crate::kernel::Page<Named>,
    (topics, agencies, owners): (Vec<Archive>, Vec<Archive>, Vec<Choice>),
    gone: usize,
    paths: &HashMap<DatasetId, Vec<String>>,
) -> ReleasePage {
    let here = path_of(release);
    let of = |code: &str| wish.path(&here, code);
    let number = found.request.number;
    page.indexed = wish.code().is_empty() && !wish.is_narrowed();
    page.canonical = Some(Pager::new(number, found.pages(), of(wish.code())).href(number));
    let file = |path: &str| page.href(&format!("{here}/{path}"));
    let choices = std::iter::once("").chain(Change::ALL.into_iter().map(Change::code)).chain([LATE]);
    let changes = choices.map(|code| {
        let text = if code.is_empty() { page.t("release-all") } else { page.code("release-change", code) };
        (text, page.href(&of(code)), code == wish.code())
    });
    ReleasePage {
        name: name_of(&page, quarter),
        since,
        as_of: Timestamp(release.as_of),
        changes: changes.collect(),
        action: page.href(&here),
        change: wish.code(),
        query: wish.q.trim().to_owned(),
        owners,
        clear_href: wish.is_narrowed().then(|| page.href(&address(&here, &[("change", wish.code())]))),
        datasets: datasets_chart(&page, &totals),
        rows_chart: rows_chart(&page, &totals),
        totals,
        total: found.total,
        rows: found
            .items
            .iter()
            .map(|named| {
                row(&page, &here, named, paths.get(&named.entry.dataset_id).map(Vec::as_slice).unwrap_or_default())
            })
            .collect(),
        pager: Pager::new(number, found.pages(), page.href(&of(wish.code()))),
        whole_href: file("tinh.zip"),
        topics,
        agencies,
        files: [
            MANIFEST,
            "manifest.csv",
            "manifest.parquet",
            "changes.csv",
            "changes.json",
            "changes.parquet",
            PACKAGE,
        ]
        .into_iter()
        .map(|path| Link::new(path, file(path)))
        .collect(),
        signature: release
            .key_id
            .as_ref()
            .map(|key| (file(SIGNATURE), key.clone(), page.href(&format!("{KEYS}/{key}.pem")))),
        manifest_sha256: release.manifest_sha256.clone().unwrap_or_default(),
        check_href: page.href(&format!("{here}/kiem-tra")),
        keys_href: page.href(KEYS),
        gone: gone as u64,
        page,
    }
}

fn row(page: &PageCtx, here: &str, named: &Named, files: &[String]) -> EntryRow {
    let entry = &named.entry;
    let count = |number: i64| u64::try_from(number).unwrap_or(0);
    let withdrawn = entry.change == Change::Withdrawn.code();
    let path = format!("/dataset/{}", entry.slug);
    let title = named.title.clone().unwrap_or_else(|| present::hidden_title(&page.texts));
    EntryRow {
        title: present::text(page, &title),
        href: page.href(&if withdrawn { path } else { format!("{path}/v/{}", entry.number) }),
        agency: present::text(page, &named.agency),
        change: page.code("release-change", &entry.change),
        tone: match Change::from_code(&entry.change) {
            Some(Change::New) => "good",
            Some(Change::Updated) => "info",
            Some(Change::Withdrawn) => "bad",
            _ => "plain",
        },
        late: entry.late,
        version: count(entry.number.into()),
        rows: count(entry.row_total),
        added: count(entry.rows_added),
        removed: count(entry.rows_removed),
        changed: count(entry.rows_changed),
        cells: count(entry.cells_changed),
        uncompared: !entry.compared,
        files: files
            .iter()
            .map(|path| Link::new(path.split('/').skip(2).collect::<String>(), page.href(&format!("{here}/{path}"))))
            .collect(),
    }
}

// ---- charts ----------------------------------------------------------------------------------------------------------

/// Datasets by what became of them.
fn datasets_chart(page: &PageCtx, totals: &Totals) -> Bars {
    let bars = Change::ALL.map(|change| (page.code("release-change", change.code()), totals.of(change)));
    let late = (page.code("release-change", LATE), totals.late);
    bars_of(page, "release-chart-datasets", bars.into_iter().chain([late]).collect())
}

/// Rows by what became of them.
fn rows_chart(page: &PageCtx, totals: &Totals) -> Bars {
    let bars = [
        ("release-rows-added", totals.added),
        ("release-rows-removed", totals.removed),
        ("release-rows-changed", totals.changed),
    ];
    bars_of(page, "release-chart-rows", bars.into_iter().map(|(id, count)| (page.t(id), count)).collect())
}

/// Bars of counts, and the same in words.
pub(crate) fn bars_of(page: &PageCtx, title: &str, bars: Vec<(String, u64)>) -> Bars {
    let title = page.t(title);
    #[allow(clippy::cast_precision_loss)] // a drawing
    let values = bars.iter().map(|(_, count)| Some(*count as f64)).collect();
    let told: Vec<String> = bars.iter().map(|(name, count)| format!("{name}: {}", page.num(*count))).collect();
    let figures = Figures::Bars(Grid {
        categories: bars.iter().map(|(name, _)| name.clone()).collect(),
        rest: None,
        series: vec![Series { name: String::new(), values, told: told.clone(), tone: 0 }],
    });
    let number = |value: f64, decimals: usize| format::rounded(page.lang, value, decimals);
    let plot = Plot {
        figures: &figures,
        x: "",
        y: &page.t("release-count"),
        number: &number,
        x_number: &number,
        day: &|_| String::new(),
        share: &|share| format::percent(page.lang, share),
    };
    Bars {
        wide: chart::draw(&plot, WIDTHS.0),
        narrow: chart::draw(&plot, WIDTHS.1),
        says: format!("{}.", told.join("; ")),
        rows: bars,
        title,
    }
}

// ---- files -----------------------------------------------------------------------------------------------------------

/// GET /quy/{quarter}/{file}: a file of the release as a whole, its signature, or all of it as an archive.
pub async fn file(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (quarter, path) = path.into_inner();
    let release = ready(&app, &quarter).await?;
    match path.as_str() {
        "tinh.zip" => archive(&req, &app, &release, Scope::Province, "tinh").await,
        SIGNATURE => {
            let text = release.signature.as_deref().map(release::signature_file).ok_or_else(Error::not_found)?;
            let file = answer_of(&release, SIGNATURE, text.len() as u64, sha256(&text));
            let bytes = Bytes::from(text);
            let open = |range: Option<Range<u64>>| async move {
                let part = release::cut(&bytes, range.unwrap_or(0..u64::MAX));
                Ok(futures_util::stream::iter([Ok(part)]))
            };
            Ok(send_composed(&req, &file, open).await?)
        }
        _ => send(&req, &app, &release, path).await,
    }
}

/// GET /quy/{quarter}/{part}/{slug}/{file}: a table as it was released, or its rows that changed.
pub async fn table(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String, String, String)>,
) -> Outcome {
    let (quarter, part, slug, file) = path.into_inner();
    let release = ready(&app, &quarter).await?;
    send(&req, &app, &release, format!("{part}/{slug}/{file}")).await
}

/// GET /quy/{quarter}/chu-de/{file}
pub async fn of_topic(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (quarter, file) = path.into_inner();
    let code = file.strip_suffix(".zip").ok_or_else(Error::not_found)?.to_owned();
    let release = ready(&app, &quarter).await?;
    archive(&req, &app, &release, Scope::Topic(code.clone()), &code).await
}

/// GET /quy/{quarter}/co-quan/{file}
pub async fn of_agency(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (quarter, file) = path.into_inner();
    let slug = file.strip_suffix(".zip").ok_or_else(Error::not_found)?.to_owned();
    let release = ready(&app, &quarter).await?;
    let wanted = slug.clone();
    let agency = app.db().read_async(move |conn| agency::by_slug(conn, &wanted)).await?.ok_or_else(Error::not_found)?;
    archive(&req, &app, &release, Scope::Agency(agency.id), &slug).await
}

/// Answers with one file of a release.
async fn send(req: &HttpRequest, app: &App, release: &Release, path: String) -> Outcome {
    let of = release.clone();
    let found = app.db().read_async(move |conn| release::file(conn, &of, &path)).await?;
    let mut file = answer_of(release, &found.path, found.size(), found.sha256.clone());
    let form = match found.kind() {
        Some(Kind::ChangesCsv) => Form::Csv,
        Some(Kind::ChangesJson) => Form::Json,
        _ => {
            file.object = found.object;
            return Ok(send_file(req, app, &file).await?);
        }
    };
    // It is written while it is sent, from the rows that are kept.
    let answer = MadeAnswer { tag: file.sha256, media_type: file.media_type, name: file.name };
    let begun = match answer.begin(req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let parts = release::pieces(&app.parts.files, &found.object, form).map_err(Failure);
    Ok(StreamTurn::wait().await?.send(begun, parts))
}

/// Answers with a part of a release as an archive, or with a range of it. It is sent from stored files, as every download is; what costs is
/// finding out where its bytes lie.
async fn archive(req: &HttpRequest, app: &App, release: &Release, scope: Scope, name: &str) -> Outcome {
    let archive = app.archive(release, scope, || charge(req, app)).await?;
    let name = format!("{}-{name}.zip", release.quarter);
    let file = FileAnswer {
        media_type: "application/zip".to_owned(),
        modified: archive.modified(),
        ..answer_of(release, &name, archive.bytes(), archive.tag().to_owned())
    };
    let files = app.parts.files.clone();
    let open = |range: Option<Range<u64>>| async move {
        let range = range.unwrap_or(0..archive.bytes());
        Ok(archive.send(files, range).map(|part| part.map_err(Failure)))
    };
    Ok(send_composed(req, &file, open).await?)
}

fn sha256(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

/// A file of a release on the wire. What it holds may be withdrawn or destroyed later, so that nobody keeps it without asking.
fn answer_of(release: &Release, path: &str, bytes: u64, sha256: String) -> FileAnswer {
    let name = path.rsplit('/').next().unwrap_or(path);
    let media_type = match name.rsplit('.').next().unwrap_or_default() {
        "json" => "application/json",
        "csv" => "text/csv; charset=utf-8",
        "parquet" => "application/vnd.apache.parquet",
        _ => "text/plain; charset=utf-8",
    };
    FileAnswer {
        object: String::new(),
        bytes,
        sha256,
        media_type: media_type.to_owned(),
        name: name.to_owned(),
        modified: Timestamp(release.ready_at.unwrap_or(release.as_of)),
        immutable: false,
    }
}

// ---- keys and verifying -------------------------------------------------------------------------

/// GET /quy/khoa
pub async fn keys(req: HttpRequest, app: web::Data<App>) -> Outcome {
    kept_page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let known = app.db().read_async(release::keys).await?;
            let mut page = app.public_page(lang, path, Section::Datasets);
            page.canonical = Some(KEYS.to_owned());
            let rows = known.into_iter().map(|key| KeyRow {
                href: page.href(&format!("{KEYS}/{}.pem", key.id)),
                file: format!("{}.pem", key.id),
                public_key: key.public_key,
                since: Timestamp(key.published_at),
            });
            Ok(KeysPage { rows: rows.collect(), list_href: page.href(LIST), page })
        }
    })
    .await
}

/// GET /quy/khoa/{file}
pub async fn key(app: web::Data<App>, file: web::Path<String>) -> Outcome {
    let id = file.strip_suffix(".pem").ok_or_else(Error::not_found)?.to_owned();
    let found = app.db().read_async(move |conn| release::key(conn, &id)).await?.ok_or_else(Error::not_found)?;
    let public = hex::decode(&found.public_key).map_err(Error::internal)?;
    Ok(HttpResponse::Ok()
        .content_type("application/x-pem-file")
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .insert_header(("Cache-Control", "public, max-age=86400"))
        .insert_header(("Content-Disposition", format!("attachment; filename=\"{}.pem\"", found.id)))
        .body(release::pem_of(&public)))
}

/// GET /quy/{quarter}/kiem-tra
pub async fn check(req: HttpRequest, app: web::Data<App>, quarter: web::Path<String>) -> Outcome {
    let quarter = quarter_of(&quarter)?;
    kept_page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move {
            let release = app.db().read_async(move |conn| release::by_quarter(conn, quarter)).await?;
            let mut page = app.public_page(lang, path, Section::Datasets);
            let here = path_of(&release);
            page.canonical = Some(format!("{here}/kiem-tra"));
            Ok(CheckPage {
                name: name_of(&page, quarter),
                release_href: page.href(&here),
                manifest_href: page.href(&format!("{here}/{MANIFEST}")),
                signature_href: release.key_id.as_ref().map(|_| page.href(&format!("{here}/{SIGNATURE}"))),
                key: release.key_id.as_ref().map(|id| Link::new(id, page.href(&format!("{KEYS}/{id}.pem")))),
                archive_href: page.href(&format!("{here}/tinh.zip")),
                url: format!("{}{here}", app.site.public_url),
                key_url: release.key_id.as_ref().map(|id| format!("{}{KEYS}/{id}.pem", app.site.public_url)),
                folder: release.quarter.clone(),
                page,
            })
        }
    })
    .await
}

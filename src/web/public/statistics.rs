//! How the data is used, for everybody: the page, and the counts as an open dataset at a stable address.

use std::sync::{Arc, PoisonError};

use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse, web};
use chrono::{Datelike, Days, Months, NaiveDate};
use futures_util::stream;
use serde::Deserialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::dataset::{offer, terms};
use super::formats::{media_type, turn};
use super::serve::page as kept_page;
use super::view::statistics::{StatisticsPage, Trend, UseRow};
use crate::agency;
use crate::dataset::{self, Metadata};
use crate::demand;
use crate::http::page::{PageCtx, Section, Text};
use crate::http::{
    App, Begun, Failure, MadeAnswer, Outcome, StreamTurn, address, finish_made, lang_of, path_and_query, present,
    query_of,
};
use crate::kernel::{Error, Lang, Result};
use crate::platform::db::{Db, run_blocking};
use crate::platform::sheet::{self, About, Cell, Column, Sheet};
use crate::statistics::{self, Row, Totals, file};

const HERE: &str = "/thong-ke";
/// Where the counts are, without the end that says the format.
const FILE: &str = "/thong-ke/luot-su-dung";
/// The formats they are offered in.
const FORMATS: [&str; 4] = ["xlsx", "csv", "parquet", "json"];
/// Datasets of the list.
const TOP: usize = 15;
/// More months than these are shown as years.
const MANY_MONTHS: usize = 48;

/// Of how much time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Range {
    Days,
    Year,
    All,
}

impl Range {
    const ALL: [Self; 3] = [Self::Days, Self::Year, Self::All];

    /// As it stands in the address; its text is the message `usage-range-{code}`.
    fn code(self) -> &'static str {
        match self {
            Self::Days => "30d",
            Self::Year => "12m",
            Self::All => "all",
        }
    }

    fn path(self) -> String {
        address(HERE, &[("range", if self == Self::Days { "" } else { self.code() })])
    }

    /// Its first day, where the first count of all is known.
    fn since(self, today: NaiveDate, first: NaiveDate) -> NaiveDate {
        match self {
            Self::Days => today.checked_sub_days(Days::new(29)).unwrap_or(today),
            Self::Year => twelve_months(today),
            Self::All => first,
        }
    }
}

/// The first day of the month eleven months ago.
pub(super) fn twelve_months(today: NaiveDate) -> NaiveDate {
    today.with_day(1).and_then(|day| day.checked_sub_months(Months::new(11))).unwrap_or(today)
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    range: String,
}

/// GET /thong-ke
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let range = Range::ALL.into_iter().find(|range| range.code() == wish.range).unwrap_or(Range::Days);
    kept_page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move { draw(&app, lang, path, range).await }
    })
    .await
}

async fn draw(app: &App, lang: Lang, path: String, range: Range) -> Result<StatisticsPage> {
    let today = app.today();
    let mut page = app.public_page(lang, path, Section::Other);
    page.canonical = Some(range.path());
    let (days, first, used, agencies, formats, cards, missed) = app
        .db()
        .read_async(move |conn| {
            let first = statistics::first_day(conn)?.and_then(|day| day.parse().ok()).unwrap_or(today);
            let from = range.since(today, first);
            let since = from.to_string();
            let mut used: Vec<_> = statistics::by_dataset(conn, &since)?.into_iter().collect();
            used.sort_by(|a, b| b.1.downloads.cmp(&a.1.downloads).then_with(|| a.0.cmp(&b.0)));
            let top: Vec<String> = used.iter().take(TOP).map(|(id, _)| id.to_string()).collect();
            let owners = statistics::by_agency(conn, &since, &today.to_string())?;
            let mut agencies: Vec<_> = agency::all(conn)?
                .into_iter()
                .filter_map(|agency| owners.get(&agency.id).map(|totals| (agency, *totals)))
                .collect();
            agencies.sort_by(|a, b| b.1.downloads.cmp(&a.1.downloads).then_with(|| a.0.slug.cmp(&b.0.slug)));
            let (days, formats) = (statistics::by_day(conn, &since, None)?, statistics::by_format(conn, &since)?);
            let missed = demand::missed(conn, (range != Range::All).then_some(from), today)?;
            Ok((days, first, used, agencies, formats, dataset::cards(conn, &top)?, missed))
        })
        .await?;
    let trend = trend(&page, &days, range, today, first);
    let datasets = used.iter().take(TOP).filter_map(|(id, totals)| {
        let card = cards.iter().find(|card| card.dataset.id == *id)?;
        Some(UseRow {
            name: present::text(&page, &card.metadata.title),
            href: Some(page.href(&format!("/dataset/{}", card.dataset.slug))),
            agency: Some(present::text(&page, &card.agency)),
            totals: *totals,
            width: String::new(),
        })
    });
    let owners = agencies.iter().map(|(agency, totals)| UseRow {
        name: present::text(&page, &agency.names()),
        href: Some(page.href(&format!("/organization/{}", agency.slug))),
        agency: None,
        totals: *totals,
        width: String::new(),
    });
    let taken = formats.iter().map(|(code, count)| UseRow {
        name: match app.profile().format(code) {
            Some(format) => present::text(&page, &format.name),
            None => Text::new(page.code("usage-format", code)),
        },
        href: None,
        agency: None,
        totals: Totals { views: 0, downloads: *count },
        width: String::new(),
    });
    let (datasets, owners, taken) = (wide(datasets.collect()), wide(owners.collect()), wide(taken.collect()));
    Ok(StatisticsPage {
        ranges: Range::ALL
            .into_iter()
            .map(|one| (page.t(&format!("usage-range-{}", one.code())), page.href(&one.path()), one == range))
            .collect(),
        totals: trend.totals(),
        datasets_used: used.len() as u64,
        trend,
        datasets,
        agencies: owners,
        formats: taken,
        missed,
        files: FORMATS.iter().filter_map(|code| offer(app, &page, FILE, code, None)).collect(),
        schema_href: page.href(&format!("{FILE}.schema.json")),
        terms: terms(app, &page, &Metadata::default()),
        page,
    })
}

/// Rows with bars as long as the share of the longest.
fn wide(mut rows: Vec<UseRow>) -> Vec<UseRow> {
    let most = rows.iter().map(|row| row.totals.downloads).max().unwrap_or(0).max(1);
    for row in &mut rows {
        row.width = format!("{}%", row.totals.downloads * 100 / most);
    }
    rows
}

fn trend(
    page: &PageCtx,
    days: &std::collections::HashMap<String, Totals>,
    range: Range,
    today: NaiveDate,
    first: NaiveDate,
) -> Trend {
    let since = range.since(today, first);
    if range == Range::Days {
        let point = |day: NaiveDate| {
            let counted = days.get(&day.to_string()).copied().unwrap_or_default();
            (page.date(day), day.format("%d/%m").to_string(), counted)
        };
        return Trend { points: since.iter_days().take_while(|day| *day <= today).map(point).collect() };
    }
    let by_month = monthly(days, since, today);
    if by_month.points.len() <= MANY_MONTHS {
        return by_month;
    }
    let mut by_year = Trend::default();
    for (name, _, totals) in by_month.points {
        let year = name.rsplit('/').next().unwrap_or_default().to_owned();
        match by_year.points.last_mut().filter(|(last, ..)| *last == year) {
            Some((.., sum)) => {
                sum.views += totals.views;
                sum.downloads += totals.downloads;
            }
            None => by_year.points.push((year.clone(), year, totals)),
        }
    }
    by_year
}

/// What was counted in each month from one day's to another's.
pub(super) fn monthly(days: &std::collections::HashMap<String, Totals>, since: NaiveDate, today: NaiveDate) -> Trend {
    let point = |(from, _): (String, String)| {
        let month = from.get(..7).unwrap_or_default();
        let of_month = days.iter().filter(|(day, _)| day.starts_with(month));
        let totals = of_month.fold(Totals::default(), |sum, (_, counted)| Totals {
            views: sum.views + counted.views,
            downloads: sum.downloads + counted.downloads,
        });
        let name = format!("{}/{}", month.get(5..).unwrap_or_default(), month.get(..4).unwrap_or_default());
        (name.clone(), name, totals)
    };
    Trend { points: file::months(since, today).into_iter().map(point).collect() }
}

// ---- the counts as files ---------------------------------------------------------------------------------------------

/// GET /thong-ke/luot-su-dung.{format}
pub async fn file(req: HttpRequest, app: web::Data<App>, ending: web::Path<String>) -> Outcome {
    let page = app.public_page(lang_of(&req), path_and_query(&req), Section::Other);
    if ending.as_str() == "schema.json" {
        return Ok(HttpResponse::Ok()
            .insert_header(("Access-Control-Allow-Origin", "*"))
            .insert_header(("Cache-Control", "public, max-age=3600"))
            .json(schema(&app, &page)));
    }
    let code = FORMATS.into_iter().find(|code| *code == ending.as_str()).ok_or_else(Error::not_found)?;
    let format = app.profile().format(code).ok_or_else(Error::not_found)?;
    let today = app.today();
    let (first, mark) = marked(&app, today).await?;
    let mut tag = Sha256::new();
    // All that the bytes come from: the counts, the titles, the program.
    for part in [env!("CARGO_PKG_VERSION"), code, page.lang.tag(), &mark, &app.revision().await?.to_string()] {
        tag.update(part);
        tag.update("\n");
    }
    let answer = MadeAnswer {
        tag: hex::encode(tag.finalize()),
        media_type: media_type(format),
        name: format!("luot-su-dung-{today}.{}", format.extension),
    };
    let mut begun = match answer.begin(&req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let months = file::months(first, today);
    let db = app.db().clone();
    Ok(match code {
        "csv" => {
            let csv = |rows: &[Row], _: bool| rows.iter().map(Row::csv).collect::<String>();
            StreamTurn::wait().await?.send(begun, text(db, months, file::csv_head(), csv, ""))
        }
        "json" => {
            let json = |rows: &[Row], begun: bool| {
                let rows = rows.iter().enumerate().map(|(index, row)| {
                    let before = if begun || index > 0 { ",\n" } else { "\n" };
                    format!("{before}{}", row.json())
                });
                rows.collect::<String>()
            };
            StreamTurn::wait().await?.send(begun, text(db, months, "[".to_owned(), json, "\n]\n"))
        }
        "parquet" => {
            let turn = turn().await?;
            let made = run_blocking(move || {
                // The turn lasts as long as the work does.
                let _turn = turn;
                file::parquet(portions(db, months))
            });
            begun.body(made.await?)
        }
        _ => {
            let turn = turn().await?;
            let (sheet, about) = book(&app, &page, today);
            let scratch = app.parts.settings.scratch.clone();
            let made = run_blocking(move || {
                let turn = turn;
                let mut portions = portions(db, months);
                let rows = sheet::one_by_one(move || {
                    // A month without counts is not the end.
                    portions.find(|rows| !matches!(rows, Ok(rows) if rows.is_empty())).unwrap_or(Ok(Vec::new()))
                });
                let made = sheet::book(&sheet, &about, rows.map(|row| row.map(|row| cells(&row))), &scratch)?;
                Ok((made, turn.lying))
            });
            let (made, lying) = made.await?;
            finish_made(begun, made, lying)
        }
    })
}

/// The first day of the counts, and their mark. All counts are added up for it: once a minute, whoever asks.
async fn marked(app: &App, today: NaiveDate) -> Result<(NaiveDate, String)> {
    let minute = app.now().0.div_euclid(60_000);
    let kept = app.usage.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((of, first, mark)) = kept
        && of == minute
    {
        return Ok((first, mark));
    }
    let found: (NaiveDate, String) = app
        .db()
        .read_async(move |conn| {
            let first = statistics::first_day(conn)?.and_then(|day| day.parse().ok()).unwrap_or(today);
            Ok((first, statistics::mark(conn)?))
        })
        .await?;
    *app.usage.lock().unwrap_or_else(PoisonError::into_inner) = Some((minute, found.0, found.1.clone()));
    Ok(found)
}

type Piece = std::result::Result<Bytes, Failure>;

/// A text that is read month by month; `write` turns a month into text, and is told whether a row went before.
fn text(
    db: Db,
    months: Vec<(String, String)>,
    head: String,
    write: fn(&[Row], bool) -> String,
    end: &'static str,
) -> impl futures_util::Stream<Item = Piece> + 'static {
    let months: Arc<[(String, String)]> = months.into();
    stream::try_unfold((0_usize, false, Some(head)), move |(at, begun, head)| {
        let (db, months) = (db.clone(), Arc::clone(&months));
        async move {
            if let Some(head) = head {
                return Ok(Some((Bytes::from(head), (at, begun, None))));
            }
            if at > months.len() {
                return Ok(None);
            }
            let Some((from, to)) = months.get(at).cloned() else {
                return Ok(Some((Bytes::from_static(end.as_bytes()), (at + 1, begun, None))));
            };
            let rows = db.read_async(move |conn| statistics::rows_between(conn, &from, &to)).await.map_err(Failure)?;
            let piece = Bytes::from(write(&rows, begun));
            Ok(Some((piece, (at + 1, begun || !rows.is_empty(), None))))
        }
    })
}

/// The counts month by month, off the async threads.
fn portions(db: Db, months: Vec<(String, String)>) -> impl Iterator<Item = Result<Vec<Row>>> {
    months.into_iter().map(move |(from, to)| db.read(|conn| statistics::rows_between(conn, &from, &to)))
}

fn cells(row: &Row) -> Vec<Cell> {
    let day = row.day.parse::<NaiveDate>().map_or(Cell::Empty, Cell::Date);
    let texts = row.texts().into_iter().skip(1).map(Cell::text);
    std::iter::once(day).chain(texts).chain([Cell::Whole(row.total)]).collect()
}

/// The sheet of the counts, and the one that tells what they are.
fn book(app: &App, page: &PageCtx, today: NaiveDate) -> (Sheet, About) {
    let width = |key: &str| if matches!(key, "bo_du_lieu" | "co_quan") { 48 } else { 18 };
    let sheet = Sheet {
        title: page.t("usage-title"),
        columns: file::COLUMNS.iter().map(|(key, _)| Column::new(*key, width(key))).collect(),
    };
    let terms = terms(app, page, &Metadata::default());
    let url = &app.site.public_url;
    let about = About {
        title: page.t("files-about"),
        facts: vec![
            (page.t("files-about-title"), page.t("usage-title")),
            (page.t("files-about-source"), format!("{url}{}", page.href(HERE))),
            (page.t("files-about-terms"), format!("{}: {}", terms.text.text, whole(url, &terms.href))),
        ],
        heads: vec![
            Column::new(page.t("files-about-key"), 22),
            Column::new(page.t("files-about-column"), 28),
            Column::new(page.t("files-about-meaning"), 80),
        ],
        rows: file::COLUMNS
            .iter()
            .map(|(key, _)| vec![(*key).to_owned(), title(page, key), meaning(page, key)])
            .collect(),
        made: today,
    };
    (sheet, about)
}

/// An address with host, of one that may have its own.
fn whole(url: &str, href: &str) -> String {
    if href.starts_with('/') { format!("{url}{href}") } else { href.to_owned() }
}

fn title(page: &PageCtx, key: &str) -> String {
    page.t(&format!("usage-column-{key}"))
}

fn meaning(page: &PageCtx, key: &str) -> String {
    page.t(&format!("usage-column-{key}-note"))
}

/// The data dictionary, as Table Schema, with the terms.
fn schema(app: &App, page: &PageCtx) -> serde_json::Value {
    let terms = terms(app, page, &Metadata::default());
    let fields = file::COLUMNS.iter().map(|(key, kind)| {
        json!({ "name": key, "type": kind, "title": title(page, key), "description": meaning(page, key) })
    });
    let url = &app.site.public_url;
    json!({
        "title": page.t("usage-title"),
        "description": page.t("usage-files-lead"),
        "fields": fields.collect::<Vec<_>>(),
        "primaryKey": ["ngay", "dia_chi", "loai", "dinh_dang"],
        "missingValues": [""],
        "licenses": [{ "title": terms.text.text, "path": whole(url, &terms.href) }],
    })
}

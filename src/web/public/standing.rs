//! How up to date the data is, for everybody: the page, and its two tables as files at stable addresses. Nothing of what the
//! agencies do inside stands here: datasets that the public sees, and the days of their updates.

use std::cmp::Reverse;

use actix_web::web::Bytes;
use actix_web::{HttpRequest, web};
use futures_util::stream;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::dataset::{offer, terms};
use super::formats;
use super::lists;
use super::release::path_of;
use super::serve::page as kept_page;
use super::view::standing::{AgencyHeads, AgencyStanding, QuarterStanding, StandingPage};
use crate::agency;
use crate::board;
use crate::dataset::Metadata;
use crate::duty::Kind;
use crate::http::page::{GrainRow, Head, PageCtx, Section};
use crate::http::{
    App, Begun, Failure, MadeAnswer, Outcome, StreamTurn, address, finish_made, lang_of, path_and_query, present,
    query_of, redirect,
};
use crate::kernel::{Error, Lang, Result};
use crate::platform::db::{Conn, run_blocking};
use crate::platform::sheet::{self, Cell, Column, Form, Sheet};
use crate::quarter::{Quarter, State};
use crate::release::{self, Release};

const HERE: &str = "/tinh-hinh-cap-nhat";
/// The formats of both tables, the one that most people want first.
const FORMATS: [&str; 3] = ["xlsx", "csv", "json"];
/// A column: its name for programs, the message of its heading, whether it is narrow as numbers are.
type Field = (&'static str, &'static str, bool);
/// The table of agencies.
const BY_AGENCY: (&str, &[Field]) = (
    "co-quan",
    &[
        ("agency", "in-agency", false),
        ("address", "standing-address", false),
        ("datasets", "agencies-datasets", true),
        ("on_time", "timeliness-on-time", true),
        ("soon", "timeliness-soon", true),
        ("late", "timeliness-late", true),
        ("unscheduled", "timeliness-unscheduled", true),
    ],
);
/// The table of quarters.
const BY_QUARTER: (&str, &[Field]) = (
    "quy",
    &[
        ("quarter", "quarter-one", false),
        ("due", "standing-due", true),
        ("in_time", "board-column-done-in-time", true),
        ("late", "board-column-done-late", true),
        ("not_done", "board-column-undone", true),
        // Of a quarter that is not closed, what is not done may not be due yet.
        ("closed", "standing-closed", true),
    ],
);

/// What is asked of the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    sort: String,
}

/// By what the agencies are put in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Name,
    Late,
    Share,
}

impl Order {
    /// As addresses hold it; none of the one that needs no word.
    fn code(self) -> &'static str {
        match self {
            Self::Name => "",
            Self::Late => "late",
            Self::Share => "share",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        match code {
            "" | "name" => Some(Self::Name),
            "late" => Some(Self::Late),
            "share" => Some(Self::Share),
            _ => None,
        }
    }

    /// What an agency is put in order by, the greatest first.
    fn key(self, agency: &AgencyStanding) -> Reverse<u64> {
        Reverse(match self {
            Self::Name => 0,
            Self::Late => agency.grains.late,
            Self::Share => board::missing(agency.in_time(), agency.scheduled()),
        })
    }

    /// The head that leads to it, of a page that is in an order.
    fn head(self, page: &PageCtx, text: &str, sorted: Self) -> Head {
        Head {
            text: page.t(text),
            href: page.href(&address(HERE, &[("sort", self.code())])),
            number: self != Self::Name,
            bar: self == Self::Share,
            // Names and shares begin with the least.
            sorted: (self == sorted).then_some(if self == Self::Late { "descending" } else { "ascending" }),
        }
    }
}

/// Both tables, before they have words, and the releases that are ready.
struct Found {
    agencies: Vec<(agency::Agency, GrainRow)>,
    turns: Vec<board::Turn>,
    releases: Vec<Release>,
}

fn read(conn: &mut Conn, app: &App) -> Result<Found> {
    let standings = lists::standings(conn, app)?;
    let agencies = agency::all(conn)?.into_iter().filter_map(|agency| {
        let own = standings.iter().filter(|(standing, _)| standing.agency_id == agency.id).map(|(_, state)| state);
        let grains = lists::grains(own);
        (grains.total() > 0).then_some((agency, grains))
    });
    let turns = board::trend(conn, None, Some(Kind::Update), (app.profile(), app.today()))?;
    Ok(Found { agencies: agencies.collect(), turns, releases: release::list(conn, false)? })
}

/// GET /tinh-hinh-cap-nhat
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let Some(order) = Order::from_code(&wish.sort) else {
        // Pages are kept by their addresses: an order that there is not makes no further page.
        return Ok(redirect(&format!("{}{HERE}", lang_of(&req).prefix())));
    };
    kept_page(&req, &app, |lang, path| {
        let app = app.get_ref().clone();
        async move { draw(&app, lang, path, order).await }
    })
    .await
}

async fn draw(app: &App, lang: Lang, path: String, order: Order) -> Result<StandingPage> {
    let mut page = app.public_page(lang, path, Section::Agencies);
    // The same agencies in another order are no other page.
    page.canonical = Some(HERE.to_owned());
    let asked = app.clone();
    let found = app.db().read_async(move |conn| read(conn, &asked)).await?;
    let standing = |(agency, grains): &(agency::Agency, GrainRow)| AgencyStanding {
        name: present::text(&page, &agency.names()),
        href: page.href(&format!("/organization/{}?sort=due", agency.slug)),
        grains: *grains,
    };
    let mut agencies: Vec<AgencyStanding> = found.agencies.iter().map(standing).collect();
    // What is alike stays by name.
    agencies.sort_by_key(|agency| order.key(agency));
    let add = |sum: GrainRow, (_, row): &(agency::Agency, GrainRow)| GrainRow {
        on_time: sum.on_time + row.on_time,
        soon: sum.soon + row.soon,
        late: sum.late + row.late,
        unscheduled: sum.unscheduled + row.unscheduled,
    };
    let today = app.today();
    let files = |name: &str| {
        let stem = format!("{HERE}/{name}");
        FORMATS.iter().filter_map(|code| offer(app, &page, &stem, code, None)).collect()
    };
    Ok(StandingPage {
        today,
        freshness: found.agencies.iter().fold(GrainRow::default(), add),
        heads: AgencyHeads {
            name: Order::Name.head(&page, "agencies-name", order),
            late: Order::Late.head(&page, "timeliness-late", order),
            share: Order::Share.head(&page, "standing-share", order),
        },
        agencies,
        quarters: found
            .turns
            .iter()
            .map(|turn| QuarterStanding {
                name: present::quarter(&page, turn.quarter),
                release: found
                    .releases
                    .iter()
                    .find(|release| release.quarter() == Some(turn.quarter))
                    .map(|release| page.href(&path_of(release))),
                in_time: turn.outcomes.in_time,
                late: turn.outcomes.late,
                undone: turn.outcomes.undone,
                running: turn.quarter == Quarter::of(today),
                closing: turn.state == Some(State::Ended),
            })
            .collect(),
        agency_files: files(BY_AGENCY.0),
        quarter_files: files(BY_QUARTER.0),
        terms: terms(app, &page, &Metadata::default()),
        page,
    })
}

/// The cells of a table, in the order of its columns.
fn cells(app: &App, page: &PageCtx, found: &Found, by_agency: bool) -> Vec<Vec<Cell>> {
    let agency = |(agency, grains): &(agency::Agency, GrainRow)| {
        let address = page.href(&format!("/organization/{}", agency.slug));
        let counts = [grains.total(), grains.on_time, grains.soon, grains.late, grains.unscheduled];
        let texts = [agency.name(page.lang).0.to_owned(), format!("{}{address}", app.site.public_url)];
        texts.map(Cell::Text).into_iter().chain(counts.map(Cell::count)).collect()
    };
    let quarter = |turn: &board::Turn| {
        let outcomes = &turn.outcomes;
        let counts = [outcomes.owed(), outcomes.in_time, outcomes.late, outcomes.undone];
        let name = std::iter::once(Cell::Text(turn.quarter.to_string()));
        name.chain(counts.map(Cell::count)).chain([Cell::Flag(turn.is_closed())]).collect()
    };
    if by_agency { found.agencies.iter().map(agency).collect() } else { found.turns.iter().map(quarter).collect() }
}

/// A cell as JSON.
fn value(cell: &Cell) -> Value {
    match cell {
        Cell::Whole(number) => json!(number),
        Cell::Text(text) => json!(text),
        Cell::Flag(yes) => json!(yes),
        _ => Value::Null,
    }
}

/// GET /tinh-hinh-cap-nhat/{table}.{format}: how agencies stand, or the quarters.
pub async fn file(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (table, ending) = path.into_inner();
    let (name, fields) = if table == BY_AGENCY.0 { BY_AGENCY } else { BY_QUARTER };
    let code = FORMATS.into_iter().find(|code| *code == ending).ok_or_else(Error::not_found)?;
    let format = app.profile().format(code).ok_or_else(Error::not_found)?;
    let page = app.public_page(lang_of(&req), path_and_query(&req), Section::Agencies);
    let asked = app.get_ref().clone();
    let found = app.db().read_async(move |conn| read(conn, &asked)).await?;
    let rows = cells(&app, &page, &found, name == BY_AGENCY.0);
    let mut tag = Sha256::new();
    // All that the bytes come from: the rows, their words, the program.
    for part in [env!("CARGO_PKG_VERSION"), code, page.lang.tag(), &format!("{rows:?}")] {
        tag.update(part);
        tag.update("\n");
    }
    let answer = MadeAnswer {
        tag: hex::encode(tag.finalize()),
        media_type: formats::media_type(format),
        name: format!("tinh-hinh-cap-nhat-{name}-{}.{}", app.today(), format.extension),
    };
    let begun = match answer.begin(&req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let Some(form) = Form::from_code(code) else {
        let object = |row: &Vec<Cell>| -> Value {
            let named = fields.iter().zip(row).map(|((name, ..), cell)| ((*name).to_owned(), value(cell)));
            Value::Object(named.collect::<Map<_, _>>())
        };
        let objects: Vec<Value> = rows.iter().map(object).collect();
        // Streamed, so that its length is as unknown as the one that HEAD tells.
        let text = Bytes::from(format!("{}\n", Value::Array(objects)));
        let piece = stream::once(std::future::ready(Ok::<_, Failure>(text)));
        return Ok(StreamTurn::wait().await?.send(begun, piece));
    };
    let turn = formats::turn().await?;
    let columns = fields.iter().map(|(_, head, narrow)| Column::new(page.t(head), if *narrow { 16 } else { 48 }));
    let sheet = Sheet { title: page.t("standing-title"), columns: columns.collect() };
    let scratch = app.parts.settings.scratch.clone();
    let (made, lying) = run_blocking(move || {
        let turn = turn;
        Ok((sheet::write(form, &sheet, rows.into_iter().map(Ok), &scratch)?, turn.lying))
    })
    .await?;
    Ok(finish_made(begun, made, lying))
}

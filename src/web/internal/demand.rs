//! What is wanted most, for those who plan: open requests, datasets, words that were searched for in vain.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::export::{self, Export};
use super::serve::frame;
use super::view::datasets::{DatasetsPage, StateTab};
use super::view::demand::{DemandPage, DemandRows, WantedDataset, WantedRequest, WantedWords};
use crate::access::{Action, may};
use crate::agency;
use crate::demand::{self, VainWords, Wanted};
use crate::http::page::{Choice, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SignedIn, address, html, present, query_of};
use crate::kernel::id::AgencyId;
use crate::kernel::{Lang, PageRequest, Result};
use crate::platform::db::{Conn, Db};
use crate::platform::sheet::Cell;
use crate::profile::Profile;
use crate::voice::request::{self, Filter, Listed, Order, Which};
use crate::web::request_form;

const DEMAND: &str = "/internal/demand";
const PAGE_SIZE: u64 = 25;
/// Rows that an export reads at once: datasets and words are put in order as a whole, so that fewer would be more work.
const PORTION: u64 = 10_000;

/// The lists, in the order of their tabs.
const LISTS: [(&str, &str); 3] =
    [("requests", "demand-requests"), ("datasets", "demand-datasets"), ("words", "demand-words")];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    list: String,
    agency: String,
    sort: String,
    page: Option<String>,
}

impl Wish {
    /// The code of the list shown, and its name.
    fn list(&self) -> (&'static str, &'static str) {
        LISTS.into_iter().find(|(code, _)| *code == self.list).unwrap_or(LISTS[0])
    }

    fn order(&self) -> demand::Order {
        demand::Order::from_code(&self.sort)
    }

    fn address(&self, path: &str, list: &str) -> String {
        let sort = if self.order() == demand::Order::default() { "" } else { self.order().code() };
        address(path, &[("list", list), ("agency", &self.agency), ("sort", sort)])
    }

    fn agency(&self, conn: &mut Conn) -> Result<Option<AgencyId>> {
        agency::wanted(conn, &self.agency)
    }
}

fn requests(agency: Option<AgencyId>) -> Filter {
    Filter { which: Which::Wanted, agency, order: Order::Needed, ..Filter::default() }
}

fn writes(who: &SignedIn, profile: &Profile) -> bool {
    who.person.held.iter().any(|held| may(&who.person, Action::EditDataset(profile, &held.agency)).granted())
}

/// GET /internal/demand
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    may(&who.person, Action::HandleSomeReports(app.profile())).require()?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Demand)?;
    let (list, _) = wish.list();
    let (person, profile, index) = (who.person.clone(), app.parts.profile.clone(), app.parts.index.clone());
    let (typed, today) = (wish.clone(), app.today());
    let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (wanted, datasets, words, agencies) = app
        .db()
        .read_async(move |conn| {
            let of = |code: &str| if code == list { asked } else { PageRequest { number: 1, size: 1 } };
            let agency = typed.agency(conn)?;
            let filter = requests(agency.clone());
            let wanted = request::list(conn, &person, &profile, &filter, today, of("requests"))?;
            let filter = demand::Filter { agency, order: typed.order() };
            let datasets = demand::datasets(conn, &person, &profile, &filter, today, of("datasets"))?;
            let words = demand::words(conn, &index, &person, &profile, today, of("words"))?;
            let mut agencies = agency::all(conn)?;
            agencies.retain(|agency| may(&person, Action::HandleReports(&profile, &agency.id)).granted());
            Ok((wanted, datasets, words, agencies))
        })
        .await?;
    let totals = [wanted.total, datasets.total, words.total];
    let tabs = LISTS.into_iter().zip(totals).map(|((code, name), count)| StateTab {
        text: page.t(name),
        count,
        href: wish.address(DEMAND, code),
        current: code == list,
    });
    let orders = demand::Order::ALL.into_iter().map(|order| Choice {
        value: order.code().to_owned(),
        text: page.t(&format!("demand-order-{}", order.code())),
        chosen: order == wish.order(),
    });
    let owners = agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == wish.agency,
    });
    let (rows, total, shown, pages) = match list {
        "datasets" => {
            let rows = datasets.items.iter().map(|item| dataset_row(&app, &page, item)).collect();
            (DemandRows::Datasets(rows), datasets.total, datasets.request, datasets.pages())
        }
        "words" => {
            let rows = words.items.iter().map(|item| words_row(&page, item)).collect();
            (DemandRows::Words(rows), words.total, words.request, words.pages())
        }
        _ => {
            let rows = wanted.items.iter().map(|item| request_row(&app, &page, item)).collect();
            (DemandRows::Requests(rows), wanted.total, wanted.request, wanted.pages())
        }
    };
    let view = DemandPage {
        tabs: tabs.collect(),
        list,
        agencies: std::iter::once(DatasetsPage::every_agency(&page, wish.agency.is_empty())).chain(owners).collect(),
        orders: orders.collect(),
        filtered: list != "words" && !wish.agency.is_empty(),
        clear: Wish::default().address(DEMAND, list),
        total,
        xlsx: wish.address("/internal/demand.xlsx", list),
        csv: wish.address("/internal/demand.csv", list),
        rows,
        writes: writes(&who, app.profile()),
        pager: Pager::new(shown.number, pages, wish.address(DEMAND, list)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

fn request_row(app: &App, page: &PageCtx, item: &Listed) -> WantedRequest {
    let asked = &item.request;
    let (standing, tone) = request_form::standing(page, asked);
    WantedRequest {
        title: Text::of(asked.title(), asked.lang, page.lang),
        href: format!("/internal/data-requests/{}", asked.id),
        agency: item.agency.as_ref().map(|name| name.get(page.lang).0.to_owned()),
        standing,
        tone,
        supporters: asked.supporters,
        due: request::due(app.profile(), asked).map(|day| (day, day < app.today())),
    }
}

fn dataset_row(app: &App, page: &PageCtx, item: &Wanted) -> WantedDataset {
    WantedDataset {
        title: Text::of(&item.title, Lang::Vi, page.lang),
        href: format!("/internal/datasets/{}", item.dataset),
        agency: item.agency.clone(),
        freshness: present::freshness(app.profile(), item.counted(), app.today()),
        supporters: item.demand.supporters,
        downloads: item.demand.downloads,
        level: item.demand.level(),
    }
}

fn words_row(page: &PageCtx, item: &VainWords) -> WantedWords {
    WantedWords {
        last: month(&item.last),
        search: page.url(&address("/dataset", &[("q", &item.words)])),
        ask: page.url(&address("/yeu-cau-du-lieu/moi", &[("q", &item.words)])),
        draft: address("/internal/datasets/new", &[("title", &item.words)]),
        row: item.clone(),
    }
}

/// A month as people write it: 2026-09 becomes 09/2026.
fn month(code: &str) -> String {
    code.split_once('-').map_or_else(|| code.to_owned(), |(year, month)| format!("{month}/{year}"))
}

/// GET /internal/demand.xlsx, /internal/demand.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::HandleSomeReports(app.profile())).require()?;
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Demand)?;
    let (list, name) = wish.list();
    let typed = wish.clone();
    let agency = app.db().read_async(move |conn| typed.agency(conn)).await?;
    let heads: &[(&str, u16)] = match list {
        "datasets" => &[
            ("in-dataset", 60),
            ("in-agency", 40),
            ("in-freshness", 18),
            ("in-due", 14),
            ("demand-level", 14),
            ("demand-score", 10),
            ("ask-supporters", 14),
            ("demand-downloads", 18),
        ],
        "words" => &[("demand-word", 40), ("demand-people", 18), ("demand-last", 18), ("demand-now", 18)],
        _ => &[
            ("ask-wanted", 80),
            ("ask-agency", 40),
            ("ask-standing", 24),
            ("ask-supporters", 14),
            ("ask-made", 20),
            ("ask-due", 14),
        ],
    };
    let sheet = export::sheet(&page, page.t(name), heads);
    let filter = vec![("list", list.to_owned()), ("agency", wish.agency.clone()), ("sort", wish.sort.clone())];
    let export = Export { action: "demand.export", list: "demand", filter, rows: 0, sheet };
    let (person, profile, app_of, today, order) =
        (who.person.clone(), app.parts.profile.clone(), app.get_ref().clone(), app.today(), wish.order());
    let rows = move |db: Db| -> Box<dyn Iterator<Item = Result<Vec<Cell>>>> {
        match list {
            "datasets" => {
                let filter = demand::Filter { agency, order };
                let found = export::items(db, PORTION, move |conn, asked| {
                    demand::datasets(conn, &person, &profile, &filter, today, asked)
                });
                Box::new(found.map(move |item| Ok(dataset_cells(&app_of, &page, &item?))))
            }
            "words" => {
                let index = app_of.parts.index.clone();
                let found = export::items(db, PORTION, move |conn, asked| {
                    demand::words(conn, &index, &person, &profile, today, asked)
                });
                Box::new(found.map(|item| Ok(words_cells(item?))))
            }
            _ => {
                let filter = requests(agency);
                let found = export::items(db, PORTION, move |conn, asked| {
                    request::list(conn, &person, &profile, &filter, today, asked)
                });
                Box::new(found.map(move |item| Ok(request_cells(&app_of, &page, &item?))))
            }
        }
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

fn request_cells(app: &App, page: &PageCtx, item: &Listed) -> Vec<Cell> {
    let told = request_row(app, page, item);
    vec![
        Cell::text(item.request.title()),
        told.agency.into(),
        Cell::Text(told.standing),
        Cell::count(told.supporters),
        export::moment(page, item.request.made_at),
        told.due.map(|(day, _)| day).into(),
    ]
}

fn dataset_cells(app: &App, page: &PageCtx, item: &Wanted) -> Vec<Cell> {
    let told = dataset_row(app, page, item);
    vec![
        Cell::text(&item.title),
        Cell::Text(told.agency),
        Cell::Text(page.t(told.freshness.state.text_id())),
        told.freshness.due.into(),
        Cell::Text(page.t(&format!("demand-level-{}", told.level.code()))),
        Cell::count(item.demand.score()),
        Cell::count(told.supporters),
        Cell::count(told.downloads),
    ]
}

fn words_cells(item: VainWords) -> Vec<Cell> {
    vec![
        Cell::Text(item.words),
        Cell::count(item.people),
        Cell::Text(month(&item.last)),
        item.found.map_or(Cell::Empty, Cell::count),
    ]
}

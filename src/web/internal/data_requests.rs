//! Data that readers ask for: the list, one request and what is done about it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::editor::dataset_field;
use super::export::{self, Export};
use super::serve::{act, frame, frame_of};
use super::view::data_requests::{Acts, DataRequestPage, DataRequestRow, DataRequestsPage};
use super::view::datasets::{DatasetsPage, StateTab};
use super::view::editor::Select;
use crate::access::{Action, may};
use crate::agency;
use crate::dataset;
use crate::http::page::{Choice, Field, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, query_of};
use crate::kernel::id::DataRequestId;
use crate::kernel::{Error, Lang, PageRequest, Result};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;
use crate::profile::Profile;
use crate::voice::request::{self, AnswerForm, Filter, Listed, Order, Outcome as End, ShowForm, State, Which};
use crate::web::request_form::{self, RequestView};

const REQUESTS: &str = "/internal/data-requests";
const PAGE_SIZE: u64 = 25;
/// Requests that an export reads at once.
const PORTION: u64 = 200;
/// The tabs of the list, after those that are open.
const TABS: [&str; 7] = ["unseen", "late", "new", "assigned", "planned", "closed", "all"];
/// What an answer may say.
const KINDS: [&str; 4] = ["published", "planned", "refused", "merged"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    state: String,
    agency: String,
    q: String,
    sort: String,
    page: Option<String>,
}

impl Wish {
    fn address(&self, path: &str, state: &str) -> String {
        let order = Order::from_code(&self.sort);
        let sort = if order == Order::default() { "" } else { order.code() };
        address(path, &[("state", state), ("agency", &self.agency), ("q", &self.q), ("sort", sort)])
    }

    fn state(&self) -> &'static str {
        TABS.into_iter().find(|code| *code == self.state).unwrap_or_default()
    }

    fn filter(&self, conn: &mut Conn, state: &str) -> Result<Filter> {
        Ok(Filter {
            which: match state {
                "all" => Which::All,
                "unseen" => Which::Unseen,
                "late" => Which::Late,
                code => State::from_code(code).map_or(Which::Open, Which::State),
            },
            agency: agency::wanted(conn, &self.agency)?,
            text: self.q.trim().to_owned(),
            order: Order::from_code(&self.sort),
        })
    }
}

/// GET /internal/data-requests
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Requests)?;
    let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (person, profile, typed, state) = (who.person.clone(), app.parts.profile.clone(), wish.clone(), wish.state());
    let today = app.today();
    let (found, counts, agencies) = app
        .db()
        .read_async(move |conn| {
            let mut counts = Vec::new();
            for code in [""].into_iter().chain(TABS) {
                let filter = typed.filter(conn, code)?;
                let one = PageRequest { number: 1, size: 1 };
                counts.push((code, request::list(conn, &person, &profile, &filter, today, one)?.total));
            }
            let filter = typed.filter(conn, state)?;
            let mut agencies = agency::all(conn)?;
            agencies.retain(|agency| may(&person, Action::HandleReports(&profile, &agency.id)).granted());
            Ok((request::list(conn, &person, &profile, &filter, today, asked)?, counts, agencies))
        })
        .await?;
    let tab = |(code, count): &(&'static str, u64)| StateTab {
        text: match *code {
            "" => page.t("asks-open"),
            "all" => page.t("asks-all"),
            "unseen" => page.t("asks-unseen"),
            "late" => page.t("asks-late"),
            code => page.t(&format!("ask-state-{code}")),
        },
        count: *count,
        href: wish.address(REQUESTS, code),
        current: *code == state,
    };
    let orders = Order::ALL.into_iter().map(|order| Choice {
        value: order.code().to_owned(),
        text: page.t(&format!("ask-order-{}", order.code())),
        chosen: order == Order::from_code(&wish.sort),
    });
    let every = DatasetsPage::every_agency(&page, wish.agency.is_empty());
    let owners = agencies.iter().map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: agency.slug == wish.agency,
    });
    let view = DataRequestsPage {
        states: counts.iter().map(tab).collect(),
        state: state.to_owned(),
        query: wish.q.clone(),
        agencies: std::iter::once(every).chain(owners).collect(),
        orders: orders.collect(),
        filtered: !wish.agency.is_empty() || !wish.q.is_empty() || !state.is_empty(),
        total: found.total,
        files: (
            wish.address("/internal/data-requests.xlsx", state),
            wish.address("/internal/data-requests.csv", state),
        ),
        rows: found.items.iter().map(|item| row(&app, &page, item)).collect(),
        pager: Pager::new(asked.number, found.pages(), wish.address(REQUESTS, state)),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

fn row(app: &App, page: &PageCtx, item: &Listed) -> DataRequestRow {
    let asked = &item.request;
    let (standing, tone) = request_form::standing(page, asked);
    DataRequestRow {
        title: Text::of(asked.title(), asked.lang, page.lang),
        href: format!("{REQUESTS}/{}", asked.id),
        agency: item.agency.as_ref().map(|name| name.get(page.lang).0.to_owned()),
        standing,
        tone,
        public: asked.shown.is_some() && asked.outcome != Some(End::Spam),
        supporters: asked.supporters,
        made: asked.made_at,
        due: request::due(app.profile(), asked).map(|day| (day, day < app.today())),
    }
}

/// GET /internal/data-requests.xlsx, /internal/data-requests.csv: the whole list as it is filtered.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Requests)?;
    let (typed, state) = (wish.clone(), wish.state());
    let filter = app.db().read_async(move |conn| typed.filter(conn, state)).await?;
    let heads = [
        ("ask-wanted", 80),
        ("ask-purpose", 80),
        ("ask-agency", 40),
        ("ask-standing", 24),
        ("ask-supporters", 14),
        ("ask-made", 20),
        ("ask-due", 14),
        ("follow-answer", 80),
    ];
    let sheet = export::sheet(&page, page.t("asks-title"), &heads);
    let told = vec![("state", state.to_owned()), ("agency", wish.agency), ("q", wish.q)];
    let export = Export { action: "ask.export", list: "data-requests", filter: told, rows: 0, sheet };
    let (person, profile, app_of, today) =
        (who.person.clone(), app.parts.profile.clone(), app.get_ref().clone(), app.today());
    let rows = move |db: Db| {
        let found = export::items(db, PORTION, move |conn, asked| {
            request::list(conn, &person, &profile, &filter, today, asked)
        });
        found.map(move |item| {
            let item = item?;
            let told = row(&app_of, &page, &item);
            Ok(vec![
                Cell::Text(item.request.wanted.clone()),
                Cell::Text(item.request.purpose.clone()),
                told.agency.into(),
                Cell::Text(told.standing),
                Cell::count(told.supporters),
                export::moment(&page, told.made),
                told.due.map(|(day, _)| day).into(),
                item.request.answer.clone().into(),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

// ---- one request -----------------------------------------------------------------------------------------------------

/// What the forms under a request send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    title: String,
    words: String,
    agency: String,
    kind: String,
    dataset: String,
    promised: String,
    refusal: String,
    into: String,
    answer: String,
}

/// GET /internal/data-requests/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = DataRequestId::parse(&id).ok_or_else(Error::not_found)?;
    Ok(html(StatusCode::OK, &page_of(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/data-requests/{id}/publication: its words go out to the public.
pub async fn let_out(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, form| {
        let form = ShowForm { title: form.title.clone(), words: form.words.clone() };
        request::show(tx, profile, id, &form)
    };
    change(&req, &app, &who, &id, form.0, "ask-done-shown", verb).await
}

/// POST /internal/data-requests/{id}/setting-aside
pub async fn set_aside(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, _| request::set_aside(tx, profile, id);
    change(&req, &app, &who, &id, form.0, "ask-done-set-aside", verb).await
}

/// POST /internal/data-requests/{id}/assignment
pub async fn assign(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, form| request::assign(tx, profile, id, &form.agency);
    change(&req, &app, &who, &id, form.0, "ask-done-assigned", verb).await
}

/// POST /internal/data-requests/{id}/answer
pub async fn answer(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ActForm>,
) -> Outcome {
    let verb: Verb = |tx, profile, id, form| {
        let form = form.clone();
        let said = AnswerForm {
            kind: form.kind,
            dataset: form.dataset,
            promised: form.promised,
            refusal: form.refusal,
            into: form.into,
            answer: form.answer,
        };
        request::answer(tx, profile, id, &said)
    };
    change(&req, &app, &who, &id, form.0, "ask-done-answered", verb).await
}

type Verb = fn(&mut Tx<'_>, &Profile, &DataRequestId, &ActForm) -> Result<()>;

/// Does something about a request and shows its page, with what is wrong where something is.
async fn change(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    form: ActForm,
    done: &str,
    verb: Verb,
) -> Outcome {
    let id = DataRequestId::parse(id).ok_or_else(Error::not_found)?;
    let (profile, on, sent) = (app.parts.profile.clone(), id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| verb(tx, &profile, &on, &sent);
    let again = async |error: &Error| page_of(req, app, who, &id, Some((&form, error))).await;
    act(req, app, who, verb, |()| (done, format!("{REQUESTS}/{id}")), again).await
}

async fn page_of(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &DataRequestId,
    sent: Option<(&ActForm, &Error)>,
) -> Result<DataRequestPage> {
    let (person, profile, of) = (who.person.clone(), app.parts.profile.clone(), id.clone());
    let (found, agencies, known) = app
        .db()
        .read_async(move |conn| {
            let found = request::find(conn, &person, &profile, &of)?;
            let answered = found.request.state == State::Closed;
            let known = if answered { Vec::new() } else { dataset::offered(conn, None)? };
            Ok((found, agency::all(conn)?, known))
        })
        .await?;
    let href = format!("{REQUESTS}/{id}");
    let page = frame_of(req, app, who, Section::Requests, &href)?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let asked = &found.request;
    let own = |text: &str| Text::of(text, asked.lang, page.lang);
    let typed = |of: fn(&ActForm) -> &String| sent.map(|(form, _)| of(form).clone()).unwrap_or_default();
    let field = |name: &'static str, value: String| Field::new(name, value).checked(&wrongs);
    // What the asker wrote is where the words for the public begin.
    let (title, words) = match (sent.filter(|(form, _)| !form.title.is_empty()), &asked.shown) {
        (Some((form, _)), _) => (form.title.clone(), form.words.clone()),
        (None, Some(shown)) => (shown.title.clone(), shown.words.clone().unwrap_or_default()),
        (None, None) => (asked.wanted.clone(), asked.purpose.clone()),
    };
    let today = app.today().to_string();
    let named = sent.map(|(form, _)| form.agency.clone()).filter(|slug| !slug.is_empty());
    let choose = |id: &str| Choice { value: String::new(), text: page.t(id), chosen: false };
    let agency_choices = agencies.iter().filter(|agency| !agency.is_over(&today)).map(|agency| Choice {
        value: agency.slug.clone(),
        text: agency.name(page.lang).0.to_owned(),
        chosen: match &named {
            Some(slug) => *slug == agency.slug,
            None => asked.agency.as_ref() == Some(&agency.id),
        },
    });
    let refusal = typed(|form| &form.refusal);
    let reasons = app.profile().data_request.refusals.iter().map(|reason| Choice {
        value: reason.code.clone(),
        text: reason.name.get(page.lang).0.to_owned(),
        chosen: reason.code == refusal,
    });
    let kind = typed(|form| &form.kind);
    let open = asked.state != State::Closed;
    Ok(DataRequestPage {
        view: RequestView::of(app, &page, &found, true),
        wanted: own(&asked.wanted),
        purpose: own(&asked.purpose),
        public: request_form::path_of(asked).filter(|_| asked.outcome != Some(End::Spam)).map(|path| page.url(&path)),
        english: asked.lang == Lang::En,
        awaits_mail: asked.awaits_mail,
        acts: Acts {
            show: !matches!(asked.outcome, Some(End::Spam | End::Merged)),
            set_aside: open,
            assign: open && may(&who.person, Action::ManageAgencies).granted(),
            answer: open,
        },
        words: (field("title", title), field("words", words)),
        agency: Select {
            choices: std::iter::once(choose("ask-choose-agency")).chain(agency_choices).collect(),
            field: field("agency", String::new()),
        },
        kinds: KINDS
            .into_iter()
            .map(|code| Choice {
                value: code.to_owned(),
                text: page.t(&format!("ask-kind-{code}")),
                chosen: code == kind,
            })
            .collect(),
        kind_error: field("kind", String::new()).error,
        dataset: dataset_field(&typed(|form| &form.dataset), known, &wrongs),
        promised: field("promised", typed(|form| &form.promised)),
        refusal: Select {
            choices: std::iter::once(choose("ask-choose-refusal")).chain(reasons).collect(),
            field: field("refusal", String::new()),
        },
        into: field("into", typed(|form| &form.into)),
        answer: field("answer", typed(|form| &form.answer)),
        wrongs,
        href,
        page,
    })
}

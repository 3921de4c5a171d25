//! Quarters: the list, the board of agencies, the returns, the close.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::accounts::role_name;
use super::duties;
use super::export::{self, Export};
use super::serve::{act, frame, frame_of, unsent};
use super::view::datasets::StateTab;
use super::view::editor::Select;
use super::view::quarters::{
    DueLine, ItemLine, ProgressLine, QuarterLine, QuarterPage, QuartersPage, ReturnDoc, ReturnPage, ReturnPreviewPage,
    SignedView,
};
use crate::access::{Action, may};
use crate::account;
use crate::duty::{self, Listed, Stage};
use crate::http::page::{Choice, Field, PageCtx, Section, Timeliness};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, present, query_of};
use crate::kernel::id::AgencyId;
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;
use crate::quarter::{
    self, CloseForm, Counts, Item, ItemForm, Order, PageForm, Press, Progress, Quarter, QuarterRow, RecallForm,
    ReturnForm, ReturnState, Shown, State, Visibility, Which,
};
use crate::release;

const QUARTERS: &str = "/internal/quarter";
/// Datasets due in a quarter that its page names.
const MOST_DUE: u64 = 200;
/// The tabs of a board, after all.
const TABS: [&str; 5] = ["behind", "open", "signed", "late", "missing"];

pub(super) fn href(of: Quarter) -> String {
    format!("{QUARTERS}/{of}")
}

pub(super) fn return_href(of: Quarter, owner: &AgencyId) -> String {
    format!("{QUARTERS}/{of}/returns/{owner}")
}

pub(super) fn counted(counts: Option<Counts>) -> Vec<(&'static str, u64)> {
    counts.map_or_else(Vec::new, |counts| {
        vec![
            ("new", counts.new),
            ("updated", counts.updated),
            ("unchanged", counts.unchanged),
            ("late", counts.late),
            ("withdrawn", counts.withdrawn),
        ]
    })
}

/// GET /internal/quarter
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let page = frame(&req, &app, &who, Section::Quarters)?;
    let rows = lines(&app, &who, &page).await?;
    Ok(html(StatusCode::OK, &QuartersPage { owes: rows.iter().any(|row| row.owes), rows, page })?)
}

/// The quarters, the newest first, as whoever reads sees their returns.
async fn lines(app: &App, who: &SignedIn, page: &PageCtx) -> Result<Vec<QuarterLine>> {
    let (person, today) = (who.person.clone(), app.today());
    let found = app.db().read_async(move |conn| quarter::quarters(conn, &person, today)).await?;
    let lines = found.into_iter().map(|(row, returns)| QuarterLine {
        name: present::quarter(page, row.quarter),
        href: href(row.quarter),
        state: row.state_on(today).code(),
        days: (row.quarter.first(), row.quarter.last()),
        close_on: row.close_on,
        closed: row.closed_at,
        owes: quarter::has_returns(row.quarter, app.profile(), !returns.is_empty()),
        returns: returns.into_iter().map(|(state, count)| (state.code(), count)).collect(),
        counts: counted(row.counts),
    });
    Ok(lines.collect())
}

/// GET /internal/quarter.xlsx, .csv: the quarters.
pub async fn export_list(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Quarters)?;
    let lines = lines(&app, &who, &page).await?;
    let mut heads = [
        ("quarter-one", 18),
        ("quarter-first", 14),
        ("quarter-last", 14),
        ("in-state", 24),
        ("quarter-close", 14),
        ("quarter-closed-at", 20),
    ]
    .map(|(head, width)| (head.to_owned(), width))
    .to_vec();
    let owes = lines.iter().any(|line| line.owes);
    let states: Vec<&str> = ReturnState::ALL.into_iter().filter(|_| owes).map(ReturnState::code).collect();
    let counts: Vec<&str> = counted(Some(Counts::default())).into_iter().map(|(code, _)| code).collect();
    heads.extend(states.iter().map(|state| (format!("return-state-{state}"), 14)));
    heads.extend(counts.iter().map(|count| (format!("quarter-count-{count}"), 14)));
    let heads: Vec<(&str, u16)> = heads.iter().map(|(head, width)| (head.as_str(), *width)).collect();
    let sheet = export::sheet(&page, page.t("quarters-title"), &heads);
    let rows = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let export = Export { action: "quarter.export", list: "quarters", filter: Vec::new(), rows, sheet };
    let rows = move |_: Db| {
        lines.into_iter().map(move |line| {
            let count = |of: &[(&str, u64)], code: &str| of.iter().find(|(known, _)| *known == code).map(|(_, n)| *n);
            let returns = states.iter().map(|code| count(&line.returns, code).or(line.owes.then_some(0)));
            let counts = counts.iter().map(|code| count(&line.counts, code));
            let numbers = returns.chain(counts).map(|number| number.map_or(Cell::Empty, Cell::count));
            let state = page.code("quarter-state", line.told());
            let closed = line.closed.map_or(Cell::Empty, |at| export::moment(&page, at));
            let mut cells = vec![
                Cell::text(&line.name),
                line.days.0.into(),
                line.days.1.into(),
                Cell::Text(state),
                line.close_on.into(),
                closed,
            ];
            cells.extend(numbers);
            Ok(cells)
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    #[serde(rename = "return")]
    handed: String,
    sort: String,
}

impl Wish {
    fn tab(&self) -> &'static str {
        TABS.into_iter().find(|code| *code == self.handed).unwrap_or_default()
    }

    fn address(&self, path: &str, tab: &str) -> String {
        let order = Order::from_code(&self.sort);
        let sort = if order == Order::default() { "" } else { order.code() };
        address(path, &[("return", tab), ("sort", sort)])
    }
}

async fn board(app: &App, who: &SignedIn, code: &str) -> Result<(QuarterRow, Vec<Progress>, Option<String>)> {
    let (person, profile, code, today) = (who.person.clone(), app.parts.profile.clone(), code.to_owned(), app.today());
    app.db()
        .read_async(move |conn| {
            let row = quarter::by_code(conn, &code)?;
            let rows = quarter::board(conn, &person, &profile, &row, today)?;
            let closer: Vec<String> = row.closed_by.iter().map(ToString::to_string).collect();
            let closer = account::names(conn, &closer)?.into_values().next();
            Ok((row, rows, closer))
        })
        .await
}

fn line(page: &PageCtx, of: Quarter, row: &Progress) -> ProgressLine {
    ProgressLine {
        agency: row.name.get(page.lang).0.to_owned(),
        due: row.due,
        done: row.done,
        unchanged: row.unchanged,
        late: row.late,
        handed: row.handed.map(|handed| (handed.state.code(), return_href(of, &row.agency), handed.overdue)),
    }
}

fn due_line(page: &PageCtx, item: &Listed) -> DueLine {
    let duty = &item.duty;
    let over = duty.stage == Stage::Overdue;
    DueLine {
        title: duties::title(page, duty).text,
        href: format!("/internal/datasets/{}/update", duty.subject),
        agency: item.agency.get(page.lang).0.to_owned(),
        due: duty.days.due,
        standing: match &duty.ended_how {
            Some(how) => page.code("duty-how", how),
            None => page.t(if over { "quarter-due-over" } else { "quarter-due-waits" }),
        },
        tone: match (&duty.ended_how, duty.late) {
            (None, _) if over => "bad",
            (None, _) => "info",
            (Some(_), true) => "warn",
            (Some(_), false) => "good",
        },
        late: duty.late,
    }
}

async fn quarter_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    code: &str,
    error: Option<&Error>,
) -> Result<QuarterPage> {
    let wish: Wish = query_of(req)?;
    let (row, all, closer) = board(app, who, code).await?;
    let of = row.quarter;
    let page = frame_of(req, app, who, Section::Quarters, &href(of))?;
    let (person, profile, asked, today) = (who.person.clone(), app.parts.profile.clone(), row.clone(), app.today());
    let read = move |conn: &mut Conn| {
        let due = quarter::due(conn, &person, &profile, &asked, MOST_DUE)?;
        let made = release::ordered(conn, &of.to_string())?.is_some_and(|one| one.is_ready());
        Ok((due, made, quarter::awaited(conn, &asked, today)?))
    };
    let (due, made, awaited) = app.db().read_async(read).await?;
    let (due_total, due) = (due.total, due.items.iter().map(|item| due_line(&page, item)).collect());
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let counts = quarter::tabs(&all);
    let owes = quarter::has_returns(of, app.profile(), all.iter().any(|row| row.handed.is_some()));
    let own = |progress: &&Progress| {
        let open = progress.handed.is_some_and(|handed| handed.state == ReturnState::Open);
        open && may(&who.person, Action::WriteReturn(app.profile(), &progress.agency)).granted()
    };
    let own = all.iter().filter(own);
    let own = own.map(|row| (row.name.get(page.lang).0.to_owned(), return_href(of, &row.agency))).collect();
    let open_returns = counts.get("open").copied().unwrap_or(0);
    let tabs = [""].into_iter().chain(TABS).map(|code| StateTab {
        text: match code {
            "" => page.t("quarter-all"),
            "behind" => page.t("quarter-behind"),
            code => page.code("return-state", code),
        },
        count: counts.get(code).copied().unwrap_or(0),
        href: wish.address(&href(of), code),
        current: code == wish.tab(),
    });
    let tabs = tabs.filter(|tab| tab.count > 0 || tab.current).collect();
    let sorted = Some(Order::from_code(&wish.sort)).filter(|order| owes || *order != Order::Handed).unwrap_or_default();
    let orders = Order::ALL.into_iter().filter(|order| owes || *order != Order::Handed).map(|order| Choice {
        value: order.code().to_owned(),
        text: page.code("quarter-order", order.code()),
        chosen: order == sorted,
    });
    let rows = quarter::sift(all, Which::from_code(wish.tab()), sorted);
    let sum = |part: fn(&Progress) -> u64| rows.iter().map(part).sum();
    Ok(QuarterPage {
        name: present::quarter(&page, of),
        href: href(of),
        state: row.state_on(today).code(),
        owes,
        days: (of.first(), of.last()),
        return_due: row.return_due,
        close_on: row.close_on,
        closed: row.closed_at.map(|at| (at, closer)),
        counts: counted(row.counts),
        release: made.then(|| page.url(&format!("/quy/{of}"))),
        own,
        tabs,
        chosen: wish.tab().to_owned(),
        orders: orders.collect(),
        filtered: !wish.tab().is_empty(),
        files: (
            wish.address(&format!("{}.xlsx", href(of)), wish.tab()),
            wish.address(&format!("{}.csv", href(of)), wish.tab()),
        ),
        total: ProgressLine {
            agency: page.t("quarter-together"),
            due: sum(|row| row.due),
            done: sum(|row| row.done),
            unchanged: sum(|row| row.unchanged),
            late: sum(|row| row.late),
            handed: None,
        },
        rows: rows.iter().map(|row| line(&page, of, row)).collect(),
        due,
        due_total,
        may_close: row.state_on(today) == State::Ended && may(&who.person, Action::CloseQuarter).granted(),
        awaited,
        open_returns,
        sure: Field::new("sure", "").checked(&wrongs),
        wrongs,
        page,
    })
}

/// GET /internal/quarter/{code}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, code: web::Path<String>) -> Outcome {
    Ok(html(StatusCode::OK, &quarter_page(&req, &app, &who, &code, None).await?)?)
}

/// GET /internal/quarter/{code}.xlsx, .csv: the board as it is filtered and sorted.
pub async fn export(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (code, form) = (path.0.clone(), export::form_of(&path.1)?);
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Quarters)?;
    let (row, all, _) = board(&app, &who, &code).await?;
    let owes = quarter::has_returns(row.quarter, app.profile(), all.iter().any(|row| row.handed.is_some()));
    let rows = quarter::sift(all, Which::from_code(wish.tab()), Order::from_code(&wish.sort));
    let mut heads = vec![
        ("in-agency", 44),
        ("quarter-due", 14),
        ("quarter-done", 14),
        ("quarter-unchanged", 26),
        ("quarter-late", 12),
    ];
    if owes {
        heads.push(("quarter-return", 20));
    }
    let sheet = export::sheet(&page, present::quarter(&page, row.quarter), &heads);
    let filter = vec![("quarter", code), ("return", wish.tab().to_owned())];
    let count = u64::try_from(rows.len()).unwrap_or(u64::MAX);
    let export = Export { action: "quarter.export", list: "quarter", filter, rows: count, sheet };
    let rows = move |_: Db| {
        rows.into_iter().map(move |row| {
            let mut cells = vec![
                Cell::text(row.name.get(page.lang).0),
                Cell::count(row.due),
                Cell::count(row.done),
                Cell::count(row.unchanged),
                Cell::count(row.late),
            ];
            if owes {
                let said = row.handed.map(|handed| {
                    let state = page.code("return-state", handed.state.code());
                    if handed.overdue { format!("{state}, {}", page.t("return-overdue")) } else { state }
                });
                cells.push(said.into());
            }
            Ok(cells)
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// POST /internal/quarter/{code}/closure
pub async fn close(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    code: web::Path<String>,
    form: SafeForm<CloseForm>,
) -> Outcome {
    let (profile, wanted, form) = (app.parts.profile.clone(), code.clone(), form.0);
    let verb = move |tx: &mut Tx<'_>| quarter::close(tx, &profile, &wanted, &form);
    let again = async |error: &Error| quarter_page(&req, &app, &who, &code, Some(error)).await;
    act(&req, &app, &who, verb, |_| ("quarter-closed-done", format!("{QUARTERS}/{code}")), again).await
}

/// A return's place in addresses.
struct Place {
    code: String,
    owner: AgencyId,
}

impl Place {
    fn of(code: &str, owner: &str) -> Result<Self> {
        let quarter = Quarter::parse(code).ok_or_else(Error::not_found)?;
        let owner = AgencyId::parse(owner).ok_or_else(Error::not_found)?;
        Ok(Self { code: quarter.to_string(), owner })
    }

    fn href(&self) -> String {
        format!("{QUARTERS}/{}/returns/{}", self.code, self.owner)
    }

    fn preview(&self) -> String {
        format!("{}/preview", self.href())
    }
}

async fn shown(app: &App, who: &SignedIn, place: &Place) -> Result<(Shown, Vec<String>)> {
    let (person, profile, now) = (who.person.clone(), app.parts.profile.clone(), app.now());
    let (code, owner, today) = (place.code.clone(), place.owner.clone(), app.today());
    app.db()
        .read_async(move |conn| {
            let shown = quarter::shown(conn, &person, &profile, &code, &owner, now)?;
            let earlier = quarter::earlier_needs(conn, &shown.of, today)?;
            Ok((shown, earlier))
        })
        .await
}

fn timeliness(item: &Item) -> Option<Timeliness> {
    Some(match duty::State::from_code(item.timeliness.as_deref()?)? {
        duty::State::OnTime => Timeliness::OnTime,
        duty::State::DueSoon => Timeliness::Soon,
        duty::State::Late => Timeliness::Late,
        duty::State::NotDue => Timeliness::Unscheduled,
    })
}

fn item_kind(page: &PageCtx, item: &Item) -> String {
    if item.dataset_id.is_some() { page.code("state", &item.kind) } else { item.kind.clone() }
}

fn doc(app: &App, page: &PageCtx, place: &Place, shown: &Shown, writes: bool) -> ReturnDoc {
    let of = &shown.of;
    let items = shown.items.iter().zip(1..).map(|(item, number)| ItemLine {
        number,
        title: present::title_or_hidden(page, &item.title),
        href: item.dataset_id.as_ref().map(|id| format!("/internal/datasets/{id}")).unwrap_or_default(),
        kind: item_kind(page, item),
        place: item.kept_at.clone(),
        visibility: page.code("return-visibility", &item.visibility),
        planned: item.planned(),
        rows: item.row_count.and_then(|count| u64::try_from(count).ok()),
        updated: item.updated_at.map(Timestamp),
        timeliness: timeliness(item),
        removal: if writes && item.dataset_id.is_none() {
            format!("{}/items/{}/removal", place.href(), item.position)
        } else {
            String::new()
        },
    });
    ReturnDoc {
        quarter: present::quarter(page, of.quarter),
        agency: shown.name.get(page.lang).0.to_owned(),
        state: of.state.code(),
        overdue: of.state == ReturnState::Open && shown.quarter.return_due < app.today(),
        due: shown.quarter.return_due,
        basis: present::basis(page, app.profile(), &app.profile().agency_list.return_months),
        items: items.collect(),
        handled: shown.handled.named().to_vec(),
        remarks: of.remarks.clone(),
        handling: of.handling.clone(),
        needs: of.needs.clone(),
        signed: of.signed_as.as_ref().zip(of.signed_at).map(|((name, role), at)| SignedView {
            name: name.clone(),
            role: role_name(app, page.lang, role),
            at,
            hash: of.hash.clone().unwrap_or_default(),
            intact: shown.intact == Some(true),
        }),
        recalled: of.recall_reason.clone().zip(of.recalled_at),
    }
}

/// Who signs returns, in words.
fn signers(app: &App, page: &PageCtx) -> String {
    let roles = app.profile().agency_list.sign_roles.value.iter();
    roles.map(|role| role_name(app, page.lang, role)).collect::<Vec<_>>().join(", ")
}

/// What was typed on the page of a return.
#[derive(Clone, Debug, Default)]
struct Typed {
    words: Option<ReturnForm>,
    item: ItemForm,
    recall: RecallForm,
}

async fn return_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    place: &Place,
    typed: &Typed,
    error: Option<&Error>,
) -> Result<ReturnPage> {
    let (shown, earlier) = shown(app, who, place).await?;
    let page = frame_of(req, app, who, Section::Quarters, &place.href())?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let field = |name, value: &str| Field::new(name, value).checked(&wrongs);
    let takes = shown.quarter.takes_returns(app.today());
    let open = takes && shown.of.state == ReturnState::Open;
    let writes = open && may(&who.person, Action::WriteReturn(app.profile(), &place.owner)).granted();
    let may_sign = may(&who.person, Action::SignReturn(app.profile(), &place.owner)).granted();
    // Words that nobody changed are no typed ones: what was saved meanwhile stands in their place.
    let written = typed.words.as_ref().filter(|form| !form.is_untouched(&shown.of));
    let words = written.cloned().unwrap_or_else(|| ReturnForm::of(&shown.of));
    let visibilities = Visibility::ALL.into_iter().rev().map(|one| Choice {
        value: one.code().to_owned(),
        text: page.code("return-visibility", one.code()),
        chosen: one.code() == typed.item.visibility,
    });
    let recalls = takes && may_sign && shown.of.state.is_signed();
    // What was typed into a form that is not on the page any more is shown all the same.
    let mut lost: Vec<(&str, &str)> = Vec::new();
    if let Some(form) = written.filter(|_| !writes) {
        lost.extend([
            ("return-remarks", form.remarks.as_str()),
            ("return-handling", &form.handling),
            ("return-needs", &form.needs),
        ]);
    }
    if !writes {
        let item = &typed.item;
        lost.extend([
            ("return-item", item.title.as_str()),
            ("return-item-kind", &item.kind),
            ("return-item-place", &item.kept_at),
            ("return-item-planned-field", &item.planned_on),
        ]);
    }
    if !recalls {
        lost.push(("return-recall-reason", &typed.recall.reason));
    }
    let faster = error.is_some_and(|error| error.has("return-saved-meanwhile"));
    Ok(ReturnPage {
        unsent: unsent(&page, &lost),
        stored: faster && writes,
        href: place.href(),
        quarter_href: href(shown.of.quarter),
        doc: doc(app, &page, place, &shown, writes),
        files: (format!("{}.xlsx", place.href()), format!("{}.csv", place.href())),
        writes,
        signs: open && may_sign,
        signers: signers(app, &page),
        recalls,
        earlier: if writes { earlier } else { Vec::new() },
        // Nothing typed is lost, and what was saved meanwhile is not overwritten unseen: only beside that the form has a fresh mark.
        seen: if faster { shown.of.mark() } else { words.seen },
        carry: typed.words.as_ref().is_some_and(|form| !form.carry.is_empty()),
        remarks: field("remarks", &words.remarks),
        handling: field("handling", &words.handling),
        needs: field("needs", &words.needs),
        title: field("title", &typed.item.title),
        kind: field("kind", &typed.item.kind),
        kept_at: field("kept_at", &typed.item.kept_at),
        visibility: Select { choices: visibilities.collect(), field: field("visibility", "") },
        planned_on: field("planned_on", &typed.item.planned_on),
        reason: field("reason", &typed.recall.reason),
        wrongs,
        page,
    })
}

/// GET /internal/quarter/{code}/returns/{id}
pub async fn show_return(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    Ok(html(StatusCode::OK, &return_page(&req, &app, &who, &place, &Typed::default(), None).await?)?)
}

/// Does what a button on the page of a return says, with all that is typed there; then goes to an address.
async fn write(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    place: &Place,
    form: PageForm,
    press: Press,
    then: String,
) -> Outcome {
    let (profile, code, owner) = (app.parts.profile.clone(), place.code.clone(), place.owner.clone());
    let typed = Typed { words: Some(form.words.clone()), item: form.item.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>| quarter::write(tx, &profile, &code, &owner, &form, press);
    let said = match press {
        Press::Save => "return-saved-done",
        Press::Add => "return-added-done",
        Press::Remove(_) => "return-removed-done",
    };
    let again = async |error: &Error| return_page(req, app, who, place, &typed, Some(error)).await;
    act(req, app, who, verb, |()| (said, then), again).await
}

/// The page of a return as it is sent to be saved.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct SaveForm {
    /// `preview`: what comes next is the print view.
    then: String,
    #[serde(flatten)]
    fields: PageForm,
}

/// POST /internal/quarter/{code}/returns/{id}
pub async fn save(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<SaveForm>,
) -> Outcome {
    let (place, sent) = (Place::of(&path.0, &path.1)?, form.0);
    let then = if sent.then == "preview" { place.preview() } else { place.href() };
    write(&req, &app, &who, &place, sent.fields, Press::Save, then).await
}

/// POST /internal/quarter/{code}/returns/{id}/items
pub async fn add_item(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<PageForm>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    write(&req, &app, &who, &place, form.0, Press::Add, place.href()).await
}

/// POST /internal/quarter/{code}/returns/{id}/items/{number}/removal
pub async fn remove_item(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String, String)>,
    form: SafeForm<PageForm>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    let position: i32 = path.2.parse().map_err(|_| Error::not_found())?;
    write(&req, &app, &who, &place, form.0, Press::Remove(position), place.href()).await
}

async fn preview_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    place: &Place,
    error: Option<&Error>,
) -> Result<ReturnPreviewPage> {
    let (shown, _) = shown(app, who, place).await?;
    let page = frame_of(req, app, who, Section::Quarters, &place.preview())?;
    let open = shown.quarter.takes_returns(app.today()) && shown.of.state == ReturnState::Open;
    Ok(ReturnPreviewPage {
        href: place.href(),
        quarter_href: href(shown.of.quarter),
        doc: doc(app, &page, place, &shown, false),
        signs: open && may(&who.person, Action::SignReturn(app.profile(), &place.owner)).granted(),
        signers: signers(app, &page),
        seen: shown.mark(),
        wrongs: error.map(|error| page.wrongs(error)).unwrap_or_default(),
        page,
    })
}

/// GET /internal/quarter/{code}/returns/{id}/preview: for reading, printing and signing.
pub async fn preview(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    Ok(html(StatusCode::OK, &preview_page(&req, &app, &who, &place, None).await?)?)
}

/// What signing needs that has no field: the mark of what was shown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Seen {
    seen: String,
}

/// POST /internal/quarter/{code}/returns/{id}/signature
pub async fn sign(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<Seen>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    let (profile, code, owner) = (app.parts.profile.clone(), place.code.clone(), place.owner.clone());
    let verb = move |tx: &mut Tx<'_>| quarter::sign(tx, &profile, &code, &owner, &form.0.seen);
    let done = |state: ReturnState| match state {
        ReturnState::Late => "return-signed-late-done",
        _ => "return-signed-done",
    };
    let again = async |error: &Error| preview_page(&req, &app, &who, &place, Some(error)).await;
    act(&req, &app, &who, verb, |state| (done(state), place.href()), again).await
}

/// POST /internal/quarter/{code}/returns/{id}/recall
pub async fn recall(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
    form: SafeForm<RecallForm>,
) -> Outcome {
    let place = Place::of(&path.0, &path.1)?;
    let (profile, code, owner, form) = (app.parts.profile.clone(), place.code.clone(), place.owner.clone(), form.0);
    let typed = Typed { recall: form.clone(), ..Typed::default() };
    let verb = move |tx: &mut Tx<'_>| quarter::recall(tx, &profile, &code, &owner, &form);
    let again = async |error: &Error| return_page(&req, &app, &who, &place, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |()| ("return-recalled-done", place.href()), again).await
}

/// GET /internal/quarter/{code}/returns/{id}.xlsx, .csv: the list of data.
pub async fn export_return(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String, String)>,
) -> Outcome {
    let (place, form) = (Place::of(&path.0, &path.1)?, export::form_of(&path.2)?);
    let (shown, _) = shown(&app, &who, &place).await?;
    let page = frame(&req, &app, &who, Section::Quarters)?;
    let heads = [
        ("return-item", 60),
        ("return-item-kind", 24),
        ("return-item-place", 32),
        ("return-item-visibility", 22),
        ("return-item-planned", 16),
        ("in-rows", 12),
        ("return-item-updated", 20),
        ("in-freshness", 18),
    ];
    let title = format!("{} {}", present::quarter(&page, shown.of.quarter), shown.name.get(page.lang).0);
    let sheet = export::sheet(&page, title, &heads);
    let filter = vec![("quarter", place.code.clone()), ("agency", place.owner.to_string())];
    let count = u64::try_from(shown.items.len()).unwrap_or(u64::MAX);
    let export = Export { action: "return.export", list: "return", filter, rows: count, sheet };
    let rows = move |_: Db| {
        shown.items.into_iter().map(move |item| {
            Ok(vec![
                Cell::Text(present::title_or_hidden(&page, &item.title)),
                Cell::Text(item_kind(&page, &item)),
                Cell::text(&item.kept_at),
                Cell::Text(page.code("return-visibility", &item.visibility)),
                item.planned().into(),
                item.row_count.map_or(Cell::Empty, Cell::Whole),
                item.updated_at.map_or(Cell::Empty, |at| export::moment(&page, Timestamp(at))),
                timeliness(&item).map(|state| page.t(state.text_id())).into(),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

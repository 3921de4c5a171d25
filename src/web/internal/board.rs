//! The compliance board: how agencies stand today, how they did in a quarter, and one of them.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::accounts::role_name;
use super::export::{self, Export};
use super::quarters::{counted, href as quarter_href, return_href};
use super::serve::{frame, frame_of};
use super::view::board::{AgencyBoardPage, Badge, BoardPage, Cell, Contact, Line, Number, Part, QuarterView};
use super::view::datasets::StateTab;
use super::{duties, view};
use crate::access::{Action, Sight, may};
use crate::account::{self, Person, role};
use crate::agency;
use crate::board::{self, Board, Column, Past, PastColumn, Row, Turn};
use crate::duty::{self, Asked, Kind, Outcome, Outcomes, Stage};
use crate::http::page::{Choice, Head, PageCtx, Section};
use crate::http::{App, Outcome as Answered, SignedIn, address, html, present, query_of};
use crate::kernel::id::AgencyId;
use crate::kernel::{Error, Page, PageRequest, Problem, Result};
use crate::people;
use crate::platform::db::Db;
use crate::platform::sheet::Cell as SheetCell;
use crate::quarter::{self, Quarter, QuarterRow};
use crate::voice::Waiting;

const BOARD: &str = "/internal/board";
/// Duties on the page of an agency.
const LATE: u64 = 20;
/// What an export is asked for beside the board itself.
const TREND: &str = "trend";

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    quarter: String,
    sort: String,
    late: String,
    list: String,
    kind: String,
}

impl Wish {
    fn quarter(&self) -> Option<Quarter> {
        Quarter::parse(&self.quarter)
    }

    /// The kind of duties that a quarter's numbers are of, and those of a trend; today's board tells them apart by its columns.
    fn kind(&self) -> Option<Kind> {
        Kind::from_code(&self.kind).filter(|_| self.quarter().is_some() || self.list == TREND)
    }

    /// The order of a quarter's agencies on a day: while it goes on there is no share to go by.
    fn past_order(&self, of: Quarter, today: NaiveDate) -> PastColumn {
        match PastColumn::from_code(&self.sort) {
            PastColumn::Share if runs(of, today) => PastColumn::default(),
            order if !PastColumn::of(self.kind()).contains(&order) => PastColumn::default(),
            order => order,
        }
    }

    /// The code of the order in force on a day.
    fn sort(&self, today: NaiveDate) -> &'static str {
        match self.quarter() {
            Some(of) => self.past_order(of, today).code(),
            None => Column::from_code(&self.sort).code(),
        }
    }

    fn only_late(&self) -> bool {
        self.late == "1"
    }

    fn address(&self, path: &str, sort: &str, late: bool) -> String {
        let quarter = self.quarter().map(|of| of.to_string()).unwrap_or_default();
        let sort = if sort == Column::default().code() { "" } else { sort };
        let late = if late { "1" } else { "" };
        address(path, &[("quarter", &quarter), ("kind", code(self.kind())), ("late", late), ("sort", sort)])
    }
}

/// Whether the days of a quarter are not over: what is not done in it may still be, and there is no share yet.
fn runs(of: Quarter, today: NaiveDate) -> bool {
    of >= Quarter::of(today)
}

/// What addresses hold of a kind; nothing for every kind.
fn code(kind: Option<Kind>) -> &'static str {
    kind.map_or("", Kind::code)
}

/// What a line's links depend on.
struct Place<'a> {
    app: &'a App,
    page: &'a PageCtx,
    person: &'a Person,
    /// The kind of duties that a quarter's numbers are of.
    kind: Option<Kind>,
}

fn head(page: &PageCtx, code: &str) -> String {
    page.code("board-column", code)
}

/// The list of duties of an agency, with more filters.
fn duties_of(slug: &str, more: &[(&str, &str)]) -> String {
    let mut filters = vec![("agency", slug)];
    filters.extend(more);
    address("/internal/duties", &filters)
}

fn agency_href(slug: &str) -> String {
    format!("{BOARD}/{slug}")
}

impl Place<'_> {
    fn number(&self, code: &str, count: u64, bad: bool, href: Option<String>) -> Cell {
        Cell::Number(Number { head: head(self.page, code), count, href, bad })
    }

    fn part(&self, code: &str, part: u64, whole: u64) -> Cell {
        Cell::Part(head(self.page, code), (whole > 0).then_some(Part { part, whole }))
    }

    /// An agency as it stands today; `None` stands for the sum of rows, which leads nowhere.
    fn line(&self, row: &Row, board: Option<&Board>) -> Line {
        let slug = row.slug.as_str();
        let update = |stage: &str| board.map(|_| duties_of(slug, &[("kind", Kind::Update.code()), ("stage", stage)]));
        let [known, unanswered, requests, requests_late] =
            self.waiting(Some(row.waiting), board.map(|_| (&row.agency, slug)));
        Line {
            name: match board {
                Some(_) => row.name.get(self.page.lang).0.to_owned(),
                None => self.page.t("board-together"),
            },
            href: board.map(|_| agency_href(slug)),
            cells: vec![
                self.number("on-time", row.on_time, false, update("in-time")),
                self.number("soon", row.soon, false, update("near")),
                self.number("overdue", row.overdue, true, update(Stage::Overdue.code())),
                self.part("share", row.in_time(), row.updates()),
                known,
                unanswered,
                requests,
                requests_late,
                Cell::Badge(board.and_then(|board| self.handed(row, board))),
                Cell::Badge(board.and_then(|board| self.reviewed(row, board))),
                self.number("late", row.late(), true, board.map(|_| format!("{}#late", agency_href(slug)))),
            ],
        }
    }

    /// What readers wait for, with the lists behind the numbers where they are of today, of one agency, and the reader opens them.
    fn waiting(&self, waiting: Option<Waiting>, today: Option<(&AgencyId, &str)>) -> [Cell; 4] {
        let handles = |agency| may(self.person, Action::HandleReports(self.app.profile(), agency)).granted();
        let agency = today.filter(|(agency, _)| handles(agency)).map(|(_, slug)| slug);
        let (reports, requests) = ("/internal/reports", "/internal/data-requests");
        let cell = |code: &str, count: fn(Waiting) -> u64, bad, path: &str, state: &str| match waiting {
            Some(waiting) => {
                let href = agency.map(|slug| address(path, &[("agency", slug), ("state", state)]));
                self.number(code, count(waiting), bad, href)
            }
            None => Cell::Unknown(head(self.page, code)),
        };
        [
            cell("known", |waiting| waiting.known, true, reports, "known"),
            cell("unanswered", |waiting| waiting.unanswered, false, reports, "unanswered"),
            cell("requests", |waiting| waiting.requests, false, requests, ""),
            cell("requests-late", |waiting| waiting.requests_late, true, requests, "late"),
        ]
    }

    /// Where an agency's return is.
    fn handed(&self, row: &Row, board: &Board) -> Option<Badge> {
        let (handed, of) = (row.handed?, board.returns.as_ref()?);
        let reads = may(self.person, Action::SeeReturn(&row.agency)).granted();
        Some(Badge {
            head: head(self.page, "return"),
            text: self.page.code("return-state", handed.state.code()),
            note: handed.overdue.then(|| self.page.t("return-overdue")),
            tone: if handed.overdue { "bad" } else { view::quarters::tone(handed.state.code()) },
            href: reads.then(|| return_href(of.quarter, &row.agency)),
        })
    }

    /// Where an agency is with the review of its accounts.
    fn reviewed(&self, row: &Row, board: &Board) -> Option<Badge> {
        let (review, (campaign, goes_on)) = (row.review?, board.review.as_ref()?);
        let reads = may(self.person, Action::SeeAccounts).granted() && people::scope(self.person).holds(&row.agency);
        let (code, tone) = match (review.waiting, goes_on) {
            (0, _) => ("answered", "good"),
            (_, true) => ("open", "warn"),
            (_, false) => ("missed", "bad"),
        };
        Some(Badge {
            head: head(self.page, "review"),
            text: self.page.code("board-review", code),
            note: (review.waiting > 0)
                .then(|| self.page.t2("board-review-waiting", "count", review.waiting, "accounts", review.accounts)),
            tone,
            href: reads
                .then(|| address(&format!("/internal/accounts/reviews/{campaign}"), &[("agency", row.slug.as_str())])),
        })
    }

    /// What became of duties in a quarter, with the lists behind the numbers where `link` says that they are of the reader's or of one agency.
    /// `behind` says whether any that is not done is past its day.
    fn outcomes(
        &self,
        of: Quarter,
        (outcomes, behind): (&Outcomes, bool),
        agency: Option<&str>,
        link: bool,
    ) -> Vec<Cell> {
        let quarter = of.to_string();
        let href = |outcome: Outcome| {
            let filters = [
                ("agency", agency.unwrap_or_default()),
                ("kind", code(self.kind)),
                ("quarter", quarter.as_str()),
                ("stage", outcome.code()),
            ];
            link.then(|| address("/internal/duties", &filters))
        };
        let number = |outcome: Outcome, bad| self.number(outcome.code(), outcomes.of(outcome), bad, href(outcome));
        vec![
            number(Outcome::InTime, false),
            number(Outcome::Late, true),
            number(Outcome::Undone, behind),
            number(Outcome::Excused, false),
            self.part(
                PastColumn::Share.code(),
                outcomes.in_time,
                if runs(of, self.app.today()) { 0 } else { outcomes.owed() },
            ),
        ]
    }

    /// An agency in a quarter that is closed or not.
    fn past_line(&self, of: Quarter, row: &Past, closed: bool) -> Line {
        let duties = self.outcomes(of, (&row.outcomes, row.overdue > 0), Some(&row.slug), true);
        let today = (!closed).then_some((&row.agency, row.slug.as_str()));
        Line {
            name: row.name.get(self.page.lang).0.to_owned(),
            href: Some(agency_href(&row.slug)),
            cells: self.with_waiting(duties, row.waiting, today),
        }
    }

    /// What became of duties of every kind, and what readers wait for; of duties of one kind as it is.
    fn with_waiting(
        &self,
        mut duties: Vec<Cell>,
        waiting: Option<Waiting>,
        today: Option<(&AgencyId, &str)>,
    ) -> Vec<Cell> {
        if self.kind.is_none() {
            duties.extend(self.waiting(waiting, today));
        }
        duties
    }

    /// A quarter of a trend: of one agency, or of all that the reader sees.
    fn turn_line(&self, turn: &Turn, agency: Option<&str>) -> Line {
        let quarter = turn.quarter.to_string();
        let over = !runs(turn.quarter, self.app.today());
        let duties = self.outcomes(turn.quarter, (&turn.outcomes, over), agency, true);
        Line {
            name: present::quarter(self.page, turn.quarter),
            href: agency.is_none().then(|| address(BOARD, &[("quarter", &quarter), ("kind", code(self.kind))])),
            cells: self.with_waiting(duties, turn.waiting, None),
        }
    }
}

/// The sum of some rows; what is no number is left out.
fn sum(rows: &[Row]) -> Option<Row> {
    let (first, rest) = rows.split_first()?;
    let mut total = Row { handed: None, review: None, ..first.clone() };
    for row in rest {
        total.on_time += row.on_time;
        total.soon += row.soon;
        total.overdue += row.overdue;
        total.waiting = total.waiting.and(row.waiting);
        total.duties_overdue += row.duties_overdue;
    }
    Some(total)
}

/// The rows of the home page of those who see all agencies: what is late first.
pub(super) fn lines(app: &App, page: &PageCtx, person: &Person, mut board: Board) -> Vec<Line> {
    board::sort(&mut board.rows, Column::Late);
    let place = Place { app, page, person, kind: None };
    board.rows.iter().map(|row| place.line(row, Some(&board))).collect()
}

/// Whether a quarter is closed.
fn is_closed(kept: Option<&QuarterRow>) -> bool {
    kept.is_some_and(|row| row.state == quarter::State::Closed)
}

/// A board that is read: today's, or of a quarter.
enum Found {
    Today(Board),
    Quarter(Quarter, Vec<Past>, Option<QuarterRow>, Vec<Turn>),
}

async fn read(app: &App, who: &SignedIn, wish: &Wish) -> Result<Found> {
    let (person, profile, today) = (who.person.clone(), app.parts.profile.clone(), app.today());
    let (of, kind) = (wish.quarter(), wish.kind());
    let mut found = app
        .db()
        .read_async(move |conn| {
            let Some(of) = of else { return Ok(Found::Today(board::standing(conn, &person, &profile, None, today)?)) };
            let (rows, row) = board::past(conn, &person, (&profile, today), of, kind)?;
            let scope = duty::scope(&person, None);
            Ok(Found::Quarter(of, rows, row, board::trend(conn, scope.as_deref(), kind, (&profile, today))?))
        })
        .await?;
    match &mut found {
        Found::Today(board) => board::sort(&mut board.rows, Column::from_code(&wish.sort)),
        Found::Quarter(of, rows, ..) => board::sort_past(rows, wish.past_order(*of, today)),
    }
    Ok(found)
}

fn heads(page: &PageCtx, wish: &Wish, sorted: &'static str) -> Vec<Head> {
    let head = |code: &'static str| Head {
        text: head(page, code),
        href: wish.address(BOARD, code, wish.only_late()),
        number: !matches!(code, "name" | "return" | "review"),
        bar: matches!(code, "share" | "done-share"),
        // Names and shares begin with the least.
        sorted: (code == sorted).then_some(match code {
            "name" | "share" | "done-share" => "ascending",
            _ => "descending",
        }),
    };
    match wish.quarter() {
        Some(_) => PastColumn::of(wish.kind()).iter().map(|column| head(column.code())).collect(),
        None => Column::ALL.map(Column::code).map(head).to_vec(),
    }
}

/// GET /internal/board
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Answered {
    let wish: Wish = query_of(&req)?;
    let found = read(&app, &who, &wish).await?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let place = Place { app: &app, page: &page, person: &who.person, kind: wish.kind() };
    let (all, behind, rows, total, quarter, returns, trend) = match &found {
        Found::Today(board) => {
            let behind: Vec<Row> = board.rows.iter().filter(|row| row.late() > 0).cloned().collect();
            let (all, late) = (board.rows.len(), behind.len());
            let shown = if wish.only_late() { &behind } else { &board.rows };
            let total = sum(shown).map(|row| place.line(&row, None));
            let returns = board.returns.as_ref().map(|row| present::quarter(&page, row.quarter));
            let rows = shown.iter().map(|row| place.line(row, Some(board))).collect::<Vec<_>>();
            (all, late, rows, total, None, returns, Vec::new())
        }
        Found::Quarter(of, rows, kept, trend) => {
            let late = rows.iter().filter(|row| row.is_behind()).count();
            let shown: Vec<&Past> = rows.iter().filter(|row| !wish.only_late() || row.is_behind()).collect();
            let sum = shown.iter().fold(Outcomes::default(), |sum, row| sum.and(&row.outcomes));
            // Only of all rows together is there a list of its own.
            let behind = shown.iter().any(|row| row.overdue > 0);
            let waiting = shown.iter().filter_map(|row| row.waiting).reduce(Waiting::and);
            let duties = place.outcomes(*of, (&sum, behind), None, !wish.only_late());
            let cells = place.with_waiting(duties, waiting, None);
            let total = (!shown.is_empty()).then(|| Line { name: page.t("board-together"), href: None, cells });
            let quarter = QuarterView {
                name: present::quarter(&page, *of),
                href: kept.as_ref().map(|row| quarter_href(row.quarter)),
                closed: kept.as_ref().and_then(|row| row.closed_at),
                waiting: kept.is_some() && wish.kind().is_none(),
                counts: counted(kept.as_ref().and_then(|row| row.counts)),
            };
            let lines = shown.iter().map(|row| place.past_line(*of, row, is_closed(kept.as_ref()))).collect();
            let trend = trend.iter().map(|turn| place.turn_line(turn, None)).collect();
            (rows.len(), late, lines, total, Some(quarter), None, trend)
        }
    };
    let sorted = wish.sort(app.today());
    let count = |rows: usize| u64::try_from(rows).unwrap_or(u64::MAX);
    let tab = |late: bool, rows: usize, text: &str| StateTab {
        text: page.t(text),
        count: count(rows),
        href: wish.address(BOARD, sorted, late),
        current: late == wish.only_late(),
    };
    let file = |form: &str| wish.address(&format!("{BOARD}.{form}"), sorted, wish.only_late());
    let trend_file = |form: &str| address(&format!("{BOARD}.{form}"), &[("list", TREND), ("kind", code(wish.kind()))]);
    let asked = wish.quarter();
    let now = Choice { value: String::new(), text: page.t("board-today"), chosen: asked.is_none() };
    let mut choices = board::recent(app.today());
    choices.reverse();
    choices.extend(asked.filter(|of| !board::recent(app.today()).contains(of)));
    let choices = choices.into_iter().map(|of| Choice {
        value: of.to_string(),
        text: present::quarter(&page, of),
        chosen: asked == Some(of),
    });
    let every = Choice { value: String::new(), text: page.t("duties-every-kind"), chosen: wish.kind().is_none() };
    let kinds = Kind::ALL.map(|kind| Choice {
        value: kind.code().to_owned(),
        text: page.code("duty-kind", kind.code()),
        chosen: wish.kind() == Some(kind),
    });
    let view = BoardPage {
        today: app.today(),
        quarters: std::iter::once(now).chain(choices).collect(),
        kinds: asked.map(|_| std::iter::once(every).chain(kinds).collect()).unwrap_or_default(),
        quarter,
        returns,
        tabs: vec![tab(false, all, "board-all"), tab(true, behind, "board-behind")],
        heads: heads(&page, &wish, sorted),
        rows,
        total: total.unwrap_or_default(),
        trend,
        files: (file("xlsx"), file("csv")),
        trend_files: (trend_file("xlsx"), trend_file("csv")),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// The cells of a line in a file: a part of a whole is in per cent with one digit.
fn cells(line: Line) -> Vec<SheetCell> {
    let cells = line.cells.into_iter().map(|cell| match cell {
        Cell::Number(number) => SheetCell::count(number.count),
        Cell::Unknown(_) => SheetCell::Empty,
        Cell::Part(_, part) => part.map_or(SheetCell::Empty, |part| SheetCell::Text(per_cent(part))),
        Cell::Badge(badge) => badge
            .map(|badge| match badge.note {
                Some(note) => format!("{}, {note}", badge.text),
                None => badge.text,
            })
            .into(),
    });
    std::iter::once(SheetCell::Text(line.name)).chain(cells).collect()
}

/// A part in per cent, with one digit.
fn per_cent(part: Part) -> String {
    let thousandths = part.part.saturating_mul(1000) / part.whole.max(1);
    format!("{}.{}%", thousandths / 10, thousandths % 10)
}

/// A file of lines whose first column is named by a message.
async fn send(
    (req, app, who): (&HttpRequest, &App, &SignedIn),
    form: &str,
    (title, first, codes): (String, &str, &[&str]),
    filter: Vec<(&'static str, String)>,
    (page, lines): (&PageCtx, Vec<Line>),
) -> Answered {
    let form = export::form_of(form)?;
    let heads: Vec<String> = codes.iter().map(|code| format!("board-column-{code}")).collect();
    let mut columns: Vec<(&str, u16)> = vec![(first, 44)];
    columns.extend(heads.iter().map(|head| (head.as_str(), 18)));
    let rows = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let sheet = export::sheet(page, title, &columns);
    let export = Export { action: "board.export", list: "board", filter, rows, sheet };
    export::answer(req, app, who, form, export, move |_: Db| lines.into_iter().map(|line| Ok(cells(line)))).await
}

/// The columns of a quarter's board and of a trend, after the name.
fn past_codes(kind: Option<Kind>) -> Vec<&'static str> {
    PastColumn::of(kind).iter().skip(1).map(|column| column.code()).collect()
}

/// What a file is called that holds one kind of duties alone.
fn of_kind(page: &PageCtx, title: String, kind: Option<Kind>) -> String {
    match kind {
        Some(kind) => format!("{title}, {}", page.code("duty-kind", kind.code())),
        None => title,
    }
}

/// GET /internal/board.xlsx, .csv: the board as it is filtered and sorted; with `list=trend` the quarters.
pub async fn export(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Answered {
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let place = Place { app: &app, page: &page, person: &who.person, kind: wish.kind() };
    let from = (&req, app.get_ref(), &who);
    if wish.list == TREND {
        let (scope, profile, today) = (duty::scope(&who.person, None), app.parts.profile.clone(), app.today());
        let kind = wish.kind();
        let turns =
            app.db().read_async(move |conn| board::trend(conn, scope.as_deref(), kind, (&profile, today))).await?;
        let lines = turns.iter().map(|turn| place.turn_line(turn, None)).collect();
        let filter = vec![("list", TREND.to_owned()), ("kind", code(kind).to_owned())];
        let codes = past_codes(kind);
        let what = (of_kind(&page, page.t("board-trend"), kind), "quarter-one", codes.as_slice());
        return send(from, &form, what, filter, (&page, lines)).await;
    }
    let late = if wish.only_late() { "1" } else { "" };
    let (title, codes, lines): (String, Vec<&str>, Vec<Line>) = match read(&app, &who, &wish).await? {
        Found::Today(board) => {
            let shown = board.rows.iter().filter(|row| !wish.only_late() || row.late() > 0);
            let lines = shown.map(|row| place.line(row, Some(&board))).collect();
            (page.t("board-title"), Column::ALL.map(Column::code).into_iter().skip(1).collect(), lines)
        }
        Found::Quarter(of, rows, kept, _) => {
            let closed = is_closed(kept.as_ref());
            let shown = rows.iter().filter(|row| !wish.only_late() || row.is_behind());
            let title = format!("{} {}", page.t("board-title"), present::quarter(&page, of));
            let title = of_kind(&page, title, wish.kind());
            (title, past_codes(wish.kind()), shown.map(|row| place.past_line(of, row, closed)).collect())
        }
    };
    let filter = vec![
        ("quarter", wish.quarter().map(|of| of.to_string()).unwrap_or_default()),
        ("kind", code(wish.kind()).to_owned()),
        ("late", late.to_owned()),
    ];
    send(from, &form, (title, "in-agency", codes.as_slice()), filter, (&page, lines)).await
}

// ---- one agency ------------------------------------------------------------------------------------------------------

/// An agency of the address, as far as the person sees how it stands.
fn seen(person: &Person, id: &AgencyId) -> Result<()> {
    let sees = duty::scope(person, Some(id.clone())).is_none_or(|agencies| !agencies.is_empty());
    if sees { Ok(()) } else { Err(Error::forbidden(Problem::new("forbidden"))) }
}

/// GET /internal/board/{slug}
pub async fn agency(req: HttpRequest, app: web::Data<App>, who: SignedIn, slug: web::Path<String>) -> Answered {
    let (person, profile, today, wanted) =
        (who.person.clone(), app.parts.profile.clone(), app.today(), slug.into_inner());
    let (owner, board, trend, (late, plans), named): (_, Board, Vec<Turn>, (Page<duty::Listed>, _), _) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_slug(conn, &wanted)?.ok_or_else(Error::not_found)?;
            seen(&person, &owner.id)?;
            let own = [owner.id.clone()];
            let (agencies, sight) = (Some(own.to_vec()), Sight::of(&person));
            let asked = Asked { agencies, stages: vec![Stage::Overdue], sight, ..Asked::default() };
            let late = duty::list(conn, &asked, PageRequest { number: 1, size: LATE })?;
            let plans = duties::plans_of(conn, &late.items)?;
            let board = board::standing(conn, &person, &profile, Some(&owner.id), today)?;
            let trend = board::trend(conn, Some(&own), None, (&profile, today))?;
            let leaders = account::holders_at(conn, role::AGENCY_HEAD, &owner.id, &today.to_string())?;
            let contacts = people::active_focal_points(conn, &owner.id)?;
            Ok((owner, board, trend, (late, plans), (leaders, contacts)))
        })
        .await?;
    let (leaders, contacts) = named;
    let path = agency_href(&owner.slug);
    let page = frame_of(&req, &app, &who, Section::Duties, &path)?;
    let place = Place { app: &app, page: &page, person: &who.person, kind: None };
    let row = board.rows.first();
    let handles = may(&who.person, Action::HandleReports(app.profile(), &owner.id)).granted();
    let requests_late = address("/internal/data-requests", &[("agency", &owner.slug), ("state", "late")]);
    let overdue = [("agency", owner.slug.as_str()), ("stage", Stage::Overdue.code())];
    let view = AgencyBoardPage {
        name: owner.name(page.lang).0.to_owned(),
        today,
        row: row.map(|row| place.line(row, Some(&board))).unwrap_or_default(),
        trend: trend.iter().map(|turn| place.turn_line(turn, Some(&owner.slug))).collect(),
        trend_files: (format!("{path}.xlsx"), format!("{path}.csv")),
        late: late.items.iter().map(|item| duties::row(&app, &page, &who.person, item, &plans)).collect(),
        late_total: late.total,
        late_hrefs: (
            address("/internal/duties", &overdue),
            address("/internal/duties.xlsx", &overdue),
            address("/internal/duties.csv", &overdue),
        ),
        requests: (row.map_or(0, |row| row.waiting.requests_late), handles.then_some(requests_late)),
        leader: role_name(&app, page.lang, role::AGENCY_HEAD),
        leaders,
        contacts: contacts
            .into_iter()
            .map(|point| Contact {
                kind: page.code("focal-kind", &point.kind),
                name: point.person_name,
                position: point.position,
                phone: point.phone,
                mail: point.email,
            })
            .collect(),
        page,
    };
    Ok(html(StatusCode::OK, &view)?)
}

/// GET /internal/board/{slug}.xlsx, .csv: the quarters of one agency.
pub async fn export_agency(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Answered {
    let (slug, form) = path.into_inner();
    let (person, profile, today, wanted) = (who.person.clone(), app.parts.profile.clone(), app.today(), slug.clone());
    let (owner, turns) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_slug(conn, &wanted)?.ok_or_else(Error::not_found)?;
            seen(&person, &owner.id)?;
            let turns = board::trend(conn, Some(std::slice::from_ref(&owner.id)), None, (&profile, today))?;
            Ok((owner, turns))
        })
        .await?;
    let page = frame(&req, &app, &who, Section::Duties)?;
    let place = Place { app: &app, page: &page, person: &who.person, kind: None };
    let lines = turns.iter().map(|turn| place.turn_line(turn, Some(&owner.slug))).collect();
    let title = format!("{} {}", page.t("board-trend"), owner.name(page.lang).0);
    let codes = past_codes(None);
    let what = (title, "quarter-one", codes.as_slice());
    send((&req, app.get_ref(), &who), &form, what, vec![("agency", slug)], (&page, lines)).await
}

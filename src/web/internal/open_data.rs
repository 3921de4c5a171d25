//! The open-data catalogue from inside: its issues, one issue and what is done about it, an entry.

use std::collections::{BTreeMap, HashMap};

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::cycle::{BACK, SIGNED, SignForm};
use super::decided::{self, fields, lost, receive};
use super::editor::{dataset_field, frequencies, licences, select, topics};
use super::export::{self, Export};
use super::serve::{act, act_or, frame, frame_of, picked, refused, unsent};
use super::view::cycle::UnchangedView;
use super::view::open_data::{
    CatalogueEntryPage, CataloguePage, ClosedRow, Offered, OpenDataPage, PostingFields, ReviewView,
};
use crate::access::{Action, Sight, may};
use crate::account::{self, Person};
use crate::agency::{self, Agency};
use crate::cycle::ConfirmForm;
use crate::dataset;
use crate::http::page::{Choice, Field, PageCtx, Pager, Section};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, present, query_of};
use crate::kernel::id::{CatalogueEntryId, CatalogueIssueId, DatasetId};
use crate::kernel::{Error, PageRequest, Problem, Result};
use crate::plan::catalogue::{self, Entry, EntryForm, Filter, Issue, Part, PostingForm, RemovalForm, Sharing, State};
use crate::plan::decision::DecisionForm;
use crate::plan::yearly;
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;
use crate::web::open_data::{
    Alone, ComparisonView, DecisionView, ENTRY_HEADS, IssueLine, PlanLine, PostingView, compared, decider, entry_cells,
    file_path, name, owner, row, said, title,
};

pub(super) const HERE: &str = "/internal/open-data";
const PAGE_SIZE: u64 = 50;
/// Entries that a file reads at once.
const PORTION: u64 = 500;
/// Datasets beyond the catalogue that a draft's page offers.
const OFFERED: u64 = 200;

fn page_of(id: &CatalogueIssueId) -> String {
    format!("{HERE}/catalogue/{id}")
}

fn issue_id(path: &str) -> Result<CatalogueIssueId> {
    CatalogueIssueId::parse(path).ok_or_else(Error::not_found)
}

// ---- the issues ------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct BeginForm {
    beyond: String,
}

/// What was typed into the forms of the page of all issues.
#[derive(Clone, Debug, Default)]
pub(super) struct OnIssues {
    pub beyond: String,
    pub year: String,
    pub review: ConfirmForm,
    /// Whether to show what will be signed.
    pub confirming: bool,
}

fn reviews_of(found: Vec<catalogue::Reviewed>) -> Vec<ReviewView> {
    found.into_iter().map(|one| ReviewView { by: one.name, at: one.at, checked: one.checked }).collect()
}

pub(super) async fn issues_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    typed: &OnIssues,
    error: Option<&Error>,
) -> Result<OpenDataPage> {
    may(&who.person, Action::SeePlans).require()?;
    let page = frame_of(req, app, who, Section::Datasets, HERE)?;
    let (rules, today, now) = (app.parts.profile.clone(), app.today(), app.now());
    let (found, plans, owed, reviews) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let found = catalogue::issues(conn)?;
            let reviews = match found.iter().find(|issue| issue.state == State::Issued) {
                Some(issue) => catalogue::reviews(conn, &issue.id)?,
                None => Vec::new(),
            };
            let owed = catalogue::reviewable(conn, &rules, now)?;
            Ok((found, yearly::plans(conn)?, owed, reviews))
        })
        .await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let profile = app.profile();
    let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
    let in_force = found.iter().find(|issue| issue.state == State::Issued);
    let edits = may(&who.person, Action::EditPlans).granted();
    let sign = owed.as_ref().filter(|_| edits).map(|owed| UnchangedView {
        obstacle: owed.obstacle.map(|obstacle| page.texts.problem(page.lang, &Problem::new(obstacle.code()))),
        words: page.t("odc-review-words"),
        basis: String::new(),
        checked: field("checked", &typed.review.checked),
        declared: field("declared", &typed.review.declared),
        // What somebody has read is what they sign, whatever happened since.
        counted: match typed.review.counted.as_str() {
            read if !read.is_empty() && !error.is_some_and(|error| error.has("catalogue-review-seen")) => {
                read.to_owned()
            }
            _ => owed.mark(),
        },
        signer: who.person.account.full_name.clone(),
        confirming: typed.confirming,
    });
    // What was typed into a form that is not on the page any more is shown all the same.
    let shown = sign.as_ref().is_some_and(|view| view.obstacle.is_none());
    let unsent = if shown { Vec::new() } else { unsent(&page, &[("cycle-checked", typed.review.checked.as_str())]) };
    let in_work = found.iter().any(|issue| matches!(issue.state, State::Draft | State::Submitted));
    Ok(OpenDataPage {
        public: in_force.map(|_| page.url(crate::web::open_data::CATALOGUE)),
        review: owed.map(|owed| (owed.review.due, owed.review.due < today)),
        review_basis: present::basis(&page, profile, &profile.opendata.review_months),
        authority: decider(&page, profile.decision.opendata_catalogue.value),
        authority_basis: present::basis(&page, profile, &profile.decision.opendata_catalogue),
        issues: found.iter().map(|issue| IssueLine::of(&page, issue, page_of(&issue.id))).collect(),
        reviews: reviews_of(reviews),
        sign,
        unsent,
        may_begin: !in_work && edits,
        beyond: Field::new("beyond", &typed.beyond),
        plans: plans.iter().map(|plan| PlanLine::of(&page, plan, format!("{HERE}/plans/{}", plan.id))).collect(),
        year: edits.then(|| field("year", &typed.year)),
        wrongs,
        page,
    })
}

/// GET /internal/open-data
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &issues_page(&req, &app, &who, &OnIssues::default(), None).await?)?)
}

/// POST /internal/open-data/review: shows what will be signed of the issue in force, that nothing is to change; once that is confirmed,
/// signs; or shows the fields again as they were typed.
pub async fn review(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<SignForm>) -> Outcome {
    let sent = form.0;
    let form = ConfirmForm { checked: sent.checked, declared: sent.declared, counted: sent.counted };
    let typed = OnIssues { review: form.clone(), ..OnIssues::default() };
    let again = async |error: &Error| issues_page(&req, &app, &who, &typed, Some(error)).await;
    if sent.confirmed == BACK {
        return Ok(html(StatusCode::OK, &issues_page(&req, &app, &who, &typed, None).await?)?);
    }
    if let Err(error) = form.check() {
        return refused(error, again).await;
    }
    if sent.confirmed != SIGNED {
        let looked_at = OnIssues { confirming: true, ..typed.clone() };
        return Ok(html(StatusCode::OK, &issues_page(&req, &app, &who, &looked_at, None).await?)?);
    }
    let profile = app.parts.profile.clone();
    let verb = move |tx: &mut Tx<'_>| catalogue::confirm_review(tx, &profile, &form);
    act(&req, &app, &who, verb, |_| ("odc-done-reviewed", HERE.to_owned()), again).await
}

/// POST /internal/open-data/catalogue: begins an issue.
pub async fn begin(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<BeginForm>) -> Outcome {
    let (profile, beyond) = (app.parts.profile.clone(), !form.0.beyond.is_empty());
    let verb = move |tx: &mut Tx<'_>| catalogue::draft_issue(tx, &profile, beyond);
    let typed = OnIssues { beyond: form.0.beyond.clone(), ..OnIssues::default() };
    let again = async |error: &Error| issues_page(&req, &app, &who, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("odc-done-begun", page_of(&id)), again).await
}

// ---- one issue -------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    q: String,
    page: Option<String>,
}

/// GET /internal/open-data/catalogue/{id}
pub async fn issue(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = issue_id(&id)?;
    let wish: Wish = query_of(&req)?;
    Ok(html(StatusCode::OK, &issue_page(&req, &app, &who, &id, &wish, None).await?)?)
}

async fn issue_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &CatalogueIssueId,
    wish: &Wish,
    sent: Option<(&Typed, &Error)>,
) -> Result<CataloguePage> {
    let href = page_of(id);
    let page = frame_of(req, app, who, Section::Datasets, &href)?;
    let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let edits = may(&who.person, Action::EditPlans).granted();
    let (person, wanted, text) = (who.person.clone(), id.clone(), wish.q.trim().to_owned());
    let (issue, found, differs, beyond, closed, postings, reviews, agencies, names) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let issue = catalogue::issue_of(conn, &person, &wanted)?;
            let sight = Sight::of(&person);
            let filter = Filter { text, sight: sight.clone(), ..Filter::default() };
            let found = catalogue::list(conn, &wanted, &filter, asked)?;
            let differs = match catalogue::before(conn, &issue)? {
                Some(before) => {
                    let both = compared(conn, &before, &issue, &sight)?;
                    Some((before, both))
                }
                None => None,
            };
            let drafts = edits && issue.state == State::Draft;
            let beyond = if drafts {
                let first = PageRequest { number: 1, size: OFFERED };
                Some(catalogue::beyond(conn, &wanted, &filter.text, first)?)
            } else {
                None
            };
            let closed = if edits && !issue.is_public() { catalogue::closed(conn, &wanted)? } else { Vec::new() };
            let postings = catalogue::postings(conn, &wanted)?;
            let people = [Some(&issue.made_by), issue.submitted_by.as_ref()].into_iter().flatten();
            let people = people.chain(postings.iter().map(|posting| &posting.posted_by));
            let people: Vec<String> = people.map(ToString::to_string).collect();
            let names = account::names(conn, &people)?;
            let reviews = catalogue::reviews(conn, &wanted)?;
            Ok((issue, found, differs, beyond, closed, postings, reviews, agency::all(conn)?, names))
        })
        .await?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let named = |id: &crate::kernel::id::AccountId| names.get(id.as_str()).cloned().unwrap_or_default();
    let drafted = edits && issue.state == State::Draft;
    let submitted = edits && issue.state == State::Submitted;
    let own = issue.submitted_by.as_ref() == Some(&who.person.account.id);
    let owners: HashMap<_, _> = agencies.iter().map(|agency| (&agency.id, agency.name(page.lang).0)).collect();
    let form_of = |entry: &Entry| address(&format!("{href}/entry"), &[("entry", entry.entry_id.as_str())]);
    let rows = found.items.iter().map(|item| {
        let mut row = row(app, &page, item, |slug| page.url(&format!("/dataset/{slug}")));
        row.edit = drafted.then(|| form_of(&item.entry));
        row
    });
    let closed = closed.iter().map(|(entry, why)| ClosedRow {
        title: title(&page, &entry.title()),
        agency: owner(&page, &agencies, &entry.agency_id),
        topic: said(&page, app.profile(), Part::Topic, &entry.topic),
        why: crate::web::open_data::closed(&page, *why),
        edit: drafted.then(|| form_of(entry)),
    });
    let closed: Vec<ClosedRow> = closed.collect();
    let typed = sent.map(|(typed, _)| typed.clone()).unwrap_or_default();
    let decides = submitted && !own;
    let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
    let posts = edits && issue.is_public();
    let unsent = lost(&page, &typed.elsewhere, typed.decision.as_ref().filter(|_| !decides));
    let decision = issue.decision.as_ref().map(|decision| {
        let file = format!("{}{}", app.site.public_url, file_path(&issue));
        DecisionView::of(&page, app.profile(), decision, file)
    });
    let comparison = differs.map(|(before, both)| {
        let heading = if issue.is_public() {
            page.t1("odc-compare-before", "issue", name(&page, &before))
        } else {
            page.t("odc-compare-in-force")
        };
        (heading, ComparisonView::of(app, &page, &both))
    });
    let file = |form: &str| address(&format!("{href}.{form}"), &[("q", wish.q.trim())]);
    let comparison_file = |form: &str| format!("{href}/comparison.{form}");
    Ok(CataloguePage {
        title: name(&page, &issue),
        state: issue.state,
        closed,
        postings: postings
            .iter()
            .map(|posting| PostingView {
                note: posting.note.clone(),
                by: Some(named(&posting.posted_by)),
                ..PostingView::of(posting)
            })
            .collect(),
        posting: posts.then(|| PostingFields {
            posted_on: field("posted_on", &typed.posting.posted_on),
            address: field("address", &typed.posting.address),
            note: field("note", &typed.posting.note),
        }),
        reviews: reviews_of(reviews),
        unsent,
        made: (issue.made_at, named(&issue.made_by)),
        submitted: issue.submitted_at.zip(issue.submitted_by.as_ref()).map(|(at, by)| (at, named(by))),
        decision,
        authority: decider(&page, app.profile().decision.opendata_catalogue.value),
        query: wish.q.trim().to_owned(),
        total: found.total,
        rows: rows.collect(),
        pager: Pager::new(asked.number, found.pages(), address(&href, &[("q", wish.q.trim())])),
        comparison,
        files: (file("xlsx"), file("csv")),
        comparison_files: (comparison_file("xlsx"), comparison_file("csv")),
        beyond_rest: beyond.as_ref().map_or(0, |found| found.total.saturating_sub(OFFERED)),
        beyond: beyond
            .map(|found| found.items)
            .unwrap_or_default()
            .into_iter()
            .map(|dataset| {
                let owner = owners.get(&dataset.agency_id).copied().unwrap_or_default().to_owned();
                let id = dataset.id.to_string();
                Offered { chosen: typed.picked.contains(&id), id, title: dataset.title_vi, agency: owner }
            })
            .collect(),
        seen: issue.mark(),
        sure: field("sure", ""),
        may_edit: drafted,
        may_recall: submitted,
        decide: decides.then(|| fields(typed.decision.as_ref(), &wrongs)),
        waits_for_other: submitted && own,
        wrongs,
        href,
        page,
    })
}

/// What the files of an issue hold, for somebody: of what the public reads no more than that, since it is posted again elsewhere;
/// of what is in work as much as its page.
fn told_to(person: &Person, issue: &Issue) -> Sight {
    if issue.is_public() { Sight::default() } else { Sight::of(person) }
}

/// GET /internal/open-data/catalogue/{id}.xlsx, .csv: the entries that are searched for, as the public's file has them, and how each stands.
pub async fn export(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (id, form) = (issue_id(&path.0)?, export::form_of(&path.1)?);
    let wish: Wish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let (person, wanted) = (who.person.clone(), id.clone());
    let (issue, postings) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            Ok((catalogue::issue_of(conn, &person, &wanted)?, catalogue::postings(conn, &wanted)?))
        })
        .await?;
    let heads = [&ENTRY_HEADS[..], &[("in-state", 20)][..]].concat();
    let sheet = export::sheet(&page, format!("{} {}", page.t("odc-title"), issue.number), &heads);
    let text = wish.q.trim().to_owned();
    let told = vec![("issue", issue.number.to_string()), ("q", text.clone())];
    let export = Export { action: "catalogue.export", list: "catalogue", filter: told, rows: 0, sheet };
    let filter = Filter { text, sight: told_to(&who.person, &issue), ..Filter::default() };
    let whole = app.get_ref().clone();
    let rows = move |db: Db| {
        let found = export::items(db, PORTION, move |conn, request| catalogue::list(conn, &id, &filter, request));
        found.enumerate().map(move |(at, item)| {
            let item = item?;
            let url = |slug: &str| format!("{}/dataset/{slug}", whole.site.public_url);
            let mut cells = entry_cells(&whole, &page, (at, &item), postings.first(), url);
            let stands = match item.closed {
                Some(why) => Some(crate::web::open_data::closed(&page, why)),
                None => item.intended().then(|| page.t("odc-intended")),
            };
            cells.push(stands.into());
            Ok(cells)
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// GET /internal/open-data/catalogue/{id}/comparison.xlsx, .csv: what differs from the issue that it is held against.
pub async fn export_comparison(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (id, form) = (issue_id(&path.0)?, export::form_of(&path.1)?);
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let person = who.person.clone();
    let (before, issue, both) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let issue = catalogue::issue_of(conn, &person, &id)?;
            let before = catalogue::before(conn, &issue)?.ok_or_else(Error::not_found)?;
            let both = compared(conn, &before, &issue, &told_to(&person, &issue))?;
            Ok((before, issue, both))
        })
        .await?;
    let heads = [
        ("odc-change", 16),
        ("odc-entry", 60),
        ("in-agency", 44),
        ("odc-part", 24),
        ("odc-before", 44),
        ("odc-now", 44),
        ("odc-reason", 60),
    ];
    let title = page.t2("odc-compare-of", "old", name(&page, &before), "new", name(&page, &issue));
    let sheet = export::sheet(&page, format!("{} {title}", page.t("odc-title")), &heads);
    let lines = differences(&page, ComparisonView::of(&app, &page, &both));
    let rows = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let filter = vec![("issue", issue.number.to_string()), ("before", before.number.to_string())];
    let export = Export { action: "catalogue.export", list: "catalogue-comparison", filter, rows, sheet };
    export::answer(&req, &app, &who, form, export, move |_: Db| lines.into_iter().map(Ok)).await
}

/// What two issues differ in, row by row: each entry that came or went, each part that is said otherwise.
fn differences(page: &PageCtx, found: ComparisonView) -> Vec<Vec<Cell>> {
    let alone = |change: String, (title, agency, reason): Alone| {
        let (title, agency) = (Cell::Text(title.text), Cell::Text(agency.text));
        vec![Cell::Text(change), title, agency, Cell::Empty, Cell::Empty, Cell::Empty, reason.into()]
    };
    let added = found.added.into_iter().map(|one| alone(page.t("odc-change-added"), one));
    let removed = found.removed.into_iter().map(|one| alone(page.t("odc-change-removed"), one));
    let mut rows: Vec<Vec<Cell>> = added.chain(removed).collect();
    for (title, agency, parts) in found.changed {
        rows.extend(parts.into_iter().map(|part| {
            let change = Cell::Text(page.t("odc-change-changed"));
            let (title, agency) = (Cell::text(&title.text), Cell::text(&agency.text));
            let said = [part.name, part.old, part.new].map(Cell::Text);
            [change, title, agency].into_iter().chain(said).chain([Cell::Empty]).collect::<Vec<Cell>>()
        }));
    }
    rows
}

/// What the forms under an issue send beside what is ticked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SeenForm {
    seen: String,
    /// Of the form that deletes a draft: that there is no way back.
    sure: String,
}

/// What was typed on the page of an issue, or on a form that it leads to.
#[derive(Clone, Debug, Default)]
struct Typed {
    decision: Option<DecisionForm>,
    posting: PostingForm,
    /// The ids of the datasets that are ticked.
    picked: Vec<String>,
    /// The words that narrowed what could be ticked.
    words: String,
    /// What has no form any more: messages that name it, and the words.
    elsewhere: Vec<(&'static str, String)>,
}

/// Does something about an issue and shows its page, with what is wrong where something is.
async fn change(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &CatalogueIssueId,
    done: &str,
    typed: Typed,
    verb: impl FnOnce(&mut Tx<'_>) -> Result<()> + Send + 'static,
) -> Outcome {
    let wish = Wish { q: typed.words.clone(), ..Wish::default() };
    let again = async |error: &Error| issue_page(req, app, who, id, &wish, Some((&typed, error))).await;
    act(req, app, who, verb, |()| (done, address(&page_of(id), &[("q", &wish.q)])), again).await
}

/// POST /internal/open-data/catalogue/{id}/additions: published datasets that were ticked.
pub async fn add(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<BTreeMap<String, String>>,
) -> Outcome {
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let chosen: Vec<DatasetId> = picked(&form.0).filter_map(DatasetId::parse).collect();
    let (on, seen) = (id.clone(), form.0.get("seen").cloned().unwrap_or_default());
    let verb = move |tx: &mut Tx<'_>| catalogue::add_datasets(tx, &profile, &on, &seen, &chosen).map(drop);
    let words = form.0.get("q").cloned().unwrap_or_default();
    let typed = Typed { picked: picked(&form.0).map(str::to_owned).collect(), words, ..Typed::default() };
    change(&req, &app, &who, &id, "odc-done-saved", typed, verb).await
}

/// POST /internal/open-data/catalogue/{id}/deletion
pub async fn discard(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<SeenForm>,
) -> Outcome {
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let on = id.clone();
    let verb = move |tx: &mut Tx<'_>| catalogue::discard(tx, &profile, &on, &form.0.seen, &form.0.sure);
    let typed = Typed::default();
    let again = async |error: &Error| issue_page(&req, &app, &who, &id, &Wish::default(), Some((&typed, error))).await;
    act(&req, &app, &who, verb, |()| ("odc-done-discarded", HERE.to_owned()), again).await
}

/// POST /internal/open-data/catalogue/{id}/submission
pub async fn submit(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<SeenForm>,
) -> Outcome {
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let on = id.clone();
    let verb = move |tx: &mut Tx<'_>| catalogue::submit(tx, &profile, &on, &form.0.seen);
    change(&req, &app, &who, &id, "odc-done-submitted", Typed::default(), verb).await
}

/// POST /internal/open-data/catalogue/{id}/recall
pub async fn recall(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    _form: SafeForm<()>,
) -> Outcome {
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let on = id.clone();
    let verb = move |tx: &mut Tx<'_>| catalogue::recall(tx, &profile, &on);
    change(&req, &app, &who, &id, "odc-done-recalled", Typed::default(), verb).await
}

/// POST /internal/open-data/catalogue/{id}/decision: what was decided, with the signed file.
pub async fn decide(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    body: web::Payload,
) -> Outcome {
    let (form, attached) = receive(&req, &app, &who, body).await?;
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let (on, sent) = (id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| catalogue::issue(tx, &profile, &on, &sent, attached);
    let typed = Typed { decision: Some(form), ..Typed::default() };
    change(&req, &app, &who, &id, "odc-done-issued", typed, verb).await
}

/// POST /internal/open-data/catalogue/{id}/postings: where an issue was posted.
pub async fn record_posting(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<PostingForm>,
) -> Outcome {
    let (id, profile) = (issue_id(&id)?, app.parts.profile.clone());
    let (on, sent) = (id.clone(), form.0.clone());
    let verb = move |tx: &mut Tx<'_>| catalogue::record_posting(tx, &profile, &on, &sent).map(drop);
    let typed = Typed { posting: form.0, ..Typed::default() };
    change(&req, &app, &who, &id, "odc-done-posted", typed, verb).await
}

// ---- an entry --------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct EntryWish {
    entry: String,
}

/// GET /internal/open-data/catalogue/{id}/entry, with `?entry=` to change one.
pub async fn entry(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = issue_id(&id)?;
    let wish: EntryWish = query_of(&req)?;
    let wanted = match wish.entry.as_str() {
        "" => None,
        text => Some(CatalogueEntryId::parse(text).ok_or_else(Error::not_found)?),
    };
    Ok(html(StatusCode::OK, &entry_page(&req, &app, &who, &id, wanted.as_ref(), None).await?)?)
}

/// What was sent of an entry: the form, or why it is to be taken out; and what is wrong.
type SentEntry<'a> = (Option<&'a EntryForm>, &'a str, &'a Error);

async fn entry_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &CatalogueIssueId,
    entry: Option<&CatalogueEntryId>,
    sent: Option<SentEntry<'_>>,
) -> Result<CatalogueEntryPage> {
    let issue_href = page_of(id);
    let page: PageCtx = frame(req, app, who, Section::Datasets)?;
    let (person, wanted, of) = (who.person.clone(), id.clone(), entry.cloned());
    let (issue, stored, agencies, known) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let (issue, form) = catalogue::entry_form(conn, &person, &wanted, of.as_ref())?;
            Ok((issue, form, agency::all(conn)?, dataset::offered(conn, None)?))
        })
        .await?;
    let wrongs = sent.map(|(_, _, error)| page.wrongs(error)).unwrap_or_default();
    // Nothing typed is lost; the mark is that of what stands there now, which the page shows beside.
    let faster = sent.is_some_and(|(.., error)| error.has("catalogue-changed-meanwhile"));
    let beside = if faster && entry.is_some() {
        decided::named(&page, typed_entry(app, &page, &agencies, &stored))
    } else {
        Vec::new()
    };
    let form = match sent.and_then(|(form, ..)| form) {
        Some(form) => EntryForm { seen: stored.seen.clone(), ..form.clone() },
        None => stored,
    };
    let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
    let today = app.today().to_string();
    let owners = agencies
        .iter()
        .filter(|agency| !agency.is_over(&today) || agency.slug == form.agency)
        .map(|agency| (agency.slug.clone(), agency.name(page.lang).0.to_owned()));
    let sharing = Sharing::ALL.into_iter().map(|sharing| Choice {
        value: sharing.code().to_owned(),
        text: page.t(&format!("odc-sharing-{}", sharing.code())),
        chosen: sharing.code() == form.sharing,
    });
    Ok(CatalogueEntryPage {
        issue: name(&page, &issue),
        issue_href,
        dataset: dataset_field(&form.dataset, known, &wrongs),
        title: field("title", &form.title),
        title_en: field("title_en", &form.title_en),
        agencies: select(&page, "agency", &form.agency, owners.collect(), &wrongs),
        topics: topics(&page, app.profile(), &form.topic, &wrongs),
        frequencies: frequencies(&page, app.profile(), &form.frequency, &wrongs),
        sharing: sharing.collect(),
        licences: licences(&page, app.profile(), &form.licence, &wrongs),
        reason: field("reason", sent.map_or("", |(_, reason, _)| reason)),
        entry: form.entry,
        seen: form.seen,
        stored: beside,
        wrongs,
        page,
    })
}

/// The parts of an entry as the form names them, in words.
fn typed_entry(app: &App, page: &PageCtx, agencies: &[Agency], form: &EntryForm) -> Vec<(&'static str, String)> {
    let say = |part: Part, code: &str| match code {
        "" => String::new(),
        code => said(page, app.profile(), part, code),
    };
    vec![
        ("odc-part-dataset", form.dataset.clone()),
        ("odc-part-sharing", say(Part::Sharing, &form.sharing)),
        ("odc-part-title", form.title.clone()),
        ("odc-part-title-en", form.title_en.clone()),
        ("in-agency", decided::owner(page, agencies, &form.agency)),
        ("odc-part-topic", say(Part::Topic, &form.topic)),
        ("odc-part-frequency", say(Part::Frequency, &form.frequency)),
        ("odc-part-licence", say(Part::Licence, &form.licence)),
    ]
}

/// POST /internal/open-data/catalogue/{id}/entry
pub async fn save_entry(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<EntryForm>,
) -> Outcome {
    let (id, form, profile) = (issue_id(&id)?, form.0, app.parts.profile.clone());
    let (on, sent, entry) = (id.clone(), form.clone(), CatalogueEntryId::parse(&form.entry));
    let verb = move |tx: &mut Tx<'_>| catalogue::save_entry(tx, &profile, &on, &sent);
    let again =
        async |error: &Error| entry_page(&req, &app, &who, &id, entry.as_ref(), Some((Some(&form), "", error))).await;
    let above = async |error: &Error| {
        let agencies = app.db().read_async(agency::all).await?;
        let page = frame(&req, &app, &who, Section::Datasets)?;
        let typed = Typed { elsewhere: typed_entry(&app, &page, &agencies, &form), ..Typed::default() };
        issue_page(&req, &app, &who, &id, &Wish::default(), Some((&typed, error))).await
    };
    act_or((&req, &app, &who), verb, |()| ("odc-done-saved", page_of(&id)), again, above).await
}

/// POST /internal/open-data/catalogue/{id}/removal
pub async fn remove_entry(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<RemovalForm>,
) -> Outcome {
    let (id, form, profile) = (issue_id(&id)?, form.0, app.parts.profile.clone());
    let entry = CatalogueEntryId::parse(&form.entry).ok_or_else(Error::not_found)?;
    let (on, sent) = (id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| catalogue::remove_entry(tx, &profile, &on, &sent);
    let again =
        async |error: &Error| entry_page(&req, &app, &who, &id, Some(&entry), Some((None, &form.reason, error))).await;
    let typed = Typed { elsewhere: vec![("odc-reason", form.reason.clone())], ..Typed::default() };
    let above = async |error: &Error| issue_page(&req, &app, &who, &id, &Wish::default(), Some((&typed, error))).await;
    act_or((&req, &app, &who), verb, |()| ("odc-done-removed", page_of(&id)), again, above).await
}

//! The open-data catalogue for everybody: the issue in force with its decision, older ones, what differs, the signed files, and
//! the list as a file to be posted again elsewhere.

use actix_web::web::Bytes;
use actix_web::{HttpRequest, web};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::formats;
use super::serve::page as kept_page;
use super::view::open_catalogue::{ComparePage, IssueView, OpenCataloguePage};
use crate::access::Sight;
use crate::agency;
use crate::http::page::{Choice, Download, Link, PageCtx, Pager, Section};
use crate::http::{
    App, Begun, Failure, FileAnswer, MadeAnswer, Outcome, address, finish_made, lang_of, path_and_query, present,
    query_of, send_file,
};
use crate::kernel::{Error, Lang, Localized, PageRequest, Result};
use crate::plan::catalogue::{self, Filter, Issue, Listed, State};
use crate::plan::decision::{Decision, MEDIA_TYPE};
use crate::platform::db::{Conn, Db, run_blocking};
use crate::platform::sheet::{self, Cell, Column, Form, Sheet};
use crate::vocabulary::Format;
use crate::web::open_data::{
    CATALOGUE, ComparisonView, DecisionView, ENTRY_HEADS, EntryRow, IssueLine, PostingView, called, compared,
    entry_cells, file_path, name, row,
};

const COMPARE: &str = "/danh-muc-du-lieu-mo/so-sanh";
const PAGE_SIZE: u64 = 50;
/// Characters of a search.
const WORDS: usize = 200;
/// Entries that a file reads at once.
const PORTION: u64 = 500;
/// The formats of the list.
const FORMATS: [&str; 3] = ["xlsx", "csv", "json"];

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Wish {
    agency: String,
    topic: String,
    q: String,
    page: Option<String>,
}

impl Wish {
    fn path(&self, base: &str) -> String {
        address(base, &[("agency", &self.agency), ("topic", &self.topic), ("q", self.q.trim())])
    }
}

/// Where an issue stands, without the language's prefix.
pub(super) fn path_of(issue: &Issue) -> String {
    match issue.state {
        State::Issued => CATALOGUE.to_owned(),
        _ => format!("{CATALOGUE}/{}", issue.number),
    }
}

fn number_of(text: &str) -> Result<i32> {
    text.parse().ok().filter(|number| *number > 0).ok_or_else(Error::not_found)
}

/// GET /danh-muc-du-lieu-mo
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    shown(&req, &app, None).await
}

/// GET /danh-muc-du-lieu-mo/{number}
pub async fn show_issue(req: HttpRequest, app: web::Data<App>, number: web::Path<String>) -> Outcome {
    shown(&req, &app, Some(number_of(&number)?)).await
}

async fn shown(req: &HttpRequest, app: &App, number: Option<i32>) -> Outcome {
    let mut wish: Wish = query_of(req)?;
    wish.q = wish.q.chars().filter(|c| !c.is_control()).take(WORDS).collect();
    kept_page(req, app, |lang, path| {
        let (app, wish) = (app.clone(), wish.clone());
        async move { draw(&app, lang, path, number, &wish).await }
    })
    .await
}

async fn draw(app: &App, lang: Lang, path: String, number: Option<i32>, wish: &Wish) -> Result<OpenCataloguePage> {
    let asked = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (typed, rules, now) = (wish.clone(), app.parts.profile.clone(), app.now());
    let (issue, issues, agencies) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let issue = match number {
                Some(number) => Some(catalogue::by_number(conn, number)?),
                None => catalogue::in_force(conn)?,
            };
            let agencies = agency::all(conn)?;
            let found = match issue {
                Some(issue) => {
                    let known = agencies.iter().find(|agency| agency.slug == typed.agency);
                    let filter = Filter {
                        agency: known.map(|agency| agency.id.clone()),
                        topic: Some(typed.topic.clone()).filter(|code| !code.is_empty()),
                        text: typed.q.trim().to_owned(),
                        sight: Sight::default(),
                    };
                    let mut found = catalogue::list(conn, &issue.id, &filter, asked)?;
                    let last = asked.within(found.total);
                    if last != asked {
                        found = catalogue::list(conn, &issue.id, &filter, last)?;
                    }
                    let owners = catalogue::agencies_of(conn, &issue.id)?;
                    let postings = catalogue::postings(conn, &issue.id)?;
                    let reviewed = catalogue::reviewed_on(conn, &rules, &issue, now)?;
                    Some((issue, found, owners, postings, reviewed))
                }
                None => None,
            };
            let mut issues = catalogue::issues(conn)?;
            issues.retain(Issue::is_public);
            Ok((found, issues, agencies))
        })
        .await?;
    let mut page = app.public_page(lang, path, Section::Datasets);
    let base = issue.as_ref().map_or_else(|| CATALOGUE.to_owned(), |(issue, ..)| path_of(issue));
    let filtered = !wish.agency.is_empty() || !wish.topic.is_empty() || !wish.q.trim().is_empty();
    page.indexed = !filtered;
    page.canonical = Some(base.clone());
    let view = issue.and_then(|(issue, found, owners, postings, reviewed)| {
        let decision = issue.decision.as_ref()?;
        let in_force = issue.state == State::Issued;
        let profile = app.profile();
        let every = |id: &str, chosen| Choice { value: String::new(), text: page.t(id), chosen };
        let listed = agencies.iter().filter(|agency| owners.iter().any(|(owner, _)| *owner == agency.id));
        let owned = listed.map(|agency| Choice {
            value: agency.slug.clone(),
            text: agency.name(lang).0.to_owned(),
            chosen: agency.slug == wish.agency,
        });
        let topics = profile.topics.iter().map(|topic| Choice {
            value: topic.code.clone(),
            text: topic.name.get(lang).0.to_owned(),
            chosen: topic.code == wish.topic,
        });
        let review = catalogue::next_review(profile, Some(decision.decided_on), reviewed).filter(|_| in_force);
        let files = FORMATS.into_iter().filter(|_| in_force).filter_map(|code| profile.format(code));
        Some(IssueView {
            name: name(&page, &issue),
            state: issue.state,
            decision: DecisionView::of(&page, profile, decision, page.href(&file_path(&issue))),
            postings: postings.iter().map(PostingView::of).collect(),
            review: review.map(|review| (review.due, present::basis(&page, profile, &profile.opendata.review_months))),
            reviewed,
            files: files
                .map(|format| Download {
                    format: format.name.get(lang).0.to_owned(),
                    note: format.description.get(lang).0.to_owned(),
                    href: page.href(&format!("{CATALOGUE}.{}", format.code)),
                    bytes: None,
                })
                .collect(),
            href: page.href(&base),
            in_force: (!in_force).then(|| Link::new(page.t("odc-in-force"), page.href(CATALOGUE))),
            query: wish.q.trim().to_owned(),
            agencies: std::iter::once(every("odc-every-agency", wish.agency.is_empty())).chain(owned).collect(),
            topics: std::iter::once(every("odc-every-topic", wish.topic.is_empty())).chain(topics).collect(),
            filtered,
            total: found.total,
            rows: found.items.iter().map(|item| entry_row(app, &page, item)).collect(),
            pager: Pager::new(found.request.number, found.pages(), page.href(&wish.path(&base))),
        })
    });
    Ok(OpenCataloguePage {
        issue: view,
        compare: (issues.len() > 1).then(|| page.href(COMPARE)),
        issues: issues.iter().map(|issue| IssueLine::of(&page, issue, page.href(&path_of(issue)))).collect(),
        page,
    })
}

fn entry_row(app: &App, page: &PageCtx, item: &Listed) -> EntryRow {
    row(app, page, item, |slug| page.href(&format!("/dataset/{slug}")))
}

// ---- comparison ------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Pair {
    from: String,
    to: String,
}

/// GET /danh-muc-du-lieu-mo/so-sanh, of the last two issues unless the address names others.
pub async fn compare(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let pair: Pair = query_of(&req)?;
    kept_page(&req, &app, |lang, path| {
        let (app, pair) = (app.get_ref().clone(), pair.clone());
        async move {
            let (issues, found) = app
                .db()
                .read_async(move |conn: &mut Conn| {
                    let mut issues = catalogue::issues(conn)?;
                    issues.retain(Issue::is_public);
                    let named = |text: &str, else_at: usize| match text {
                        "" => Ok(issues.get(else_at).cloned()),
                        text => {
                            let number = number_of(text)?;
                            let found = issues.iter().find(|issue| issue.number == number);
                            found.cloned().map(Some).ok_or_else(Error::not_found)
                        }
                    };
                    let found = match (named(&pair.from, 1)?, named(&pair.to, 0)?) {
                        (Some(old), Some(new)) => Some((compared(conn, &old, &new, &Sight::default())?, old, new)),
                        _ => None,
                    };
                    Ok((issues, found))
                })
                .await?;
            let mut page = app.public_page(lang, path, Section::Datasets);
            page.canonical = Some(COMPARE.to_owned());
            page.indexed = false;
            let choices = |chosen: Option<&Issue>| {
                let choice = |issue: &Issue| Choice {
                    value: issue.number.to_string(),
                    text: name(&page, issue),
                    chosen: chosen.is_some_and(|chosen| chosen.id == issue.id),
                };
                issues.iter().map(choice).collect::<Vec<_>>()
            };
            let line = |issue: &Issue| IssueLine::of(&page, issue, page.href(&path_of(issue)));
            Ok(ComparePage {
                olds: choices(found.as_ref().map(|(_, old, _)| old)),
                news: choices(found.as_ref().map(|(.., new)| new)),
                comparison: found
                    .as_ref()
                    .map(|(both, old, new)| (line(old), line(new), ComparisonView::of(&app, &page, both))),
                page,
            })
        }
    })
    .await
}

// ---- files -----------------------------------------------------------------------------------------------------------

/// GET /danh-muc-du-lieu-mo/{number}/quyet-dinh.pdf: the signed decision.
pub async fn signed(req: HttpRequest, app: web::Data<App>, number: web::Path<String>) -> Outcome {
    let number = number_of(&number)?;
    let issue = app.db().read_async(move |conn| catalogue::by_number(conn, number)).await?;
    paper(&req, &app, issue.decision).await
}

/// Answers with the signed file of a decision.
pub(super) async fn paper(req: &HttpRequest, app: &App, decision: Option<Decision>) -> Outcome {
    let decision = decision.ok_or_else(Error::not_found)?;
    let file = FileAnswer {
        object: decision.object(),
        bytes: decision.bytes,
        sha256: decision.sha256,
        media_type: MEDIA_TYPE.to_owned(),
        name: decision.file_name,
        modified: decision.recorded_at,
        immutable: true,
    };
    Ok(send_file(req, app, &file).await?)
}

/// GET /danh-muc-du-lieu-mo.{format}: the issue in force.
pub async fn file(req: HttpRequest, app: web::Data<App>, ending: web::Path<String>) -> Outcome {
    let code = FORMATS.into_iter().find(|code| *code == ending.as_str());
    let format = code.and_then(|code| app.profile().format(code)).ok_or_else(Error::not_found)?;
    let (issue, postings) = app
        .db()
        .read_async(|conn: &mut Conn| {
            let issue = catalogue::in_force(conn)?.ok_or_else(Error::not_found)?;
            let postings = catalogue::postings(conn, &issue.id)?;
            Ok((issue, postings))
        })
        .await?;
    let page = app.public_page(lang_of(&req), path_and_query(&req), Section::Datasets);
    let named = format!("{} {}", page.t("odc-title"), issue.number);
    if let Some(form) = Form::from_code(&format.code) {
        let columns = ENTRY_HEADS.into_iter().map(|(head, width)| Column::new(page.t(head), width)).collect();
        let (title, whole) = (page.t("odc-title"), app.get_ref().clone());
        let rows = move || {
            let listed = lines(whole.db().clone(), issue).enumerate();
            listed.map(move |(at, item)| {
                let url = |slug: &str| page.url(&format!("/dataset/{slug}"));
                Ok(entry_cells(&whole, &page, (at, &item?), postings.first(), url))
            })
        };
        return list(&req, &app, (format, form), &named, Sheet { title, columns }, rows).await;
    }
    let mut begun = match begin(&req, &app, format, &named).await? {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let (turn, app) = (formats::turn().await?, app.get_ref().clone());
    let bytes = run_blocking(move || {
        // The turn lasts as long as the work does.
        let _turn = turn;
        let listed = lines(app.db().clone(), issue.clone()).collect::<Result<Vec<_>>>()?;
        let entries: Vec<Value> = listed.iter().map(|item| object(&app, &page, item)).collect();
        let posted: Vec<Value> = postings
            .iter()
            .map(|posting| json!({ "date": posting.posted_on.to_string(), "address": posting.address }))
            .collect();
        let decision = decided(&app, &page, &issue);
        let body = json!({ "issue": issue.number, "decision": decision, "posted": posted, "entries": entries });
        Ok(serde_json::to_vec(&body)?)
    })
    .await?;
    // As the other formats, without a length that HEAD would not know.
    let whole = futures_util::stream::iter([Ok::<_, Failure>(Bytes::from(bytes))]);
    Ok(begun.streaming(whole))
}

/// Begins to answer with a list; what it says changes with the revision, by day, by program and with the words of the profile.
async fn begin(req: &HttpRequest, app: &App, format: &Format, named: &str) -> Result<Begun> {
    let revision = app.revision().await?;
    let (lang, path) = (lang_of(req), path_and_query(req));
    let (day, profile) = (app.today().to_string(), app.profile().mark.as_str());
    let seen = [env!("CARGO_PKG_VERSION"), profile, lang.tag(), path.as_str(), &revision.to_string(), &day];
    let answer = MadeAnswer {
        tag: hex::encode(Sha256::digest(seen.join(" "))),
        media_type: formats::media_type(format),
        name: format!("{named}.{}", format.extension),
    };
    Ok(answer.begin(req))
}

/// Answers with a list as a workbook or CSV; `rows` brings the rows one by one, off the async threads.
pub(super) async fn list<R>(
    req: &HttpRequest,
    app: &App,
    (format, form): (&Format, Form),
    named: &str,
    sheet: Sheet,
    rows: impl FnOnce() -> R + Send + 'static,
) -> Outcome
where
    R: Iterator<Item = Result<Vec<Cell>>>,
{
    let begun = match begin(req, app, format, named).await? {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let (turn, scratch) = (formats::turn().await?, app.parts.settings.scratch.clone());
    let (made, lying) = run_blocking(move || {
        let turn = turn;
        Ok((sheet::write(form, &sheet, rows(), &scratch)?, turn.lying))
    })
    .await?;
    Ok(finish_made(begun, made, lying))
}

/// The entries of an issue one by one, some read at once.
fn lines(db: Db, issue: Issue) -> impl Iterator<Item = Result<Listed>> {
    sheet::items(db, PORTION, move |conn, asked| catalogue::list(conn, &issue.id, &Filter::default(), asked))
}

/// An entry for programs: codes as they are stored, names in both languages.
fn object(app: &App, page: &PageCtx, item: &Listed) -> Value {
    let both = |name: &Localized| json!({ "vi": name.vi, "en": name.en });
    let (entry, profile) = (&item.entry, app.profile());
    let term = |name: Option<&Localized>, code: &str| json!({ "code": code, "name": name.map(both) });
    json!({
        "id": entry.entry_id,
        "title": both(&called(page, &entry.title())),
        "agency": { "slug": item.agency_slug, "name": both(&item.agency) },
        "topic": term(profile.topic(&entry.topic).map(|topic| &topic.name), &entry.topic),
        "frequency": term(profile.frequency(&entry.frequency).map(|term| &term.name), &entry.frequency),
        "sharing": entry.sharing,
        "licence": entry.licence,
        "dataset": item.published().map(|slug| page.url(&format!("/dataset/{slug}"))),
    })
}

fn decided(app: &App, page: &PageCtx, issue: &Issue) -> Value {
    let file = page.url(&file_path(issue));
    issue.decision.as_ref().map_or(Value::Null, |decision| {
        let view = DecisionView::of(page, app.profile(), decision, file);
        json!({ "number": view.number, "date": view.day.to_string(), "signer": view.signer, "authority": view.authority,
            "file": view.href, "sha256": view.sha256 })
    })
}

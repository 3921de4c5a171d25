//! The periodic review of accounts: opening one, answering, the summary.

use std::collections::HashMap;

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};

use super::accounts::role_name;
use super::export::{self, Export};
use super::serve::{act, ctx, frame, refused};
use super::view::account_reviews::{AccountReviewPage, AccountReviewsPage, CampaignLine, ReviewLine};
use crate::access::{Action, may};
use crate::account::{self, Person, RolePeriod};
use crate::agency;
use crate::http::page::{Choice, Field, Pager, Section, Tone};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, flash, html, query_of, redirect};
use crate::kernel::id::{AccountId, CampaignId};
use crate::kernel::{Arg, Error, PageRequest, Result, Timestamp, day_of};
use crate::people::{self, Answers, ReviewForm, ReviewRow, Scope};
use crate::platform::db::{Conn, Db, Tx};
use crate::platform::sheet::Cell;

const REVIEWS: &str = "/internal/accounts/reviews";
const PAGE_SIZE: u64 = 100;
/// Which rows of a review somebody wants to see.
#[derive(Clone, Default, serde::Deserialize)]
#[serde(default)]
struct Wish {
    agency: String,
    page: Option<String>,
}

impl Wish {
    /// A page of a review with the same rows.
    fn address(&self, path: &str, number: u64) -> String {
        let number = if number > 1 { number.to_string() } else { String::new() };
        address(path, &[("agency", &self.agency), ("page", &number)])
    }

    /// Its rows of an agency alone, where the person sees them.
    fn scope(&self, conn: &mut Conn, person: &Person) -> Result<(Scope, Option<String>)> {
        let all = people::scope(person);
        if self.agency.is_empty() {
            return Ok((all, None));
        }
        let chosen = agency::by_slug(conn, &self.agency)?.filter(|agency| all.holds(&agency.id));
        let agency = chosen.ok_or_else(Error::not_found)?;
        Ok((Scope::Agencies(vec![agency.id]), Some(agency.name_vi)))
    }
}

/// Reviews that list and file hold: all, since there are a few a year.
const EVERY: i64 = i64::MAX;

async fn list_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: &ReviewForm,
    error: Option<&Error>,
) -> Result<AccountReviewsPage> {
    may(&who.person, Action::SeeAccounts).require()?;
    let page = frame(req, app, who, Section::Accounts)?;
    let found = app.db().read_async(|conn| people::campaigns(conn, EVERY)).await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(AccountReviewsPage {
        may_open: may(&who.person, Action::IssueAccounts).granted()
            && found.iter().all(|campaign| campaign.ended_at.is_some()),
        rows: found
            .iter()
            .map(|campaign| CampaignLine {
                href: format!("{REVIEWS}/{}", campaign.id),
                opened: Timestamp(campaign.opened_at),
                due: day_of(&campaign.due_on),
                ended: campaign.ended_at.map(Timestamp),
            })
            .collect(),
        months: u64::from(app.profile().accounts.review_months.value),
        due: Field::new("due", form.due.clone()).checked(&wrongs),
        wrongs,
        page,
    })
}

/// GET /internal/accounts/reviews
pub async fn list(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let due = people::review_ends_on(app.profile(), app.today()).map(|day| day.format("%d/%m/%Y").to_string());
    let form = ReviewForm { due: due.unwrap_or_default() };
    Ok(html(StatusCode::OK, &list_page(&req, &app, &who, &form, None).await?)?)
}

/// GET /internal/accounts/reviews.xlsx, .csv: the reviews, and how the accounts stood in each that one sees.
pub async fn export_list(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: web::Path<String>) -> Outcome {
    may(&who.person, Action::SeeAccounts).require()?;
    let form = export::form_of(&form)?;
    let page = frame(&req, &app, &who, Section::Accounts)?;
    let scope = people::scope(&who.person);
    let found = app
        .db()
        .read_async(move |conn| {
            let mut found = Vec::new();
            for campaign in people::campaigns(conn, EVERY)? {
                let counts = people::outcome_counts(conn, &campaign.id, &scope)?;
                found.push((campaign, counts));
            }
            Ok(found)
        })
        .await?;
    let heads = [("campaign-opened", 20), ("campaign-due", 14), ("campaign-ended", 20), ("campaign-counts", 60)];
    let sheet = export::sheet(&page, page.t("reviews-title"), &heads);
    let rows = u64::try_from(found.len()).unwrap_or(u64::MAX);
    let export = Export { action: "account-review.export", list: "account-reviews", filter: Vec::new(), rows, sheet };
    let rows = move |_: Db| {
        found.into_iter().map(move |(campaign, counts)| {
            let count = |(code, count): &(String, u64)| format!("{}: {count}", page.code("campaign-standing", code));
            Ok(vec![
                export::moment(&page, Timestamp(campaign.opened_at)),
                day_of(&campaign.due_on).into(),
                match campaign.ended_at {
                    Some(at) => export::moment(&page, Timestamp(at)),
                    None => Cell::Text(page.t("campaign-is-open")),
                },
                Cell::Text(counts.iter().map(count).collect::<Vec<_>>().join("; ")),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// POST /internal/accounts/reviews
pub async fn open(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<ReviewForm>) -> Outcome {
    let (wanted, profile) = (form.0.clone(), app.parts.profile.clone());
    let verb = move |tx: &mut Tx<'_>| people::open_review(tx, &profile, &wanted);
    let again = async |error: &Error| list_page(&req, &app, &who, &form.0, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("campaign-opened-done", format!("{REVIEWS}/{id}")), again).await
}

/// What a page of a review is drawn from.
struct Facts {
    roles: HashMap<AccountId, Vec<RolePeriod>>,
    agencies: HashMap<String, String>,
}

async fn review_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &CampaignId,
    typed: &Answers,
    error: Option<&Error>,
) -> Result<AccountReviewPage> {
    may(&who.person, Action::SeeAccounts).require()?;
    let wish: Wish = query_of(req)?;
    let page = frame(req, app, who, Section::Accounts)?;
    let request = PageRequest::new(wish.page.as_deref(), PAGE_SIZE);
    let (person, typed_wish, wanted, today) = (who.person.clone(), wish.clone(), id.clone(), app.today().to_string());
    let rules = app.parts.profile.clone();
    let (campaign, found, counts, facts, opener, (owner, open)) = app
        .db()
        .read_async(move |conn| {
            let (scope, owner) = typed_wish.scope(conn, &person)?;
            let campaign = people::campaign_by_id(conn, &wanted)?.ok_or_else(Error::not_found)?;
            let found = people::review_rows(conn, &wanted, &scope, request)?;
            let counts = people::outcome_counts(conn, &wanted, &scope)?;
            let mut roles = HashMap::new();
            for row in &found.items {
                let mut held = account::roles_of(conn, &row.account.id)?;
                held.retain(|role| role.counts_on(&today) && scope.holds(&role.agency));
                roles.insert(row.account.id.clone(), held);
            }
            let agencies =
                agency::all(conn)?.into_iter().map(|agency| (agency.id.to_string(), agency.name_vi)).collect();
            let opener: Vec<String> = campaign.opened_by.iter().map(ToString::to_string).collect();
            let opener = account::names(conn, &opener)?.into_values().next();
            let open = people::takes_answers(conn, &rules, &campaign, &today)?;
            Ok((campaign, found, counts, Facts { roles, agencies }, opener, (owner, open)))
        })
        .await?;
    let rows: Vec<ReviewLine> = found.items.iter().map(|row| line(app, who, &page, row, &facts, typed, open)).collect();
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    Ok(AccountReviewPage {
        id: id.to_string(),
        answers: wish.address(&format!("{REVIEWS}/{id}/answers"), found.request.number),
        files: (wish.address(&format!("{REVIEWS}/{id}.xlsx"), 1), wish.address(&format!("{REVIEWS}/{id}.csv"), 1)),
        owner,
        opened: Timestamp(campaign.opened_at),
        opened_by: opener,
        due: day_of(&campaign.due_on),
        ended: campaign.ended_at.map(Timestamp),
        counts,
        total: found.total,
        answering: rows.iter().any(|row| row.mine),
        rows,
        pager: Pager::new(found.request.number, found.pages(), wish.address(&format!("{REVIEWS}/{id}"), 1)),
        wrongs,
        page,
    })
}

fn line(
    app: &App,
    who: &SignedIn,
    page: &crate::http::page::PageCtx,
    row: &ReviewRow,
    facts: &Facts,
    typed: &Answers,
    open: bool,
) -> ReviewLine {
    let id = row.account.id.to_string();
    let held = facts.roles.get(&row.account.id).map(Vec::as_slice).unwrap_or_default();
    let named = |role: &RolePeriod| {
        let agency = facts.agencies.get(role.agency.as_str()).cloned().unwrap_or_default();
        format!("{}, {agency}", role_name(app, page.lang, &role.role))
    };
    let action = row.answer.agency_id.as_ref().map_or(Action::IssueAccounts, Action::AnswerForAccounts);
    let own = row.account.id == who.person.account.id;
    let verdict = typed.get(&format!("verdict-{id}")).cloned().or_else(|| row.answer.verdict.clone());
    let ending = typed.get(&format!("ending-{id}")).cloned().or_else(|| row.answer.ending.clone());
    let mut codes = vec!["", "keep", "close"];
    if !held.is_empty() {
        codes.insert(2, "change");
    }
    ReviewLine {
        name: row.account.full_name.clone(),
        user_name: row.account.user_name.clone(),
        agency: row.agency.clone(),
        last: row.account.signed_in_at.map(Timestamp),
        standing: standing(row).to_owned(),
        mine: open && !own && may(&who.person, action).granted(),
        own,
        verdicts: codes
            .into_iter()
            .map(|code| Choice {
                value: code.to_owned(),
                text: page.code("campaign-verdict", if code.is_empty() { "none" } else { code }),
                chosen: verdict.as_deref().unwrap_or_default() == code,
            })
            .collect(),
        endings: held
            .iter()
            .map(|role| Choice {
                value: role.key(),
                text: named(role),
                chosen: ending.as_deref() == Some(role.key().as_str()),
            })
            .collect(),
        roles: held.iter().map(named).collect(),
        id,
    }
}

fn campaign_id(path: &str) -> Result<CampaignId> {
    CampaignId::parse(path).ok_or_else(Error::not_found)
}

/// GET /internal/accounts/reviews/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = campaign_id(&id)?;
    Ok(html(StatusCode::OK, &review_page(&req, &app, &who, &id, &Answers::new(), None).await?)?)
}

/// GET /internal/accounts/reviews/{id}.xlsx, .csv: how every account stands that one sees.
pub async fn export(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    may(&who.person, Action::SeeAccounts).require()?;
    let (id, form) = (campaign_id(&path.0)?, export::form_of(&path.1)?);
    let page = frame(&req, &app, &who, Section::Accounts)?;
    let wish: Wish = query_of(&req)?;
    let (person, wanted, asked) = (who.person.clone(), id.clone(), wish.clone());
    let (campaign, (scope, _)) = app
        .db()
        .read_async(move |conn| Ok((people::campaign_by_id(conn, &wanted)?, asked.scope(conn, &person)?)))
        .await?;
    let campaign = campaign.ok_or_else(Error::not_found)?;
    let heads = [
        ("account-person", 30),
        ("sign-in-name", 20),
        ("in-agency", 44),
        ("account-last", 20),
        ("in-state", 18),
        ("campaign-answered", 20),
    ];
    let sheet = export::sheet(&page, page.t("campaign-title"), &heads);
    let filter = vec![("review", campaign.id.to_string()), ("agency", wish.agency)];
    let export = Export { action: "account-review.export", list: "account-review", filter, rows: 0, sheet };
    let rows = move |db: Db| {
        let rows = export::items(db, PAGE_SIZE, move |conn, request| people::review_rows(conn, &id, &scope, request));
        rows.map(move |row| {
            let row = row?;
            let moment = |at: Option<i64>| at.map_or(Cell::Empty, |at| export::moment(&page, Timestamp(at)));
            Ok(vec![
                Cell::text(&row.account.full_name),
                Cell::text(&row.account.user_name),
                row.agency.clone().into(),
                moment(row.account.signed_in_at),
                Cell::Text(page.code("campaign-standing", standing(&row))),
                moment(row.answer.answered_at),
            ])
        })
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// How a row stands: what became of the account, what was answered, or that nobody has.
fn standing(row: &ReviewRow) -> &str {
    row.answer.outcome.as_deref().or(row.answer.verdict.as_deref()).unwrap_or("waiting")
}

/// POST /internal/accounts/reviews/{id}/answers
pub async fn answer(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<Answers>,
) -> Outcome {
    let id = campaign_id(&id)?;
    let wish: Wish = query_of(&req)?;
    let (wanted, answers, profile) = (id.clone(), form.0.clone(), app.parts.profile.clone());
    let done =
        app.db().write_async(ctx(&req, &app, &who), move |tx| people::answer(tx, &profile, &wanted, &answers)).await;
    match done {
        Ok(count) => {
            let lang = who.person.lang();
            let text = app.parts.texts.text(lang, "campaign-answered-done", &[("count", Arg::from(count))]);
            flash(&who.session, Tone::Good, &text)?;
            let number = PageRequest::new(wish.page.as_deref(), PAGE_SIZE).number;
            Ok(redirect(&wish.address(&format!("{REVIEWS}/{id}"), number)))
        }
        Err(error) => {
            refused(error, async |error: &Error| review_page(&req, &app, &who, &id, &form.0, Some(error)).await).await
        }
    }
}

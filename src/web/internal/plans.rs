//! An open-data plan from inside: its items, what agencies say and people want, and its way to approval and to its end.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use serde::Deserialize;

use super::decided::{self, fields, lost, receive};
use super::editor::{dataset_field, select};
use super::export::{self, Export};
use super::open_data::{HERE, OnIssues, issues_page};
use super::serve::{self, act, act_or, frame, frame_of};
use super::sign_in::own_path;
use super::view::plans::{PlanActs, PlanItemPage, PlanPage};
use crate::access::{Action, Sight, may};
use crate::agency::{self, Agency};
use crate::dataset;
use crate::demand;
use crate::http::page::{Choice, Field, Link, PageCtx, Pager, Section, Text};
use crate::http::{App, Outcome, SafeForm, SignedIn, address, html, present, query_of};
use crate::kernel::id::{PlanId, PlanItemId};
use crate::kernel::{Error, Lang, PageRequest, Result};
use crate::plan::decision::DecisionForm;
use crate::plan::yearly::{self, CloseForm, Item, ItemForm, ItemState, Listed, SettleForm, State};
use crate::platform::db::{Conn, Db, Tx};
use crate::statistics;
use crate::voice::request::{self, PublicFilter, PublicOrder};
use crate::web::open_data::{
    DecisionView, ItemsWish, PLAN, TakeUp, asked_items, decider, plan_cells, plan_file_path, plan_name, plan_row,
    plan_sheet, promised, sift_items, wished,
};

/// Requests and datasets that are shown as what people want.
const DEMAND: u64 = 10;
/// Words searched for in vain that are looked at; those that still find nothing are shown, as many as of the others.
const WORDS: u64 = 25;
/// Comments on a page.
const COMMENTS: u64 = 25;
/// Days of which downloads are counted.
const DAYS: u64 = 365;
/// The fields of the forms that send words, which are all sent as `reason`.
const COMMENT: &str = "comment-words";
const DROP: &str = "drop-reason";
const GIVE_BACK: &str = "return-reason";

fn page_of(id: &PlanId) -> String {
    format!("{HERE}/plans/{id}")
}

fn plan_id(path: &str) -> Result<PlanId> {
    PlanId::parse(path).ok_or_else(Error::not_found)
}

/// The year of a new plan.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct YearForm {
    year: String,
}

/// POST /internal/open-data/plans: begins the plan of a year.
pub async fn draft(req: HttpRequest, app: web::Data<App>, who: SignedIn, form: SafeForm<YearForm>) -> Outcome {
    let (profile, year) = (app.parts.profile.clone(), form.0.year.clone());
    let verb = move |tx: &mut Tx<'_>| yearly::draft_plan(tx, &profile, &year);
    let typed = OnIssues { year: form.0.year.clone(), ..OnIssues::default() };
    let again = async |error: &Error| issues_page(&req, &app, &who, &typed, Some(error)).await;
    act(&req, &app, &who, verb, |id| ("plan-done-begun", page_of(&id)), again).await
}

/// What the forms under a plan send.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ActForm {
    item: String,
    dataset: String,
    agency: String,
    reason: String,
    seen: String,
    sure: String,
    back: String,
}

/// What was typed on the page of a plan, or on a form that it leads to.
#[derive(Clone, Debug, Default)]
struct Typed {
    act: ActForm,
    /// The field that the words come from; empty where the form has none.
    words: &'static str,
    decision: Option<DecisionForm>,
    /// What has no form any more: messages that name it, and the words.
    elsewhere: Vec<(&'static str, String)>,
}

/// What the address asks for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct PlanWish {
    /// The page of the comments.
    page: Option<String>,
    /// Whose items are shown.
    agency: String,
    /// Where they stand.
    state: String,
    /// The page of them.
    items: Option<String>,
    /// The item that is chosen in the forms about one.
    item: String,
}

impl PlanWish {
    /// As the page was shown on which a form stood.
    fn of(back: &str) -> Self {
        let query = back.split_once('?').map_or("", |(_, query)| query);
        web::Query::<Self>::from_query(query).map(web::Query::into_inner).unwrap_or_default()
    }
}

async fn plan_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &PlanId,
    wish: &PlanWish,
    sent: Option<(&Typed, &Error)>,
) -> Result<PlanPage> {
    let href = page_of(id);
    let page = frame_of(req, app, who, Section::Datasets, &href)?;
    let edits = may(&who.person, Action::EditPlans).granted();
    let own = yearly::may_propose(app.profile(), &who.person);
    let (plans_demand, proposes) =
        (may(&who.person, Action::HandleSomeReports(app.profile())).granted(), !own.is_empty());
    let today = app.today();
    let since = today.checked_sub_days(chrono::Days::new(DAYS)).unwrap_or_default().to_string();
    let (person, wanted_id) = (who.person.clone(), id.clone());
    let (rules, index) = (app.parts.profile.clone(), app.parts.index.clone());
    let reach = (!edits).then(|| own.clone());
    let asked = PageRequest::new(wish.page.as_deref(), COMMENTS);
    let (plan, items, comments, (wanted, used, missed), agencies, known) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let plan = yearly::plan_of(conn, &person, &wanted_id)?;
            let items = yearly::items(conn, &wanted_id)?;
            let comments = yearly::comments(conn, &wanted_id, asked)?;
            let (mut wanted, mut used, mut missed) = (Vec::new(), Vec::new(), Vec::new());
            if edits && plan.state.is_written() {
                let filter =
                    PublicFilter { standing: "open".to_owned(), text: String::new(), order: PublicOrder::Needed };
                wanted = request::public_list(conn, &filter, PageRequest { number: 1, size: DEMAND })?.items;
                let most = i64::try_from(DEMAND).unwrap_or(i64::MAX);
                let ids: Vec<String> =
                    statistics::most_used(conn, &since, most)?.iter().map(ToString::to_string).collect();
                let totals = statistics::totals(conn, &ids, &since)?;
                for card in dataset::cards(conn, &ids)? {
                    let count = totals.get(card.dataset.id.as_str()).map_or(0, |totals| totals.downloads);
                    used.push((card, count));
                }
            }
            let writes = (edits && plan.state.is_written()) || (proposes && plan.state == State::Consulted);
            if writes && plans_demand {
                let most = PageRequest { number: 1, size: WORDS };
                missed = demand::words(conn, &index, &person, &rules, today, most)?.items;
                // Of what came meanwhile nobody needs a plan.
                missed.retain(|row| row.found.is_none_or(|count| count == 0));
                missed.truncate(usize::try_from(DEMAND).unwrap_or(usize::MAX));
            }
            let settles = plan.state == State::Executing && (edits || proposes);
            let known = if settles { dataset::offered(conn, reach.as_deref())? } else { Vec::new() };
            Ok((plan, items, comments, (wanted, used, missed), agency::all(conn)?, known))
        })
        .await?;
    let mut wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let typed = sent.map(|(typed, _)| typed.clone()).unwrap_or_default();
    for wrong in wrongs.iter_mut().filter(|wrong| wrong.field.as_deref() == Some("reason")) {
        wrong.field = Some(typed.words.to_owned());
    }
    let profile = app.profile();
    let submitted = edits && plan.state == State::Submitted;
    let other = plan.submitted_by.as_ref() != Some(&who.person.account.id);
    let executes = plan.state == State::Executing;
    let acts = PlanActs {
        edit: edits && plan.state.is_written(),
        propose: plan.state == State::Consulted && !own.is_empty(),
        consult: edits && matches!(plan.state, State::Draft | State::Returned),
        submit: edits && plan.state.is_written(),
        give_back: submitted,
        begin: edits && plan.state == State::Approved,
        settle: executes && (edits || proposes),
        drop: edits && (plan.state.is_written() || executes),
        close: edits && executes,
        wait: submitted && !other,
    };
    let sight = Sight::of(&who.person);
    let asked = ItemsWish { agency: &wish.agency, state: &wish.state, page: wish.items.as_deref() };
    let (filter, shown) = sift_items(app, &page, (plan.state, &items), &agencies, asked, &href, "items");
    let back = filter.address(&[]);
    let waits = |item: &Item| {
        let waits = item.state == ItemState::Open || (item.state == ItemState::Proposed && !executes);
        waits && (edits || own.contains(&item.agency))
    };
    let form_of = |item: &str| address(&format!("{href}/item"), &[("item", item)]);
    let rows = shown.into_iter().map(|listed| {
        let mut row = plan_row(app, &page, (plan.state, listed), &sight, |path| page.url(path));
        let proposed = listed.item.state == ItemState::Proposed;
        let mine = acts.propose && proposed && (edits || own.contains(&listed.item.agency));
        let edited = (acts.edit && listed.item.state != ItemState::Dropped) || mine;
        row.edit = (edited && listed.is_named_to(&sight)).then(|| form_of(listed.item.id.as_str()));
        let settles = acts.settle && waits(&listed.item);
        row.settle = settles.then(|| format!("{}#settle", filter.address(&[("item", listed.item.id.as_str())])));
        row.take_up = (acts.edit && proposed).then(|| TakeUp {
            action: format!("{href}/taking-up"),
            item: listed.item.id.to_string(),
            back: back.clone(),
        });
        row
    });
    let rows = rows.collect();
    let chosen = if sent.is_some() { &typed.act.item } else { &wish.item };
    let open = items.iter().filter(|listed| waits(&listed.item)).map(|listed| Choice {
        value: listed.item.id.to_string(),
        text: format!("{} ({})", promised(&page, listed, &sight).get(page.lang).0, listed.agency.get(page.lang).0),
        chosen: listed.item.id.as_str() == chosen.as_str(),
    });
    let open: Vec<Choice> = open.collect();
    let decides = submitted && other;
    // What was typed into a form that is not on the page any more is shown all the same.
    let mut unsent = lost(&page, &typed.elsewhere, typed.decision.as_ref().filter(|_| !decides));
    // Words about an item that is settled by now do not wait beside another one.
    let meant = open.iter().any(|choice| choice.chosen);
    let takes_words = match typed.words {
        COMMENT => acts.propose,
        DROP => acts.drop && meant,
        GIVE_BACK => acts.give_back,
        _ => false,
    };
    if !takes_words {
        unsent.extend(serve::unsent(&page, &[("unsent-words", &typed.act.reason)]));
    }
    let takes_dataset = acts.settle && meant;
    if !takes_dataset {
        unsent.extend(serve::unsent(&page, &[("odc-part-dataset", &typed.act.dataset)]));
    }
    let words = |form: &'static str| {
        let kept = takes_words && typed.words == form;
        Field::new(form, if kept { typed.act.reason.as_str() } else { "" }).checked(&wrongs)
    };
    let adds =
        |text: Text, key: &str, value: &str| Link { text, href: address(&format!("{href}/item"), &[(key, value)]) };
    let decision = plan.decision.as_ref().map(|decision| {
        DecisionView::of(&page, profile, decision, format!("{}{}", app.site.public_url, plan_file_path(&plan)))
    });
    Ok(PlanPage {
        title: plan_name(&page, &plan),
        state: plan.state,
        public: plan.state.is_public().then(|| page.url(&format!("{PLAN}/{}", plan.year))),
        decision,
        authority: decider(&page, profile.decision.opendata_plan.value),
        returned: plan.returned_reason.clone().filter(|_| plan.state == State::Returned),
        progress: yearly::progress(profile, plan.state, items.iter().map(|listed| &listed.item), app.today()),
        rows,
        unsent,
        speaks: (own.len() > 1).then(|| {
            let speaks = agencies.iter().filter(|agency| own.contains(&agency.id));
            let speaks = speaks.map(|agency| (agency.slug.clone(), agency.name(page.lang).0.to_owned()));
            select(&page, "agency", &typed.act.agency, speaks.collect(), &wrongs)
        }),
        total: comments.total,
        comment_pager: Pager {
            anchor: "#comments",
            ..Pager::new(comments.request.number, comments.pages(), back.clone())
        },
        comments: comments.items,
        wanted: wanted
            .iter()
            .filter_map(|listed| {
                let asked = &listed.request;
                let number = asked.shown.as_ref()?.number.to_string();
                let text = Text::of(asked.title(), asked.lang, page.lang);
                Some((adds(text, "request", &number), asked.supporters))
            })
            .collect(),
        used: used
            .iter()
            .map(|(card, count)| {
                let text = present::text(&page, &card.metadata.title);
                (adds(text, "dataset", &card.dataset.slug), *count)
            })
            .collect(),
        missed: missed
            .iter()
            .map(|row| (adds(Text::of(row.words.as_str(), Lang::Vi, page.lang), "words", &row.words), row.people))
            .collect(),
        seen: plan.mark(),
        acts,
        open: super::view::editor::Select { choices: open, field: Field::new("item", "").checked(&wrongs) },
        dataset: dataset_field(if takes_dataset { &typed.act.dataset } else { "" }, known, &wrongs),
        comment: words(COMMENT),
        drop_reason: words(DROP),
        return_reason: words(GIVE_BACK),
        sure: Field::new("sure", "").checked(&wrongs),
        decide: decides.then(|| fields(typed.decision.as_ref(), &wrongs)),
        filter,
        back,
        wrongs,
        href,
        page,
    })
}

/// GET /internal/open-data/plans/{id}
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let wish: PlanWish = query_of(&req)?;
    Ok(html(StatusCode::OK, &plan_page(&req, &app, &who, &plan_id(&id)?, &wish, None).await?)?)
}

/// GET /internal/open-data/plans/{id}.xlsx, .csv: the items that are chosen, also those that the public does not see.
pub async fn export(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    path: web::Path<(String, String)>,
) -> Outcome {
    let (id, form) = (plan_id(&path.0)?, export::form_of(&path.1)?);
    let wish: PlanWish = query_of(&req)?;
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let person = who.person.clone();
    let (plan, items, agencies) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let plan = yearly::plan_of(conn, &person, &id)?;
            Ok((plan, yearly::items(conn, &id)?, agency::all(conn)?))
        })
        .await?;
    let asked = ItemsWish { agency: &wish.agency, state: &wish.state, page: None };
    let chosen: Vec<Listed> = asked_items(&app, (plan.state, &items), &agencies, asked).into_iter().cloned().collect();
    let sheet = plan_sheet(&page, plan_name(&page, &plan));
    // What the address asks for and there is not was passed over, and did not hold.
    let (owner, standing) = wished(&agencies, asked);
    let filter = vec![
        ("year", plan.year.to_string()),
        ("agency", owner.map_or_else(String::new, |agency| agency.slug.clone())),
        ("state", standing.unwrap_or_default().to_owned()),
    ];
    let count = u64::try_from(chosen.len()).unwrap_or(u64::MAX);
    let export = Export { action: "plan.export", list: "plan", filter, rows: count, sheet };
    let (whole, sight, state) = (app.get_ref().clone(), Sight::of(&who.person), plan.state);
    let rows = move |_: Db| {
        let listed = chosen.into_iter().enumerate();
        listed.map(move |(at, item)| Ok(plan_cells(&whole, &page, at, (state, &item), &sight)))
    };
    export::answer(&req, &app, &who, form, export, rows).await
}

/// Does something about a plan and shows its page, with what is wrong where something is.
async fn change(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    form: ActForm,
    (words, done): (&'static str, &str),
    verb: fn(&mut Tx<'_>, &crate::profile::Profile, &PlanId, &ActForm) -> Result<()>,
) -> Outcome {
    let (id, profile) = (plan_id(id)?, app.parts.profile.clone());
    let (on, sent) = (id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| verb(tx, &profile, &on, &sent);
    let typed = Typed { act: form, words, ..Typed::default() };
    let wish = PlanWish::of(&typed.act.back);
    let again = async |error: &Error| plan_page(req, app, who, &id, &wish, Some((&typed, error))).await;
    act(req, app, who, verb, |()| (done, typed.act.back_to(&id)), again).await
}

impl ActForm {
    fn item(&self) -> Result<PlanItemId> {
        PlanItemId::parse(&self.item).ok_or_else(Error::not_found)
    }

    /// The page of a plan as it was shown; from its beginning where the form does not say how.
    fn back_to(&self, id: &PlanId) -> String {
        let page = page_of(id);
        let own = self.back.strip_prefix(&page).is_some_and(|rest| rest.starts_with('?'));
        if own && own_path(&self.back) == self.back { self.back.clone() } else { page }
    }

    fn settle(&self) -> SettleForm {
        SettleForm {
            dataset: self.dataset.clone(),
            reason: self.reason.clone(),
            agency: self.agency.clone(),
            seen: self.seen.clone(),
        }
    }
}

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident, $words:expr, $done:literal, $verb:expr;)*) => {$(
        $(#[$doc])*
        pub async fn $name(
            req: HttpRequest,
            app: web::Data<App>,
            who: SignedIn,
            id: web::Path<String>,
            form: SafeForm<ActForm>,
        ) -> Outcome {
            change(&req, &app, &who, &id, form.0, ($words, $done), $verb).await
        }
    )*};
}

acts! {
    /// POST /internal/open-data/plans/{id}/consultation
    consult, "", "plan-done-consulted", |tx, profile, id, _| yearly::consult(tx, profile, id);
    /// POST /internal/open-data/plans/{id}/comment
    comment, COMMENT, "plan-done-commented", |tx, profile, id, form| yearly::comment(tx, profile, id, &form.settle());
    /// POST /internal/open-data/plans/{id}/taking-up
    take_up, "", "odc-done-saved", |tx, profile, id, form| yearly::take_up(tx, profile, id, &form.item()?);
    /// POST /internal/open-data/plans/{id}/dropping
    drop_item, DROP, "odc-done-saved", |tx, profile, id, form| yearly::drop_item(tx, profile, id, &form.item()?, &form.settle());
    /// POST /internal/open-data/plans/{id}/completion
    complete, "", "plan-done-settled", |tx, profile, id, form| yearly::settle(tx, profile, id, &form.item()?, &form.settle());
    /// POST /internal/open-data/plans/{id}/submission
    submit, "", "plan-done-submitted", |tx, profile, id, form| yearly::submit(tx, profile, id, &form.seen);
    /// POST /internal/open-data/plans/{id}/return
    give_back, GIVE_BACK, "plan-done-returned", |tx, profile, id, form| yearly::give_back(tx, profile, id, &form.settle());
    /// POST /internal/open-data/plans/{id}/execution
    begin, "", "plan-done-executing", |tx, profile, id, _| yearly::begin(tx, profile, id);
    /// POST /internal/open-data/plans/{id}/closure
    close, "", "plan-done-closed", |tx, profile, id, form| yearly::close(tx, profile, id, &CloseForm { sure: form.sure.clone() });
}

/// POST /internal/open-data/plans/{id}/decision: what was decided, with the signed file.
pub async fn decide(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    body: web::Payload,
) -> Outcome {
    let (form, attached) = receive(&req, &app, &who, body).await?;
    let (id, profile) = (plan_id(&id)?, app.parts.profile.clone());
    let (on, sent) = (id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| yearly::approve(tx, &profile, &on, &sent, attached);
    let typed = Typed { decision: Some(form), ..Typed::default() };
    let again =
        async |error: &Error| plan_page(&req, &app, &who, &id, &PlanWish::default(), Some((&typed, error))).await;
    act(&req, &app, &who, verb, |()| ("plan-done-approved", page_of(&id)), again).await
}

// ---- an item ---------------------------------------------------------------------------------------------------------

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct ItemWish {
    item: String,
    request: String,
    dataset: String,
    words: String,
}

/// GET /internal/open-data/plans/{id}/item, with `?item=` to change one, `?request=`, `?dataset=` or `?words=` to begin with what people
/// want.
pub async fn item(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    let id = plan_id(&id)?;
    let wish: ItemWish = query_of(&req)?;
    Ok(html(StatusCode::OK, &item_page(&req, &app, &who, &id, &wish, None).await?)?)
}

async fn item_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &PlanId,
    wish: &ItemWish,
    sent: Option<(&ItemForm, &Error)>,
) -> Result<PlanItemPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let item = match wish.item.as_str() {
        "" => None,
        text => Some(PlanItemId::parse(text).ok_or_else(Error::not_found)?),
    };
    let (person, profile, wanted, wish) = (who.person.clone(), app.parts.profile.clone(), id.clone(), wish.clone());
    let edits = may(&who.person, Action::EditPlans).granted();
    let own = yearly::may_propose(app.profile(), &who.person);
    let reach = (!edits).then(|| own.clone());
    let (plan, stored, agencies, known) = app
        .db()
        .read_async(move |conn: &mut Conn| {
            let (plan, mut form, found) = yearly::item_form(conn, &profile, &person, &wanted, item.as_ref())?;
            if found.is_none() {
                // As they are kept; nothing else becomes a title by an address.
                form.title = demand::words_of(&wish.words).unwrap_or_default();
                if let Some(number) = wish.request.parse().ok().filter(|number| *number > 0) {
                    let asked = request::public_one(conn, number)?.request;
                    asked.title().clone_into(&mut form.title);
                    form.request = number.to_string();
                }
                let known = dataset::by_slug(conn, &wish.dataset)?;
                // What is in quarantine is there for a few alone.
                if let Some(known) = known.filter(|known| dataset::require_visible(&person, known).is_ok()) {
                    form.title.clone_from(&known.title_vi);
                    form.dataset = known.slug;
                    form.agency = agency::by_id(conn, &known.agency_id)?.map(|agency| agency.slug).unwrap_or_default();
                }
            }
            Ok((plan, form, agency::all(conn)?, dataset::offered(conn, reach.as_deref())?))
        })
        .await?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    // Nothing typed is lost; the mark is that of what stands there now, which the page shows beside.
    let faster = sent.is_some_and(|(_, error)| error.has("plan-changed-meanwhile"));
    let beside = if faster && !stored.item.is_empty() {
        decided::named(&page, typed_item(app, &page, &agencies, &stored))
    } else {
        Vec::new()
    };
    let form = match sent {
        Some((form, _)) => ItemForm { seen: stored.seen.clone(), ..form.clone() },
        None => stored,
    };
    let today = app.today().to_string();
    let owners = agencies
        .iter()
        .filter(|agency| (edits || own.contains(&agency.id)) && !agency.is_over(&today))
        .map(|agency| (agency.slug.clone(), agency.name(page.lang).0.to_owned()));
    let rule = &app.profile().opendata_plan.levels;
    let levels = rule.value.iter().map(|level| (level.code.clone(), level.name.get(page.lang).0.to_owned()));
    let field = |name: &'static str, value: &str| Field::new(name, value).checked(&wrongs);
    Ok(PlanItemPage {
        plan: plan_name(&page, &plan),
        plan_href: page_of(id),
        proposes: !edits,
        title: field("title", &form.title),
        title_en: field("title_en", &form.title_en),
        agencies: select(&page, "agency", &form.agency, owners.collect(), &wrongs),
        person: field("person", &form.person),
        target_on: field("target_on", &form.target_on),
        levels: select(&page, "level", &form.level, levels.collect(), &wrongs),
        levels_basis: present::basis(&page, app.profile(), rule),
        dataset: dataset_field(&form.dataset, known, &wrongs),
        request: field("request", &form.request),
        item: form.item,
        seen: form.seen,
        stored: beside,
        wrongs,
        page,
    })
}

/// The parts of an item as the form names them, in words.
fn typed_item(app: &App, page: &PageCtx, agencies: &[Agency], form: &ItemForm) -> Vec<(&'static str, String)> {
    let level = app.profile().plan_level(&form.level).map(|level| level.name.get(page.lang).0.to_owned());
    vec![
        ("odc-part-title", form.title.clone()),
        ("odc-part-title-en", form.title_en.clone()),
        ("in-agency", decided::owner(page, agencies, &form.agency)),
        ("plan-person", form.person.clone()),
        ("plan-target", form.target_on.clone()),
        ("plan-level", level.unwrap_or_else(|| form.level.clone())),
        ("odc-part-dataset", form.dataset.clone()),
        ("plan-request", form.request.clone()),
    ]
}

/// POST /internal/open-data/plans/{id}/item
pub async fn save_item(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<ItemForm>,
) -> Outcome {
    let (id, form, profile) = (plan_id(&id)?, form.0, app.parts.profile.clone());
    let (on, sent) = (id.clone(), form.clone());
    let verb = move |tx: &mut Tx<'_>| yearly::save_item(tx, &profile, &on, &sent).map(drop);
    let wish = ItemWish { item: form.item.clone(), ..ItemWish::default() };
    let again = async |error: &Error| item_page(&req, &app, &who, &id, &wish, Some((&form, error))).await;
    let above = async |error: &Error| {
        let agencies = app.db().read_async(agency::all).await?;
        let page = frame(&req, &app, &who, Section::Datasets)?;
        let typed = Typed { elsewhere: typed_item(&app, &page, &agencies, &form), ..Typed::default() };
        plan_page(&req, &app, &who, &id, &PlanWish::default(), Some((&typed, error))).await
    };
    act_or((&req, &app, &who), verb, |()| ("odc-done-saved", page_of(&id)), again, above).await
}

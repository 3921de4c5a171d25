//! The open-data catalogue and plans as both portals show them: decisions, entries, what differs between two issues, items.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::access::Sight;
use crate::agency::{self, Agency};
use crate::dataset;
use crate::http::page::{Choice, Link, PageCtx, Pager, Text};
use crate::http::{App, address, present};
use crate::kernel::id::AgencyId;
use crate::kernel::{Lang, Localized, PageRequest, Result};
use crate::plan::catalogue::{self, Closed, Comparison, Entry, Issue, Listed, Part, Posting, Removal};
use crate::plan::decision::Decision;
use crate::plan::yearly::{self, Plan, Standing};
use crate::platform::db::Conn;
use crate::platform::sheet::{Cell, Column, Sheet};
use crate::profile::{BasisId, Decider, Profile};

/// Where the public reads the catalogue.
pub const CATALOGUE: &str = "/danh-muc-du-lieu-mo";

/// A decision as both portals show it.
#[derive(Clone, Debug)]
pub struct DecisionView {
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: NaiveDate,
    /// Who signed it.
    pub signer: String,
    /// Whose it was.
    pub authority: String,
    /// The law behind that; may be empty.
    pub basis: String,
    /// The signed file.
    pub href: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

impl DecisionView {
    /// Of a decision, whose file stands at an address.
    pub fn of(page: &PageCtx, profile: &Profile, decision: &Decision, href: String) -> Self {
        let cited = decision.basis.as_deref().and_then(|basis| basis.parse::<BasisId>().ok());
        let cited = cited.map(|basis| present::cited(page, profile, &basis)).unwrap_or_default();
        let basis = match (cited.is_empty(), decision.verified) {
            (true, _) => cited,
            (false, true) => page.t1("basis-cited", "basis", cited),
            (false, false) => page.t1("basis-by-configuration", "basis", cited),
        };
        Self {
            number: decision.number.clone(),
            day: decision.decided_on,
            signer: decision.signer.clone(),
            authority: decider(page, decision.authority),
            basis,
            href,
            bytes: decision.bytes,
            sha256: decision.sha256.clone(),
        }
    }
}

/// Who decides, as people call it.
pub fn decider(page: &PageCtx, decider: Decider) -> String {
    match decider {
        Decider::Ppc => page.t("decider-ppc"),
        Decider::Chair => page.t("decider-chair"),
    }
}

/// The path of an issue's signed file on the public portal, without the language's prefix.
pub fn file_path(issue: &Issue) -> String {
    format!("{CATALOGUE}/{}/quyet-dinh.pdf", issue.number)
}

/// The colour of an issue's state; never its only sign.
pub fn tone(state: catalogue::State) -> &'static str {
    match state {
        catalogue::State::Draft => "info",
        catalogue::State::Submitted => "warn",
        catalogue::State::Issued => "good",
        catalogue::State::Superseded => "plain",
    }
}

/// What something is called in both languages, or that its title was destroyed.
pub fn called(page: &PageCtx, title: &Localized) -> Localized {
    if !title.vi.is_empty() {
        return title.clone();
    }
    let gone = |lang| page.texts.text(lang, "odc-title-destroyed", &[]);
    Localized { vi: gone(Lang::Vi), en: Some(gone(Lang::En)) }
}

/// As [`called`], in the page's language.
pub fn title(page: &PageCtx, title: &Localized) -> Text {
    present::text(page, &called(page, title))
}

/// What the agency of an id is called.
pub fn owner(page: &PageCtx, agencies: &[Agency], id: &AgencyId) -> Text {
    let agency = agencies.iter().find(|agency| agency.id == *id);
    let (name, lang) = agency.map_or(("", Lang::Vi), |agency| agency.name(page.lang));
    Text::of(name, lang, page.lang)
}

/// Why an entry cannot be issued, in words.
pub fn closed(page: &PageCtx, why: Closed) -> String {
    page.code("odc-closed", why.code())
}

/// Where an issue was posted.
#[derive(Clone, Debug)]
pub struct PostingView {
    /// On which day.
    pub day: NaiveDate,
    /// Where it stands.
    pub address: String,
    /// What there is to say of it; inside.
    pub note: Option<String>,
    /// Who wrote it down; inside.
    pub by: Option<String>,
}

impl PostingView {
    /// As the public reads it.
    pub fn of(posting: &Posting) -> Self {
        Self { day: posting.posted_on, address: posting.address.clone(), note: None, by: None }
    }
}

/// A row of the catalogue.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// What it is called.
    pub title: Text,
    /// The page of the dataset; none for what the public does not see.
    pub href: Option<String>,
    /// Whose it is.
    pub agency: Text,
    /// The topic.
    pub topic: String,
    /// How often it is updated.
    pub frequency: String,
    /// How it is shared.
    pub sharing: String,
    /// The terms of use.
    pub terms: String,
    /// Whether it is only intended.
    pub intended: bool,
    /// Why it cannot be issued, in words; for whoever may see it.
    pub closed: Option<String>,
    /// Where the entry is changed; inside, of a draft.
    pub edit: Option<String>,
}

/// What an issue lists of something, in words; `href` leads to the page of a slug.
pub fn row(app: &App, page: &PageCtx, item: &Listed, href: impl Fn(&str) -> String) -> EntryRow {
    let (entry, profile) = (&item.entry, app.profile());
    let say = |part: Part| said(page, profile, part, part.of(entry).unwrap_or_default());
    EntryRow {
        title: title(page, &entry.title()),
        href: item.published().map(href),
        agency: present::text(page, &item.agency),
        topic: say(Part::Topic),
        frequency: say(Part::Frequency),
        sharing: say(Part::Sharing),
        terms: say(Part::Licence),
        intended: item.intended(),
        closed: item.closed.filter(|why| *why == Closed::Quarantined).map(|why| closed(page, why)),
        edit: None,
    }
}

/// The columns of an issue as a file: messages, and widths in characters.
pub const ENTRY_HEADS: [(&str, u16); 11] = [
    ("focal-list-row", 8),
    ("odc-part-title", 60),
    ("odc-part-title-en", 60),
    ("in-agency", 44),
    ("odc-part-topic", 28),
    ("odc-part-frequency", 20),
    ("odc-part-sharing", 24),
    ("odc-part-licence", 40),
    ("odc-part-dataset", 60),
    ("odc-posting-day", 16),
    ("odc-posting", 60),
];

/// The cells below [`ENTRY_HEADS`] of an entry at a place from 0; the last posting of the issue stands in each. `url` makes the address of
/// a dataset of its slug.
pub fn entry_cells(
    app: &App,
    page: &PageCtx,
    (at, item): (usize, &Listed),
    posted: Option<&Posting>,
    url: impl Fn(&str) -> String,
) -> Vec<Cell> {
    let (row, title) = (row(app, page, item, url), called(page, &item.entry.title()));
    vec![
        Cell::count(at as u64 + 1),
        Cell::Text(title.vi),
        title.en.into(),
        Cell::Text(row.agency.text),
        Cell::Text(row.topic),
        Cell::Text(row.frequency),
        Cell::Text(row.sharing),
        Cell::Text(row.terms),
        row.href.into(),
        posted.map(|posting| posting.posted_on).into(),
        posted.map(|posting| posting.address.clone()).into(),
    ]
}

/// A code of an entry in words.
pub fn said(page: &PageCtx, profile: &Profile, part: Part, code: &str) -> String {
    let name = |name: &Localized| name.get(page.lang).0.to_owned();
    match part {
        Part::Topic => profile.topic(code).map(|term| name(&term.name)),
        Part::Frequency => profile.frequency(code).map(|term| name(&term.name)),
        Part::Licence if code.is_empty() => Some(name(&profile.terms.short)),
        Part::Licence => profile.licence(code).map(|term| name(&term.name)),
        Part::Sharing => Some(page.code("odc-sharing", code)),
        _ => None,
    }
    .unwrap_or_else(|| code.to_owned())
}

/// Two issues, and the names of what they list.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The older one.
    pub old: Vec<Entry>,
    /// The newer one.
    pub new: Vec<Entry>,
    /// What left with the newer one, and why.
    removals: Vec<Removal>,
    agencies: Vec<Agency>,
    datasets: HashMap<String, String>,
}

/// Reads two issues for [`ComparisonView::of`], as a reader sees them.
///
/// # Errors
/// When the database does not answer.
pub fn compared(conn: &mut Conn, old: &Issue, new: &Issue, sight: &Sight) -> Result<Compared> {
    let (before, after) = (catalogue::visible(conn, &old.id, sight)?, catalogue::visible(conn, &new.id, sight)?);
    let ids: Vec<String> =
        before.iter().chain(&after).filter_map(|entry| entry.dataset_id.as_ref().map(ToString::to_string)).collect();
    let removals = catalogue::removals(conn, &new.id)?;
    let datasets = dataset::titles(conn, &ids, sight)?;
    Ok(Compared { old: before, new: after, removals, agencies: agency::all(conn)?, datasets })
}

/// Something that only one of two issues lists: what it is called, whose it is, why it left.
pub type Alone = (Text, Text, Option<String>);

/// What two issues differ in, in words.
#[derive(Clone, Debug, Default)]
pub struct ComparisonView {
    /// In the newer one alone.
    pub added: Vec<Alone>,
    /// In the older one alone.
    pub removed: Vec<Alone>,
    /// In both, but otherwise: what it is called now, whose it is now, and what was said before and is said now.
    pub changed: Vec<(Text, Text, Vec<ChangedPart>)>,
    /// How many are the same.
    pub same: u64,
}

/// A part of an entry, before and now.
#[derive(Clone, Debug)]
pub struct ChangedPart {
    /// Which.
    pub name: String,
    /// Before; may be empty.
    pub old: String,
    /// Now; may be empty.
    pub new: String,
}

impl ComparisonView {
    /// What two issues differ in.
    pub fn of(app: &App, page: &PageCtx, found: &Compared) -> Self {
        let Comparison { added, removed, changed, same } = catalogue::compare(&found.old, &found.new);
        let owner = |entry: &Entry| owner(page, &found.agencies, &entry.agency_id);
        let reason = |entry: &Entry| {
            let left = found.removals.iter().find(|removal| removal.entry_id == entry.entry_id);
            left.map(|removal| removal.reason.clone())
        };
        let alone = |entry: &Entry, reason| (title(page, &entry.title()), owner(entry), reason);
        let value = |part: Part, entry: &Entry| match part {
            Part::Agency => owner(entry).text,
            Part::Title => title(page, &entry.title()).text,
            Part::Dataset => {
                let id = part.of(entry).unwrap_or_default();
                found.datasets.get(id).cloned().unwrap_or_default()
            }
            part => said(page, app.profile(), part, part.of(entry).unwrap_or_default()),
        };
        Self {
            added: added.into_iter().map(|entry| alone(entry, None)).collect(),
            removed: removed.into_iter().map(|entry| alone(entry, reason(entry))).collect(),
            changed: changed
                .into_iter()
                .map(|one| {
                    let parts = one.parts.iter().map(|part| ChangedPart {
                        name: page.t(&format!("odc-part-{}", part.code())),
                        old: value(*part, one.old),
                        new: value(*part, one.new),
                    });
                    (title(page, &one.new.title()), owner(one.new), parts.collect())
                })
                .collect(),
            same: u64::try_from(same).unwrap_or(u64::MAX),
        }
    }
}

/// An issue among others.
#[derive(Clone, Debug)]
pub struct IssueLine {
    /// Its name and page.
    pub link: Link,
    /// Its state.
    pub state: catalogue::State,
    /// Its decision: number and day.
    pub decision: Option<String>,
}

impl IssueLine {
    /// Of an issue, whose page stands at an address.
    pub fn of(page: &PageCtx, issue: &Issue, href: String) -> Self {
        Self {
            link: Link::new(name(page, issue), href),
            state: issue.state,
            decision: issue.decision.as_ref().map(|decision| decision_line(page, decision)),
        }
    }

    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

/// Number and day of a decision.
fn decision_line(page: &PageCtx, decision: &Decision) -> String {
    page.t2("odc-decision-line", "number", decision.number.as_str(), "date", page.date(decision.decided_on))
}

/// What an issue is called.
pub fn name(page: &PageCtx, issue: &Issue) -> String {
    page.t1("odc-issue", "number", i64::from(issue.number))
}

// ---- plans -----------------------------------------------------------------------------------------------------------

/// Where the public reads the plans.
pub const PLAN: &str = "/ke-hoach-du-lieu-mo";

/// What a plan is called.
pub fn plan_name(page: &PageCtx, plan: &Plan) -> String {
    page.t1("plan-of-year", "year", plan.year.to_string())
}

/// The path of a plan's signed file on the public portal, without the language's prefix.
pub fn plan_file_path(plan: &Plan) -> String {
    format!("{PLAN}/{}/quyet-dinh.pdf", plan.year)
}

/// The colour of a plan's state; never its only sign.
pub fn plan_tone(state: yearly::State) -> &'static str {
    match state {
        yearly::State::Draft | yearly::State::Consulted => "info",
        yearly::State::Submitted => "warn",
        yearly::State::Returned => "bad",
        yearly::State::Approved | yearly::State::Executing => "good",
        yearly::State::Closed => "plain",
    }
}

/// An item of a plan.
#[derive(Clone, Debug)]
pub struct PlanItemRow {
    /// Which data.
    pub title: Text,
    /// Whose it is to publish.
    pub agency: Text,
    /// Who is to see to it.
    pub person: Option<String>,
    /// By when.
    pub target: NaiveDate,
    /// The least level of openness.
    pub level: String,
    /// Where it stands.
    pub standing: Standing,
    /// The page of the dataset that the public sees.
    pub dataset: Option<String>,
    /// The page of the request that it answers, and how many need the data.
    pub request: Option<(String, u64)>,
    /// Why it was dropped.
    pub reason: Option<String>,
    /// Where it is changed; inside.
    pub edit: Option<String>,
    /// Where it is chosen in the form that says that it is done; inside.
    pub settle: Option<String>,
    /// Of a proposal that may be taken up; inside.
    pub take_up: Option<TakeUp>,
}

/// The form that takes a proposal up.
#[derive(Clone, Debug)]
pub struct TakeUp {
    /// Where it is sent.
    pub action: String,
    /// The id of the proposal.
    pub item: String,
    /// Where it leads back to.
    pub back: String,
}

impl PlanItemRow {
    /// The colour of where it stands.
    pub fn tone(&self) -> &'static str {
        match self.standing {
            Standing::Done => "good",
            Standing::Late(_) | Standing::Undone => "bad",
            Standing::Open => "info",
            Standing::Proposed => "warn",
            Standing::Dropped => "plain",
        }
    }

    /// Where it stands, in words.
    pub fn stands(&self, page: &PageCtx) -> String {
        match self.standing {
            Standing::Late(days) => page.t1("plan-late", "days", days),
            standing => page.code("plan-item-state", standing.code()),
        }
    }
}

/// What an item is called, for a reader who may not see what is in quarantine.
pub fn promised(page: &PageCtx, listed: &yearly::Listed, sight: &Sight) -> Localized {
    if listed.is_named_to(sight) { called(page, &listed.item.title) } else { present::hidden_title(&page.texts) }
}

/// An item of a plan of a state in words, for a reader; `href` makes an address of a path of the public portal.
pub fn plan_row(
    app: &App,
    page: &PageCtx,
    (plan, listed): (yearly::State, &yearly::Listed),
    sight: &Sight,
    href: impl Fn(&str) -> String,
) -> PlanItemRow {
    let (item, profile) = (&listed.item, app.profile());
    let level = profile.plan_level(&item.level).map(|level| level.name.get(page.lang).0.to_owned());
    let published = listed.dataset.as_ref().filter(|(_, state)| state == "published");
    let asked = listed.request.and_then(|(number, supporters)| Some((number?, supporters)));
    PlanItemRow {
        title: present::text(page, &promised(page, listed, sight)),
        agency: present::text(page, &listed.agency),
        person: item.person.clone(),
        target: item.target_on,
        level: level.unwrap_or_else(|| item.level.clone()),
        standing: yearly::standing(profile, plan, item, app.today()),
        dataset: published.map(|(slug, _)| href(&format!("/dataset/{slug}"))),
        request: asked.map(|(number, supporters)| (href(&format!("/yeu-cau-du-lieu/{number}")), supporters)),
        reason: item.reason.clone(),
        edit: None,
        settle: None,
        take_up: None,
    }
}

/// The sheet of a plan's items, for a file.
pub fn plan_sheet(page: &PageCtx, title: String) -> Sheet {
    let heads = [
        ("focal-list-row", 8),
        ("odc-part-title", 60),
        ("odc-part-title-en", 60),
        ("in-agency", 44),
        ("plan-person", 32),
        ("plan-target", 16),
        ("plan-level", 44),
        ("in-state", 24),
        ("odc-reason", 44),
        ("plan-request", 16),
        ("odc-part-dataset", 60),
    ];
    Sheet { title, columns: heads.into_iter().map(|(head, width)| Column::new(page.t(head), width)).collect() }
}

/// The row of [`plan_sheet`] that tells of an item of a plan of a state, for a reader; `at` counts from nought.
pub fn plan_cells(
    app: &App,
    page: &PageCtx,
    at: usize,
    (plan, listed): (yearly::State, &yearly::Listed),
    sight: &Sight,
) -> Vec<Cell> {
    let row = plan_row(app, page, (plan, listed), sight, |path| page.url(path));
    let (title, stands) = (promised(page, listed, sight), row.stands(page));
    vec![
        Cell::count(at as u64 + 1),
        Cell::Text(title.vi),
        title.en.into(),
        Cell::Text(row.agency.text),
        row.person.into(),
        row.target.into(),
        Cell::Text(row.level),
        Cell::Text(stands),
        row.reason.into(),
        listed.request.and_then(|(number, _)| number).map(|number| Cell::Whole(i64::from(number))).into(),
        row.dataset.into(),
    ]
}

/// Items of a plan on a page.
const ITEMS: u64 = 50;

/// Which items of a plan an address asks for; what nothing can be is passed over.
#[derive(Clone, Copy, Debug, Default)]
pub struct ItemsWish<'a> {
    /// The slug of an agency.
    pub agency: &'a str,
    /// The code of a [`Standing`].
    pub state: &'a str,
    /// The number of a page.
    pub page: Option<&'a str>,
}

/// What may be chosen of the items of a plan, and how many are.
#[derive(Clone, Debug)]
pub struct PlanFilter {
    /// The address of the page without a choice.
    pub href: String,
    /// Agencies to choose from.
    pub agencies: Vec<Choice>,
    /// Where items stand, to choose from.
    pub standings: Vec<Choice>,
    /// Whether anything is chosen.
    pub filtered: bool,
    /// How many items there are.
    pub of: u64,
    /// How many of them are chosen.
    pub total: u64,
    /// The pages of those.
    pub pager: Pager,
}

/// The value that is chosen; empty where none is.
fn chosen(choices: &[Choice]) -> &str {
    choices.iter().find(|choice| choice.chosen).map_or("", |choice| choice.value.as_str())
}

impl PlanFilter {
    /// The address of what is shown, with something more.
    pub fn address(&self, more: &[(&str, &str)]) -> String {
        let number = if self.pager.number > 1 { self.pager.number.to_string() } else { String::new() };
        let mut given = vec![
            ("agency", chosen(&self.agencies)),
            ("state", chosen(&self.standings)),
            (self.pager.param, number.as_str()),
        ];
        given.extend_from_slice(more);
        address(&self.href, &given)
    }

    /// The address of a file of all that is chosen, by the end that says the format.
    pub fn file(&self, ending: &str) -> String {
        let given = [("agency", chosen(&self.agencies)), ("state", chosen(&self.standings))];
        address(&format!("{}.{ending}", self.href), &given)
    }
}

/// The agency and the standing that somebody asks for, of those that there are.
pub fn wished<'a>(agencies: &'a [Agency], wish: ItemsWish<'_>) -> (Option<&'a Agency>, Option<&'static str>) {
    let agency = agencies.iter().find(|agency| agency.slug == wish.agency);
    (agency, Standing::CODES.into_iter().find(|code| *code == wish.state))
}

/// Those items of a plan of a state that somebody asks for, on whichever page.
pub fn asked_items<'a>(
    app: &App,
    (plan, items): (yearly::State, &'a [yearly::Listed]),
    agencies: &[Agency],
    wish: ItemsWish<'_>,
) -> Vec<&'a yearly::Listed> {
    let (agency, state) = wished(agencies, wish);
    let standing = |listed: &yearly::Listed| yearly::standing(app.profile(), plan, &listed.item, app.today()).code();
    let mut found: Vec<&yearly::Listed> = items.iter().collect();
    found.retain(|listed| {
        agency.is_none_or(|agency| agency.id == listed.item.agency) && state.is_none_or(|code| standing(listed) == code)
    });
    found
}

/// A page of those items of a plan of a state that somebody asks for, whose page stands at `href`; `param` carries its number.
pub fn sift_items<'a>(
    app: &App,
    page: &PageCtx,
    (plan, items): (yearly::State, &'a [yearly::Listed]),
    agencies: &[Agency],
    wish: ItemsWish<'_>,
    href: &str,
    param: &'static str,
) -> (PlanFilter, Vec<&'a yearly::Listed>) {
    let (profile, today) = (app.profile(), app.today());
    let standing = |listed: &yearly::Listed| yearly::standing(profile, plan, &listed.item, today).code();
    let (agency, state) = wished(agencies, wish);
    let found = asked_items(app, (plan, items), agencies, wish);
    let count = |items: usize| u64::try_from(items).unwrap_or(u64::MAX);
    let total = count(found.len());
    let asked = PageRequest::new(wish.page, ITEMS).within(total);
    let base = address(
        href,
        &[("agency", agency.map_or("", |agency| agency.slug.as_str())), ("state", state.unwrap_or_default())],
    );
    let every = |id: &str, chosen| Choice { value: String::new(), text: page.t(id), chosen };
    let owners = agencies.iter().filter(|one| {
        let chosen = agency.is_some_and(|agency| agency.id == one.id);
        chosen || items.iter().any(|listed| listed.item.agency == one.id)
    });
    let owners = owners.map(|one| Choice {
        value: one.slug.clone(),
        text: one.name(page.lang).0.to_owned(),
        chosen: agency.is_some_and(|agency| agency.id == one.id),
    });
    let standings = Standing::CODES
        .into_iter()
        .filter(|code| state == Some(*code) || items.iter().any(|listed| standing(listed) == *code))
        .map(|code| Choice {
            value: code.to_owned(),
            text: page.code("plan-item-state", code),
            chosen: state == Some(code),
        });
    let filter = PlanFilter {
        href: href.to_owned(),
        agencies: std::iter::once(every("odc-every-agency", agency.is_none())).chain(owners).collect(),
        standings: std::iter::once(every("plan-every-state", state.is_none())).chain(standings).collect(),
        filtered: agency.is_some() || state.is_some(),
        of: count(items.len()),
        total,
        pager: Pager { param, anchor: "#items", ..Pager::new(asked.number, total.div_ceil(asked.size), base) },
    };
    let (before, most) = (usize::try_from(asked.offset()), usize::try_from(asked.size));
    let shown = found.into_iter().skip(before.unwrap_or(usize::MAX)).take(most.unwrap_or(usize::MAX));
    (filter, shown.collect())
}

/// A plan among others.
#[derive(Clone, Debug)]
pub struct PlanLine {
    /// Its name and page.
    pub link: Link,
    /// Its state.
    pub state: yearly::State,
    /// Its decision: number and day.
    pub decision: Option<String>,
}

impl PlanLine {
    /// Of a plan, whose page stands at an address.
    pub fn of(page: &PageCtx, plan: &Plan, href: String) -> Self {
        Self {
            link: Link::new(plan_name(page, plan), href),
            state: plan.state,
            decision: plan.decision.as_ref().map(|decision| decision_line(page, decision)),
        }
    }

    /// The colour of the state.
    pub fn tone(&self) -> &'static str {
        plan_tone(self.state)
    }
}

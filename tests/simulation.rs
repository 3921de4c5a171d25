//! Three years of a province by the injected clock: whatever people do, whatever breaks off and wherever the clock stands, each duty is
//! there once, stands where the pure rule says, and is told of once.
//!
//! The whole province (300 agencies, 2,000 datasets) is gone through around the ends of quarters and the days of returns: these are signed
//! in time, late, taken back, or not at all, and reviews of accounts are answered or not; a small one on every day, with catalogues and a
//! plan each year as well; and one under each rule set every ninth day and around the ends of quarters. With `KHOMO_SIMULATION=days` all
//! of them are gone through on every day. What people did is written into a book of the test's own, and what the portal keeps is held
//! against that. Where a quarter turns two programs are at work at once, and on each new year's day one dies with the turn in its hands
//! and is started again.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, Days, Months, NaiveDate};
use diesel::prelude::*;
use khomo::cycle::{self, AnswerForm, ConfirmForm, ExtensionForm};
use khomo::dataset;
use khomo::duty::{self, Calendar, Counted, Kind, Outcome, Outcomes, Stage, State};
use khomo::kernel::id::{AccountId, AgencyId, CampaignId, DatasetId, PlanId, PlanItemId};
use khomo::kernel::{Actor, Clock, Ctx, Error, Timestamp};
use khomo::plan::decision::DecisionForm;
use khomo::plan::{catalogue, yearly};
use khomo::platform::queue;
use khomo::profile::Profile;
use khomo::quarter::{Quarter, RecallForm, ReturnState};
use khomo::schema::dataset as rows;
use khomo::worker::duties;
use khomo::worker::jobs::{Handlers, run_due};
use khomo::{account, agency, alert, audit, board, calendar, notify, people, quarter, release, scan, table};

use crate::support::kit::{AWAY, HOME, Khomo, PEOPLE, SMALL, new_account, new_agency};
use crate::support::smtp::{Mood, SmtpServer, header};

const DAY: i64 = 86_400;
const YEARS: u64 = 3;
const NONE: [&str; 0] = [];
const FREQUENCIES: [&str; 8] =
    ["daily", "weekly", "monthly", "quarterly", "half-yearly", "yearly", "irregular", "never"];
/// Every rule set there is, but for the one of today, which has a walk of its own.
const RULES: [&str; 7] = [
    "binh-dinh-60-2021",
    "dak-nong-1731-2022",
    "dak-nong-43-2022",
    "nd47",
    "nd47-194",
    "soc-trang-2022",
    "tay-ninh-2024",
];
const CHECKED: &str = "Đối chiếu với sổ theo dõi của phòng nghiệp vụ.";
const REASON: &str = "Hệ thống nguồn đang nâng cấp, số liệu có vào tuần sau.";
/// The days on which the small province issues its catalogue: the second time half a year late, then in time, and never again.
const ISSUED: [&str; 3] = ["2026-10-05", "2027-10-05", "2028-04-03"];
/// What the review of the catalogue is a duty about.
const CATALOGUE: &str = "open-data-catalogue";
/// The days of each year on which its plan begins and ends, and those by which its items are to be published.
const BEGINS: &str = "11/01";
const ENDS: &str = "15/12";
const TARGETS: [&str; 4] = ["15/03", "15/06", "14/09", "15/11"];

/// Numbers by chance, the same ones each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, most: usize) -> usize {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % most as u64).unwrap()
    }
}

/// What is at work: the recurring jobs that a test names, and what they put in.
fn at_work(khomo: &Khomo, turns: &[&str]) -> Handlers {
    let recurring = [
        duties::TURN,
        quarter::TURN,
        people::ACCOUNT_REVIEW,
        notify::DIGEST,
        scan::SCAN_STALE,
        table::MAKE,
        calendar::CALENDAR_WATCH,
        alert::WATCH,
        alert::CHECK,
        audit::HEADS,
        // The files of a quarter want tables that are there.
        release::BUILD,
    ];
    let idle: Vec<&str> = recurring.into_iter().filter(|kind| !turns.contains(kind)).collect();
    Handlers::all(&khomo.app).without(&idle)
}

/// Further agencies, each with one person who edits its data and is its focal point.
fn enter_agencies(khomo: &Khomo, count: usize) -> Vec<(AgencyId, AccountId)> {
    khomo
        .db()
        .write(&khomo.ctx_of(Actor::System), |tx| {
            (0..count)
                .map(|number| -> khomo::kernel::Result<_> {
                    let slug = format!("co-quan-{number}");
                    let agency = agency::register(tx, new_agency(&slug, &format!("Cơ quan {number}"), None))?.id;
                    let roles = ["editor", "focal-point"].map(|role| (agency.clone(), role.to_owned()));
                    let person = account::create(tx, new_account(&format!("nguoi-{number}"), roles.to_vec()))?;
                    Ok((agency, person))
                })
                .collect()
        })
        .unwrap()
}

/// Published datasets as rows alone, all with the version of a draft: what they owe comes from their rows.
async fn enter_datasets(khomo: &Khomo, rows: &[(AgencyId, &str, bool, i64)]) -> Vec<DatasetId> {
    let (_, version) = khomo.dataset("that").csv("bang", SMALL).await.import().unwrap();
    let ids: Vec<DatasetId> = rows.iter().map(|_| DatasetId::fresh()).collect();
    let values: Vec<String> = rows
        .iter()
        .zip(&ids)
        .enumerate()
        .map(|(number, ((agency, frequency, in_catalogue, at), id))| {
            format!(
                "('{id}', 'bo-{number}', '{agency}', 'published', {in_catalogue}, 'Bộ {number}', 'y-te', '{frequency}', \
                 'bo {number}', {at}, '{version}', {at}, {at}, {at})"
            )
        })
        .collect();
    for values in values.chunks(500) {
        let values = values.join(", ");
        khomo
            .raw(&format!(
                "INSERT INTO dataset (id, slug, agency_id, state, in_catalogue, title_vi, topic, frequency, search_text, \
                 updated_at, current_version_id, created_at, published_at, counts_from) VALUES {values}"
            ))
            .unwrap();
    }
    ids
}

/// The day by which the return of a quarter is signed in time, by the rules alone.
fn return_due(profile: &Profile, of: Quarter) -> NaiveDate {
    Calendar::of(profile).add_working_days(of.last(), i64::from(profile.duty.return_days.value))
}

/// The day after that, on which those come who are late.
fn day_of_late_returns(profile: &Profile, of: Quarter) -> NaiveDate {
    return_due(profile, of).succ_opt().unwrap()
}

/// The last day on which answers count of a review of accounts that opens on a day, by the rules alone; it is a working day.
fn last_to_answer(profile: &Profile, opened: NaiveDate) -> NaiveDate {
    let days = u64::from(profile.accounts.review_answer_days.value);
    Calendar::of(profile).on_or_after(opened + Days::new(days - 1))
}

/// The decision of a day.
fn decided_on(day: NaiveDate) -> DecisionForm {
    DecisionForm {
        number: "12/QĐ-UBND".to_owned(),
        decided_on: day.format("%d/%m/%Y").to_string(),
        signer: "Trần Quang Vinh".to_owned(),
        confirmed: "1".to_owned(),
    }
}

/// What the book knows of a round.
struct Round {
    due: NaiveDate,
    outcome: Outcome,
    /// The day on which somebody did it, or it was not owed any more.
    over: Option<NaiveDate>,
}

/// What was owed and what was done, as the walk itself knows it: by kind, subject and turn. Nothing in it is read from the portal but ids.
/// Of updates it has those rounds alone that an act ended.
#[derive(Default)]
struct Book(BTreeMap<(&'static str, String, String), Round>);

impl Book {
    fn owe(&mut self, kind: Kind, subject: &str, turn: &str, due: NaiveDate) {
        let round = Round { due, outcome: Outcome::Undone, over: None };
        let before = self.0.insert((kind.code(), subject.to_owned(), turn.to_owned()), round);
        assert!(before.is_none(), "the walk owes one thing twice: {} {subject} {turn}", kind.code());
    }

    fn end(&mut self, (kind, subject, turn): (Kind, &str, &str), day: NaiveDate, excused: bool) {
        let round = self.0.get_mut(&(kind.code(), subject.to_owned(), turn.to_owned())).unwrap();
        round.over = Some(day);
        round.outcome = if excused {
            Outcome::Excused
        } else if day <= round.due {
            Outcome::InTime
        } else {
            Outcome::Late
        };
    }

    /// How many rounds of a kind came to this.
    fn count(&self, kind: Kind, outcome: Outcome) -> i64 {
        let those = self.0.iter().filter(|((of, ..), round)| *of == kind.code() && round.outcome == outcome);
        i64::try_from(those.count()).unwrap()
    }

    /// All but the updates, as they stand.
    fn rounds(&self) -> BTreeSet<String> {
        let others = self.0.iter().filter(|((kind, ..), _)| *kind != Kind::Update.code());
        others
            .map(|((kind, subject, turn), Round { due, outcome, .. })| {
                format!("{kind} {subject} {turn} {due} {}", outcome.code())
            })
            .collect()
    }

    /// What a quarter keeps that is closed now.
    fn of_quarter(&self, of: Quarter) -> Vec<String> {
        let within = |round: &Round| {
            let there = round.over.is_none_or(|day| of.first() <= day);
            of.first() <= round.due && round.due <= of.last() && there
        };
        let mut kept: Vec<String> = self
            .0
            .iter()
            .filter(|(_, round)| within(round))
            .map(|((kind, subject, turn), round)| format!("{kind} {subject} {turn} {}", round.outcome.code()))
            .collect();
        kept.sort_unstable();
        kept
    }
}

/// A review of accounts that waits for answers.
struct Review {
    id: CampaignId,
    opened: NaiveDate,
    /// The last day on which answers count.
    due: NaiveDate,
    /// Agencies of the walk that never answer it.
    silent: usize,
}

/// An item of a plan that is carried out, and which of four ends it takes.
#[derive(Clone)]
struct Promise {
    plan: PlanId,
    item: PlanItemId,
    year: i32,
    due: NaiveDate,
    fate: usize,
}

/// A province that lives by the clock.
struct Province {
    khomo: Khomo,
    turns: Handlers,
    agencies: Vec<(AgencyId, AccountId)>,
    /// A second person of the coordinating department.
    deputy: AccountId,
    datasets: Vec<DatasetId>,
    draw: Draw,
    /// Rounds that ended, as they were when they did, and from when on others may have.
    ended: HashMap<String, String>,
    seen: Timestamp,
    book: Book,
    /// What the quarters keep that are closed, by the book.
    frozen: BTreeMap<String, Vec<String>>,
    /// The quarter in which the walk began, and the one in which it is.
    began: Quarter,
    quarter: Quarter,
    /// Whether it goes through every day.
    daily: bool,
    /// Of so many agencies each hands in its return in another way.
    fates: usize,
    /// The day on which the next review of accounts opens, where they are at work; and the one that is open.
    review_on: Option<NaiveDate>,
    review: Option<Review>,
    /// The day of the catalogue in force.
    issued_on: Option<NaiveDate>,
    promises: Vec<Promise>,
}

impl Province {
    async fn new(khomo: Khomo, agencies: usize, datasets: usize, turns: &[&str]) -> Self {
        let agencies = enter_agencies(&khomo, agencies);
        let mut draw = Draw(agencies.len() as u64);
        let coordinates = vec![(khomo.agency(AWAY), "coordinator".to_owned())];
        let deputy = new_account("dieu-phoi-hai", coordinates);
        let deputy = khomo.db().write(&khomo.ctx_of(Actor::System), |tx| account::create(tx, deputy)).unwrap();
        let now = khomo.clock.now();
        let rows: Vec<(AgencyId, &str, bool, i64)> = (0..datasets)
            .map(|_| {
                let owner = agencies[draw.below(agencies.len())].0.clone();
                let back = i64::try_from(draw.below(300)).unwrap() * DAY;
                (owner, FREQUENCIES[draw.below(8)], draw.below(3) == 0, now.plus_seconds(-back).0)
            })
            .collect();
        let datasets = enter_datasets(&khomo, &rows).await;
        let today = khomo.app.today();
        // The first one is counted from the day of the first account.
        let months = Months::new(khomo.app.profile().accounts.review_months.value);
        let reviews = turns.contains(&people::ACCOUNT_REVIEW).then_some(today + months);
        let turns = at_work(&khomo, turns);
        // The rhythm begins; the first turn comes in the night.
        run_due(&khomo.app, &turns).await.unwrap();
        Self {
            turns,
            deputy,
            datasets,
            draw,
            ended: HashMap::new(),
            seen: Timestamp(0),
            book: Book::default(),
            frozen: BTreeMap::new(),
            began: Quarter::of(today),
            quarter: Quarter::of(today),
            daily: false,
            fates: (agencies.len() / 15).max(6),
            review_on: reviews,
            review: None,
            issued_on: None,
            promises: Vec::new(),
            agencies,
            khomo,
        }
    }

    fn today(&self) -> NaiveDate {
        self.khomo.app.today()
    }

    /// Moves the clock to a day.
    fn sleep(&self, day: NaiveDate) {
        self.khomo.clock.advance((day - self.today()).num_days() * DAY);
    }

    fn turned(&self, day: NaiveDate) {
        let done = self.khomo.lines("SELECT day AS line FROM duty_run");
        assert_eq!(done, [day.to_string()], "the turn was not finished");
        assert_eq!(self.khomo.count("job WHERE state = 'dead'"), 0, "{day}");
    }

    /// Goes to a day and does what is due on it.
    async fn go(&self, day: NaiveDate) {
        self.sleep(day);
        run_due(&self.khomo.app, &self.turns).await.unwrap();
        self.turned(day);
    }

    /// The same by two programs at once.
    async fn go_together(&self, day: NaiveDate) {
        self.sleep(day);
        let second = self.khomo.second_program();
        let (first, second) = (run_due(&self.khomo.app, &self.turns), run_due(&second, &self.turns));
        // In a file of SQLite the whole province's work of one program would keep the other waiting for longer than it waits.
        let (first, second) = if self.khomo.db().is_embedded() && self.agencies.len() > 100 {
            (first.await, second.await)
        } else {
            tokio::join!(first, second)
        };
        first.unwrap();
        second.unwrap();
        self.turned(day);
    }

    /// The same by a program that dies while it has the turn, and by the one that is started then.
    async fn go_restarted(self, day: NaiveDate) -> Self {
        self.sleep(day);
        let system = self.khomo.ctx_of(Actor::System);
        let begun = self.khomo.db().write(&system, |tx| queue::take(tx, &[duties::TURN], 1)).unwrap();
        assert_eq!(begun.len(), 1, "{day}");
        let this = Self { khomo: self.khomo.restart(|_| {}), ..self };
        this.khomo.clock.advance(queue::LEASE + 1);
        run_due(&this.khomo.app, &this.turns).await.unwrap();
        this.turned(day);
        this
    }

    /// The round of a dataset that waits for an update, by the rule.
    fn owed(&self, id: &DatasetId) -> Option<(DatasetId, String, NaiveDate)> {
        let found = self.khomo.db().read(|conn| dataset::by_id(conn, id)).unwrap();
        let due = found.counted().timeliness(self.khomo.app.profile(), self.today()).due;
        let due = due.filter(|_| found.state() == dataset::State::Published)?;
        Some((id.clone(), found.counts_from.unwrap_or(0).to_string(), due))
    }

    /// Lets people do this and that.
    fn act(&mut self, acts: usize) {
        let khomo = &self.khomo;
        let now = khomo.clock.now().0;
        let (mut sql, mut told, mut said) = (Vec::new(), BTreeSet::new(), Vec::new());
        // Of a single act the book knows which round it ended, and whether that was not owed any more.
        let (mut owed, mut over) = (None, None);
        for _ in 0..acts {
            let id = self.datasets[self.draw.below(self.datasets.len())].clone();
            if acts == 1 {
                owed = self.owed(&id);
            }
            let change = |set: &str| format!("UPDATE dataset SET {set} WHERE id = '{id}';");
            match self.draw.below(20) {
                // A new version, of what was there or of what was taken back.
                0..9 => {
                    let set = format!(
                        "state = 'published', updated_at = {now}, counts_from = {now}, extended_to = NULL, withdrawn_at = NULL"
                    );
                    sql.push(change(&set));
                    told.insert(id);
                    over = Some(false);
                }
                9..13 => said.push((id, true)),
                13..16 => said.push((id, false)),
                16 => {
                    sql.push(change(&format!("state = 'withdrawn', withdrawn_at = {now}")));
                    told.insert(id);
                    over = Some(true);
                }
                // What nobody told the engine of: the day's turn finds it.
                17 => sql.push(change(&format!("frequency = '{}'", FREQUENCIES[self.draw.below(8)]))),
                18 => sql.push(change(&format!("in_catalogue = {}", self.draw.below(2) == 0))),
                _ => {
                    let agency = &self.agencies[self.draw.below(self.agencies.len())].0;
                    sql.push(change(&format!("agency_id = '{agency}'")));
                }
            }
        }
        if !sql.is_empty() {
            khomo.raw(&sql.concat()).unwrap();
        }
        let profile = khomo.app.profile();
        khomo
            .db()
            .write(&khomo.ctx_of(Actor::System), |tx| told.iter().try_for_each(|id| cycle::renew(tx, profile, id)))
            .unwrap();
        for (id, confirms) in said {
            let done = if confirms { self.confirm(&id) } else { self.extend(&id) };
            match done {
                Ok(()) if confirms => over = Some(false),
                Ok(()) => {}
                Err(error) => {
                    let expected = ["not-published", "unchanged-not-owed", "unchanged-rules", "unchanged-today"];
                    assert!(expected.iter().any(|code| error.has(code)), "{error}");
                }
            }
        }
        if let Some(((id, turn, due), excused)) = owed.zip(over) {
            let today = self.today();
            self.book.owe(Kind::Update, id.as_str(), &turn, due);
            self.book.end((Kind::Update, id.as_str(), &turn), today, excused);
        }
    }

    fn ctx_of(&self, person: &AccountId) -> Ctx {
        self.khomo.ctx_of(Actor::Account(person.clone()))
    }

    // ── Returns ──

    /// Those who owe a return of each quarter: the agencies of the walk, which have focal points, and the one that has a draft.
    fn owners(&self) -> Vec<AgencyId> {
        self.agencies.iter().map(|(id, _)| id.clone()).chain([self.khomo.agency(HOME)]).collect()
    }

    /// Some agencies sign the return of the last quarter: in time, late, after they took it back, or never.
    fn returns(&mut self) {
        let (today, of) = (self.today(), self.quarter.previous());
        let profile = self.khomo.app.profile();
        // Whoever is in time comes on the very last day, where the walk is there on it.
        let early = if self.daily { return_due(profile, of) } else { self.quarter.first() };
        let late = day_of_late_returns(profile, of);
        if of < self.began || (today != early && today != late) {
            return;
        }
        let turn = usize::try_from(of.year()).unwrap() * 4 + of.number() as usize;
        for (number, (owner, person)) in self.agencies.clone().iter().enumerate() {
            let fate = (number + turn) % self.fates;
            if today == late {
                match fate {
                    1 => self.sign(of, owner, person, false),
                    3 => self.sign(of, owner, person, true),
                    _ => {}
                }
                continue;
            }
            if matches!(fate, 0 | 2..=4) {
                self.sign(of, owner, person, false);
            }
            if matches!(fate, 2..=4) {
                self.take_back(of, owner, person);
            }
            if fate == 2 {
                self.sign(of, owner, person, true);
            }
        }
    }

    /// Signs a return, or signs it again.
    fn sign(&mut self, of: Quarter, owner: &AgencyId, person: &AccountId, again: bool) {
        let (today, code, ctx) = (self.today(), of.to_string(), self.ctx_of(person));
        let profile = self.khomo.app.profile();
        let state = self.khomo.db().write(&ctx, |tx| {
            let person = account::acting(tx, profile)?;
            let seen = quarter::shown(tx.conn(), &person, profile, &code, owner, ctx.at)?.mark();
            quarter::sign(tx, profile, &code, owner, &seen)
        });
        assert_eq!(state.unwrap() == ReturnState::Late, today > return_due(profile, of), "{today}: {of}");
        let turn = if again { format!("{code}/2") } else { code };
        self.book.end((Kind::Return, owner.as_str(), &turn), today, false);
    }

    /// Takes the signature of today back: it is owed in a round of its own.
    fn take_back(&mut self, of: Quarter, owner: &AgencyId, person: &AccountId) {
        let (today, code, ctx) = (self.today(), of.to_string(), self.ctx_of(person));
        let profile = self.khomo.app.profile();
        let form = RecallForm { reason: "Thiếu giá thuốc.".to_owned() };
        self.khomo.db().write(&ctx, |tx| quarter::recall(tx, profile, &code, owner, &form)).unwrap();
        let due = return_due(profile, of);
        self.book.end((Kind::Return, owner.as_str(), &code), today, true);
        self.book.owe(Kind::Return, owner.as_str(), &format!("{code}/2"), due);
    }

    // ── Reviews of accounts ──

    /// Some agencies answer for their accounts, some on the last day, some never; who was locked for that is unlocked by hand.
    fn answers(&mut self) {
        let today = self.today();
        let Some(review) = self.review.take() else { return };
        if today > review.due {
            // Nobody answers for the agency of [`HOME`], nor for accounts of no agency.
            let home = PEOPLE.iter().filter(|(_, roles)| roles.first().is_none_or(|(at, _)| *at == HOME)).count();
            let locked = i64::try_from(home + review.silent).unwrap();
            assert_eq!(self.khomo.count("account WHERE state = 'locked'"), locked, "{today}");
            self.khomo.raw("UPDATE account SET state = 'active' WHERE state = 'locked'").unwrap();
            return;
        }
        let turn = usize::try_from(review.opened.year()).unwrap() * 2 + usize::from(review.opened.month() > 6);
        let (early, last) = if self.daily {
            (review.opened + Days::new(10), review.due)
        } else {
            // One that opens on the last day of a quarter: the walk is there on the next one, and when late returns come.
            (review.opened + Days::new(1), day_of_late_returns(self.khomo.app.profile(), self.quarter.previous()))
        };
        let (mut answering, mut silent) = (Vec::new(), 0);
        for (number, (owner, _)) in self.agencies.iter().enumerate() {
            match (number + turn) % 3 {
                0 if today == early => answering.push(owner.clone()),
                1 if today == last => answering.push(owner.clone()),
                2 => silent += 1,
                _ => {}
            }
        }
        if today == early {
            answering.push(self.khomo.agency(AWAY));
        }
        if !answering.is_empty() {
            self.answer(&review.id, &answering, today);
        }
        self.review = Some(Review { silent, ..review });
    }

    /// The coordinating department answers for all accounts of some agencies; each of its two persons for the other one.
    fn answer(&mut self, id: &CampaignId, owners: &[AgencyId], today: NaiveDate) {
        let (khomo, profile, coordinator) = (&self.khomo, self.khomo.app.profile(), self.khomo.id("coordinator"));
        let named: Vec<String> = owners.iter().map(|owner| format!("'{owner}'")).collect();
        let accounts = khomo.lines(&format!(
            "SELECT account_id AS line FROM review_answer \
             WHERE campaign_id = '{id}' AND agency_id IN ({}) AND verdict IS NULL",
            named.join(", ")
        ));
        let (own, others): (Vec<_>, Vec<_>) =
            accounts.into_iter().partition(|account| account.as_str() == coordinator.as_str());
        for (who, those) in [(&coordinator, others), (&self.deputy, own)] {
            let keep = |account: String| (format!("verdict-{account}"), "keep".to_owned());
            let answers: people::Answers = those.into_iter().map(keep).collect();
            khomo.db().write(&self.ctx_of(who), |tx| people::answer(tx, profile, id, &answers)).unwrap();
        }
        for owner in owners {
            self.book.end((Kind::AccountReview, owner.as_str(), id.as_str()), today, false);
        }
    }

    // ── The catalogue and the plan ──

    /// What the coordinating department decides on its days.
    async fn decide(&mut self) {
        let today = self.today();
        if ISSUED.contains(&today.to_string().as_str()) {
            self.issue(today).await;
        }
        let day = today.format("%d/%m").to_string();
        if day == BEGINS {
            self.begin(today).await;
        }
        for promise in self.promises.clone() {
            self.keep(&promise, today);
        }
        if day == ENDS {
            self.close();
        }
    }

    /// Issues a catalogue of all that is published; the next review counts from that day.
    async fn issue(&mut self, today: NaiveDate) {
        let (khomo, profile) = (&self.khomo, self.khomo.app.profile());
        let id = crate::plan::drafted(khomo);
        let attached = crate::plan::signed(khomo).await;
        khomo
            .db()
            .write(&khomo.ctx("coordinator"), |tx| {
                let seen = catalogue::by_id(tx.conn(), &id)?.mark();
                catalogue::submit(tx, profile, &id, &seen)
            })
            .unwrap();
        let form = decided_on(today);
        khomo
            .db()
            .write(&self.ctx_of(&self.deputy), |tx| catalogue::issue(tx, profile, &id, &form, Ok(attached)))
            .unwrap();
        let months = Months::new(profile.opendata.review_months.value);
        let due = Calendar::of(profile).on_or_after(today + months);
        if let Some(before) = self.issued_on.replace(today) {
            self.book.end((Kind::CatalogueReview, CATALOGUE, &before.to_string()), today, false);
        }
        self.book.owe(Kind::CatalogueReview, CATALOGUE, &today.to_string(), due);
    }

    /// Has the plan of the year written, approved and begun, with an item of each agency.
    async fn begin(&mut self, today: NaiveDate) {
        let (khomo, profile, year) = (&self.khomo, self.khomo.app.profile(), today.year());
        let slugs = khomo.lines("SELECT slug AS line FROM agency WHERE slug LIKE 'co-quan-%' ORDER BY slug");
        let (plan, items) = khomo
            .db()
            .write(&khomo.ctx("coordinator"), |tx| {
                let id = yearly::draft_plan(tx, profile, &year.to_string())?;
                let mut items: Vec<PlanItemId> = Vec::new();
                for (slug, target) in slugs.iter().zip(TARGETS) {
                    let form = yearly::ItemForm {
                        title: format!("Dữ liệu của {slug}"),
                        agency: slug.clone(),
                        target_on: format!("{target}/{year}"),
                        level: "2".to_owned(),
                        seen: yearly::by_id(tx.conn(), &id)?.mark(),
                        ..yearly::ItemForm::default()
                    };
                    items.push(yearly::save_item(tx, profile, &id, &form)?);
                }
                let seen = yearly::by_id(tx.conn(), &id)?.mark();
                yearly::submit(tx, profile, &id, &seen)?;
                Ok((id, items))
            })
            .unwrap();
        let (attached, form) = (crate::plan::signed(khomo).await, decided_on(today));
        khomo
            .db()
            .write(&self.ctx_of(&self.deputy), |tx| {
                yearly::approve(tx, profile, &plan, &form, Ok(attached))?;
                yearly::begin(tx, profile, &plan)
            })
            .unwrap();
        for (number, (item, target)) in items.into_iter().zip(TARGETS).enumerate() {
            let target = NaiveDate::parse_from_str(&format!("{target}/{year}"), "%d/%m/%Y").unwrap();
            let due = Calendar::of(profile).on_or_after(target);
            self.book.owe(Kind::PlanItem, item.as_str(), &year.to_string(), due);
            let fate = (number + usize::try_from(year).unwrap()) % TARGETS.len();
            self.promises.push(Promise { plan: plan.clone(), item, year, due, fate });
        }
    }

    /// Does an item on its last day, or a week later, or drops it, or leaves it.
    fn keep(&mut self, Promise { plan, item, year, due, fate }: &Promise, today: NaiveDate) {
        let (khomo, profile) = (&self.khomo, self.khomo.app.profile());
        let day = [Some(*due), Some(*due + Days::new(7)), Some(*due - Days::new(3)), None][*fate];
        if day != Some(today) {
            return;
        }
        let dropped = *fate == 2;
        let there = "SELECT slug AS line FROM dataset WHERE state = 'published' AND slug LIKE 'bo-%' ORDER BY slug";
        let form = yearly::SettleForm {
            dataset: khomo.lines(there).remove(0),
            reason: REASON.to_owned(),
            ..yearly::SettleForm::default()
        };
        khomo
            .db()
            .write(&khomo.ctx("coordinator"), |tx| {
                if dropped {
                    yearly::drop_item(tx, profile, plan, item, &form)
                } else {
                    yearly::settle(tx, profile, plan, item, &form)
                }
            })
            .unwrap();
        self.book.end((Kind::PlanItem, item.as_str(), &year.to_string()), today, dropped);
    }

    /// Ends the plan of the year; what was left stays undone.
    fn close(&mut self) {
        let (khomo, profile) = (&self.khomo, self.khomo.app.profile());
        let sure = yearly::CloseForm { sure: "1".to_owned() };
        if let Some(Promise { plan, .. }) = self.promises.first() {
            khomo.db().write(&khomo.ctx("coordinator"), |tx| yearly::close(tx, profile, plan, &sure)).unwrap();
        }
        self.promises.clear();
    }

    /// Who edits a dataset.
    fn editor(&self, agency: &AgencyId) -> AccountId {
        self.agencies.iter().find(|(id, _)| id == agency).unwrap().1.clone()
    }

    fn confirm(&self, id: &DatasetId) -> Result<(), Error> {
        let (khomo, profile) = (&self.khomo, self.khomo.app.profile());
        let found = khomo.db().read(|conn| dataset::by_id(conn, id))?;
        let counted = found.counts_from.unwrap_or(0).to_string();
        let form = ConfirmForm { checked: CHECKED.to_owned(), declared: "1".to_owned(), counted };
        let ctx = khomo.ctx_of(Actor::Account(self.editor(&found.agency_id)));
        khomo.db().write(&ctx, |tx| cycle::confirm_unchanged(tx, profile, id, &form))
    }

    fn extend(&self, id: &DatasetId) -> Result<(), Error> {
        let (khomo, profile) = (&self.khomo, self.khomo.app.profile());
        let found = khomo.db().read(|conn| dataset::by_id(conn, id))?;
        let due = found.counted().timeliness(profile, self.today()).due.unwrap_or(self.today()).max(self.today());
        let most = i64::from(profile.duty.extension_most_days.value).min(5);
        let to = Calendar::of(profile).add_working_days(due, most).to_string();
        let ctx = khomo.ctx_of(Actor::Account(self.editor(&found.agency_id)));
        let form = ExtensionForm { to, reason: REASON.to_owned() };
        let asked = khomo.db().write(&ctx, |tx| cycle::ask_extension(tx, profile, id, &form))?;
        let answer = AnswerForm::default();
        khomo.db().write(&khomo.ctx("coordinator"), |tx| cycle::grant_extension(tx, profile, &asked, &answer))?;
        Ok(())
    }

    /// The condition of the datasets that owe an update, by the pure rule.
    fn owing(&self) -> String {
        let (profile, today, from) = (self.khomo.app.profile(), self.today(), self.khomo.clock.now());
        let mut owing = vec!["FALSE".to_owned()];
        for frequency in FREQUENCIES {
            for in_catalogue in [true, false] {
                let counted = Counted { from, frequency, in_catalogue, listed_at: None, extended_to: None };
                if counted.timeliness(profile, today).due.is_some() {
                    owing.push(format!("(frequency = '{frequency}' AND in_catalogue = {in_catalogue})"));
                }
            }
        }
        format!("state = 'published' AND ({})", owing.join(" OR "))
    }

    /// Whether all of it holds today; of the datasets' stages, those of every so many of them.
    fn check(&mut self, every: usize) {
        let (khomo, today, owing) = (&self.khomo, self.today(), self.owing());
        let none = |what: &str, sql: &str| assert_eq!(khomo.lines(sql), NONE, "{today}: {what}");
        let open = "SELECT subject FROM duty WHERE kind = 'update' AND ended_at IS NULL";
        none(
            "two open rounds",
            "SELECT subject AS line FROM duty WHERE ended_at IS NULL GROUP BY kind, subject HAVING count(*) > 1",
        );
        none("a round is lost", &format!("SELECT id AS line FROM dataset WHERE {owing} AND id NOT IN ({open})"));
        none(
            "a round that nobody owes",
            &format!(
                "SELECT subject AS line FROM ({open}) AS o WHERE subject NOT IN (SELECT id FROM dataset WHERE {owing})"
            ),
        );
        let most = khomo.app.profile().duty.reminder_days.value.len();
        none("too many reminders", &format!("SELECT id AS line FROM duty WHERE reminded > {most}"));
        // Each agency hears once on a day, of everything together.
        none(
            "told twice",
            "SELECT account_id AS line FROM notice WHERE event IN ('duty-reminder', 'duty-head', 'duty-coordinator', 'duty-unheard', \
             'duty-week', 'duty-week-own', 'duty-vacant') \
             GROUP BY account_id, event, at HAVING count(*) > 1",
        );
        none(
            "announced twice",
            "SELECT payload AS line FROM job WHERE kind = 'announcement' GROUP BY payload HAVING count(*) > 1",
        );

        // Totals by state are the sums of the parts.
        let counts = khomo.db().read(|conn| duty::counts(conn, None, true)).unwrap();
        let mut totals: BTreeMap<&str, u64> = BTreeMap::new();
        let mut parts = BTreeSet::new();
        for one in &counts {
            *totals.entry(one.stage.code()).or_default() += one.count;
            parts.insert(format!("{} {} {} {}", one.agency, one.kind.code(), one.stage.code(), one.count));
        }
        let totals: Vec<String> = totals.into_iter().map(|(stage, count)| format!("{stage} {count}")).collect();
        let by_state = "SELECT state || ' ' || count(*) AS line FROM duty GROUP BY state ORDER BY state";
        assert_eq!(totals, khomo.lines(by_state), "{today}");
        let by_part = "SELECT agency_id || ' ' || kind || ' ' || state || ' ' || count(*) AS line FROM duty \
                       GROUP BY agency_id, kind, state";
        assert_eq!(parts, khomo.lines(by_part).into_iter().collect(), "{today}");

        // Each round that was opened is there, each that was ended stands in the log once, and stays as it ended.
        assert_eq!(khomo.count("audit_entry WHERE action = 'duty.open'"), khomo.count("duty"), "{today}");
        let ended = khomo.count("duty WHERE ended_at IS NOT NULL");
        assert_eq!(khomo.count("audit_entry WHERE action = 'duty.end'"), ended, "{today}");
        for (id, row) in ended_rows(khomo, self.seen) {
            let before = self.ended.insert(id, row.clone());
            assert!(before.is_none_or(|before| before == row), "{today}: a round that was over changed: {row}");
        }
        self.seen = khomo.clock.now();

        // The engine's stages are those of the rule that the public's badges come from.
        let profile = khomo.app.profile();
        for id in self.datasets.iter().step_by(every) {
            let found = khomo
                .db()
                .read(|conn| Ok((dataset::by_id(conn, id)?, duty::rounds(conn, Kind::Update, id.as_str(), 40)?)));
            let (found, rounds) = found.unwrap();
            let open = rounds.into_iter().find(|round| !round.stage.is_over());
            let rule = found.counted().timeliness(profile, today);
            if found.state() != dataset::State::Published {
                assert_eq!(open, None, "{today}");
                continue;
            }
            let Some((due, open)) = rule.due.zip(open) else { continue };
            let state = match open.stage {
                Stage::Planned | Stage::Open => State::OnTime,
                Stage::Soon | Stage::Due => State::DueSoon,
                Stage::Overdue => State::Late,
                Stage::Done | Stage::Excused => unreachable!("it is open"),
            };
            assert_eq!((open.days.due, state), (due, rule.state), "{today}: {id}");
            assert_eq!((Some(open.days.soon), open.agency), (rule.soon_from, found.agency_id), "{today}: {id}");
        }
    }

    /// The numbers of the board are sums of what is there: of today by agency, and of each quarter, closed or not.
    fn board(&self) {
        let (khomo, today, profile) = (&self.khomo, self.today(), self.khomo.app.profile());
        let reader = khomo.db().write(&khomo.ctx("coordinator"), |tx| account::acting(tx, profile)).unwrap();
        let standing = khomo.db().read(|conn| board::standing(conn, &reader, profile, None, today)).unwrap();
        let shown: BTreeSet<String> = standing
            .rows
            .iter()
            .filter(|row| row.updates() + row.duties_overdue > 0)
            .map(|row| format!("{} {} {} {} {}", row.agency, row.on_time, row.soon, row.overdue, row.duties_overdue))
            .collect();
        let sum = |those: &str| format!("SUM(CASE WHEN {those} THEN 1 ELSE 0 END)");
        let [on_time, soon, overdue] = ["'planned', 'open'", "'soon', 'due'", "'overdue'"]
            .map(|states| sum(&format!("kind = 'update' AND state IN ({states})")));
        let (late, any) = (sum("state = 'overdue'"), sum("kind = 'update' OR state = 'overdue'"));
        let there = khomo.lines(&format!(
            "SELECT agency_id || ' ' || {on_time} || ' ' || {soon} || ' ' || {overdue} || ' ' || {late} AS line \
             FROM duty WHERE ended_at IS NULL GROUP BY agency_id HAVING {any} > 0"
        ));
        assert_eq!(shown, there.into_iter().collect(), "{today}");

        let turns = khomo.db().read(|conn| board::trend(conn, None, None, (profile, today))).unwrap();
        assert_eq!(turns.last().map(|turn| turn.quarter), Some(Quarter::of(today)), "{today}");
        for turn in turns {
            let of = turn.quarter;
            let (agencies, _) = khomo.db().read(|conn| board::past(conn, &reader, (profile, today), of, None)).unwrap();
            let sum = agencies.iter().fold(Outcomes::default(), |sum, row| sum.and(&row.outcomes));
            assert_eq!(sum, turn.outcomes, "{today}: {of}");
            let total = Outcome::ALL.iter().map(|outcome| sum.of(*outcome)).sum::<u64>();
            let counted = if turn.is_closed() {
                format!("quarter_duty WHERE quarter_id = '{of}'")
            } else {
                let from = of.moments(profile.province.timezone_minutes).0.0;
                format!(
                    "duty WHERE due_on BETWEEN '{}' AND '{}' AND (ended_at IS NULL OR ended_at >= {from})",
                    of.first(),
                    of.last()
                )
            };
            assert_eq!(i64::try_from(total).unwrap(), khomo.count(&counted), "{today}: {of}");
        }
    }

    /// Writes into the book what opens by itself: the returns of a quarter that is over, and a review of accounts on its day.
    fn expect(&mut self) {
        let (today, profile) = (self.today(), self.khomo.app.profile());
        if Quarter::of(today) != self.quarter {
            assert_eq!(Quarter::of(today), self.quarter.next(), "the walk is there in every quarter");
            let due = return_due(profile, self.quarter);
            for owner in self.owners() {
                self.book.owe(Kind::Return, owner.as_str(), &self.quarter.to_string(), due);
            }
            self.quarter = self.quarter.next();
        }
        if self.review_on.is_some_and(|day| day <= today) {
            self.review_on = Some(today + Months::new(profile.accounts.review_months.value));
            let opened = self.khomo.lines("SELECT id AS line FROM review_campaign WHERE ended_at IS NULL");
            assert_eq!(opened.len(), 1, "{today}");
            let (id, due) = (CampaignId::parse(&opened[0]).unwrap(), last_to_answer(profile, today));
            for owner in self.owners().into_iter().chain([self.khomo.agency(AWAY)]) {
                self.book.owe(Kind::AccountReview, owner.as_str(), id.as_str(), due);
            }
            self.review = Some(Review { id, opened: today, due, silent: 0 });
        }
        let open = self.review.as_ref().is_some_and(|review| today <= review.due);
        assert_eq!(self.khomo.count("review_campaign WHERE ended_at IS NULL"), i64::from(open), "{today}");
    }

    /// The portal has the rounds that the book has, and each of them as the walk knows it; of updates the book has only some.
    fn agrees(&self) {
        let today = self.today();
        let kept = self.khomo.lines(
            "SELECT kind || ' ' || subject || ' ' || turn || ' ' || due_on || ' ' || CASE WHEN state = 'done' AND NOT late \
             THEN 'done-in-time' WHEN state = 'done' THEN 'done-late' WHEN state = 'excused' AND NOT late THEN 'excused' \
             ELSE 'undone' END AS line FROM duty WHERE kind <> 'update'",
        );
        let (count, kept, own) = (kept.len(), kept.into_iter().collect::<BTreeSet<_>>(), self.book.rounds());
        let differs: Vec<&String> = kept.symmetric_difference(&own).collect();
        assert!(differs.is_empty(), "{today}: {differs:?}");
        assert_eq!(count, own.len(), "{today}: one of them is there twice");
    }

    /// What was kept at the close of a quarter is what people had done until then, in time, late, not at all, or not owed any more.
    fn closed(&mut self) {
        for code in self.khomo.lines("SELECT id AS line FROM quarter WHERE state = 'closed' ORDER BY id") {
            if self.frozen.contains_key(&code) {
                continue;
            }
            let expected = self.book.of_quarter(Quarter::parse(&code).unwrap());
            self.frozen.insert(code.clone(), expected);
            self.kept(&code);
        }
    }

    /// Whether a closed quarter keeps what it is to keep. Of updates those are compared that an act ended, where there is one a day.
    fn kept(&self, code: &str) {
        let acts = "q.ended_how IN ('version', 'unchanged', 'withdrawn')";
        let updates = if self.book.0.keys().any(|(kind, ..)| *kind == Kind::Update.code()) { acts } else { "1 = 0" };
        let mut kept: Vec<String> = self
            .khomo
            .lines(&format!(
                "SELECT d.kind || ' ' || d.subject || ' ' || d.turn || ' ' || q.outcome AS line FROM quarter_duty AS q \
                 JOIN duty AS d ON d.id = q.duty_id \
                 WHERE q.quarter_id = '{code}' AND (q.kind <> 'update' OR {updates})"
            ))
            .into_iter()
            .map(|line| if line.starts_with("update ") { without_number(&line) } else { line })
            .collect();
        kept.sort_unstable();
        assert_eq!(kept, self.frozen[code], "{}: {code}", self.today());
    }

    /// A second turn of the same day writes nothing.
    async fn again(&self) {
        let before = self.khomo.heads();
        self.khomo.raw("UPDATE job SET due_at = 0 WHERE kind = 'duty-turn'").unwrap();
        run_due(&self.khomo.app, &self.turns).await.unwrap();
        assert_eq!(self.khomo.heads(), before, "{}", self.today());
    }

    /// Goes through days, doing so many acts on each.
    async fn live(mut self, days: Vec<NaiveDate>, acts: usize, every: usize) -> Self {
        self.daily = days.windows(2).all(|pair| pair[0].succ_opt() == Some(pair[1]));
        for (number, day) in days.into_iter().enumerate() {
            if day.ordinal() == 1 {
                self = self.go_restarted(day).await;
            } else if turns_a_quarter(day) {
                self.go_together(day).await;
            } else {
                self.go(day).await;
            }
            self.expect();
            self.check(every);
            self.agrees();
            self.closed();
            if number % 10 == 0 {
                self.again().await;
            }
            if turns_a_quarter(day) {
                self.board();
            }
            self.answers();
            self.returns();
            // The whole province decides nothing: what the small one decides takes all of its days.
            if self.agencies.len() == TARGETS.len() {
                self.decide().await;
            }
            self.act(acts);
        }
        for code in self.frozen.keys() {
            self.kept(code);
        }
        let ended: HashMap<String, String> = ended_rows(&self.khomo, Timestamp(0)).into_iter().collect();
        for (id, row) in &self.ended {
            assert_eq!(ended.get(id), Some(row), "rounds that are over stay as they are");
        }
        assert!(!self.ended.is_empty(), "something was done in three years");
        assert_eq!(self.khomo.db().read(audit::verify).unwrap().broken_at, None);
        self
    }

    /// The returns stand where the walk left them: those that were signed in time and late, and those that were not when their quarter was
    /// closed.
    fn returned(&self) {
        let states = |state: &str| self.khomo.count(&format!("quarter_return WHERE state = '{state}'"));
        for (state, outcome) in [("signed", Outcome::InTime), ("late", Outcome::Late)] {
            let signed = self.book.count(Kind::Return, outcome);
            assert!(signed > 0, "{state}");
            assert_eq!(states(state), signed, "{state}");
        }
        let missing = self.khomo.count("duty WHERE kind = 'return' AND ended_how = 'not-handed-in'");
        assert_eq!(
            (states("missing"), states("missing") + states("open")),
            (missing, self.book.count(Kind::Return, Outcome::Undone))
        );
        let taken_back = self.book.count(Kind::Return, Outcome::Excused);
        assert!(taken_back > 0);
        assert_eq!(self.khomo.count("audit_entry WHERE action = 'return.recall'"), taken_back);
    }
}

/// A line about a round without the number that one bears which comes again.
fn without_number(line: &str) -> String {
    let words = line.split(' ').map(|word| word.split('/').next().unwrap_or_default());
    words.collect::<Vec<_>>().join(" ")
}

/// The rounds that ended from a moment on, whole.
fn ended_rows(khomo: &Khomo, since: Timestamp) -> Vec<(String, String)> {
    let sql = format!(
        "SELECT id || ' ' || agency_id || ' ' || turn || ' ' || title || ' ' || due_on || ' ' || state || ' ' || ended_how || ' ' \
         || ended_at || ' ' || CASE WHEN late THEN 'late' ELSE '' END AS line \
         FROM duty WHERE ended_at IS NOT NULL AND changed_at >= {}",
        since.0
    );
    khomo.lines(&sql).into_iter().map(|row| (row.split(' ').next().unwrap().to_owned(), row)).collect()
}

/// The days of the three years after one that are wanted; all of them where the suite was asked for that.
fn days(from: NaiveDate, wanted: impl Fn(NaiveDate) -> bool) -> Vec<NaiveDate> {
    let all = std::env::var("KHOMO_SIMULATION").is_ok_and(|asked| asked == "days");
    let count = usize::try_from(YEARS * 365 + 1).unwrap();
    from.iter_days().skip(1).take(count).filter(|day| all || wanted(*day)).collect()
}

/// The first or the last day of a quarter.
fn turns_a_quarter(day: NaiveDate) -> bool {
    let first = |day: NaiveDate| day.day() == 1 && day.month0().is_multiple_of(3);
    first(day) || day.succ_opt().is_some_and(first)
}

#[actix_web::test]
async fn in_a_whole_province_no_duty_is_lost_or_doubled_in_three_years() {
    let turns = [duties::TURN, quarter::TURN, people::ACCOUNT_REVIEW];
    let mut province = Province::new(Khomo::start(), 300, 2000, &turns).await;
    // What is announced is told to nobody here, so that the days cost what the engine costs; it waits as jobs, which are counted.
    province.turns = province.turns.clone().without(&[account::ANNOUNCEMENT]);
    let profile = province.khomo.app.profile();
    let late = |day: NaiveDate| day == day_of_late_returns(profile, Quarter::of(day).previous());
    // On the last day of a review its last reminder is given, and without it nobody is locked.
    let answered = |day: NaiveDate| day == last_to_answer(profile, Quarter::of(day).previous().last());
    let days = days(province.today(), |day| turns_a_quarter(day) || late(day) || answered(day));
    let province = province.live(days, 60, 50).await;
    // Every agency owed a return of each quarter, and each was closed over those that nobody handed in.
    let khomo = &province.khomo;
    let closed = khomo.count("quarter WHERE state = 'closed'");
    assert!(closed >= 11, "{closed}: from the third quarter of 2026 to the first of 2029");
    assert_eq!(khomo.count("quarter_return"), 12 * 301);
    province.returned();
    assert!(khomo.count("review_campaign") >= 5, "every half year");
    for outcome in [Outcome::InTime, Outcome::Undone] {
        assert!(province.book.count(Kind::AccountReview, outcome) > 5 * 100, "{}", outcome.code());
    }
}

#[actix_web::test]
async fn on_each_day_of_three_years_the_sums_are_the_sums_of_the_parts() {
    let turns = [duties::TURN, quarter::TURN, people::ACCOUNT_REVIEW];
    let province = Province::new(Khomo::start(), 4, 24, &turns).await;
    let days = days(province.today(), |_| true);
    let province = province.live(days, 1, 6).await;
    // Returns were owed, and each quarter was closed over those that nobody handed in.
    let khomo = &province.khomo;
    assert_eq!(
        khomo.count("quarter WHERE state = 'closed'"),
        12,
        "from the third quarter of 2026 to the second of 2029"
    );
    assert_eq!(khomo.count("quarter_return"), 12 * 5);
    province.returned();
    // Of each other kind some were done in time, and some were not; and what was kept at a close has all of that.
    let book = &province.book;
    let (in_time, late) = (Outcome::InTime, Outcome::Late);
    for (kind, outcomes) in [
        (Kind::AccountReview, vec![in_time, Outcome::Undone]),
        (Kind::CatalogueReview, vec![in_time, late, Outcome::Undone]),
        (Kind::PlanItem, Outcome::ALL.to_vec()),
        (Kind::Update, vec![in_time, late, Outcome::Excused]),
    ] {
        for outcome in outcomes {
            assert!(book.count(kind, outcome) > 0, "{} {}", kind.code(), outcome.code());
        }
    }
    for outcome in Outcome::ALL {
        let end = format!(" {}", outcome.code());
        assert!(province.frozen.values().flatten().any(|line| line.ends_with(&end)), "{end}");
    }
}

#[actix_web::test]
async fn under_every_other_rule_set_three_years_pass_as_well() {
    for rules in RULES {
        let khomo = Khomo::start_with(&[("KHOMO_PROFILE", rules)]);
        let mut province = Province::new(khomo, 2, 8, &[duties::TURN, quarter::TURN, people::ACCOUNT_REVIEW]).await;
        // Accounts that nobody answers for in a review are locked: here the rows alone change.
        let first = province.today();
        for (number, day) in
            days(first, |day| turns_a_quarter(day) || (day - first).num_days() % 9 == 0).into_iter().enumerate()
        {
            province.go(day).await;
            province.check(2);
            if number % 10 == 0 {
                province.again().await;
            }
            let id = province.datasets[province.draw.below(8)].clone();
            let khomo = &province.khomo;
            let now = khomo.clock.now().0;
            khomo
                .raw(&format!("UPDATE dataset SET updated_at = {now}, counts_from = {now} WHERE id = '{id}'"))
                .unwrap();
            let profile = khomo.app.profile();
            khomo.db().write(&khomo.ctx_of(Actor::System), |tx| cycle::renew(tx, profile, &id)).unwrap();
        }
        let khomo = &province.khomo;
        assert!(khomo.count("duty WHERE kind = 'account-review' AND ended_at IS NOT NULL") > 0, "{rules}");
        assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None, "{rules}");
    }
}

// ── Work that breaks off, clocks that jump, two programs ──

/// Agencies with so many monthly datasets each, all published at the start, and the day on which the first reminder comes.
async fn all_due_together(khomo: &Khomo, agencies: usize, each: usize) -> (Vec<(AgencyId, AccountId)>, NaiveDate) {
    let mut agencies = enter_agencies(khomo, agencies);
    // In the order in which they are told.
    agencies.sort();
    let now = khomo.clock.now().0;
    let rows: Vec<(AgencyId, &str, bool, i64)> =
        agencies.iter().flat_map(|(id, _)| (0..each).map(move |_| (id.clone(), "monthly", true, now))).collect();
    enter_datasets(khomo, &rows).await;
    // A month from 4 September ends on 5 October; ten working days before that is the first reminder.
    (agencies, "2026-09-21".parse().unwrap())
}

/// Makes the database refuse whatever is said of an agency's duties.
fn refuse(khomo: &Khomo, agency: &AgencyId, what: &str) {
    let sql = if khomo.db().is_embedded() {
        format!(
            "CREATE TRIGGER broken BEFORE {what} ON duty WHEN NEW.agency_id = '{agency}' \
             BEGIN SELECT RAISE(ABORT, 'broken off'); END"
        )
    } else {
        format!(
            "CREATE FUNCTION broken() RETURNS trigger AS $$ BEGIN RAISE EXCEPTION 'broken off'; END $$ LANGUAGE plpgsql; \
             CREATE TRIGGER broken BEFORE {what} ON duty FOR EACH ROW WHEN (NEW.agency_id = '{agency}') EXECUTE FUNCTION broken()"
        )
    };
    khomo.raw(&sql).unwrap();
}

fn allow(khomo: &Khomo) {
    let sql = if khomo.db().is_embedded() {
        "DROP TRIGGER broken"
    } else {
        "DROP TRIGGER broken ON duty; DROP FUNCTION broken()"
    };
    khomo.raw(sql).unwrap();
}

/// How often each of some people heard of a reminder.
fn reminders(khomo: &Khomo, people: &[(AgencyId, AccountId)]) -> Vec<i64> {
    people
        .iter()
        .map(|(_, person)| khomo.count(&format!("notice WHERE event = 'duty-reminder' AND account_id = '{person}'")))
        .collect()
}

async fn work(khomo: &Khomo) {
    run_due(&khomo.app, &at_work(khomo, &[duties::TURN])).await.unwrap();
}

async fn until(khomo: &Khomo, day: NaiveDate) {
    work(khomo).await;
    while khomo.app.today() < day {
        khomo.clock.advance(DAY);
        work(khomo).await;
    }
}

#[actix_web::test]
async fn a_turn_that_breaks_off_anywhere_is_gone_on_with_after_a_restart() {
    let khomo = Khomo::start();
    let (agencies, remind_on) = all_due_together(&khomo, 6, 3).await;
    let hinder = &agencies[3].0;

    // While rounds are opened: nothing of the portion stands.
    work(&khomo).await;
    refuse(&khomo, hinder, "INSERT");
    khomo.clock.advance(DAY);
    work(&khomo).await;
    assert_eq!((khomo.count("duty"), khomo.count("audit_entry WHERE action = 'duty.open'")), (0, 0));
    let khomo = khomo.restart(|_| {});
    allow(&khomo);
    khomo.clock.advance(900);
    work(&khomo).await;
    assert_eq!((khomo.count("duty"), khomo.count("audit_entry WHERE action = 'duty.open'")), (18, 18));

    // While reminders go out: who has heard has heard, the others hear later.
    until(&khomo, remind_on.pred_opt().unwrap()).await;
    assert_eq!(reminders(&khomo, &agencies), [0; 6]);
    refuse(&khomo, hinder, "UPDATE OF reminded");
    khomo.clock.advance(DAY);
    work(&khomo).await;
    assert_eq!(khomo.app.today(), remind_on);
    let heard = reminders(&khomo, &agencies);
    assert_eq!(heard, [1, 1, 1, 0, 0, 0], "those that come before it");
    let khomo = khomo.restart(|_| {});
    for _ in 0..3 {
        khomo.clock.advance(900);
        work(&khomo).await;
        assert_eq!(reminders(&khomo, &agencies), heard, "as long as it breaks off there");
    }
    allow(&khomo);
    khomo.clock.advance(900);
    work(&khomo).await;
    assert_eq!(reminders(&khomo, &agencies), [1; 6]);
    assert_eq!(khomo.count("job WHERE kind = 'duty-turn' AND state = 'waiting' AND attempts = 0"), 1);
    khomo.clock.advance(DAY);
    work(&khomo).await;
    assert_eq!(reminders(&khomo, &agencies), [1; 6]);
    assert_eq!(khomo.count("duty WHERE ended_at IS NULL"), 18);
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

/// As [`until`], with the turns of the quarters.
async fn nights(khomo: &Khomo, day: &str) {
    let (handlers, day) = (at_work(khomo, &[duties::TURN, quarter::TURN]), day.parse::<NaiveDate>().unwrap());
    run_due(&khomo.app, &handlers).await.unwrap();
    while khomo.app.today() < day {
        khomo.clock.advance(DAY);
        run_due(&khomo.app, &handlers).await.unwrap();
    }
}

/// The quarter whose returns stand on the board.
fn returns_of(khomo: &Khomo) -> Option<String> {
    let (today, profile) = (khomo.app.today(), khomo.app.profile());
    let reader = khomo.db().write(&khomo.ctx("coordinator"), |tx| account::acting(tx, profile)).unwrap();
    let standing = khomo.db().read(|conn| board::standing(conn, &reader, profile, None, today)).unwrap();
    standing.returns.map(|row| row.quarter.to_string())
}

#[actix_web::test]
async fn wherever_the_clock_jumps_nothing_is_doubled() {
    const HOUR: i64 = 3600;
    const OWED: &str = "duty WHERE kind = 'return' AND ended_at IS NULL";
    let khomo = Khomo::start();
    let (agencies, remind_on) = all_due_together(&khomo, 3, 4).await;
    nights(&khomo, &remind_on.to_string()).await;
    let quarters = || khomo.lines("SELECT id || ' ' || state AS line FROM quarter ORDER BY id");
    assert_eq!(reminders(&khomo, &agencies), [1; 3]);
    let most = i64::try_from(khomo.app.profile().duty.reminder_days.value.len()).unwrap();
    for jump in [HOUR, -HOUR, 2 * DAY, -2 * DAY, 400 * DAY, -400 * DAY] {
        khomo.clock.advance(jump);
        let today = khomo.app.today().to_string();
        for _ in 0..2 {
            nights(&khomo, &today).await;
            khomo.raw("UPDATE job SET due_at = 0 WHERE kind IN ('duty-turn', 'quarter-turn')").unwrap();
        }
        nights(&khomo, &today).await;
        assert_eq!(khomo.count("duty WHERE kind = 'update'"), 12, "{jump}: no round more or less");
        assert_eq!(khomo.count("duty WHERE kind = 'update' AND ended_at IS NOT NULL"), 0, "{jump}");
        let wrong = format!("duty WHERE reminded > {most}");
        assert_eq!((khomo.count(&wrong), khomo.count("job WHERE state = 'dead'")), (0, 0), "{jump}");
        assert_eq!(khomo.lines("SELECT day AS line FROM duty_run"), [khomo.app.today().to_string()], "{jump}");
        // Far ahead all reminders that are left come as one.
        let expected = if jump == 400 * DAY || jump == -400 * DAY { 2 } else { 1 };
        assert_eq!(reminders(&khomo, &agencies), [expected; 3], "{jump}");
        let rule = khomo.lines("SELECT DISTINCT state AS line FROM duty WHERE kind = 'update'");
        assert_eq!(rule, [if jump == 400 * DAY { "overdue" } else { "open" }], "{jump}: it stands where the day says");
        // Returns are owed of what is over, and once the clock is back of nothing that a clock ahead ended.
        let (there, ended) = if jump.abs() == 400 * DAY { (6, 5) } else { (1, 0) };
        let stand = quarters();
        let over = stand.iter().filter(|line| line.ends_with(" ended")).count();
        let open = stand.iter().filter(|line| line.ends_with(" open")).count();
        assert_eq!((stand.len(), over, open), (there, ended, there - ended), "{jump}: {stand:?}");
        let far = jump == 400 * DAY;
        assert_eq!(khomo.count(OWED), if far { khomo.count("quarter_return") } else { 0 }, "{jump}");
        assert_eq!(returns_of(&khomo), far.then(|| "2027-Q3".to_owned()), "{jump}");
    }
    let (all, third) = (khomo.count("quarter_return"), khomo.count("quarter_return WHERE quarter_id = '2026-Q3'"));
    assert_eq!(all, 5 * third);

    // The quarter ends on its day, and its return is owed by its day.
    nights(&khomo, "2026-09-30").await;
    assert_eq!((khomo.count(OWED), returns_of(&khomo)), (0, None));
    assert_eq!(reminders(&khomo, &agencies), [2; 3]);
    nights(&khomo, "2026-10-01").await;
    assert_eq!(quarters()[..2], ["2026-Q3 ended", "2026-Q4 open"]);
    assert_eq!((khomo.count("quarter_return"), khomo.count(OWED)), (all, third));
    let round = khomo.lines(&format!("SELECT DISTINCT turn || ' ' || due_on AS line FROM {OWED}"));
    assert_eq!(round, ["2026-Q3/2 2026-10-21"]);
    assert_eq!(returns_of(&khomo).as_deref(), Some("2026-Q3"));
    let told = "notice WHERE event = 'quarter-opened' AND link = '/internal/quarter/2026-Q4'";
    assert_eq!(khomo.count(told), 3, "when it begins");
    nights(&khomo, "2026-10-27").await;
    assert_eq!(quarters()[0], "2026-Q3 ended");
    nights(&khomo, "2026-10-28").await;
    assert_eq!(quarters()[..2], ["2026-Q3 closed", "2026-Q4 open"]);
    assert_eq!((khomo.count("quarter_return WHERE state = 'missing'"), khomo.count(OWED)), (third, 0));
    assert_eq!(khomo.lines("SELECT quarter AS line FROM release"), ["2026-Q3"]);

    // Nobody hears again of what the far days brought forward; of the return once at each of its reminders.
    nights(&khomo, "2026-11-05").await;
    let times = "SELECT CAST(reminded AS TEXT) AS line FROM duty WHERE kind = 'return' AND turn = '2026-Q3/2'";
    let expected = agencies.iter().map(|(agency, _)| {
        let times = khomo.lines(&format!("{times} AND agency_id = '{agency}'")).remove(0).parse::<i64>().unwrap();
        assert!(times > 0);
        2 + times
    });
    assert_eq!(reminders(&khomo, &agencies), expected.collect::<Vec<i64>>());
    assert_eq!(khomo.count("audit_entry WHERE action = 'quarter.close'"), 1);
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn two_programs_at_once_open_and_tell_everything_once() {
    let khomo = Khomo::start();
    let (agencies, remind_on) = all_due_together(&khomo, 12, 5).await;
    let second = khomo.second_program();
    let handlers = at_work(&khomo, &[duties::TURN]);
    run_due(&khomo.app, &handlers).await.unwrap();
    while khomo.app.today() < remind_on {
        khomo.clock.advance(DAY);
        let (one, two) = tokio::join!(run_due(&khomo.app, &handlers), run_due(&second, &handlers));
        one.unwrap();
        two.unwrap();
    }
    assert_eq!((khomo.count("duty"), khomo.count("audit_entry WHERE action = 'duty.open'")), (60, 60));
    assert_eq!(reminders(&khomo, &agencies), [1; 12]);

    // One that was thought dead comes back in the middle of the other's work, and after it: it writes nothing.
    let due = Calendar::of(khomo.app.profile()).add_working_days(remind_on, 7);
    khomo.clock.advance((due - khomo.app.today()).num_days() * DAY);
    let system = || khomo.ctx_of(Actor::System);
    let lost = khomo.db().write(&system(), |tx| queue::take(tx, &[duties::TURN], 1)).unwrap().remove(0);
    khomo.clock.advance(queue::LEASE + 1);
    let ctx = system();
    let profile = &khomo.app.parts.profile;
    let (late, done) = tokio::join!(duties::turn(khomo.db(), &ctx, profile, &lost), run_due(&second, &handlers));
    done.unwrap();
    let after = duties::turn(khomo.db(), &ctx, profile, &lost).await;
    assert!(after.unwrap_err().has("job-lost"));
    // Whichever of the two had the job to its end, the other had it not.
    assert!(late.is_ok() || late.is_err_and(|error| error.has("job-lost")));
    work(&khomo).await;
    assert_eq!(reminders(&khomo, &agencies), [2; 12]);
    assert_eq!(khomo.count("duty"), 60);
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn publications_in_the_middle_of_the_turn_keep_the_rounds_that_they_open() {
    let khomo = Khomo::start();
    let (agencies, _) = all_due_together(&khomo, 6, 20).await;
    work(&khomo).await;
    let ids: Vec<DatasetId> = khomo
        .lines("SELECT id AS line FROM dataset WHERE state = 'published' ORDER BY id")
        .iter()
        .filter_map(|id| DatasetId::parse(id))
        .collect();
    let handlers = at_work(&khomo, &[duties::TURN]);
    for day in 0..6 {
        khomo.clock.advance(DAY);
        // All that is there differs: whose it is.
        let owner = &agencies[day % agencies.len()].0;
        khomo.raw(&format!("UPDATE dataset SET agency_id = '{owner}' WHERE slug LIKE 'bo-%'")).unwrap();
        // Another program publishes each of them in turn meanwhile, the last ones first.
        let (db, ctx, profile) = (khomo.second_db(), khomo.ctx_of(Actor::System), khomo.app.profile().clone());
        let publishing = ids.clone();
        let other = std::thread::spawn(move || {
            for id in publishing.iter().rev() {
                db.write(&ctx, |tx| {
                    dataset::lock(tx, id)?;
                    diesel::update(rows::table.find(id))
                        .set((rows::counts_from.eq(Some(ctx.at.0)), rows::updated_at.eq(Some(ctx.at.0))))
                        .execute(tx.conn())?;
                    cycle::renew(tx, &profile, id)
                })
                .unwrap();
            }
        });
        run_due(&khomo.app, &handlers).await.unwrap();
        other.join().unwrap();
        let wrong = "SELECT subject AS line FROM duty WHERE ended_how IN ('withdrawn', 'not-owed')";
        assert_eq!(khomo.lines(wrong), NONE, "on day {day} the turn ended what a publication had opened");
        let open = "duty AS d JOIN dataset AS s ON s.id = d.subject WHERE d.ended_at IS NULL AND d.turn = ";
        let turn = if khomo.db().is_embedded() { "CAST(s.counts_from AS TEXT)" } else { "s.counts_from::text" };
        assert_eq!(khomo.count(&format!("{open}{turn}")), ids.len() as i64, "day {day}");
        assert_eq!(khomo.count("duty WHERE ended_at IS NULL"), ids.len() as i64, "day {day}");
        let done = khomo.lines("SELECT day AS line FROM duty_run");
        assert_eq!(
            done,
            [khomo.app.today().to_string()],
            "the turn was finished, and waited for nobody who waited for it"
        );
    }
    assert_eq!(khomo.db().read(audit::verify).unwrap().broken_at, None);
}

#[actix_web::test]
async fn the_command_goes_through_all_duties_unless_a_program_is_at_it() {
    let khomo = Khomo::start();
    all_due_together(&khomo, 2, 2).await;
    // The command goes by the machine's clock: which day that is does not matter here.
    let said = khomo.command(&["duties", "turn", "--json"], &[]).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    let told: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!((&told["changed"], khomo.count("duty")), (&serde_json::json!(4), 4));
    let before = khomo.heads();
    let again = khomo.command(&["duties", "turn"], &[]).output().unwrap();
    let words = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(again.status.success() && words.contains("changed 0") && words.contains("agencies told 0"), "{words}");
    assert_eq!(khomo.heads(), before, "what agrees is not written");
    // A lease that does not end soon, as of a program that is at it.
    let far = "UPDATE job SET state = 'running', token = token + 1, lease_until = ";
    let now = Clock::system().now();
    khomo.raw(&format!("{far} {} WHERE kind = 'duty-turn'", now.plus_seconds(50).0)).unwrap();
    let refused = khomo.command(&["--lang", "en", "duties", "turn"], &[]).output().unwrap();
    let words = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(refused.status.code() == Some(2) && words.contains("Another program"), "{words}");
}

// ── Mail ──

#[actix_web::test]
async fn a_province_s_reminders_reach_everybody_once_after_a_day_without_a_mail_server() {
    const AGENCIES: usize = 300;
    /// Hours between two looks at the queue: every letter that waits is tried at each, which is what takes time here.
    const APART: i64 = 4;
    let server = SmtpServer::start();
    let way = format!("smtp://127.0.0.1:{}", server.port);
    let from = "Cổng dữ liệu <du-lieu@lacdien.example>";
    let khomo = Khomo::start_with(&[("KHOMO_MAIL", way.as_str()), ("KHOMO_MAIL_FROM", from)]);
    let (agencies, remind_on) = all_due_together(&khomo, AGENCIES, 2).await;
    until(&khomo, remind_on.pred_opt().unwrap()).await;
    assert_eq!(khomo.count("mail"), 0);
    server.is(Mood::Away);
    khomo.clock.advance(DAY);
    for _ in 0..24 / APART {
        work(&khomo).await;
        assert_eq!(khomo.count("mail WHERE state = 'queued'"), AGENCIES as i64, "nothing is lost");
        khomo.clock.advance(APART * 3600);
    }
    assert_eq!((reminders(&khomo, &agencies), server.letters().len()), (vec![1; AGENCIES], 0));
    server.is(Mood::Takes);
    for _ in 0..4 {
        khomo.clock.advance(900);
        work(&khomo).await;
    }
    let letters = server.letters();
    let mut to: Vec<String> = letters.iter().map(|letter| header(letter, "To")).collect();
    to.sort();
    assert_eq!(to.len(), AGENCIES, "each once");
    for number in 0..AGENCIES {
        let own = format!("nguoi-{number}@lacdien.example");
        assert_eq!(to.iter().filter(|one| one.contains(&own)).count(), 1, "{own}");
    }
    assert_eq!(server.ids().into_iter().collect::<BTreeSet<_>>().len(), AGENCIES);
    assert_eq!((khomo.count("mail WHERE state <> 'sent'"), khomo.count("job WHERE kind = 'mail'")), (0, 0));
}

//! Three years of a province by the injected clock: whatever people do, whatever breaks off and wherever the clock stands, each duty is
//! there once, stands where the pure rule says, and is told of once.
//!
//! The whole province (300 agencies, 2,000 datasets) is gone through around the ends of quarters, with its returns and closes; a small one on
//! every day, and one under each rule set every ninth day and around the ends of quarters. With `KHOMO_SIMULATION=days` all of them are gone
//! through on every day.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use diesel::prelude::*;
use khomo::cycle::{self, AnswerForm, ConfirmForm, ExtensionForm};
use khomo::dataset;
use khomo::duty::{self, Calendar, Counted, Kind, Outcome, Outcomes, Stage, State};
use khomo::kernel::id::{AccountId, AgencyId, DatasetId};
use khomo::kernel::{Actor, Clock, Error, Timestamp};
use khomo::platform::queue;
use khomo::schema::dataset as rows;
use khomo::worker::duties;
use khomo::worker::jobs::{Handlers, run_due};
use khomo::{account, agency, alert, audit, board, calendar, notify, people, quarter, release, scan, table};

use crate::support::kit::{Khomo, SMALL, new_account, new_agency};
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

/// A province that lives by the clock.
struct Province {
    khomo: Khomo,
    turns: Handlers,
    agencies: Vec<(AgencyId, AccountId)>,
    datasets: Vec<DatasetId>,
    draw: Draw,
    /// Rounds that ended, as they were when they did, and from when on others may have.
    ended: HashMap<String, String>,
    seen: Timestamp,
}

impl Province {
    async fn new(khomo: Khomo, agencies: usize, datasets: usize, turns: &[&str]) -> Self {
        let agencies = enter_agencies(&khomo, agencies);
        let mut draw = Draw(agencies.len() as u64);
        let now = khomo.clock.now();
        let rows: Vec<(AgencyId, &str, bool, i64)> = (0..datasets)
            .map(|_| {
                let owner = agencies[draw.below(agencies.len())].0.clone();
                let back = i64::try_from(draw.below(300)).unwrap() * DAY;
                (owner, FREQUENCIES[draw.below(8)], draw.below(3) == 0, now.plus_seconds(-back).0)
            })
            .collect();
        let datasets = enter_datasets(&khomo, &rows).await;
        let turns = at_work(&khomo, turns);
        // The rhythm begins; the first turn comes in the night.
        run_due(&khomo.app, &turns).await.unwrap();
        Self { khomo, turns, agencies, datasets, draw, ended: HashMap::new(), seen: Timestamp(0) }
    }

    fn today(&self) -> NaiveDate {
        self.khomo.app.today()
    }

    /// Goes to a day and does what is due on it.
    async fn go(&self, day: NaiveDate) {
        self.khomo.clock.advance((day - self.today()).num_days() * DAY);
        run_due(&self.khomo.app, &self.turns).await.unwrap();
        let done = self.khomo.lines("SELECT day AS line FROM duty_run");
        assert_eq!(done, [day.to_string()], "the turn was not finished");
    }

    /// Lets people do this and that.
    fn act(&mut self, acts: usize) {
        let khomo = &self.khomo;
        let now = khomo.clock.now().0;
        let (mut sql, mut told, mut said) = (Vec::new(), BTreeSet::new(), Vec::new());
        for _ in 0..acts {
            let id = self.datasets[self.draw.below(self.datasets.len())].clone();
            let change = |set: &str| format!("UPDATE dataset SET {set} WHERE id = '{id}';");
            match self.draw.below(20) {
                // A new version, of what was there or of what was taken back.
                0..9 => {
                    let set = format!(
                        "state = 'published', updated_at = {now}, counts_from = {now}, extended_to = NULL, withdrawn_at = NULL"
                    );
                    sql.push(change(&set));
                    told.insert(id);
                }
                9..13 => said.push((id, true)),
                13..16 => said.push((id, false)),
                16 => {
                    sql.push(change(&format!("state = 'withdrawn', withdrawn_at = {now}")));
                    told.insert(id);
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
            if let Err(error) = done {
                let expected = ["not-published", "unchanged-not-owed", "unchanged-rules"];
                assert!(expected.iter().any(|code| error.has(code)), "{error}");
            }
        }
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
        assert_eq!(turns.last().map(|turn| turn.quarter), Some(quarter::Quarter::of(today)), "{today}");
        for turn in turns {
            let of = turn.quarter;
            let (agencies, _) = khomo.db().read(|conn| board::past(conn, &reader, profile, of, None)).unwrap();
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

    /// A second turn of the same day writes nothing.
    async fn again(&self) {
        let before = self.khomo.heads();
        self.khomo.raw("UPDATE job SET due_at = 0 WHERE kind = 'duty-turn'").unwrap();
        run_due(&self.khomo.app, &self.turns).await.unwrap();
        assert_eq!(self.khomo.heads(), before, "{}", self.today());
    }

    /// Goes through days, doing so many acts on each.
    async fn live(&mut self, days: impl IntoIterator<Item = NaiveDate>, acts: usize, every: usize) {
        for (number, day) in days.into_iter().enumerate() {
            self.go(day).await;
            self.check(every);
            if number % 10 == 0 {
                self.again().await;
            }
            if turns_a_quarter(day) {
                self.board();
            }
            self.act(acts);
        }
        let ended: HashMap<String, String> = ended_rows(&self.khomo, Timestamp(0)).into_iter().collect();
        for (id, row) in &self.ended {
            assert_eq!(ended.get(id), Some(row), "rounds that are over stay as they are");
        }
        assert!(!self.ended.is_empty(), "something was done in three years");
        assert_eq!(self.khomo.db().read(audit::verify).unwrap().broken_at, None);
    }
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
    let mut province = Province::new(Khomo::start(), 300, 2000, &[duties::TURN, quarter::TURN]).await;
    // What is announced is told to nobody here, so that the days cost what the engine costs; it waits as jobs, which are counted.
    province.turns = province.turns.clone().without(&[account::ANNOUNCEMENT]);
    let days = days(province.today(), turns_a_quarter);
    province.live(days, 60, 50).await;
    // Every agency owed a return of each quarter, and each was closed over those that nobody handed in.
    let khomo = &province.khomo;
    let closed = khomo.count("quarter WHERE state = 'closed'");
    assert!(closed >= 11, "{closed}: from the third quarter of 2026 to the first of 2029");
    let ended = khomo.count("duty WHERE kind = 'return' AND ended_how = 'not-handed-in'");
    assert!(ended >= closed * 300, "{ended}");
    assert_eq!(ended, khomo.count("quarter_return WHERE state = 'missing'"));
}

#[actix_web::test]
async fn on_each_day_of_three_years_the_sums_are_the_sums_of_the_parts() {
    let mut province = Province::new(Khomo::start(), 4, 24, &[duties::TURN, quarter::TURN]).await;
    let days = days(province.today(), |_| true);
    province.live(days, 1, 6).await;
    // Returns were owed, and each quarter was closed over those that nobody handed in.
    let khomo = &province.khomo;
    assert_eq!(
        khomo.count("quarter WHERE state = 'closed'"),
        12,
        "from the third quarter of 2026 to the second of 2029"
    );
    let returns = khomo.count("quarter_return");
    assert_eq!(khomo.count("duty WHERE kind = 'return' AND ended_how = 'not-handed-in'"), returns);
    assert!(returns >= 12 * 4, "{returns}");
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
        let there = if jump.abs() == 400 * DAY { 6 } else { 1 };
        let over = if jump == 400 * DAY { 5 } else { 0 };
        let stand = quarters();
        let ended = stand.iter().filter(|line| line.ends_with(" ended")).count();
        let open = stand.iter().filter(|line| line.ends_with(" open")).count();
        assert_eq!((stand.len(), ended, open), (there, over, there - over), "{jump}: {stand:?}");
        let owed = if over > 0 { khomo.count("quarter_return") } else { 0 };
        assert_eq!(khomo.count(OWED), owed, "{jump}");
        assert_eq!(returns_of(&khomo), (over > 0).then(|| "2027-Q3".to_owned()), "{jump}");
    }
    let (all, third) = (khomo.count("quarter_return"), khomo.count("quarter_return WHERE quarter_id = '2026-Q3'"));
    assert_eq!(all, 5 * third);

    // The quarter ends on its day, and its return is owed by its day.
    nights(&khomo, "2026-09-30").await;
    assert_eq!((quarters()[0].as_str(), khomo.count(OWED), returns_of(&khomo)), ("2026-Q3 open", 0, None));
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

//! Seeding: the demo's content goes through import and review, each version on its own day.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::content::{
    self, Answer, Column, Content, Dataset, More, Reply, Report, Request, Return, Unchanged, Version,
};
use super::open_data;
use crate::account::NewAccount;
use crate::agency::NewAgency;
use crate::cli::{ingest_and_keep, runtime};
use crate::cycle::{self, AnswerForm as Granting, ConfirmForm, ExtensionForm, ExtensionState};
use crate::dataset::contract;
use crate::dataset::{ColumnNote, Import, Metadata, NewResource, Where};
use crate::duty::Calendar;
use crate::http::Parts;
use crate::kernel::id::{AccountId, AgencyId, DataRequestId, DatasetId, ReportId};
use crate::kernel::{Actor, Ctx, Error, Kind as Refusal, Localized, Result, Timestamp};
use crate::platform::db::Tx;
use crate::platform::seal::Seal;
use crate::platform::{password, scratch};
use crate::profile::Profile;
use crate::quarter::{self, ItemForm, Quarter, ReturnForm};
use crate::table::ingest::report::Kind;
use crate::table::ingest::{Choices, typing};
use crate::table::{self, Declaration, Object};
use crate::vocabulary::LAST_DAY_OF_63;
use crate::voice::request::{self, AnswerForm, AskForm, ShowForm};
use crate::voice::{self, Filing, ReportForm};
use crate::{account, agency, dataset, demand, map, review, scan, statistics};

/// The accounts made, with their passwords: shown once.
#[derive(Debug, Default)]
pub struct Seeded {
    /// Name, user name, role and password.
    pub accounts: Vec<(String, String, String, String)>,
}

/// Hour of the day at which the demo publishes, in the province's time.
const HOUR: i64 = 9;

struct Seeder<'a> {
    parts: &'a Parts,
    today: NaiveDate,
    agencies: HashMap<String, AgencyId>,
    people: HashMap<(String, String), AccountId>,
    /// What readers said, by dataset and what they said.
    reports: HashMap<(String, String), ReportId>,
    /// What readers asked for, by their words.
    requests: HashMap<String, DataRequestId>,
}

/// Something that happened on a day.
enum Event<'a> {
    Version(&'a Dataset, &'a Version),
    Report(&'a Report),
    Answer(&'a Report, &'a Answer),
    Request(&'a Request),
    Reply(&'a Request, &'a Reply),
    /// So many days ago the quarters were turned.
    Turn(u64),
    /// So many days ago an agency signed its return of a quarter.
    Signed(&'a Return, Quarter, u64),
    Issue(&'a open_data::Issue),
    Plan(&'a open_data::Plan),
    /// So many days ago somebody signed that nothing changed.
    Unchanged(&'a Unchanged, u64),
    More(&'a More),
    /// So many days ago more time was granted.
    Granted(&'a More, u64),
}

impl Event<'_> {
    fn days_ago(&self) -> u64 {
        match self {
            Self::Version(_, version) => version.published_days_ago,
            Self::Report(report) => report.days_ago,
            Self::Answer(_, answer) => answer.days_ago,
            Self::Request(request) => request.days_ago,
            Self::Reply(_, reply) => reply.days_ago,
            Self::Turn(days_ago)
            | Self::Signed(_, _, days_ago)
            | Self::Unchanged(_, days_ago)
            | Self::Granted(_, days_ago) => *days_ago,
            Self::More(more) => more.days_ago,
            Self::Issue(issue) => issue.days_ago,
            Self::Plan(plan) => plan.days_ago,
        }
    }
}

/// Everything that happened, in no order but that a dataset's versions follow one another.
fn story(content: &Content) -> Vec<Event<'_>> {
    let versions = content
        .datasets
        .iter()
        .flat_map(|dataset| dataset.versions.iter().map(move |version| Event::Version(dataset, version)));
    let answers = content.reports.iter().filter_map(|report| Some(Event::Answer(report, report.answer.as_ref()?)));
    let requests = content.requests.iter().map(Event::Request);
    let replies = content.requests.iter().filter_map(|asked| Some(Event::Reply(asked, asked.answer.as_ref()?)));
    let said = content.reports.iter().map(Event::Report).chain(answers).chain(requests).chain(replies);
    let issues = content.open_data.issue.iter().map(Event::Issue);
    let unchanged = content
        .updates
        .unchanged
        .iter()
        .flat_map(|said| said.days_ago.iter().map(move |days_ago| Event::Unchanged(said, *days_ago)));
    let asked = content.updates.extensions.iter().map(Event::More);
    let granted =
        content.updates.extensions.iter().filter_map(|more| Some(Event::Granted(more, more.granted_days_ago?)));
    let decided = issues.chain([Event::Plan(&content.open_data.plan)]);
    versions.chain(said).chain(decided).chain(unchanged).chain(asked).chain(granted).collect()
}

/// What happened in the quarters: the two before the present one were opened and, as far as the day has come, signed and closed.
fn quarters<'a>(content: &'a Content, profile: &Profile, today: NaiveDate) -> Vec<Event<'a>> {
    let present = Quarter::of(today);
    let calendar = Calendar::of(profile);
    let ago = |day: NaiveDate| u64::try_from((today - day).num_days()).ok();
    let mut events: Vec<Event<'a>> = Vec::new();
    for quarter in [present.previous().previous(), present.previous()] {
        let after = |days: u32| calendar.add_working_days(quarter.last(), i64::from(days));
        let (due, close) = (profile.duty.return_days.value, profile.duty.close_days.value);
        events.extend(
            [quarter.first(), quarter.next().first(), after(close)].into_iter().filter_map(ago).map(Event::Turn),
        );
        for said in &content.returns {
            let day = after(if said.late { due + 1 } else { due / 2 });
            events.extend(ago(day).map(|days_ago| Event::Signed(said, quarter, days_ago)));
        }
    }
    events
}

/// Enters agencies and people, then imports and publishes every version; `progress` hears how many versions are done, how many
/// there are, and the title at hand.
///
/// # Errors
/// What the commands refuse; the content is tested, so nothing should be.
pub fn seed(parts: &Parts, progress: &mut dyn FnMut(usize, usize, &str)) -> Result<Seeded> {
    let content = content::load()?;
    let today = parts.db.clock().now().date(parts.profile.province.timezone_minutes);
    let mut seeder = Seeder {
        parts,
        today,
        agencies: HashMap::new(),
        people: HashMap::new(),
        reports: HashMap::new(),
        requests: HashMap::new(),
    };
    let seeded = seeder.people(&content)?;
    let mut story = story(&content);
    story.extend(quarters(&content, &parts.profile, today));
    // In the order of days, so that the audit log reads as it would have been written.
    story.sort_by_key(|event| std::cmp::Reverse(event.days_ago()));
    let total = story.len();
    let mut ids = HashMap::new();
    for (done, event) in story.into_iter().enumerate() {
        match event {
            Event::Version(dataset, version) => {
                progress(done, total, &dataset.title_vi);
                let id = seeder.publish(dataset, version, &content.reports, ids.get(&dataset.slug))?;
                ids.insert(dataset.slug.clone(), id);
            }
            Event::Report(report) => seeder.report(report, &content)?,
            Event::Answer(report, answer) => seeder.answer(report, answer, &content)?,
            Event::Request(request) => seeder.request(request, &content)?,
            Event::Reply(request, reply) => seeder.reply(request, reply)?,
            Event::Turn(days_ago) => {
                let ctx = Ctx::new(Actor::System, seeder.at(days_ago));
                parts.db.write(&ctx, |tx| quarter::advance(tx, &parts.profile))?;
            }
            Event::Signed(said, quarter, days_ago) => seeder.sign(said, quarter, days_ago)?,
            Event::Issue(issue) => seeder.issue(issue, &content)?,
            Event::Plan(plan) => {
                let (first, second) = seeder.coordinators(&content, plan.days_ago)?;
                open_data::plan(parts, plan, today, &first, &second)?;
            }
            Event::Unchanged(said, days_ago) => {
                let ctx = seeder.ctx(owner(&content, &said.dataset)?, "editor", days_ago)?;
                seeder.keep(ids.get(&said.dataset), &ctx, |tx, id| confirm(tx, &parts.profile, id, said))?;
            }
            Event::More(more) => {
                let ctx = seeder.ctx(owner(&content, &more.dataset)?, "editor", more.days_ago)?;
                let to = today.checked_add_days(Days::new(more.days_ahead)).unwrap_or(today);
                let form = ExtensionForm { to: to.to_string(), reason: more.reason.clone() };
                seeder.keep(ids.get(&more.dataset), &ctx, |tx, id| {
                    cycle::ask_extension(tx, &parts.profile, id, &form).map(drop)
                })?;
            }
            Event::Granted(more, days_ago) => {
                let (_, coordinator) = seeder.coordinators(&content, days_ago)?;
                seeder.keep(ids.get(&more.dataset), &coordinator, |tx, id| grant(tx, &parts.profile, id, more))?;
            }
        }
    }
    for dataset in &content.datasets {
        if let (Some(withdrawn), Some(id)) = (&dataset.withdrawn, ids.get(&dataset.slug)) {
            let ctx = seeder.ctx(&dataset.agency, "approver", withdrawn.days_ago)?;
            let reason = Localized { vi: withdrawn.reason_vi.clone(), en: Some(withdrawn.reason_en.clone()) };
            parts.db.write(&ctx, |tx| review::withdraw(tx, &parts.profile, id, &reason))?;
        }
    }
    open_data::settle(parts, &content.open_data.plan, &seeder.coordinators(&content, 0)?.0)?;
    seeder.usage(&content, &ids)?;
    seeder.boundaries()?;
    progress(total, total, "");
    Ok(seeded)
}

impl Seeder<'_> {
    /// A moment so many days ago.
    fn at(&self, days_ago: u64) -> Timestamp {
        let day = self.today.checked_sub_days(Days::new(days_ago)).unwrap_or(self.today);
        let midnight = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        let at = midnight + HOUR * 3_600_000 - i64::from(self.parts.profile.province.timezone_minutes) * 60_000;
        Timestamp(at.min(self.parts.db.clock().now().0))
    }

    /// The circumstances of an act of an agency's person.
    fn ctx(&self, agency: &str, role: &str, days_ago: u64) -> Result<Ctx> {
        let key = (agency.to_owned(), role.to_owned());
        let person = self.people.get(&key).ok_or_else(|| Error::internal(format!("demo: no {role} at {agency}")))?;
        Ok(Ctx::new(Actor::Account(person.clone()), self.at(days_ago)))
    }

    fn people(&mut self, content: &Content) -> Result<Seeded> {
        // Everybody is there a month before the first version is published.
        let first = content
            .datasets
            .iter()
            .flat_map(|dataset| &dataset.versions)
            .map(|version| version.published_days_ago)
            .max();
        let ctx = Ctx::new(Actor::System, self.at(first.unwrap_or(0) + 30));
        let from = ctx.at.date(self.parts.profile.province.timezone_minutes).to_string();
        let mut seeded = Seeded::default();
        let mut secrets = HashMap::new();
        for person in shown(content) {
            let secret = password::generate(self.parts.profile.accounts.password.min_length.value)?;
            secrets.insert(person.to_owned(), (password::hash(&secret)?, secret));
        }
        self.parts.db.write(&ctx, |tx| {
            for new in &content.agencies {
                let made = agency::register(
                    tx,
                    NewAgency {
                        slug: new.slug.clone(),
                        name_vi: new.name_vi.clone(),
                        name_en: Some(new.name_en.clone()),
                        kind: new.kind.clone(),
                        e_identifier: Some(new.e_identifier.clone()),
                        phone: Some(new.phone.clone()),
                        email: Some(new.email.clone()),
                        valid_from: new.valid_from.clone(),
                    },
                )?;
                self.agencies.insert(new.slug.clone(), made.id);
            }
            for new in &content.accounts {
                let home = self
                    .agencies
                    .get(&new.agency)
                    .ok_or_else(|| Error::internal(format!("demo: no agency {}", new.agency)))?;
                let coordinating =
                    content.agencies.iter().any(|agency| agency.slug == new.agency && agency.coordinating);
                let mut roles = vec![(home.clone(), new.role.clone())];
                if coordinating && ["editor", "approver"].contains(&new.role.as_str()) {
                    roles.push((home.clone(), account::role::COORDINATOR.to_owned()));
                }
                let made = account::create(
                    tx,
                    NewAccount {
                        user_name: new.user_name.clone(),
                        email: new.email.clone(),
                        full_name: new.name.clone(),
                        roles,
                        valid_from: from.clone(),
                    },
                )?;
                if let Some((hash, secret)) = secrets.get(&new.user_name) {
                    account::set_password(tx, &made, hash, false)?;
                    seeded.accounts.push((new.name.clone(), new.user_name.clone(), new.role.clone(), secret.clone()));
                }
                self.people.entry((new.agency.clone(), new.role.clone())).or_insert(made);
            }
            Ok(())
        })?;
        Ok(seeded)
    }

    /// The invented communes on the map, since the day of the real ones.
    fn boundaries(&self) -> Result<()> {
        let new = map::NewSet {
            level: map::Level::Commune,
            valid_from: LAST_DAY_OF_63.succ_opt().unwrap_or(LAST_DAY_OF_63),
            valid_to: None,
            source: "ranh giới minh họa của tỉnh giả định Lạc Điền, do chương trình tạo ra".to_owned(),
            licence: "dùng tự do, không mô tả nơi nào có thật".to_owned(),
            units: super::generate::communes(),
        };
        let ctx = Ctx::new(Actor::System, self.at(0));
        self.parts.db.write(&ctx, |tx| map::replace(tx, new)).map(drop)
    }

    /// Somebody keeps the duty of a dataset. Rules of another profile, under which nothing is owed or the day lies elsewhere, leave it
    /// undone.
    fn keep(
        &self,
        dataset: Option<&DatasetId>,
        by: &Ctx,
        act: impl FnOnce(&mut Tx<'_>, &DatasetId) -> Result<()>,
    ) -> Result<()> {
        let id = dataset.ok_or_else(|| Error::internal("demo: a duty before its dataset"))?;
        match self.parts.db.write(by, |tx| act(tx, id)) {
            Err(error) if matches!(error.kind(), Refusal::Conflict | Refusal::Invalid) => Ok(()),
            done => done,
        }
    }

    /// An agency's head writes its return of a quarter and signs it, as every profile lets heads do; one that owes none says nothing.
    fn sign(&self, said: &Return, of: Quarter, days_ago: u64) -> Result<()> {
        let (profile, code) = (&self.parts.profile, of.to_string());
        let owner = self.agencies.get(&said.agency).ok_or_else(|| Error::internal("demo: no agency"))?;
        let ctx = self.ctx(&said.agency, account::role::AGENCY_HEAD, days_ago)?;
        self.parts.db.write(&ctx, |tx| {
            let (person, now) = (account::acting(tx, profile)?, tx.ctx().at);
            let shown = match quarter::shown(tx.conn(), &person, profile, &code, owner, now) {
                Err(error) if error.kind() == Refusal::NotFound => return Ok(()),
                shown => shown?,
            };
            let form = ReturnForm {
                remarks: said.remarks.clone(),
                handling: said.handling.clone(),
                needs: said.needs.clone(),
                seen: shown.of.mark(),
                ..ReturnForm::default()
            };
            quarter::save(tx, profile, &code, owner, &form)?;
            for one in &said.elsewhere {
                // What the return before named is there already.
                if shown.items.iter().any(|item| item.title == one.title) {
                    continue;
                }
                let form = ItemForm {
                    title: one.title.clone(),
                    kind: one.kind.clone(),
                    kept_at: one.kept_at.clone(),
                    visibility: one.visibility.clone(),
                    planned_on: String::new(),
                };
                quarter::add_item(tx, profile, &code, owner, &form)?;
            }
            let seen = quarter::shown(tx.conn(), &person, profile, &code, owner, now)?.mark();
            quarter::sign(tx, profile, &code, owner, &seen).map(drop)
        })
    }

    fn publish(
        &self,
        dataset: &Dataset,
        version: &Version,
        reports: &[Report],
        known: Option<&DatasetId>,
    ) -> Result<DatasetId> {
        let published = version.published(self.today);
        let work = scratch::folder(&self.parts.settings.scratch)?;
        let editor = self.ctx(&dataset.agency, "editor", version.published_days_ago)?;
        let mut resources = Vec::new();
        for resource in &dataset.resources {
            let path = work.path().join(resource.file_name());
            let mut file = std::io::BufWriter::new(std::fs::File::create(&path)?);
            resource.write(version.number, published, &mut file)?;
            std::io::Write::flush(&mut file)?;
            // The dictionary says which columns are codes, however much they look like numbers.
            let kinds = resource
                .columns
                .iter()
                .filter(|column| column.kind == "text")
                .map(|column| (column.title.clone(), Kind::Text))
                .collect();
            let choices =
                Choices { typing: typing::Choices { kinds, ..typing::Choices::default() }, ..Choices::default() };
            let kept = ingest_and_keep(self.parts, &path, &choices, &declared(&editor), false)?;
            resources.push(NewResource {
                name: resource.name.clone(),
                title: Localized { vi: resource.title_vi.clone(), en: resource.title_en.clone() },
                dictionary: resource.columns.iter().map(note).collect(),
                table: kept.row,
            });
        }
        let place = match known {
            Some(id) => Where::Existing(id.clone()),
            None => Where::New {
                slug: dataset.slug.clone(),
                agency: self
                    .agencies
                    .get(&dataset.agency)
                    .cloned()
                    .ok_or_else(|| Error::internal("demo: no agency"))?,
            },
        };
        let import = Import {
            dataset: place,
            metadata: Some(metadata(dataset, self.today)),
            note: Some(Localized { vi: version.note_vi.clone(), en: version.note_en.clone() }),
            resources,
        };
        let (db, profile) = (&self.parts.db, &self.parts.profile);
        let approver = self.ctx(&dataset.agency, "approver", version.published_days_ago)?;
        let (id, draft) = db.write(&editor, |tx| dataset::import(tx, import))?;
        for report in
            reports.iter().filter(|one| one.dataset == dataset.slug && one.corrected_in == Some(version.number))
        {
            let report = self.reported(report)?;
            db.write(&editor, |tx| voice::begin_correction(tx, profile, report, &version.note_vi))?;
        }
        let (runtime, system, files) = (runtime()?, self.system(&editor), &self.parts.files);
        runtime.block_on(scan::ensure(db, files, profile, &system, &draft))?;
        runtime.block_on(contract::ensure(db, files, work.path(), &system, &draft))?;
        db.write(&editor, |tx| review::submit(tx, profile, &id, &version.note_vi))?;
        db.write(&approver, |tx| review::approve(tx, profile, &id, &version.note_vi))?;
        Ok(id)
    }

    /// A reader says something, and the agency looks whether it is so.
    fn report(&mut self, report: &Report, content: &Content) -> Result<()> {
        let (db, profile) = (&self.parts.db, &self.parts.profile);
        let form = ReportForm {
            kind: report.kind.clone(),
            place: report.place.clone(),
            description: report.description.clone(),
            ..ReportForm::default()
        };
        // Nobody leaves an address, so that nothing is sealed.
        let (seal, receipt) = (Seal::new(&[]), voice::receipt_of(&report.description));
        let filing = Filing { profile, seal: &seal, receipt: &receipt };
        let reader = Ctx::new(Actor::Public, self.at(report.days_ago));
        let id = db.write(&reader, |tx| voice::file(tx, filing, &report.dataset, &form))?;
        if report.verified || report.corrected_in.is_some() {
            let editor = self.ctx(owner(content, &report.dataset)?, "editor", report.days_ago)?;
            db.write(&editor, |tx| voice::verify(tx, profile, &id))?;
        }
        self.reports.insert((report.dataset.clone(), report.description.clone()), id);
        Ok(())
    }

    fn reported(&self, report: &Report) -> Result<&ReportId> {
        let key = (report.dataset.clone(), report.description.clone());
        self.reports.get(&key).ok_or_else(|| Error::internal("demo: something became of a report before it was filed"))
    }

    /// The agency answers a reader.
    fn answer(&self, report: &Report, answer: &Answer, content: &Content) -> Result<()> {
        let id = self.reported(report)?;
        let editor = self.ctx(owner(content, &report.dataset)?, "editor", answer.days_ago)?;
        let say = if answer.not_an_error { voice::reject } else { voice::answer };
        self.parts.db.write(&editor, |tx| say(tx, &self.parts.profile, id, &answer.text))
    }

    /// A reader asks for data, others need the same, and the coordinating department lets the words out and says whose it is.
    fn request(&mut self, request: &Request, content: &Content) -> Result<()> {
        let (db, profile) = (&self.parts.db, &self.parts.profile);
        let form = AskForm {
            wanted: request.wanted.clone(),
            purpose: request.purpose.clone(),
            agency: request.agency.clone().unwrap_or_default(),
            ..AskForm::default()
        };
        // Nobody leaves an address, so that nothing is sealed.
        let (seal, receipt) = (Seal::new(&[]), voice::receipt_of(&request.wanted));
        let filing = Filing { profile, seal: &seal, receipt: &receipt };
        let reader = Ctx { lang: request.lang, ..Ctx::new(Actor::Public, self.at(request.days_ago)) };
        let id = db.write(&reader, |tx| request::file(tx, filing, &form))?;
        self.requests.insert(request.wanted.clone(), id.clone());
        if !request.shown {
            return Ok(());
        }
        let home = content.agencies.iter().find(|agency| agency.coordinating);
        let home = home.ok_or_else(|| Error::internal("demo: nobody coordinates"))?;
        let coordinator = self.ctx(&home.slug, "editor", request.days_ago)?;
        let words = ShowForm { title: request.wanted.clone(), words: request.purpose.clone() };
        let number = db.write(&coordinator, |tx| {
            request::show(tx, profile, &id, &words)?;
            if let Some(agency) = &request.agency {
                request::assign(tx, profile, &id, agency)?;
            }
            request::number_of(tx.conn(), &id)
        })?;
        db.write(&reader, |tx| {
            (1..request.supporters).try_for_each(|_| number.map_or(Ok(()), |number| request::support(tx, number)))
        })
    }

    /// The agency answers a request.
    fn reply(&self, request: &Request, reply: &Reply) -> Result<()> {
        let known = self.requests.get(&request.wanted);
        let id = known.ok_or_else(|| Error::internal("demo: an answer before its request"))?;
        let promised = self.today.checked_add_days(Days::new(reply.days_ahead)).unwrap_or(self.today);
        let form = AnswerForm {
            kind: reply.kind.clone(),
            dataset: reply.dataset.clone(),
            refusal: reply.refusal.clone(),
            promised: promised.to_string(),
            answer: reply.text.clone(),
            ..AnswerForm::default()
        };
        let editor = self.ctx(request.agency.as_deref().unwrap_or_default(), "editor", reply.days_ago)?;
        self.parts.db.write(&editor, |tx| request::answer(tx, &self.parts.profile, id, &form))
    }

    /// The coordinating department issues a catalogue: one person submits it, another enters the decision.
    fn issue(&self, issue: &open_data::Issue, content: &Content) -> Result<()> {
        let (first, second) = self.coordinators(content, issue.days_ago)?;
        open_data::issue(self.parts, issue, &first, &second)
    }

    /// The circumstances of acts of two persons of the coordinating department.
    fn coordinators(&self, content: &Content, days_ago: u64) -> Result<(Ctx, Ctx)> {
        let home = content.agencies.iter().find(|agency| agency.coordinating);
        let home = home.ok_or_else(|| Error::internal("demo: nobody coordinates"))?;
        Ok((self.ctx(&home.slug, "editor", days_ago)?, self.ctx(&home.slug, "approver", days_ago)?))
    }

    /// The program's own circumstances at the moment of somebody's act.
    #[allow(clippy::unused_self, reason = "it stands beside the circumstances of people")]
    fn system(&self, of: &Ctx) -> Ctx {
        Ctx::new(Actor::System, of.at)
    }

    /// Made-up counts of use since each dataset was published: each day of the last five weeks, and before that one day for every ten, so
    /// that lists have an order and lines have a shape. Beside them what was searched for in vain.
    fn usage(&self, content: &Content, ids: &HashMap<String, DatasetId>) -> Result<()> {
        let minutes = self.parts.profile.province.timezone_minutes;
        let mut counts = Vec::new();
        for (place, dataset) in (1_i64..).zip(&content.datasets) {
            let Some(id) = ids.get(&dataset.slug) else { continue };
            let first = dataset.versions.iter().map(|version| version.published_days_ago).max().unwrap_or(0);
            let first = i64::try_from(first).unwrap_or(0).min(400);
            let (recent, earlier) = ((1..=35).filter(|ago| *ago <= first), (45..=first).step_by(10));
            for ago in recent.chain(earlier) {
                let day = self.at(u64::try_from(ago).unwrap_or(0)).date(minutes);
                // Fewer on days of rest, more the longer the portal is there, each dataset in its own measure.
                let rest = if chrono::Datelike::weekday(&day).number_from_monday() > 5 { 3 } else { 1 };
                let known = 60 + (400 - ago) / 10;
                let own = (place * 7919 + ago * 104_729).rem_euclid(41) + 9 * (place * 31).rem_euclid(17);
                let weight = own * known / 100 / rest * if ago > 35 { 10 } else { 1 };
                let day = day.to_string();
                for (kind, format, count) in [
                    ("view", "", weight * 3),
                    ("download", "csv", weight * 2 / 3),
                    ("download", "xlsx", weight / 2),
                    ("download", "parquet", weight / 5),
                    ("download", "json", weight / 9),
                ] {
                    if count > 0 {
                        counts.push(((day.clone(), id.clone(), kind, format), count));
                    }
                }
            }
        }
        let searches: Vec<(demand::Key, i64)> = content
            .searches
            .iter()
            .map(|search| {
                let month = self.at(search.days_ago).date(minutes).format("%Y-%m").to_string();
                ((month, search.words.clone()), search.people)
            })
            .collect();
        self.parts.db.write(&Ctx::new(Actor::System, self.at(0)), |tx| {
            statistics::add(tx, &counts)?;
            demand::add(tx, &searches)
        })
    }
}

/// The accounts that get a password: the operator, the editors and approvers of the coordinating department and of the first other
/// agency that has both, so that both sides can be tried, and that agency's head, who signs its return under every profile.
fn shown(content: &Content) -> Vec<&str> {
    let of = |role: &str, agency: &str| {
        content.accounts.iter().find(|account| account.role == role && account.agency == agency)
    };
    let pair = |coordinating: bool| {
        let mut agencies = content.agencies.iter().filter(move |agency| agency.coordinating == coordinating);
        agencies.find_map(|agency| Some([of("editor", &agency.slug)?, of("approver", &agency.slug)?]))
    };
    let operator = content.accounts.iter().find(|account| account.role == "operator");
    let (home, other) = (pair(true), pair(false));
    let head = other.and_then(|[editor, _]| of(account::role::AGENCY_HEAD, &editor.agency));
    let pairs = [home, other].into_iter().flatten().flatten();
    operator.into_iter().chain(pairs).chain(head).map(|account| account.user_name.as_str()).collect()
}

/// Says that nothing changed in a dataset.
fn confirm(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, said: &Unchanged) -> Result<()> {
    let counted = dataset::by_id(tx.conn(), id)?.counts_from.unwrap_or_default().to_string();
    let form = ConfirmForm { checked: said.checked.clone(), declared: "1".to_owned(), counted };
    cycle::confirm_unchanged(tx, profile, id, &form)
}

/// Grants the time that was asked for, where it was.
fn grant(tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId, more: &More) -> Result<()> {
    let asked = cycle::extensions(tx.conn(), id)?.into_iter().find(|one| one.state == ExtensionState::Asked);
    let form = Granting { answer: more.answer.clone() };
    asked.map_or(Ok(()), |asked| cycle::grant_extension(tx, profile, &asked.id, &form).map(drop))
}

/// Slug of the agency that owns a dataset.
fn owner<'a>(content: &'a Content, dataset: &str) -> Result<&'a str> {
    let found = content.datasets.iter().find(|one| one.slug == dataset);
    Ok(&found.ok_or_else(|| Error::internal(format!("demo: no dataset {dataset}")))?.agency)
}

/// Who writes a table of the story declares of it what everybody who sends a file does.
fn declared(editor: &Ctx) -> Declaration {
    Declaration { by: editor.actor.account().cloned(), at: editor.at }
}

fn note(column: &Column) -> ColumnNote {
    ColumnNote {
        title: column.title.clone(),
        title_en: column.title_en.clone(),
        meaning: Some(Localized { vi: column.description_vi.clone(), en: column.description_en.clone() }),
        unit: column
            .unit
            .clone()
            .map(|vi| Localized { vi, en: column.unit_en.clone().or_else(|| column.unit.clone()) }),
        constraints: column.constraints.clone(),
    }
}

fn metadata(dataset: &Dataset, today: NaiveDate) -> Metadata {
    Metadata {
        title: Localized { vi: dataset.title_vi.clone(), en: dataset.title_en.clone() },
        description: Localized { vi: dataset.description_vi.clone(), en: dataset.description_en.clone() },
        topic: dataset.topic.clone(),
        frequency: dataset.frequency.clone(),
        licence: None,
        keywords: dataset.keywords.clone(),
        spatial: Some(Localized { vi: dataset.spatial_vi.clone(), en: dataset.spatial_en.clone() }),
        from: dataset.temporal.start(today).map(|date| date.to_string()),
        to: dataset.temporal.end(today).map(|date| date.to_string()),
        source: None,
    }
}

/// Adds `count` small datasets with made-up words: for measuring how the portal behaves when it is large.
///
/// # Errors
/// As [`seed`], which must have run before.
pub fn fill(parts: &Parts, count: u32, progress: &mut dyn FnMut(u32)) -> Result<()> {
    let content = content::load()?;
    let today = parts.db.clock().now().date(parts.profile.province.timezone_minutes);
    let mut seeder = Seeder {
        parts,
        today,
        agencies: HashMap::new(),
        people: HashMap::new(),
        reports: HashMap::new(),
        requests: HashMap::new(),
    };
    let day = today.to_string();
    parts.db.read(|conn| {
        for agency in agency::all(conn)? {
            seeder.agencies.insert(agency.slug.clone(), agency.id.clone());
        }
        for new in &content.accounts {
            if let Some(person) = account::by_name(conn, &new.user_name, &day)? {
                seeder.people.entry((new.agency.clone(), new.role.clone())).or_insert(person.account.id);
            }
        }
        Ok(())
    })?;
    let work = scratch::folder(&parts.settings.scratch)?;
    let path = work.path().join("mau.csv");
    std::fs::write(
        &path,
        "Mã,Tên,Số lượng,Ngày\n01,Kim Sơn,12,2026-01-05\n02,An Lạc,15,2026-02-03\n03,Đồng Xuân,9,2026-03-09\n",
    )?;
    let operator = Declaration { by: None, at: parts.db.clock().now() };
    let kept = ingest_and_keep(parts, &path, &Choices::default(), &operator, false)?;
    let templates: Vec<&Dataset> =
        content.datasets.iter().filter(|dataset| dataset.withdrawn.is_none() && dataset.illustration).collect();
    let runtime = runtime()?;
    for number in 0..count {
        let index = usize::try_from(number).unwrap_or(0);
        let (first, second) =
            (templates[index % templates.len()], templates[(index / templates.len() + index) % templates.len()]);
        let mut row = kept.row.clone();
        row.id = crate::kernel::id::TableVersionId::fresh();
        for object in [Object::Original, Object::Parquet, Object::Csv] {
            runtime.block_on(table::copy_object(&parts.files, object, &kept.row.id, &row.id, work.path()))?;
        }
        let mut metadata = metadata(first, today);
        // Six digits, so that no number reads as a year of birth behind a word like "sinh" and stops the filling.
        metadata.title.vi = format!("{} – {} {:06}", first.title_vi, second.title_vi.to_lowercase(), number + 1);
        metadata.title.en = None;
        let resource =
            NewResource { name: "mau".into(), title: metadata.title.clone(), dictionary: Vec::new(), table: row };
        let owner = seeder.agencies.get(&first.agency).cloned().ok_or_else(|| Error::internal("demo: no agency"))?;
        let import = Import {
            dataset: Where::New { slug: format!("mau-{}", number + 1), agency: owner },
            metadata: Some(metadata),
            note: None,
            resources: vec![resource],
        };
        let days_ago = u64::from(number % 120);
        let (editor, approver) =
            (seeder.ctx(&first.agency, "editor", days_ago)?, seeder.ctx(&first.agency, "approver", days_ago)?);
        let (id, draft) = parts.db.write(&editor, |tx| dataset::import(tx, import))?;
        runtime.block_on(scan::ensure(&parts.db, &parts.files, &parts.profile, &seeder.system(&editor), &draft))?;
        parts.db.write(&editor, |tx| review::submit(tx, &parts.profile, &id, "mau"))?;
        parts.db.write(&approver, |tx| review::approve(tx, &parts.profile, &id, "mau"))?;
        progress(number + 1);
    }
    Ok(())
}

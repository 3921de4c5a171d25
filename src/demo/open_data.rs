//! The demo's open-data catalogue and plan: each issue is written, submitted and entered by two persons of the coordinating department, with a
//! paper that says that it is an illustration.

use std::fmt::Write;

use chrono::{Datelike, Days, NaiveDate};
use serde::Deserialize;

use crate::cli::runtime;
use crate::http::Parts;
use crate::kernel::{Ctx, Error, Result, Timestamp};
use crate::plan::catalogue::{self, EntryForm, RemovalForm};
use crate::plan::decision::{self, Attached, DecisionForm};
use crate::plan::yearly::{self, ItemForm, SettleForm};
use crate::platform::scratch;

/// What the province decided about its open data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenData {
    /// The issues of the catalogue, the oldest first.
    pub issue: Vec<Issue>,
    /// The plan of this year.
    pub plan: Plan,
}

/// The plan of the year in which the demo is seeded.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How many days ago it was approved.
    pub days_ago: u64,
    /// The number of the decision.
    pub number: String,
    /// Who signed it.
    pub signer: String,
    /// Its items.
    pub item: Vec<Item>,
}

/// An item of the plan.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Which data.
    pub title_vi: String,
    /// The same in English.
    pub title_en: String,
    /// Slug of the agency.
    pub agency: String,
    /// Who is to see to it.
    pub person: String,
    /// Days from today to the day by which it is to be published; one before today is late unless it is done.
    pub days_ahead: i64,
    /// The code of the level.
    pub level: String,
    /// Slug of the dataset that it came to.
    #[serde(default)]
    pub done: String,
    /// Why it was dropped.
    #[serde(default)]
    pub dropped: String,
}

/// An issue of the catalogue.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Issue {
    /// How many days ago it was decided.
    pub days_ago: u64,
    /// The number of the decision.
    pub number: String,
    /// Who signed it.
    pub signer: String,
    /// What is only announced.
    #[serde(default)]
    pub intended: Vec<Intended>,
    /// What the issue before announced and this one does not list any more.
    #[serde(default)]
    pub removed: Vec<Removed>,
}

/// Data that is only announced.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intended {
    /// What it is called.
    pub title_vi: String,
    /// The same in English.
    pub title_en: String,
    /// Slug of the agency.
    pub agency: String,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
    /// `file` or `service`.
    pub sharing: String,
}

/// An entry that left.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Removed {
    /// What it was called.
    pub title_vi: String,
    /// Why it left.
    pub reason: String,
}

/// Issues a catalogue: `first` writes and submits it, `second` enters the decision.
///
/// # Errors
/// What the commands refuse; the content is tested, so nothing should be.
pub fn issue(parts: &Parts, issue: &Issue, first: &Ctx, second: &Ctx) -> Result<()> {
    let (db, profile) = (&parts.db, &parts.profile);
    db.write(first, |tx| {
        let id = catalogue::draft_issue(tx, profile, true)?;
        let seen = |tx: &mut crate::platform::db::Tx<'_>| Ok::<_, Error>(catalogue::by_id(tx.conn(), &id)?.mark());
        for removed in &issue.removed {
            let entries = catalogue::entries(tx.conn(), &id)?;
            let entry = entries.iter().find(|entry| entry.title_vi == removed.title_vi && entry.dataset_id.is_none());
            let entry = entry.ok_or_else(|| Error::internal(format!("demo: no entry {}", removed.title_vi)))?;
            let form =
                RemovalForm { entry: entry.entry_id.to_string(), reason: removed.reason.clone(), seen: seen(tx)? };
            catalogue::remove_entry(tx, profile, &id, &form)?;
        }
        for intended in &issue.intended {
            let form = EntryForm {
                title: intended.title_vi.clone(),
                title_en: intended.title_en.clone(),
                agency: intended.agency.clone(),
                topic: intended.topic.clone(),
                frequency: intended.frequency.clone(),
                sharing: intended.sharing.clone(),
                seen: seen(tx)?,
                ..EntryForm::default()
            };
            catalogue::save_entry(tx, profile, &id, &form)?;
        }
        let mark = seen(tx)?;
        catalogue::submit(tx, profile, &id, &mark)
    })?;
    let waiting = db.read(catalogue::in_work)?.ok_or_else(|| Error::internal("demo: no catalogue was submitted"))?;
    let day = day_of(parts, second.at);
    let attached = paper(parts, &issue.number, &day)?;
    let form = DecisionForm {
        number: issue.number.clone(),
        decided_on: day,
        signer: issue.signer.clone(),
        confirmed: "1".to_owned(),
    };
    db.write(second, |tx| catalogue::issue(tx, profile, &waiting.id, &form, Ok(attached)))
}

/// Writes, submits and approves the plan of this year, and begins to carry it out: `first` submits, `second` enters the decision.
///
/// # Errors
/// As [`issue`].
pub fn plan(parts: &Parts, plan: &Plan, today: NaiveDate, first: &Ctx, second: &Ctx) -> Result<()> {
    let (db, profile) = (&parts.db, &parts.profile);
    let id = db.write(first, |tx| {
        let id = yearly::draft_plan(tx, profile, &today.year().to_string())?;
        for item in &plan.item {
            let form = ItemForm {
                title: item.title_vi.clone(),
                title_en: item.title_en.clone(),
                agency: item.agency.clone(),
                person: item.person.clone(),
                target_on: target(today, item.days_ahead).to_string(),
                level: item.level.clone(),
                seen: yearly::by_id(tx.conn(), &id)?.mark(),
                ..ItemForm::default()
            };
            yearly::save_item(tx, profile, &id, &form)?;
        }
        let seen = yearly::by_id(tx.conn(), &id)?.mark();
        yearly::submit(tx, profile, &id, &seen)?;
        Ok(id)
    })?;
    let day = day_of(parts, second.at);
    let attached = paper(parts, &plan.number, &day)?;
    let form = DecisionForm {
        number: plan.number.clone(),
        decided_on: day,
        signer: plan.signer.clone(),
        confirmed: "1".to_owned(),
    };
    db.write(second, |tx| {
        yearly::approve(tx, profile, &id, &form, Ok(attached))?;
        yearly::begin(tx, profile, &id)
    })
}

/// A day so many days from today, within this year: no plan reaches beyond its year.
fn target(today: NaiveDate, days_ahead: i64) -> NaiveDate {
    let days = Days::new(days_ahead.unsigned_abs());
    let day = if days_ahead < 0 { today.checked_sub_days(days) } else { today.checked_add_days(days) };
    let first = NaiveDate::from_ymd_opt(today.year(), 1, 1).unwrap_or(today);
    let last = NaiveDate::from_ymd_opt(today.year(), 12, 31).unwrap_or(today);
    day.unwrap_or(today).clamp(first, last)
}

/// Says of the items of the plan what became of them until today.
///
/// # Errors
/// As [`issue`].
pub fn settle(parts: &Parts, plan: &Plan, by: &Ctx) -> Result<()> {
    let (db, profile) = (&parts.db, &parts.profile);
    let known = db.read(yearly::plans)?;
    let running = known.first().ok_or_else(|| Error::internal("demo: no plan"))?;
    db.write(by, |tx| {
        for listed in yearly::items(tx.conn(), &running.id)? {
            let Some(said) = plan.item.iter().find(|item| item.title_vi == listed.item.title.vi) else { continue };
            let form = SettleForm { dataset: said.done.clone(), reason: said.dropped.clone(), ..SettleForm::default() };
            if !said.done.is_empty() {
                yearly::settle(tx, profile, &running.id, &listed.item.id, &form)?;
            } else if !said.dropped.is_empty() {
                yearly::drop_item(tx, profile, &running.id, &listed.item.id, &form)?;
            }
        }
        Ok(())
    })
}

fn day_of(parts: &Parts, at: Timestamp) -> String {
    at.date(parts.profile.province.timezone_minutes).to_string()
}

/// The paper of a decision, in the store.
fn paper(parts: &Parts, number: &str, day: &str) -> Result<Attached> {
    let work = scratch::folder(&parts.settings.scratch)?;
    let path = work.path().join("paper.pdf");
    // The typefaces that every reader of PDF has know no Vietnamese letters.
    let plain: String = number.chars().map(|c| if c.is_ascii() { c } else { 'D' }).collect();
    std::fs::write(&path, pdf(&["ILLUSTRATION / MINH HOA", &format!("{plain}, {day}"), "Lac Dien"]))?;
    let name = format!("{}.pdf", crate::kernel::slug::slugify(number));
    runtime()?.block_on(decision::attach(&parts.files, &path, &name))
}

/// A page with some lines of ASCII, as a PDF.
fn pdf(lines: &[&str]) -> Vec<u8> {
    let mut drawn = String::from("BT /F1 18 Tf 72 760 Td 28 TL");
    for line in lines {
        let line: String = line.chars().filter(|c| !"()\\".contains(*c)).collect();
        // Writing into a String cannot fail.
        let _ = write!(drawn, " ({line}) Tj T*");
    }
    drawn.push_str(" ET");
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawn}\nendstream", drawn.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (number, object) in (1..).zip(&objects) {
        places.push(text.len());
        let _ = write!(text, "{number} 0 obj\n{object}\nendobj\n");
    }
    let table = text.len();
    let _ = write!(text, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1);
    for place in places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = write!(text, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    text.into_bytes()
}

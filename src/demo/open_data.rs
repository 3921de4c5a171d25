//! The demo's open-data catalogue: each issue is written, submitted and entered by two persons of the coordinating department, with a
//! paper that says that it is an illustration.

use std::fmt::Write;

use serde::Deserialize;

use crate::cli::runtime;
use crate::http::Parts;
use crate::kernel::{Ctx, Error, Result, Timestamp};
use crate::plan::catalogue::{self, EntryForm, RemovalForm};
use crate::plan::decision::{self, Attached, DecisionForm};
use crate::platform::scratch;

/// What the province decided about its open data.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenData {
    /// The issues of the catalogue, the oldest first.
    pub issue: Vec<Issue>,
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
        let _ = write!(text, "{place:010} 00000 n \n");
    }
    let _ = write!(text, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n", objects.len() + 1);
    text.into_bytes()
}

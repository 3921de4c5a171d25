//! A decision that an authority signed: number, day, signer, whose it is by the rules, and the signed PDF.

mod store;

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

use chrono::NaiveDate;
use serde::Deserialize;

use crate::kernel::id::SignedDecisionId;
use crate::kernel::typed::line;
use crate::kernel::{Error, Problem, Result, Timestamp, day_of};
use crate::platform::db::{Db, Tx};
use crate::platform::files::{Files, sha256_of};
use crate::profile::{Decider, Profile, Rule};

pub(super) use store::{Row, to_decision};
pub use store::{by_id, stored};

/// Most bytes of the signed file.
pub const MOST: u64 = 20 << 20;
/// What browsers are told of it.
pub const MEDIA_TYPE: &str = "application/pdf";
/// The folder of the store.
const FOLDER: &str = "decisions";
/// Bytes at both ends in which a PDF says that it is one.
const ENDS: u64 = 1024;
/// Characters of a file's name that are kept.
const NAME: usize = 200;

/// A decision as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its id.
    pub id: SignedDecisionId,
    /// Its number.
    pub number: String,
    /// Its day.
    pub decided_on: NaiveDate,
    /// Who signed it.
    pub signer: String,
    /// Whose decision it was by the rules of the day on which it was entered.
    pub authority: Decider,
    /// The law behind that, as the profile writes it.
    pub basis: Option<String>,
    /// Whether the source of that was read.
    pub verified: bool,
    /// What the signed file was called.
    pub file_name: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// When it was entered.
    pub recorded_at: Timestamp,
}

impl Decision {
    /// The object of the signed file.
    pub fn object(&self) -> String {
        object(&self.id)
    }
}

fn object(id: &SignedDecisionId) -> String {
    format!("{FOLDER}/{id}/decision.pdf")
}

/// The form that enters a decision.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct DecisionForm {
    /// Its number.
    pub number: String,
    /// Its day.
    pub decided_on: String,
    /// Who signed it.
    pub signer: String,
    /// That it was held against what is entered; anything counts as yes.
    pub confirmed: String,
}

/// A signed file that is in the store, and whose row is not yet in the database.
#[derive(Clone, Debug)]
pub struct Attached {
    id: SignedDecisionId,
    file_name: String,
    sha256: String,
    bytes: u64,
}

/// Puts a signed file into the store under a fresh id. What no decision comes to name is swept after a day.
///
/// # Errors
/// `Invalid` on `file`: `decision-file-missing` for nothing, `decision-file-too-large` (`max`, in MB), `decision-file-not-pdf`;
/// `Unavailable`.
pub async fn attach(files: &Files, path: &Path, name: &str) -> Result<Attached> {
    let wrong = |problem: Problem| Err(Error::invalid(problem.on("file")));
    let bytes = match std::fs::metadata(path) {
        Ok(found) => found.len(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => 0,
        Err(error) => return Err(error.into()),
    };
    if bytes == 0 {
        return wrong(Problem::new("decision-file-missing"));
    }
    if bytes > MOST {
        return wrong(Problem::new("decision-file-too-large").with("max", MOST >> 20));
    }
    if !is_pdf(path, bytes)? {
        return wrong(Problem::new("decision-file-not-pdf"));
    }
    let name: String =
        name.rsplit(['/', '\\']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let attached = Attached {
        id: SignedDecisionId::fresh(),
        file_name: name.chars().take(NAME).collect(),
        sha256: sha256_of(path)?,
        bytes,
    };
    files.put_file(&object(&attached.id), path).await?;
    Ok(attached)
}

/// Whether a file begins and ends as a PDF does; other programs write some bytes before and after.
fn is_pdf(path: &Path, bytes: u64) -> Result<bool> {
    let mut file = std::fs::File::open(path)?;
    let mut begin = Vec::new();
    file.by_ref().take(ENDS).read_to_end(&mut begin)?;
    file.seek(SeekFrom::Start(bytes.saturating_sub(ENDS)))?;
    let mut end = Vec::new();
    file.read_to_end(&mut end)?;
    let holds = |bytes: &[u8], mark: &[u8]| bytes.windows(mark.len()).any(|part| part == mark);
    let begins = holds(&begin, b"%PDF-1.") || holds(&begin, b"%PDF-2.");
    Ok(begins && holds(&end, b"%%EOF"))
}

/// Enters a decision on open data, whose authority is that of a rule of the profile. What is wrong with the file is said with what is
/// wrong with the fields.
///
/// # Errors
/// `Invalid`: `decision-number-missing` on `number`; `date-form`, `day-ahead` on `decided_on`; `signer-missing` on `signer`;
/// `decision-unconfirmed` on `confirmed`; what [`attach`] refused.
pub(super) fn enter(
    tx: &mut Tx<'_>,
    profile: &Profile,
    rule: &Rule<Decider>,
    form: &DecisionForm,
    attached: Result<Attached>,
) -> Result<Decision> {
    let mut problems = Vec::new();
    let number = line(&form.number, 100, "decision-number-missing", "number", &mut problems);
    let today = tx.ctx().at.date(profile.province.timezone_minutes);
    let decided_on = day_of(&form.decided_on);
    match decided_on {
        None => problems.push(Problem::new("date-form").on("decided_on")),
        Some(day) if day > today => problems.push(Problem::new("day-ahead").on("decided_on")),
        Some(_) => {}
    }
    let signer = line(&form.signer, 150, "signer-missing", "signer", &mut problems);
    if form.confirmed.is_empty() {
        problems.push(Problem::new("decision-unconfirmed").on("confirmed"));
    }
    let attached = match attached {
        Ok(attached) => Some(attached),
        Err(error) if error.problems().is_empty() => return Err(error),
        Err(error) => {
            problems.extend(error.problems().iter().cloned());
            None
        }
    };
    match (attached, decided_on) {
        (Some(attached), Some(decided_on)) if problems.is_empty() => {
            let decision = Decision {
                id: attached.id,
                number,
                decided_on,
                signer,
                authority: rule.value,
                basis: rule.basis.as_ref().map(ToString::to_string),
                verified: rule.verified,
                file_name: attached.file_name,
                sha256: attached.sha256,
                bytes: attached.bytes,
                recorded_at: tx.ctx().at,
            };
            store::insert(tx, &decision)?;
            Ok(decision)
        }
        _ => Err(Error::invalid_all(problems)),
    }
}

/// Deletes signed files that no decision names and that were written before a moment; gives their names.
///
/// # Errors
/// `Unavailable`.
pub async fn remove_orphans(files: &Files, db: &Db, before: Timestamp) -> Result<Vec<String>> {
    let listed = files.list(FOLDER).await?;
    // The rows are read after the objects: a row is written within the request that brings its file.
    let known = db.read_async(store::known).await?;
    let mut removed = Vec::new();
    for (name, written) in listed {
        let Some(owner) = name.split('/').nth(1).and_then(SignedDecisionId::parse) else { continue };
        if written < before && !known.contains(&owner) {
            files.delete(&name).await?;
            removed.push(name);
        }
    }
    Ok(removed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_and_ends_as_a_pdf_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x");
        for (text, is) in [
            ("%PDF-1.7\n1 0 obj\nendobj\ntrailer\n%%EOF\n", true),
            ("\u{feff}%PDF-2.0\n%%EOF", true),
            ("%PDF-1.7\n cut off", false),
            ("<html>%%EOF", false),
            ("PK\u{3}\u{4}", false),
        ] {
            std::fs::write(&path, text).unwrap();
            assert_eq!(is_pdf(&path, text.len() as u64).unwrap(), is, "{text}");
        }
        let long = format!("{}%PDF-1.4 %%EOF", " ".repeat(2000));
        std::fs::write(&path, &long).unwrap();
        assert!(!is_pdf(&path, long.len() as u64).unwrap(), "it stands too far behind");
    }
}

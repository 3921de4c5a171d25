//! Letters to reporters without an account: ordered in the transaction of the act, written and sent by `notify`, which stands above.

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::Report;
use crate::kernel::id::ReportId;
use crate::kernel::{Arg, Error, Lang, Result};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job};
use crate::platform::seal::Seal;

/// The kind of the jobs that put a letter to a reporter into the outbox.
pub const LETTER: &str = "report-letter";

/// Where a reporter's answer goes. It stands sealed in the report, and in the job that sends a letter, and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The e-mail.
    pub to: String,
    /// The receipt number, which the letter repeats.
    pub receipt: String,
}

impl Reply {
    /// Seals it for a report.
    pub(super) fn close(&self, seal: &Seal, of: &ReportId) -> Result<String> {
        seal.close(&place(of), &serde_json::to_vec(self)?)
    }
}

/// A letter to a reporter, as it stands in a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReaderLetter {
    /// The report.
    pub report: ReportId,
    /// Where to, sealed.
    sealed: String,
    /// The tag of its language.
    lang: String,
    /// What it tells: the messages `mail-report-{code}-subject` and `mail-report-{code}-body`.
    pub code: String,
    /// What they mention, by name.
    pub args: Vec<(String, Arg)>,
}

impl ReaderLetter {
    /// Where it goes.
    ///
    /// # Errors
    /// `Internal` when the seal does not open.
    pub fn reply(&self, seal: &Seal) -> Result<Reply> {
        serde_json::from_slice(&seal.open(&place(&self.report), &self.sealed)?).map_err(Error::internal)
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or_default()
    }
}

fn place(of: &ReportId) -> String {
    format!("report/{of}")
}

/// Orders a letter to the reporter of a report.
pub(super) fn order(tx: &mut Tx<'_>, report: &Report, sealed: String, code: &str, args: &[(&str, Arg)]) -> Result<()> {
    let letter = ReaderLetter {
        report: report.id.clone(),
        sealed,
        lang: report.lang.tag().to_owned(),
        code: code.to_owned(),
        args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
    };
    queue::enqueue(tx, Job::new(LETTER, json!(letter)))?;
    Ok(())
}

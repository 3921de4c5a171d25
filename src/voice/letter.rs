//! Letters to readers without an account who reported something, asked for it, or follow it: ordered in the transaction of the act, written and sent by `notify`, which stands above.

use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::kernel::id::{DataRequestId, ReportId, SubscriptionId};
use crate::kernel::{Arg, Error, Lang, Localized, Result, Timestamp};
use crate::platform::db::Tx;
use crate::platform::queue::{self, Job};
use crate::platform::seal::Seal;

/// The kind of the jobs that put a letter to a reader into the outbox.
pub const LETTER: &str = "report-letter";

/// What a reader wrote to the portal about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum About {
    /// A report of what is wrong.
    Report(ReportId),
    /// A request for data.
    Request(DataRequestId),
    /// What they want to hear of.
    Subscription(SubscriptionId),
}

impl About {
    /// Where an address is sealed for.
    fn place(&self) -> String {
        match self {
            Self::Report(id) => format!("report/{id}"),
            Self::Request(id) => format!("data-request/{id}"),
            Self::Subscription(id) => format!("subscription/{id}"),
        }
    }

    /// The middle of the messages of its letters.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Report(_) => "report",
            Self::Request(_) => "ask",
            Self::Subscription(_) => "subscription",
        }
    }

    /// The page of the public portal on which it is followed.
    pub fn follow(&self) -> &'static str {
        match self {
            Self::Report(_) => "/bao-loi",
            Self::Request(_) => "/yeu-cau-du-lieu/theo-doi",
            Self::Subscription(_) => "/theo-doi/thu",
        }
    }

    /// Where a mail program ends it by itself (RFC 8058); none of what ends by its answer.
    pub fn end(&self) -> Option<&'static str> {
        matches!(self, Self::Subscription(_)).then_some("/theo-doi/thu/dung")
    }
}

/// Where a reader's answer goes. It stands sealed with what they wrote, and in the job that sends a letter, and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The e-mail.
    pub to: String,
    /// The receipt number or the key, which the letter repeats.
    pub receipt: String,
}

impl Reply {
    /// Seals it for what it is about.
    pub(super) fn close(&self, seal: &Seal, of: &About) -> Result<String> {
        seal.close(&of.place(), &serde_json::to_vec(self)?)
    }

    /// What was sealed for what it is about.
    pub(super) fn open(seal: &Seal, of: &About, sealed: &str) -> Result<Self> {
        serde_json::from_slice(&seal.open(&of.place(), sealed)?).map_err(Error::internal)
    }
}

/// One thing that happened to data, in a letter that tells several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LetterItem {
    /// What it is: its title is the message `mail-item-{code}`, and without words of its own it says `mail-item-{code}-plain`.
    pub code: String,
    /// What the title mentions, by name.
    pub args: Vec<(String, Arg)>,
    /// What was written about it.
    pub words: Option<Localized>,
    /// Its page of the public portal, without language.
    pub path: String,
    /// When it happened.
    pub at: Timestamp,
}

/// A letter to a reader, as it stands in a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReaderLetter {
    /// The report or the request.
    #[serde(flatten)]
    pub about: About,
    /// Where to, sealed.
    sealed: String,
    /// The tag of its language.
    lang: String,
    /// What it tells: the messages `mail-{about}-{code}-subject` and `mail-{about}-{code}-body`.
    pub code: String,
    /// What they mention, by name.
    pub args: Vec<(String, Arg)>,
    /// What happened, where it tells that: then there is a message `mail-{about}-{code}-lead` in place of the body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<LetterItem>,
}

impl ReaderLetter {
    /// Where it goes.
    ///
    /// # Errors
    /// `Internal` when the seal does not open.
    pub fn reply(&self, seal: &Seal) -> Result<Reply> {
        Reply::open(seal, &self.about, &self.sealed)
    }

    /// Its language.
    pub fn lang(&self) -> Lang {
        Lang::from_tag(&self.lang).unwrap_or_default()
    }
}

/// Orders a letter to a reader.
pub(super) fn order(
    tx: &mut Tx<'_>,
    about: About,
    lang: Lang,
    sealed: String,
    code: &str,
    args: &[(&str, Arg)],
) -> Result<()> {
    order_with(tx, about, lang, sealed, code, args, Vec::new())
}

/// Orders a letter to a reader that tells what happened.
pub(super) fn order_with(
    tx: &mut Tx<'_>,
    about: About,
    lang: Lang,
    sealed: String,
    code: &str,
    args: &[(&str, Arg)],
    items: Vec<LetterItem>,
) -> Result<()> {
    let letter = ReaderLetter {
        about,
        sealed,
        lang: lang.tag().to_owned(),
        code: code.to_owned(),
        args: args.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        items,
    };
    queue::enqueue(tx, Job::new(LETTER, json!(letter)))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_ordered_by_an_earlier_program_is_still_read() {
        let id = ReportId::fresh();
        let job = json!({ "report": id, "sealed": "x", "lang": "vi", "code": "closed", "args": [] });
        let letter: ReaderLetter = serde_json::from_value(job.clone()).unwrap();
        assert_eq!(letter.about, About::Report(id));
        assert_eq!(json!(letter), job);
    }
}

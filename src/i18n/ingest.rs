//! What an import report says, in words: why a column has its kind, and what reading noticed.

use super::Texts;
use crate::kernel::{Arg, Lang};
use crate::table::ingest::read::{Note, NoteArg};
use crate::table::ingest::report::{Column, Reason};

impl Texts {
    /// Why a column has its kind, with what else is to be said of it.
    pub fn reasons(&self, lang: Lang, column: &Column) -> String {
        let reasons = std::iter::once(&column.reason).chain(&column.notes);
        reasons.map(|reason| self.reason(lang, reason)).collect::<Vec<_>>().join(" ")
    }

    fn reason(&self, lang: Lang, reason: &Reason) -> String {
        let (code, args) = (reason.code(), reason.args());
        let args: Vec<(&str, Arg)> = args.iter().map(|(name, value)| (name.as_str(), value.clone())).collect();
        self.find(lang, &format!("ingest-reason-{code}"), &args).unwrap_or(code)
    }

    /// What reading noticed about a file.
    pub fn note(&self, lang: Lang, note: &Note) -> String {
        let args: Vec<(&str, Arg)> = note
            .args
            .iter()
            .map(|(name, value)| {
                let value = match value {
                    NoteArg::Int(number) => Arg::from(*number),
                    NoteArg::Text(text) => Arg::from(text.as_str()),
                };
                (name.as_ref(), value)
            })
            .collect();
        self.find(lang, &format!("note-{}", note.code), &args).unwrap_or_else(|| note.code.to_string())
    }
}

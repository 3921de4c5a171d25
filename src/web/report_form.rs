//! The form of a report, which both portals show, and how a report's stages are shown.

use crate::http::page::{Choice, Field, PageCtx, Wrong};
use crate::voice::{Kind, ReportForm, State};

/// The fields of the form.
#[derive(Clone, Debug)]
pub struct ReportFields {
    /// What it is about.
    pub kinds: Vec<Choice>,
    /// What is wrong with that choice.
    pub kind_error: Option<String>,
    /// Which file, column or row.
    pub place: Field,
    /// What is wrong.
    pub description: Field,
    /// The address of evidence.
    pub evidence: Field,
    /// Where the answer is to go; not asked of somebody signed in.
    pub email: Option<Field>,
    /// The field that people leave alone; what stood in it is not kept.
    pub trap: Field,
}

impl ReportFields {
    /// The form with what was typed and what is wrong with it.
    pub fn of(page: &PageCtx, form: &ReportForm, wrongs: &[Wrong], with_email: bool) -> Self {
        // A page cannot hold every character that a program may send.
        let plain = |text: &str| text.replace(|c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t'), "");
        let field = |name: &'static str, value: &str| Field::new(name, plain(value)).checked(wrongs);
        let kind = Kind::ALL.into_iter().map(|kind| Choice {
            value: kind.code().to_owned(),
            text: page.t(&format!("report-kind-{}", kind.code())),
            chosen: kind.code() == form.kind,
        });
        Self {
            kinds: kind.collect(),
            kind_error: field("kind", "").error,
            place: field("place", &form.place),
            description: field("description", &form.description),
            evidence: field("evidence", &form.evidence),
            email: with_email.then(|| field("email", &form.email)),
            trap: field("website", ""),
        }
    }
}

/// The style class of a stage's badge.
pub fn tone(state: State) -> &'static str {
    match state {
        State::New => "warn",
        State::Received | State::Verified | State::Correcting => "info",
        State::Corrected => "good",
        State::NotAnError | State::Closed => "plain",
    }
}

//! What people type: a word that nothing changed, a wish for more time, the answer to it.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Problem, Result, day_of};

/// The longest text, in characters as people count them.
const TEXT: usize = 2000;
/// The shortest that says anything.
const LEAST: usize = 10;

/// "Nothing changed".
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// How it was checked: against what, by whom.
    pub checked: String,
    /// Whether the declaration is made.
    pub declared: String,
    /// From when the round counts that the page showed: what changed since is not confirmed unseen.
    pub counted: String,
}

impl ConfirmForm {
    /// How it was checked; names every wrong field.
    ///
    /// # Errors
    /// `Invalid`: `unchanged-checked` on `checked`, `text-too-long` (`max`), `unchanged-declare` on `declared`.
    pub fn check(&self) -> Result<String> {
        let mut problems = Vec::new();
        let checked = text(&self.checked, "checked", "unchanged-checked", &mut problems);
        if self.declared != "yes" {
            problems.push(Problem::new("unchanged-declare").on("declared"));
        }
        if problems.is_empty() { Ok(checked) } else { Err(Error::invalid_all(problems)) }
    }
}

/// A wish for more time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ExtensionForm {
    /// Until when: dd/mm/yyyy, or ISO 8601.
    pub to: String,
    /// Why.
    pub reason: String,
}

impl ExtensionForm {
    /// The day and the reason, where the day is after one and not after another.
    pub(super) fn check(&self, after: NaiveDate, most: NaiveDate) -> Result<(NaiveDate, String)> {
        let mut problems = Vec::new();
        let reason = text(&self.reason, "reason", "extension-reason", &mut problems);
        let to = day_of(&self.to);
        match to {
            None => problems.push(Problem::new("date-form").on("to")),
            Some(to) if to <= after || to > most => {
                let shown = |day: NaiveDate| day.format("%d/%m/%Y").to_string();
                let problem = Problem::new("extension-day").with("after", shown(after)).with("most", shown(most));
                problems.push(problem.on("to"));
            }
            Some(_) => {}
        }
        match to {
            Some(to) if problems.is_empty() => Ok((to, reason)),
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

/// The answer to a wish for more time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// What there is to say; needed for a refusal.
    pub answer: String,
}

impl AnswerForm {
    /// What is said; a refusal must say something.
    pub(super) fn check(&self, needed: bool) -> Result<Option<String>> {
        let mut problems = Vec::new();
        let said = nfc(self.answer.trim());
        if needed || !said.is_empty() {
            text(&said, "answer", "extension-answer", &mut problems);
        }
        if problems.is_empty() {
            Ok(Some(said).filter(|said| !said.is_empty()))
        } else {
            Err(Error::invalid_all(problems))
        }
    }
}

fn text(typed: &str, field: &'static str, missing: &'static str, problems: &mut Vec<Problem>) -> String {
    let text = nfc(typed.trim());
    if length(&text) < LEAST {
        problems.push(Problem::new(missing).with("least", LEAST).on(field));
    } else if length(&text) > TEXT {
        problems.push(Problem::new("text-too-long").with("max", TEXT).on(field));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let error = ConfirmForm::default().check().unwrap_err();
        let fields: Vec<_> = error.problems().iter().filter_map(|problem| problem.field.clone()).collect();
        assert_eq!(fields, ["checked", "declared"]);
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let form = ExtensionForm { to: "01/10/2026".into(), reason: "vì".into() };
        let error = form.check(day("2026-10-02"), day("2026-10-30")).unwrap_err();
        assert!(error.has("extension-day") && error.has("extension-reason"));
        let form = ExtensionForm { to: "30/10/2026".into(), reason: "Hệ thống nguồn đang nâng cấp.".into() };
        assert_eq!(form.check(day("2026-10-02"), day("2026-10-30")).unwrap().0, day("2026-10-30"));
        assert!(AnswerForm::default().check(true).is_err());
        assert_eq!(AnswerForm::default().check(false).unwrap(), None);
    }
}

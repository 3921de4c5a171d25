//! What reviewers and those who withdraw type.

use serde::Deserialize;

use super::command::{approve, ask_changes, check_length, check_reason, refuse, seen, submit_held};
use super::{Remark, Verdict};
use crate::dataset::contract;
use crate::kernel::id::DatasetId;
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::Tx;
use crate::profile::Profile;

/// The form under the review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DecisionForm {
    /// The code of a verdict.
    pub verdict: String,
    /// Why.
    pub reason: String,
    /// The hash of what the person has seen.
    pub seen: String,
    /// Remarks on fields, empty ones left out.
    pub remarks: Vec<Remark>,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// The draft was published, with this number.
    Published(i32),
    /// It was approved, and waits for the next step.
    Approved,
    /// It went back.
    ChangesAsked,
    /// It was refused.
    Refused,
}

impl DecisionForm {
    /// From the fields of the form: `verdict`, `reason`, `seen`, and `field-1`, `text-1` and so on in any number.
    pub fn of(pairs: &[(String, String)]) -> Self {
        let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
        let mut form = Self {
            verdict: value("verdict").unwrap_or_default(),
            reason: value("reason").unwrap_or_default(),
            seen: value("seen").unwrap_or_default(),
            remarks: Vec::new(),
        };
        for (name, text) in pairs {
            let Some(number) = name.strip_prefix("text-") else { continue };
            let field = value(&format!("field-{number}")).unwrap_or_default();
            if !text.trim().is_empty() || !field.is_empty() {
                form.remarks.push(Remark { field, text: text.clone() });
            }
        }
        form
    }

    /// Decides as the form says, on what the person has seen and nothing else.
    ///
    /// # Errors
    /// `Invalid` (`verdict-missing`, `remarks-without-changes`); `Conflict` (`draft-changed`); as [`approve`], [`ask_changes`] and
    /// [`refuse`].
    pub fn decide(&self, tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<Decided> {
        let verdict = Verdict::from_code(&self.verdict).filter(|verdict| *verdict != Verdict::Submitted);
        let Some(verdict) = verdict else { return Err(Error::invalid(Problem::new("verdict-missing").on("verdict"))) };
        if verdict != Verdict::ChangesAsked && !self.remarks.is_empty() {
            return Err(Error::invalid(Problem::new("remarks-without-changes").on("verdict")));
        }
        check_reason(&self.reason)?;
        seen(tx, id, &self.seen)?;
        match verdict {
            Verdict::Refused => refuse(tx, profile, id, &self.reason).map(|()| Decided::Refused),
            Verdict::ChangesAsked => {
                ask_changes(tx, profile, id, &self.reason, &self.remarks).map(|()| Decided::ChangesAsked)
            }
            Verdict::Approved | Verdict::Submitted => {
                Ok(approve(tx, profile, id, &self.reason)?.map_or(Decided::Approved, Decided::Published))
            }
        }
    }
}

/// The form of a submission.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SubmissionForm {
    /// What the reviewer should know.
    pub reason: String,
    /// Why what breaks in the draft is to be published all the same; empty where nothing breaks.
    pub accepts: String,
}

impl SubmissionForm {
    /// Submits the draft, and answers for what breaks in it.
    ///
    /// # Errors
    /// As [`submit`](super::submit) and [`contract::accept`].
    pub fn submit(&self, tx: &mut Tx<'_>, profile: &Profile, id: &DatasetId) -> Result<()> {
        let held = match self.accepts.trim() {
            "" => None,
            word => Some(contract::accept(tx, profile, id, word)?),
        };
        submit_held(tx, profile, id, &self.reason, held)
    }
}

/// The form of a withdrawal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct WithdrawalForm {
    /// Why, in Vietnamese: the public reads it.
    pub reason: String,
    /// Why, in English; may be empty.
    pub reason_en: String,
    /// Not empty once the person has seen what the public will see.
    pub confirmed: String,
}

impl WithdrawalForm {
    /// The reason in both languages.
    ///
    /// # Errors
    /// `Invalid` (`reason-missing`, `reason-too-long`).
    pub fn check(&self) -> Result<Localized> {
        check_reason(&self.reason)?;
        check_length(&self.reason_en, "reason_en")?;
        let english = self.reason_en.trim();
        Ok(Localized { vi: self.reason.trim().to_owned(), en: (!english.is_empty()).then(|| english.to_owned()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_remarks_that_say_nothing_are_left_out() {
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let form = DecisionForm::of(&[
            pair("verdict", "changes-asked"),
            pair("field-1", "title"),
            pair("text-1", "Ghi rõ năm."),
            pair("field-2", ""),
            pair("text-2", "  "),
            pair("field-3", "topic"),
            pair("text-3", ""),
        ]);
        assert_eq!(form.remarks.iter().map(|remark| remark.field.as_str()).collect::<Vec<_>>(), ["title", "topic"]);
    }
}

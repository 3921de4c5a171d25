//! What people type about purges and backups.

use serde::Deserialize;

use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Localized, Problem, Result, day};
use crate::profile::Profile;
use crate::scan::detect;

/// The longest reason, in characters as people count them.
const REASON: usize = 2000;
/// The longest name of a place.
const PLACE: usize = 200;

/// A purge that is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// What is to go: `dataset`, `version:ID` or `table:ID`.
    pub scope: String,
    /// Why, in Vietnamese, as the public reads it.
    pub reason: String,
    /// Why, in English.
    pub reason_en: String,
    /// The id of a document of the legal-basis register.
    pub basis: String,
}

impl AskForm {
    /// Names every wrong field at once.
    ///
    /// # Errors
    /// `Invalid`: `reason-missing`, `reason-too-long`, `reason-personal`, `basis-missing`, each on its field.
    pub(super) fn check(&self, profile: &Profile) -> Result<Localized> {
        let mut problems = Vec::new();
        let (vi, en) = (nfc(self.reason.trim()), nfc(self.reason_en.trim()));
        if vi.is_empty() {
            problems.push(Problem::new("reason-missing").on("reason"));
        }
        for (text, field) in [(&vi, "reason"), (&en, "reason_en")] {
            if length(text) > REASON {
                problems.push(Problem::new("reason-too-long").with("most", REASON).on(field));
            } else if !detect::text(text).is_empty() {
                problems.push(Problem::new("reason-personal").on(field));
            }
        }
        if !profile.legal_basis.iter().any(|known| known.id == self.basis) {
            problems.push(Problem::new("basis-missing").on("basis"));
        }
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        Ok(Localized { vi, en: (!en.is_empty()).then_some(en) })
    }
}

/// The confirmation of a purge.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ConfirmForm {
    /// The dataset's slug, typed by hand.
    pub slug: String,
    /// The mark of what was shown.
    pub seen: String,
}

/// A backup that is registered.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct BackupForm {
    /// Where it is.
    pub place: String,
    /// The day it was taken.
    pub taken_on: String,
    /// The day until which it is kept; empty where nothing ends it.
    pub kept_until: String,
}

impl BackupForm {
    /// Names every wrong field at once; gives the place and both days as ISO.
    ///
    /// # Errors
    /// `Invalid`: `backup-place`, `date-form`, `period-order`, `backup-later`, each on its field.
    pub(super) fn check(&self, today: &str) -> Result<(String, String, Option<String>)> {
        let mut problems = Vec::new();
        let place = nfc(self.place.trim());
        if place.is_empty() || length(&place) > PLACE || place.chars().any(char::is_control) {
            problems.push(Problem::new("backup-place").with("most", PLACE).on("place"));
        }
        if self.taken_on.trim().is_empty() {
            problems.push(Problem::new("date-form").on("taken_on"));
        }
        let taken = day::day_in(&self.taken_on, "taken_on", &mut problems).map(|day| day.to_string());
        let until = match self.kept_until.trim() {
            "" => None,
            text => day::day_in(text, "kept_until", &mut problems).map(|day| day.to_string()),
        };
        if taken.as_deref().is_some_and(|taken| taken > today) {
            problems.push(Problem::new("backup-later").on("taken_on"));
        }
        if let (Some(taken), Some(until)) = (&taken, &until)
            && until < taken
        {
            problems.push(Problem::new("period-order").on("kept_until"));
        }
        match taken.filter(|_| problems.is_empty()) {
            Some(taken) => Ok((place, taken, until)),
            None => Err(Error::invalid_all(problems)),
        }
    }
}

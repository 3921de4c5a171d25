//! What people type about entries of the catalogue.

use chrono::NaiveDate;
use serde::Deserialize;

use super::Sharing;
use crate::kernel::typed::{line, optional_line, web_address};
use crate::kernel::{Error, Problem, Result, day_of};
use crate::profile::Profile;

/// Characters of a title.
const TITLE: usize = 300;
/// Characters of a reason.
const REASON: usize = 500;
/// Bytes of an address.
const ADDRESS: usize = 500;

/// The form of an entry: of a dataset, or of what is only intended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct EntryForm {
    /// The id of the entry that is changed; empty for a new one.
    pub entry: String,
    /// The address of a dataset, or its last part; empty for what is only intended. Title and the rest then come from it.
    pub dataset: String,
    /// What it is called.
    pub title: String,
    /// The same in English; may be left empty.
    pub title_en: String,
    /// The slug of the agency.
    pub agency: String,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
    /// The code of a [`Sharing`].
    pub sharing: String,
    /// The code of a licence; empty for the province's own terms.
    pub licence: String,
    /// The mark of the issue that was shown.
    pub seen: String,
}

/// What a form says of what is only intended; its agency is looked up.
pub(super) struct Intended {
    pub title: String,
    pub title_en: Option<String>,
}

impl EntryForm {
    /// How it is shared.
    pub(super) fn sharing(&self) -> Result<Sharing> {
        Sharing::from_code(&self.sharing)
            .ok_or_else(|| Error::invalid(Problem::new("entry-sharing-missing").on("sharing")))
    }

    /// What is said of what is only intended, when every field is sound; `agency` says whether there is such an agency today.
    pub(super) fn intended(&self, profile: &Profile, agency: bool) -> Result<Intended> {
        let mut problems = Vec::new();
        let title = line(&self.title, TITLE, "entry-title-missing", "title", &mut problems);
        let title_en = optional_line(&self.title_en, TITLE, "entry-title-missing", "title_en", &mut problems);
        let checks = [
            (agency, "agency-missing", "agency"),
            (profile.topic(&self.topic).is_some(), "topic-missing", "topic"),
            (profile.frequency(&self.frequency).is_some(), "frequency-missing", "frequency"),
            (Sharing::from_code(&self.sharing).is_some(), "entry-sharing-missing", "sharing"),
            (self.licence.is_empty() || profile.licence(&self.licence).is_some(), "licence-unknown", "licence"),
        ];
        problems
            .extend(checks.into_iter().filter(|(good, ..)| !good).map(|(_, code, field)| Problem::new(code).on(field)));
        if problems.is_empty() { Ok(Intended { title, title_en }) } else { Err(Error::invalid_all(problems)) }
    }
}

/// The form that takes an entry out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RemovalForm {
    /// The id of the entry.
    pub entry: String,
    /// Why; may be left empty for what no issue in force lists.
    pub reason: String,
    /// The mark of the issue that was shown.
    pub seen: String,
}

impl RemovalForm {
    /// The reason; `needed`: whether there must be one.
    pub(super) fn reason(&self, needed: bool) -> Result<Option<String>> {
        let mut problems = Vec::new();
        let reason = if needed {
            Some(line(&self.reason, REASON, "entry-reason-missing", "reason", &mut problems))
        } else {
            optional_line(&self.reason, REASON, "entry-reason-missing", "reason", &mut problems)
        };
        if problems.is_empty() { Ok(reason) } else { Err(Error::invalid_all(problems)) }
    }
}

/// The form that writes down where an issue was posted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct PostingForm {
    /// On which day.
    pub posted_on: String,
    /// Where it stands.
    pub address: String,
    /// What there is to say of it; may be left empty.
    pub note: String,
}

impl PostingForm {
    /// Day, address and note, when every field is sound; a day lies between the decision and today.
    pub(super) fn check(&self, decided: NaiveDate, today: NaiveDate) -> Result<(NaiveDate, String, Option<String>)> {
        let mut problems = Vec::new();
        let day = day_of(&self.posted_on);
        match day {
            None => problems.push(Problem::new("date-form").on("posted_on")),
            Some(day) if day > today => problems.push(Problem::new("day-ahead").on("posted_on")),
            Some(day) if day < decided => problems.push(Problem::new("posting-early").on("posted_on")),
            Some(_) => {}
        }
        let address = web_address(self.address.trim()).filter(|address| address.len() <= ADDRESS);
        if address.is_none() {
            problems.push(Problem::new("posting-address").on("address"));
        }
        let note = optional_line(&self.note, REASON, "posting-note", "note", &mut problems);
        match (day, address) {
            (Some(day), Some(address)) if problems.is_empty() => Ok((day, address, note)),
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_the_web_on_a_day_after_the_decision_is_written_down() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let form = |posted_on: &str, address: &str| PostingForm {
            posted_on: posted_on.to_owned(),
            address: address.to_owned(),
            note: String::new(),
        };
        let check = |form: PostingForm| form.check(day("2026-09-01"), day("2026-09-04"));
        assert_eq!(check(form("02/09/2026", "https://data.example/x")).unwrap().0, day("2026-09-02"));
        for (posted_on, address, code) in [
            ("02/09/2026", "javascript:alert(1)", "posting-address"),
            ("02/09/2026", "https://a:b@data.example/x", "posting-address"),
            ("02/09/2026", "", "posting-address"),
            ("05/09/2026", "https://data.example/x", "day-ahead"),
            ("31/08/2026", "https://data.example/x", "posting-early"),
            ("hôm qua", "https://data.example/x", "date-form"),
        ] {
            assert!(check(form(posted_on, address)).unwrap_err().has(code), "{posted_on} {address}");
        }
    }
}

//! What people type about a plan.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use crate::kernel::text::{length, nfc};
use crate::kernel::typed::{line, optional_line};
use crate::kernel::{Error, Problem, Result, day_of};
use crate::profile::Profile;

/// Characters of a title.
const TITLE: usize = 300;
/// Characters of a comment or a reason.
const TEXT: usize = 2000;

/// The form of an item, or of an agency's proposal.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// The id of the item that is changed; empty for a new one.
    pub item: String,
    /// Which data.
    pub title: String,
    /// The same in English; may be left empty.
    pub title_en: String,
    /// The slug of the agency.
    pub agency: String,
    /// Who is to see to it; may be left empty.
    pub person: String,
    /// By when.
    pub target_on: String,
    /// The code of a level of the profile.
    pub level: String,
    /// The address of a dataset, or its last part; may be left empty.
    pub dataset: String,
    /// The number of a public request for data; may be left empty.
    pub request: String,
    /// The mark of the plan that was shown.
    pub seen: String,
}

/// An item whose fields are sound; what it points at is looked up.
pub(super) struct Said {
    pub title: String,
    pub title_en: Option<String>,
    pub person: Option<String>,
    pub target_on: NaiveDate,
    pub level: String,
    pub request: Option<i32>,
}

impl ItemForm {
    /// What is said, when every field is sound; `agency` says whether there is such an agency today.
    pub(super) fn check(&self, profile: &Profile, year: i32, agency: bool) -> Result<Said> {
        let mut problems = Vec::new();
        let title = line(&self.title, TITLE, "entry-title-missing", "title", &mut problems);
        let title_en = optional_line(&self.title_en, TITLE, "entry-title-missing", "title_en", &mut problems);
        let person = optional_line(&self.person, 150, "plan-person-long", "person", &mut problems);
        if !agency {
            problems.push(Problem::new("agency-missing").on("agency"));
        }
        let target = day_of(&self.target_on);
        match target {
            None => problems.push(Problem::new("date-form").on("target_on")),
            Some(day) if day.year() != year => {
                problems.push(Problem::new("plan-day-elsewhere").with("year", year.to_string()).on("target_on"));
            }
            Some(_) => {}
        }
        if profile.plan_level(&self.level).is_none() {
            problems.push(Problem::new("plan-level-missing").on("level"));
        }
        let request = match self.request.trim() {
            "" => None,
            text => {
                let number = text.parse().ok().filter(|number: &i32| *number > 0);
                if number.is_none() {
                    problems.push(Problem::new("ask-into-unknown").on("request"));
                }
                number
            }
        };
        match target {
            Some(target_on) if problems.is_empty() => {
                Ok(Said { title, title_en, person, target_on, level: self.level.clone(), request })
            }
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

/// The close of a plan.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    /// Not empty: whoever asks knows that it is for good.
    pub sure: String,
}

impl CloseForm {
    /// # Errors
    /// `Invalid` (`plan-sure`, on `sure`).
    pub(super) fn check(&self) -> Result<()> {
        if self.sure.is_empty() { Err(Error::invalid(Problem::new("plan-sure").on("sure"))) } else { Ok(()) }
    }
}

/// What is typed to settle an item, and the reason where one is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SettleForm {
    /// The address of the dataset that it came to, or its last part.
    pub dataset: String,
    /// Why it is dropped, or given back; or what is commented.
    pub reason: String,
    /// The slug of the agency for which something is commented; may be left empty by whoever speaks for one alone.
    pub agency: String,
    /// The mark of the plan that was shown.
    pub seen: String,
}

impl SettleForm {
    /// The words, which must be there.
    pub(super) fn words(&self) -> Result<String> {
        let words = nfc(self.reason.trim());
        let sound = |c: char| !c.is_control() || c == '\n' || c == '\r';
        if words.is_empty() || length(&words) > TEXT || !words.chars().all(sound) {
            return Err(Error::invalid(Problem::new("plan-words-missing").on("reason")));
        }
        Ok(words)
    }
}

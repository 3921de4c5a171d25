//! When the catalogue in force is to be looked at again (R-017; `opendata.review_months`).

use chrono::NaiveDate;

use crate::duty::Calendar;
use crate::profile::Profile;

/// The review that is owed next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Which turn it is: one for each day on which a catalogue was issued or reviewed, ISO 8601.
    pub turn: String,
    /// From when it is counted: the day of the decision in force, or of the last review that found nothing to change.
    pub from: NaiveDate,
    /// By when another is issued, or a review of this one is signed; a working day.
    pub due: NaiveDate,
}

/// The next review of a catalogue that was issued on a day and last reviewed on another; none while there is no catalogue, and where the
/// rules set no period.
pub fn next_review(profile: &Profile, issued_on: Option<NaiveDate>, reviewed_on: Option<NaiveDate>) -> Option<Review> {
    let months = profile.opendata.review_months.value;
    let issued_on = issued_on.filter(|_| months > 0)?;
    let from = reviewed_on.map_or(issued_on, |reviewed_on| issued_on.max(reviewed_on));
    let due = Calendar::of(profile).period_end(from, months, 0);
    Some(Review { turn: from.to_string(), from, due })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_review_is_due_once_the_months_of_the_rules_are_over_and_on_a_working_day() {
        let mut profile = Profile::load("lac-dien", None).unwrap();
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        profile.opendata.review_months.value = 6;
        assert_eq!(next_review(&profile, None, None), None);
        let found = next_review(&profile, Some(day("2026-03-05")), None).unwrap();
        // 5 September 2026 is a Saturday.
        assert_eq!((found.turn.as_str(), found.due), ("2026-03-05", day("2026-09-07")));
        // It counts from the later of the two days.
        for (reviewed, turn, due) in
            [("2026-08-20", "2026-08-20", "2027-02-22"), ("2026-03-04", "2026-03-05", "2026-09-07")]
        {
            let found = next_review(&profile, Some(day("2026-03-05")), Some(day(reviewed))).unwrap();
            assert_eq!((found.turn.as_str(), found.due), (turn, day(due)), "{reviewed}");
        }
        profile.opendata.review_months.value = 0;
        assert_eq!(next_review(&profile, Some(day("2026-03-05")), Some(day("2026-08-20"))), None);
    }
}

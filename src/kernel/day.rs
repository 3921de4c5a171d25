//! Days as people type them.

use chrono::{Datelike, NaiveDate};

use super::Problem;

/// A day as people type it (dd/mm/yyyy) or as date fields send it (yyyy-mm-dd); years have four digits.
pub fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let date = ["%d/%m/%Y", "%Y-%m-%d"].iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())?;
    // Fewer digits would be a year of antiquity; what is far ahead is a slip.
    (1000..=2999).contains(&date.year()).then_some(date)
}

/// The day in a field that may be empty; one that is none is a problem (`date-form`) of the field.
pub fn day_in(text: &str, field: &'static str, problems: &mut Vec<Problem>) -> Option<NaiveDate> {
    let found = day_of(text);
    if found.is_none() && !text.trim().is_empty() {
        problems.push(Problem::new("date-form").on(field));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_writings_and_never_guessed() {
        let day = NaiveDate::from_ymd_opt(2026, 8, 31);
        assert_eq!((day_of(" 31/08/2026 "), day_of("2026-08-31"), day_of("31/8/2026")), (day, day, day));
        for wrong in ["", "31/08/26", "31/02/2026", "08/31/2026", "2026", "31-08-2026", "12345-01-01", "9999-01-01"] {
            assert_eq!(day_of(wrong), None, "{wrong}");
        }
        let mut problems = Vec::new();
        assert_eq!(day_in("  ", "from", &mut problems), None);
        assert!(problems.is_empty());
        day_in("x", "from", &mut problems);
        assert_eq!(problems.len(), 1);
    }
}

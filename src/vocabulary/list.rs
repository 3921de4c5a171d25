//! Code lists whose entries come and go: codes with the days on which they hold, and what each became.

use chrono::{Days, NaiveDate};

use crate::kernel::Localized;

/// A code list [bảng mã]. The same code may stand for one thing after another, so it is asked for with a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeList {
    entries: Vec<Entry>,
}

/// What a code stands for, from one day to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The official code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// What sort of thing it is, in the list's own word ("Tỉnh").
    pub kind: String,
    /// First day on which all this holds.
    pub from: NaiveDate,
    /// Last day; none while it holds.
    pub to: Option<NaiveDate>,
    /// The codes that took its place on the day after the last; none while it holds, or where nothing did.
    pub successors: Vec<String>,
}

impl Entry {
    /// Whether it holds on a day.
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }
}

impl CodeList {
    /// A list of entries, in the order in which they are to be shown.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self { entries }
    }

    /// All entries, past ones too.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries that hold on a day.
    pub fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(move |entry| entry.valid_on(day))
    }

    /// What a code stands for on a day.
    pub fn get(&self, code: &str, day: NaiveDate) -> Option<&Entry> {
        self.on(day).find(|entry| entry.code == code)
    }

    /// What took the place of an entry on the day after its last.
    pub fn successors(&self, entry: &Entry) -> Vec<&Entry> {
        let next = entry.to.and_then(|to| to.checked_add_days(Days::new(1)));
        next.map(|next| entry.successors.iter().filter_map(|code| self.get(code, next)).collect()).unwrap_or_default()
    }

    /// What an entry has become by a day, however many changes lie between: itself while it holds, nothing before its first day.
    pub fn became<'a>(&'a self, entry: &'a Entry, day: NaiveDate) -> Vec<&'a Entry> {
        if entry.valid_on(day) {
            return vec![entry];
        }
        // A successor begins after its predecessor ends, so this comes to an end.
        let mut found = Vec::new();
        for successor in self.successors(entry).into_iter().filter(|successor| successor.from <= day) {
            for later in self.became(successor, day) {
                if !found.contains(&later) {
                    found.push(later);
                }
            }
        }
        found
    }

    /// The entries of an earlier day that an entry was made of.
    pub fn made_of(&self, entry: &Entry, day: NaiveDate) -> Vec<&Entry> {
        self.on(day).filter(|old| self.became(old, entry.from).contains(&entry)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn entry(code: &str, name: &str, from: &str, to: Option<&str>, successors: &[&str]) -> Entry {
        Entry {
            code: code.into(),
            name: Localized { vi: name.into(), en: None },
            kind: String::new(),
            from: day(from),
            to: to.map(day),
            successors: successors.iter().map(|code| (*code).to_owned()).collect(),
        }
    }

    /// A is split into B and C; both are merged into D, which takes A's code.
    fn list() -> CodeList {
        CodeList::new(vec![
            entry("1", "A", "2000-01-01", Some("2009-12-31"), &["2", "3"]),
            entry("2", "B", "2010-01-01", Some("2019-12-31"), &["1"]),
            entry("3", "C", "2010-01-01", Some("2019-12-31"), &["1"]),
            entry("1", "D", "2020-01-01", None, &[]),
        ])
    }

    fn names(entries: &[&Entry]) -> String {
        entries.iter().map(|entry| entry.name.vi.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_entry_holds_from_its_first_day_to_its_last() {
        let list = list();
        let on = |date: &str| names(&list.on(day(date)).collect::<Vec<_>>());
        assert_eq!(on("1999-12-31"), "");
        assert_eq!((on("2000-01-01").as_str(), on("2009-12-31").as_str()), ("A", "A"));
        assert_eq!((on("2010-01-01").as_str(), on("2026-11-21").as_str()), ("B C", "D"));
        assert_eq!(list.get("1", day("2005-06-01")).unwrap().name.vi, "A");
        assert_eq!(list.get("1", day("2015-06-01")), None);
        assert_eq!(list.get("1", day("2025-06-01")).unwrap().name.vi, "D");
    }

    #[test]
    fn what_became_of_an_entry_is_followed_through_splits_and_mergers_and_named_once() {
        let list = list();
        let first = &list.entries()[0];
        let became = |date: &str| names(&list.became(first, day(date)));
        assert_eq!(became("1999-12-31"), "");
        assert_eq!((became("2005-06-01").as_str(), became("2015-06-01").as_str()), ("A", "B C"));
        assert_eq!(became("2026-11-21"), "D");
        assert_eq!(names(&list.successors(first)), "B C");
    }

    #[test]
    fn what_an_entry_was_made_of_depends_on_the_day_looked_back_to() {
        let list = list();
        let last = &list.entries()[3];
        assert_eq!(names(&list.made_of(last, day("2015-06-01"))), "B C");
        assert_eq!(names(&list.made_of(last, day("2005-06-01"))), "A");
        assert_eq!(names(&list.made_of(&list.entries()[1], day("2005-06-01"))), "A");
    }
}

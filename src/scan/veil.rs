//! What stands in for values that a scan found, wherever something of a table is kept beside its files: its report, and comparisons.
//!
//! A veil is drawn from blocking findings, whatever was decided about them, so that it never becomes thinner. A column that holds little
//! else is masked whole; in others each cell is looked at.

use std::collections::BTreeMap;

use super::detect::{self, Concealer, Heading, Kind, Options, Severity};
use super::{Finding, store};
use crate::kernel::Result;
use crate::platform::db::Conn;
use crate::table::ingest::report::{Column, Kind as ColumnKind, Outcome, Reason};
use crate::table::ingest::{profile::Profile, read::NoteArg};
use crate::table::{Report, TableVersion, diff};

/// Digits from which a cell of a column with findings is hidden even if it was not recognised.
const DIGITS: usize = 6;

/// What of one table is kept masked.
pub struct Veil {
    keys: Vec<String>,
    /// By column: what was found most, and whether every cell goes.
    rules: BTreeMap<usize, (Kind, bool)>,
    concealer: Concealer,
}

impl std::fmt::Debug for Veil {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Veil").field(&self.rules).finish()
    }
}

/// Whether a column with so many cells of a kind in so many rows is masked whole, so that a cell which was not recognised does not
/// stand out.
pub(super) fn whole(kind: Kind, count: u64, rows: u64) -> bool {
    matches!(kind, Kind::Person | Kind::Secret) || count * 2 >= rows
}

/// What of a table is kept masked, by what its last scan found.
///
/// # Errors
/// `Internal` when the stored report is damaged.
pub fn veil_of(conn: &mut Conn, table: &TableVersion) -> Result<Veil> {
    Ok(Veil::of(&table.report()?.outcome, &store::findings_in(conn, &table.id)?))
}

impl Veil {
    /// By what was found in a table.
    pub fn of(table: &Outcome, findings: &[Finding]) -> Self {
        let mut most: BTreeMap<usize, (u64, Kind, bool)> = BTreeMap::new();
        let counted = findings.iter().filter(|one| one.severity == Severity::Block && one.kind != Kind::SmallGroup);
        for (at, one) in counted.filter_map(|one| Some((one.position?, one))) {
            let found = most.entry(at).or_insert((0, one.kind, false));
            found.2 |= whole(one.kind, one.count, table.rows);
            if one.count > found.0 {
                (found.0, found.1) = (one.count, one.kind);
            }
        }
        let headings: Vec<Heading> =
            table.columns.iter().map(|column| Heading { title: column.title.clone(), note: String::new() }).collect();
        Self {
            keys: table.columns.iter().map(|column| column.key.clone()).collect(),
            rules: most.into_iter().map(|(at, (_, kind, whole))| (at, (kind, whole))).collect(),
            concealer: Concealer::new(&headings, &Options::default()),
        }
    }

    /// What is kept of a cell of the table; `None` keeps it as it is.
    pub fn cell(&self, at: usize, text: &str) -> Option<String> {
        let (kind, whole) = self.rules.get(&at)?;
        if text.is_empty() || detect::is_masked(text) {
            return None;
        }
        if *whole {
            return Some(detect::mask_as(*kind, text));
        }
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let doubtful = || (digits >= DIGITS || text.contains('@')).then(|| detect::mask(text));
        self.concealer.conceal_in(at, text).or_else(doubtful)
    }

    /// What is kept of a cell that no scan reads, such as one of a row set aside.
    fn unread(&self, at: Option<usize>, text: &str) -> Option<String> {
        if detect::is_masked(text) {
            return None;
        }
        let at = at.unwrap_or(usize::MAX);
        self.cell(at, text).or_else(|| self.concealer.conceal(at, text))
    }

    /// Masks what stands in a report of the table's cells.
    pub(super) fn over_report(&self, report: &mut Report) {
        for note in &mut report.understood.notes {
            for (_, value) in &mut note.args {
                if let NoteArg::Text(text) = value {
                    put(text, self.unread(None, text));
                }
            }
        }
        for (at, column) in report.outcome.columns.iter_mut().enumerate() {
            self.over_column(at, column);
        }
        for row in &mut report.outcome.set_aside.listed {
            let masked = self.unread(row.column, &row.value);
            put(&mut row.value, masked);
        }
    }

    fn over_column(&self, at: usize, column: &mut Column) {
        // The examples of a column with misfits may be of rows that are set aside.
        let unread = column.misfits > 0;
        let hide = |text: &mut String| {
            let masked = if unread { self.unread(Some(at), text) } else { self.cell(at, text) };
            put(text, masked);
        };
        column.examples.iter_mut().for_each(hide);
        for reason in std::iter::once(&mut column.reason).chain(&mut column.notes) {
            match reason {
                Reason::LeadingZeros { example, .. }
                | Reason::LongDigits { example, .. }
                | Reason::PhoneLike { example, .. }
                | Reason::Mixed { example, .. }
                | Reason::ZerosDropped { example, .. }
                | Reason::Misfits { example, .. } => hide(example),
                _ => {}
            }
        }
        if let (true, Some(profile)) = (self.rules.contains_key(&at), &mut column.profile) {
            self.over_profile(at, column.kind, profile);
        }
    }

    /// Frequent values are masked; of numbers, dates and places nothing stays that tells one.
    fn over_profile(&self, at: usize, kind: ColumnKind, profile: &mut Profile) {
        profile.shapes = None;
        if kind == ColumnKind::Text {
            for (text, _) in &mut profile.top {
                let masked = self.cell(at, text);
                put(text, masked);
            }
        } else {
            profile.top.clear();
            (profile.min, profile.max, profile.mean, profile.histogram) = (None, None, None, None);
        }
    }
}

fn put(text: &mut String, masked: Option<String>) {
    if let Some(masked) = masked {
        *text = masked;
    }
}

impl diff::Veil for Veil {
    fn hide(&self, key: &str, text: &str) -> Option<String> {
        let at = self.keys.iter().position(|known| known == key)?;
        self.cell(at, text)
    }

    fn name(&self) -> String {
        let rule = |(at, (kind, whole)): (&usize, &(Kind, bool))| format!("{at}:{}:{whole}", kind.code());
        self.rules.iter().map(rule).collect::<Vec<_>>().join(",")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use super::*;
    use crate::kernel::Timestamp;
    use crate::kernel::id::FindingId;

    fn veil(titles: &[&str], found: &[(usize, Kind, u64)]) -> Veil {
        let column = |title: &&str| {
            serde_json::json!({
                "title": title, "key": title, "kind": "text", "storage": { "type": "text" }, "reason": { "code": "words" },
                "form": {}, "examples": [], "misfits": 0,
            })
        };
        let columns = serde_json::from_value(titles.iter().map(column).collect()).unwrap();
        let outcome = Outcome { rows: 10, columns, set_aside: Default::default(), changed: Vec::new() };
        let findings: Vec<Finding> = found
            .iter()
            .map(|(position, kind, count)| Finding {
                id: FindingId::fresh(),
                table: None,
                place: None,
                position: Some(*position),
                kind: *kind,
                severity: Severity::Block,
                count: *count,
                samples: Vec::new(),
                rows: Vec::new(),
                at: Timestamp(0),
                given: None,
            })
            .collect();
        Veil::of(&outcome, &findings)
    }

    #[test]
    fn a_column_of_identifiers_is_masked_whole_and_only_once() {
        let veil = veil(&["Số CCCD", "Xã"], &[(0, Kind::Citizen, 9)]);
        let masked = veil.cell(0, "079185012345").unwrap();
        assert_eq!(masked, "079•••••••45");
        assert_eq!(veil.cell(0, &masked), None, "what is masked stays");
        assert!(veil.cell(0, "chưa rõ").unwrap().contains('•'), "what was not recognised does not stand out");
        assert_eq!(veil.cell(1, "079185012345"), None, "nothing was found there");
    }

    #[test]
    fn in_a_column_of_notes_only_what_is_found_is_masked() {
        let veil = veil(&["Ghi chú"], &[(0, Kind::Phone, 1)]);
        assert_eq!(veil.cell(0, "đã bàn giao"), None);
        let masked = veil.cell(0, "gọi 0912345678 sau 17 giờ").unwrap();
        assert!(!masked.contains("0912345678") && masked.contains("sau 17 giờ"), "{masked}");
        assert!(veil.cell(0, "mã 55667788").unwrap().contains('•'), "a long number goes in any case");
    }
}

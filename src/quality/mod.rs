//! Quality [chất lượng]: what the reading of a table already found, as measures that can be explained (R-119, R-120, NĐ 47 Đ.16.2.c:
//! accuracy, integrity, anomalies).
//!
//! Invariants: a measure is a part of a whole, both counted, so from 0 to 1; nothing is weighed, and nothing is scored that cannot be told
//! as "so many of so many". Computed on read from the import report; nothing is stored.

use crate::table::ingest::report::{Column, Outcome, Reason};

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Cells with a value, of all cells of the table [đầy đủ].
    Completeness,
    /// Rows that could be read by the kinds of their columns, of all rows of the file [hợp lệ].
    Validity,
    /// Columns whose values are all of one kind, of all columns [thống nhất].
    Consistency,
}

impl Measure {
    /// The code; the messages `quality-CODE` and `quality-CODE-how` say it in words.
    pub fn code(self) -> &'static str {
        match self {
            Self::Completeness => "completeness",
            Self::Validity => "validity",
            Self::Consistency => "consistency",
        }
    }
}

/// A measure with how it was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Score {
    /// What is measured.
    pub measure: Measure,
    /// How many are as they should be.
    pub part: u64,
    /// Of how many.
    pub whole: u64,
}

impl Score {
    /// From 0 to 1; nothing of nothing is 1, because nothing is missing.
    pub fn value(&self) -> f64 {
        #[allow(clippy::cast_precision_loss)] // shown with two digits
        if self.whole == 0 { 1.0 } else { self.part.min(self.whole) as f64 / self.whole as f64 }
    }

    /// Whether it is less than another, exactly.
    pub fn is_worse_than(&self, other: &Self) -> bool {
        let (mine, theirs) = (self.whole.max(1), other.whole.max(1));
        let part = |score: &Self| if score.whole == 0 { 1 } else { score.part };
        u128::from(part(self)) * u128::from(theirs) < u128::from(part(other)) * u128::from(mine)
    }
}

/// A measure of a table, beside the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what the public sees; none for a new table.
    pub old: Option<Score>,
    /// Of the draft.
    pub new: Score,
}

/// A column that got worse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worse {
    /// Its title.
    pub column: String,
    /// Before.
    pub old: Score,
    /// Now.
    pub new: Score,
}

/// The measures of a table.
pub fn scores(table: &Outcome) -> Vec<Score> {
    let columns = table.columns.iter();
    let (filled, cells) = columns.clone().map(filled).fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
    let mixed = |column: &&Column| {
        let says = |reason: &Reason| matches!(reason, Reason::Mixed { .. } | Reason::MixedZones);
        says(&column.reason) || column.notes.iter().any(says)
    };
    let all = columns.len() as u64;
    let score = |measure, part, whole| Score { measure, part, whole };
    vec![
        score(Measure::Completeness, filled, cells),
        score(Measure::Validity, table.rows, table.rows + table.set_aside.count),
        score(Measure::Consistency, all - columns.filter(mixed).count() as u64, all),
    ]
}

/// The measures of a table beside those of its state before, and the columns that got worse.
pub fn compare(old: Option<&Outcome>, new: &Outcome) -> (Vec<Change>, Vec<Worse>) {
    let before = old.map(scores).unwrap_or_default();
    let changes = scores(new).into_iter().map(|new| {
        let old = before.iter().find(|old| old.measure == new.measure).copied();
        Change { old, new }
    });
    let mut worse = Vec::new();
    for column in &new.columns {
        let Some(was) = old.and_then(|old| old.columns.iter().find(|was| was.key == column.key)) else { continue };
        for (old, new) in of_column(was).into_iter().zip(of_column(column)) {
            if new.is_worse_than(&old) {
                worse.push(Worse { column: column.title.clone(), old, new });
            }
        }
    }
    (changes.collect(), worse)
}

/// Completeness and validity of one column.
fn of_column(column: &Column) -> [Score; 2] {
    let (filled, rows) = filled(column);
    [
        Score { measure: Measure::Completeness, part: filled, whole: rows },
        Score { measure: Measure::Validity, part: filled, whole: filled + column.misfits },
    ]
}

/// Cells with a value, and all cells, of a column's kept rows.
fn filled(column: &Column) -> (u64, u64) {
    column.profile.as_ref().map_or((0, 0), |profile| (profile.rows - profile.nulls.min(profile.rows), profile.rows))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use super::*;

    fn table(rows: u64, aside: u64, columns: &[(&str, u64, u64)]) -> Outcome {
        let columns: Vec<_> = columns
            .iter()
            .map(|(title, nulls, misfits)| {
                serde_json::json!({
                    "title": title, "key": title, "kind": "text", "storage": { "type": "text" }, "reason": { "code": "words" },
                    "form": {}, "examples": [], "misfits": misfits,
                    "profile": {
                        "rows": rows, "nulls": nulls, "distinct": { "value": 1, "approximate": false }, "top": [],
                        "top_approximate": false,
                    },
                })
            })
            .collect();
        serde_json::from_value(serde_json::json!({
            "rows": rows, "columns": columns, "set_aside": { "count": aside, "listed": [] }, "changed": [],
        }))
        .unwrap()
    }

    #[test]
    fn each_measure_is_so_many_of_so_many() {
        let found: Vec<_> = scores(&table(10, 2, &[("a", 0, 0), ("b", 5, 2)]))
            .iter()
            .map(|s| (s.measure.code(), s.part, s.whole))
            .collect();
        assert_eq!(found, [("completeness", 15, 20), ("validity", 10, 12), ("consistency", 2, 2)]);
        let nothing = scores(&table(0, 0, &[]));
        assert!(nothing.iter().all(|score| score.value() == 1.0), "nothing is missing of nothing");
    }

    #[test]
    fn columns_that_got_worse_are_named_with_both_sides() {
        let (old, new) = (table(10, 0, &[("a", 0, 0), ("b", 5, 0)]), table(20, 1, &[("a", 4, 1), ("b", 10, 0)]));
        let (changes, worse) = compare(Some(&old), &new);
        assert_eq!(changes.len(), 3);
        let told: Vec<_> =
            worse.iter().map(|w| (w.column.as_str(), w.new.measure.code(), w.old.part, w.new.part)).collect();
        assert_eq!(told, [("a", "completeness", 10, 16), ("a", "validity", 10, 16)], "b is as it was");
        assert!(compare(None, &new).0.iter().all(|change| change.old.is_none()));
    }
}

//! What became of the columns: added, removed, renamed, retyped, retitled, moved; and which of it breaks what people built on them.
//!
//! A column is known by its key, the name it has in Parquet, in scripts and in queries. A pure function over two lists of
//! columns: it reads no rows. Without a decision, a rename is only ever a guess that says why it was made, and guesses little: an
//! unseen rename is told as a column removed and another added, which is as breaking.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::path::Path;

use datafusion::parquet::arrow::arrow_reader::{ArrowReaderMetadata, ArrowReaderOptions};
use serde::{Deserialize, Serialize};

use super::text::storage_of;
use crate::kernel::{Error, Problem, Result};
use crate::table::ingest::profile::Profile;
use crate::table::ingest::report::{self, Kind, Storage};

/// A column of one version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// Its name in Parquet.
    pub key: String,
    /// Its title.
    pub title: String,
    /// How it is stored.
    pub storage: Storage,
    /// Its profile, where there is one: for guessing renames. Not kept in a stored diff.
    #[serde(skip)]
    pub profile: Option<Profile>,
}

impl From<&report::Column> for Column {
    fn from(column: &report::Column) -> Self {
        Self {
            key: column.key.clone(),
            title: column.title.clone(),
            storage: column.storage,
            profile: column.profile.clone(),
        }
    }
}

/// The columns of a typed Parquet file, without profiles.
///
/// # Errors
/// `Internal` when the file is damaged or was not written by ingest.
pub fn columns_of(parquet: &Path) -> Result<Vec<Column>> {
    let metadata =
        ArrowReaderMetadata::load(&File::open(parquet)?, ArrowReaderOptions::new()).map_err(Error::internal)?;
    let fields = metadata.schema().fields().iter();
    fields
        .map(|field| {
            let storage = storage_of(field.data_type())
                .ok_or_else(|| Error::internal(format!("a table with a column of type {}", field.data_type())))?;
            let title = field.metadata().get("title").unwrap_or(field.name());
            Ok(Column { key: field.name().clone(), title: title.clone(), storage, profile: None })
        })
        .collect()
}

/// What became of a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum ColumnChange {
    /// It is new. Breaks nothing.
    Added,
    /// It is gone. Breaking.
    Removed,
    /// It has another key. Breaking: whoever asks for the old name finds nothing.
    Renamed {
        /// How that was decided.
        by: RenamedBy,
    },
    /// It has another type. Breaking or not as [`Retype`] says.
    Retyped {
        /// What it held.
        from: Kind,
        /// What it holds.
        to: Kind,
        /// How the two are to each other.
        how: Retype,
    },
    /// It has the same key and another title. Breaks nothing.
    Retitled,
    /// It stands elsewhere among the columns that both versions have. Breaks nothing that goes by names.
    Moved,
}

impl ColumnChange {
    /// Whether it breaks what people built on the column.
    pub fn is_breaking(&self) -> bool {
        match self {
            Self::Added | Self::Retitled | Self::Moved => false,
            Self::Removed | Self::Renamed { .. } => true,
            Self::Retyped { how, .. } => how.is_breaking(),
        }
    }
}

/// How a rename was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RenamedBy {
    /// A person said so.
    Decision,
    /// A guess: both have the same title.
    Title,
    /// A guess: both stand at the same place after the same column, are stored alike, and their profiles are nearly the same.
    Values,
}

/// How a column's new type is to its old one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Retype {
    /// Every old value is a value of the new type: whole numbers became decimals. Not breaking.
    Wider,
    /// Decimals became whole numbers. Breaking.
    Narrower,
    /// Another kind of thing altogether, such as a number that became text. Breaking.
    Other,
    /// Decimals all the same, stored with another precision. Not breaking.
    Precision,
    /// Local times became times in UTC, or the other way round: the same text is another moment. Breaking.
    Zone,
    /// One version has no value in the column, and so nothing that says its type. Not breaking.
    Empty,
}

impl Retype {
    /// Whether it breaks what people built on the column.
    pub fn is_breaking(self) -> bool {
        matches!(self, Self::Narrower | Self::Other | Self::Zone)
    }

    fn between(old: &Column, new: &Column) -> Option<Self> {
        if old.storage == new.storage {
            return None;
        }
        let empty = |column: &Column| column.profile.as_ref().is_some_and(|profile| profile.nulls == profile.rows);
        if empty(old) || empty(new) {
            return Some(Self::Empty);
        }
        Some(match (old.storage.kind(), new.storage.kind()) {
            (Kind::Integer, Kind::Decimal) => Self::Wider,
            (Kind::Decimal, Kind::Integer) => Self::Narrower,
            (Kind::Decimal, Kind::Decimal) => Self::Precision,
            (Kind::DateTime, Kind::DateTime) => Self::Zone,
            _ => Self::Other,
        })
    }
}

/// A column of the old version, of the new one, or the two that are one column.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDiff {
    /// As it was; absent when it is new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub old: Option<Column>,
    /// As it is; absent when it is gone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub new: Option<Column>,
    /// What became of it; empty when nothing did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<ColumnChange>,
}

impl ColumnDiff {
    /// Both sides of a column that both versions have.
    pub fn both(&self) -> Option<(&Column, &Column)> {
        self.old.as_ref().zip(self.new.as_ref())
    }

    /// Its key now, or as it was.
    pub fn key(&self) -> &str {
        self.new.as_ref().or(self.old.as_ref()).map_or("", |column| &column.key)
    }

    /// Its title now, or as it was.
    pub fn title(&self) -> &str {
        self.new.as_ref().or(self.old.as_ref()).map_or("", |column| &column.title)
    }

    /// Whether anything that became of it is breaking.
    pub fn is_breaking(&self) -> bool {
        self.changes.iter().any(ColumnChange::is_breaking)
    }
}

/// Which old column a new one is, and how that was decided when the keys differ.
type Pair = Option<(usize, Option<RenamedBy>)>;

/// Which renames there are.
#[derive(Clone, Copy, Debug)]
pub enum Renames<'a> {
    /// Guess them.
    Guess,
    /// These and no others: the old key and the new one.
    Decided(&'a [(String, String)]),
}

/// What became of the columns.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SchemaDiff {
    /// The columns of the new version in their order, then those that are gone in theirs.
    pub columns: Vec<ColumnDiff>,
}

impl SchemaDiff {
    /// Compares two lists of columns; keys are unique within each.
    ///
    /// # Errors
    /// A refusal `diff-rename-unknown` (`old`, `new`) when a decided rename names a column that is not there or stands twice.
    pub fn between(old: &[Column], new: &[Column], renames: Renames<'_>) -> Result<Self> {
        let old_by_key: BTreeMap<&str, usize> = old.iter().enumerate().map(|(at, c)| (c.key.as_str(), at)).collect();
        let mut pairs: Vec<Pair> = vec![None; new.len()];
        let mut taken = BTreeSet::new();
        let pair = |pairs: &mut [Pair], taken: &mut BTreeSet<usize>, from: usize, to: usize, by| {
            pairs[to] = Some((from, by));
            taken.insert(from);
        };

        if let Renames::Decided(decided) = renames {
            for (from, to) in decided {
                let to_at = new.iter().position(|column| column.key == *to);
                match old_by_key.get(from.as_str()).copied().zip(to_at) {
                    Some((from, to)) if pairs[to].is_none() && !taken.contains(&from) => {
                        pair(&mut pairs, &mut taken, from, to, Some(RenamedBy::Decision));
                    }
                    _ => {
                        let problem = Problem::new("diff-rename-unknown").with("old", from.as_str());
                        return Err(Error::invalid(problem.with("new", to.as_str())));
                    }
                }
            }
        }
        for (to, column) in new.iter().enumerate() {
            if let Some(&from) = old_by_key.get(column.key.as_str())
                && pairs[to].is_none()
                && !taken.contains(&from)
            {
                pair(&mut pairs, &mut taken, from, to, None);
            }
        }
        if let Renames::Guess = renames {
            for (to, column) in new.iter().enumerate() {
                let same = |(from, old): &(usize, &Column)| !taken.contains(from) && old.title == column.title;
                if pairs[to].is_none()
                    && let Some((from, _)) = old.iter().enumerate().find(same)
                {
                    pair(&mut pairs, &mut taken, from, to, Some(RenamedBy::Title));
                }
            }
            let old_places = places(old.len(), |at| taken.contains(&at).then_some(at));
            let new_places = places(new.len(), |at| pairs[at].map(|(from, _)| from));
            for (to, column) in new.iter().enumerate() {
                let same = |(from, old): &(usize, &Column)| {
                    !taken.contains(from)
                        && old_places[*from] == new_places[to]
                        && old.storage == column.storage
                        && old.profile.as_ref().zip(column.profile.as_ref()).is_some_and(|(a, b)| alike(a, b))
                };
                if pairs[to].is_none()
                    && let Some((from, _)) = old.iter().enumerate().find(same)
                {
                    pair(&mut pairs, &mut taken, from, to, Some(RenamedBy::Values));
                }
            }
        }

        let order: Vec<usize> = pairs.iter().flatten().map(|(from, _)| *from).collect();
        let in_place = longest_ascending(&order);
        let mut columns = Vec::with_capacity(new.len());
        for (column, pair) in new.iter().zip(&pairs) {
            let Some((from, by)) = *pair else {
                columns.push(ColumnDiff { old: None, new: Some(column.clone()), changes: vec![ColumnChange::Added] });
                continue;
            };
            let before = &old[from];
            let mut changes = Vec::new();
            if before.key != column.key {
                changes.push(ColumnChange::Renamed { by: by.unwrap_or(RenamedBy::Decision) });
            }
            if let Some(how) = Retype::between(before, column) {
                changes.push(ColumnChange::Retyped { from: before.storage.kind(), to: column.storage.kind(), how });
            }
            if before.key == column.key && before.title != column.title {
                changes.push(ColumnChange::Retitled);
            }
            if !in_place.contains(&from) {
                changes.push(ColumnChange::Moved);
            }
            columns.push(ColumnDiff { old: Some(before.clone()), new: Some(column.clone()), changes });
        }
        for (_, column) in old.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
            columns.push(ColumnDiff { old: Some(column.clone()), new: None, changes: vec![ColumnChange::Removed] });
        }
        Ok(Self { columns })
    }

    /// Whether the columns are the same in every respect.
    pub fn is_empty(&self) -> bool {
        self.columns.iter().all(|column| column.changes.is_empty())
    }

    /// Whether anything breaks what people built on the old version.
    pub fn is_breaking(&self) -> bool {
        self.columns.iter().any(ColumnDiff::is_breaking)
    }

    /// Which column has this key, or else this title; of the new version, or else of the old one.
    pub fn find(&self, name: &str) -> Option<usize> {
        let sides: [fn(&ColumnDiff) -> Option<&Column>; 2] =
            [|column| column.new.as_ref(), |column| column.old.as_ref()];
        let names: [fn(&Column) -> &str; 2] = [|column| &column.key, |column| &column.title];
        sides.iter().find_map(|side| {
            names.iter().find_map(|read| {
                self.columns.iter().position(|column| side(column).is_some_and(|column| read(column) == name))
            })
        })
    }
}

/// Where each of `count` columns stands: behind which column that both versions have (by its old place), and how far.
fn places(count: usize, common: impl Fn(usize) -> Option<usize>) -> Vec<(Option<usize>, usize)> {
    let mut place = (None, 0);
    (0..count)
        .map(|at| {
            place = match common(at) {
                Some(anchor) => (Some(anchor), 0),
                None => (place.0, place.1 + 1),
            };
            place
        })
        .collect()
}

/// Whether two profiles may well be of the same column in two versions: about as many empty cells, nearly as many different
/// values, the same smallest or largest, and most of the frequent values in common.
fn alike(old: &Profile, new: &Profile) -> bool {
    let (old_values, new_values) = (old.rows - old.nulls.min(old.rows), new.rows - new.nulls.min(new.rows));
    if old_values == 0 || new_values == 0 {
        return false;
    }
    let share = |profile: &Profile| profile.nulls as f64 / profile.rows.max(1) as f64;
    let nearly = |a: u64, b: u64| a.min(b) as f64 >= 0.8 * a.max(b) as f64;
    let one_end = match (&old.min, &new.min) {
        (Some(_), Some(_)) => old.min == new.min || old.max == new.max,
        _ => old.min_len == new.min_len || old.max_len == new.max_len,
    };
    let known: BTreeSet<&str> = old.top.iter().map(|(value, _)| value.as_str()).collect();
    let shared = new.top.iter().filter(|(value, _)| known.contains(value.as_str())).count();
    let most = old.top.len().max(new.top.len());
    (share(old) - share(new)).abs() <= 0.1
        && nearly(old.distinct.value, new.distinct.value)
        && one_end
        && shared * 2 >= most
}

/// The numbers of a longest ascending part of a sequence of different numbers; what is not in it has moved.
fn longest_ascending(sequence: &[usize]) -> BTreeSet<usize> {
    // For each length, where the part of that length with the smallest end ends; and for each number, the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(sequence.len());
    for (at, number) in sequence.iter().enumerate() {
        let length = ends.partition_point(|end| sequence[*end] < *number);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut part = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(at) = next {
        part.insert(sequence[at]);
        next = before[at];
    }
    part
}

#[cfg(test)]
mod tests {
    use proptest::strategy::Strategy;

    use super::*;
    use crate::table::ingest::profile::Count;

    fn column(key: &str, storage: Storage) -> Column {
        Column { key: key.to_owned(), title: format!("title of {key}"), storage, profile: None }
    }

    fn columns(keys: &[&str]) -> Vec<Column> {
        keys.iter().map(|key| column(key, Storage::Text)).collect()
    }

    fn profile(distinct: u64, top: &[&str], rows: u64, nulls: u64) -> Profile {
        Profile {
            rows,
            nulls,
            distinct: Count { value: distinct, approximate: false },
            top: top.iter().map(|value| ((*value).to_owned(), 3)).collect(),
            top_approximate: false,
            min: None,
            max: None,
            mean: None,
            histogram: None,
            min_len: Some(2),
            max_len: Some(9),
            shapes: None,
        }
    }

    fn guess(old: &[Column], new: &[Column]) -> SchemaDiff {
        SchemaDiff::between(old, new, Renames::Guess).unwrap()
    }

    fn codes(diff: &SchemaDiff) -> Vec<(String, Vec<String>)> {
        let code = |change: &ColumnChange| serde_json::to_value(change).unwrap()["code"].as_str().unwrap().to_owned();
        let changed = diff.columns.iter().filter(|column| !column.changes.is_empty());
        changed.map(|column| (column.key().to_owned(), column.changes.iter().map(code).collect())).collect()
    }

    fn told(expected: &[(&str, &[&str])]) -> Vec<(String, Vec<String>)> {
        let own = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
        expected.iter().map(|(key, codes)| ((*key).to_owned(), own(codes))).collect()
    }

    #[test]
    fn a_column_that_goes_is_breaking_and_one_that_comes_is_not() {
        let diff = guess(&columns(&["a", "b"]), &columns(&["a", "c", "b"]));
        assert_eq!(codes(&diff), told(&[("c", &["added"])]));
        assert!(!diff.is_breaking() && !diff.is_empty());
        let diff = guess(&columns(&["a", "c", "b"]), &columns(&["a", "b"]));
        assert_eq!(codes(&diff), told(&[("c", &["removed"])]));
        assert!(diff.is_breaking());
    }

    #[test]
    fn moving_one_column_moves_no_other() {
        let diff = guess(&columns(&["a", "b", "c", "d"]), &columns(&["d", "a", "b", "c"]));
        assert_eq!(codes(&diff), told(&[("d", &["moved"])]));
        assert!(!diff.is_breaking());
    }

    #[test]
    fn a_rename_is_guessed_by_title_or_by_place_and_values_and_says_so() {
        let mut new = columns(&["a", "x", "c"]);
        new[1].title = "title of b".to_owned();
        let diff = guess(&columns(&["a", "b", "c"]), &new);
        assert_eq!(diff.columns[1].changes, [ColumnChange::Renamed { by: RenamedBy::Title }]);
        assert!(diff.is_breaking());

        let (mut old, mut new) = (columns(&["a", "b", "c"]), columns(&["a", "x", "c"]));
        old[1].profile = Some(profile(100, &["p", "q", "r"], 1000, 10));
        new[1].profile = Some(profile(104, &["q", "p", "s"], 1040, 12));
        assert_eq!(guess(&old, &new).columns[1].changes, [ColumnChange::Renamed { by: RenamedBy::Values }]);
        // Other values, another place or another type: two columns.
        new[1].profile = Some(profile(104, &["s", "t", "u"], 1040, 12));
        assert_eq!(codes(&guess(&old, &new)), told(&[("x", &["added"]), ("b", &["removed"])]));
        new[1].profile = old[1].profile.clone();
        new.swap(1, 2);
        assert_eq!(codes(&guess(&old, &new)), told(&[("x", &["added"]), ("b", &["removed"])]));
        new.swap(1, 2);
        new[1].storage = Storage::Int64;
        assert_eq!(codes(&guess(&old, &new)), told(&[("x", &["added"]), ("b", &["removed"])]));
    }

    #[test]
    fn decided_renames_replace_guesses_and_a_wrong_one_is_refused() {
        let (old, mut new) = (columns(&["a", "b"]), columns(&["b", "x"]));
        new[1].title = "title of a".to_owned();
        let none = SchemaDiff::between(&old, &new, Renames::Decided(&[])).unwrap();
        assert_eq!(codes(&none), told(&[("x", &["added"]), ("a", &["removed"])]));
        // Against the keys, because a person said so.
        let decided = [("a".to_owned(), "b".to_owned()), ("b".to_owned(), "x".to_owned())];
        let diff = SchemaDiff::between(&old, &new, Renames::Decided(&decided)).unwrap();
        assert!(diff.columns.iter().all(|c| c.changes == [ColumnChange::Renamed { by: RenamedBy::Decision }]));
        let wrong = [("a".to_owned(), "b".to_owned()), ("a".to_owned(), "x".to_owned())];
        assert!(SchemaDiff::between(&old, &new, Renames::Decided(&wrong)).unwrap_err().has("diff-rename-unknown"));
    }

    #[test]
    fn only_a_type_that_takes_less_or_other_things_is_breaking() {
        let how = |from: Storage, to: Storage| Retype::between(&column("a", from), &column("a", to));
        assert_eq!(how(Storage::Int64, Storage::Int64), None);
        for (from, to, expected, breaking) in [
            (Storage::Int64, Storage::Float64, Retype::Wider, false),
            (Storage::Int64, Storage::Decimal128 { scale: 2 }, Retype::Wider, false),
            (Storage::Float64, Storage::Int64, Retype::Narrower, true),
            (Storage::Float64, Storage::Decimal128 { scale: 2 }, Retype::Precision, false),
            (Storage::Int64, Storage::Text, Retype::Other, true),
            (Storage::Date32, Storage::Timestamp { utc: false }, Retype::Other, true),
            (Storage::Timestamp { utc: false }, Storage::Timestamp { utc: true }, Retype::Zone, true),
        ] {
            assert_eq!(how(from, to), Some(expected));
            assert_eq!(expected.is_breaking(), breaking);
        }
        let mut empty = column("a", Storage::Text);
        empty.profile = Some(profile(0, &[], 7, 7));
        assert_eq!(Retype::between(&empty, &column("a", Storage::Int64)), Some(Retype::Empty));
    }

    #[test]
    fn a_column_is_found_by_key_or_title_now_or_before() {
        let mut new = columns(&["a", "x"]);
        new[1].title = "title of b".to_owned();
        let diff = guess(&columns(&["a", "b", "c"]), &new);
        assert_eq!(
            ["a", "x", "b", "title of b", "c", "nothing"].map(|name| diff.find(name)),
            [Some(0), Some(1), Some(1), Some(1), Some(2), None]
        );
    }

    proptest::proptest! {
        #[test]
        fn a_diff_of_columns_holds_both_versions_and_mirrors(
            old in proptest::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..=5).prop_shuffle(),
            new in proptest::sample::subsequence(vec!["a", "b", "c", "d", "e"], 0..=5).prop_shuffle(),
        ) {
            let (old, new) = (columns(&old), columns(&new));
            let (there, back) = (guess(&old, &new), guess(&new, &old));
            let mut olds: Vec<_> = there.columns.iter().filter_map(|column| column.old.clone()).collect();
            olds.sort_by_key(|column| old.iter().position(|other| other == column));
            proptest::prop_assert_eq!(&olds, &old);
            let news: Vec<_> = there.columns.iter().filter_map(|column| column.new.clone()).collect();
            proptest::prop_assert_eq!(&news, &new);
            let count = |diff: &SchemaDiff, wanted: &ColumnChange| {
                diff.columns.iter().filter(|column| column.changes.contains(wanted)).count()
            };
            proptest::prop_assert_eq!(count(&there, &ColumnChange::Added), count(&back, &ColumnChange::Removed));
            proptest::prop_assert_eq!(count(&there, &ColumnChange::Moved), count(&back, &ColumnChange::Moved));
            proptest::prop_assert_eq!(guess(&old, &old).is_empty(), true);
        }
    }
}

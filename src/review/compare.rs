//! What a draft says and holds otherwise than the version that the public sees: description, dictionary, tables and columns.

use super::fields::described;
use crate::dataset::contract::Changed;
use crate::dataset::{ColumnNote, Metadata, ResourceVersion};
use crate::kernel::Localized;
use crate::table::TableVersion;
use crate::table::diff::SchemaDiff;

/// A field of the description that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDiff {
    /// Its code; the name is the message `review-field-{code}`.
    pub code: &'static str,
    /// What the public sees; empty where nothing is said.
    pub old: String,
    /// What the draft says; empty where nothing is said.
    pub new: String,
}

/// An entry of the dictionary that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoteDiff {
    /// The column's title.
    pub column: String,
    /// Which part: `title-en`, `meaning`, `meaning-en`, `unit`, `unit-en`, or a constraint by its name.
    pub part: &'static str,
    /// What the public sees; empty where nothing is said.
    pub old: String,
    /// What the draft says; empty where nothing is said.
    pub new: String,
}

/// What became of a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableChange {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It holds another state.
    Changed,
    /// It is the very same.
    Same,
}

impl TableChange {
    /// The code; its text is the message `review-table-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Same => "same",
        }
    }
}

/// A table on both sides.
#[derive(Clone, Debug)]
pub struct TableDiff {
    /// Its part of file names.
    pub name: String,
    /// Its title now, or as it was.
    pub title: Localized,
    /// Its title as it was, where that is another.
    pub title_before: Option<Localized>,
    /// What became of it.
    pub change: TableChange,
    /// What became of its columns; none unless it is on both sides in different states.
    pub schema: Option<SchemaDiff>,
    /// The keys of the columns that the dictionary names as the key and both states have: what rows are compared by.
    pub key: Vec<String>,
    /// Entries of the dictionary that were changed.
    pub notes: Vec<NoteDiff>,
    /// Its state that the public sees.
    pub old: Option<TableVersion>,
    /// Its state in the draft.
    pub new: Option<TableVersion>,
}

/// All that is different, but for the rows.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// Whether there is a version that the public sees.
    pub against: bool,
    /// Fields of the description that were changed; all that say something, where there is nothing to compare with.
    pub fields: Vec<FieldDiff>,
    /// How many fields say the same.
    pub unchanged: usize,
    /// The tables of the draft in their order, then those that are gone.
    pub tables: Vec<TableDiff>,
}

impl Comparison {
    /// Whether words alone were changed: every table that the public sees stays as it is, and none comes.
    pub fn tables_stay(&self) -> bool {
        self.against && self.tables.iter().all(|table| table.change == TableChange::Same)
    }
}

/// Compares what is said and held with what the public sees, if it sees anything. `changed` are the tables that stand in another state.
pub fn compare(
    old: Option<(&Metadata, &[ResourceVersion])>,
    new: (&Metadata, &[ResourceVersion]),
    changed: &[Changed],
) -> Comparison {
    let before = old.map(|(metadata, _)| described(metadata));
    let now = described(new.0);
    let all = now.len();
    let fields: Vec<FieldDiff> = now
        .into_iter()
        .enumerate()
        .map(|(at, (code, new))| {
            let old = before.as_ref().and_then(|before| before.get(at)).map(|(_, text)| text.clone());
            FieldDiff { code, old: old.unwrap_or_default(), new }
        })
        .filter(|field| field.old != field.new)
        .collect();
    let olds = old.map(|(_, resources)| resources).unwrap_or_default();
    let mut tables = Vec::new();
    for resource in new.1 {
        let old = olds.iter().find(|old| old.resource_id == resource.resource_id);
        let changed = changed.iter().find(|table| table.new.resource_id == resource.resource_id);
        tables.push(table(old, Some(resource), changed));
    }
    for gone in olds.iter().filter(|old| !new.1.iter().any(|new| new.resource_id == old.resource_id)) {
        tables.push(table(Some(gone), None, None));
    }
    Comparison { against: old.is_some(), unchanged: all - fields.len(), fields, tables }
}

fn table(old: Option<&ResourceVersion>, new: Option<&ResourceVersion>, changed: Option<&Changed>) -> TableDiff {
    let change = match (old, new, changed) {
        (None, ..) => TableChange::Added,
        (_, None, _) => TableChange::Removed,
        (.., None) => TableChange::Same,
        (.., Some(_)) => TableChange::Changed,
    };
    let shown = new.or(old);
    let dictionary = |side: Option<&ResourceVersion>| side.map(|side| side.dictionary.clone()).unwrap_or_default();
    let before = old.zip(new).filter(|(old, new)| old.title != new.title).map(|(old, _)| old.title.clone());
    TableDiff {
        name: shown.map(|resource| resource.name.clone()).unwrap_or_default(),
        title: shown.map(|resource| resource.title.clone()).unwrap_or_default(),
        title_before: before,
        change,
        key: changed.map(Changed::key).unwrap_or_default(),
        schema: changed.map(|changed| changed.schema.clone()),
        notes: if new.is_some() { notes(&dictionary(old), &dictionary(new)) } else { Vec::new() },
        old: old.map(|old| old.table.clone()),
        new: new.map(|new| new.table.clone()),
    }
}

fn notes(old: &[ColumnNote], new: &[ColumnNote]) -> Vec<NoteDiff> {
    let parts = |note: Option<&ColumnNote>| {
        let text = |text: Option<&Localized>| {
            let vi = text.map(|text| text.vi.clone()).unwrap_or_default();
            (vi, text.and_then(|text| text.en.clone()).unwrap_or_default())
        };
        let (meaning, meaning_en) = text(note.and_then(|note| note.meaning.as_ref()));
        let (unit, unit_en) = text(note.and_then(|note| note.unit.as_ref()));
        let title_en = note.and_then(|note| note.title_en.clone()).unwrap_or_default();
        let wanted = note.map(|note| note.constraints.clone()).unwrap_or_default();
        let sign = |is: bool| if is { "✓".to_owned() } else { String::new() };
        [
            ("title-en", title_en),
            ("meaning", meaning),
            ("meaning-en", meaning_en),
            ("unit", unit),
            ("unit-en", unit_en),
            ("required", sign(wanted.required)),
            ("unique", sign(wanted.unique)),
            ("key", sign(wanted.key)),
            ("codes", wanted.codes_text()),
            ("minimum", wanted.minimum.unwrap_or_default()),
            ("maximum", wanted.maximum.unwrap_or_default()),
            ("pattern", wanted.pattern.unwrap_or_default()),
        ]
    };
    let gone = old.iter().filter(|old| !new.iter().any(|new| new.title == old.title));
    let titles: Vec<&str> = new.iter().chain(gone).map(|note| note.title.as_str()).collect();
    let mut found = Vec::new();
    for title in titles {
        let find = |notes: &[ColumnNote]| parts(notes.iter().find(|note| note.title == title));
        for ((part, old), (_, new)) in find(old).into_iter().zip(find(new)) {
            if old != new {
                found.push(NoteDiff { column: title.to_owned(), part, old, new });
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(title: &str, topic: &str) -> Metadata {
        Metadata {
            title: Localized { vi: title.into(), en: None },
            topic: topic.into(),
            frequency: "monthly".into(),
            ..Metadata::default()
        }
    }

    #[test]
    fn only_fields_that_differ_are_told_and_the_others_are_counted() {
        let (old, new) = (said("Trạm y tế", "y-te"), said("Trạm y tế xã", "y-te"));
        let found = compare(Some((&old, &[])), (&new, &[]), &[]);
        let expected = FieldDiff { code: "title", old: "Trạm y tế".into(), new: "Trạm y tế xã".into() };
        assert_eq!((found.fields, found.unchanged), (vec![expected], 13));
    }

    #[test]
    fn without_a_public_version_all_that_is_said_is_new() {
        let found = compare(None, (&said("Trạm y tế", "y-te"), &[]), &[]);
        assert_eq!(found.fields.iter().map(|field| field.code).collect::<Vec<_>>(), ["title", "topic", "frequency"]);
        assert!(!found.against);
    }

    #[test]
    fn a_dictionary_is_compared_entry_by_entry_by_the_columns_title() {
        let note = |title: &str, meaning: &str| ColumnNote {
            title: title.into(),
            meaning: Some(Localized { vi: meaning.into(), en: None }),
            ..ColumnNote::default()
        };
        let found =
            notes(&[note("A", "một"), note("B", "hai")], &[note("B", "hai"), note("A", "mốt"), note("C", "ba")]);
        let told: Vec<_> = found.iter().map(|n| (n.column.as_str(), n.old.as_str(), n.new.as_str())).collect();
        assert_eq!(told, [("A", "một", "mốt"), ("C", "", "ba")]);
    }
}

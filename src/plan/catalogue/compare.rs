//! Two issues of the catalogue held against each other: what came, what went, what is said otherwise.

use std::collections::{HashMap, HashSet};

use super::Entry;
use crate::kernel::id::CatalogueEntryId;

/// A part of an entry that may be said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// What it is called.
    Title,
    /// The same in English.
    TitleEn,
    /// Whose it is.
    Agency,
    /// The topic.
    Topic,
    /// The frequency.
    Frequency,
    /// How it is shared.
    Sharing,
    /// The terms of use.
    Licence,
    /// The dataset that it stands for.
    Dataset,
}

impl Part {
    /// All, in the order in which they are told.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::TitleEn,
        Self::Agency,
        Self::Topic,
        Self::Frequency,
        Self::Sharing,
        Self::Licence,
        Self::Dataset,
    ];

    /// Its text is the message `odc-part-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::TitleEn => "title-en",
            Self::Agency => "agency",
            Self::Topic => "topic",
            Self::Frequency => "frequency",
            Self::Sharing => "sharing",
            Self::Licence => "licence",
            Self::Dataset => "dataset",
        }
    }

    /// What an entry says there; codes and ids as they are stored.
    pub fn of(self, entry: &Entry) -> Option<&str> {
        match self {
            Self::Title => Some(&entry.title_vi),
            Self::TitleEn => entry.title_en.as_deref(),
            Self::Agency => Some(entry.agency_id.as_str()),
            Self::Topic => Some(&entry.topic),
            Self::Frequency => Some(&entry.frequency),
            Self::Sharing => Some(&entry.sharing),
            Self::Licence => entry.licence.as_deref(),
            Self::Dataset => entry.dataset_id.as_ref().map(|id| id.as_str()),
        }
    }
}

/// An entry that both issues list and that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'a> {
    /// As the older one has it.
    pub old: &'a Entry,
    /// As the newer one has it.
    pub new: &'a Entry,
    /// In what they differ.
    pub parts: Vec<Part>,
}

/// What two issues differ in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// In the newer one alone.
    pub added: Vec<&'a Entry>,
    /// In the older one alone.
    pub removed: Vec<&'a Entry>,
    /// In both, but otherwise.
    pub changed: Vec<Difference<'a>>,
    /// How many are the same.
    pub same: usize,
}

/// Holds two issues against each other, entry by entry; each list keeps the order of its issue.
pub fn compare<'a>(old: &'a [Entry], new: &'a [Entry]) -> Comparison<'a> {
    let before: HashMap<&CatalogueEntryId, &Entry> = old.iter().map(|entry| (&entry.entry_id, entry)).collect();
    let after: HashSet<&CatalogueEntryId> = new.iter().map(|entry| &entry.entry_id).collect();
    let mut found = Comparison {
        removed: old.iter().filter(|entry| !after.contains(&entry.entry_id)).collect(),
        ..Comparison::default()
    };
    for entry in new {
        let Some(known) = before.get(&entry.entry_id).copied() else {
            found.added.push(entry);
            continue;
        };
        let parts: Vec<Part> = Part::ALL.into_iter().filter(|part| part.of(known) != part.of(entry)).collect();
        if parts.is_empty() {
            found.same += 1;
        } else {
            found.changed.push(Difference { old: known, new: entry, parts });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernel::id::{AgencyId, CatalogueIssueId};

    fn entry(id: &CatalogueEntryId, title: &str) -> Entry {
        Entry {
            issue_id: CatalogueIssueId::fresh(),
            entry_id: id.clone(),
            dataset_id: None,
            title_vi: title.to_owned(),
            title_en: None,
            agency_id: AgencyId::parse("00000000-0000-7000-8000-000000000000").unwrap(),
            topic: "y-te".to_owned(),
            frequency: "yearly".to_owned(),
            sharing: "file".to_owned(),
            licence: None,
            search_text: String::new(),
        }
    }

    #[test]
    fn an_entry_is_known_again_by_its_id_whatever_it_is_called() {
        let ids: Vec<_> = (0..4).map(|_| CatalogueEntryId::fresh()).collect();
        let old = [entry(&ids[0], "a"), entry(&ids[1], "b"), entry(&ids[2], "c")];
        let changed = Entry { sharing: "service".to_owned(), ..entry(&ids[1], "bb") };
        let new = [entry(&ids[0], "a"), changed, entry(&ids[3], "d")];
        let found = compare(&old, &new);
        assert_eq!((found.added, found.removed, found.same), (vec![&new[2]], vec![&old[2]], 1));
        assert_eq!(found.changed, [Difference { old: &old[1], new: &new[1], parts: vec![Part::Title, Part::Sharing] }]);
        assert_eq!(compare(&new, &new), Comparison { same: 3, ..Comparison::default() });
        assert_eq!(compare(&[], &new).added.len(), 3);
    }
}

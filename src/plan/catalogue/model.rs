//! An issue of the catalogue and what it lists.

use chrono::NaiveDate;
use diesel::prelude::*;

use crate::access::Sight;
use crate::kernel::id::{
    AccountId, AgencyId, CatalogueEntryId, CatalogueIssueId, CataloguePostingId, CatalogueReviewId, DatasetId,
};
use crate::kernel::{Localized, Timestamp};
use crate::plan::decision::Decision;

/// Where in its life an issue is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Being written.
    Draft,
    /// With the authority.
    Submitted,
    /// In force.
    Issued,
    /// Another is in force.
    Superseded,
}

impl State {
    /// All, in the order of life.
    pub const ALL: [Self; 4] = [Self::Draft, Self::Submitted, Self::Issued, Self::Superseded];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::Issued => "issued",
            Self::Superseded => "superseded",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// How what an entry lists is shared (R-025; NĐ 47 Đ.21.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// As a packed file.
    File,
    /// As a data service.
    Service,
}

impl Sharing {
    /// All.
    pub const ALL: [Self; 2] = [Self::File, Self::Service];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Service => "service",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sharing| sharing.code() == code)
    }
}

/// An issue of the catalogue.
#[derive(Clone, Debug)]
pub struct Issue {
    /// Its id.
    pub id: CatalogueIssueId,
    /// Its number, from 1.
    pub number: i32,
    /// Where in its life it is.
    pub state: State,
    /// The mark of forms: one more with each change.
    pub revision: i32,
    /// Who began it.
    pub made_by: AccountId,
    /// When.
    pub made_at: Timestamp,
    /// Who submitted it.
    pub submitted_by: Option<AccountId>,
    /// When.
    pub submitted_at: Option<Timestamp>,
    /// The decision that issued it.
    pub decision: Option<Decision>,
}

impl Issue {
    /// Whether the public sees it.
    pub fn is_public(&self) -> bool {
        matches!(self.state, State::Issued | State::Superseded)
    }

    /// The mark that a form of what was shown carries.
    pub fn mark(&self) -> String {
        self.revision.to_string()
    }
}

/// What an issue lists.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::catalogue_entry)]
pub struct Entry {
    /// Of which issue.
    pub issue_id: CatalogueIssueId,
    /// Its id, the same from issue to issue.
    pub entry_id: CatalogueEntryId,
    /// The dataset, where there is one.
    pub dataset_id: Option<DatasetId>,
    /// What it is called; empty once that was destroyed by a purge.
    pub title_vi: String,
    /// The same in English.
    pub title_en: Option<String>,
    /// Whose it is.
    pub agency_id: AgencyId,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
    /// The code of its [`Sharing`].
    pub sharing: String,
    /// The code of its licence; none for the province's own terms.
    pub licence: Option<String>,
    /// Folded, for searching.
    pub search_text: String,
}

impl Entry {
    /// What it is called.
    pub fn title(&self) -> Localized {
        Localized { vi: self.title_vi.clone(), en: self.title_en.clone() }
    }
}

/// An entry with the names of what it points at.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The entry.
    pub entry: Entry,
    /// The agency's names.
    pub agency: Localized,
    /// The agency's slug.
    pub agency_slug: String,
    /// Slug and state of the dataset, where there is one.
    pub dataset: Option<(String, String)>,
    /// Why it cannot be issued.
    pub closed: Option<Closed>,
}

impl Listed {
    /// The slug of the dataset that the public sees; none for what is only intended, or was withdrawn.
    pub fn published(&self) -> Option<&str> {
        self.dataset.as_ref().filter(|(_, state)| state == "published").map(|(slug, _)| slug.as_str())
    }

    /// Whether it is only intended: no dataset stands for it, or one that was never published; neither confined nor destroyed.
    pub fn intended(&self) -> bool {
        self.closed.is_none() && self.dataset.as_ref().is_none_or(|(_, state)| state == "draft")
    }
}

/// What the issue before listed and this one does not.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::catalogue_removal)]
pub struct Removal {
    /// Which.
    pub entry_id: CatalogueEntryId,
    /// What it was called; empty once that was destroyed by a purge.
    pub title_vi: String,
    /// Why it left.
    pub reason: String,
}

/// Which entries are shown.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// An agency's.
    pub agency: Option<AgencyId>,
    /// Of a topic.
    pub topic: Option<String>,
    /// With these words.
    pub text: String,
    /// Who reads.
    pub sight: Sight,
}

/// Why an entry cannot be issued.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Its dataset is in quarantine.
    Quarantined,
    /// What it is called was destroyed.
    Purged,
}

impl Closed {
    /// Its text is the message `odc-closed-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Quarantined => "quarantined",
            Self::Purged => "purged",
        }
    }
}

/// That an issue was posted at the national portal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Posting {
    /// Its id.
    pub id: CataloguePostingId,
    /// On which day.
    pub posted_on: NaiveDate,
    /// Where it stands there.
    pub address: String,
    /// What there is to say of it, inside.
    pub note: Option<String>,
    /// Who wrote it down.
    pub posted_by: AccountId,
    /// When.
    pub recorded_at: Timestamp,
}

/// That an issue in force was reviewed and nothing of it is to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewed {
    /// Its id.
    pub id: CatalogueReviewId,
    /// How it was checked.
    pub checked: String,
    /// The name of whoever signed it.
    pub name: String,
    /// When.
    pub at: Timestamp,
}

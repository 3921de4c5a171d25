//! Findings and what was decided about them.

use sha2::{Digest, Sha256};

use super::detect::{Heading, Kind, Options, Severity};
use crate::dataset::{ResourceVersion, Version};
use crate::kernel::id::{FindingId, TableVersionId};
use crate::kernel::{Localized, Result, Timestamp};

/// What somebody decides about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The column goes.
    Remove,
    /// The middle of the values is hidden.
    Mask,
    /// Values become coarser: years, bands, communes.
    Generalise,
    /// Rows of small groups go.
    Aggregate,
    /// The law lets it be published as it is.
    LegalBasis,
    /// It is not what it looks like.
    FalseAlarm,
    /// It is a state secret indeed.
    Confirmed,
}

impl Verdict {
    /// All, in the order they are offered in.
    pub const ALL: [Self; 7] = [
        Self::Remove,
        Self::Mask,
        Self::Generalise,
        Self::Aggregate,
        Self::LegalBasis,
        Self::FalseAlarm,
        Self::Confirmed,
    ];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Mask => "mask",
            Self::Generalise => "generalise",
            Self::Aggregate => "aggregate",
            Self::LegalBasis => "legal-basis",
            Self::FalseAlarm => "false-alarm",
            Self::Confirmed => "confirmed",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|verdict| verdict.code() == code)
    }

    /// Whether the data may stay as they are.
    pub fn clears(self) -> bool {
        matches!(self, Self::LegalBasis | Self::FalseAlarm)
    }

    /// Whether the portal makes a treated table of it.
    pub fn treats(self) -> bool {
        matches!(self, Self::Remove | Self::Mask | Self::Generalise | Self::Aggregate)
    }

    /// What can be decided about a finding. The words of a version are mended by hand; a secret is none, or is confirmed.
    pub fn offered(kind: Kind, in_table: bool) -> Vec<Self> {
        match kind {
            Kind::Secret => vec![Self::FalseAlarm, Self::Confirmed],
            _ if !in_table => vec![Self::LegalBasis, Self::FalseAlarm],
            Kind::SmallGroup => vec![Self::Aggregate, Self::LegalBasis, Self::FalseAlarm],
            Kind::Person => vec![Self::Remove, Self::Mask, Self::Generalise, Self::LegalBasis, Self::FalseAlarm],
            _ => vec![Self::Remove, Self::Mask, Self::LegalBasis, Self::FalseAlarm],
        }
    }
}

/// A verdict that was given.
#[derive(Clone, Debug)]
pub struct Given {
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the person's words; empty where none is asked for.
    pub reason: String,
    /// The document of the legal-basis register, by its id.
    pub basis: Option<String>,
    /// The name of who decided.
    pub person: String,
    /// When.
    pub at: Timestamp,
}

/// A finding.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Its id.
    pub id: FindingId,
    /// The table it stands in; none for the words of a version.
    pub table: Option<TableVersionId>,
    /// The title of the column.
    pub place: Option<String>,
    /// The column, from 0.
    pub position: Option<usize>,
    /// What was found.
    pub kind: Kind,
    /// How much it weighs.
    pub severity: Severity,
    /// In how many cells.
    pub count: u64,
    /// Masked.
    pub samples: Vec<String>,
    /// The first rows, from 0.
    pub rows: Vec<u64>,
    /// When it was found.
    pub at: Timestamp,
    /// What was decided last.
    pub given: Option<Given>,
}

impl Finding {
    /// Whether it keeps the data from the public.
    pub fn blocks(&self) -> bool {
        self.severity == Severity::Block && !self.given.as_ref().is_some_and(|given| given.verdict.clears())
    }

    /// Where in its life it is.
    pub fn state(&self) -> State {
        match &self.given {
            None if self.severity == Severity::Block => State::Open,
            None => State::Shown,
            Some(given) if given.verdict.clears() => State::Cleared,
            Some(given) if given.verdict == Verdict::Confirmed => State::Confirmed,
            Some(_) => State::ToTreat,
        }
    }
}

/// Where in its life a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody must decide.
    Open,
    /// Decided; the treated table is not made yet.
    ToTreat,
    /// The data may stay as they are.
    Cleared,
    /// A state secret.
    Confirmed,
    /// Shown only.
    Shown,
}

impl State {
    /// Its code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::ToTreat => "to-treat",
            Self::Cleared => "cleared",
            Self::Confirmed => "confirmed",
            Self::Shown => "shown",
        }
    }
}

/// The words around data: what the scan reads them by.
#[derive(Clone, Debug)]
pub struct Words {
    /// What is read, line by line.
    pub text: String,
    /// Its SHA-256.
    pub hash: String,
}

impl Words {
    fn of(text: String) -> Self {
        let hash = hex::encode(Sha256::digest(text.as_bytes()));
        Self { text, hash }
    }

    /// All words of a version: metadata, note, titles and dictionaries.
    pub fn of_version(version: &Version, resources: &[ResourceVersion]) -> Self {
        let mut text = about(version);
        let mut add = |words: &Localized| {
            for one in [Some(&words.vi), words.en.as_ref()].into_iter().flatten() {
                text.push('\n');
                text.push_str(one);
            }
        };
        for words in [version.note.as_ref(), version.metadata.spatial.as_ref(), version.metadata.source.as_ref()] {
            words.into_iter().for_each(&mut add);
        }
        for resource in resources {
            add(&resource.title);
            for note in &resource.dictionary {
                [note.meaning.as_ref(), note.unit.as_ref()].into_iter().flatten().for_each(&mut add);
            }
        }
        for keyword in &version.metadata.keywords {
            text.push('\n');
            text.push_str(keyword);
        }
        Self::of(text)
    }

    /// What a table is read by: its headings and dictionary, and which columns point at persons together.
    ///
    /// # Errors
    /// `Internal` when the stored report is damaged.
    pub fn of_table(resource: &ResourceVersion, quasi: &[String]) -> Result<(Vec<Heading>, Self)> {
        let columns = resource.table.report()?.outcome.columns;
        let headings: Vec<Heading> = columns
            .into_iter()
            .map(|column| {
                let note = resource.note(&column.title);
                let mut said = String::new();
                for words in note.into_iter().flat_map(|note| [note.meaning.as_ref(), note.unit.as_ref()]).flatten() {
                    said.push_str(&words.vi);
                    said.push('\n');
                    said.push_str(words.en.as_deref().unwrap_or_default());
                }
                Heading { title: column.title, note: said }
            })
            .collect();
        let mut text = String::new();
        for heading in &headings {
            text.push_str(&format!("{}\t{}\n", heading.title, heading.note));
        }
        for title in quasi {
            text.push_str(title);
            text.push('\n');
        }
        Ok((headings, Self::of(text)))
    }
}

/// Title and description of a version.
pub(super) fn about(version: &Version) -> String {
    let said = &version.metadata;
    [Some(&said.title.vi), said.title.en.as_ref(), Some(&said.description.vi), said.description.en.as_ref()]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join("\n")
}

/// A table that is to be read.
#[derive(Clone, Debug)]
pub struct Pending {
    /// Which.
    pub table: TableVersionId,
    /// Its rows.
    pub rows: i64,
    /// Its columns.
    pub headings: Vec<Heading>,
    /// The hash of the words that it is read by.
    pub words: String,
    /// What the detector is told.
    pub options: Options,
}

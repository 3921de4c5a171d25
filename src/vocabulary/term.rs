//! The terms of the lists that a profile carries.

use serde::{Deserialize, Serialize};

use crate::kernel::Localized;
use crate::kernel::text::fold;

/// A role that people hold in the portal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
}

/// The two levels of government that a kind of agency may belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// The province's.
    #[default]
    Province,
    /// The one below it.
    Commune,
}

impl Level {
    /// What it is stored under.
    pub fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Commune => "commune",
        }
    }
}

/// A kind of agency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgencyKind {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// At which level of government.
    #[serde(default)]
    pub level: Level,
    /// Whether such bodies are only encouraged to take part, and join of their own will.
    #[serde(default)]
    pub encouraged: bool,
}

/// How often a dataset is updated, as its agency declares.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frequency {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// What agencies' own lists call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The ISO 8601 duration, as schema.org and Data Packages want it; none where no date follows.
    pub period: Option<String>,
    /// Whole months of the period.
    #[serde(default)]
    pub months: u32,
    /// Whole days of the period.
    #[serde(default)]
    pub days: u32,
    /// The entry of the EU authority table "frequency", as DCAT-AP wants it.
    pub iri: String,
}

impl Frequency {
    /// Whether a word is its code, its name or an alias, with or without tone marks.
    pub fn is_called(&self, word: &str) -> bool {
        is_name(&self.code, &self.name, word) || self.aliases.iter().any(|alias| fold(alias) == fold(word.trim()))
    }

    /// Whether a due date follows from it.
    pub fn has_period(&self) -> bool {
        self.months > 0 || self.days > 0
    }
}

fn is_name(code: &str, name: &Localized, word: &str) -> bool {
    let word = fold(word.trim());
    [Some(code), Some(name.vi.as_str()), name.en.as_deref()].into_iter().flatten().any(|name| fold(name) == word)
}

/// A topic that datasets are sorted under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Topic {
    /// What it is stored under and what its address ends with.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// The icon's name in the sprite, without its `i-`.
    pub icon: String,
    /// The entry of the EU authority table "data-theme", as DCAT-AP wants it.
    pub theme: String,
    /// Words of descriptors that mean this topic.
    #[serde(default)]
    pub keywords: Vec<String>,
}

impl Topic {
    /// Whether a word of a descriptor is its code or its name, with or without tone marks.
    pub fn is_called(&self, word: &str) -> bool {
        is_name(&self.code, &self.name, word)
    }

    /// Whether a word of a descriptor is one of its keywords, with or without tone marks.
    pub fn has_keyword(&self, word: &str) -> bool {
        let word = fold(word.trim());
        self.keywords.iter().any(|keyword| fold(keyword) == word)
    }
}

/// A format that tables are given in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Format {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// What it is good for, in a few words beside the link.
    pub description: Localized,
    /// The IANA media type.
    pub media_type: String,
    /// The file name's ending, without the dot.
    pub extension: String,
    /// The entry of the EU authority table "file-type", as DCAT-AP wants it.
    pub iri: String,
    /// Whether only some tables have it, such as those with places, or only once it was made.
    #[serde(default)]
    pub occasional: bool,
}

/// Terms that data may be given under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Licence {
    /// What it is stored under.
    pub code: String,
    /// What people call it.
    pub name: Localized,
    /// The SPDX identifier, where it has one.
    pub spdx: Option<String>,
    /// Where its text stands; none for the province's own terms, which stand on the portal's terms page.
    pub url: Option<String>,
    /// What descriptors call it.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Whether datasets that say nothing fall under it; exactly one does.
    #[serde(default)]
    pub default: bool,
}

impl Licence {
    /// Whether a descriptor means it by a name: code, SPDX identifier or alias, in any case.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim();
        [Some(&self.code), self.spdx.as_ref()]
            .into_iter()
            .flatten()
            .chain(&self.aliases)
            .any(|word| word.eq_ignore_ascii_case(name))
    }
}

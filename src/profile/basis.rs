//! Legal basis: the register of documents, and references into it.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::kernel::slug::is_slug;
use crate::kernel::{Lang, Localized};

/// Whether a document applies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalStatus {
    /// It applies.
    InForce,
    /// It applies as changed by its successor.
    Amended,
    /// Another document took its place.
    Replaced,
    /// Never issued, or not known to have been.
    Draft,
}

/// One document of the legal-basis register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalBasis {
    /// What values cite.
    pub id: String,
    /// Its kind as it stands before the number: "Nghị định", "Decree".
    pub name: Localized,
    /// Its number; drafts have none.
    pub number: Option<String>,
    /// The day it was signed; drafts have none.
    #[serde(default, with = "super::basis::optional_date", skip_serializing_if = "Option::is_none")]
    pub date: Option<NaiveDate>,
    /// What it is about.
    pub title: Localized,
    /// Who issued it.
    pub issuer: Localized,
    /// Whether it applies.
    pub status: LegalStatus,
    /// First day in force.
    #[serde(default, with = "super::basis::optional_date", skip_serializing_if = "Option::is_none")]
    pub from: Option<NaiveDate>,
    /// First day no longer in force.
    #[serde(default, with = "super::basis::optional_date", skip_serializing_if = "Option::is_none")]
    pub to: Option<NaiveDate>,
    /// The id of what replaced or changed it.
    pub successor: Option<String>,
    /// What a reader should know about its standing.
    pub note: Option<Localized>,
}

impl LegalBasis {
    /// What people call it: its kind and its number, or its title where a draft has no number.
    pub fn short(&self, lang: Lang) -> String {
        let name = self.name.get(lang).0;
        match &self.number {
            Some(number) => format!("{name} {number}"),
            None => format!("{name} {}", self.title.get(lang).0),
        }
    }
}

/// A reference to a place in a document: `nd47/20.3` is Điều 20 khoản 3 of the document `nd47`, `nd47` the whole document.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BasisId {
    document: String,
    /// Article, clause and point, as many as are given.
    place: Vec<String>,
}

impl BasisId {
    /// The id of the document.
    pub fn document(&self) -> &str {
        &self.document
    }

    /// The article (điều).
    pub fn article(&self) -> Option<&str> {
        self.place.first().map(String::as_str)
    }

    /// The clause (khoản).
    pub fn clause(&self) -> Option<&str> {
        self.place.get(1).map(String::as_str)
    }

    /// The point (điểm).
    pub fn point(&self) -> Option<&str> {
        self.place.get(2).map(String::as_str)
    }
}

impl FromStr for BasisId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (document, place) = match text.split_once('/') {
            Some((document, place)) => (document, place.split('.').map(str::to_owned).collect()),
            None => (text, Vec::new()),
        };
        let numbered = |part: &String| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
        let sound = is_slug(document)
            && place.len() <= 3
            && place.iter().take(2).all(numbered)
            && place.get(2).is_none_or(|point| point.chars().count() == 1 && point.chars().all(char::is_lowercase));
        if sound {
            Ok(Self { document: document.to_owned(), place })
        } else {
            Err(format!("not document/article.clause.point: {text}"))
        }
    }
}

impl fmt::Display for BasisId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.document)?;
        for (number, part) in self.place.iter().enumerate() {
            write!(f, "{}{part}", if number == 0 { '/' } else { '.' })?;
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for BasisId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for BasisId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A reference with its document looked up; the messages `basis-…` of the locale write it out.
#[derive(Clone, Copy, Debug)]
pub struct Citation<'a> {
    /// The document.
    pub document: &'a LegalBasis,
    /// Where in it.
    pub place: &'a BasisId,
}

impl Citation<'_> {
    /// The Fluent message that writes this reference with [`Citation::args`].
    pub fn message(&self) -> &'static str {
        match (self.place.article(), self.place.clause(), self.place.point()) {
            (None, ..) => "basis-document",
            (Some(_), None, _) => "basis-article",
            (Some(_), Some(_), None) => "basis-clause",
            (Some(_), Some(_), Some(_)) => "basis-point",
        }
    }

    /// The arguments of that message; what the reference does not name is empty.
    pub fn args(&self, lang: Lang) -> [(&'static str, String); 4] {
        let text = |part: Option<&str>| part.unwrap_or_default().to_owned();
        [
            ("document", self.document.short(lang)),
            ("article", text(self.place.article())),
            ("clause", text(self.place.clause())),
            ("point", text(self.place.point())),
        ]
    }
}

/// An optional date written as ISO 8601 text, `2022-11-10`.
pub(super) mod optional_date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<NaiveDate>, D::Error> {
        Option::<String>::deserialize(deserializer)?
            .map(|text| text.parse().map_err(|_| serde::de::Error::custom(format!("not a date: {text}"))))
            .transpose()
    }

    pub fn serialize<S: Serializer>(date: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
        match date {
            Some(date) => serializer.collect_str(date),
            None => serializer.serialize_none(),
        }
    }
}

/// A date written as ISO 8601 text, `2022-11-10`.
pub(super) mod date {
    use chrono::NaiveDate;
    use serde::{Deserialize, Deserializer};

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|_| serde::de::Error::custom(format!("not a date: {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_names_document_article_clause_and_point() {
        let basis: BasisId = "dak-nong-1731-2022/4.1.đ".parse().unwrap();
        assert_eq!(
            (basis.document(), basis.article(), basis.clause(), basis.point()),
            ("dak-nong-1731-2022", Some("4"), Some("1"), Some("đ"))
        );
        assert_eq!(basis.to_string(), "dak-nong-1731-2022/4.1.đ");
        let whole: BasisId = "nd278".parse().unwrap();
        assert_eq!((whole.article(), whole.to_string().as_str()), (None, "nd278"));
    }

    #[test]
    fn a_reference_that_is_not_one_is_refused() {
        for text in ["", "NĐ 47", "nd47/", "nd47/x", "nd47/1.2.ab", "nd47/1.2.a.b", "nd47/1..a"] {
            assert!(text.parse::<BasisId>().is_err(), "{text}");
        }
    }
}

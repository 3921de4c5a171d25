//! Atom feeds (RFC 4287): what was published, corrected and withdrawn, and the news.

use askama::Template;

use crate::http::page::Text;
use crate::kernel::{Lang, Timestamp};

/// `/feed.atom`, those of datasets, agencies, topics and searches, and `/tin-tuc/feed.atom`.
#[derive(Clone, Debug, Template)]
#[template(path = "feeds/atom.xml")]
pub struct FeedPage {
    /// The tag of its language.
    pub lang: &'static str,
    /// The tag of the other one.
    pub other_lang: &'static str,
    /// Its id, which never changes and is the same in both languages.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it tells of.
    pub subtitle: String,
    /// When its newest entry was made.
    pub updated: Timestamp,
    /// Who publishes.
    pub author: String,
    /// Its own address, with host.
    pub own: String,
    /// The page that it tells of.
    pub alternate: String,
    /// The same feed in the other language.
    pub other: String,
    /// The entries, newest first.
    pub entries: Vec<FeedEntry>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct FeedEntry {
    /// Its id, which never changes.
    pub id: String,
    /// Its title.
    pub title: FeedText,
    /// When it happened, or was last told anew.
    pub at: Timestamp,
    /// When it was first told.
    pub published: Timestamp,
    /// The agency.
    pub author: String,
    /// What happened.
    pub kind: EntryKind,
    /// The same in words.
    pub label: String,
    /// The page of it, with host.
    pub href: String,
    /// What changed, or why.
    pub summary: FeedText,
}

/// What an entry tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// A version was published.
    Publication,
    /// A version was published that corrects what was wrong.
    Correction,
    /// The dataset was withdrawn.
    Withdrawal,
    /// Something is announced.
    News,
    /// A quarter was released.
    Release,
}

impl EntryKind {
    /// As programs read it.
    pub fn term(self) -> &'static str {
        match self {
            Self::Publication => "publication",
            Self::Correction => "correction",
            Self::Withdrawal => "withdrawal",
            Self::News => "news",
            Self::Release => "release",
        }
    }
}

/// A text that XML takes, with its language where that is not the feed's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedText {
    /// The words.
    pub text: String,
    lang: Option<Lang>,
}

impl FeedText {
    /// The attribute of the element that holds the text; printed unescaped.
    pub fn xml_lang(&self) -> &'static str {
        match self.lang {
            None => "",
            Some(Lang::Vi) => " xml:lang=\"vi\"",
            Some(Lang::En) => " xml:lang=\"en\"",
        }
    }
}

impl From<Text> for FeedText {
    fn from(text: Text) -> Self {
        Self { text: xml(&text.text), lang: text.lang }
    }
}

impl From<String> for FeedText {
    fn from(text: String) -> Self {
        Self { text: xml(&text), lang: None }
    }
}

/// A text without the characters that XML 1.0 cannot hold, however they are written.
pub fn xml(text: &str) -> String {
    let kept = |c: &char| matches!(c, '\t' | '\n' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(kept).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_cannot_hold_is_left_out() {
        assert_eq!(xml("a\u{0}\u{8}b\u{fffe}\u{ffff}\tc\n𝄞 <đ>"), "ab\tc\n𝄞 <đ>");
    }
}

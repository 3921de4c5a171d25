//! What pages, their words and their revisions are.

use crate::kernel::id::ArticleId;
use crate::kernel::text::length;
use crate::kernel::{Localized, Timestamp};
use crate::platform::{markdown, token};

/// The longest lead of a list, in characters.
const LEAD: usize = 240;

/// What kind of page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// How something is done; in an order of its own.
    Guide,
    /// What happened; newest first.
    News,
    /// Terms and about, which stand at `/terms` and `/about`.
    Fixed,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Guide, Self::News, Self::Fixed];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Guide => "guide",
            Self::News => "news",
            Self::Fixed => "fixed",
        }
    }

    /// The kind of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The public address of a page of this kind, without host and language.
    pub fn address(self, slug: &str) -> String {
        match self {
            Self::Guide => format!("/huong-dan/{slug}"),
            Self::News => format!("/tin-tuc/{slug}"),
            Self::Fixed => format!("/{slug}"),
        }
    }
}

/// How far a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Never published.
    Draft,
    /// The public sees its newest revision.
    Published,
    /// The public sees that it was there.
    Withdrawn,
}

impl State {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Draft, Self::Published, Self::Withdrawn];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Published => "published",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// The state of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// Title and text; English has both or neither.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The title.
    pub title: Localized,
    /// The text, as Markdown. `{portal-url}` stands for the public portal's address.
    pub body: Localized,
}

impl Words {
    /// A mark that changes with the words: 16 hexadecimal digits.
    pub fn mark(&self) -> String {
        let part = |text: &Localized| format!("{}\u{0}{}", text.vi, text.en.as_deref().unwrap_or_default());
        token::sha256_hex(&format!("{}\u{0}{}", part(&self.title), part(&self.body))).chars().take(16).collect()
    }

    /// The text with the portal's address in its places.
    pub fn body_at(&self, portal: &str) -> Localized {
        self.body.map(|text, _| text.replace("{portal-url}", portal))
    }
}

/// A page as those see it who write it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Its id; none while it is the text that came with the program.
    pub id: Option<ArticleId>,
    /// Its part of addresses, for good.
    pub slug: String,
    /// What kind of page it is.
    pub kind: Kind,
    /// How far it is.
    pub state: State,
    /// Its place among guides: lower ones first.
    pub position: i32,
    /// What is being written.
    pub words: Words,
    /// The number of the newest revision; 0 while nothing was published.
    pub revision: i32,
    /// When it was last written or decided on; none for what came with the program.
    pub changed_at: Option<Timestamp>,
    /// When, and why, it was withdrawn.
    pub withdrawn: Option<(Timestamp, Localized)>,
}

/// A page as the public sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// Its part of addresses.
    pub slug: String,
    /// What kind of page it is.
    pub kind: Kind,
    /// Its place among guides.
    pub position: i32,
    /// The words of the newest revision.
    pub words: Words,
    /// The number of that revision.
    pub revision: i32,
    /// When it was first published, and when this revision was; none for what came with the program.
    pub dates: Option<(Timestamp, Timestamp)>,
}

/// What stands at a public address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// A page.
    Published(Published),
    /// What is left of one that was withdrawn.
    Withdrawn(Article),
}

/// A published state of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Its number, from 1.
    pub number: i32,
    /// Who published it; none for the text that came with the program.
    pub by: Option<String>,
    /// When.
    pub at: Timestamp,
}

/// The first paragraph of a text, as lists show it.
pub fn lead_of(body: &str) -> String {
    let running = |block: &&str| block.starts_with(|c: char| c.is_alphanumeric() || "*_[“\"".contains(c));
    let block = body.split("\n\n").map(str::trim).find(running).unwrap_or_default();
    let text = markdown::to_text(block);
    if length(&text) <= LEAD {
        return text;
    }
    let cut: String = text.chars().take(LEAD).collect();
    let words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lead_is_the_first_running_text() {
        assert_eq!(lead_of("# A\n\n- b\n\nCâu **một**.\n\nCâu hai."), "Câu một.");
        assert_eq!(lead_of("- a\n- b"), "");
        let long = lead_of(&"chữ ".repeat(200));
        assert!(long.ends_with("chữ…") && long.chars().count() <= LEAD + 1, "{long}");
    }

    #[test]
    fn the_mark_knows_which_word_stands_where() {
        let words = |title: &str, body: &str| Words {
            title: Localized { vi: title.to_owned(), en: None },
            body: Localized { vi: body.to_owned(), en: None },
        };
        assert_ne!(words("a", "b").mark(), words("ab", "").mark());
        assert_eq!(words("a", "b").mark(), words("a", "b").mark());
    }
}

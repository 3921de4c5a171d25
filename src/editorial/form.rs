//! What people type into pages.

use serde::Deserialize;

use super::model::{Kind, Words};
use crate::kernel::slug::{is_slug, slugify};
use crate::kernel::text::nfc;
use crate::kernel::typed::{line, optional_line};
use crate::kernel::{Error, Localized, Problem, Result};

/// The longest title, in characters.
pub(super) const TITLE: usize = 200;
/// The longest text of a language, in characters: both fit into one form however they are encoded on the wire.
pub(super) const BODY: usize = 12_000;
/// The last place among guides.
const LAST: i32 = 999;
/// The address of the form for a new page, which no page may have.
const RESERVED: &str = "new";

/// The words of a page.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageForm {
    /// The title.
    pub title: String,
    /// The English title.
    pub title_en: String,
    /// The text, as Markdown.
    pub body: String,
    /// The English text.
    pub body_en: String,
    /// The mark of what was shown ([`Words::mark`]): whoever changed it meanwhile is not overwritten.
    pub seen: String,
}

/// A text of several lines, as it is kept.
fn text(typed: &str) -> String {
    nfc(typed.replace("\r\n", "\n").trim())
}

impl PageForm {
    /// The form as a page fills it.
    pub fn of(words: &Words) -> Self {
        let english = |text: &Localized| text.en.clone().unwrap_or_default();
        Self {
            title: words.title.vi.clone(),
            title_en: english(&words.title),
            body: words.body.vi.clone(),
            body_en: english(&words.body),
            seen: words.mark(),
        }
    }

    /// Names every wrong field at once.
    ///
    /// # Errors
    /// `Invalid`: `page-title` on `title` or `title_en`, `page-text` on `body` or `body_en`, `page-english-half` on the one that is missing.
    pub(super) fn check(&self) -> Result<Words> {
        let mut problems = Vec::new();
        let title = line(&self.title, TITLE, "page-title", "title", &mut problems);
        let title_en = optional_line(&self.title_en, TITLE, "page-title", "title_en", &mut problems);
        let (body, body_en) = (text(&self.body), text(&self.body_en));
        let unsound = |text: &str| {
            text.chars().count() > BODY || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        };
        if body.is_empty() || unsound(&body) {
            problems.push(Problem::new("page-text").with("most", BODY).on("body"));
        }
        if unsound(&body_en) {
            problems.push(Problem::new("page-text").with("most", BODY).on("body_en"));
        }
        match (&title_en, body_en.is_empty()) {
            (Some(_), true) => problems.push(Problem::new("page-english-half").on("body_en")),
            (None, false) => problems.push(Problem::new("page-english-half").on("title_en")),
            _ => {}
        }
        for problem in problems.iter_mut().filter(|problem| problem.code == "page-title") {
            problem.args.push(("most", TITLE.into()));
        }
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        Ok(Words {
            title: Localized { vi: title, en: title_en },
            body: Localized { vi: body, en: (!body_en.is_empty()).then_some(body_en) },
        })
    }
}

/// A page that is begun.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    /// `guide` or `news`.
    pub kind: String,
    /// Its part of addresses; empty: made of the title.
    pub slug: String,
    /// The title.
    pub title: String,
    /// The English title.
    pub title_en: String,
    /// The text, as Markdown.
    pub body: String,
    /// The English text.
    pub body_en: String,
}

impl NewForm {
    /// The words alone.
    pub fn words(&self) -> PageForm {
        PageForm {
            title: self.title.clone(),
            title_en: self.title_en.clone(),
            body: self.body.clone(),
            body_en: self.body_en.clone(),
            seen: String::new(),
        }
    }

    /// Names every wrong field at once; gives kind, slug and words.
    ///
    /// # Errors
    /// `Invalid`: as [`PageForm::check`]; `page-kind`, `page-slug` on `slug`.
    pub(super) fn check(&self) -> Result<(Kind, String, Words)> {
        let mut problems = Vec::new();
        let kind = Kind::from_code(&self.kind).filter(|kind| *kind != Kind::Fixed);
        if kind.is_none() {
            problems.push(Problem::new("page-kind"));
        }
        let slug = match self.slug.trim() {
            "" => slugify(&self.title),
            typed => typed.to_owned(),
        };
        // A page without a title is told so; its address comes from there.
        let untitled = self.slug.trim().is_empty() && self.title.trim().is_empty();
        if !untitled && (!is_slug(&slug) || slug == RESERVED) {
            problems.push(Problem::new("page-slug").on("slug"));
        }
        match (self.words().check(), kind) {
            (Ok(words), Some(kind)) if problems.is_empty() => Ok((kind, slug, words)),
            (words, _) => {
                problems.extend(words.err().iter().flat_map(|error| error.problems().to_vec()));
                Err(Error::invalid_all(problems))
            }
        }
    }
}

/// The place of a guide.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PlaceForm {
    /// A number from 1 on; lower ones come first.
    pub position: String,
}

impl PlaceForm {
    /// The number.
    ///
    /// # Errors
    /// `Invalid` (`page-position`) on `position`.
    pub(super) fn check(&self) -> Result<i32> {
        let wrong = || Error::invalid(Problem::new("page-position").with("most", i64::from(LAST)).on("position"));
        self.position.trim().parse().ok().filter(|place| (1..=LAST).contains(place)).ok_or_else(wrong)
    }
}

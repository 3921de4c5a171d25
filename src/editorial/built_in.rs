//! The texts that come with the program: `editorial/{vi,en}/SLUG.md`, first line the title; terms and about of the profile.

use rust_embed::RustEmbed;

use super::model::{Article, Kind, State, Words};
use crate::kernel::{Error, Localized, Result};
use crate::profile::Profile;

#[derive(RustEmbed)]
#[folder = "editorial/"]
struct Shipped;

/// The guides, in their order.
pub(super) const GUIDES: [&str; 4] = ["cach-dung", "trich-dan", "lap-trinh", "tiep-can"];
/// The pages at an address of their own.
pub(super) const FIXED: [&str; 2] = ["about", "terms"];
/// How far the guides stand apart, so that others find a place between.
const APART: i32 = 10;

/// Whether a page is one of these, which the portal leads to, so that it is never withdrawn.
pub fn is(slug: &str) -> bool {
    GUIDES.contains(&slug) || FIXED.contains(&slug)
}

/// Title and text of a file.
fn file(lang: &str, slug: &str) -> Result<(String, String)> {
    let found = Shipped::get(&format!("{lang}/{slug}.md"));
    let text = found.and_then(|file| String::from_utf8(file.data.into_owned()).ok());
    let text = text.ok_or_else(|| Error::internal("a text that comes with the program is missing"))?;
    let (title, body) = text.split_once('\n').unwrap_or((&text, ""));
    Ok((title.trim_start_matches('#').trim().to_owned(), body.trim().to_owned()))
}

/// The page that comes with the program under a slug.
///
/// # Errors
/// `Internal` where a file is missing, which a test rules out.
pub(super) fn article(profile: &Profile, slug: &str) -> Result<Option<Article>> {
    let (kind, place, words) = if let Some(place) = GUIDES.iter().position(|known| *known == slug) {
        let ((title_vi, vi), (title_en, en)) = (file("vi", slug)?, file("en", slug)?);
        let title = Localized { vi: title_vi, en: Some(title_en) };
        (Kind::Guide, place, Words { title, body: Localized { vi, en: Some(en) } })
    } else {
        let (title, body) = match slug {
            "about" => (&profile.about.name, &profile.about.text),
            "terms" => (&profile.terms.name, &profile.terms.text),
            _ => return Ok(None),
        };
        let mut words = Words { title: title.clone(), body: body.clone() };
        if words.title.en.is_none() || words.body.en.is_none() {
            (words.title.en, words.body.en) = (None, None);
        }
        (Kind::Fixed, 0, words)
    };
    Ok(Some(Article {
        id: None,
        slug: slug.to_owned(),
        kind,
        state: State::Published,
        position: i32::try_from(place).unwrap_or(0) * APART + APART,
        words,
        revision: 1,
        changed_at: None,
        withdrawn: None,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_text_is_there_in_both_languages_and_would_pass_the_form() {
        for slug in GUIDES {
            for lang in ["vi", "en"] {
                let (title, body) = file(lang, slug).unwrap();
                assert!(!title.is_empty() && title.chars().count() <= super::super::form::TITLE, "{lang}/{slug}");
                assert!(body.chars().count() <= super::super::form::BODY, "{lang}/{slug}: {}", body.chars().count());
                assert!(!body.contains("\r") && !body.contains("{{"), "{lang}/{slug}");
            }
        }
        let files = Shipped::iter().filter(|name| name.ends_with(".md")).count();
        assert_eq!(files, GUIDES.len() * 2, "no file stands idle");
    }
}

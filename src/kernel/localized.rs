//! A text in both languages of the portals.

use serde::{Deserialize, Serialize};

use super::Lang;

/// A text of a profile or of content: Vietnamese always, English where somebody wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Localized {
    /// Vietnamese.
    pub vi: String,
    /// English, where there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub en: Option<String>,
}

impl Localized {
    /// The text for a reader of `lang`, and the language it is really in, so that a page can mark a Vietnamese text `lang="vi"`.
    pub fn get(&self, lang: Lang) -> (&str, Lang) {
        match (lang, &self.en) {
            (Lang::En, Some(en)) => (en, Lang::En),
            _ => (&self.vi, Lang::Vi),
        }
    }

    /// Both texts passed through the same change.
    pub fn map(&self, change: impl Fn(&str, Lang) -> String) -> Self {
        Self { vi: change(&self.vi, Lang::Vi), en: self.en.as_deref().map(|en| change(en, Lang::En)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_english_is_given_in_vietnamese_and_says_so() {
        let text = Localized { vi: "Giáo dục".into(), en: None };
        assert_eq!(text.get(Lang::En), ("Giáo dục", Lang::Vi));
        let text = Localized { vi: "Giáo dục".into(), en: Some("Education".into()) };
        assert_eq!(text.get(Lang::En), ("Education", Lang::En));
        assert_eq!(text.get(Lang::Vi), ("Giáo dục", Lang::Vi));
    }
}

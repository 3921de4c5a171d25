//! Texts for people: Fluent messages in Vietnamese and English, built into the program, and the forms of numbers and dates.
//!
//! Vietnamese is complete by definition; English falls back to it. A message is looked for in this order: the labels of the
//! province's profile, the deployment's own folder, the messages built in. Every `.ftl` file of a language's folder is one
//! name space, so an id is defined once, whichever file it stands in.

pub mod format;
mod ingest;

#[cfg(test)]
mod check;

use std::path::Path;
use std::sync::Arc;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource};
use rust_embed::RustEmbed;
use unic_langid::LanguageIdentifier;

use crate::kernel::{Arg, Error, Lang, Problem, Result};

/// The messages built into the program: `vi/*.ftl` and `en/*.ftl`.
#[derive(RustEmbed)]
#[folder = "locales/"]
struct Locales;

type Bundle = FluentBundle<FluentResource>;

/// A message that a profile names in its own words, such as the name of a role or of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The id of a message that exists.
    pub id: String,
    /// The Vietnamese words, in Fluent's pattern syntax.
    pub vi: Option<String>,
    /// The English words, in Fluent's pattern syntax.
    pub en: Option<String>,
}

/// All messages in both languages.
pub struct Texts {
    vi: Bundle,
    en: Bundle,
}

impl std::fmt::Debug for Texts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Texts")
    }
}

impl Texts {
    /// Reads the messages built in, then those of a deployment's folder (`vi/*.ftl`, `en/*.ftl`, each file may hold as few
    /// messages as it likes), then the labels of the profile; a later one replaces an earlier one of the same id.
    ///
    /// # Errors
    /// `texts-unreadable` (file, line, message) for a file that is not Fluent, `texts-label-unknown` (id) for a label or an
    /// override of a message that does not exist, which is a typing error.
    pub fn load(overrides: Option<&Path>, labels: &[Label]) -> Result<Arc<Self>> {
        let mut texts = Self { vi: bundle(Lang::Vi)?, en: bundle(Lang::En)? };
        for lang in Lang::ALL {
            for path in Locales::iter().filter(|path| path.starts_with(lang.tag()) && path.ends_with(".ftl")) {
                let Some(file) = Locales::get(&path) else { continue };
                let source = String::from_utf8_lossy(&file.data).into_owned();
                let resource = parse(&path, source)?;
                texts.bundle_mut(lang).add_resource(resource).map_err(|errors| {
                    Error::invalid(unreadable(&path, 1, errors.first().map(ToString::to_string).unwrap_or_default()))
                })?;
            }
        }
        if let Some(folder) = overrides {
            texts.read_overrides(folder)?;
        }
        for label in labels {
            for (lang, words) in [(Lang::Vi, &label.vi), (Lang::En, &label.en)] {
                if let Some(words) = words {
                    let words = words.lines().collect::<Vec<_>>().join("\n    ");
                    texts.replace(lang, &label.id, format!("{} = {words}\n", label.id))?;
                }
            }
        }
        Ok(Arc::new(texts))
    }

    /// A message in a language. A message that English lacks is given in Vietnamese; one that exists nowhere is given as its
    /// id, is logged, and stops a debug build.
    pub fn text(&self, lang: Lang, id: &str, args: &[(&str, Arg)]) -> String {
        self.find(lang, id, args).unwrap_or_else(|| {
            tracing::error!(id, "message without a text");
            debug_assert!(false, "message without a text: {id}");
            id.to_owned()
        })
    }

    /// A message in a language, or nothing where there is no such id: for codes that data brings, such as a format's name.
    pub fn find(&self, lang: Lang, id: &str, args: &[(&str, Arg)]) -> Option<String> {
        let fluent = (!args.is_empty()).then(|| {
            args.iter()
                .map(|(name, value)| {
                    let value = match value {
                        Arg::Text(text) => FluentValue::from(text.as_str()),
                        Arg::Int(number) => FluentValue::from(*number),
                        Arg::Named(name) => FluentValue::from(name.get(lang).0),
                    };
                    (*name, value)
                })
                .collect::<FluentArgs<'_>>()
        });
        [lang, Lang::Vi].into_iter().find_map(|lang| {
            let bundle = self.bundle(lang);
            let pattern = bundle.get_message(id)?.value()?;
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, fluent.as_ref(), &mut errors).into_owned();
            if let Some(error) = errors.first() {
                tracing::error!(id, %error, "message with a wrong argument");
            }
            Some(text)
        })
    }

    /// What is wrong and what to do, of one problem.
    pub fn problem(&self, lang: Lang, problem: &Problem) -> String {
        let args: Vec<(&str, Arg)> = problem.args.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.text(lang, &format!("problem-{}", problem.code), &args)
    }

    fn read_overrides(&mut self, folder: &Path) -> Result<()> {
        for lang in Lang::ALL {
            let folder = folder.join(lang.tag());
            if !folder.is_dir() {
                continue;
            }
            let mut paths = Vec::new();
            for entry in std::fs::read_dir(&folder)? {
                let path = entry?.path();
                if path.extension().is_some_and(|ending| ending == "ftl") {
                    paths.push(path);
                }
            }
            paths.sort();
            for path in paths {
                let name = path.display().to_string();
                let resource = parse(&name, std::fs::read_to_string(&path)?)?;
                if let Some(id) = ids(resource.source()).find(|id| !self.vi.has_message(id)) {
                    return Err(Error::invalid(Problem::new("texts-label-unknown").with("id", id)));
                }
                self.bundle_mut(lang).add_resource_overriding(resource);
            }
        }
        Ok(())
    }

    fn replace(&mut self, lang: Lang, id: &str, source: String) -> Result<()> {
        if !self.vi.has_message(id) {
            return Err(Error::invalid(Problem::new("texts-label-unknown").with("id", id)));
        }
        let resource = parse(id, source)?;
        self.bundle_mut(lang).add_resource_overriding(resource);
        Ok(())
    }

    fn bundle(&self, lang: Lang) -> &Bundle {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    fn bundle_mut(&mut self, lang: Lang) -> &mut Bundle {
        match lang {
            Lang::Vi => &mut self.vi,
            Lang::En => &mut self.en,
        }
    }
}

/// An empty bundle that writes numbers as the language does.
fn bundle(lang: Lang) -> Result<Bundle> {
    let tag: LanguageIdentifier = lang.tag().parse().map_err(Error::internal)?;
    let mut bundle = Bundle::new_concurrent(vec![tag]);
    // The marks that isolate arguments show as boxes in titles and in copied citations, and both languages run left to right.
    bundle.set_use_isolating(false);
    match lang {
        Lang::Vi => bundle.set_formatter(Some(|value, _| written(Lang::Vi, value))),
        Lang::En => bundle.set_formatter(Some(|value, _| written(Lang::En, value))),
    }
    Ok(bundle)
}

/// A whole number in the language's form; other values as Fluent writes them.
fn written(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        // Arguments come from `i64`; the numbers that pages show are far below 2⁵³.
        #[allow(clippy::cast_possible_truncation)]
        FluentValue::Number(number) => Some(format::integer(lang, number.value as i64)),
        _ => None,
    }
}

/// The ids of the messages of a Fluent source: what stands before an equals sign at the start of a line.
fn ids(source: &str) -> impl Iterator<Item = &str> {
    source
        .lines()
        .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
        .filter_map(|line| line.split_once('=').map(|(id, _)| id.trim_end()))
}

fn parse(name: &str, source: String) -> Result<FluentResource> {
    FluentResource::try_new(source).map_err(|(resource, errors)| {
        let at = errors.first().map_or(0, |error| error.pos.start);
        let before = resource.source().get(..at).unwrap_or_default();
        let message = errors.first().map(ToString::to_string).unwrap_or_default();
        Error::invalid(unreadable(name, before.lines().count().max(1), message))
    })
}

fn unreadable(name: &str, line: usize, message: String) -> Problem {
    Problem::new("texts-unreadable").with("file", name).with("line", line).with("message", message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts() -> Arc<Texts> {
        Texts::load(None, &[]).unwrap()
    }

    #[test]
    fn a_message_speaks_the_language_and_writes_numbers_its_way() {
        let texts = texts();
        let args = [("count", Arg::from(1234i64))];
        assert_eq!(texts.text(Lang::Vi, "count-datasets", &args), "1.234 bộ dữ liệu");
        assert_eq!(texts.text(Lang::En, "count-datasets", &args), "1,234 datasets");
        assert_eq!(texts.text(Lang::En, "count-datasets", &[("count", Arg::from(1i64))]), "1 dataset");
    }

    #[test]
    fn english_speaks_of_one_as_of_one() {
        let texts = texts();
        let one = ["datasets", "accounts", "count", "number"].map(|name| (name, Arg::from(1i64)));
        let more = [("year", Arg::from("2026")), ("date", Arg::from("05/10/2026"))];
        let args: Vec<(&str, Arg)> = one.into_iter().chain(more).collect();
        for (id, said) in [
            ("notice-quarter-opened-title", "1 dataset is due for an update"),
            ("notice-quarter-opened-body", "1 dataset of your agency is due to be updated"),
            ("reviews-period", "every month."),
            ("mail-digest-more", "1 more is on the portal."),
            ("home-rest-due", "1 more dataset: "),
        ] {
            let text = texts.text(Lang::En, id, &args);
            assert!(text.contains(said), "{id}: {text}");
        }
        assert_eq!(texts.text(Lang::En, "board-review-waiting", &args), "1 of 1 account");
    }

    #[test]
    fn a_profile_label_replaces_a_message_in_its_language_only() {
        let label = Label { id: "nav-datasets".into(), vi: Some("Kho số liệu".into()), en: None };
        let texts = Texts::load(None, &[label]).unwrap();
        assert_eq!(texts.text(Lang::Vi, "nav-datasets", &[]), "Kho số liệu");
        assert_eq!(texts.text(Lang::En, "nav-datasets", &[]), "Datasets");
    }

    #[test]
    fn an_override_folder_replaces_single_messages_and_a_typing_error_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("en")).unwrap();
        let file = folder.path().join("en/own.ftl");
        std::fs::write(&file, "nav-datasets = Our data\n").unwrap();
        let texts = Texts::load(Some(folder.path()), &[]).unwrap();
        assert_eq!(texts.text(Lang::En, "nav-datasets", &[]), "Our data");
        assert_eq!(texts.text(Lang::En, "nav-topics", &[]), "Topics");

        std::fs::write(&file, "nav-datazets = Our data\n").unwrap();
        assert!(Texts::load(Some(folder.path()), &[]).unwrap_err().has("texts-label-unknown"));
        std::fs::write(&file, "nav-datasets = { Our data\n").unwrap();
        assert!(Texts::load(Some(folder.path()), &[]).unwrap_err().has("texts-unreadable"));
    }

    #[test]
    fn what_a_profile_names_is_named_in_the_reader_s_language() {
        let role = crate::kernel::Localized { vi: "Người duyệt".into(), en: Some("Approver".into()) };
        let problem = Problem::new("role-missing").with("person", "Lan").with("role", role);
        assert!(texts().problem(Lang::Vi, &problem).contains("“Người duyệt”"));
        assert!(texts().problem(Lang::En, &problem).contains("“Approver”"));
    }

    #[test]
    fn a_code_without_a_text_is_found_to_be_missing() {
        assert_eq!(texts().find(Lang::En, "no-such-message", &[]), None);
    }
}

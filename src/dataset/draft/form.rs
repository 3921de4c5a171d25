//! What people type about a dataset.

use chrono::NaiveDate;
use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::super::Metadata;
use crate::kernel::slug::is_slug;
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Localized, Problem, Result, day_in};
use crate::profile::Profile;

/// Characters (as people count them) of a title.
const TITLE: usize = 200;
/// Characters of a description, Markdown.
const DESCRIPTION: usize = 20_000;
/// Characters of a place, a source, a note.
const LINE: usize = 500;
/// Keywords, and characters of each.
const KEYWORDS: (usize, usize) = (20, 60);

/// The form that enters a new dataset.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct NewForm {
    /// What people search for.
    pub title: String,
    /// Its part of addresses; made of the title when empty.
    pub slug: String,
    /// The slug of the agency.
    pub agency: String,
    /// Topic code.
    pub topic: String,
    /// Frequency code.
    pub frequency: String,
    /// The id of a dataset whose description is taken over.
    pub copy: String,
}

impl NewForm {
    /// Names every wrong field at once.
    ///
    /// # Errors
    /// Refusals on `title` (`title-missing`, `text-too-long`), `slug` (`slug-form`), `topic` (`topic-missing`), `frequency`
    /// (`frequency-missing`).
    pub fn check(&self, profile: &Profile) -> Result<()> {
        let mut problems = Vec::new();
        title(&self.title, "title", true, &mut problems);
        let slug = self.slug.trim();
        if !slug.is_empty() && !is_slug(slug) {
            problems.push(Problem::new("slug-form").with("slug", slug).on("slug"));
        }
        known(profile.topic(&self.topic).is_some(), "topic-missing", "topic", &mut problems);
        known(profile.frequency(&self.frequency).is_some(), "frequency-missing", "frequency", &mut problems);
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid_all(problems)) }
    }
}

/// Which step of the description a form holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Title, description, what changed.
    About,
    /// Topic, frequency, licence, keywords.
    Sorting,
    /// Place, period, source.
    Coverage,
}

/// The fields of the description; each step sends its own, and the others stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
#[allow(missing_docs, reason = "the names of the fields of `Metadata` and of the form")]
pub struct MetadataForm {
    /// The mark of what was shown ([`mark_of`]): whoever changed it meanwhile is not overwritten.
    pub seen: String,
    pub title: String,
    pub title_en: String,
    pub description: String,
    pub description_en: String,
    pub note: String,
    pub note_en: String,
    pub topic: String,
    pub frequency: String,
    pub licence: String,
    /// Separated by commas or lines.
    pub keywords: String,
    pub spatial: String,
    pub spatial_en: String,
    /// dd/mm/yyyy.
    pub from: String,
    /// dd/mm/yyyy.
    pub to: String,
    pub source: String,
    pub source_en: String,
}

impl MetadataForm {
    /// The form filled with what is said.
    pub fn of(metadata: &Metadata, note: Option<&Localized>) -> Self {
        let both = |text: Option<&Localized>| {
            text.map(|text| (text.vi.clone(), text.en.clone().unwrap_or_default())).unwrap_or_default()
        };
        let typed = |day: &Option<String>| {
            day.as_deref()
                .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
                .map(|day| day.format("%d/%m/%Y").to_string())
                .unwrap_or_default()
        };
        let (title, title_en) = both(Some(&metadata.title));
        let (description, description_en) = both(Some(&metadata.description));
        let (spatial, spatial_en) = both(metadata.spatial.as_ref());
        let (source, source_en) = both(metadata.source.as_ref());
        let (note_vi, note_en) = both(note);
        Self {
            seen: mark_of(metadata, note),
            title,
            title_en,
            description,
            description_en,
            note: note_vi,
            note_en,
            topic: metadata.topic.clone(),
            frequency: metadata.frequency.clone(),
            licence: metadata.licence.clone().unwrap_or_default(),
            keywords: metadata.keywords.join(", "),
            spatial,
            spatial_en,
            from: typed(&metadata.from),
            to: typed(&metadata.to),
            source,
            source_en,
        }
    }

    /// Puts the fields of one step into the description and the note on what changed.
    ///
    /// # Errors
    /// Every wrong field at once: `title-missing`, `text-too-long` (`max`), `topic-missing`, `frequency-missing`, `licence-unknown`,
    /// `keywords-too-many` (`max`), `date-form`, `coverage-order`.
    pub fn apply(
        &self,
        part: Part,
        profile: &Profile,
        metadata: &mut Metadata,
        note: &mut Option<Localized>,
    ) -> Result<()> {
        let mut problems = Vec::new();
        match part {
            Part::About => {
                title(&self.title, "title", true, &mut problems);
                title(&self.title_en, "title_en", false, &mut problems);
                short(&self.description, "description", DESCRIPTION, &mut problems);
                short(&self.description_en, "description_en", DESCRIPTION, &mut problems);
                short(&self.note, "note", LINE, &mut problems);
                short(&self.note_en, "note_en", LINE, &mut problems);
                metadata.title = both(&self.title, &self.title_en).unwrap_or_default();
                metadata.description = both(&self.description, &self.description_en).unwrap_or_default();
                *note = both(&self.note, &self.note_en);
            }
            Part::Sorting => {
                known(profile.topic(&self.topic).is_some(), "topic-missing", "topic", &mut problems);
                let frequency = profile.frequency(&self.frequency).is_some();
                known(frequency, "frequency-missing", "frequency", &mut problems);
                let licence = Some(self.licence.trim()).filter(|code| !code.is_empty());
                known(
                    licence.is_none_or(|code| profile.licence(code).is_some()),
                    "licence-unknown",
                    "licence",
                    &mut problems,
                );
                let keywords = self.keywords(&mut problems);
                metadata.topic.clone_from(&self.topic);
                metadata.frequency.clone_from(&self.frequency);
                metadata.licence = licence.map(str::to_owned);
                metadata.keywords = keywords;
            }
            Part::Coverage => {
                for (text, field) in [
                    (&self.spatial, "spatial"),
                    (&self.spatial_en, "spatial_en"),
                    (&self.source, "source"),
                    (&self.source_en, "source_en"),
                ] {
                    short(text, field, LINE, &mut problems);
                }
                let (from, to) = (day_in(&self.from, "from", &mut problems), day_in(&self.to, "to", &mut problems));
                if let (Some(from), Some(to)) = (from, to)
                    && to < from
                {
                    problems.push(Problem::new("coverage-order").on("to"));
                }
                metadata.from = from.map(|day| day.to_string());
                metadata.to = to.map(|day| day.to_string());
                metadata.spatial = both(&self.spatial, &self.spatial_en);
                metadata.source = both(&self.source, &self.source_en);
            }
        }
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid_all(problems)) }
    }

    fn keywords(&self, problems: &mut Vec<Problem>) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for word in self.keywords.split([',', ';', '\n']) {
            let word = nfc(word.trim());
            if !word.is_empty() && !found.contains(&word) {
                found.push(word);
            }
        }
        if found.len() > KEYWORDS.0 || found.iter().any(|word| length(word) > KEYWORDS.1) {
            problems.push(
                Problem::new("keywords-too-many").with("max", KEYWORDS.0).with("length", KEYWORDS.1).on("keywords"),
            );
        }
        found
    }
}

/// A mark that changes with what is said in a draft: 16 hexadecimal digits.
pub fn mark_of(metadata: &Metadata, note: Option<&Localized>) -> String {
    let said = serde_json::json!([metadata, note]).to_string();
    hex::encode(&Sha256::digest(said)[..8])
}

/// A text in both languages; none when there is nothing in Vietnamese.
fn both(vi: &str, en: &str) -> Option<Localized> {
    let clean = |text: &str| nfc(text.trim()).replace("\r\n", "\n").replace('\0', "");
    let (vi, en) = (clean(vi), clean(en));
    (!vi.is_empty()).then(|| Localized { vi, en: (!en.is_empty()).then_some(en) })
}

fn title(text: &str, field: &'static str, required: bool, problems: &mut Vec<Problem>) {
    if required && text.trim().is_empty() {
        problems.push(Problem::new("title-missing").on(field));
    }
    short(text, field, TITLE, problems);
}

fn short(text: &str, field: &'static str, max: usize, problems: &mut Vec<Problem>) {
    if length(text.trim()) > max {
        problems.push(Problem::new("text-too-long").with("max", max).on(field));
    }
}

fn known(is: bool, code: &'static str, field: &'static str, problems: &mut Vec<Problem>) {
    if !is {
        problems.push(Problem::new(code).on(field));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile() -> Profile {
        Profile::load("lac-dien", None).unwrap()
    }

    #[test]
    fn what_was_said_comes_back_from_its_form() {
        let profile = profile();
        let metadata = Metadata {
            title: Localized { vi: "Trạm y tế".into(), en: Some("Health stations".into()) },
            description: Localized { vi: "Mỗi dòng\nmột trạm.".into(), en: None },
            topic: "y-te".into(),
            frequency: "monthly".into(),
            licence: None,
            keywords: vec!["trạm".into(), "xã".into()],
            spatial: Some(Localized { vi: "Toàn tỉnh".into(), en: None }),
            from: Some("2026-01-01".into()),
            to: Some("2026-06-30".into()),
            source: None,
        };
        let note = Some(Localized { vi: "Thêm quý II.".into(), en: None });
        let form = MetadataForm::of(&metadata, note.as_ref());
        let (mut again, mut said) = (Metadata::default(), None);
        for part in [Part::About, Part::Sorting, Part::Coverage] {
            form.apply(part, &profile, &mut again, &mut said).unwrap();
        }
        assert_eq!((again, said), (metadata.clone(), note.clone()));
        assert_ne!(form.seen, mark_of(&metadata, None));
    }

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = MetadataForm {
            from: "31/02/2026".into(),
            to: "hôm nay".into(),
            source: "x".repeat(501),
            ..MetadataForm::default()
        };
        let error = form.apply(Part::Coverage, &profile(), &mut Metadata::default(), &mut None).unwrap_err();
        let fields: Vec<_> = error.problems().iter().filter_map(|problem| problem.field.as_deref()).collect();
        assert_eq!(fields, ["source", "from", "to"]);
        let form = MetadataForm { from: "02/01/2026".into(), to: "2026-01-01".into(), ..MetadataForm::default() };
        let error = form.apply(Part::Coverage, &profile(), &mut Metadata::default(), &mut None).unwrap_err();
        assert!(error.has("coverage-order"));
    }
}

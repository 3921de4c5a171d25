//! What people type: a report, an answer, a correction.

use serde::Deserialize;

use super::Kind;
use crate::kernel::id::ReportId;
use crate::kernel::text::{length, nfc};
use crate::kernel::typed::{is_mail, web_address};
use crate::kernel::{Error, Localized, Problem, Result};

/// Characters (as people count them) of a description or an answer.
pub(super) const TEXT: usize = 4000;
/// Characters of the words that say where, and of an address.
const LINE: usize = 500;
/// Characters of the note on a correction, as of any version's.
const NOTE: usize = 500;
/// Reports that one draft corrects.
const REPORTS: usize = 500;

/// The form of a report.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ReportForm {
    /// The code of its [`Kind`].
    pub kind: String,
    /// Which file, column or row.
    pub place: String,
    /// What is wrong.
    pub description: String,
    /// The address of evidence.
    pub evidence: String,
    /// Where the answer is to go.
    pub email: String,
    /// A field that no person sees or fills.
    pub website: String,
}

/// A report whose fields are sound.
pub(super) struct Said {
    pub kind: Kind,
    pub place: Option<String>,
    pub description: String,
    pub evidence: Option<String>,
    pub email: Option<String>,
}

impl ReportForm {
    /// Whether every field is sound; else names every wrong one at once.
    ///
    /// # Errors
    /// `Invalid`: `report-kind-missing` on `kind`; `report-description-missing` on `description`; `text-too-long` (`max`); `report-link-form`
    /// on `evidence`; `report-email-form` on `email`; `report-trap` on `website`.
    pub fn sound(&self) -> Result<()> {
        self.check().map(drop)
    }

    /// As [`ReportForm::sound`], with what was said.
    pub(super) fn check(&self) -> Result<Said> {
        let mut problems = Vec::new();
        let kind = Kind::from_code(&self.kind);
        if kind.is_none() {
            problems.push(Problem::new("report-kind-missing").on("kind"));
        }
        let description = clean(&self.description);
        if description.is_empty() {
            problems.push(Problem::new("report-description-missing").on("description"));
        }
        for (text, most, field) in
            [(&self.description, TEXT, "description"), (&self.place, LINE, "place"), (&self.evidence, LINE, "evidence")]
        {
            if length(text.trim()) > most {
                problems.push(Problem::new("text-too-long").with("max", most).on(field));
            }
        }
        let given = clean(&self.evidence);
        let evidence = web_address(&given);
        if !given.is_empty() && evidence.is_none() {
            problems.push(Problem::new("report-link-form").on("evidence"));
        }
        let email = Some(self.email.trim()).filter(|text| !text.is_empty());
        if email.is_some_and(|text| !is_mail(text)) {
            problems.push(Problem::new("report-email-form").on("email"));
        }
        if !self.website.is_empty() {
            problems.push(Problem::new("report-trap").on("website"));
        }
        match kind {
            Some(kind) if problems.is_empty() => Ok(Said {
                kind,
                place: Some(clean(&self.place)).filter(|text| !text.is_empty()),
                description,
                evidence,
                email: email.map(str::to_owned),
            }),
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

/// An answer that people typed.
pub(super) fn answer_of(text: &str) -> Result<String> {
    let text = clean(text);
    if text.is_empty() {
        return Err(Error::invalid(Problem::new("report-answer-missing").on("answer")));
    }
    if length(&text) > TEXT {
        return Err(Error::invalid(Problem::new("text-too-long").with("max", TEXT).on("answer")));
    }
    Ok(text)
}

/// The form that says what a draft corrects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CorrectionForm {
    /// The mark of what was shown (`dataset::draft::mark_of`).
    pub seen: String,
    /// Whether the draft is a correction.
    pub on: bool,
    /// What was wrong and what was done, for the public.
    pub note: String,
    /// The same in English.
    pub note_en: String,
    /// The ids of the reports that it settles.
    pub reports: Vec<String>,
}

impl CorrectionForm {
    /// From the fields as they were sent, in order.
    pub fn of(fields: &[(String, String)]) -> Self {
        let mut form = Self::default();
        for (name, value) in fields {
            match name.as_str() {
                "seen" => form.seen.clone_from(value),
                "on" => form.on = !value.is_empty(),
                "note" => form.note.clone_from(value),
                "note_en" => form.note_en.clone_from(value),
                "report" => form.reports.push(value.clone()),
                _ => {}
            }
        }
        form
    }

    /// The note and the reports; names every wrong field at once.
    ///
    /// # Errors
    /// `Invalid`: `correction-note-missing` on `note`, `text-too-long` on `note` or `note_en`, `report-unknown`.
    pub(super) fn check(&self) -> Result<(Option<Localized>, Option<Vec<ReportId>>)> {
        let (vi, en) = (clean(&self.note), clean(&self.note_en));
        let mut problems = Vec::new();
        for (text, field) in [(&vi, "note"), (&en, "note_en")] {
            if length(text) > NOTE {
                problems.push(Problem::new("text-too-long").with("max", NOTE).on(field));
            }
        }
        if self.on && vi.is_empty() {
            problems.push(Problem::new("correction-note-missing").on("note"));
        }
        let reports: Option<Vec<ReportId>> = self.reports.iter().map(|id| ReportId::parse(id)).collect();
        let Some(mut reports) = reports.filter(|reports| reports.len() <= REPORTS) else {
            problems.push(Problem::new("report-unknown"));
            return Err(Error::invalid_all(problems));
        };
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        reports.sort();
        reports.dedup();
        let note = (!vi.is_empty()).then(|| Localized { vi, en: (!en.is_empty()).then_some(en) });
        Ok((note, self.on.then_some(reports)))
    }
}

/// Normal form, one kind of line break, no control characters.
pub(super) fn clean(text: &str) -> String {
    let kept: String = text.chars().filter(|c| *c == '\n' || *c == '\t' || !c.is_control()).collect();
    nfc(kept.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> ReportForm {
        ReportForm { kind: "value".into(), description: "Sai dân số.".into(), ..ReportForm::default() }
    }

    fn wrong(form: &ReportForm) -> Vec<String> {
        let error = form.check().err().unwrap();
        error.problems().iter().map(|problem| format!("{} {:?}", problem.code, problem.field)).collect()
    }

    #[test]
    fn two_fields_are_enough_and_every_wrong_one_is_named_at_once() {
        let said = form().check().ok().unwrap();
        assert_eq!((said.kind, said.place, said.evidence, said.email), (Kind::Value, None, None, None));
        let bad = ReportForm {
            kind: "x".into(),
            place: "p".repeat(501),
            description: " \u{7}\n".into(),
            evidence: "javascript:alert(1)".into(),
            email: "không có".into(),
            website: "http://spam.example".into(),
        };
        assert_eq!(wrong(&bad).len(), 6);
        assert_eq!(wrong(&ReportForm { description: "x".repeat(4001), ..form() }).len(), 1);
    }

    #[test]
    fn only_addresses_of_the_web_become_links() {
        for good in ["https://vi.example/tin?a=1", "http://10.0.0.1/x", " https://bao.example "] {
            assert!(ReportForm { evidence: good.into(), ..form() }.check().is_ok(), "{good}");
        }
        for bad in
            ["vi.example", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "https://a:b@c.example"]
        {
            assert!(ReportForm { evidence: bad.into(), ..form() }.check().is_err(), "{bad}");
        }
    }

    #[test]
    fn a_correction_says_what_was_wrong() {
        let error = CorrectionForm { on: true, ..CorrectionForm::default() }.check().unwrap_err();
        assert!(error.has("correction-note-missing"));
        let id = ReportId::fresh();
        let fields = [("on", "1"), ("note", " Sửa 4 dòng. "), ("report", id.as_str()), ("report", id.as_str())];
        let fields: Vec<_> = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let (note, reports) = CorrectionForm::of(&fields).check().unwrap();
        assert_eq!((note.unwrap().vi.as_str(), reports), ("Sửa 4 dòng.", Some(vec![id])));
        let off = CorrectionForm { note: "Thêm quý II.".into(), ..CorrectionForm::default() }.check().unwrap();
        assert_eq!(off.1, None);
    }
}

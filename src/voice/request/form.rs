//! What people type: a request, the words that the public will read, an answer.

use chrono::NaiveDate;
use serde::Deserialize;

use crate::dataset::slug_in;
use crate::kernel::text::{length, nfc};
use crate::kernel::typed::is_mail;
use crate::kernel::{Error, Problem, Result};
use crate::scan::detect::{self, Severity};
use crate::voice::form::{TEXT, clean};

/// Characters (as people count them) of the line that says which data.
const LINE: usize = 200;
/// Characters that say enough to look for.
const LEAST: usize = 5;
/// Days ahead that a promise may reach.
const FAR: i64 = 366 * 2;

/// The form of a request.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AskForm {
    /// Which data.
    pub wanted: String,
    /// What for.
    pub purpose: String,
    /// The slug of the agency that may hold it; empty where that is not known.
    pub agency: String,
    /// Where the answer is to go.
    pub email: String,
    /// A field that no person sees or fills.
    pub website: String,
    /// Whether the asker has seen what is there already.
    pub seen: String,
}

/// A request whose fields are sound.
pub(super) struct Asked {
    pub wanted: String,
    pub purpose: String,
    pub agency: Option<String>,
    pub email: Option<String>,
}

impl AskForm {
    /// Whether every field is sound; else names every wrong one at once.
    ///
    /// # Errors
    /// `Invalid`: `ask-wanted-missing` on `wanted`; `ask-purpose-missing` on `purpose`; `text-too-long` (`max`); `ask-personal` on both;
    /// `report-email-form` on `email`; `report-trap` on `website`.
    pub fn sound(&self) -> Result<()> {
        self.check().map(drop)
    }

    /// As [`AskForm::sound`], with what was said.
    pub(super) fn check(&self) -> Result<Asked> {
        let mut problems = Vec::new();
        let wanted = line(&self.wanted, "wanted", &mut problems);
        let purpose = clean(&self.purpose);
        if purpose.is_empty() {
            problems.push(Problem::new("ask-purpose-missing").on("purpose"));
        }
        bounded(&purpose, "purpose", &mut problems);
        let email = Some(self.email.trim()).filter(|text| !text.is_empty());
        if email.is_some_and(|text| !is_mail(text)) {
            problems.push(Problem::new("report-email-form").on("email"));
        }
        if !self.website.is_empty() {
            problems.push(Problem::new("report-trap").on("website"));
        }
        ended(problems)?;
        Ok(Asked {
            wanted,
            purpose,
            agency: Some(self.agency.trim().to_owned()).filter(|slug| !slug.is_empty()),
            email: email.map(str::to_owned),
        })
    }
}

/// The words that the public will read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ShowForm {
    /// Which data.
    pub title: String,
    /// What for; nothing may be said of it.
    pub words: String,
}

impl ShowForm {
    pub(super) fn check(&self) -> Result<(String, Option<String>)> {
        let mut problems = Vec::new();
        let title = line(&self.title, "title", &mut problems);
        let words = clean(&self.words);
        bounded(&words, "words", &mut problems);
        ended(problems)?;
        Ok((title, Some(words).filter(|words| !words.is_empty())))
    }
}

/// An answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AnswerForm {
    /// What it says: `published`, `planned`, `refused` or `merged`.
    pub kind: String,
    /// The address, or the last part of it, of the dataset that holds the data.
    pub dataset: String,
    /// The day by which the data will be published: dd/mm/yyyy, or ISO 8601.
    pub promised: String,
    /// The code of the reason why it cannot be.
    pub refusal: String,
    /// The number of the request that asks for the same.
    pub into: String,
    /// What there is to say to the asker and to everybody.
    pub answer: String,
}

/// An answer whose fields are sound.
pub(super) enum Answered {
    Published { slug: String },
    Planned { on: NaiveDate },
    Refused { code: String },
    Merged { into: i32 },
}

impl AnswerForm {
    /// What is answered, and in which words; `known` says whether the profile has a reason of a code.
    pub(super) fn check(&self, today: NaiveDate, known: impl Fn(&str) -> bool) -> Result<(Answered, Option<String>)> {
        let mut problems = Vec::new();
        let words = clean(&self.answer);
        bounded(&words, "answer", &mut problems);
        let said = match self.kind.as_str() {
            "published" => {
                slug_in(&self.dataset).map(|slug| Answered::Published { slug: slug.to_owned() }).ok_or("dataset")
            }
            "planned" => match day_of(&self.promised) {
                Some(on) if on > today && (on - today).num_days() <= FAR => Ok(Answered::Planned { on }),
                _ => Err("promised"),
            },
            "refused" if known(&self.refusal) => Ok(Answered::Refused { code: self.refusal.clone() }),
            "refused" => Err("refusal"),
            "merged" => self.into.trim().parse().map(|into| Answered::Merged { into }).map_err(|_| "into"),
            _ => Err("kind"),
        };
        let said = said.map_err(|field| {
            problems.push(
                Problem::new(match field {
                    "dataset" => "ask-dataset-unknown",
                    "promised" => "ask-day-wrong",
                    "refusal" => "ask-refusal-missing",
                    "into" => "ask-into-unknown",
                    _ => "ask-kind-missing",
                })
                .on(field),
            );
        });
        if self.kind == "refused" && words.is_empty() {
            problems.push(Problem::new("ask-reason-missing").on("answer"));
        }
        match said {
            Ok(said) if problems.is_empty() => Ok((said, Some(words).filter(|words| !words.is_empty()))),
            _ => Err(Error::invalid_all(problems)),
        }
    }
}

/// One line that says which data.
fn line(text: &str, field: &'static str, problems: &mut Vec<Problem>) -> String {
    let line = nfc(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let line: String = line.chars().filter(|c| !c.is_control()).collect();
    if length(&line) < LEAST {
        problems.push(Problem::new("ask-wanted-missing").on(field));
    } else if length(&line) > LINE {
        problems.push(Problem::new("text-too-long").with("max", LINE).on(field));
    }
    impersonal(&line, field, problems);
    line
}

fn bounded(text: &str, field: &'static str, problems: &mut Vec<Problem>) {
    if length(text) > TEXT {
        problems.push(Problem::new("text-too-long").with("max", TEXT).on(field));
    } else {
        impersonal(text, field, problems);
    }
}

/// What others may come to read holds no identifier of a person and no mark of a secret.
fn impersonal(text: &str, field: &'static str, problems: &mut Vec<Problem>) {
    if detect::text(text).iter().any(|hits| hits.severity == Severity::Block) {
        problems.push(Problem::new("ask-personal").on(field));
    }
}

fn ended(problems: Vec<Problem>) -> Result<()> {
    if problems.is_empty() { Ok(()) } else { Err(Error::invalid_all(problems)) }
}

fn day_of(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    ["%d/%m/%Y", "%Y-%m-%d"].into_iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(result: Result<impl Sized>) -> Vec<String> {
        let error = result.err().unwrap();
        error
            .problems()
            .iter()
            .map(|problem| format!("{} {}", problem.code, problem.field.as_deref().unwrap()))
            .collect()
    }

    #[test]
    fn two_fields_are_enough_and_personal_numbers_stay_out() {
        let form = AskForm {
            wanted: " Vị trí  trạm đo mưa ".into(),
            purpose: "Cảnh báo ngập cho xóm.".into(),
            ..AskForm::default()
        };
        let said = form.check().ok().unwrap();
        assert_eq!((said.wanted.as_str(), said.agency, said.email), ("Vị trí trạm đo mưa", None, None));
        let bad = AskForm { wanted: "x".into(), email: "lan".into(), website: "y".into(), ..AskForm::default() };
        assert_eq!(
            wrong(bad.check()),
            [
                "ask-wanted-missing wanted",
                "ask-purpose-missing purpose",
                "report-email-form email",
                "report-trap website"
            ]
        );
        let named = AskForm { purpose: "CCCD của tôi là 079203001234".into(), ..form };
        assert_eq!(wrong(named.check()), ["ask-personal purpose"]);
    }

    #[test]
    fn an_answer_says_one_thing_and_says_it_whole() {
        let today = "2026-09-04".parse().unwrap();
        let check = |form: AnswerForm| form.check(today, |code| code == "secret");
        let form = |kind: &str| AnswerForm { kind: kind.into(), ..AnswerForm::default() };
        for (kind, field) in [("", "kind"), ("published", "dataset"), ("planned", "promised"), ("merged", "into")] {
            assert!(wrong(check(form(kind)))[0].ends_with(field), "{kind}");
        }
        assert_eq!(wrong(check(form("refused"))), ["ask-refusal-missing refusal", "ask-reason-missing answer"]);
        for address in ["dan-so", " https://x.example/en/dataset/dan-so/v/2?tab=data#a ", "/dataset/dan-so/"] {
            let form = AnswerForm { dataset: address.into(), ..form("published") };
            assert!(matches!(check(form), Ok((Answered::Published { slug }, None)) if slug == "dan-so"), "{address}");
        }
        for (day, good) in [("05/09/2026", true), ("2026-12-31", true), ("04/09/2026", false), ("01/01/2031", false)] {
            let form = AnswerForm { promised: day.into(), ..form("planned") };
            assert_eq!(check(form).is_ok(), good, "{day}");
        }
    }
}

//! What `khomo doctor` and `khomo check` find: a verdict on each thing looked at, and what to do where it is not well.

use serde_json::json;

use crate::i18n::Texts;
use crate::kernel::{Error, Lang, Problem, Result};

/// How it stands with a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Well,
    Look,
    Wrong,
}

impl Verdict {
    fn code(self) -> &'static str {
        match self {
            Self::Well => "well",
            Self::Look => "look",
            Self::Wrong => "wrong",
        }
    }
}

/// Everything that was looked at.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<(&'static str, Verdict, Option<Problem>)>);

impl Findings {
    /// Something that must be mended.
    pub(super) fn wrong(&mut self, check: &'static str, problem: Problem) {
        self.0.push((check, Verdict::Wrong, Some(problem)));
    }

    /// Something that somebody should look at.
    pub(super) fn look(&mut self, check: &'static str, problem: Problem) {
        self.0.push((check, Verdict::Look, Some(problem)));
    }

    /// What a step gave; its failure is something wrong, told with the failure's own words.
    pub(super) fn take<T>(&mut self, check: &'static str, outcome: Result<T>) -> Option<T> {
        match outcome {
            Ok(value) => Some(value),
            Err(error) => {
                self.failed(check, &error);
                None
            }
        }
    }

    /// A failure, with its own words.
    pub(super) fn failed(&mut self, check: &'static str, error: &Error) {
        tracing::debug!(%error, check, "a check failed");
        for problem in error.problems() {
            self.wrong(check, problem.clone());
        }
    }

    /// Says that a thing was looked at; it is well unless something was found.
    pub(super) fn looked(&mut self, check: &'static str) {
        if !self.0.iter().any(|(found, ..)| *found == check) {
            self.0.push((check, Verdict::Well, None));
        }
    }

    /// Tells everything, a line each or as JSON; gives the exit code: 3 when something is wrong.
    pub(super) fn tell(&self, lang: Lang, as_json: bool) -> Result<u8> {
        let texts = Texts::load(None, &[])?;
        let count = |wanted: Verdict| self.0.iter().filter(|(_, verdict, _)| *verdict == wanted).count();
        let (wrong, look) = (count(Verdict::Wrong), count(Verdict::Look));
        if as_json {
            let findings: Vec<_> = self
                .0
                .iter()
                .map(|(check, verdict, problem)| {
                    let text = problem.as_ref().map(|problem| texts.problem(lang, problem));
                    let code = problem.as_ref().map(|problem| problem.code);
                    json!({ "check": check, "verdict": verdict.code(), "code": code, "text": text })
                })
                .collect();
            say!("{}", json!({ "wrong": wrong, "look": look, "findings": findings }))?;
        } else {
            for (check, verdict, problem) in &self.0 {
                let text = problem.as_ref().map(|problem| format!(": {}", texts.problem(lang, problem)));
                say!("{:<6}{check}{}", verdict.code(), text.unwrap_or_default())?;
            }
            say!("wrong {wrong}, look {look}")?;
        }
        Ok(if wrong > 0 { super::FOUND } else { 0 })
    }
}

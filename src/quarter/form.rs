//! What people type into returns.

use serde::Deserialize;

use super::model::{Return, Visibility};
use crate::kernel::text::{length, nfc};
use crate::kernel::typed::line;
use crate::kernel::{Error, Problem, Result, day_in};

/// The longest of the texts of a return, in characters: all three fit into one form however they are encoded on the wire.
const TEXT: usize = 6000;
/// The longest title of data kept elsewhere, their kind and where they are kept.
const TITLE: usize = 300;
const LINE: usize = 200;
/// The longest reason.
const REASON: usize = 2000;

/// A text of several lines, as it is kept.
fn text(typed: &str) -> String {
    nfc(typed.replace("\r\n", "\n").trim())
}

fn unsound(text: &str, most: usize) -> bool {
    length(text) > most || text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
}

/// The words of a return.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ReturnForm {
    /// Remarks about the list of data.
    pub remarks: String,
    /// How requests were handled.
    pub handling: String,
    /// What data of others the agency needs, one need a line.
    pub needs: String,
    /// Not empty: the needs of the earlier return that are not among these are added.
    pub carry: String,
    /// The mark of what was shown ([`Return::mark`]): whoever changed it meanwhile is not overwritten.
    pub seen: String,
}

impl ReturnForm {
    /// The form as a page fills it.
    pub fn of(of: &Return) -> Self {
        Self {
            remarks: of.remarks.clone(),
            handling: of.handling.clone(),
            needs: of.needs.clone(),
            carry: String::new(),
            seen: of.mark(),
        }
    }

    /// Whether these are still the words that were shown: whoever typed nothing overwrites nothing.
    pub fn is_untouched(&self, of: &Return) -> bool {
        let (remarks, handling, needs) = (text(&self.remarks), text(&self.handling), text(&self.needs));
        Return { remarks, handling, needs, ..of.clone() }.mark() == self.seen
    }

    /// Names every wrong field at once; gives remarks, handling and needs as they are kept.
    ///
    /// # Errors
    /// `Invalid` (`return-text`, on the field).
    pub(super) fn check(&self) -> Result<(String, String, String)> {
        let texts = [("remarks", &self.remarks), ("handling", &self.handling), ("needs", &self.needs)];
        let problems: Vec<Problem> = texts
            .into_iter()
            .filter(|(_, typed)| unsound(&text(typed), TEXT))
            .map(|(field, _)| Problem::new("return-text").with("most", TEXT).on(field))
            .collect();
        if !problems.is_empty() {
            return Err(Error::invalid_all(problems));
        }
        Ok((text(&self.remarks), text(&self.handling), text(&self.needs)))
    }
}

/// Data kept elsewhere, to be added to the list.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct ItemForm {
    /// What they are called.
    pub title: String,
    /// What they are: a register, a spreadsheet, files on paper.
    pub kind: String,
    /// Where they are kept.
    pub kept_at: String,
    /// The code of a [`Visibility`].
    pub visibility: String,
    /// The day by which they are to be published; may be left empty.
    pub planned_on: String,
}

/// What was typed, as it is kept.
pub(super) struct Elsewhere {
    pub title: String,
    pub kind: String,
    pub kept_at: String,
    pub visibility: Visibility,
    pub planned_on: Option<String>,
}

impl ItemForm {
    /// Whether nothing is typed; for whom the data are is always chosen.
    pub fn is_empty(&self) -> bool {
        [&self.title, &self.kind, &self.kept_at, &self.planned_on].into_iter().all(|typed| typed.trim().is_empty())
    }

    /// Names every wrong field at once.
    ///
    /// # Errors
    /// `Invalid`: `item-title`, `item-kind`, `item-place`, `item-visibility`, `date-form`, each on its field.
    pub(super) fn check(&self) -> Result<Elsewhere> {
        let mut problems = Vec::new();
        let title = line(&self.title, TITLE, "item-title", "title", &mut problems);
        let kind = line(&self.kind, LINE, "item-kind", "kind", &mut problems);
        let kept_at = line(&self.kept_at, LINE, "item-place", "kept_at", &mut problems);
        let planned_on = day_in(&self.planned_on, "planned_on", &mut problems).map(|day| day.to_string());
        let visibility = Visibility::from_code(&self.visibility);
        for problem in &mut problems {
            let most = if problem.code == "item-title" { TITLE } else { LINE };
            if problem.code != "date-form" {
                problem.args.push(("most", most.into()));
            }
        }
        match visibility {
            Some(visibility) if problems.is_empty() => Ok(Elsewhere { title, kind, kept_at, visibility, planned_on }),
            found => {
                if found.is_none() {
                    problems.push(Problem::new("item-visibility").on("visibility"));
                }
                Err(Error::invalid_all(problems))
            }
        }
    }
}

/// All that is typed on the page of a return, whichever of its buttons is pressed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct PageForm {
    /// The words.
    #[serde(flatten)]
    pub words: ReturnForm,
    /// Data kept elsewhere.
    #[serde(flatten)]
    pub item: ItemForm,
}

impl PageForm {
    /// Names every wrong field at once; data kept elsewhere are looked at where they are to be added.
    ///
    /// # Errors
    /// `Invalid`, as [`ReturnForm::check`] and [`ItemForm::check`].
    pub(super) fn check(&self, adds: bool) -> Result<()> {
        let item = if adds { self.item.check().err() } else { None };
        let problems: Vec<Problem> =
            item.into_iter().chain(self.words.check().err()).flat_map(|error| error.problems().to_vec()).collect();
        if problems.is_empty() { Ok(()) } else { Err(Error::invalid_all(problems)) }
    }
}

/// Why a signed return is taken back.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct RecallForm {
    /// The reason.
    pub reason: String,
}

impl RecallForm {
    /// The reason as it is kept.
    ///
    /// # Errors
    /// `Invalid` (`reason-missing`, `reason-too-long`, on `reason`).
    pub(super) fn check(&self) -> Result<String> {
        let reason = text(&self.reason);
        if reason.is_empty() {
            return Err(Error::invalid(Problem::new("reason-missing").on("reason")));
        }
        if unsound(&reason, REASON) {
            return Err(Error::invalid(Problem::new("reason-too-long").with("most", REASON).on("reason")));
        }
        Ok(reason)
    }
}

/// The close of a quarter before its day.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct CloseForm {
    /// Not empty: whoever asks knows that it is for good.
    pub sure: String,
}

impl CloseForm {
    /// # Errors
    /// `Invalid` (`quarter-sure`, on `sure`).
    pub(super) fn check(&self) -> Result<()> {
        if self.sure.is_empty() { Err(Error::invalid(Problem::new("quarter-sure").on("sure"))) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wrong_field_is_named_at_once() {
        let form = ItemForm { planned_on: "31/02/2026".into(), ..ItemForm::default() };
        let error = form.check().err().unwrap();
        for code in ["item-title", "item-kind", "item-place", "item-visibility", "date-form"] {
            assert!(error.has(code), "{code}");
        }
    }

    #[test]
    fn lines_stay_lines_and_nothing_may_be_said() {
        let form = ReturnForm { needs: " Bản đồ\r\nDân số ".into(), ..ReturnForm::default() };
        assert_eq!(form.check().unwrap(), (String::new(), String::new(), "Bản đồ\nDân số".into()));
        let long = ReturnForm { remarks: "x".repeat(TEXT + 1), ..ReturnForm::default() };
        assert!(long.check().unwrap_err().has("return-text"));
        let page = PageForm { words: long, ..PageForm::default() };
        assert!(page.check(false).unwrap_err().has("return-text") && !page.check(false).unwrap_err().has("item-title"));
        assert!(page.check(true).unwrap_err().has("return-text") && page.check(true).unwrap_err().has("item-title"));
    }
}

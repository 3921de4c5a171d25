//! What the values of a column must be: the constraints of a data dictionary (Frictionless Table Schema 2.0), as people type them.

use std::collections::HashSet;

use regex::{Regex, RegexBuilder};
use serde::{Deserialize, Serialize};

use crate::kernel::text::{length, nfc};
use crate::kernel::{Localized, Problem, day_of};
use crate::table::ingest::report::Kind;

/// Codes of one list.
const CODES: usize = 5000;
/// Characters of a code, of its meaning, of a pattern.
const LINE: usize = 200;
/// Bytes that a compiled pattern may take.
const PATTERN: usize = 1 << 20;

/// What the values of a column must be; an empty one wants nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Constraints {
    /// No cell may be empty.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// No value may stand twice; empty cells may.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub unique: bool,
    /// A part of the key: together the key's columns say whose state a row is. No cell of it may be empty, no key may stand twice.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub key: bool,
    /// The smallest number, or the first day (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub minimum: Option<String>,
    /// The largest number, or the last day (ISO 8601).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub maximum: Option<String>,
    /// A regular expression that whole values match (syntax of the `regex` crate, which knows no backtracking).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pattern: Option<String>,
    /// The values there may be; any when empty.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<Code>,
}

/// A value of a code list, and what it means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    /// As it stands in cells.
    pub value: String,
    /// What it means.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Localized>,
}

impl Constraints {
    /// Whether nothing is wanted.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// A list of codes from what people type or paste: one a line, `value`, `value = meaning` or `value = meaning | English`; a tab
    /// between two columns of a spreadsheet stands for the sign.
    pub fn codes_from(text: &str) -> Vec<Code> {
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        lines
            .map(|line| {
                let (value, label) = line.split_once('\t').or_else(|| line.split_once('=')).unwrap_or((line, ""));
                let (vi, en) = label.split_once('|').unwrap_or((label, ""));
                let (vi, en) = (nfc(vi.trim()), nfc(en.trim()));
                let label = (!vi.is_empty()).then(|| Localized { vi, en: (!en.is_empty()).then_some(en) });
                Code { value: nfc(value.trim()), label }
            })
            .collect()
    }

    /// The list of codes as people type it.
    pub fn codes_text(&self) -> String {
        let line = |code: &Code| match &code.label {
            None => code.value.clone(),
            Some(Localized { vi, en: None }) => format!("{} = {vi}", code.value),
            Some(Localized { vi, en: Some(en) }) => format!("{} = {vi} | {en}", code.value),
        };
        self.codes.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    /// What was typed, in the form that cells are held against, for a column of a kind.
    ///
    /// # Errors
    /// Every problem, on `minimum`, `maximum`, `pattern` or `codes`: `range-kind`, `range-number`, `date-form`, `range-order`,
    /// `pattern-wrong`, `text-too-long` (`max`), `codes-too-many` (`max`), `code-twice` (`value`).
    pub fn checked(mut self, kind: Kind) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        for (field, end) in [("minimum", &mut self.minimum), ("maximum", &mut self.maximum)] {
            let Some(typed) = end.take().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else {
                continue;
            };
            match limit(&typed, kind) {
                Ok(plain) => *end = Some(plain),
                Err(code) => problems.push(Problem::new(code).on(field)),
            }
        }
        if let (Some(least), Some(most)) = (&self.minimum, &self.maximum)
            && below(most, least, kind)
        {
            problems.push(Problem::new("range-order").on("maximum"));
        }
        self.pattern = self.pattern.map(|pattern| nfc(pattern.trim())).filter(|pattern| !pattern.is_empty());
        if let Some(pattern) = &self.pattern {
            if length(pattern) > LINE {
                problems.push(Problem::new("text-too-long").with("max", LINE).on("pattern"));
            } else if whole(pattern).is_none() {
                problems.push(Problem::new("pattern-wrong").on("pattern"));
            }
        }
        if self.codes.len() > CODES {
            problems.push(Problem::new("codes-too-many").with("max", CODES).on("codes"));
        }
        let mut seen = HashSet::new();
        for code in &self.codes {
            let label = code.label.as_ref();
            let texts = [Some(code.value.as_str()), label.map(|l| l.vi.as_str()), label.and_then(|l| l.en.as_deref())];
            if texts.into_iter().flatten().any(|text| length(text) > LINE) {
                problems.push(Problem::new("text-too-long").with("max", LINE).on("codes"));
                break;
            }
            if !seen.insert(code.value.as_str()) {
                problems.push(Problem::new("code-twice").with("value", code.value.as_str()).on("codes"));
                break;
            }
        }
        if problems.is_empty() { Ok(self) } else { Err(problems) }
    }
}

/// A limit as cells of a kind are written.
fn limit(typed: &str, kind: Kind) -> Result<String, &'static str> {
    match kind {
        Kind::Integer | Kind::Decimal => {
            let plain = typed.replace(',', ".");
            let digits = plain.strip_prefix('-').unwrap_or(&plain);
            let sound = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
                && digits.starts_with(|c: char| c.is_ascii_digit())
                && digits.len() <= 40;
            if sound && plain.parse::<f64>().is_ok() { Ok(plain) } else { Err("range-number") }
        }
        Kind::Date | Kind::DateTime => day_of(typed).map(|day| day.to_string()).ok_or("date-form"),
        Kind::Text | Kind::Boolean => Err("range-kind"),
    }
}

/// Whether a value of a kind is below another; both are written as cells are. A day stands for its first moment.
pub fn below(value: &str, other: &str, kind: Kind) -> bool {
    match kind {
        Kind::Integer | Kind::Decimal => match (value.parse::<i128>(), other.parse::<i128>()) {
            (Ok(value), Ok(other)) => value < other,
            _ => matches!((value.parse::<f64>(), other.parse::<f64>()), (Ok(value), Ok(other)) if value < other),
        },
        _ => value < other,
    }
}

/// A pattern that matches whole values; `None` when it is none, or too large.
pub fn whole(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(&format!("^(?:{pattern})$")).size_limit(PATTERN).build().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(minimum: &str, maximum: &str) -> Constraints {
        Constraints { minimum: Some(minimum.into()), maximum: Some(maximum.into()), ..Constraints::default() }
    }

    fn wrong(constraints: Constraints, kind: Kind) -> Vec<(&'static str, String)> {
        let problems = constraints.checked(kind).err().unwrap_or_default();
        problems.into_iter().map(|p| (p.code, p.field.unwrap_or_default().into_owned())).collect()
    }

    #[test]
    fn a_range_is_kept_as_cells_are_written() {
        assert_eq!(of("0,5", "1 ").checked(Kind::Decimal), Ok(of("0.5", "1")));
        assert_eq!(of("01/01/2026", "2026-12-31").checked(Kind::Date), Ok(of("2026-01-01", "2026-12-31")));
        assert_eq!(wrong(of("x", "31/02/2026"), Kind::Integer).len(), 2);
        assert_eq!(wrong(of("10", "9"), Kind::Integer), [("range-order", "maximum".to_owned())]);
        assert_eq!(wrong(of("1", ""), Kind::Text), [("range-kind", "minimum".to_owned())]);
        // Beyond what a double tells apart.
        assert!(below("9007199254740992", "9007199254740993", Kind::Integer));
    }

    #[test]
    fn codes_come_back_as_they_were_typed() {
        let text = "1 = Đạt | Passed\n2 = Chưa đạt\n9";
        let codes = Constraints::codes_from("1 = Đạt | Passed\n\n2\tChưa đạt\n 9 ");
        assert_eq!(Constraints { codes, ..Constraints::default() }.codes_text(), text);
        let twice = Constraints { codes: Constraints::codes_from("a\na"), ..Constraints::default() };
        assert_eq!(wrong(twice, Kind::Text), [("code-twice", "codes".to_owned())]);
    }

    #[test]
    fn a_pattern_matches_whole_values_and_a_wrong_or_huge_one_is_refused() {
        let of = |pattern: &str| Constraints { pattern: Some(pattern.into()), ..Constraints::default() };
        assert!(of(r"\d{5}").checked(Kind::Text).is_ok());
        assert_eq!(wrong(of("(a"), Kind::Text), [("pattern-wrong", "pattern".to_owned())]);
        assert_eq!(wrong(of(r"((\w{500}){500}){500}"), Kind::Text), [("pattern-wrong", "pattern".to_owned())]);
        let five = whole(r"a|\d{5}");
        assert!(five.is_some_and(|five| five.is_match("12345") && five.is_match("a") && !five.is_match("123456")));
    }

    #[test]
    fn what_wants_nothing_leaves_no_trace_in_what_is_kept() {
        let note = super::super::ColumnNote { title: "Mã".into(), ..Default::default() };
        let kept = serde_json::to_value(&note).ok();
        assert_eq!(kept.as_ref().and_then(|kept| kept.get("constraints")), None);
    }
}

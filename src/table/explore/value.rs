//! Values that people compare with, in the forms in which they write them.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};
use datafusion::arrow::array::{
    ArrayRef, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, StringArray,
    TimestampMicrosecondArray,
};

use super::model::{Reader, Written};
use crate::kernel::text::{fold, nfc};
use crate::kernel::{Error, Lang, Problem, Result, day_of};
use crate::table::ingest::report::{Column, Storage};
use crate::table::ingest::typing::canonical;

/// A value of a column's own type. Its text ([`fmt::Display`]) is the canonical one: ISO dates, a decimal point.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text, in NFC.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Double(f64),
    /// A number of exact digits: the digits, and how many of them stand after the point.
    Exact(i128, i8),
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Date(NaiveDate),
    /// Microseconds since 1970; in UTC, or local time as written.
    Moment(i64, bool),
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = Vec::new();
        match self {
            Self::Text(text) => return f.write_str(text),
            Self::Integer(number) => canonical::integer(&mut out, *number),
            Self::Double(number) => canonical::double(&mut out, *number),
            Self::Exact(digits, scale) => canonical::exact(&mut out, *digits, *scale),
            Self::Boolean(yes) => canonical::boolean(&mut out, *yes),
            Self::Date(date) => return write!(f, "{}", date.format("%Y-%m-%d")),
            Self::Moment(micros, utc) => canonical::timestamp(&mut out, *micros, *utc),
        }
        f.write_str(&String::from_utf8_lossy(&out))
    }
}

impl Value {
    /// Reads a value for a column. In an address the canonical form is tried first, then the reader's; where a person
    /// typed it the other way round: `1.234` typed in Vietnamese is a thousand and more, in an address it is one and a
    /// bit.
    ///
    /// # Errors
    /// `explore-value-missing`, or `explore-value-KIND` (`value`, `column`) with the kind of the column;
    /// `explore-value-precise` (`most`) for more decimals than the column has.
    pub fn read(column: &Column, text: &str, written: Written, reader: &Reader) -> Result<Self, Problem> {
        let wrong = |code: &'static str| Problem::new(code).with("value", text).with("column", column.title.as_str());
        if column.storage == Storage::Text {
            return if text.is_empty() { Err(wrong("explore-value-missing")) } else { Ok(Self::Text(nfc(text))) };
        }
        let text = text.trim();
        if text.is_empty() {
            return Err(wrong("explore-value-missing"));
        }
        let forms = [Some(text.replace('\u{2212}', "-")), plain(text, reader.lang)];
        let in_order: Vec<&String> = match written {
            Written::Address => forms.iter().flatten().collect(),
            Written::Typed => forms.iter().rev().flatten().collect(),
        };
        match column.storage {
            Storage::Text => Ok(Self::Text(nfc(text))),
            Storage::Int64 => in_order
                .iter()
                .find_map(|text| text.parse().ok())
                .map(Self::Integer)
                .ok_or_else(|| wrong("explore-value-integer")),
            Storage::Float64 => in_order
                .iter()
                .filter(|text| is_number(text))
                .find_map(|text| text.parse::<f64>().ok().filter(|number| number.is_finite()))
                // Adding zero takes the sign off minus zero.
                .map(|number| Self::Double(number + 0.0))
                .ok_or_else(|| wrong("explore-value-decimal")),
            Storage::Decimal128 { scale } => {
                let Some(text) = in_order.into_iter().find(|text| is_number(text)) else {
                    return Err(wrong("explore-value-decimal"));
                };
                match digits_of(text, scale) {
                    Some(digits) => Ok(Self::Exact(digits, scale)),
                    None => Err(wrong("explore-value-precise").with("most", i64::from(scale))),
                }
            }
            Storage::Boolean => match fold(text).as_str() {
                "true" | "1" | "co" | "dung" | "yes" => Ok(Self::Boolean(true)),
                "false" | "0" | "khong" | "sai" | "no" => Ok(Self::Boolean(false)),
                _ => Err(wrong("explore-value-boolean")),
            },
            Storage::Date32 => day_of(text).map(Self::Date).ok_or_else(|| wrong("explore-value-date")),
            Storage::Timestamp { utc } => moment(text, utc, reader.offset_minutes)
                .map(|micros| Self::Moment(micros, utc))
                .ok_or_else(|| wrong("explore-value-date-time")),
        }
    }

    /// Whether it comes after another of the same type.
    pub(super) fn is_after(&self, other: &Self) -> bool {
        let order = match (self, other) {
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Integer(a), Self::Integer(b)) | (Self::Moment(a, _), Self::Moment(b, _)) => a.cmp(b),
            (Self::Double(a), Self::Double(b)) => a.total_cmp(b),
            (Self::Exact(a, _), Self::Exact(b, _)) => a.cmp(b),
            (Self::Boolean(a), Self::Boolean(b)) => a.cmp(b),
            (Self::Date(a), Self::Date(b)) => a.cmp(b),
            _ => Ordering::Equal,
        };
        order == Ordering::Greater
    }

    /// An array of these values, of a column's type.
    ///
    /// # Errors
    /// `Internal` when a value is of another type.
    pub(super) fn array(values: &[&Self], storage: Storage) -> Result<ArrayRef> {
        let other = || Error::internal("a value of another type than its column");
        macro_rules! collect {
            ($array:ty, $pattern:pat => $value:expr) => {
                values
                    .iter()
                    .map(|value| match value {
                        $pattern => Ok($value),
                        _ => Err(other()),
                    })
                    .collect::<Result<Vec<_>>>()
                    .map(<$array>::from)?
            };
        }
        Ok(match storage {
            Storage::Text => Arc::new(collect!(StringArray, Self::Text(text) => text.as_str())),
            Storage::Int64 => Arc::new(collect!(Int64Array, Self::Integer(number) => *number)),
            Storage::Float64 => Arc::new(collect!(Float64Array, Self::Double(number) => *number)),
            Storage::Decimal128 { scale } => Arc::new(
                collect!(Decimal128Array, Self::Exact(digits, _) => *digits)
                    .with_precision_and_scale(38, scale)
                    .map_err(Error::internal)?,
            ),
            Storage::Boolean => Arc::new(collect!(BooleanArray, Self::Boolean(yes) => *yes)),
            Storage::Date32 => Arc::new(collect!(Date32Array, Self::Date(date) => days(*date))),
            Storage::Timestamp { utc } => {
                let moments = collect!(TimestampMicrosecondArray, Self::Moment(micros, _) => *micros);
                if utc { Arc::new(moments.with_timezone("UTC")) } else { Arc::new(moments) }
            }
        })
    }
}

/// Days since 1970.
pub(super) fn days(date: NaiveDate) -> i32 {
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(i32::MAX)
}

/// A number in the form of a language (`1.234,5`, `1,234.5`) as programs write it; none when it is not in that form.
fn plain(text: &str, lang: Lang) -> Option<String> {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let sign = if text.starts_with(['-', '\u{2212}']) { "-" } else { "" };
    let digits = text.trim_start_matches(['-', '\u{2212}']);
    let (whole, decimals) = match digits.split_once(point) {
        Some((whole, decimals)) if !decimals.is_empty() => (whole, Some(decimals)),
        Some(_) => return None,
        None => (digits, None),
    };
    let are_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let groups: Vec<&str> = whole.split([group, ' ', '\u{a0}', '\u{202f}']).collect();
    let grouped = match groups.as_slice() {
        [only] => are_digits(only),
        [first, rest @ ..] => {
            (1..=3).contains(&first.len())
                && are_digits(first)
                && rest.iter().all(|part| part.len() == 3 && are_digits(part))
        }
        [] => false,
    };
    if !grouped || decimals.is_some_and(|decimals| !are_digits(decimals)) {
        return None;
    }
    let decimals = decimals.map(|decimals| format!(".{decimals}")).unwrap_or_default();
    Some(format!("{sign}{}{decimals}", groups.concat()))
}

/// Whether it is a number as programs write it; words such as `inf` and `nan` are none.
fn is_number(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E'))
        && text.parse::<f64>().is_ok()
}

/// A plain number as digits with a fixed number of decimals; none with more decimals or digits than there is room for.
fn digits_of(text: &str, scale: i8) -> Option<i128> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (whole, decimals) = digits.split_once('.').unwrap_or((digits, ""));
    let decimals = decimals.trim_end_matches('0');
    let scale = usize::try_from(scale).ok()?;
    if decimals.len() > scale || whole.len() + scale > 38 {
        return None;
    }
    let number: i128 = format!("{whole}{decimals:0<scale$}").parse().ok()?;
    Some(if negative { -number } else { number })
}

/// A moment in one of the forms of people and programs; without a time it is midnight, without a zone the province's
/// time.
fn moment(text: &str, utc: bool, offset_minutes: i32) -> Option<i64> {
    if let Ok(at) = chrono::DateTime::parse_from_rfc3339(text) {
        let micros = at.timestamp_micros();
        return Some(if utc { micros } else { micros + i64::from(at.offset().local_minus_utc()) * 1_000_000 });
    }
    const FORMS: [&str; 6] = [
        "%Y-%m-%dT%H:%M:%S%.f",
        "%Y-%m-%dT%H:%M",
        "%Y-%m-%d %H:%M:%S%.f",
        "%Y-%m-%d %H:%M",
        "%d/%m/%Y %H:%M:%S",
        "%d/%m/%Y %H:%M",
    ];
    let local = FORMS
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .or_else(|| day_of(text)?.and_hms_opt(0, 0, 0))?;
    let micros = local.and_utc().timestamp_micros();
    Some(if utc { micros - i64::from(offset_minutes) * 60_000_000 } else { micros })
}

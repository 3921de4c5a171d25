//! From a cell to a typed value, as the decision says.

use super::date::{self, Zone};
use super::evidence::{MOST_DIGITS, Range, scan_number};
use super::number::Sign;
use super::word;
use crate::table::ingest::report::{AsideCode, ChangeCode, Storage};
use crate::table::ingest::rows::NumberForm;

/// How the cells of a column are read.
#[derive(Clone, Copy, Debug)]
pub(in crate::table::ingest) struct Reading {
    pub(in crate::table::ingest) storage: Storage,
    pub(super) numbers: NumberForm,
    pub(super) sign: Sign,
    pub(super) month_first: bool,
    /// Whether a person chose the kind: then codes are read as the numbers they look like.
    pub(super) chosen: bool,
    /// Whether all numbers of a decimal column are whole.
    pub(in crate::table::ingest) whole: bool,
    /// Smallest and largest value.
    pub(super) range: Range,
}

/// A typed value. A text is its cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::table::ingest) enum Value {
    Null,
    Text,
    Integer(i64),
    Float(Float),
    /// Times ten to the scale of the column.
    Exact(i128),
    Boolean(bool),
    /// Days since 1970-01-01.
    Date(i32),
    /// Microseconds since 1970-01-01T00:00.
    Timestamp(i64),
}

/// A double, with the digits it was written with while they are at most 15: then they are also its shortest text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::table::ingest) struct Float {
    pub(in crate::table::ingest) value: f64,
    /// The digits as one number, without sign, and how many of them follow the point.
    pub(in crate::table::ingest) written: Option<(u64, u32)>,
}

/// A cell as read: the value, and what became of the text.
pub(in crate::table::ingest) type Cell = (Value, Option<ChangeCode>);

const NULL: Cell = (Value::Null, None);

impl Reading {
    /// Smallest and largest value, for the histogram.
    pub(in crate::table::ingest) fn range(&self) -> (f64, f64) {
        (self.range.low, self.range.high)
    }

    /// Reads a cell; the error is the code with which its row is set aside.
    #[inline]
    pub(in crate::table::ingest) fn read(&self, cell: &str, tokens: &[String]) -> Result<Cell, AsideCode> {
        if cell.is_empty() {
            return Ok(NULL);
        }
        if self.storage == Storage::Text {
            return Ok((Value::Text, None));
        }
        let text = word::trim(cell);
        if text.is_empty() {
            return Ok(NULL);
        }
        // A number never starts like a token, except the minus.
        if !text.as_bytes()[0].is_ascii_digit() && word::is_null_token(text, tokens)
            || !tokens.is_empty() && word::is_null_token(text, tokens)
        {
            return Ok((Value::Null, Some(ChangeCode::NullToken)));
        }
        match self.storage {
            Storage::Text => Ok((Value::Text, None)),
            Storage::Int64 | Storage::Float64 | Storage::Decimal128 { .. } => self.number(text),
            Storage::Boolean => self.boolean(text),
            Storage::Date32 | Storage::Timestamp { .. } => self.moment(text),
        }
    }

    #[inline]
    fn number(&self, text: &str) -> Result<Cell, AsideCode> {
        let misfit = if self.storage == Storage::Int64 { AsideCode::NotInteger } else { AsideCode::NotDecimal };
        let number = scan_number(text, self.numbers).ok_or(misfit)?;
        let scale = number.scale(self.sign).ok_or(misfit)?;
        if !self.chosen && self.numbers == NumberForm::Written && number.plain_integer() {
            let phone = number.plus && number.digits >= 8;
            if number.digits > MOST_DIGITS || phone {
                return Err(misfit);
            }
        }
        if number.leading_zero && !self.chosen {
            return Err(misfit);
        }
        let rewritten = number.thousands.is_some()
            || (scale == 0 && number.digits > 3 && !number.plain_integer() && number.exponent.is_none())
            || (scale > 0 && self.sign == Sign::Comma);
        let change = rewritten.then_some(ChangeCode::NumberRewritten);
        let value = match self.storage {
            Storage::Int64 => {
                let whole = if scale == 0 && number.exponent.is_none() && number.digits <= 18 {
                    let size = i64::try_from(number.mantissa).map_err(|_| misfit)?;
                    if number.negative { -size } else { size }
                } else {
                    // A person chose whole numbers: 12.0 is one.
                    number.scaled(text, scale, 0).and_then(|size| i64::try_from(size).ok()).ok_or(misfit)?
                };
                Value::Integer(whole)
            }
            Storage::Decimal128 { scale: target } => {
                Value::Exact(number.scaled(text, scale, target.unsigned_abs().into()).ok_or(misfit)?)
            }
            _ => {
                let value = number.double(text, scale);
                if !value.is_finite()
                    || (value == 0.0 && number.exponent.is_some() && !number.double_is_exact(text, scale))
                {
                    return Err(misfit);
                }
                let written =
                    (number.digits <= MOST_DIGITS && number.exponent.is_none()).then_some((number.mantissa, scale));
                Value::Float(Float { value, written })
            }
        };
        Ok((value, change))
    }

    fn boolean(&self, text: &str) -> Result<Cell, AsideCode> {
        let (pair, yes) = match (word::boolean(text), text) {
            (Some(found), _) => found,
            (None, "1") if self.chosen => (1, true),
            (None, "0") if self.chosen => (1, false),
            _ => return Err(AsideCode::NotBoolean),
        };
        Ok((Value::Boolean(yes), (pair != 0).then_some(ChangeCode::WordAsBoolean)))
    }

    #[inline]
    fn moment(&self, text: &str) -> Result<Cell, AsideCode> {
        let misfit = if self.storage == Storage::Date32 { AsideCode::NotDate } else { AsideCode::NotDateTime };
        let moment = date::scan(text).ok_or(misfit)?;
        let rewritten = (!moment.iso).then_some(ChangeCode::DateRewritten);
        match self.storage {
            Storage::Date32 => {
                // A person who chose dates may have chosen them over times that are all midnight.
                let midnight = self.chosen && moment.time == Some(0) && moment.zone == Zone::Naive;
                if moment.time.is_some() && !midnight {
                    return Err(misfit);
                }
                Ok((Value::Date(moment.days(self.month_first).ok_or(misfit)?), rewritten))
            }
            Storage::Timestamp { utc } => {
                let change = match (moment.zone, moment.time) {
                    (Zone::Naive, _) if utc => return Err(misfit),
                    (Zone::Offset(_), _) if !utc => return Err(misfit),
                    (_, None) => Some(ChangeCode::DateAsMidnight),
                    (Zone::Offset(minutes), _) if minutes != 0 => Some(ChangeCode::ZoneNormalised),
                    _ => rewritten,
                };
                Ok((Value::Timestamp(moment.micros(self.month_first).ok_or(misfit)?), change))
            }
            _ => Err(misfit),
        }
    }
}

//! Cells as canonical text: what is hashed, compared and shown, so that the three never tell different stories.
//!
//! Within one type every value has one text and every text one value, so comparing texts compares values: numbers by value
//! (minus zero is zero, NaN is NaN), moments by instant. Where a number column became another number column, both are written
//! positionally, so that 12, 12.0 and 12.00 agree. Null is no text at all, which is not the empty text.

use std::io::Write;

use datafusion::arrow::array::{Array, ArrayRef, AsArray, BooleanArray, PrimitiveArray, StringArray};
use datafusion::arrow::datatypes::{
    DataType, Date32Type, Decimal128Type, Float64Type, Int64Type, TimeUnit, TimestampMicrosecondType,
};

use crate::kernel::{Error, Result};
use crate::table::ingest::report::Storage;
use crate::table::ingest::typing::canonical;

/// How the values of a column are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::table) enum Form {
    /// As in the canonical CSV.
    Own,
    /// As in the canonical CSV of a column of doubles that are all whole numbers: `12.0`.
    Whole,
    /// Numbers positionally, without zeros at the end of the decimals: comparable across types of numbers.
    Plain,
}

impl Form {
    /// The form in which values of two types can be compared.
    pub(super) fn of(old: Storage, new: Storage) -> Self {
        let number = |storage| matches!(storage, Storage::Int64 | Storage::Float64 | Storage::Decimal128 { .. });
        if old != new && number(old) && number(new) { Self::Plain } else { Self::Own }
    }
}

/// How a column of an Arrow type is stored; `None` for a type that ingest does not write.
pub(super) fn storage_of(kind: &DataType) -> Option<Storage> {
    Some(match kind {
        DataType::Utf8 => Storage::Text,
        DataType::Int64 => Storage::Int64,
        DataType::Float64 => Storage::Float64,
        DataType::Decimal128(_, scale) => Storage::Decimal128 { scale: *scale },
        DataType::Boolean => Storage::Boolean,
        DataType::Date32 => Storage::Date32,
        DataType::Timestamp(TimeUnit::Microsecond, zone) => Storage::Timestamp { utc: zone.is_some() },
        _ => return None,
    })
}

/// The cells of a column in one batch.
pub(in crate::table) enum Cells<'a> {
    Text(&'a StringArray),
    Integer(&'a PrimitiveArray<Int64Type>),
    Double(&'a PrimitiveArray<Float64Type>),
    Exact(&'a PrimitiveArray<Decimal128Type>, i8),
    Boolean(&'a BooleanArray),
    Date(&'a PrimitiveArray<Date32Type>),
    Moment(&'a PrimitiveArray<TimestampMicrosecondType>, bool),
}

impl<'a> Cells<'a> {
    /// The cells of an array.
    ///
    /// # Errors
    /// `Internal` for a type that ingest does not write.
    pub(in crate::table) fn of(array: &'a ArrayRef) -> Result<Self> {
        let Some(storage) = storage_of(array.data_type()) else {
            return Err(Error::internal(format!("a table with a column of type {}", array.data_type())));
        };
        Ok(match storage {
            Storage::Text => Self::Text(array.as_string()),
            Storage::Int64 => Self::Integer(array.as_primitive()),
            Storage::Float64 => Self::Double(array.as_primitive()),
            Storage::Decimal128 { scale } => Self::Exact(array.as_primitive(), scale),
            Storage::Boolean => Self::Boolean(array.as_boolean()),
            Storage::Date32 => Self::Date(array.as_primitive()),
            Storage::Timestamp { utc } => Self::Moment(array.as_primitive(), utc),
        })
    }

    pub(in crate::table) fn is_null(&self, row: usize) -> bool {
        match self {
            Self::Text(array) => array.is_null(row),
            Self::Integer(array) => array.is_null(row),
            Self::Double(array) => array.is_null(row),
            Self::Exact(array, _) => array.is_null(row),
            Self::Boolean(array) => array.is_null(row),
            Self::Date(array) => array.is_null(row),
            Self::Moment(array, _) => array.is_null(row),
        }
    }

    /// Appends a cell's text; nothing for null.
    pub(in crate::table) fn text(&self, row: usize, form: Form, out: &mut Vec<u8>) -> Result<()> {
        if self.is_null(row) {
            return Ok(());
        }
        match self {
            Self::Text(array) => out.extend_from_slice(array.value(row).as_bytes()),
            Self::Integer(array) => canonical::integer(out, array.value(row)),
            Self::Double(array) => {
                // Adding zero takes the sign off minus zero.
                let value = array.value(row) + 0.0;
                match form {
                    Form::Own => canonical::double(out, value),
                    Form::Whole => canonical::whole(out, value),
                    Form::Plain => write!(out, "{value}")?,
                }
            }
            Self::Exact(array, scale) => {
                canonical::exact(out, array.value(row), *scale);
                if form == Form::Plain && *scale > 0 {
                    while out.last() == Some(&b'0') {
                        out.pop();
                    }
                    if out.last() == Some(&b'.') {
                        out.pop();
                    }
                }
            }
            Self::Boolean(array) => canonical::boolean(out, array.value(row)),
            Self::Date(array) => canonical::date(out, array.value(row)),
            Self::Moment(array, utc) => canonical::timestamp(out, array.value(row), *utc),
        }
        Ok(())
    }

    /// Appends a cell: four bytes (little-endian) that are 0 for null, else one more than the length of the text that follows.
    pub(super) fn write(&self, row: usize, form: Form, out: &mut Vec<u8>) -> Result<()> {
        let start = out.len();
        out.extend_from_slice(&[0; 4]);
        if self.is_null(row) {
            return Ok(());
        }
        self.text(row, form, out)?;
        let length = u32::try_from(out.len() - start - 4).ok().and_then(|length| length.checked_add(1));
        out[start..start + 4].copy_from_slice(&length.ok_or_else(|| Error::internal("a cell of 4 GB"))?.to_le_bytes());
        Ok(())
    }
}

/// The cells that [`Cells::write`] wrote one after the other.
pub(super) fn read(mut cells: &[u8]) -> impl Iterator<Item = Option<&[u8]>> {
    std::iter::from_fn(move || {
        let (length, rest) = cells.split_first_chunk::<4>()?;
        let length = u32::from_le_bytes(*length);
        let (text, rest) = rest.split_at_checked(length.saturating_sub(1) as usize)?;
        cells = rest;
        Some((length > 0).then_some(text))
    })
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use datafusion::arrow::array::{Decimal128Array, Float64Array, Int64Array, TimestampMicrosecondArray};

    use super::*;

    fn texts(array: &ArrayRef, form: Form) -> Vec<Option<String>> {
        let cells = Cells::of(array).unwrap();
        let mut out = Vec::new();
        for row in 0..array.len() {
            cells.write(row, form, &mut out).unwrap();
        }
        read(&out).map(|cell| cell.map(|text| String::from_utf8(text.to_vec()).unwrap())).collect()
    }

    fn some(texts: &[&str]) -> Vec<Option<String>> {
        texts.iter().map(|text| Some((*text).to_owned())).collect()
    }

    #[test]
    fn numbers_of_different_types_agree_by_value() {
        let integers: ArrayRef = Arc::new(Int64Array::from(vec![12, 0, -5, 10_000_000_000_000_000]));
        let doubles: ArrayRef = Arc::new(Float64Array::from(vec![12.0, -0.0, -5.0, 1e16]));
        let exact: ArrayRef = Arc::new(
            Decimal128Array::from(vec![1200, 0, -500, 1_000_000_000_000_000_000])
                .with_precision_and_scale(38, 2)
                .unwrap(),
        );
        let expected = some(&["12", "0", "-5", "10000000000000000"]);
        for array in [&integers, &doubles, &exact] {
            assert_eq!(texts(array, Form::Plain), expected);
        }
        let small: ArrayRef = Arc::new(Float64Array::from(vec![1e-7, 0.1]));
        assert_eq!(texts(&small, Form::Plain), some(&["0.0000001", "0.1"]));
        assert_eq!(texts(&small, Form::Own), some(&["1e-7", "0.1"]));
    }

    #[test]
    fn every_nan_is_the_same_and_null_is_not_the_empty_text() {
        let doubles: ArrayRef = Arc::new(Float64Array::from(vec![f64::NAN, -f64::NAN, f64::INFINITY]));
        assert_eq!(texts(&doubles, Form::Own), some(&["NaN", "NaN", "inf"]));
        let words: ArrayRef = Arc::new(StringArray::from(vec![Some(""), None, Some("đất")]));
        assert_eq!(texts(&words, Form::Own), [Some(String::new()), None, Some("đất".to_owned())]);
    }

    #[test]
    fn a_moment_in_utc_is_not_a_local_time_as_written() {
        let local: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![0]));
        let utc: ArrayRef = Arc::new(TimestampMicrosecondArray::from(vec![0]).with_timezone("UTC"));
        assert_eq!(texts(&local, Form::Own), some(&["1970-01-01T00:00:00"]));
        assert_eq!(texts(&utc, Form::Own), some(&["1970-01-01T00:00:00Z"]));
    }
}

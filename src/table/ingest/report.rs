//! What an ingest understood and did, as data that can be stored, shown and compared: no prose, only codes with arguments.

use std::collections::BTreeMap;
use std::sync::Arc;

use datafusion::arrow::datatypes::{DataType, TimeUnit};
use serde::{Deserialize, Serialize};

use super::profile::Profile;
use crate::kernel::Arg;

/// What a column holds, as a person names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Words, and codes that only look like numbers.
    Text,
    /// Whole numbers that fit 64 bits.
    Integer,
    /// Numbers with decimals.
    Decimal,
    /// Yes or no.
    Boolean,
    /// Calendar days.
    Date,
    /// Days with a time, either all without a zone or all in UTC.
    DateTime,
}

/// How a column is stored in Parquet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "type")]
pub enum Storage {
    /// UTF-8.
    Text,
    /// Signed, 64 bits.
    Int64,
    /// IEEE 754 double; every written value reads back with the same digits.
    Float64,
    /// 38 digits, `scale` of them after the point: for numbers that a double would round.
    Decimal128 {
        /// Digits after the point.
        scale: i8,
    },
    /// One bit.
    Boolean,
    /// Days since 1970-01-01.
    Date32,
    /// Microseconds since 1970-01-01T00:00:00.
    Timestamp {
        /// Whether the values are in UTC; otherwise they have no zone.
        utc: bool,
    },
}

impl Storage {
    /// The Arrow type.
    pub fn data_type(self) -> DataType {
        match self {
            Self::Text => DataType::Utf8,
            Self::Int64 => DataType::Int64,
            Self::Float64 => DataType::Float64,
            Self::Decimal128 { scale } => DataType::Decimal128(38, scale),
            Self::Boolean => DataType::Boolean,
            Self::Date32 => DataType::Date32,
            Self::Timestamp { utc } => DataType::Timestamp(TimeUnit::Microsecond, utc.then(|| Arc::from("UTC"))),
        }
    }

    /// The kind that is stored this way.
    pub fn kind(self) -> Kind {
        match self {
            Self::Text => Kind::Text,
            Self::Int64 => Kind::Integer,
            Self::Float64 | Self::Decimal128 { .. } => Kind::Decimal,
            Self::Boolean => Kind::Boolean,
            Self::Date32 => Kind::Date,
            Self::Timestamp { .. } => Kind::DateTime,
        }
    }
}

/// Why a column has its kind, or what a person should check: a code with arguments whose text is the Fluent message
/// `ingest-reason-{code}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "code")]
pub enum Reason {
    /// No cell holds anything.
    AllEmpty,
    /// A person chose the kind.
    Chosen,
    /// Words.
    Words,
    /// Only whole numbers.
    AllIntegers,
    /// Numbers, some with a decimal point.
    DecimalPoint {
        /// How many have decimals.
        count: u64,
    },
    /// Numbers, some with a decimal comma.
    DecimalComma {
        /// How many have decimals.
        count: u64,
    },
    /// Numbers, some in scientific notation and none with decimals.
    Exponent {
        /// How many have an exponent.
        count: u64,
    },
    /// One of the pairs true/false, có/không, yes/no, đúng/sai.
    AllBooleans {
        /// How many say yes.
        yes: u64,
        /// How many say no.
        no: u64,
    },
    /// Dates, all with the year first.
    AllDates,
    /// Dates, some with the day first.
    DayFirst {
        /// How many were not in ISO form.
        converted: u64,
    },
    /// Dates, some with the month first, which the column proves.
    MonthFirst {
        /// How many were not in ISO form.
        converted: u64,
    },
    /// Dates with times.
    AllDateTimes,
    /// Digits with a leading zero: a code.
    LeadingZeros {
        /// How many cells.
        count: u64,
        /// One of them.
        example: String,
    },
    /// Every value has twelve digits: an identity number.
    #[serde(rename = "identifier-12")]
    Identifier12,
    /// The title names an identifier and every value has the same number of digits.
    IdentifierTitle {
        /// Digits of every value.
        digits: u64,
    },
    /// Numbers of more than 15 digits without decimals: a code.
    LongDigits {
        /// How many cells.
        count: u64,
        /// One of them.
        example: String,
    },
    /// Telephone numbers.
    PhoneLike {
        /// How many cells.
        count: u64,
        /// One of them.
        example: String,
    },
    /// Mostly of one kind, but not enough of it.
    Mixed {
        /// The kind that came nearest.
        nearest: Kind,
        /// Percent of the filled cells that fit it, rounded down.
        share: u64,
        /// A cell that does not fit.
        example: String,
    },
    /// Times with and without a zone.
    MixedZones,
    /// Numbers with more digits than 38.
    TooPrecise,
    /// Note: nothing in the column says whether the sign separates decimals or thousands.
    AmbiguousSeparator {
        /// The sign.
        sign: String,
        /// Whether it was read as the decimal sign (else as the thousands sign).
        #[serde(rename = "as")]
        reading: SignReading,
        /// How many values depend on it.
        count: u64,
    },
    /// Note: nothing in the column says whether day or month comes first; the day was taken.
    DayFirstAssumed {
        /// How many dates depend on it.
        count: u64,
    },
    /// Note: numbers that a double would round are kept as exact decimals.
    ExactDecimals,
    /// Note: a person chose numbers for digits with leading zeros, which numbers do not keep.
    ZerosDropped {
        /// How many cells.
        count: u64,
        /// One of them.
        example: String,
    },
    /// Note: codes of a fixed number of digits seem to have lost zeros in front, as spreadsheets take them.
    ZerosLost {
        /// How many cells are shorter.
        count: u64,
        /// Digits that the codes have.
        digits: u64,
        /// A cell that is shorter.
        example: String,
    },
    /// Note: rows whose cell does not fit the kind are set aside.
    Misfits {
        /// How many cells.
        count: u64,
        /// One of them.
        example: String,
    },
}

/// How an ambiguous separator was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignReading {
    /// Before the decimals.
    Decimal,
    /// Between thousands.
    Thousands,
}

impl Reason {
    /// The code, kebab-case.
    pub fn code(&self) -> String {
        match serde_json::to_value(self)
            .ok()
            .as_ref()
            .and_then(|value| value.get("code"))
            .and_then(|code| code.as_str())
        {
            Some(code) => code.to_owned(),
            None => String::new(),
        }
    }

    /// The arguments of the text, by name.
    pub fn args(&self) -> Vec<(String, Arg)> {
        let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(self) else { return Vec::new() };
        fields
            .into_iter()
            .filter(|(name, _)| name != "code")
            .filter_map(|(name, value)| match value {
                serde_json::Value::String(text) => Some((name, Arg::Text(text))),
                serde_json::Value::Number(number) => number.as_i64().map(|number| (name, Arg::Int(number))),
                _ => None,
            })
            .collect()
    }
}

/// How a column's values are written in the file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Form {
    /// The sign before the decimals, where one was met.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decimal: Option<char>,
    /// The sign between thousands, where one was met (a space stands for every kind of space).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thousands: Option<char>,
    /// Whether every number of a decimal column is whole (`12.0`).
    #[serde(default)]
    pub whole: bool,
    /// Dates and date-times met with the year first.
    #[serde(default)]
    pub year_first: u64,
    /// Those that can only have the day first.
    #[serde(default)]
    pub day_first: u64,
    /// Those that can only have the month first.
    #[serde(default)]
    pub month_first: u64,
    /// Those where both orders are possible.
    #[serde(default)]
    pub either_first: u64,
}

/// A column as understood, and after writing its profile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Column {
    /// The title in the file, made unique by a number in brackets.
    pub title: String,
    /// The machine name: ASCII snake case, unique, at most 60, not starting with a digit. The column's name in Parquet.
    pub key: String,
    /// What it holds.
    pub kind: Kind,
    /// How it is stored.
    pub storage: Storage,
    /// Why it has this kind.
    pub reason: Reason,
    /// What a person should know or check besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Reason>,
    /// How the values were written.
    pub form: Form,
    /// Up to three different values as written, in row order, each cut at 100 graphemes.
    pub examples: Vec<String>,
    /// Filled cells that do not fit the kind; their rows are set aside.
    pub misfits: u64,
    /// The profile of the rows kept; absent before they were walked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub profile: Option<Profile>,
}

impl Column {
    /// Whether it holds years: numbers that nobody writes with a thousands separator.
    pub fn is_year(&self) -> bool {
        let within = |text: &Option<String>| {
            text.as_deref().and_then(|text| text.parse::<i64>().ok()).is_some_and(|year| (1000..=2200).contains(&year))
        };
        let folded = crate::kernel::text::fold(&self.title);
        let named = folded.split_whitespace().any(|word| matches!(word, "nam" | "year"));
        let bounded = self.profile.as_ref().is_some_and(|profile| within(&profile.min) && within(&profile.max));
        self.kind == Kind::Integer && named && bounded
    }
}

/// Why a row is not in the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AsideCode {
    /// A filled cell beyond the last column.
    TooManyCells,
    /// Not a whole number.
    NotInteger,
    /// Not a number.
    NotDecimal,
    /// Neither yes nor no.
    NotBoolean,
    /// Not a date, or an impossible one.
    NotDate,
    /// Not a date with a time.
    NotDateTime,
}

/// A row that is not in the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAsideRow {
    /// Its number in the file (see `rows::Row::number`).
    pub number: u64,
    /// Why.
    pub code: AsideCode,
    /// Index of the column whose cell is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The cell, cut at 100 graphemes.
    pub value: String,
}

/// A row that is not in the table, with all it holds: a line of the file of rows set aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsideLine<T> {
    /// Its number in the file (see `rows::Row::number`).
    pub row: u64,
    /// Why.
    pub code: AsideCode,
    /// The title of the first column whose cell is at fault.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<T>,
    /// All cells as they were written.
    pub cells: Vec<T>,
    /// Further cells at fault, where there are any.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Fault<T>>,
}

/// A cell at fault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault<T> {
    /// The title of its column.
    pub column: T,
    /// What is wrong.
    pub code: AsideCode,
}

/// The rows that are not in the table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// How many.
    pub count: u64,
    /// The first thousand.
    pub listed: Vec<SetAsideRow>,
    /// Name of the file in the out folder that holds all of them with all their cells, one JSON object per line; absent when
    /// there are none or nothing was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// What was read otherwise than written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeCode {
    /// A row with fewer cells than the header was filled up with empty ones.
    ShortRowPadded,
    /// A cell beyond the last column was empty and dropped.
    EmptyCellDropped,
    /// A sign that stands for "no value" was read as empty.
    NullToken,
    /// Thousands signs or a decimal comma were put into the plain form.
    NumberRewritten,
    /// A date was put into ISO form.
    DateRewritten,
    /// A date without a time became midnight.
    DateAsMidnight,
    /// A time with an offset was put into UTC.
    ZoneNormalised,
    /// A word was read as yes or no.
    WordAsBoolean,
    /// A code got zeros in front, as a person chose.
    ZerosFilled,
}

/// How often something was read otherwise than written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What.
    pub code: ChangeCode,
    /// Index of the column; absent for changes of rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// How many cells, or rows.
    pub count: u64,
}

/// What a person decided about a file; empty when nobody has.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Choices {
    /// Kinds by column title.
    pub kinds: BTreeMap<String, Kind>,
    /// Whether every column without a kind of its own is text: for lists that people wrote, which are no data.
    pub text: bool,
    /// Columns of codes whose cells get zeros in front up to so many digits, by title: they are text then.
    pub widths: BTreeMap<String, u32>,
    /// The decimal sign of every column, `.` or `,`.
    pub decimal: Option<char>,
    /// Whether the day stands before the month wherever that is open.
    pub day_first: Option<bool>,
    /// Texts that stand for "no value" beside the built-in ones.
    pub null_tokens: Vec<String>,
    /// Whether it was decided about an earlier file of the same table: columns that this one has not are passed over.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub earlier: bool,
}

/// What came out.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Rows in the table.
    pub rows: u64,
    /// The columns with their profiles.
    pub columns: Vec<Column>,
    /// The rows that are not in the table.
    pub set_aside: SetAside,
    /// What was read otherwise than written.
    pub changed: Vec<Change>,
}

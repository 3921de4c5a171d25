//! What the cells of one column say about its kind, counted over the whole file: the decision reads only these counts, so it
//! cannot depend on the order of the rows.

use super::date::{self, Moment, Order, Zone};
use super::number::{self, Class, Number, Sign};
use super::word;
use crate::table::ingest::rows::NumberForm;

/// The shape of a filled cell; each cell has exactly one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(usize)]
pub(super) enum Shape {
    NumberNeutral,
    NumberPoint,
    NumberComma,
    NumberEitherPoint,
    NumberEitherComma,
    LongDigits,
    LeadingZero,
    Phone,
    Word0,
    Word1,
    Word2,
    Word3,
    DateYear,
    DateDay,
    DateMonth,
    DateEither,
    NaiveYear,
    NaiveDay,
    NaiveMonth,
    NaiveEither,
    ZonedYear,
    ZonedDay,
    ZonedMonth,
    ZonedEither,
    Words,
}

/// How many shapes there are.
pub(super) const SHAPES: usize = Shape::Words as usize + 1;

impl Shape {
    pub(super) const NUMBERS: [Self; 5] =
        [Self::NumberNeutral, Self::NumberPoint, Self::NumberComma, Self::NumberEitherPoint, Self::NumberEitherComma];
    pub(super) const WORDS: [Self; 4] = [Self::Word0, Self::Word1, Self::Word2, Self::Word3];
    /// By [`Order`].
    pub(super) const DATES: [Self; 4] = [Self::DateYear, Self::DateDay, Self::DateMonth, Self::DateEither];
    pub(super) const NAIVE: [Self; 4] = [Self::NaiveYear, Self::NaiveDay, Self::NaiveMonth, Self::NaiveEither];
    pub(super) const ZONED: [Self; 4] = [Self::ZonedYear, Self::ZonedDay, Self::ZonedMonth, Self::ZonedEither];
}

/// Smallest and largest of some values.
#[derive(Clone, Copy, Debug)]
pub(super) struct Range {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Default for Range {
    fn default() -> Self {
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY }
    }
}

impl Range {
    #[inline]
    pub(super) fn add(&mut self, value: f64) {
        if value < self.low {
            self.low = value;
        }
        if value > self.high {
            self.high = value;
        }
    }

    pub(super) fn join(&mut self, other: Self) {
        self.low = self.low.min(other.low);
        self.high = self.high.max(other.high);
    }
}

/// What numbers of one class have in common, read with the decimal sign of their class (`EitherPoint`: the point).
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Digits {
    /// Numbers with decimals.
    pub(super) decimals: u64,
    /// Numbers that are not whole.
    pub(super) fractions: u64,
    /// Numbers with an exponent.
    pub(super) exponents: u64,
    /// Numbers that a double would round.
    pub(super) inexact: u64,
    /// Most digits before the point.
    pub(super) whole: u32,
    /// Most digits after the point.
    pub(super) scale: u32,
    pub(super) range: Range,
}

/// The counts of one column.
#[derive(Clone, Debug)]
pub(super) struct Evidence {
    pub(super) counts: [u64; SHAPES],
    /// The first cell of each shape, cut.
    pub(super) firsts: [Option<Box<str>>; SHAPES],
    /// Cells that stand for "no value" only in columns that are not text.
    pub(super) tokens: u64,
    /// By class.
    pub(super) digits: [Digits; 5],
    /// Whole numbers beyond 64 bits.
    pub(super) too_big: u64,
    /// Whole numbers without separators: of four digits or more, and non-zero ones of fewer.
    pub(super) ungrouped_thousands: u64,
    pub(super) below_thousand: u64,
    /// Unsigned whole numbers without separators, and fewest and most digits of one.
    pub(super) unsigned: u64,
    pub(super) fewest: u32,
    pub(super) most: u32,
    /// Cells that are nothing but digits by how many there are, the first of each as a number, and all other cells.
    pub(super) lengths: [u64; LENGTHS],
    pub(super) first_of_length: [u64; LENGTHS],
    pub(super) no_digits: u64,
    /// Thousands signs met: point, comma, space, apostrophe.
    pub(super) thousands: [u64; 4],
    /// Yes by pair.
    pub(super) yes: [u64; 4],
    /// Dates not in ISO form.
    pub(super) foreign: u64,
    /// Days (dates) and microseconds (times) with the day first, and with the month first.
    pub(super) days: [Range; 2],
    pub(super) times: [Range; 2],
    pub(super) examples: Vec<String>,
    /// Set once so many cells are words that the column can only be text: the rest is not looked at.
    pub(super) closed: bool,
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            counts: [0; SHAPES],
            firsts: [const { None }; SHAPES],
            tokens: 0,
            digits: [Digits::default(); 5],
            too_big: 0,
            ungrouped_thousands: 0,
            below_thousand: 0,
            unsigned: 0,
            fewest: u32::MAX,
            most: 0,
            lengths: [0; LENGTHS],
            first_of_length: [0; LENGTHS],
            no_digits: 0,
            thousands: [0; 4],
            yes: [0; 4],
            foreign: 0,
            days: [Range::default(); 2],
            times: [Range::default(); 2],
            examples: Vec::new(),
            closed: false,
        }
    }
}

/// Words after which a column can only be text, whatever follows: more misfits than are ever set aside.
pub(super) const MOST_MISFITS: u64 = 10_000;

/// Most digits of a whole number that is not a code: what spreadsheets keep.
pub(super) const MOST_DIGITS: u32 = 15;

/// One more than the digits of the longest code whose zeros are missed.
pub(super) const LENGTHS: usize = MOST_DIGITS as usize + 1;

/// A cell cut to what a report shows.
pub(in crate::table::ingest) fn cut(text: &str) -> String {
    crate::kernel::text::truncate(text, 100)
}

impl Evidence {
    /// Looks at a cell. `open` keeps looking even when the column can only be text (a person may have chosen otherwise).
    #[inline]
    pub(super) fn see(&mut self, cell: &str, numbers: NumberForm, tokens: &[String], open: bool) {
        if self.closed || cell.is_empty() {
            return;
        }
        let text = word::trim(cell);
        if text.is_empty() {
            return;
        }
        if word::is_null_token(text, tokens) {
            self.tokens += 1;
            return;
        }
        if self.examples.len() < 3 && !self.examples.iter().any(|example| example == text) {
            let example = cut(text);
            if !self.examples.contains(&example) {
                self.examples.push(example);
            }
        }
        self.measure(text);
        let shape = self.shape(text, numbers) as usize;
        self.counts[shape] += 1;
        if self.counts[shape] == 1 {
            self.firsts[shape] = Some(cut(text).into());
        }
        if shape == Shape::Words as usize && !open && self.counts[shape] > MOST_MISFITS {
            self.closed = true;
        }
    }

    /// Counts the digits of a trimmed cell.
    #[inline]
    pub(super) fn measure(&mut self, text: &str) {
        let length = text.len();
        if length == 0 {
            return;
        }
        let number = text.bytes().try_fold(0_u64, |number, byte| {
            byte.is_ascii_digit().then(|| number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')))
        });
        match number {
            Some(number) if length < LENGTHS => {
                if self.lengths[length] == 0 {
                    self.first_of_length[length] = number;
                }
                self.lengths[length] += 1;
            }
            _ => self.no_digits += 1,
        }
    }

    #[inline]
    fn shape(&mut self, text: &str, numbers: NumberForm) -> Shape {
        if text.as_bytes()[0].is_ascii_alphabetic() {
            return self.word(text);
        }
        if let Some(number) = scan_number(text, numbers) {
            return self.number(text, &number, numbers);
        }
        if let Some(moment) = date::scan(text) {
            return self.moment(&moment);
        }
        self.word(text)
    }

    fn word(&mut self, text: &str) -> Shape {
        match word::boolean(text) {
            Some((pair, yes)) => {
                self.yes[pair] += u64::from(yes);
                Shape::WORDS[pair]
            }
            None => Shape::Words,
        }
    }

    #[inline]
    fn number(&mut self, text: &str, number: &Number, numbers: NumberForm) -> Shape {
        if number.leading_zero {
            return Shape::LeadingZero;
        }
        let class = number.class as usize;
        if number.plain_integer() {
            if number.plus && number.digits >= 8 {
                return Shape::Phone;
            }
            if number.digits > MOST_DIGITS && numbers == NumberForm::Written {
                return Shape::LongDigits;
            }
            if !number.negative && !number.plus {
                self.unsigned += 1;
                self.fewest = self.fewest.min(number.digits);
                self.most = self.most.max(number.digits);
            }
            if number.digits >= 4 {
                self.ungrouped_thousands += 1;
            } else if number.mantissa != 0 {
                self.below_thousand += 1;
            }
        } else if let Some(sign) = number.thousands {
            let index = match sign {
                '.' => 0,
                ',' => 1,
                ' ' => 2,
                _ => 3,
            };
            self.thousands[index] += 1;
        }
        let sign = if matches!(number.class, Class::Comma | Class::EitherComma) { Sign::Comma } else { Sign::Point };
        let scale = number.scale(sign).unwrap_or(0);
        let value = number.double(text, scale);
        if !value.is_finite() {
            return Shape::Words;
        }
        let seen = &mut self.digits[class];
        if scale > 0 || number.exponent.is_some() {
            seen.decimals += u64::from(scale > 0);
            seen.fractions += u64::from(value.fract() != 0.0);
        }
        if number.digits > MOST_DIGITS || number.exponent.is_some() {
            seen.exponents += u64::from(number.exponent.is_some());
            seen.inexact += u64::from(!number.double_is_exact(text, scale));
            let whole = number.scaled(text, scale, 0).and_then(|size| i64::try_from(size).ok());
            self.too_big += u64::from(scale == 0 && number.exponent.is_none() && whole.is_none());
        }
        let (whole, after) = number.extent(scale);
        seen.whole = seen.whole.max(whole);
        seen.scale = seen.scale.max(after);
        seen.range.add(value);
        Shape::NUMBERS[class]
    }

    #[inline]
    fn moment(&mut self, moment: &Moment) -> Shape {
        let order = moment.order as usize;
        self.foreign += u64::from(!moment.iso);
        for (month_first, range) in [false, true].into_iter().zip(&mut self.days) {
            if let Some(days) = moment.days(month_first) {
                range.add(f64::from(days));
            }
        }
        if moment.time.is_none() {
            return Shape::DATES[order];
        }
        for (month_first, range) in [false, true].into_iter().zip(&mut self.times) {
            if let Some(micros) = moment.micros(month_first) {
                range.add(micros as f64);
            }
        }
        match moment.zone {
            Zone::Naive => Shape::NAIVE[order],
            Zone::Offset(_) => Shape::ZONED[order],
        }
    }

    pub(super) fn count(&self, shape: Shape) -> u64 {
        self.counts[shape as usize]
    }

    pub(super) fn sum(&self, shapes: &[Shape]) -> u64 {
        shapes.iter().map(|&shape| self.count(shape)).sum()
    }

    /// Filled cells that do not stand for "no value".
    pub(super) fn filled(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// A cell whose shape is not among `shapes`: of the most frequent such shape, the first in the file.
    pub(super) fn odd_one(&self, shapes: &[Shape]) -> String {
        (0..SHAPES)
            .filter(|index| shapes.iter().all(|&shape| shape as usize != *index))
            .max_by_key(|&index| (self.counts[index], SHAPES - index))
            .and_then(|index| self.firsts[index].as_deref())
            .unwrap_or_default()
            .to_owned()
    }

    pub(super) fn first(&self, shape: Shape) -> String {
        self.firsts[shape as usize].as_deref().unwrap_or_default().to_owned()
    }
}

/// Scans a number in the form that the source writes: cells that were numbers already know only the decimal point.
#[inline]
pub(super) fn scan_number(text: &str, numbers: NumberForm) -> Option<Number> {
    let mut number = number::scan(text)?;
    if numbers == NumberForm::Plain {
        if number.class == Class::EitherPoint {
            number.class = Class::Point;
            number.thousands = None;
        }
        if number.thousands.is_some() || matches!(number.class, Class::Comma | Class::EitherComma) {
            return None;
        }
    }
    Some(number)
}

// `Order` indexes the arrays of shapes.
const _: () = assert!(Order::Year as usize == 0 && Order::Either as usize == 3 && Class::EitherComma as usize == 4);

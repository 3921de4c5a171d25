//! The decision: from the counts of a column to its kind, with the reason.

use std::collections::BTreeMap;

use super::convert::Reading;
use super::evidence::{Evidence, LENGTHS, MOST_MISFITS, Range, Shape};
use super::number::Sign;
use crate::kernel::text::fold;
use crate::table::ingest::report::{Column, Form, Kind, Reason, SignReading, Storage};
use crate::table::ingest::rows::NumberForm;

/// Below this many fitting cells every cell must fit.
const FEWEST_FOR_MISFITS: u64 = 50;

/// What is known besides the column itself.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting {
    pub(super) numbers: NumberForm,
    /// The decimal sign that a person chose.
    pub(super) chosen_sign: Option<Sign>,
    /// The decimal sign that the other columns prove.
    pub(super) file_sign: Option<Sign>,
    /// What a person said about day and month.
    pub(super) day_first: Option<bool>,
    /// Whether every cell must fit, because the columns' misfits together would set too many rows aside.
    pub(super) strict: bool,
}

/// The decimal sign that most columns with unambiguous numbers prove.
pub(super) fn file_sign(columns: &[Evidence]) -> Option<Sign> {
    let mut votes = 0i64;
    for column in columns {
        let (point, comma) = (column.count(Shape::NumberPoint), column.count(Shape::NumberComma));
        // A column of words with a stray number is no witness.
        if column.sum(&Shape::NUMBERS) * 2 > column.filled() {
            votes += (i64::from(point > comma)) - (i64::from(comma > point));
        }
    }
    match votes {
        0 => None,
        1.. => Some(Sign::Point),
        _ => Some(Sign::Comma),
    }
}

/// The decimal sign of a column, and a note when nothing in it proves the sign.
fn sign(evidence: &Evidence, setting: Setting) -> (Sign, Option<Reason>) {
    if let Some(sign) = setting.chosen_sign.filter(|_| setting.numbers == NumberForm::Written) {
        return (sign, None);
    }
    let (point, comma) = (evidence.count(Shape::NumberPoint), evidence.count(Shape::NumberComma));
    if point != comma {
        return (if point > comma { Sign::Point } else { Sign::Comma }, None);
    }
    let (either_point, either_comma) =
        (evidence.count(Shape::NumberEitherPoint), evidence.count(Shape::NumberEitherComma));
    if either_point + either_comma == 0 {
        return (Sign::Point, None);
    }
    let (met, other) =
        if either_point >= either_comma { (Sign::Point, Sign::Comma) } else { (Sign::Comma, Sign::Point) };
    let decimal = if evidence.ungrouped_thousands > 0 {
        // 12345 beside 1.234: thousands are not separated here.
        met
    } else if evidence.below_thousand > 0 {
        // 850 beside 1.234 and nothing with one or two decimals: thousands are.
        other
    } else {
        setting.file_sign.unwrap_or(Sign::Point)
    };
    let reading = if decimal == met { SignReading::Decimal } else { SignReading::Thousands };
    let count = either_point + either_comma;
    (decimal, Some(Reason::AmbiguousSeparator { sign: met.char().to_string(), reading, count }))
}

/// A kind that the column might have: its storage, the shapes that fit, and how many cells do.
struct Candidate {
    storage: Storage,
    shapes: Vec<Shape>,
    fits: u64,
}

impl Candidate {
    fn new(storage: Storage, shapes: Vec<Shape>, evidence: &Evidence) -> Self {
        let fits = evidence.sum(&shapes);
        Self { storage, shapes, fits }
    }

    fn is_enough(&self, filled: u64, strict: bool) -> bool {
        let misfits = filled - self.fits;
        let strict = strict || self.storage == Storage::Boolean;
        misfits == 0
            // A third answer is an answer: only a pure column is yes or no.
            || (!strict && self.fits >= FEWEST_FOR_MISFITS && self.fits * 100 >= filled * 98 && misfits <= MOST_MISFITS)
    }
}

/// How the numbers of a column are stored once its decimal sign is known; `None` when no type holds them exactly.
fn number_storage(evidence: &Evidence, sign: Sign) -> Option<Storage> {
    let mut decimals = 0;
    let (mut inexact, mut whole, mut scale) = (0, 0, 0);
    for (shape, digits) in Shape::NUMBERS.into_iter().zip(&evidence.digits) {
        match (shape, sign) {
            (Shape::NumberPoint, Sign::Comma) | (Shape::NumberComma, Sign::Point) => {}
            (Shape::NumberEitherPoint, Sign::Comma) | (Shape::NumberEitherComma, Sign::Point) => {
                whole = whole.max(digits.whole + 3)
            }
            _ => {
                decimals += digits.decimals + digits.exponents;
                inexact += digits.inexact;
                whole = whole.max(digits.whole);
                scale = scale.max(digits.scale);
            }
        }
    }
    if decimals == 0 && evidence.too_big == 0 {
        return Some(Storage::Int64);
    }
    if inexact == 0 {
        return Some(Storage::Float64);
    }
    let scale = i8::try_from(scale).ok()?;
    (whole.saturating_add(scale.unsigned_abs().into()) <= 38).then_some(Storage::Decimal128 { scale })
}

fn number_shapes(sign: Sign) -> Vec<Shape> {
    let own = if sign == Sign::Point { Shape::NumberPoint } else { Shape::NumberComma };
    vec![Shape::NumberNeutral, own, Shape::NumberEitherPoint, Shape::NumberEitherComma]
}

/// The shapes of dates or times that exist in an order.
fn order_shapes(shapes: [Shape; 4], month_first: bool) -> Vec<Shape> {
    let [year, day, month, either] = shapes;
    vec![year, if month_first { month } else { day }, either]
}

/// Whether the month stands first: only when the column proves it, or a person says so.
fn month_first(evidence: &Evidence, day_first: Option<bool>) -> bool {
    if let Some(day_first) = day_first {
        return !day_first;
    }
    evidence.sum(&[Shape::DateMonth, Shape::NaiveMonth, Shape::ZonedMonth]) > 0
        && evidence.sum(&[Shape::DateDay, Shape::NaiveDay, Shape::ZonedDay]) == 0
}

fn words_of(folded: &str) -> Vec<&str> {
    folded.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Whether a title names an identifier: mã, code, số hiệu, CCCD, SĐT, MST …
fn names_identifier(title: &str) -> bool {
    let folded = fold(title);
    let words = words_of(&folded);
    words
        .iter()
        .any(|word| matches!(*word, "ma" | "code" | "cccd" | "cmnd" | "cmt" | "sdt" | "mst" | "phone" | "tel" | "fax"))
        || words
            .windows(2)
            .any(|pair| matches!(pair, ["so", "hieu"] | ["dien", "thoai"] | ["dinh", "danh"] | ["tai", "khoan"]))
}

/// The digits of the codes that a title names, and how many zeros they may begin with: communes, provinces, citizens, tax payers,
/// telephones.
fn digits_of(title: &str) -> Option<(usize, usize)> {
    let folded = fold(title);
    let words = words_of(&folded);
    let word = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let pair = |wanted: &[[&str; 2]]| words.windows(2).any(|pair| wanted.iter().any(|wanted| wanted == pair));
    if pair(&[["xa", "hoi"]]) {
        None
    } else if word(&["cccd"]) || pair(&[["dinh", "danh"], ["can", "cuoc"]]) {
        Some((12, 2))
    } else if word(&["sdt", "phone", "mst"]) || pair(&[["dien", "thoai"], ["so", "thue"]]) {
        Some((10, 1))
    } else if pair(&[["ma", "xa"], ["ma", "phuong"]]) {
        Some((5, 4))
    } else if pair(&[["ma", "tinh"]]) {
        Some((2, 1))
    } else {
        None
    }
}

/// Fewest digits of codes whose number of digits only the values tell.
const FEWEST_DIGITS: usize = 5;

/// Whether codes of a fixed number of digits seem to have lost zeros in front: the title says how many there are, or it names an
/// identifier and four of five values have so many; none is longer, and the shorter ones lack no more than such codes begin with.
fn zeros_lost(title: &str, evidence: &Evidence) -> Option<Reason> {
    let lengths = &evidence.lengths;
    let all: u64 = lengths.iter().sum();
    let longest = (1..LENGTHS).rev().find(|&length| lengths[length] > 0)?;
    // A column of words with some numbers is none of codes.
    if evidence.no_digits * 19 > all {
        return None;
    }
    let (digits, zeros) = match digits_of(title) {
        // What has lost most of its zeros everywhere is rather a count.
        Some((digits, _)) if (lengths[digits] + lengths[digits - 1]) * 2 < all => return None,
        Some(told) => told,
        None => {
            let named = names_identifier(title) || evidence.count(Shape::LeadingZero) > 0;
            if !named || longest < FEWEST_DIGITS || lengths[longest] * 5 < all * 4 {
                return None;
            }
            (longest, 3)
        }
    };
    let shortest = (1..LENGTHS).find(|&length| lengths[length] > 0)?;
    if longest > digits || shortest == digits || shortest + zeros < digits {
        return None;
    }
    let example = format!("{:0shortest$}", evidence.first_of_length[shortest]);
    Some(Reason::ZerosLost { count: all - lengths[digits], digits: digits as u64, example })
}

/// Why numbers are a code after all; `None` when they are numbers.
fn code(title: &str, evidence: &Evidence, fits: u64, storage: Option<Storage>) -> Option<Reason> {
    let count = |shape| (evidence.count(shape), evidence.first(shape));
    let (zeros, phones, long) = (count(Shape::LeadingZero), count(Shape::Phone), count(Shape::LongDigits));
    if (fits + zeros.0 + phones.0 + long.0) * 2 < evidence.filled() {
        return None;
    }
    if zeros.0 > 0 {
        return Some(Reason::LeadingZeros { count: zeros.0, example: zeros.1 });
    }
    if phones.0 > 0 {
        return Some(Reason::PhoneLike { count: phones.0, example: phones.1 });
    }
    if long.0 > 0 {
        return Some(Reason::LongDigits { count: long.0, example: long.1 });
    }
    if storage == Some(Storage::Int64) && evidence.unsigned == evidence.filled() && evidence.fewest == evidence.most {
        if evidence.most == 12 {
            return Some(Reason::Identifier12);
        }
        if evidence.most >= 5 && names_identifier(title) {
            return Some(Reason::IdentifierTitle { digits: evidence.most.into() });
        }
    }
    None
}

/// Decides one column.
pub(super) fn column(
    title: String,
    key: String,
    evidence: &Evidence,
    chosen: Option<Kind>,
    setting: Setting,
) -> (Column, Reading) {
    let filled = evidence.filled();
    let (sign, ambiguous) = sign(evidence, setting);
    let month_first = month_first(evidence, setting.day_first);
    let storage = number_storage(evidence, sign);
    let naive = evidence.sum(&Shape::NAIVE);
    let zoned = evidence.sum(&Shape::ZONED);

    let mut candidates = Vec::new();
    let numbers = Candidate::new(storage.unwrap_or(Storage::Text), number_shapes(sign), evidence);
    let code = code(&title, evidence, numbers.fits, storage);
    candidates.push(numbers);
    candidates.push(Candidate::new(Storage::Date32, order_shapes(Shape::DATES, month_first), evidence));
    if naive > 0 {
        let mut shapes = order_shapes(Shape::NAIVE, month_first);
        shapes.extend(order_shapes(Shape::DATES, month_first));
        candidates.push(Candidate::new(Storage::Timestamp { utc: false }, shapes, evidence));
    }
    if zoned > 0 {
        candidates.push(Candidate::new(
            Storage::Timestamp { utc: true },
            order_shapes(Shape::ZONED, month_first),
            evidence,
        ));
    }
    for (pair, shape) in Shape::WORDS.into_iter().enumerate() {
        let (all, yes) = (evidence.count(shape), evidence.yes[pair]);
        // A column where everybody says "có" may be waiting for other words; true and false have no others.
        if all > 0 && (pair == 0 || (yes > 0 && yes < all)) {
            candidates.push(Candidate::new(Storage::Boolean, vec![shape], evidence));
        }
    }
    // The first of the best, so that the order above breaks ties.
    let best = candidates.into_iter().reduce(|best, next| if next.fits > best.fits { next } else { best });

    let text = |reason| (Storage::Text, reason, Vec::new());
    let (storage, reason, shapes) = match (chosen, best) {
        (Some(kind), _) => {
            let (storage, shapes) = chosen_storage(kind, evidence, sign, month_first, naive >= zoned);
            (storage, Reason::Chosen, shapes)
        }
        (None, _) if filled == 0 => text(if evidence.tokens == 0 { Reason::AllEmpty } else { Reason::Words }),
        (None, _) if evidence.closed => text(Reason::Words),
        (None, _) if naive > 0 && zoned > 0 && (naive + zoned) * 2 > filled => text(Reason::MixedZones),
        (None, Some(best)) => {
            let is_number =
                matches!(best.storage, Storage::Int64 | Storage::Float64 | Storage::Decimal128 { .. } | Storage::Text);
            match code.filter(|_| is_number) {
                Some(code) => text(code),
                None if best.is_enough(filled, setting.strict) && best.storage == Storage::Text => {
                    text(Reason::TooPrecise)
                }
                None if best.is_enough(filled, setting.strict) => {
                    let reason = reason(best.storage, evidence, sign, month_first);
                    (best.storage, reason, best.shapes)
                }
                None if best.fits * 2 > filled && best.storage != Storage::Text => {
                    let example = evidence.odd_one(&best.shapes);
                    text(Reason::Mixed { nearest: best.storage.kind(), share: best.fits * 100 / filled, example })
                }
                None => text(Reason::Words),
            }
        }
        (None, None) => text(Reason::Words),
    };

    let kind = storage.kind();
    let is_number = matches!(kind, Kind::Integer | Kind::Decimal);
    let is_time = matches!(kind, Kind::Date | Kind::DateTime);
    let misfits = if storage == Storage::Text { 0 } else { filled - evidence.sum(&shapes) };
    let mut notes = Vec::new();
    if is_number {
        notes.extend(ambiguous);
    }
    // Whoever chose numbers is told what they lose.
    let zeros = evidence.count(Shape::LeadingZero);
    if is_number && chosen.is_some() && zeros > 0 {
        notes.push(Reason::ZerosDropped { count: zeros, example: evidence.first(Shape::LeadingZero) });
    }
    if matches!(kind, Kind::Text | Kind::Integer) && !evidence.closed {
        notes.extend(zeros_lost(&title, evidence));
    }
    if matches!(storage, Storage::Decimal128 { .. }) {
        notes.push(Reason::ExactDecimals);
    }
    let either = evidence.sum(&[Shape::DateEither, Shape::NaiveEither, Shape::ZonedEither]);
    let proved = evidence.sum(&[Shape::DateDay, Shape::NaiveDay, Shape::ZonedDay]) > 0;
    if is_time && setting.day_first.is_none() && !month_first && either > 0 && !proved {
        notes.push(Reason::DayFirstAssumed { count: either });
    }
    if misfits > 0 {
        notes.push(Reason::Misfits { count: misfits, example: evidence.odd_one(&shapes) });
    }
    let form = form(evidence, kind, sign);
    let range = range(evidence, storage, sign, month_first);
    let reading = Reading {
        storage,
        numbers: setting.numbers,
        sign,
        month_first,
        chosen: chosen.is_some(),
        whole: form.whole,
        range,
    };
    let examples = evidence.examples.clone();
    (Column { title, key, kind, storage, reason, notes, form, examples, misfits, profile: None }, reading)
}

fn reason(storage: Storage, evidence: &Evidence, sign: Sign, month_first: bool) -> Reason {
    match storage {
        Storage::Int64 => Reason::AllIntegers,
        Storage::Float64 | Storage::Decimal128 { .. } => {
            let index = |shape: Shape| shape as usize;
            let [own, either] = match sign {
                Sign::Point => [Shape::NumberPoint, Shape::NumberEitherPoint],
                Sign::Comma => [Shape::NumberComma, Shape::NumberEitherComma],
            };
            let count = evidence.digits[index(own)].decimals + evidence.digits[index(either)].decimals;
            match (count, sign) {
                (0, _) => Reason::Exponent { count: evidence.digits.iter().map(|digits| digits.exponents).sum() },
                (_, Sign::Point) => Reason::DecimalPoint { count },
                (_, Sign::Comma) => Reason::DecimalComma { count },
            }
        }
        Storage::Boolean => {
            let yes = evidence.yes.iter().sum();
            Reason::AllBooleans { yes, no: evidence.sum(&Shape::WORDS) - yes }
        }
        Storage::Timestamp { .. } => Reason::AllDateTimes,
        Storage::Date32 if month_first => Reason::MonthFirst { converted: evidence.foreign },
        Storage::Date32 if evidence.sum(&[Shape::DateDay, Shape::DateEither]) > 0 => {
            Reason::DayFirst { converted: evidence.foreign }
        }
        Storage::Date32 => Reason::AllDates,
        Storage::Text => Reason::Words,
    }
}

/// How a kind that a person chose is stored, and the shapes that fit it.
fn chosen_storage(
    kind: Kind,
    evidence: &Evidence,
    sign: Sign,
    month_first: bool,
    naive: bool,
) -> (Storage, Vec<Shape>) {
    let mut numbers = number_shapes(sign);
    numbers.extend([Shape::LeadingZero, Shape::Phone, Shape::LongDigits]);
    match kind {
        Kind::Text => (Storage::Text, Vec::new()),
        Kind::Integer => (Storage::Int64, numbers),
        Kind::Decimal => {
            let storage = match number_storage(evidence, sign) {
                Some(storage @ Storage::Decimal128 { .. }) => storage,
                _ if evidence.count(Shape::LongDigits) > 0 => Storage::Decimal128 { scale: 6 },
                _ => Storage::Float64,
            };
            (storage, numbers)
        }
        Kind::Boolean => (Storage::Boolean, Shape::WORDS.to_vec()),
        Kind::Date => (Storage::Date32, order_shapes(Shape::DATES, month_first)),
        Kind::DateTime if naive => {
            let mut shapes = order_shapes(Shape::NAIVE, month_first);
            shapes.extend(order_shapes(Shape::DATES, month_first));
            (Storage::Timestamp { utc: false }, shapes)
        }
        Kind::DateTime => (Storage::Timestamp { utc: true }, order_shapes(Shape::ZONED, month_first)),
    }
}

fn form(evidence: &Evidence, kind: Kind, sign: Sign) -> Form {
    let mut form = Form::default();
    match kind {
        Kind::Integer | Kind::Decimal => {
            let mut signs: BTreeMap<char, u64> = ['.', ',', ' ', '\''].into_iter().zip(evidence.thousands).collect();
            let [point, comma] =
                [Shape::NumberEitherPoint, Shape::NumberEitherComma].map(|shape| evidence.count(shape));
            *signs.entry('.').or_default() += if sign == Sign::Comma { point } else { 0 };
            *signs.entry(',').or_default() += if sign == Sign::Point { comma } else { 0 };
            signs.remove(&sign.char());
            form.thousands =
                signs.into_iter().filter(|(_, count)| *count > 0).max_by_key(|(_, count)| *count).map(|(sign, _)| sign);
            let decimals =
                |shapes: [Shape; 2]| shapes.iter().map(|&shape| evidence.digits[shape as usize].decimals).sum::<u64>();
            let met = match sign {
                Sign::Point => decimals([Shape::NumberPoint, Shape::NumberEitherPoint]),
                Sign::Comma => decimals([Shape::NumberComma, Shape::NumberEitherComma]),
            };
            form.decimal = (kind == Kind::Decimal && met > 0).then(|| sign.char());
            form.whole = kind == Kind::Decimal
                && number_shapes(sign).iter().all(|&shape| {
                    let read_as_thousands = matches!(
                        (shape, sign),
                        (Shape::NumberEitherPoint, Sign::Comma) | (Shape::NumberEitherComma, Sign::Point)
                    );
                    read_as_thousands || evidence.digits[shape as usize].fractions == 0
                });
        }
        Kind::Date | Kind::DateTime => {
            let shapes = [Shape::DATES, Shape::NAIVE, Shape::ZONED];
            [form.year_first, form.day_first, form.month_first, form.either_first] =
                [0, 1, 2, 3].map(|order| shapes.iter().map(|shapes| evidence.count(shapes[order])).sum());
        }
        Kind::Text | Kind::Boolean => {}
    }
    form
}

/// Smallest and largest value of the column as it will be read: from where to where its histogram goes.
fn range(evidence: &Evidence, storage: Storage, sign: Sign, month_first: bool) -> Range {
    let mut range = Range::default();
    let order = usize::from(month_first);
    match storage {
        Storage::Int64 | Storage::Float64 | Storage::Decimal128 { .. } => {
            let digits = |shape: Shape| evidence.digits[shape as usize].range;
            let [own, either, grouped] = match sign {
                Sign::Point => [Shape::NumberPoint, Shape::NumberEitherPoint, Shape::NumberEitherComma],
                Sign::Comma => [Shape::NumberComma, Shape::NumberEitherComma, Shape::NumberEitherPoint],
            };
            for shape in [Shape::NumberNeutral, own, either] {
                range.join(digits(shape));
            }
            let grouped = digits(grouped);
            range.join(Range { low: grouped.low * 1000.0, high: grouped.high * 1000.0 });
        }
        Storage::Date32 => range = evidence.days[order],
        Storage::Timestamp { .. } => {
            range = evidence.times[order];
            if evidence.sum(&Shape::DATES) > 0 {
                let days = evidence.days[order];
                let day = super::date::DAY as f64;
                range.join(Range { low: days.low * day, high: days.high * day });
            }
        }
        Storage::Text | Storage::Boolean => {}
    }
    range
}

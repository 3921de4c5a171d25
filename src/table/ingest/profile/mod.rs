//! Column profiles: what a reader wants to know of a column before opening the table, taken from every row kept.

mod histogram;
mod tally;

use histogram::{Bins, Lengths, day_edges, number_edges, time_edges};
use serde::{Deserialize, Serialize};
use tally::{Key, Tally};

use super::report::Storage;
use super::typing::canonical;
use super::typing::convert::{Float, Value};
use crate::table::geometry::{Shapes, Watch};

/// Up to so many distinct values per column are counted exactly (fewer in tables of more than about 70 columns).
pub const MOST_DISTINCT: usize = 10_000;

/// How many of the most frequent values a profile lists.
pub const TOP: usize = 10;

/// A number that may be an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// The number.
    pub value: u64,
    /// Whether it is an estimate (within 2 %).
    pub approximate: bool,
}

/// How values are spread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Ascending, one more than counts, as canonical texts (numbers; ISO dates; for text columns the lengths in characters). Bin
    /// `i` goes from edge `i` (included) to edge `i + 1` (excluded, but for the last bin).
    pub edges: Vec<String>,
    /// Values per bin, at most 20 bins; together the values that are not null.
    pub counts: Vec<u64>,
}

/// The profile of a column. All texts are canonical: ISO dates, decimal points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Rows of the table.
    pub rows: u64,
    /// Rows without a value.
    pub nulls: u64,
    /// Different values.
    pub distinct: Count,
    /// The most frequent values with their counts, most frequent first; at most 10, cut at 100 graphemes. Empty when no value of a
    /// large column stands out.
    pub top: Vec<(String, u64)>,
    /// Whether counts in `top` may be a little too low.
    pub top_approximate: bool,
    /// Smallest number or earliest date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Largest number or latest date.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
    /// Mean of numbers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean: Option<f64>,
    /// Numbers and dates: values; texts: lengths.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub histogram: Option<Histogram>,
    /// Characters of the shortest text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_len: Option<u64>,
    /// Characters of the longest text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_len: Option<u64>,
    /// What the texts are, when every one is a shape.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shapes: Option<Shapes>,
}

/// Takes the profile of one column while its rows go by.
pub(super) struct Profiler {
    storage: Storage,
    whole: bool,
    values: u64,
    nulls: u64,
    tally: Tally,
    bins: Bins,
    lengths: Lengths,
    smallest: Option<Value>,
    largest: Option<Value>,
    integers: i128,
    floats: Sum,
    shapes: Watch,
}

/// A sum of doubles that does not drift (Neumaier).
#[derive(Default)]
struct Sum {
    sum: f64,
    rest: f64,
}

impl Sum {
    #[inline]
    fn add(&mut self, value: f64) {
        let sum = self.sum + value;
        self.rest += if self.sum.abs() >= value.abs() { (self.sum - sum) + value } else { (value - sum) + self.sum };
        self.sum = sum;
    }
}

impl Profiler {
    /// A profiler that takes at most about `bytes`; `range` is from where to where the histogram goes, `whole` as in
    /// `report::Form::whole`.
    pub(super) fn new(storage: Storage, whole: bool, range: (f64, f64), bytes: usize) -> Self {
        let edges = match storage {
            Storage::Int64 => number_edges(range, true),
            Storage::Float64 | Storage::Decimal128 { .. } => number_edges(range, false),
            Storage::Date32 => day_edges(range),
            Storage::Timestamp { .. } => time_edges(range),
            Storage::Text | Storage::Boolean => Vec::new(),
        };
        Self {
            storage,
            whole,
            values: 0,
            nulls: 0,
            tally: Tally::new(bytes),
            bins: Bins::new(edges),
            lengths: Lengths::default(),
            smallest: None,
            largest: None,
            integers: 0,
            floats: Sum::default(),
            shapes: Watch::default(),
        }
    }

    /// Sees a value; `text` is the cell of a [`Value::Text`].
    #[inline]
    pub(super) fn see(&mut self, value: &Value, text: &str) {
        let size = match *value {
            Value::Null => {
                self.nulls += 1;
                return;
            }
            Value::Text => {
                self.values += 1;
                self.tally.text(text.as_bytes());
                self.lengths.add(characters(text.as_bytes()));
                self.shapes.see(text);
                return;
            }
            Value::Boolean(yes) => {
                self.values += 1;
                self.tally.number(u64::from(yes));
                return;
            }
            Value::Integer(number) => {
                self.tally.number(number as u64);
                self.integers += i128::from(number);
                number as f64
            }
            Value::Float(Float { value, .. }) => {
                // Adding zero makes -0 and 0 one value.
                self.tally.number((value + 0.0).to_bits());
                self.floats.add(value);
                value
            }
            Value::Exact(number) => {
                self.tally.text(&number.to_be_bytes());
                let value = double(number, self.storage);
                self.floats.add(value);
                value
            }
            Value::Date(days) => {
                self.tally.number(i64::from(days) as u64);
                f64::from(days)
            }
            Value::Timestamp(micros) => {
                self.tally.number(micros as u64);
                micros as f64
            }
        };
        self.values += 1;
        self.bins.add(size);
        if self.smallest.is_none_or(|smallest| before(value, &smallest)) {
            self.smallest = Some(*value);
        }
        if self.largest.is_none_or(|largest| before(&largest, value)) {
            self.largest = Some(*value);
        }
    }

    /// The profile of all rows seen.
    pub(super) fn finish(self) -> Profile {
        let text = |value: &Value| {
            let mut out = Vec::new();
            write(&mut out, value, self.storage, self.whole);
            String::from_utf8_lossy(&out).into_owned()
        };
        let (value, approximate) = self.tally.distinct();
        // An estimate can exceed the number of values, which no count can.
        let distinct = Count { value: value.min(self.values), approximate };
        let (top, top_approximate) = self.tally.top(TOP);
        let mut top: Vec<(String, u64, Option<Value>)> = top
            .into_iter()
            .map(|(key, count)| match key {
                Key::Number(bits) => {
                    let value = number(bits, self.storage);
                    (text(&value), count, Some(value))
                }
                Key::Text(bytes) => match (self.storage, <[u8; 16]>::try_from(bytes.as_slice())) {
                    (Storage::Decimal128 { .. }, Ok(bytes)) => {
                        let value = Value::Exact(i128::from_be_bytes(bytes));
                        (text(&value), count, Some(value))
                    }
                    _ => (super::typing::evidence::cut(&String::from_utf8_lossy(&bytes)), count, None),
                },
                Key::Beginning(bytes) => {
                    let beginning = crate::kernel::text::truncate(&String::from_utf8_lossy(&bytes), 100);
                    (if beginning.ends_with('…') { beginning } else { format!("{beginning}…") }, count, None)
                }
            })
            .collect();
        top.sort_by(|a, b| {
            let order = match (&a.2, &b.2) {
                (Some(x), Some(y)) if before(x, y) => std::cmp::Ordering::Less,
                (Some(x), Some(y)) if before(y, x) => std::cmp::Ordering::Greater,
                _ => a.0.cmp(&b.0),
            };
            b.1.cmp(&a.1).then(order)
        });
        top.truncate(TOP);

        let mean = match self.storage {
            _ if self.values == 0 => None,
            Storage::Int64 => Some(self.integers as f64 / self.values as f64),
            Storage::Float64 | Storage::Decimal128 { .. } => {
                Some((self.floats.sum + self.floats.rest) / self.values as f64)
            }
            _ => None,
        };
        let histogram = match self.storage {
            _ if self.values == 0 => None,
            Storage::Text => self
                .lengths
                .bins()
                .map(|(edges, counts)| Histogram { edges: edges.iter().map(u64::to_string).collect(), counts }),
            Storage::Boolean => None,
            storage => (!self.bins.counts.is_empty()).then(|| Histogram {
                edges: self.bins.edges.iter().map(|&edge| edge_text(edge, storage)).collect(),
                counts: self.bins.counts.clone(),
            }),
        };
        let texts = self.storage == Storage::Text && self.values > 0;
        Profile {
            rows: self.values + self.nulls,
            nulls: self.nulls,
            distinct,
            top: top.into_iter().map(|(text, count, _)| (text, count)).collect(),
            top_approximate,
            min: self.smallest.as_ref().map(text),
            max: self.largest.as_ref().map(text),
            mean: mean.filter(|mean| mean.is_finite()),
            histogram,
            min_len: texts.then_some(self.lengths.shortest as u64),
            max_len: texts.then_some(self.lengths.longest as u64),
            shapes: self.shapes.finish(),
        }
    }
}

/// Appends the canonical text of a value that is not a text.
pub(super) fn write(out: &mut Vec<u8>, value: &Value, storage: Storage, whole: bool) {
    match *value {
        Value::Null | Value::Text => {}
        Value::Integer(number) => canonical::integer(out, number),
        Value::Float(float) => canonical::float(out, float, whole),
        Value::Exact(number) => {
            let scale = if let Storage::Decimal128 { scale } = storage { scale } else { 0 };
            canonical::exact(out, number, scale);
        }
        Value::Boolean(yes) => canonical::boolean(out, yes),
        Value::Date(days) => canonical::date(out, days),
        Value::Timestamp(micros) => canonical::timestamp(out, micros, storage == Storage::Timestamp { utc: true }),
    }
}

/// Whether `a` is smaller or earlier than `b`; both of one column.
#[inline]
fn before(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Integer(a), Value::Integer(b)) => a < b,
        (Value::Float(a), Value::Float(b)) => a.value < b.value,
        (Value::Exact(a), Value::Exact(b)) => a < b,
        (Value::Date(a), Value::Date(b)) => a < b,
        (Value::Timestamp(a), Value::Timestamp(b)) => a < b,
        (Value::Boolean(a), Value::Boolean(b)) => a < b,
        _ => false,
    }
}

/// The value that a tally's bits stand for.
fn number(bits: u64, storage: Storage) -> Value {
    match storage {
        Storage::Float64 => Value::Float(Float { value: f64::from_bits(bits), written: None }),
        Storage::Boolean => Value::Boolean(bits != 0),
        Storage::Date32 => Value::Date(bits as i64 as i32),
        Storage::Timestamp { .. } => Value::Timestamp(bits as i64),
        _ => Value::Integer(bits as i64),
    }
}

fn double(number: i128, storage: Storage) -> f64 {
    let scale = if let Storage::Decimal128 { scale } = storage { scale } else { 0 };
    number as f64 / 10f64.powi(scale.into())
}

fn edge_text(edge: f64, storage: Storage) -> String {
    let mut out = Vec::new();
    match storage {
        Storage::Date32 => canonical::date(&mut out, edge as i32),
        Storage::Timestamp { utc } => canonical::timestamp(&mut out, edge as i64, utc),
        _ => canonical::float(&mut out, Float { value: edge + 0.0, written: None }, false),
    }
    String::from_utf8_lossy(&out).into_owned()
}

/// Characters (code points) of a text: every byte but the continuations.
#[inline]
fn characters(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

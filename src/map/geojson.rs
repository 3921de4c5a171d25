//! Reading boundaries from GeoJSON (RFC 7946): a FeatureCollection of polygons in degrees.

use std::fmt;
use std::fs::File;
use std::io::Read;
use std::ops::Range;
use std::path::Path;

use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::{Map, Value};

use super::model::{Extent, Point, Ring, Unit};
use super::{LONGEST_TEXT, MOST_BYTES, MOST_POINTS, MOST_RINGS, MOST_UNITS};
use crate::kernel::text::{length, nfc};
use crate::kernel::{Error, Localized, Problem, Result};

/// Which properties of a feature say what it is.
#[derive(Clone, Debug, Default)]
pub struct Properties {
    /// The code; where none is named, the usual names are tried, then the feature's id.
    pub code: Option<String>,
    /// The name; where none is named, the usual names are tried.
    pub name: Option<String>,
    /// The English name.
    pub name_en: Option<String>,
}

const CODES: [&str; 9] = ["code", "ma", "maDvhc", "ma_dvhc", "maXa", "ma_xa", "maTinh", "ma_tinh", "id"];
const NAMES: [&str; 6] = ["fullName", "full_name", "tenDayDu", "ten_day_du", "name", "ten"];
const ENGLISH: [&str; 4] = ["fullNameEn", "full_name_en", "nameEn", "name_en"];

#[derive(Deserialize)]
struct Collection {
    #[serde(rename = "type")]
    kind: String,
    #[serde(rename = "features")]
    _features: Vec<IgnoredAny>,
}

#[derive(Deserialize)]
struct Feature {
    id: Option<Value>,
    properties: Option<Map<String, Value>>,
    geometry: Kind,
}

#[derive(Deserialize)]
struct Kind {
    #[serde(rename = "type")]
    kind: String,
}

/// A feature again, for its coordinates alone: nothing of them is held twice.
#[derive(Deserialize)]
struct Lies<T> {
    geometry: Coordinates<T>,
}

#[derive(Deserialize)]
struct Coordinates<T> {
    coordinates: T,
}

/// A position: two numbers; what else stands there (a height) is passed over.
#[derive(Clone, Copy, PartialEq)]
struct Position(f64, f64);

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        struct Numbers;
        impl<'de> Visitor<'de> for Numbers {
            type Value = Position;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("two numbers")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> std::result::Result<Position, A::Error> {
                let mut next = || numbers.next_element()?.ok_or_else(|| de::Error::invalid_length(1, &self));
                let position = Position(next()?, next()?);
                while numbers.next_element::<IgnoredAny>()?.is_some() {}
                Ok(position)
            }
        }
        deserializer.deserialize_seq(Numbers)
    }
}

/// Reads a file.
///
/// # Errors
/// Refusals `boundary-file-long` (`most` megabytes), `boundary-not-utf8`, `boundary-not-json` (`line`, `column`),
/// `boundary-not-a-collection`, `boundary-many` (`most`); and of a feature, each with `feature` from 1 and `line`:
/// `boundary-code-missing`, `boundary-name-missing`, `boundary-text-long`, `boundary-geometry`, `boundary-ring`,
/// `boundary-degrees`, `boundary-rings-many`, `boundary-points-many`.
pub fn read(path: &Path, properties: &Properties) -> Result<Vec<Unit>> {
    let file = File::open(path)?;
    let mut bytes = Vec::new();
    file.take(MOST_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Error::invalid(Problem::new("boundary-file-long").with("most", MOST_BYTES >> 20)));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| Error::invalid(Problem::new("boundary-not-utf8")))?;
    units(text.trim_start_matches('\u{feff}'), properties)
}

/// Reads the text of a file.
fn units(text: &str, properties: &Properties) -> Result<Vec<Unit>> {
    let collection: Collection = serde_json::from_str(text).map_err(|error| {
        let code = if error.is_data() { "boundary-not-a-collection" } else { "boundary-not-json" };
        Error::invalid(Problem::new(code).with("line", error.line()).with("column", error.column()))
    })?;
    if collection.kind != "FeatureCollection" {
        return Err(Error::invalid(
            Problem::new("boundary-not-a-collection").with("line", 1_i64).with("column", 1_i64),
        ));
    }
    let features = features(text);
    if features.len() > MOST_UNITS {
        return Err(Error::invalid(Problem::new("boundary-many").with("most", MOST_UNITS)));
    }
    let (mut units, mut problems, mut points) = (Vec::new(), Vec::new(), 0);
    let (mut line, mut counted) = (1, 0);
    for (number, place) in (1_usize..).zip(features) {
        // Where the feature begins, for whoever has to mend it.
        line += text.as_bytes()[counted..place.start].iter().filter(|byte| **byte == b'\n').count();
        counted = place.start;
        match feature(&text[place], properties, &mut points) {
            Ok(unit) => units.push(unit),
            Err(problem) => problems.push(problem.with("feature", number).with("line", line)),
        }
        if problems.len() >= 20 || points > MOST_POINTS {
            break;
        }
    }
    if problems.is_empty() { Ok(units) } else { Err(Error::invalid_all(problems)) }
}

/// Where the elements of `features` stand in a text that is JSON.
fn features(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let (mut found, mut depth, mut within) = (Vec::new(), 0_usize, false);
    let (mut word, mut start, mut at) = (0..0, 0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => {
                let begin = at + 1;
                at = begin;
                while at < bytes.len() && bytes[at] != b'"' {
                    at += if bytes[at] == b'\\' { 2 } else { 1 };
                }
                if depth == 1 {
                    word = begin..at.min(bytes.len());
                }
            }
            b'{' | b'[' => {
                if depth == 1 && bytes[at] == b'[' {
                    within = text.get(word.clone()) == Some("features");
                } else if depth == 2 && within {
                    start = at;
                }
                depth += 1;
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                if depth == 2 && within {
                    found.push(start..at + 1);
                }
                within &= depth >= 2;
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn feature(raw: &str, properties: &Properties, points: &mut usize) -> Result<Unit, Problem> {
    let wrong = Problem::new;
    let feature: Feature = serde_json::from_str(raw).map_err(|_| wrong("boundary-geometry"))?;
    let known = feature.properties.unwrap_or_default();
    let text = |named: &Option<String>, usual: &[&str]| {
        let found = match named {
            Some(name) => known.get(name),
            None => usual.iter().find_map(|name| known.get(*name).filter(|value| !value.is_null())),
        };
        found.and_then(plain)
    };
    let code = text(&properties.code, &CODES)
        .or_else(|| if properties.code.is_none() { feature.id.as_ref().and_then(plain) } else { None })
        .ok_or_else(|| wrong("boundary-code-missing"))?;
    let name = text(&properties.name, &NAMES).ok_or_else(|| wrong("boundary-name-missing"))?;
    let english = text(&properties.name_en, &ENGLISH);
    if [Some(&code), Some(&name), english.as_ref()].into_iter().flatten().any(|text| length(text) > LONGEST_TEXT) {
        return Err(wrong("boundary-text-long").with("name", "properties").with("most", LONGEST_TEXT));
    }
    let rings = rings(raw, &feature.geometry.kind, points)?;
    let extent = Extent::around(rings.iter().flatten()).ok_or_else(|| wrong("boundary-geometry"))?;
    Ok(Unit { code, name: Localized { vi: name, en: english }, rings, extent })
}

fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => nfc(text.trim()),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    (!text.is_empty()).then_some(text)
}

fn rings(raw: &str, kind: &str, points: &mut usize) -> Result<Vec<Ring>, Problem> {
    let bad = || Problem::new("boundary-geometry");
    let polygons: Vec<Vec<Vec<Position>>> = match kind {
        "Polygon" => {
            let lies: Lies<Vec<Vec<Position>>> = serde_json::from_str(raw).map_err(|_| bad())?;
            vec![lies.geometry.coordinates]
        }
        "MultiPolygon" => {
            let lies: Lies<Vec<Vec<Vec<Position>>>> = serde_json::from_str(raw).map_err(|_| bad())?;
            lies.geometry.coordinates
        }
        _ => return Err(bad()),
    };
    let mut rings = Vec::new();
    for positions in polygons.into_iter().flatten() {
        *points += positions.len();
        if *points > MOST_POINTS {
            return Err(Problem::new("boundary-points-many").with("most", MOST_POINTS));
        }
        if positions.len() < 4 || positions.first() != positions.last() {
            return Err(Problem::new("boundary-ring"));
        }
        let mut ring = Ring::with_capacity(positions.len());
        for Position(east, north) in &positions {
            if !(-180.0..=180.0).contains(east) || !(-90.0..=90.0).contains(north) {
                return Err(Problem::new("boundary-degrees"));
            }
            ring.push(Point::at(*east, *north));
        }
        ring.pop();
        ring.dedup();
        if ring.len() >= 3 {
            rings.push(ring);
        }
        if rings.len() > MOST_RINGS {
            return Err(Problem::new("boundary-rings-many").with("most", MOST_RINGS));
        }
    }
    if rings.is_empty() { Err(bad()) } else { Ok(rings) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let error = units(text, &Properties::default()).unwrap_err();
        error
            .problems()
            .iter()
            .map(|problem| {
                let args: Vec<String> = problem.args.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
                format!("{} {}", problem.code, args.join(" "))
            })
            .collect()
    }

    #[test]
    fn what_is_wrong_names_the_feature_and_its_line() {
        let good = r#"{"type":"Feature","properties":{"code":"00001","name":"A"},"geometry":{"type":"Polygon",
"coordinates":[[[105,10],[106,10],[106,11],[105,10]]]}}"#;
        let collection = |features: &[&str]| {
            format!("{{\"type\":\"FeatureCollection\",\n\"features\":[\n{}]}}", features.join(",\n"))
        };
        let read = units(&collection(&[good]), &Properties::default()).unwrap();
        assert_eq!((read[0].code.as_str(), read[0].rings[0].len()), ("00001", 3));
        let open = good.replace("[105,10]]]", "[105,12]]]");
        let metres = good.replace("[106,10]", "[586000,1200000]");
        let nameless = good.replace("\"name\"", "\"x\"");
        let point = good.replace("Polygon", "Point");
        let all = told(&collection(&[good, &open, &metres, &nameless, &point]));
        assert_eq!(
            all,
            [
                "boundary-ring feature=Int(2) line=Int(5)",
                "boundary-degrees feature=Int(3) line=Int(7)",
                "boundary-name-missing feature=Int(4) line=Int(9)",
                "boundary-geometry feature=Int(5) line=Int(11)",
            ]
        );
        assert!(
            told("{\"type\":\"FeatureCollection\",\n\"features\":[}")[0].starts_with("boundary-not-json line=Int(2)")
        );
        assert!(told("{\"type\":\"Topology\",\"features\":[]}")[0].starts_with("boundary-not-a-collection"));
        assert!(told("[]")[0].starts_with("boundary-not-a-collection"));
    }
}

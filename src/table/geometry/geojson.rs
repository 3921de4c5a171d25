//! Geometry objects of GeoJSON (RFC 7946).

use std::fmt;
use std::io::Write;

use serde::de::{DeserializeSeed, Error as _, IgnoredAny, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::shape::{Position, Shape, ShapeKind};
use super::{DEEPEST, MOST_POSITIONS};

/// The shape that a text writes. Members that say nothing of the shape are passed over.
pub(super) fn parse(text: &str) -> Option<Shape> {
    serde_json::from_str::<Raw>(text).ok()?.shape()
}

/// A geometry object as it is read, before its coordinates are held against its kind.
#[derive(Debug, Deserialize)]
pub struct Raw {
    #[serde(rename = "type")]
    kind: ShapeKind,
    #[serde(default)]
    coordinates: Option<Nested>,
    #[serde(default)]
    geometries: Option<Vec<Raw>>,
}

/// Positions in lists in lists.
#[derive(Debug)]
enum Nested {
    Position(Position),
    List(Vec<Nested>),
}

impl Raw {
    /// The shape, if it is one.
    pub fn shape(self) -> Option<Shape> {
        let mut left = MOST_POSITIONS;
        self.bounded(0, &mut left)
    }

    fn bounded(self, depth: usize, left: &mut usize) -> Option<Shape> {
        if self.kind == ShapeKind::GeometryCollection {
            let within = self.geometries.filter(|_| depth < DEEPEST)?;
            let shapes: Option<Vec<Shape>> = within.into_iter().map(|one| one.bounded(depth + 1, left)).collect();
            return Some(Shape::Collection(shapes?));
        }
        let coordinates = self.coordinates?;
        if matches!(&coordinates, Nested::List(all) if all.is_empty()) {
            return Some(Shape::Collection(Vec::new()));
        }
        let shape = match self.kind {
            ShapeKind::Point => Shape::Point(coordinates.position()?),
            ShapeKind::LineString => Shape::LineString(line(coordinates)?),
            ShapeKind::Polygon => Shape::Polygon(lines(coordinates)?),
            ShapeKind::MultiPoint => Shape::MultiPoint(line(coordinates)?),
            ShapeKind::MultiLineString => Shape::MultiLineString(lines(coordinates)?),
            ShapeKind::MultiPolygon => Shape::MultiPolygon(coordinates.list(lines)?),
            ShapeKind::GeometryCollection => return None,
        };
        *left = left.checked_sub(shape.positions())?;
        shape.checked()
    }
}

fn line(coordinates: Nested) -> Option<Vec<Position>> {
    coordinates.list(Nested::position)
}

fn lines(coordinates: Nested) -> Option<Vec<Vec<Position>>> {
    coordinates.list(line)
}

impl Nested {
    fn position(self) -> Option<Position> {
        match self {
            Self::Position(at) => Some(at),
            Self::List(_) => None,
        }
    }

    fn list<T>(self, one: impl FnMut(Self) -> Option<T>) -> Option<Vec<T>> {
        match self {
            Self::List(all) => all.into_iter().map(one).collect(),
            Self::Position(_) => None,
        }
    }
}

impl<'de> Deserialize<'de> for Nested {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        match Item.deserialize(from)? {
            Found::Nested(nested) => Ok(nested),
            Found::Number(_) => Err(D::Error::custom("a number where a position belongs")),
        }
    }
}

/// What stands in a list: a number, or a list again.
struct Item;

enum Found {
    Number(f64),
    Nested(Nested),
}

impl<'de> DeserializeSeed<'de> for Item {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Item {
    type Value = Found;

    fn expecting(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str("coordinates")
    }

    fn visit_f64<E>(self, number: f64) -> Result<Found, E> {
        Ok(Found::Number(number))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Found, E> {
        Ok(Found::Number(number as f64))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Found, E> {
        Ok(Found::Number(number as f64))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Found, A::Error> {
        let nested = match list.next_element_seed(Item)? {
            None => Nested::List(Vec::new()),
            Some(Found::Number(x)) => {
                let y = list.next_element()?.ok_or_else(|| A::Error::custom("a position of one number"))?;
                // Heights and whatever else.
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Nested::Position([x, y])
            }
            Some(Found::Nested(first)) => {
                let mut all = vec![first];
                while let Some(next) = list.next_element()? {
                    all.push(next);
                }
                Nested::List(all)
            }
        };
        Ok(Found::Nested(nested))
    }
}

impl Shape {
    /// Appends the geometry object.
    pub fn write_geojson(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"type\":\"");
        out.extend_from_slice(self.kind().name().as_bytes());
        out.extend_from_slice(match self {
            Self::Collection(_) => b"\",\"geometries\":",
            _ => b"\",\"coordinates\":",
        });
        match self {
            Self::Point(at) => position(out, at),
            Self::LineString(line) | Self::MultiPoint(line) => list(out, line, position),
            Self::Polygon(lines) | Self::MultiLineString(lines) => list(out, lines, positions),
            Self::MultiPolygon(areas) => list(out, areas, |out, area| list(out, area, positions)),
            Self::Collection(shapes) => list(out, shapes, |out, shape| shape.write_geojson(out)),
        }
        out.push(b'}');
    }
}

fn list<T>(out: &mut Vec<u8>, all: &[T], mut one: impl FnMut(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (at, item) in all.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        one(out, item);
    }
    out.push(b']');
}

fn positions(out: &mut Vec<u8>, line: &Vec<Position>) {
    list(out, line, position);
}

fn position(out: &mut Vec<u8>, [x, y]: &Position) {
    // Writing into memory does not fail.
    let _ = write!(out, "[{x},{y}]");
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use proptest::prelude::*;

    use super::super::shape::any;
    use super::*;

    #[test]
    fn heights_and_foreign_members_are_passed_over() {
        let text = r#"{"bbox":[1,2,3,4],"coordinates":[106.5,20,7.5],"type":"Point"}"#;
        assert_eq!(parse(text), Some(Shape::Point([106.5, 20.0])));
    }

    #[test]
    fn what_is_no_shape_is_none() {
        for text in [
            "{}",
            r#"{"type":"Point"}"#,
            r#"{"type":"Point","coordinates":[1]}"#,
            r#"{"type":"Point","coordinates":["1","2"]}"#,
            r#"{"type":"Point","coordinates":[[1,2]]}"#,
            r#"{"type":"Point","coordinates":[10.5,106.7]}"#,
            r#"{"type":"Polygon","coordinates":[[[1,2],[3,4],[1,2]]]}"#,
            r#"{"type":"Feature","geometry":{"type":"Point","coordinates":[1,2]}}"#,
            r#"{"type":"LineString","coordinates":[[1,2],3]}"#,
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_is_bounded() {
        let nested = |depth: usize| {
            let open = r#"{"type":"GeometryCollection","geometries":["#.repeat(depth);
            format!("{open}{{\"type\":\"Point\",\"coordinates\":[1,2]}}{}", "]}".repeat(depth))
        };
        assert!(parse(&nested(DEEPEST)).is_some());
        assert_eq!(parse(&nested(DEEPEST + 1)), None);
        assert_eq!(parse(&nested(10_000)), None);
        let deep = format!(r#"{{"type":"Polygon","coordinates":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(parse(&deep), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(shape in any::shape()) {
            let mut out = Vec::new();
            shape.write_geojson(&mut out);
            let text = String::from_utf8(out).unwrap();
            let json: serde_json::Value = serde_json::from_str(&text).unwrap();
            prop_assert_eq!(&json["type"], shape.kind().name());
            prop_assert_eq!(parse(&text), Some(shape));
        }
    }
}

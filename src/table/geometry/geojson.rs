//! Geometry objects of GeoJSON (RFC 7946).

use std::io::Write;

use serde::de::IgnoredAny;

use super::shape::{Position, Shape, ShapeKind};
use super::{DEEPEST, MOST_POSITIONS};
use crate::table::cut::{elements, members};

/// The shape that a text writes, with the very digits of its numbers. Members that say nothing of the shape are passed over.
pub(super) fn parse(text: &str) -> Option<Shape> {
    serde_json::from_str::<IgnoredAny>(text).ok()?;
    let mut left = MOST_POSITIONS;
    shape(text, 0, &mut left)
}

/// The shape of an object that is right JSON; `left` are the positions that may still come.
fn shape(text: &str, depth: usize, left: &mut usize) -> Option<Shape> {
    let (mut kind, mut coordinates, mut geometries) = (None, None, None);
    for (name, value) in members(text) {
        match name {
            r#""type""# => {
                let named = value.trim_matches('"');
                kind = ShapeKind::ALL.into_iter().find(|kind| kind.name() == named);
            }
            r#""coordinates""# => coordinates = Some(value),
            r#""geometries""# => geometries = Some(value),
            _ => {}
        }
    }
    let kind = kind?;
    if kind == ShapeKind::GeometryCollection {
        let within = geometries.filter(|_| depth < DEEPEST)?;
        return Some(Shape::Collection(list(within, |one| shape(one, depth + 1, left))?));
    }
    let coordinates = coordinates?;
    if coordinates.starts_with('[') && elements(coordinates).next().is_none() {
        return Some(Shape::Collection(Vec::new()));
    }
    let shape = match kind {
        ShapeKind::Point => Shape::Point(position(coordinates)?),
        ShapeKind::LineString => Shape::LineString(line(coordinates)?),
        ShapeKind::Polygon => Shape::Polygon(lines(coordinates)?),
        ShapeKind::MultiPoint => Shape::MultiPoint(line(coordinates)?),
        ShapeKind::MultiLineString => Shape::MultiLineString(lines(coordinates)?),
        ShapeKind::MultiPolygon => Shape::MultiPolygon(list(coordinates, lines)?),
        ShapeKind::GeometryCollection => return None,
    };
    *left = left.checked_sub(shape.positions())?;
    shape.checked()
}

fn list<T>(text: &str, one: impl FnMut(&str) -> Option<T>) -> Option<Vec<T>> {
    if text.starts_with('[') { elements(text).map(one).collect() } else { None }
}

fn lines(text: &str) -> Option<Vec<Vec<Position>>> {
    list(text, line)
}

fn line(text: &str) -> Option<Vec<Position>> {
    list(text, position)
}

/// Longitude and latitude; a height behind them is passed over.
fn position(text: &str) -> Option<Position> {
    let mut numbers = elements(text.starts_with('[').then_some(text)?);
    Some([numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?])
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
            Self::Point(at) => write_position(out, at),
            Self::LineString(line) | Self::MultiPoint(line) => write_list(out, line, write_position),
            Self::Polygon(lines) | Self::MultiLineString(lines) => {
                write_list(out, lines, |out, line| write_positions(out, line))
            }
            Self::MultiPolygon(areas) => {
                write_list(out, areas, |out, area| write_list(out, area, |out, line| write_positions(out, line)))
            }
            Self::Collection(shapes) => write_list(out, shapes, |out, shape| shape.write_geojson(out)),
        }
        out.push(b'}');
    }
}

fn write_list<T>(out: &mut Vec<u8>, all: &[T], mut one: impl FnMut(&mut Vec<u8>, &T)) {
    out.push(b'[');
    for (at, item) in all.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        one(out, item);
    }
    out.push(b']');
}

fn write_positions(out: &mut Vec<u8>, line: &[Position]) {
    write_list(out, line, write_position);
}

fn write_position(out: &mut Vec<u8>, [x, y]: &Position) {
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

//! Well-known text: `POLYGON ((106 20, 106.1 20, 106.1 20.1, 106 20))`.

use std::fmt::Write;

use super::shape::{Position, Shape, ShapeKind};
use super::{DEEPEST, MOST_POSITIONS};

/// The shape that a text writes. In one pass and bounded memory.
pub(super) fn parse(text: &str) -> Option<Shape> {
    let mut reader = Reader { rest: text, left: MOST_POSITIONS };
    if let Some(rest) = strip_word(reader.rest, "SRID") {
        reader.rest = rest.trim_start().strip_prefix('=')?;
        let (srid, rest) = reader.rest.split_once(';')?;
        if srid.trim() != "4326" {
            return None;
        }
        reader.rest = rest;
    }
    let shape = reader.shape(0)?;
    reader.rest.trim_start().is_empty().then_some(shape)
}

/// What follows a word, whatever its capitals.
fn strip_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let begun = text.get(..word.len())?;
    begun.eq_ignore_ascii_case(word).then(|| &text[word.len()..])
}

struct Reader<'a> {
    rest: &'a str,
    /// Positions that may still come.
    left: usize,
}

impl Reader<'_> {
    fn shape(&mut self, depth: usize) -> Option<Shape> {
        let word = self.word();
        let kind = kind_of(word)?;
        if self.empty() {
            return Some(Shape::Collection(Vec::new()));
        }
        let shape = match kind {
            ShapeKind::Point => {
                self.sign('(')?;
                let at = self.position()?;
                self.sign(')')?;
                Shape::Point(at)
            }
            ShapeKind::LineString => Shape::LineString(self.line()?),
            ShapeKind::Polygon => Shape::Polygon(self.list(Self::line)?),
            ShapeKind::MultiPoint => Shape::MultiPoint(self.list(|reader| {
                // Both ways are in use: ((1 2), (3 4)) and (1 2, 3 4).
                let bracket = reader.sign('(').is_some();
                let at = reader.position()?;
                if bracket {
                    reader.sign(')')?;
                }
                Some(at)
            })?),
            ShapeKind::MultiLineString => Shape::MultiLineString(self.list(Self::line)?),
            ShapeKind::MultiPolygon => Shape::MultiPolygon(self.list(|reader| reader.list(Self::line))?),
            ShapeKind::GeometryCollection if depth < DEEPEST => {
                Shape::Collection(self.list(|reader| reader.shape(depth + 1))?)
            }
            ShapeKind::GeometryCollection => return None,
        };
        shape.checked()
    }

    fn line(&mut self) -> Option<Vec<Position>> {
        self.list(Self::position)
    }

    fn list<T>(&mut self, mut one: impl FnMut(&mut Self) -> Option<T>) -> Option<Vec<T>> {
        self.sign('(')?;
        let mut all = vec![one(self)?];
        while self.sign(',').is_some() {
            all.push(one(self)?);
        }
        self.sign(')')?;
        Some(all)
    }

    /// Two numbers; a height and a measure behind them are passed over.
    fn position(&mut self) -> Option<Position> {
        self.left = self.left.checked_sub(1)?;
        let at = [self.number()?, self.number()?];
        for _ in 0..2 {
            if self.number().is_none() {
                break;
            }
        }
        Some(at)
    }

    fn number(&mut self) -> Option<f64> {
        let text = self.rest.trim_start();
        let end = text.bytes().position(|byte| !matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E'));
        let (number, rest) = text.split_at(end.unwrap_or(text.len()));
        let number: f64 = number.parse().ok()?;
        self.rest = rest;
        number.is_finite().then_some(number)
    }

    fn sign(&mut self, sign: char) -> Option<()> {
        self.rest = self.rest.trim_start().strip_prefix(sign)?;
        Some(())
    }

    fn word(&mut self) -> &str {
        let text = self.rest.trim_start();
        let end = text.bytes().position(|byte| !byte.is_ascii_alphabetic());
        let (word, rest) = text.split_at(end.unwrap_or(text.len()));
        self.rest = rest;
        word
    }

    /// Whether `EMPTY` follows; what says that there are heights or measures is passed over before it.
    fn empty(&mut self) -> bool {
        let before = self.rest;
        let mut word = self.word().to_ascii_uppercase();
        if matches!(word.as_str(), "Z" | "M" | "ZM") {
            let after = self.rest;
            word = self.word().to_ascii_uppercase();
            if word != "EMPTY" {
                self.rest = after;
            }
        } else if word != "EMPTY" {
            self.rest = before;
        }
        word == "EMPTY"
    }
}

/// The kind that a word names, with `Z`, `M` or `ZM` at its end or without.
fn kind_of(word: &str) -> Option<ShapeKind> {
    ShapeKind::ALL.into_iter().find(|kind| {
        let tail = strip_word(word, kind.name());
        tail.is_some_and(|tail| ["", "Z", "M", "ZM"].iter().any(|known| tail.eq_ignore_ascii_case(known)))
    })
}

impl Shape {
    /// As well-known text, with the digits that read back as the same number.
    pub fn wkt(&self) -> String {
        let mut out = String::new();
        self.write_wkt(&mut out);
        out
    }

    fn write_wkt(&self, out: &mut String) {
        out.push_str(&self.kind().name().to_ascii_uppercase());
        out.push(' ');
        match self {
            Self::Point(at) => list(out, &[*at], position),
            Self::LineString(line) | Self::MultiPoint(line) => list(out, line, position),
            Self::Polygon(lines) | Self::MultiLineString(lines) => list(out, lines, |out, line| positions(out, line)),
            Self::MultiPolygon(areas) => {
                list(out, areas, |out, area| list(out, area, |out, line| positions(out, line)))
            }
            Self::Collection(shapes) => list(out, shapes, |out, shape| shape.write_wkt(out)),
        }
    }
}

fn list<T>(out: &mut String, all: &[T], mut one: impl FnMut(&mut String, &T)) {
    if all.is_empty() {
        out.push_str("EMPTY");
        return;
    }
    out.push('(');
    for (at, item) in all.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        one(out, item);
    }
    out.push(')');
}

fn positions(out: &mut String, line: &[Position]) {
    list(out, line, position);
}

fn position(out: &mut String, [x, y]: &Position) {
    // Writing into a text does not fail.
    let _ = write!(out, "{x} {y}");
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use proptest::prelude::*;

    use super::super::shape::any;
    use super::*;

    #[test]
    fn every_way_of_writing_is_read() {
        let point = Shape::Point([106.5, 20.25]);
        for text in [
            "POINT(106.5 20.25)",
            "point ( 106.5   20.25 )",
            "Point Z (106.5 20.25 3)",
            "POINTZM(106.5 20.25 3 4)",
            "SRID=4326;POINT(106.5 20.25)",
            "POINT (1.065e2 +20.25)",
        ] {
            assert_eq!(parse(text), Some(point.clone()), "{text}");
        }
        let points = Some(Shape::MultiPoint(vec![[1.0, 2.0], [3.0, 4.0]]));
        assert_eq!(parse("MULTIPOINT (1 2, 3 4)"), points);
        assert_eq!(parse("MULTIPOINT ((1 2), (3 4))"), points);
        assert_eq!(parse("POLYGON Z EMPTY"), Some(Shape::Collection(Vec::new())));
    }

    #[test]
    fn what_is_no_shape_is_none() {
        for text in [
            "",
            "POINT",
            "POINT 1 2",
            "POINT (1)",
            "POINT (1 2",
            "POINT (1 2) x",
            "POINT (nan 2)",
            "POINT (200 2)",
            "POINT (10.5 106.7)",
            "SRID=3405;POINT(106 20)",
            "LINESTRING (1 2)",
            "POLYGON ((1 2, 3 4, 5 6))",
            "POLYGON ((1 2, 3 4, 5 6, 1 3))",
            "POLYGON ()",
            "Điểm (1 2)",
            "MULTI",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn nesting_and_length_are_bounded() {
        let nested = |depth: usize| format!("{}POINT(1 2){}", "GEOMETRYCOLLECTION(".repeat(depth), ")".repeat(depth));
        assert!(parse(&nested(DEEPEST)).is_some());
        assert_eq!(parse(&nested(DEEPEST + 1)), None);
        assert_eq!(parse(&nested(100_000)), None);
        assert_eq!(parse(&format!("MULTIPOINT(0 0{})", ",0 0".repeat(MOST_POSITIONS))), None);
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(shape in any::shape()) {
            prop_assert_eq!(parse(&shape.wkt()), Some(shape));
        }
    }
}

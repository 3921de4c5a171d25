//! Well-known binary (ISO, little endian), as GeoParquet holds shapes.

use super::shape::{Position, Shape};

impl Shape {
    /// Appends the shape.
    pub fn write_wkb(&self, out: &mut Vec<u8>) {
        let code = match self {
            Self::Point(_) => 1,
            Self::LineString(_) => 2,
            Self::Polygon(_) => 3,
            Self::MultiPoint(_) => 4,
            Self::MultiLineString(_) => 5,
            Self::MultiPolygon(_) => 6,
            Self::Collection(_) => 7,
        };
        head(out, code);
        match self {
            Self::Point(at) => position(out, at),
            Self::LineString(line) => list(out, line, position),
            Self::Polygon(rings) => list(out, rings, |out, line| positions(out, line)),
            Self::MultiPoint(points) => list(out, points, |out, at| {
                head(out, 1);
                position(out, at);
            }),
            Self::MultiLineString(lines) => list(out, lines, |out, line| {
                head(out, 2);
                positions(out, line);
            }),
            Self::MultiPolygon(areas) => list(out, areas, |out, area| {
                head(out, 3);
                list(out, area, |out, line| positions(out, line));
            }),
            Self::Collection(shapes) => list(out, shapes, |out, shape| shape.write_wkb(out)),
        }
    }
}

/// Byte order and kind.
fn head(out: &mut Vec<u8>, code: u32) {
    out.push(1);
    out.extend_from_slice(&code.to_le_bytes());
}

fn list<T>(out: &mut Vec<u8>, all: &[T], mut one: impl FnMut(&mut Vec<u8>, &T)) {
    // Shapes are bounded far below what 32 bits count.
    out.extend_from_slice(&u32::try_from(all.len()).unwrap_or(u32::MAX).to_le_bytes());
    for item in all {
        one(out, item);
    }
}

fn positions(out: &mut Vec<u8>, line: &[Position]) {
    list(out, line, position);
}

fn position(out: &mut Vec<u8>, [x, y]: &Position) {
    out.extend_from_slice(&x.to_le_bytes());
    out.extend_from_slice(&y.to_le_bytes());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_those_of_the_standard() {
        let wkb = |shape: Shape| {
            let mut out = Vec::new();
            shape.write_wkb(&mut out);
            hex::encode(out)
        };
        assert_eq!(wkb(Shape::Point([2.0, 4.0])), "010100000000000000000000400000000000001040");
        assert_eq!(wkb(Shape::Collection(Vec::new())), "010700000000000000");
        let points = wkb(Shape::MultiPoint(vec![[2.0, 4.0]]));
        assert_eq!(points, "010400000001000000010100000000000000000000400000000000001040");
        let square = vec![[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [0.0, 0.0]];
        assert_eq!(wkb(Shape::Polygon(vec![square])).len(), 2 * (1 + 4 + 4 + 4 + 4 * 16));
    }
}

//! Shapes: points, lines, areas and several of them, in degrees.

use serde::{Deserialize, Serialize};

/// Longitude and latitude, in degrees of WGS84.
pub type Position = [f64; 2];

/// A shape; what holds no position is an empty collection.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A place.
    Point(Position),
    /// A line of two positions or more.
    LineString(Vec<Position>),
    /// Rings that close, of four positions or more: the outer one, then holes.
    Polygon(Vec<Vec<Position>>),
    /// Places.
    MultiPoint(Vec<Position>),
    /// Lines.
    MultiLineString(Vec<Vec<Position>>),
    /// Areas.
    MultiPolygon(Vec<Vec<Vec<Position>>>),
    /// Shapes of any kind.
    Collection(Vec<Shape>),
}

/// The kind of a shape, as GeoJSON and GeoParquet name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ShapeKind {
    /// A place.
    Point,
    /// A line.
    LineString,
    /// An area.
    Polygon,
    /// Places.
    MultiPoint,
    /// Lines.
    MultiLineString,
    /// Areas.
    MultiPolygon,
    /// Shapes of any kind.
    GeometryCollection,
}

impl ShapeKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Point,
        Self::LineString,
        Self::Polygon,
        Self::MultiPoint,
        Self::MultiLineString,
        Self::MultiPolygon,
        Self::GeometryCollection,
    ];

    /// Its name in GeoJSON, which is its name in WKT but for capitals.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::LineString => "LineString",
            Self::Polygon => "Polygon",
            Self::MultiPoint => "MultiPoint",
            Self::MultiLineString => "MultiLineString",
            Self::MultiPolygon => "MultiPolygon",
            Self::GeometryCollection => "GeometryCollection",
        }
    }
}

/// A box around shapes, in degrees.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// The least longitude.
    pub west: f64,
    /// The least latitude.
    pub south: f64,
    /// The greatest longitude.
    pub east: f64,
    /// The greatest latitude.
    pub north: f64,
}

impl Bounds {
    /// Around one position.
    pub fn at([x, y]: Position) -> Self {
        Self { west: x, south: y, east: x, north: y }
    }

    /// Around both.
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether all of it has degrees of the earth.
    pub fn is_on_earth(self) -> bool {
        let within = |least: f64, most: f64, end: f64| -end <= least && least <= most && most <= end;
        within(self.west, self.east, 180.0) && within(self.south, self.north, 90.0)
    }
}

impl Shape {
    /// A point, if the earth has it.
    pub fn point(at: Position) -> Option<Self> {
        Bounds::at(at).is_on_earth().then_some(Self::Point(at))
    }

    /// Its kind.
    pub fn kind(&self) -> ShapeKind {
        match self {
            Self::Point(_) => ShapeKind::Point,
            Self::LineString(_) => ShapeKind::LineString,
            Self::Polygon(_) => ShapeKind::Polygon,
            Self::MultiPoint(_) => ShapeKind::MultiPoint,
            Self::MultiLineString(_) => ShapeKind::MultiLineString,
            Self::MultiPolygon(_) => ShapeKind::MultiPolygon,
            Self::Collection(_) => ShapeKind::GeometryCollection,
        }
    }

    /// The box around it; none when it is empty.
    pub fn bounds(&self) -> Option<Bounds> {
        let mut all: Option<Bounds> = None;
        self.each(&mut |at| {
            let one = Bounds::at(*at);
            all = Some(all.map_or(one, |all| all.with(one)));
        });
        all
    }

    /// How many positions it has.
    pub fn positions(&self) -> usize {
        let mut count = 0;
        self.each(&mut |_| count += 1);
        count
    }

    fn each(&self, see: &mut impl FnMut(&Position)) {
        match self {
            Self::Point(at) => see(at),
            Self::LineString(line) | Self::MultiPoint(line) => line.iter().for_each(see),
            Self::Polygon(lines) | Self::MultiLineString(lines) => lines.iter().flatten().for_each(see),
            Self::MultiPolygon(areas) => areas.iter().flatten().flatten().for_each(see),
            Self::Collection(shapes) => {
                for shape in shapes {
                    // One level of a few (`DEEPEST`); by reference, so that the type of the closure does not grow.
                    shape.each_dyn(see);
                }
            }
        }
    }

    fn each_dyn(&self, see: &mut dyn FnMut(&Position)) {
        match self {
            Self::Collection(shapes) => shapes.iter().for_each(|shape| shape.each_dyn(see)),
            plain => plain.each(&mut |at| see(at)),
        }
    }

    /// Itself, if lines have two positions, rings close and all lies on the earth; nested collections were bounded before.
    pub(super) fn checked(self) -> Option<Self> {
        let rings = |rings: &Vec<Vec<Position>>| {
            !rings.is_empty() && rings.iter().all(|ring| ring.len() >= 4 && ring.first() == ring.last())
        };
        let sound = match &self {
            Self::Point(_) | Self::MultiPoint(_) | Self::Collection(_) => true,
            Self::LineString(line) => line.len() >= 2,
            Self::MultiLineString(lines) => lines.iter().all(|line| line.len() >= 2),
            Self::Polygon(area) => rings(area),
            Self::MultiPolygon(areas) => areas.iter().all(rings),
        };
        let mut on_earth = true;
        self.each(&mut |at| on_earth &= Bounds::at(*at).is_on_earth());
        (sound && on_earth).then_some(self)
    }
}

#[cfg(test)]
pub(super) mod any {
    use proptest::prelude::*;

    use super::*;

    fn position() -> impl Strategy<Value = Position> {
        (-180.0..=180.0, -90.0..=90.0).prop_map(|(x, y): (f64, f64)| [x, y])
    }

    fn line() -> impl Strategy<Value = Vec<Position>> {
        prop::collection::vec(position(), 2..6)
    }

    fn ring() -> impl Strategy<Value = Vec<Position>> {
        prop::collection::vec(position(), 3..6).prop_map(|mut ring| {
            ring.push(ring[0]);
            ring
        })
    }

    fn area() -> impl Strategy<Value = Vec<Vec<Position>>> {
        prop::collection::vec(ring(), 1..3)
    }

    /// Any shape that is not empty.
    pub(in super::super) fn shape() -> impl Strategy<Value = Shape> {
        let plain = prop_oneof![
            position().prop_map(Shape::Point),
            line().prop_map(Shape::LineString),
            area().prop_map(Shape::Polygon),
            prop::collection::vec(position(), 1..5).prop_map(Shape::MultiPoint),
            prop::collection::vec(line(), 1..4).prop_map(Shape::MultiLineString),
            prop::collection::vec(area(), 1..3).prop_map(Shape::MultiPolygon),
        ];
        plain.prop_recursive(3, 12, 3, |inner| prop::collection::vec(inner, 1..3).prop_map(Shape::Collection))
    }
}

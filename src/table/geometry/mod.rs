//! Places in tables [toạ độ, hình học]: which columns say where a row lies, and the shapes that their cells are.
//!
//! A geometry stays text in the typed table, as WKT, which people read in the CSV and GDAL reads from it; or it is a pair
//! of numbers, latitude and longitude. Coordinates are degrees of WGS84, longitude first in a shape; others, such as metres
//! of VN-2000, are no geometry here, because nobody would see them at their place. Heights are passed over.
//!
//! Ingest looks at every filled cell of a text column (`Watch`) and keeps in the column's profile what it found; [`of`]
//! reads that, or the ranges of two columns whose names say what they are. Nothing is guessed: a column that holds one
//! other word has no shapes. A profile that a scan masked has neither.

mod geojson;
pub(in crate::table) mod parquet;
mod shape;
mod wkb;
mod wkt;

use serde::{Deserialize, Serialize};

pub use shape::{Bounds, Position, Shape, ShapeKind};

use super::ingest::report::{Column, Kind};
use crate::platform::columnar::Value;

/// Bytes of a cell beyond which it is no shape.
pub const LONGEST: usize = 10 << 20;
/// Positions of one shape.
pub const MOST_POSITIONS: usize = 1_000_000;
/// How deep collections may stand in collections.
pub const DEEPEST: usize = 8;

/// How the cells of a text column write shapes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Notation {
    /// Well-known text: `POINT (106.1 20.4)`.
    Wkt,
    /// The geometry object of GeoJSON.
    GeoJson,
}

/// What the filled cells of a text column are, when all of them are shapes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Shapes {
    /// How they are written.
    pub notation: Notation,
    /// The kinds that occur, in a fixed order.
    pub kinds: Vec<ShapeKind>,
    /// Where all of them lie; absent when all are empty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bounds: Option<Bounds>,
}

/// Where a table says its rows lie.
#[derive(Clone, Debug, PartialEq)]
pub enum Geometry {
    /// A text column of shapes, by its index.
    Text {
        /// The column.
        column: usize,
        /// The kinds that occur, in a fixed order.
        kinds: Vec<ShapeKind>,
        /// Where all of them lie.
        bounds: Bounds,
    },
    /// Two columns of numbers, by their indices.
    Points {
        /// The column of latitudes.
        latitude: usize,
        /// The column of longitudes.
        longitude: usize,
        /// Where all of them lie.
        bounds: Bounds,
    },
}

impl Geometry {
    /// Where all rows lie, in degrees.
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Text { bounds, .. } | Self::Points { bounds, .. } => *bounds,
        }
    }

    /// The kinds of shapes that occur.
    pub fn kinds(&self) -> &[ShapeKind] {
        match self {
            Self::Text { kinds, .. } => kinds,
            Self::Points { .. } => &[ShapeKind::Point],
        }
    }

    /// The columns that a row's shape is read from, by index.
    pub fn columns(&self) -> Vec<usize> {
        match *self {
            Self::Text { column, .. } => vec![column],
            Self::Points { latitude, longitude, .. } => vec![latitude, longitude],
        }
    }

    /// The shape of the values of [`Geometry::columns`], in that order; none where one is empty.
    pub fn shape(&self, values: &[Value]) -> Option<Shape> {
        match (self, values) {
            (Self::Text { .. }, [Value::Text(cell)]) => parse(cell),
            (Self::Points { .. }, [latitude, longitude]) => Shape::point([degrees(longitude)?, degrees(latitude)?]),
            _ => None,
        }
    }
}

fn degrees(value: &Value) -> Option<f64> {
    match value {
        Value::Integer(number) => Some(*number as f64),
        Value::Decimal(number) => Some(*number),
        Value::Exact(digits) => digits.parse().ok(),
        _ => None,
    }
}

/// The shape that a cell writes, as WKT (with `SRID=4326;` or without) or as a geometry object of GeoJSON; none when it is
/// none, lies beyond the degrees of the earth, has rings that do not close, or exceeds [`LONGEST`], [`MOST_POSITIONS`] or
/// [`DEEPEST`].
pub fn parse(cell: &str) -> Option<Shape> {
    Some(parse_noted(cell)?.1)
}

fn parse_noted(cell: &str) -> Option<(Notation, Shape)> {
    let cell = cell.trim();
    if cell.len() > LONGEST {
        return None;
    }
    match cell.as_bytes().first()? {
        b'{' => Some((Notation::GeoJson, geojson::parse(cell)?)),
        first if first.is_ascii_alphabetic() => Some((Notation::Wkt, wkt::parse(cell)?)),
        _ => None,
    }
}

/// What geometry a table has, by the profiles of its columns: the first column of shapes, else a pair of latitudes and
/// longitudes.
pub fn of(columns: &[Column]) -> Option<Geometry> {
    let shapes = columns.iter().enumerate().find_map(|(index, column)| {
        let shapes = column.profile.as_ref()?.shapes.as_ref()?;
        Some(Geometry::Text { column: index, kinds: shapes.kinds.clone(), bounds: shapes.bounds? })
    });
    shapes.or_else(|| pair(columns))
}

/// What a column's name says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Latitude,
    Longitude,
    /// One of two axes; which one, the ranges tell.
    First,
    Second,
}

/// Names of columns, as their keys write them.
const NAMES: [(&str, Role); 9] = [
    ("latitude", Role::Latitude),
    ("lat", Role::Latitude),
    ("vi_do", Role::Latitude),
    ("vido", Role::Latitude),
    ("longitude", Role::Longitude),
    ("long", Role::Longitude),
    ("lon", Role::Longitude),
    ("lng", Role::Longitude),
    ("kinh_do", Role::Longitude),
];
const NAMES_OF_AXES: [(&str, Role); 2] = [("x", Role::First), ("y", Role::Second)];
/// What must stand beside `x` and `y`, which alone are too little.
const AXES: [&str; 6] = ["toa_do", "toado", "coord", "coordinate", "point", "gps"];

/// The role that a key names, and what else stands in it: columns of one pair share that.
fn role(key: &str) -> Option<(Role, (String, String))> {
    let whole = format!("_{key}_");
    let named = |names: &[(&str, Role)]| {
        names.iter().find_map(|(name, role)| {
            let (before, after) = whole.split_once(&format!("_{name}_"))?;
            let clean = |text: &str| text.trim_matches('_').to_owned();
            Some((*role, (clean(before), clean(after))))
        })
    };
    if let Some(found) = named(&NAMES).or_else(|| named(&[("kinhdo", Role::Longitude)])) {
        return Some(found);
    }
    let (role, (before, after)) = named(&NAMES_OF_AXES)?;
    (AXES.contains(&before.as_str()) || AXES.contains(&after.as_str())).then_some((role, (before, after)))
}

/// The range of a column of numbers.
fn range(column: &Column) -> Option<(f64, f64)> {
    if !matches!(column.kind, Kind::Integer | Kind::Decimal) {
        return None;
    }
    let profile = column.profile.as_ref()?;
    Some((profile.min.as_ref()?.parse().ok()?, profile.max.as_ref()?.parse().ok()?))
}

fn pair(columns: &[Column]) -> Option<Geometry> {
    let named: Vec<_> = columns
        .iter()
        .enumerate()
        .filter_map(|(index, column)| {
            let (role, rest) = role(&column.key)?;
            Some((index, role, rest, range(column)?))
        })
        .collect();
    let mut pairs = Vec::new();
    for (first, first_role, rest, first_range) in &named {
        for (second, second_role, other, second_range) in &named {
            if rest != other {
                continue;
            }
            let (latitude, longitude) = match (first_role, second_role) {
                (Role::Latitude, Role::Longitude) => ((*first, *first_range), (*second, *second_range)),
                // Surveyors let X point north, others east. Longitudes beyond 90 degrees tell; where they do not, nothing does.
                (Role::First, Role::Second) if all_beyond(*first_range) => {
                    ((*second, *second_range), (*first, *first_range))
                }
                (Role::First, Role::Second) if all_beyond(*second_range) => {
                    ((*first, *first_range), (*second, *second_range))
                }
                _ => continue,
            };
            let ((latitude, (south, north)), (longitude, (west, east))) = (latitude, longitude);
            let bounds = Bounds { west, south, east, north };
            if bounds.is_on_earth() {
                pairs.push((rest, Geometry::Points { latitude, longitude, bounds }));
            }
        }
    }
    // Of several pairs, such as both ends of a road, one must be the plain one.
    let plain = pairs.iter().find(|(rest, _)| rest.0.is_empty() && rest.1.is_empty());
    match (plain, pairs.as_slice()) {
        (Some((_, plain)), _) => Some(plain.clone()),
        (None, [(_, only)]) => Some(only.clone()),
        _ => None,
    }
}

fn all_beyond((least, most): (f64, f64)) -> bool {
    least > 90.0 || most < -90.0
}

/// Watches the filled cells of a text column go by.
#[derive(Debug, Default)]
pub(in crate::table) struct Watch {
    shapes: Option<Shapes>,
    /// A cell was none.
    other: bool,
}

impl Watch {
    /// Sees a filled cell. Costs nothing once one was no shape.
    #[inline]
    pub(in crate::table) fn see(&mut self, cell: &str) {
        if !self.other {
            self.look(cell);
        }
    }

    fn look(&mut self, cell: &str) {
        let Some((notation, shape)) = parse_noted(cell) else {
            self.other = true;
            return;
        };
        let shapes = self.shapes.get_or_insert_with(|| Shapes { notation, kinds: Vec::new(), bounds: None });
        if shapes.notation != notation {
            self.other = true;
            return;
        }
        let kind = shape.kind();
        if let Err(place) = shapes.kinds.binary_search(&kind) {
            shapes.kinds.insert(place, kind);
        }
        shapes.bounds = match (shapes.bounds, shape.bounds()) {
            (Some(all), Some(one)) => Some(all.with(one)),
            (all, one) => all.or(one),
        };
    }

    /// What all cells were.
    pub(in crate::table) fn finish(self) -> Option<Shapes> {
        self.shapes.filter(|_| !self.other)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn column(key: &str, range: Option<(&str, &str)>) -> Column {
        let profile = range.map(|(min, max)| {
            serde_json::json!({
                "rows": 3, "nulls": 0, "distinct": { "value": 3, "approximate": false }, "top": [],
                "top_approximate": false, "min": min, "max": max,
            })
        });
        serde_json::from_value(serde_json::json!({
            "title": key, "key": key, "kind": "decimal", "storage": { "type": "float64" },
            "reason": { "code": "all-integers" }, "form": {}, "examples": [], "misfits": 0, "profile": profile,
        }))
        .unwrap()
    }

    fn pair_of(columns: &[(&str, (&str, &str))]) -> Option<(usize, usize)> {
        let columns: Vec<Column> = columns.iter().map(|(key, range)| column(key, Some(*range))).collect();
        match of(&columns)? {
            Geometry::Points { latitude, longitude, .. } => Some((latitude, longitude)),
            Geometry::Text { .. } => None,
        }
    }

    #[test]
    fn a_pair_is_known_by_names_and_ranges() {
        let (north, east) = (("20.1", "20.6"), ("105.9", "106.4"));
        for (latitude, longitude) in [
            ("lat", "lon"),
            ("latitude", "longitude"),
            ("vi_do", "kinh_do"),
            ("vi_do_wgs84", "kinh_do_wgs84"),
            ("tram_lat", "tram_lng"),
            ("toa_do_y", "toa_do_x"),
            ("toa_do_x", "toa_do_y"),
        ] {
            assert_eq!(pair_of(&[("ma", east), (longitude, east), (latitude, north)]), Some((2, 1)), "{latitude}");
        }
        for (latitude, longitude) in [("x", "y"), ("vi_do", "kinh_do_cu"), ("flat", "colon"), ("vi_du", "kinh_do")] {
            assert_eq!(pair_of(&[(longitude, east), (latitude, north)]), None, "{latitude}");
        }
    }

    #[test]
    fn metres_and_empty_columns_are_no_degrees() {
        assert_eq!(pair_of(&[("vi_do", ("2225000", "2240000")), ("kinh_do", ("590000", "600000"))]), None);
        assert_eq!(pair_of(&[("toa_do_x", ("1.5", "20.5")), ("toa_do_y", ("3.5", "40.5"))]), None);
        assert_eq!(of(&[column("lat", None), column("lon", None)]), None);
    }

    #[test]
    fn of_several_pairs_the_plain_one_counts_or_none() {
        let (north, east) = (("20.1", "20.6"), ("105.9", "106.4"));
        let ends = [("dau_lat", north), ("dau_lon", east), ("cuoi_lat", north), ("cuoi_lon", east)];
        assert_eq!(pair_of(&ends), None);
        let mut with_plain = ends.to_vec();
        with_plain.extend([("lat", north), ("lon", east)]);
        assert_eq!(pair_of(&with_plain), Some((4, 5)));
    }

    #[test]
    fn a_column_has_shapes_only_when_every_cell_is_one() {
        let seen = |cells: &[&str]| {
            let mut watch = Watch::default();
            cells.iter().for_each(|cell| watch.see(cell));
            watch.finish()
        };
        let shapes = seen(&["POINT (106 20)", "LINESTRING (106 20, 107 21)", "POINT(105.5 19)"]).unwrap();
        assert_eq!(shapes.kinds, [ShapeKind::Point, ShapeKind::LineString]);
        assert_eq!(shapes.bounds, Some(Bounds { west: 105.5, south: 19.0, east: 107.0, north: 21.0 }));
        assert_eq!(seen(&["POINT (106 20)", "không rõ"]), None);
        assert_eq!(seen(&["POINT (106 20)", r#"{"type":"Point","coordinates":[106,20]}"#]), None);
        assert_eq!(seen(&[]), None);
    }

    #[test]
    fn a_row_gives_its_shape() {
        let bounds = Bounds { west: 105.0, south: 20.0, east: 107.0, north: 21.0 };
        let points = Geometry::Points { latitude: 0, longitude: 3, bounds };
        let values = [Value::Exact("20.25".to_owned()), Value::Decimal(106.5)];
        assert_eq!(points.shape(&values), Shape::point([106.5, 20.25]));
        assert_eq!(points.shape(&[Value::Null, Value::Decimal(106.5)]), None);
    }

    proptest! {
        #[test]
        fn whatever_stands_in_a_cell_is_a_shape_or_none(cell in "\\PC{0,80}") {
            let _ = parse(&cell);
        }

        #[test]
        fn words_of_geometry_in_any_order_are_a_shape_or_none(
            words in prop::collection::vec(
                prop_oneof![
                    Just("POINT"), Just("POLYGON"), Just("MULTIPOLYGON"), Just("GEOMETRYCOLLECTION"), Just("("), Just(")"),
                    Just(","), Just("EMPTY"), Just("Z"), Just("1"), Just("-9e9"), Just(" "), Just("SRID=4326;"),
                    Just("{\"type\":"), Just("\"Point\""), Just("\"coordinates\":["), Just("]}"),
                ],
                0..30,
            )
        ) {
            let _ = parse(&words.concat());
        }
    }
}

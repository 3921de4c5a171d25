//! What boundaries are.

use chrono::NaiveDate;

use crate::kernel::Localized;

/// Parts of a degree in a coordinate.
const PER_DEGREE: f64 = 100_000.0;

/// Degrees as a coordinate.
#[allow(clippy::cast_possible_truncation)] // no angle has more than nine digits
pub fn degrees(value: f64) -> i32 {
    (value * PER_DEGREE).round() as i32
}

/// A place: hundred-thousandths of a degree.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Point {
    /// East of Greenwich.
    pub x: i32,
    /// North of the equator.
    pub y: i32,
}

impl Point {
    /// From degrees east and north.
    pub fn at(east: f64, north: f64) -> Self {
        Self { x: degrees(east), y: degrees(north) }
    }

    /// Degrees east and north.
    pub fn degrees(self) -> (f64, f64) {
        (f64::from(self.x) / PER_DEGREE, f64::from(self.y) / PER_DEGREE)
    }
}

/// A closed line; its first point is not repeated.
pub type Ring = Vec<Point>;

/// A box around something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// The least x.
    pub west: i32,
    /// The least y.
    pub south: i32,
    /// The greatest x.
    pub east: i32,
    /// The greatest y.
    pub north: i32,
}

impl Extent {
    /// The box of a point alone.
    pub fn of(point: Point) -> Self {
        Self { west: point.x, south: point.y, east: point.x, north: point.y }
    }

    /// The box of points; none of none.
    pub fn around<'a>(points: impl IntoIterator<Item = &'a Point>) -> Option<Self> {
        points.into_iter().map(|point| Self::of(*point)).reduce(Self::with)
    }

    /// The box around both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            west: self.west.min(other.west),
            south: self.south.min(other.south),
            east: self.east.max(other.east),
            north: self.north.max(other.north),
        }
    }

    /// Whether a point lies in it, its edge included.
    pub fn holds(&self, point: Point) -> bool {
        (self.west..=self.east).contains(&point.x) && (self.south..=self.north).contains(&point.y)
    }

    /// Whether both have a point in common.
    pub fn meets(&self, other: &Self) -> bool {
        self.west <= other.east && other.west <= self.east && self.south <= other.north && other.south <= self.north
    }

    /// Its middle.
    pub fn middle(&self) -> Point {
        Point { x: self.west.midpoint(self.east), y: self.south.midpoint(self.north) }
    }

    /// Its width in degrees, or its height where that is more.
    pub fn span(&self) -> f64 {
        let longest = (i64::from(self.east) - i64::from(self.west)).max(i64::from(self.north) - i64::from(self.south));
        longest as f64 / PER_DEGREE
    }
}

/// The level of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Provinces and centrally-run cities.
    Province,
    /// Communes, wards and special zones.
    Commune,
}

impl Level {
    /// As it is stored and asked for.
    pub fn code(self) -> &'static str {
        match self {
            Self::Province => "province",
            Self::Commune => "commune",
        }
    }

    /// Digits of a code.
    pub fn digits(self) -> usize {
        match self {
            Self::Province => 2,
            Self::Commune => 5,
        }
    }

    /// How far a simplified line may lie from the true one, to begin with.
    pub(super) fn tolerance(self) -> f64 {
        match self {
            Self::Province => 100.0,
            Self::Commune => 30.0,
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Province, Self::Commune].into_iter().find(|level| level.code() == code)
    }
}

/// A unit and where it lies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The official code.
    pub code: String,
    /// Its name.
    pub name: Localized,
    /// Its outer and inner rings, in no order: what an odd number of them holds is inside.
    pub rings: Vec<Ring>,
    /// The box around it.
    pub extent: Extent,
}

/// Boundaries to be kept.
#[derive(Clone, Debug)]
pub struct NewSet {
    /// Of which level.
    pub level: Level,
    /// First day on which they hold.
    pub valid_from: NaiveDate,
    /// Last day; none while they hold.
    pub valid_to: Option<NaiveDate>,
    /// Who made them; stands below every map.
    pub source: String,
    /// Under which terms; stands below every map.
    pub licence: String,
    /// The units.
    pub units: Vec<Unit>,
}

/// Boundaries that are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Set {
    /// Of which level.
    pub level: Level,
    /// First day, ISO 8601.
    pub valid_from: String,
    /// Who made them.
    pub source: String,
    /// Under which terms.
    pub licence: String,
}

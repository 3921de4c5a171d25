//! Maps [bản đồ]: boundaries of administrative units, and the pure geometry that draws tables over them: simplification,
//! projection, classes of values, clusters of points, the map of equal tiles.
//!
//! Words: a *unit* (đơn vị hành chính) is a province or a commune; a *set* holds the boundaries of all units of a level from
//! a day on, and is replaced as a whole; a *ring* is a closed line, whose first point is not repeated at its end. Coordinates
//! are hundred-thousandths of a degree, east and north (WGS 84).
//!
//! Invariants: neighbours share their lines before and after simplification; every map of the country shows Hoàng Sa and
//! Trường Sa, whatever the boundaries hold ([`archipelagos`]). What is drawn is a template's to say, and texts the web's.

mod class;
mod cluster;
mod command;
mod geojson;
mod islands;
mod model;
mod path;
mod project;
mod simplify;
mod store;
mod tiles;
mod units;

pub use class::{Class, Method, class_of, classes};
pub use cluster::{Cluster, Clusters};
pub use command::{Imported, replace};
pub use geojson::{Properties, read};
pub use islands::{Archipelago, archipelagos};
pub use model::{Extent, Level, NewSet, Point, Ring, Set, Unit, degrees};
pub use path::{Drawn, draw, label_point};
pub use project::{Frame, TILT};
pub use simplify::simplify;
pub use store::{names_on, set_on, units_in};
pub use tiles::{Tile, tiles};
pub use units::{Matcher, Named, provinces_on};

/// Bytes of a file of boundaries.
pub const MOST_BYTES: u64 = 128 << 20;
/// Units of a set.
pub const MOST_UNITS: usize = 20_000;
/// Points of a file.
pub const MOST_POINTS: usize = 4_000_000;
/// Rings of a unit.
pub const MOST_RINGS: usize = 5_000;
/// Characters of a name, a source, a licence.
pub const LONGEST_TEXT: usize = 300;

//! The map of a table: its page, and the picture on it, which is a file of its own too.

use askama::Template;

use super::dataset::OlderVersion;
use crate::http::page::{Chip, Choice, Link, PageCtx, Text, Wrong};

/// `/dataset/{slug}/{table}/ban-do` and the same under `/v/{number}/`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/map.html")]
pub struct MapPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset, and its page with this table.
    pub dataset: Link,
    /// The table.
    pub table: Text,
    /// Set when the version shown is not the latest.
    pub older: Option<OlderVersion>,
    /// What is wrong with the address.
    pub wrongs: Vec<Wrong>,
    /// Filters in force.
    pub chips: Vec<Chip>,
    /// Areas or points, where the table can be shown as both.
    pub kinds: Vec<(String, String, bool)>,
    /// The page without its query: where the form goes.
    pub action: String,
    /// What is shown and how; none of points.
    pub form: Option<MapForm>,
    /// The map; none where the table has nothing to show on one, or the address is wrong.
    pub map: Option<MapView>,
    /// The explorer with the same rows.
    pub explore_href: String,
}

/// The choices of a map of areas.
#[derive(Clone, Debug, Default)]
pub struct MapForm {
    /// Columns of units.
    pub units: Vec<Choice>,
    /// Measures.
    pub measures: Vec<Choice>,
    /// Ways to make classes.
    pub classes: Vec<Choice>,
    /// The old or the new provinces; empty where the table allows one only.
    pub geographies: Vec<Choice>,
    /// Boundaries or tiles; empty where there are tiles only.
    pub drawings: Vec<Choice>,
    /// What the form carries along.
    pub kept: Vec<(String, String)>,
}

/// A map and what stands beside it.
#[derive(Clone, Debug, Default)]
pub struct MapView {
    /// The picture as SVG.
    pub picture: String,
    /// What it shows, in one line.
    pub heading: String,
    /// What it says, in a sentence.
    pub sentence: String,
    /// The shades.
    pub legend: Vec<LegendRow>,
    /// What a reader must know.
    pub notes: Vec<String>,
    /// Whose boundaries they are, and under which terms.
    pub credit: Option<String>,
    /// Whether the table names provinces of the 63, which can be put into the 34.
    pub of_old: bool,
    /// Whether boundaries of provinces are there, beside tiles.
    pub bounded: bool,
    /// The picture as files.
    pub files: Vec<(&'static str, String)>,
    /// The heading of the units, and of the values.
    pub heads: (String, String),
    /// The units and their values.
    pub rows: Vec<MapRow>,
    /// Cells that name no unit, and how many there are in all.
    pub unmatched: Vec<String>,
    /// How many cells name no unit.
    pub unmatched_count: u64,
    /// Ways through a map of points.
    pub moves: Vec<Move>,
    /// Points in the frame, as rows.
    pub points: Option<PointRows>,
}

/// A way through a map of points.
#[derive(Clone, Debug)]
pub struct Move {
    /// The icon.
    pub icon: &'static str,
    /// In words.
    pub text: String,
    /// Where it leads; none at the end of the way.
    pub href: Option<String>,
}

/// Rows of points.
#[derive(Clone, Debug)]
pub struct PointRows {
    /// The titles of the columns.
    pub heads: Vec<Text>,
    /// The rows.
    pub rows: Vec<Vec<Option<String>>>,
    /// How many there are.
    pub total: u64,
    /// Whether they are those in the frame, and not all of them.
    pub framed: bool,
    /// The explorer with all of them.
    pub href: String,
}

/// A unit and its value.
#[derive(Clone, Debug)]
pub struct MapRow {
    /// Its name.
    pub name: Text,
    /// Its value.
    pub value: Option<String>,
    /// The shade it has.
    pub shade: Shade,
    /// The explorer with the rows behind it.
    pub href: Option<String>,
}

/// A shade of the legend.
#[derive(Clone, Debug)]
pub struct LegendRow {
    /// The shade.
    pub shade: Shade,
    /// From where to where.
    pub text: String,
}

/// The shade of an area: 0 says that there is no value, 1 to 5 from the least to the greatest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shade(pub u8);

impl Shade {
    /// What no class of values has: land that only lies around.
    pub const LAND: Self = Self(9);

    /// The style class.
    pub fn class(self) -> &'static str {
        match self.0 {
            1 => "m1",
            2 => "m2",
            3 => "m3",
            4 => "m4",
            5 => "m5",
            9 => "m9",
            _ => "m0",
        }
    }

    /// The fill of the file, where no stylesheet is: one hue from light to dark, told apart without seeing colours.
    pub fn fill(self) -> &'static str {
        match self.0 {
            1 => "#dfe6f8",
            2 => "#aebfec",
            3 => "#718cd6",
            4 => "#3f5697",
            5 => "#1c2a58",
            9 => "#ebe6db",
            _ => "url(#map-none)",
        }
    }

    /// The fill of areas, whose hatching has their scale.
    pub fn area_fill(self) -> &'static str {
        if self == Self::default() { "url(#map-none-area)" } else { self.fill() }
    }

    /// The ink of words on it.
    pub fn ink(self) -> &'static str {
        if matches!(self.0, 4 | 5) { "#ffffff" } else { "#161a25" }
    }
}

/// A picture. Lengths are in its own units, of which a wide screen shows one on a pixel.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "pictures/map.svg", escape = "html")]
pub struct Picture {
    /// Its width.
    pub width: u32,
    /// The height of the map in it.
    pub height: u32,
    /// What it shows.
    pub title: String,
    /// What it says, in a sentence.
    pub desc: String,
    /// Whether it stands alone, with heading, legend and source.
    pub file: bool,
    /// Whether the ground is coloured.
    pub sea: bool,
    /// Areas by shade.
    pub groups: Vec<AreaGroup>,
    /// Tiles.
    pub tiles: Vec<TileView>,
    /// The frame of an inset.
    pub inset: Option<(u32, u32, u32, u32)>,
    /// Hoàng Sa and Trường Sa.
    pub isles: Vec<IslesView>,
    /// Names of units.
    pub labels: Vec<Label>,
    /// Lines of latitude and longitude.
    pub graticule: Vec<GridLine>,
    /// Points, or several of them together.
    pub circles: Vec<Circle>,
    /// The heading of a file.
    pub head: Vec<String>,
    /// The legend of a file.
    pub legend: Vec<LegendRow>,
    /// The source of a file.
    pub foot: Vec<String>,
}

/// Areas of one shade.
#[derive(Clone, Debug)]
pub struct AreaGroup {
    /// The shade.
    pub shade: Shade,
    /// From steps of the paths to units of the picture.
    pub scale: f64,
    /// The width of lines in steps.
    pub stroke: f64,
    /// The areas.
    pub shapes: Vec<AreaShape>,
}

/// An area.
#[derive(Clone, Debug)]
pub struct AreaShape {
    /// Its path.
    pub d: String,
    /// Its name and value.
    pub title: String,
}

/// A tile.
#[derive(Clone, Debug)]
pub struct TileView {
    /// Left edge.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
    /// Its middle, across.
    pub middle: u32,
    /// The size of its words.
    pub size: u32,
    /// The shade.
    pub shade: Shade,
    /// Name and value, and where each line stands.
    pub lines: Vec<(String, u32)>,
    /// The size of words on a narrow screen.
    pub narrow_size: u32,
    /// What stands there on a narrow screen.
    pub narrow: Vec<(String, u32)>,
    /// Name and value in words.
    pub title: String,
    /// Whether it is an archipelago of the province.
    pub archipelago: bool,
}

/// An archipelago.
#[derive(Clone, Debug)]
pub struct IslesView {
    /// `hoang-sa` or `truong-sa`.
    pub code: String,
    /// The shade of its province.
    pub shade: Shade,
    /// Its islands.
    pub dots: Vec<(String, String)>,
    /// The middle of its label.
    pub x: String,
    /// The lines of its label, and where each stands on a wide and on a narrow screen.
    pub lines: Vec<(String, String, String)>,
    /// Name and province.
    pub title: String,
}

/// A name on the map.
#[derive(Clone, Debug)]
pub struct Label {
    /// Its middle.
    pub x: String,
    /// Its foot.
    pub y: String,
    /// The name.
    pub text: String,
}

/// A line of latitude or longitude.
#[derive(Clone, Debug)]
pub struct GridLine {
    /// Its path.
    pub d: String,
    /// Where its label stands.
    pub x: String,
    /// Where its label stands.
    pub y: String,
    /// The degrees.
    pub text: String,
}

/// A point, or several.
#[derive(Clone, Debug)]
pub struct Circle {
    /// Its middle.
    pub x: String,
    /// Its middle.
    pub y: String,
    /// Its radius.
    pub r: String,
    /// How many points; empty of one.
    pub text: String,
    /// The same in words.
    pub title: String,
}

impl Picture {
    /// How large the hatching of areas is in steps of their paths.
    pub fn hatching(&self) -> f64 {
        self.groups.first().map_or(1.0, |group| 1.0 / group.scale)
    }

    /// Room above the map.
    pub fn head_height(&self) -> u32 {
        if self.file { 20 + 24 * u32::try_from(self.head.len()).unwrap_or(0) } else { 0 }
    }

    /// Where the legend begins.
    pub fn legend_top(&self) -> usize {
        (self.head_height() + self.height) as usize + 16
    }

    /// The first line of the source.
    pub fn foot_top(&self) -> usize {
        self.legend_top() + 24 * self.legend.len() + 18
    }

    /// The height of all of it.
    pub fn whole_height(&self) -> usize {
        if self.file { self.foot_top() + 18 * self.foot.len() } else { self.height as usize }
    }
}

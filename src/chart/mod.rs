//! Charts [biểu đồ]: where the bars, lines, slices and dots of some figures stand in a picture, and which chart suits a table
//! . No tables, no words of its own: texts come in as they are to be read, and a [`Drawing`] goes out, which
//! templates write as SVG.
//!
//! Invariants: every mark lies inside the picture; bars begin at zero and are as long as their values say; a series is told
//! by more than its colour (a pattern, a dash, a shape of its dots, its name beside it); what is drawn is bounded
//! ([`MOST_BARS`], [`MOST_SERIES`], [`MOST_PLACES`], [`MOST_POINTS`]).

mod choice;
mod draw;
mod model;
mod scale;
mod text;

pub use choice::{Choice, is_measure, step_for, suited};
pub use draw::draw;
pub use model::{
    Axis, Bins, Drawing, Figures, Grid, Kind, Lines, Mark, Place, Plot, Points, Px, Rule, Series, Side, Words,
};
pub use scale::{Scale, bins};
pub use text::{width, wrap};

/// Bars, or groups of bars, of one chart; the smallest of more become one.
pub const MOST_BARS: usize = 25;
/// Series of one chart, and parts of a pie; the smallest of more become one, or are left out.
pub const MOST_SERIES: usize = 5;
/// Places along a line.
pub const MOST_PLACES: usize = 2000;
/// Dots of a scatter chart.
pub const MOST_POINTS: u32 = 5000;
/// The tone of what is not told apart: others.
pub const REST: usize = MOST_SERIES;

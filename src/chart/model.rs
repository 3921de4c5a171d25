//! What is drawn, and what a drawing consists of.

use std::fmt;

/// The kinds of charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A bar for each value of a column, or some beside each other.
    Bar,
    /// Bars of parts on top of each other.
    Stacked,
    /// Lines along time or numbers.
    Line,
    /// A dot for each row.
    Scatter,
    /// How often numbers fall into equal steps.
    Histogram,
    /// Parts of a whole.
    Pie,
}

impl Kind {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [Self::Bar, Self::Stacked, Self::Line, Self::Scatter, Self::Histogram, Self::Pie];

    /// As addresses name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Stacked => "stacked",
            Self::Line => "line",
            Self::Scatter => "scatter",
            Self::Histogram => "histogram",
            Self::Pie => "pie",
        }
    }

    /// From an address.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it draws groups of rows; the others draw rows.
    pub fn is_grouped(self) -> bool {
        !matches!(self, Self::Scatter | Self::Histogram)
    }
}

/// One series of values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Series {
    /// What it is called; empty where there is only one.
    pub name: String,
    /// A value for each category or place; none where nothing is known.
    pub values: Vec<Option<f64>>,
    /// The values as they are read.
    pub told: Vec<String>,
    /// Its tone: its number, or [`super::REST`].
    pub tone: usize,
}

/// Values by category and series.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The categories' names.
    pub categories: Vec<String>,
    /// The category that stands for all others.
    pub rest: Option<usize>,
    /// The series, one at least.
    pub series: Vec<Series>,
}

/// A place along the x axis.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// Where it stands: a number, or days since 1970.
    pub at: f64,
    /// What it is called.
    pub label: String,
    /// Its number among stretches of its kind (years, months …), by which labels are chosen.
    pub number: i64,
}

/// Lines along places.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lines {
    /// The places, in order.
    pub places: Vec<Place>,
    /// The multiples of places' numbers that may carry labels, from fine to coarse.
    pub every: &'static [i64],
    /// The series, one at least.
    pub series: Vec<Series>,
}

/// An axis whose ticks are found here.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Axis {
    /// Of numbers.
    Number,
    /// Of days since 1970.
    Day,
}

/// Dots by two values.
#[derive(Clone, Debug, PartialEq)]
pub struct Points {
    /// The dots: x, y, and the number of the series.
    pub points: Vec<(f64, f64, usize)>,
    /// The names of the series; empty where there is only one.
    pub series: Vec<String>,
    /// What x is.
    pub x: Axis,
    /// What y is.
    pub y: Axis,
}

/// How often numbers fall into steps.
#[derive(Clone, Debug, PartialEq)]
pub struct Bins {
    /// Where the first step begins.
    pub first: f64,
    /// How wide each is.
    pub width: f64,
    /// How many numbers each has.
    pub counts: Vec<u64>,
}

/// The figures of a chart.
#[derive(Clone, Debug, PartialEq)]
pub enum Figures {
    /// Bars, beside each other where there are several series.
    Bars(Grid),
    /// Bars on top of each other.
    Stacked(Grid),
    /// Lines.
    Lines(Lines),
    /// Dots.
    Points(Points),
    /// Steps.
    Bins(Bins),
    /// Parts of a whole: the first series alone.
    Pie(Grid),
}

/// Figures with the words of their axes.
pub struct Plot<'a> {
    /// The figures.
    pub figures: &'a Figures,
    /// What the categories, places or x values are.
    pub x: &'a str,
    /// What the values are.
    pub y: &'a str,
    /// A number with so many decimals, as it is read on an axis of values.
    pub number: &'a dyn Fn(f64, usize) -> String,
    /// The same of an x axis of numbers.
    pub x_number: &'a dyn Fn(f64, usize) -> String,
    /// A day, in days since 1970, as it is read.
    pub day: &'a dyn Fn(f64) -> String,
    /// A share from 0 to 1, as it is read.
    pub share: &'a dyn Fn(f64) -> String,
}

/// A length in a picture, written with one decimal.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Px(pub f64);

impl fmt::Display for Px {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let tenths = (self.0 * 10.0).round() / 10.0;
        // Minus zero is zero.
        write!(f, "{}", if tenths == 0.0 { 0.0 } else { tenths })
    }
}

/// Which side of its place a text begins at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// It begins there.
    Start,
    /// Its middle is there.
    Middle,
    /// It ends there.
    End,
}

impl Side {
    /// As SVG names it.
    pub fn anchor(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Middle => "middle",
            Self::End => "end",
        }
    }
}

/// Words in a picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Where.
    pub x: Px,
    /// The line they stand on.
    pub y: Px,
    /// Which part of them is there.
    pub side: Side,
    /// The words.
    pub text: String,
    /// Whether they name something: then they are stronger.
    pub strong: bool,
}

/// A straight line of the frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// From.
    pub from: (Px, Px),
    /// To.
    pub to: (Px, Px),
    /// Whether it is the axis itself; otherwise a line of the grid.
    pub axis: bool,
}

/// Something that stands for a value.
#[derive(Clone, Debug, PartialEq)]
pub enum Mark {
    /// A bar.
    Bar {
        /// Left.
        x: Px,
        /// Top.
        y: Px,
        /// How wide.
        width: Px,
        /// How high.
        height: Px,
        /// Its tone.
        tone: usize,
        /// Whether it is filled with the pattern of its tone.
        patterned: bool,
        /// What it says.
        told: String,
    },
    /// A part of a pie.
    Slice {
        /// The path.
        path: String,
        /// Its tone.
        tone: usize,
        /// What it says.
        told: String,
    },
    /// A line through places.
    Line {
        /// The path.
        path: String,
        /// Its tone.
        tone: usize,
    },
    /// A dot, in the shape of its tone.
    Dot {
        /// The path.
        path: String,
        /// Its tone.
        tone: usize,
        /// Whether others shine through it.
        faint: bool,
        /// What it says; empty where it says nothing.
        told: String,
    },
}

/// A picture without its title.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// How wide.
    pub width: Px,
    /// How high.
    pub height: Px,
    /// The lines behind the marks.
    pub rules: Vec<Rule>,
    /// The marks.
    pub marks: Vec<Mark>,
    /// The words over them.
    pub words: Vec<Words>,
    /// Where the axis of values begins, unless it holds zero.
    pub base: Option<f64>,
}

impl Mark {
    /// Its tone.
    pub fn tone(&self) -> usize {
        match self {
            Self::Bar { tone, .. } | Self::Slice { tone, .. } | Self::Line { tone, .. } | Self::Dot { tone, .. } => {
                *tone
            }
        }
    }

    /// The class of its tone on pages, whose style sheet knows the colours of light and dark.
    pub fn class(&self) -> &'static str {
        ["c1", "c2", "c3", "c4", "c5"].get(self.tone()).copied().unwrap_or("c-rest")
    }

    /// The colour of its tone in files, which are light: those of `tokens.css`.
    pub fn colour(&self) -> &'static str {
        ["#384f9a", "#b8741a", "#2f7f73", "#a24a80", "#6c86d2"].get(self.tone()).copied().unwrap_or("#6f6a61")
    }

    /// Whether its surface has a pattern; the first tone and what is left over are plain.
    pub fn has_pattern(&self) -> bool {
        let patterned = matches!(self, Self::Slice { .. } | Self::Bar { patterned: true, .. });
        patterned && (1..super::REST).contains(&self.tone())
    }

    /// What its surface is filled with; names of patterns begin with `id`.
    pub fn fill(&self, id: impl fmt::Display) -> String {
        if self.has_pattern() { format!("url(#{id}-p{})", self.tone() + 1) } else { self.colour().to_owned() }
    }

    /// The dashes of a line of its tone; none where it is whole.
    pub fn dash(&self) -> &'static str {
        ["", "9 5", "2 5", "13 5 2 5", "6 4"].get(self.tone()).copied().unwrap_or("1 5")
    }
}

impl Rule {
    /// The line as a path.
    pub fn path(&self) -> String {
        format!("M{} {}L{} {}", self.from.0, self.from.1, self.to.0, self.to.1)
    }
}

impl Drawing {
    /// Whether surfaces have patterns.
    pub fn is_patterned(&self) -> bool {
        self.marks.iter().any(|mark| matches!(mark, Mark::Bar { patterned: true, .. } | Mark::Slice { .. }))
    }
}

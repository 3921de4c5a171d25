//! Small things that pages are made of: texts with their language, links, badges, pagers, column profiles, form fields.
//! Each holds plain values; what it needs to know of drawing is in its methods.

use std::collections::BTreeSet;
use std::fmt;

use chrono::NaiveDate;

use super::{Held, PageCtx};
use crate::kernel::Lang;

/// A text of the content, and its language where that is not the page's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The words.
    pub text: String,
    /// The language they are in, only where it is another than the page's: they are then marked, and the page says so once.
    pub lang: Option<Lang>,
}

impl Text {
    /// A text in the page's language.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), lang: None }
    }

    /// A text that should be in `wanted` and is in `got`.
    pub fn of(text: impl Into<String>, got: Lang, wanted: Lang) -> Self {
        Self { text: text.into(), lang: (got != wanted).then_some(got) }
    }

    /// The attribute for the element that holds the text; empty in the page's language. Printed unescaped.
    pub fn attr(&self) -> &'static str {
        lang_attribute(self.lang)
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Markup made from Markdown and already made safe, with its language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html {
    /// Safe HTML; printed as it is.
    pub html: String,
    /// The language, only where it is another than the page's.
    pub lang: Option<Lang>,
}

impl Html {
    /// The attribute for the element that holds the markup; empty in the page's language. Printed unescaped.
    pub fn attr(&self) -> &'static str {
        lang_attribute(self.lang)
    }
}

fn lang_attribute(lang: Option<Lang>) -> &'static str {
    match lang {
        None => "",
        Some(Lang::Vi) => " lang=\"vi\"",
        Some(Lang::En) => " lang=\"en\"",
    }
}

/// JSON-LD that may stand inside a `<script>` element: no character in it can end the element or open a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonLd(String);

impl JsonLd {
    /// Of a JSON value.
    pub fn new(value: &serde_json::Value) -> Self {
        // These characters stand in JSON only inside strings, where an escape means the same.
        let json = value
            .to_string()
            .replace('<', "\\u003c")
            .replace('>', "\\u003e")
            .replace('&', "\\u0026")
            .replace('\u{2028}', "\\u2028")
            .replace('\u{2029}', "\\u2029");
        Self(json)
    }

    /// The JSON, to be printed unescaped.
    pub fn json(&self) -> &str {
        &self.0
    }
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub text: Text,
    /// Where it leads, with the language's prefix.
    pub href: String,
}

impl Link {
    /// A link in the page's language.
    pub fn new(text: impl Into<String>, href: impl Into<String>) -> Self {
        Self { text: Text::new(text), href: href.into() }
    }
}

/// A piece of a text that a search shows: matched or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// Whether they are what was searched for.
    pub matched: bool,
}

/// Whether a dataset is kept up to date, as the duty to update says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timeliness {
    /// Nothing is due soon.
    OnTime,
    /// Due within the days of notice.
    Soon,
    /// Past its date.
    Late,
    /// No period is set: updated when something changes.
    Unscheduled,
}

impl Timeliness {
    /// All states, best first.
    pub const ALL: [Self; 4] = [Self::OnTime, Self::Soon, Self::Late, Self::Unscheduled];

    /// The code, as in addresses: `on-time`, `soon`, `late`, `unscheduled`.
    pub fn code(self) -> &'static str {
        match self {
            Self::OnTime => "on-time",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Unscheduled => "unscheduled",
        }
    }

    /// The message that names it.
    pub fn text_id(self) -> &'static str {
        match self {
            Self::OnTime => "timeliness-on-time",
            Self::Soon => "timeliness-soon",
            Self::Late => "timeliness-late",
            Self::Unscheduled => "timeliness-unscheduled",
        }
    }

    /// The style class of its badge.
    pub fn tone(self) -> &'static str {
        match self {
            Self::OnTime => "good",
            Self::Soon => "warn",
            Self::Late => "bad",
            Self::Unscheduled => "plain",
        }
    }

    /// Its grain: full, half, empty husk, dotted.
    pub fn grain(self) -> &'static str {
        match self {
            Self::OnTime => "on",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Unscheduled => "none",
        }
    }
}

/// A dataset's timeliness with what stands beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freshness {
    /// The state.
    pub state: Timeliness,
    /// The day the next (or missed) update is due.
    pub due: Option<NaiveDate>,
    /// Working days until then, or since then when late.
    pub working_days: Option<u64>,
}

impl Freshness {
    /// What stands after the state's name: when it is due, how many days are left, how many it is late.
    pub fn detail(&self, page: &PageCtx) -> Option<String> {
        match (self.state, self.due, self.working_days) {
            (Timeliness::Unscheduled, _, _) => None,
            (Timeliness::Soon, _, Some(days)) => Some(page.t1("timeliness-days-left", "days", days)),
            (Timeliness::Late, _, Some(days)) => Some(page.t1("timeliness-days-over", "days", days)),
            (_, Some(due), _) => Some(page.t1("timeliness-due", "date", page.date(due))),
            _ => None,
        }
    }
}

/// The colour that says a state of a dataset or version without being its only sign.
pub fn state_tone(state: &str) -> &'static str {
    match state {
        "published" => "good",
        "submitted" | "approved" => "info",
        "changes-asked" => "warn",
        "withdrawn" | "refused" | "purged" => "bad",
        _ => "plain",
    }
}

/// How many datasets stand how: one row of grains.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GrainRow {
    /// On time.
    pub on_time: u64,
    /// Due soon.
    pub soon: u64,
    /// Late.
    pub late: u64,
    /// Without a period.
    pub unscheduled: u64,
}

impl GrainRow {
    /// Grains up to this number are drawn one by one; beyond, one stands for ten.
    const ONE_BY_ONE: u64 = 60;

    /// How many datasets.
    pub fn total(&self) -> u64 {
        self.on_time + self.soon + self.late + self.unscheduled
    }

    /// Each state with its number, best first.
    pub fn parts(&self) -> [(Timeliness, u64); 4] {
        [
            (Timeliness::OnTime, self.on_time),
            (Timeliness::Soon, self.soon),
            (Timeliness::Late, self.late),
            (Timeliness::Unscheduled, self.unscheduled),
        ]
    }

    /// The states that occur, with their numbers.
    pub fn present(&self) -> Vec<(Timeliness, u64)> {
        self.parts().into_iter().filter(|(_, count)| *count > 0).collect()
    }

    /// Whether one grain stands for ten datasets.
    pub fn by_tens(&self) -> bool {
        self.total() > Self::ONE_BY_ONE
    }

    /// The grains to draw, in order.
    pub fn grains(&self) -> Vec<&'static str> {
        let ten = if self.by_tens() { 10 } else { 1 };
        self.parts()
            .into_iter()
            .flat_map(|(state, count)| (0..count.div_ceil(ten)).map(move |_| state.grain()))
            .collect()
    }

    /// The row as a sentence: "8 đúng hạn, 1 sắp đến hạn".
    pub fn label(&self, page: &PageCtx) -> String {
        let parts: Vec<String> = self
            .present()
            .into_iter()
            .map(|(state, count)| format!("{} {}", page.num(count), page.t(state.text_id()).to_lowercase()))
            .collect();
        parts.join(", ")
    }
}

/// The pages of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pager {
    /// The page shown, from 1.
    pub number: u64,
    /// How many there are, at least 1.
    pub pages: u64,
    /// The address of the listing with all its choices but the page, with the language's prefix.
    pub base: String,
    /// The query parameter that carries the page; `page` unless the address has two listings.
    pub param: &'static str,
    /// Where on the page the listing begins, such as `#du-lieu`; may be empty.
    pub anchor: &'static str,
}

/// One entry of a pager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PagerStep {
    /// A page.
    Number(u64),
    /// Pages left out.
    Gap,
}

impl PagerStep {
    /// The page's number, or nothing for a gap.
    pub fn number(&self) -> Option<u64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Gap => None,
        }
    }
}

impl Pager {
    /// The usual pager.
    pub fn new(number: u64, pages: u64, base: impl Into<String>) -> Self {
        Self { number, pages: pages.max(1), base: base.into(), param: "page", anchor: "" }
    }

    /// The address of a page; the first has no parameter, so that it has one address.
    pub fn href(&self, number: impl Held<u64>) -> String {
        let number = number.held();
        if number <= 1 {
            return format!("{}{}", self.base, self.anchor);
        }
        let join = if self.base.contains('?') { '&' } else { '?' };
        format!("{}{join}{}={number}{}", self.base, self.param, self.anchor)
    }

    /// The page before, where there is one.
    pub fn previous(&self) -> Option<String> {
        (self.number > 1).then(|| self.href((self.number - 1).min(self.pages)))
    }

    /// The page after, where there is one.
    pub fn next(&self) -> Option<String> {
        (self.number < self.pages).then(|| self.href(self.number + 1))
    }

    /// First, last and the pages around this one.
    pub fn steps(&self) -> Vec<PagerStep> {
        let around = self.number.saturating_sub(1)..=self.number.saturating_add(1);
        let shown: BTreeSet<u64> =
            [1, self.pages].into_iter().chain(around).filter(|number| (1..=self.pages).contains(number)).collect();
        let mut steps = Vec::new();
        let mut last = 0;
        for number in shown {
            match number - last {
                1 => {}
                2 => steps.push(PagerStep::Number(number - 1)),
                _ => steps.push(PagerStep::Gap),
            }
            steps.push(PagerStep::Number(number));
            last = number;
        }
        steps
    }
}

/// How the values of a whole column are spread, as counts; drawn as a small picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// Nothing to draw.
    #[default]
    Nothing,
    /// Numbers or dates: how many fall in each of equal steps from the least to the greatest.
    Histogram(Vec<u64>),
    /// Few different values: how often the most frequent ones occur, and all the others together.
    Categories {
        /// Counts of the most frequent values, largest first.
        top: Vec<u64>,
        /// Everything else.
        rest: u64,
    },
    /// Every value occurs once.
    Unique,
}

/// A rectangle of a drawing of 100 by 30 units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// The style class.
    pub class: &'static str,
    /// Left edge.
    pub x: String,
    /// Top edge.
    pub y: String,
    /// Width.
    pub width: String,
    /// Height.
    pub height: String,
}

impl Shape {
    /// The rectangles, in a view box of 100 by 30.
    #[allow(clippy::cast_precision_loss)] // a drawing
    pub fn bars(&self) -> Vec<Bar> {
        let bar = |class, x: f64, y: f64, width: f64, height: f64| Bar {
            class,
            x: unit(x),
            y: unit(y),
            width: unit(width),
            height: unit(height),
        };
        match self {
            Self::Nothing => Vec::new(),
            Self::Unique => (0..20).map(|step| bar("h-soft", f64::from(step) * 5.0, 8.0, 4.0, 22.0)).collect(),
            Self::Histogram(counts) => {
                let most = counts.iter().copied().max().unwrap_or(0).max(1) as f64;
                let step = 100.0 / counts.len().max(1) as f64;
                let gap = (step * 0.18).min(1.0);
                counts
                    .iter()
                    .enumerate()
                    .filter(|(_, count)| **count > 0)
                    .map(|(index, count)| {
                        // Rare values stay visible.
                        let height = (*count as f64 / most * 28.0).max(0.8);
                        bar("h-bar", index as f64 * step, 30.0 - height, step - gap, height)
                    })
                    .collect()
            }
            Self::Categories { top, rest } => {
                let whole = (top.iter().sum::<u64>() + rest).max(1) as f64;
                let mut x = 0.0;
                let mut bars = Vec::new();
                for (index, count) in top.iter().take(4).chain([rest].into_iter().filter(|rest| **rest > 0)).enumerate()
                {
                    let width = *count as f64 / whole * 100.0;
                    let class = ["h-1", "h-2", "h-3", "h-4", "h-5"][index.min(4)];
                    let class = if index >= top.len().min(4) { "h-5" } else { class };
                    bars.push(bar(class, x, 10.0, (width - 0.8).max(0.4), 18.0));
                    x += width;
                }
                bars
            }
        }
    }

    /// Whether it is a histogram, which is worth a larger picture.
    pub fn is_histogram(&self) -> bool {
        matches!(self, Self::Histogram(_))
    }

    /// Whether there is something to draw.
    pub fn drawn(&self) -> bool {
        *self != Self::Nothing
    }
}

/// A length with at most one decimal.
fn unit(value: f64) -> String {
    let text = format!("{value:.1}");
    text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)
}

/// A value and how often it occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frequent {
    /// The value as the page's language writes it.
    pub value: String,
    /// In how many rows.
    pub count: u64,
}

/// A column of a table: what it means and what the whole of it holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnView {
    /// The name in files and queries, such as `so_hoc_sinh`.
    pub name: String,
    /// The name people read.
    pub title: Text,
    /// The code of `table::ingest::report::Kind`; its text is the message `ingest-kind-{kind}`.
    pub kind: String,
    /// Whether values stand to the right, as numbers do.
    pub number: bool,
    /// What it means, from the data dictionary.
    pub meaning: Option<Text>,
    /// The unit of its numbers.
    pub unit: Option<Text>,
    /// What its values must be, as sentences.
    pub rules: Vec<String>,
    /// The values it may hold, and what each means; any when empty.
    pub codes: Vec<(String, Option<Text>)>,
    /// How many rows the table has.
    pub rows: u64,
    /// In how many of them the cell is empty.
    pub nulls: u64,
    /// How many different values.
    pub distinct: u64,
    /// Whether that number is exact, or within 2 %.
    pub distinct_exact: bool,
    /// The least value, as the language writes it.
    pub min: Option<String>,
    /// The greatest value, as the language writes it.
    pub max: Option<String>,
    /// The most frequent values, most frequent first.
    pub top: Vec<Frequent>,
    /// How the values are spread.
    pub shape: Shape,
}

impl ColumnView {
    /// How many different values, with ≈ where it is an estimate.
    pub fn distinct_text(&self, page: &PageCtx) -> String {
        let mark = if self.distinct_exact { "" } else { "≈ " };
        format!("{mark}{}", page.num(self.distinct))
    }

    /// The one line under the small picture in a table's head.
    pub fn glance(&self, page: &PageCtx) -> String {
        match (&self.shape, &self.min, &self.max) {
            _ if self.rows > 0 && self.nulls == self.rows => page.t("column-all-empty"),
            (Shape::Unique, _, _) => page.t("column-all-different"),
            (Shape::Histogram(_), Some(min), Some(max)) if self.nulls == 0 => format!("{min} – {max}"),
            (Shape::Histogram(_), _, _) if self.nulls > 0 => {
                page.t1("column-empty-share", "share", page.share(self.nulls, self.rows))
            }
            _ => page.t2("column-values", "count", self.distinct, "text", self.distinct_text(page)),
        }
    }

    /// The most frequent values worth a line: beside a histogram, which tells the rest, only the first five.
    pub fn shown_top(&self) -> &[Frequent] {
        let most = if self.shape.is_histogram() { 5 } else { self.top.len() };
        &self.top[..most.min(self.top.len())]
    }

    /// The share of a frequent value as the width of a bar in per cent.
    pub fn width(&self, frequent: &Frequent) -> String {
        #[allow(clippy::cast_precision_loss)] // a drawing
        let share = frequent.count as f64 / self.rows.max(1) as f64 * 100.0;
        format!("{}%", unit(share.clamp(0.5, 100.0)))
    }
}

/// One thing that is wrong with a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The field it belongs to, by its name.
    pub field: Option<String>,
    /// What is wrong and what to do.
    pub text: String,
}

/// A field of a form with what was typed and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Field {
    /// The name, also the element's id.
    pub name: &'static str,
    /// What was typed, kept.
    pub value: String,
    /// What is wrong with it.
    pub error: Option<String>,
}

impl Field {
    /// A field with a value.
    pub fn new(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, value: value.into(), error: None }
    }

    /// With what is wrong with it, if one of these concerns it.
    #[must_use]
    pub fn checked(mut self, wrongs: &[Wrong]) -> Self {
        self.error =
            wrongs.iter().find(|wrong| wrong.field.as_deref() == Some(self.name)).map(|wrong| wrong.text.clone());
        self
    }
}

/// A choice of a select or a group of radio buttons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// Whether it is chosen.
    pub chosen: bool,
}

/// A list to choose from, with what is wrong with the choice.
#[derive(Clone, Debug, Default)]
pub struct Select {
    /// The choices; the first may be empty.
    pub choices: Vec<Choice>,
    /// Name and error; the value is in the choices.
    pub field: Field,
}

/// A group of a search's facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// The query parameter, such as `topic`.
    pub name: &'static str,
    /// The heading in the page's language.
    pub title: String,
    /// Whether it is shown open.
    pub open: bool,
    /// Its values, most frequent first, chosen ones always among them.
    pub values: Vec<FacetValue>,
}

/// A value of a facet: a link that puts it on or takes it off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What is read.
    pub text: Text,
    /// How many datasets remain with it.
    pub count: u64,
    /// The address with this value put on, or taken off where it is chosen.
    pub href: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The grain beside it, in the facet of timeliness.
    pub timeliness: Option<Timeliness>,
}

/// A filter in force, taken off by following its link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// The facet's heading.
    pub facet: String,
    /// The value.
    pub text: Text,
    /// The address without it.
    pub href: String,
}

/// The files of a table, or of a part of one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offers {
    /// For people: what a spreadsheet opens as it is.
    pub people: Vec<Download>,
    /// For programs.
    pub programs: Vec<Download>,
}

impl Offers {
    /// The file that most people want.
    pub fn first(&self) -> Option<&Download> {
        self.people.first().or(self.programs.first())
    }

    /// How many files there are beside it.
    pub fn others(&self) -> usize {
        (self.people.len() + self.programs.len()).saturating_sub(1)
    }
}

/// A file to download.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Download {
    /// The format's name: CSV, Parquet.
    pub format: String,
    /// What it is good for, in a few words of the page's language.
    pub note: String,
    /// Where it is.
    pub href: String,
    /// Its size in bytes; none for a file that is made when it is asked for.
    pub bytes: Option<u64>,
}

/// A dataset in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetRow {
    /// The title.
    pub title: Text,
    /// Its page.
    pub href: String,
    /// The publisher.
    pub agency: Text,
    /// Whether it is on time.
    pub freshness: Freshness,
    /// When its present version was published.
    pub published: NaiveDate,
    /// The number of that version, from 1.
    pub version: u64,
    /// Rows of all its tables.
    pub rows: u64,
    /// Downloads since the beginning.
    pub downloads: u64,
}

/// The head of a column, which puts the rows in its order.
#[derive(Clone, Debug)]
pub struct Head {
    /// What stands in the column.
    pub text: String,
    /// The same page in its order.
    pub href: String,
    /// Whether it holds numbers.
    pub number: bool,
    /// Whether a bar stands beside its numbers.
    pub bar: bool,
    /// The value of `aria-sort`, where the rows are in its order.
    pub sorted: Option<&'static str>,
}

impl Head {
    /// The name of the icon of its order.
    pub fn icon(&self) -> &'static str {
        if self.sorted == Some("ascending") { "asc" } else { "desc" }
    }
}

/// The width of a bar that shows a part of a whole, such as `62%`; nothing of nothing.
pub fn bar_width(part: u64, whole: u64) -> String {
    format!("{}%", (part.min(whole) * 100).checked_div(whole).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn numbers(pager: &Pager) -> String {
        let step = |step: &PagerStep| match step {
            PagerStep::Number(number) => number.to_string(),
            PagerStep::Gap => "…".into(),
        };
        pager.steps().iter().map(step).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_pager_shows_the_ends_and_the_neighbours() {
        assert_eq!(numbers(&Pager::new(1, 1, "/")), "1");
        assert_eq!(numbers(&Pager::new(1, 41, "/")), "1 2 … 41");
        assert_eq!(numbers(&Pager::new(4, 41, "/")), "1 2 3 4 5 … 41");
        assert_eq!(numbers(&Pager::new(20, 41, "/")), "1 … 19 20 21 … 41");
        assert_eq!(numbers(&Pager::new(41, 41, "/")), "1 … 40 41");
    }

    #[test]
    fn the_first_page_has_one_address_and_choices_are_kept() {
        let pager = Pager { anchor: "#du-lieu", ..Pager::new(2, 3, "/dataset?q=lua") };
        assert_eq!(pager.previous().as_deref(), Some("/dataset?q=lua#du-lieu"));
        assert_eq!(pager.next().as_deref(), Some("/dataset?q=lua&page=3#du-lieu"));
        assert_eq!(Pager::new(1, 2, "/dataset").next().as_deref(), Some("/dataset?page=2"));
    }

    #[test]
    fn json_ld_cannot_end_its_script_element() {
        let json = JsonLd::new(&serde_json::json!({ "name": "</script><!--<script>&\u{2028}" }));
        assert!(!json.json().contains(['<', '>', '&', '\u{2028}']), "{}", json.json());
        let back: serde_json::Value = serde_json::from_str(json.json()).unwrap();
        assert_eq!(back["name"], "</script><!--<script>&\u{2028}");
    }

    #[test]
    fn many_grains_are_drawn_by_tens() {
        let few = GrainRow { on_time: 8, soon: 1, late: 0, unscheduled: 0 };
        assert_eq!(few.grains().len(), 9);
        let many = GrainRow { on_time: 900, soon: 1, late: 12, unscheduled: 0 };
        assert_eq!(many.grains().len(), 93);
        assert!(many.by_tens());
    }

    proptest! {
        #[test]
        fn a_pager_is_short_and_ordered(pages in 1u64..5000, number in 1u64..6000) {
            let steps = Pager::new(number.min(pages), pages, "/").steps();
            prop_assert!(steps.len() <= 7);
            let shown: Vec<u64> = steps.iter().filter_map(|step| match step {
                PagerStep::Number(number) => Some(*number),
                PagerStep::Gap => None,
            }).collect();
            prop_assert!(shown.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(shown.last(), Some(&pages));
        }

        #[test]
        fn drawn_bars_stay_in_the_picture(counts in prop::collection::vec(0u64..1_000_000, 0..60)) {
            for shape in [Shape::Histogram(counts.clone()), Shape::Categories { top: counts, rest: 3 }] {
                for bar in shape.bars() {
                    let number = |text: &str| text.parse::<f64>().unwrap();
                    prop_assert!(number(&bar.x) + number(&bar.width) <= 100.6);
                    prop_assert!(number(&bar.y) + number(&bar.height) <= 30.1);
                }
            }
        }
    }
}

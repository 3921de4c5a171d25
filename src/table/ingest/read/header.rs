//! Where the header stands and what the columns are called: title rows above, headers of several rows with joined cells, rows of
//! units, rows of column numbers, and files without any header. The same rules serve text files and sheets.

use super::compose;
use super::kinds::{Look, look};
use super::model::Note;

/// How many rows a header may have.
const LEVELS: usize = 12;

/// A row as it stands in the file.
#[derive(Clone, Debug, Default)]
pub(super) struct HeadRow {
    /// The file's line or row, from 1.
    pub number: u64,
    /// Whether blank rows stand between it and the row before.
    pub gap: bool,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Bytes of a cell that are kept to find the header by, and bytes of all rows that are.
pub(super) const KEPT: (usize, usize) = (2_000, 16 << 20);

impl HeadRow {
    /// A row whose cells are cut short, and the bytes it takes.
    pub(super) fn cut<'a>(number: u64, gap: bool, cells: impl Iterator<Item = &'a str>) -> (Self, usize) {
        let mut bytes = 0;
        let cells = cells
            .map(|cell| {
                let end = (0..=KEPT.0.min(cell.len())).rev().find(|end| cell.is_char_boundary(*end)).unwrap_or(0);
                bytes += end + size_of::<String>();
                cell[..end].to_owned()
            })
            .collect();
        (Self { number, gap, cells }, bytes)
    }
}

/// Cells joined into one, in file rows and columns (columns from 0), both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Joined {
    /// First and last row, from 1.
    pub rows: (u64, u64),
    /// First and last column, from 0.
    pub columns: (usize, usize),
}

/// What is known of a table before its header is found.
pub(super) struct Beginning<'a> {
    /// The first rows that hold anything.
    pub head: &'a [HeadRow],
    /// Rows from elsewhere in the file, to know the columns by.
    pub others: &'a [Vec<String>],
    /// Columns that rows beyond these fill.
    pub beyond: &'a [bool],
    /// Cells joined into one (sheets).
    pub joined: &'a [Joined],
    /// Whether it is a sheet.
    pub sheet: bool,
    /// The file row of the last header row, as a person decided; 0 for none.
    pub chosen: Option<u64>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// Columns of the table as they stand in the file, in order; the titles belong to these.
    pub columns: Vec<usize>,
    /// One title per column.
    pub titles: Vec<String>,
    /// First and last header row as indexes of the head; `None` without a header.
    pub header: Option<(usize, usize)>,
    /// The index in the head of the first row below the header.
    pub below: usize,
    /// What a person should know.
    pub notes: Vec<Note>,
}

/// What a column holds for the most part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Typed {
    No,
    Numbers,
    Dates,
}

/// The columns of the body.
struct Body {
    typed: Vec<Typed>,
    filled: Vec<bool>,
    width: usize,
    /// How many cells most rows have, the empty ones too.
    usual: usize,
}

impl Body {
    fn of(beginning: &Beginning<'_>) -> Self {
        let rows: Vec<&[String]> = beginning
            .head
            .iter()
            .map(|row| &row.cells[..])
            .chain(beginning.others.iter().map(|row| &row[..]))
            .collect();
        let widest = rows.iter().map(|row| row.len()).max().unwrap_or(0);
        let counts: Vec<usize> = rows.iter().map(|row| filled(row)).collect();
        let usual = counts.iter().copied().max().unwrap_or(0);
        let wide: Vec<&[String]> =
            rows.iter().zip(&counts).filter(|(_, count)| **count * 3 >= usual.min(12)).map(|(row, _)| *row).collect();
        // The lower half of a short table, and all but the first rows of a long one, are surely below the header.
        let body = &wide[(wide.len() / 2).min(20)..];
        let mut looks = vec![(0_usize, 0_usize, 0_usize); widest];
        for row in body {
            for (slot, cell) in looks.iter_mut().zip(row.iter()) {
                match look(cell) {
                    Look::Number => slot.0 += 1,
                    Look::Date => slot.1 += 1,
                    Look::Text => slot.2 += 1,
                    Look::Vague | Look::Empty | Look::Absent => {}
                }
            }
        }
        let typed = looks
            .iter()
            .map(|(numbers, dates, texts)| {
                let all = numbers + dates + texts;
                if all > 0 && numbers * 5 >= all * 4 {
                    Typed::Numbers
                } else if all > 0 && dates * 5 >= all * 4 {
                    Typed::Dates
                } else {
                    Typed::No
                }
            })
            .collect();
        let mut used = vec![false; widest];
        for row in body {
            for (slot, cell) in used.iter_mut().zip(row.iter()) {
                *slot |= !is_blank(cell);
            }
        }
        let width = used.iter().filter(|used| **used).count().max(1);
        let mut lengths: Vec<usize> = wide.iter().map(|row| row.len()).collect();
        lengths.sort_unstable();
        let usual = lengths.get(lengths.len().saturating_sub(1) / 2).copied().unwrap_or(0);
        Self { typed, filled: used, width, usual }
    }

    /// Notes which columns hold anything from a head row on.
    fn fill_from(&mut self, beginning: &Beginning<'_>, from: usize) {
        let below = beginning.head.get(from..).unwrap_or_default().iter().map(|row| &row.cells);
        for row in below.chain(beginning.others) {
            if self.filled.len() < row.len() {
                self.filled.resize(row.len(), false);
            }
            for (slot, cell) in self.filled.iter_mut().zip(row) {
                *slot |= !is_blank(cell);
            }
        }
        if self.filled.len() < beginning.beyond.len() {
            self.filled.resize(beginning.beyond.len(), false);
        }
        for (slot, used) in self.filled.iter_mut().zip(beginning.beyond) {
            *slot |= used;
        }
    }

    /// How many cells of a row agree and disagree with what their columns hold.
    fn compare(&self, row: &[String]) -> (usize, usize) {
        let (mut agree, mut disagree) = (0, 0);
        for (typed, cell) in self.typed.iter().zip(row) {
            match (typed, look(cell)) {
                (Typed::Numbers, Look::Number) | (Typed::Dates, Look::Date) => agree += 1,
                (Typed::No, _) | (_, Look::Empty | Look::Absent | Look::Vague) => {}
                _ => disagree += 1,
            }
        }
        (agree, disagree)
    }
}

/// Whether a cell holds nothing but white space.
pub(super) fn is_blank(cell: &str) -> bool {
    cell.chars().all(char::is_whitespace)
}

/// How many cells hold anything.
pub(super) fn filled(row: &[String]) -> usize {
    row.iter().filter(|cell| !is_blank(cell)).count()
}

/// Finds the header.
pub(super) fn find(beginning: &Beginning<'_>) -> Layout {
    let mut body = Body::of(beginning);
    let bottom = match beginning.chosen {
        Some(0) => None,
        Some(row) => beginning.head.iter().rposition(|head| head.number <= row),
        None => bottom(beginning, &body),
    };
    body.fill_from(beginning, bottom.map_or(0, |bottom| bottom + 1));
    let Some(bottom) = bottom else { return nameless(beginning, &body) };
    let top = top(beginning, &body, bottom);
    name(beginning, &body, top, bottom)
}

/// The last row of the header.
fn bottom(beginning: &Beginning<'_>, body: &Body) -> Option<usize> {
    let head = beginning.head;
    // A row that looks like data but stands right above one that is words wherever data are numbers is a row of codes of the header.
    let is_code = |at: usize| {
        head.get(at + 1).is_some_and(|next| matches!(body.compare(&next.cells), (0, disagree) if disagree >= 2))
    };
    let first = (0..head.len()).find(|at| is_data(&head[*at], beginning, body) && !is_code(*at));
    let until = first.unwrap_or(head.len());
    let speaks = |at: &usize| {
        let row = &head[*at];
        body.compare(&row.cells).1 > 0 || is_run_of_years(row, body) || is_numbering(row, beginning.sheet)
    };
    if body.typed.iter().all(|typed| *typed == Typed::No) {
        // Words only: the first row as wide as the table.
        let wide = head.iter().position(|row| filled(&row.cells) * 5 >= body.width * 3)?;
        return Some(lowest_joined(beginning, wide));
    }
    if let Some(at) = (0..until).rfind(speaks) {
        return Some(lowest_joined(beginning, at).min(until.saturating_sub(1)));
    }
    // No word stands above a column of numbers; words above the columns of words will do.
    (0..until).rev().find(|at| {
        let row = &head[*at].cells;
        let words = row.iter().zip(&body.typed).filter(|(cell, typed)| **typed == Typed::No && !is_blank(cell)).count();
        filled(row) >= 2.min(body.width)
            && words * 2
                >= body.typed.iter().zip(&body.filled).filter(|(typed, used)| **typed == Typed::No && **used).count()
    })
}

/// Whether a row agrees with what the columns hold and is no row of years or column numbers.
fn is_data(row: &HeadRow, beginning: &Beginning<'_>, body: &Body) -> bool {
    let (agree, disagree) = body.compare(&row.cells);
    agree > 0 && agree >= disagree && !is_run_of_years(row, body) && !is_numbering(row, beginning.sheet)
}

/// The index of the lowest head row that cells joined downwards from `at` reach; a row under cells joined rightwards counts too.
fn lowest_joined(beginning: &Beginning<'_>, at: usize) -> usize {
    let number = beginning.head[at].number;
    let mut last = number;
    for joined in beginning.joined.iter().filter(|joined| joined.rows.0 <= number && number <= joined.rows.1) {
        last = last.max(joined.rows.1);
    }
    beginning.head.iter().rposition(|row| row.number <= last).unwrap_or(at).max(at)
}

/// Whether the numbers of a row are three or more that follow one another (1960, 1961, 1962), or two years, as in a header.
fn is_run_of_years(row: &HeadRow, body: &Body) -> bool {
    let numbers: Vec<i64> = row
        .cells
        .iter()
        .zip(&body.typed)
        .filter(|(cell, typed)| **typed == Typed::Numbers && !is_blank(cell))
        .map_while(|(cell, _)| cell.trim().parse().ok())
        .collect();
    let cells =
        row.cells.iter().zip(&body.typed).filter(|(cell, typed)| **typed == Typed::Numbers && !is_blank(cell)).count();
    let follow =
        numbers.windows(2).all(|pair| pair[1] - pair[0] == 1) || numbers.windows(2).all(|pair| pair[0] - pair[1] == 1);
    let years = numbers.iter().all(|number| (1900..=2100).contains(number));
    numbers.len() == cells && follow && (numbers.len() >= 2 && years)
}

/// Whether a row numbers the columns, as Vietnamese tables do under the header: A, B, 1, 2, 3=1+2.
fn is_numbering(row: &HeadRow, sheet: bool) -> bool {
    let (mut letters, mut numbers, mut formulas, mut last) = (0, 0, 0, 0_u32);
    for cell in row.cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()) {
        let bare = cell.trim_start_matches('(').trim_end_matches(')');
        let lead: String = bare.chars().take_while(char::is_ascii_digit).collect();
        if bare.chars().count() == 1 && bare.chars().all(|c| c.is_ascii_uppercase() || c == 'Đ') {
            if numbers > 0 {
                return false;
            }
            letters += 1;
            continue;
        }
        let rest = &bare[lead.len()..];
        let formula = rest.trim_start().starts_with('=');
        let Ok(number) = lead.parse::<u32>() else { return false };
        if !(rest.is_empty() || formula && rest.chars().all(|c| c.is_ascii_digit() || "=+-*/x:%() ,.".contains(c))) {
            return false;
        }
        if numbers > 0 && number != last + 1 || numbers == 0 && number > letters as u32 + 1 {
            return false;
        }
        last = number;
        numbers += 1;
        formulas += usize::from(formula || bare.len() != cell.len());
    }
    let marked = letters > 0 || formulas > 0;
    (marked && numbers >= 2) || (sheet && numbers >= 4) || numbers >= 8
}

/// The first row of the header whose last row is `bottom`.
fn top(beginning: &Beginning<'_>, body: &Body, bottom: usize) -> usize {
    let head = beginning.head;
    let mut top = bottom;
    let mut covered = vec![false; body.filled.len()];
    cover(beginning, bottom, &mut covered);
    while top > 0 && bottom - top < LEVELS {
        let missing = covered.iter().zip(&body.filled).any(|(covered, used)| *used && !*covered);
        let numbering = (top..=bottom).all(|at| is_numbering(&head[at], beginning.sheet));
        let above = &head[top - 1];
        let cells = spread(beginning, top - 1);
        let distinct = distinct(&cells);
        let count = filled(&cells);
        let first = cells.iter().position(|cell| !is_blank(cell)).unwrap_or(0);
        let adds = cells
            .iter()
            .zip(covered.iter().zip(&body.filled))
            .any(|(cell, (covered, used))| !is_blank(cell) && !covered && *used);
        let titled = distinct < 2 && body.width > 1 && !is_joined_down(beginning, top - 1, top);
        let belongs = if numbering {
            distinct >= 2 || body.width == 1
        } else if missing {
            adds && !titled && (!head[top].gap || count * 2 >= body.width)
        } else {
            let tied = is_joined_down(beginning, top - 1, top);
            distinct >= 2 && (tied || !head[top].gap && (count * 2 > body.width || (first > 0 && count >= 2)))
        };
        let data = is_data(above, beginning, body) && filled(&above.cells) < filled(&head[top].cells);
        if !belongs || data {
            break;
        }
        top -= 1;
        cover(beginning, top, &mut covered);
    }
    top
}

/// Whether cells joined downwards tie two rows of the head together.
fn is_joined_down(beginning: &Beginning<'_>, upper: usize, lower: usize) -> bool {
    let (upper, lower) = (beginning.head[upper].number, beginning.head[lower].number);
    beginning.joined.iter().any(|joined| joined.rows.0 <= upper && lower <= joined.rows.1)
}

fn cover(beginning: &Beginning<'_>, at: usize, covered: &mut [bool]) {
    for (slot, cell) in covered.iter_mut().zip(spread(beginning, at)) {
        *slot |= !is_blank(&cell);
    }
}

fn distinct(cells: &[String]) -> usize {
    let mut seen: Vec<&str> = cells.iter().map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len()
}

/// A head row with its joined cells filled in.
fn spread(beginning: &Beginning<'_>, at: usize) -> Vec<String> {
    let row = &beginning.head[at];
    let mut cells = row.cells.clone();
    for joined in beginning.joined.iter().filter(|joined| joined.rows.0 <= row.number && row.number <= joined.rows.1) {
        let source = beginning
            .head
            .iter()
            .find(|head| head.number == joined.rows.0)
            .and_then(|head| head.cells.get(joined.columns.0));
        let Some(text) = source.filter(|text| !is_blank(text)) else { continue };
        let last =
            joined.columns.1.min(beginning.head.iter().map(|row| row.cells.len()).max().unwrap_or(0).saturating_sub(1));
        if cells.len() <= last {
            cells.resize(last + 1, String::new());
        }
        for cell in cells.iter_mut().take(last + 1).skip(joined.columns.0).filter(|cell| is_blank(cell)) {
            cell.clone_from(text);
        }
    }
    cells
}

/// A layout without a header.
fn nameless(beginning: &Beginning<'_>, body: &Body) -> Layout {
    let width = beginning.head.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    let columns = kept(&vec![String::new(); width], body, beginning.sheet);
    let titles = columns.iter().map(|column| format!("column_{}", column + 1)).collect();
    let below = beginning
        .head
        .iter()
        .position(|row| filled(&row.cells) * 3 >= body.width.min(12) && is_data(row, beginning, body))
        .unwrap_or(0);
    let below = if beginning.chosen == Some(0) { 0 } else { below };
    let mut notes = vec![Note::new("no-header").with("columns", columns.len())];
    note_skipped(beginning, below, &mut notes);
    Layout { columns, titles, header: None, below, notes }
}

/// Titles of a header that spans `top` to `bottom`.
fn name(beginning: &Beginning<'_>, body: &Body, top: usize, bottom: usize) -> Layout {
    let head = beginning.head;
    let mut notes = Vec::new();
    note_skipped(beginning, top, &mut notes);
    let mut levels: Vec<Vec<String>> = Vec::new();
    for (at, row) in head.iter().enumerate().take(bottom + 1).skip(top) {
        if top < bottom && beginning.chosen != Some(row.number) && is_numbering(row, beginning.sheet) {
            notes.push(Note::new("numbering-left-out").with("row", row.number));
        } else {
            levels.push(spread(beginning, at));
        }
    }
    let width = levels.iter().map(Vec::len).max().unwrap_or(0).max(body.filled.len());
    for level in &mut levels {
        level.resize(width, String::new());
    }
    // Where cells were joined, the sheet says itself what belongs together.
    let tells = beginning.joined.iter().any(|joined| {
        joined.columns.1 > joined.columns.0 && (head[top].number..=head[bottom].number).contains(&joined.rows.0)
    });
    if !tells {
        fill_right(&mut levels);
    }
    let joined: Vec<String> = (0..width).map(|column| join(&levels, column)).collect();
    let columns = kept(&joined, body, beginning.sheet);
    let table = if beginning.sheet {
        width
    } else {
        body.usual.max(joined.iter().rposition(|title| !title.is_empty()).map_or(0, |at| at + 1))
    };
    let dropped = (0..table).filter(|column| !columns.contains(column)).count();
    if dropped > 0 {
        notes.push(Note::new("empty-columns-left-out").with("count", dropped));
    }
    let titles = unique(&columns, &joined, &mut notes);
    if levels.len() > 1 {
        notes.push(Note::new("header-rows-joined").with("from", head[top].number).with("to", head[bottom].number));
    }
    Layout { columns, titles, header: Some((top, bottom)), below: bottom + 1, notes }
}

fn note_skipped(beginning: &Beginning<'_>, until: usize, notes: &mut Vec<Note>) {
    if let (Some(first), Some(last)) =
        (beginning.head.first(), until.checked_sub(1).and_then(|at| beginning.head.get(at)))
    {
        let words: Vec<String> = beginning.head[..until]
            .iter()
            .flat_map(|row| row.cells.iter())
            .map(|cell| compose::title(cell))
            .filter(|cell| !cell.is_empty())
            .collect();
        let words: String = words.join(" | ").chars().take(500).collect();
        notes.push(
            Note::new("rows-above-left-out").with("from", first.number).with("to", last.number).with("text", words),
        );
    }
}

/// In every level but the last, a filled cell also speaks for the empty cells to its right, as far as the level above allows and as
/// long as there are words below.
fn fill_right(levels: &mut [Vec<String>]) {
    let raw: Vec<Vec<bool>> = levels.iter().map(|level| level.iter().map(|cell| !is_blank(cell)).collect()).collect();
    for at in 0..levels.len().saturating_sub(1) {
        for column in 1..levels[at].len() {
            let free = raw[..=at].iter().all(|level| !level[column]);
            let words_below = raw[at + 1..].iter().any(|level| level[column]);
            if free && words_below && !is_blank(&levels[at][column - 1]) {
                let left_words_below = raw[at + 1..].iter().any(|level| level[column - 1]);
                if left_words_below {
                    levels[at][column] = levels[at][column - 1].clone();
                }
            }
        }
    }
}

/// The title of a column: its levels, each once.
fn join(levels: &[Vec<String>], column: usize) -> String {
    let mut parts: Vec<String> = Vec::new();
    for level in levels {
        let part = compose::title(&level[column]);
        if !part.is_empty() && parts.last().is_none_or(|last| last.to_lowercase() != part.to_lowercase()) {
            parts.push(part);
        }
    }
    parts.join(" / ")
}

/// Which columns belong to the table: in a sheet those that hold or are called anything, in a text file all between the first and the
/// last of these.
fn kept(titles: &[String], body: &Body, sheet: bool) -> Vec<usize> {
    let width = titles.len().max(body.filled.len());
    let counts = |column: &usize| {
        body.filled.get(*column).copied().unwrap_or(false) || titles.get(*column).is_some_and(|title| !is_blank(title))
    };
    if sheet {
        return (0..width)
            .filter(counts)
            // An empty column that only shares the words of its left neighbour is the right part of a joined cell.
            .filter(|column| {
                body.filled.get(*column).copied().unwrap_or(false)
                    || *column == 0
                    || titles.get(*column) != titles.get(column - 1)
                    || !body.filled.iter().any(|used| *used)
            })
            .collect();
    }
    let first = (0..width).find(counts).unwrap_or(0);
    // Cells beyond the header in a few rows only are faults of those rows and no columns.
    let named = titles.iter().rposition(|title| !is_blank(title)).map_or(0, |at| at + 1);
    let last = (0..named.max(body.usual)).rev().find(counts).unwrap_or(0);
    (first..=last.max(first)).collect()
}

/// Titles of the columns: an empty one gets a name by its position, one that was there before gets a number.
fn unique(columns: &[usize], joined: &[String], notes: &mut Vec<Note>) -> Vec<String> {
    let mut titles: Vec<String> = Vec::with_capacity(columns.len());
    let mut seen = std::collections::HashSet::new();
    let (mut named, mut numbered) = (0_usize, 0_usize);
    for column in columns {
        let mut title = joined.get(*column).cloned().unwrap_or_default();
        if title.is_empty() {
            title = format!("column_{}", column + 1);
            named += 1;
        }
        if !seen.insert(title.to_lowercase()) {
            numbered += 1;
            let mut number = 2;
            while !seen.insert(format!("{title} ({number})").to_lowercase()) {
                number += 1;
            }
            title = format!("{title} ({number})");
        }
        titles.push(title);
    }
    if named > 0 {
        notes.push(Note::new("titles-by-position").with("count", named));
    }
    if numbered > 0 {
        notes.push(Note::new("titles-numbered").with("count", numbered));
    }
    titles
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<HeadRow> {
        let mut gap = false;
        let mut rows = Vec::new();
        for (at, line) in text.lines().enumerate() {
            let cells: Vec<String> = line.split('|').map(str::to_owned).collect();
            if filled(&cells) == 0 {
                gap = true;
                continue;
            }
            rows.push(HeadRow { number: at as u64 + 1, gap, cells });
            gap = false;
        }
        rows
    }

    fn layout(text: &str, joined: &[Joined], sheet: bool) -> Layout {
        let head = rows(text);
        find(&Beginning { head: &head, others: &[], beyond: &[], joined, sheet, chosen: None })
    }

    #[test]
    fn a_plain_header_is_found() {
        let found = layout("a|b|c\n1|2|3\n4|5|6", &[], false);
        assert_eq!(
            (found.titles, found.header, found.below),
            (vec!["a".into(), "b".into(), "c".into()], Some((0, 0)), 1)
        );
        assert_eq!(layout("tên|loại\nHà Nội|thành phố\nHuế|thành phố", &[], false).header, Some((0, 0)));
    }

    #[test]
    fn title_rows_above_are_left_out_and_noted() {
        let found = layout("Báo cáo||\n||\nTên|Số|Năm\nA|1|2020\nB|2|2021", &[], false);
        assert_eq!(found.header, Some((1, 1)));
        assert_eq!(found.titles, ["Tên", "Số", "Năm"]);
        assert_eq!(found.notes[0].code, "rows-above-left-out");
    }

    #[test]
    fn years_as_titles_are_a_header() {
        let found = layout("Source|World||\n\nName|2001|2002|2003\nA|1.5|2|3\nB|4|5|6", &[], false);
        assert_eq!(found.titles, ["Name", "2001", "2002", "2003"]);
    }

    #[test]
    fn numbers_only_have_no_header() {
        let found = layout("1|2.5|7\n2|3.5|9\n3|4.5|8", &[], false);
        assert_eq!((found.header, found.below), (None, 0));
        assert_eq!(found.titles, ["column_1", "column_2", "column_3"]);
    }

    #[test]
    fn a_header_of_several_rows_is_joined() {
        let text = "Tên|Chi||Ghi chú\n|Đầu tư|Khác|\nA|B|1|2=1+1\nHà Nội|5|6|\nHuế|7|8|x";
        let joined = [
            Joined { rows: (1, 2), columns: (0, 0) },
            Joined { rows: (1, 1), columns: (1, 2) },
            Joined { rows: (1, 2), columns: (3, 3) },
        ];
        let found = layout(text, &joined, true);
        assert_eq!(found.titles, ["Tên", "Chi / Đầu tư", "Chi / Khác", "Ghi chú"]);
        assert_eq!(found.below, 3);
    }

    #[test]
    fn a_section_row_below_the_header_is_data() {
        let found = layout("TT|Chỉ tiêu|Số\nA|NGÂN SÁCH|\n1|Thu|5\n2|Chi|6\n3|Nợ|7", &[], true);
        assert_eq!(found.below, 1);
    }
}

//! A page as a picture for where its address is shared: a drawing of 1200 × 630, made of words alone.

use askama::Template;

use super::feed::xml;
use crate::http::page::Timeliness;

/// The width of the picture in pixels.
pub const WIDTH: u32 = 1200;
/// How wide lines may be.
const LINE: f64 = 1060.0;

/// `/og.png` and `/dataset/{slug}/og.png`, as a drawing.
#[derive(Clone, Debug, Template)]
#[template(path = "pictures/share.svg")]
pub struct SharePicture {
    /// The portal's name.
    pub portal: String,
    /// What a portal that illustrates says so with.
    pub note: Option<String>,
    /// The title.
    pub title: Title,
    /// Whose it is.
    pub agency: String,
    /// Whether it is on time: a colour and words.
    pub state: Option<(&'static str, String)>,
    /// Numbers.
    pub facts: String,
}

/// A title in lines.
#[derive(Clone, Debug)]
pub struct Title {
    /// The size of its letters in pixels.
    pub size: u32,
    /// The lines.
    pub lines: Vec<String>,
}

impl Title {
    /// Large where it fits in three lines, else smaller in four, the last of which is cut where that is not enough.
    pub fn new(text: &str) -> Self {
        let text = line(text);
        let large = wrapped(&text, 58.0, 4);
        if large.len() <= 3 {
            return Self { size: 58, lines: large };
        }
        Self { size: 46, lines: wrapped(&text, 46.0, 4) }
    }
}

/// A text of one line: what XML cannot hold left out, every space a single one.
pub fn line(text: &str) -> String {
    xml(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// As much of a text as one line holds at a size.
pub fn one_line(text: &str, size: f64) -> String {
    wrapped(&line(text), size, 1).into_iter().next().unwrap_or_default()
}

/// As much of a text as a line of a width holds at a size, where lines are not as wide as this picture's.
pub fn fitting(text: &str, size: f64, wide: f64) -> String {
    one_line(text, size * LINE / wide)
}

/// The colour of what is withdrawn.
pub const GONE: &str = "#8d8579";

/// The colour of a state, as badges have it.
pub fn colour(state: Timeliness) -> &'static str {
    match state {
        Timeliness::OnTime => "#2c6d3e",
        Timeliness::Soon => "#c8861e",
        Timeliness::Late => "#cb4838",
        Timeliness::Unscheduled => "#8d8579",
    }
}

impl SharePicture {
    /// The lines of the title with where each stands.
    pub fn lines(&self) -> Vec<(u32, &str)> {
        let lines = self.title.lines.iter().map(String::as_str);
        (0_u32..).zip(lines).map(|(at, line)| (self.line(at), line)).collect()
    }

    /// Where the agency stands.
    pub fn below(&self) -> u32 {
        let lines = u32::try_from(self.title.lines.len()).unwrap_or(1).max(1);
        self.line(lines - 1) + 62
    }

    /// Where the last line stands.
    pub fn last(&self) -> u32 {
        self.below() + if self.agency.is_empty() { 0 } else { 50 }
    }

    /// Where a line of the title stands: two marks on one letter never touch the line above.
    fn line(&self, at: u32) -> u32 {
        142 + self.title.size + at * (self.title.size * 13 / 10)
    }
}

/// How wide a character of the semi-bold face is, about, in parts of its size.
fn width(c: char) -> f64 {
    let folded = crate::kernel::text::fold(c.encode_utf8(&mut [0; 4]));
    let plain = folded.chars().next().unwrap_or(c);
    let wide = match plain {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' => 0.31,
        ' ' => 0.26,
        'f' | 'r' | 't' | '(' | ')' | '[' | ']' | '-' | '"' | '/' => 0.42,
        'm' => 0.94,
        'w' => 0.86,
        c if c.is_ascii_alphanumeric() => 0.62,
        _ => 0.7,
    };
    // A horn makes a letter wider, and capitals are.
    let horn = if "ơưƠƯ".contains(c) || c.len_utf8() == 3 && "ou".contains(plain) { 0.04 } else { 0.0 };
    if c.is_uppercase() { wide * 1.16 + horn } else { wide + horn }
}

/// A text in at most so many lines; what does not fit is cut at a word, with an ellipsis.
fn wrapped(text: &str, size: f64, most: usize) -> Vec<String> {
    let wide = |text: &str| text.chars().map(width).sum::<f64>() * size;
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split(' ').filter(|word| !word.is_empty()).peekable();
    let mut current = String::new();
    while let Some(word) = words.peek() {
        let longer = if current.is_empty() { (*word).to_owned() } else { format!("{current} {word}") };
        if wide(&longer) <= LINE || current.is_empty() {
            current = longer;
            words.next();
            if wide(&current) <= LINE {
                continue;
            }
            // One word that is longer than a line.
            while wide(&current) > LINE - size {
                current.pop();
            }
            current.push('…');
        }
        lines.push(std::mem::take(&mut current));
        if lines.len() == most {
            break;
        }
    }
    if !current.is_empty() {
        lines.push(current);
    }
    if words.peek().is_some()
        && let Some(last) = lines.last_mut()
    {
        while wide(last) > LINE - size {
            let cut = last.rfind(' ').unwrap_or(0);
            last.truncate(cut);
        }
        let kept = last.trim_end_matches([',', '.', ';', ':', '…', ' ']).len();
        last.truncate(kept);
        last.push('…');
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_are_wrapped_and_what_is_too_long_is_cut_at_a_word() {
        let short = Title::new("Trường học");
        assert_eq!((short.size, short.lines), (58, vec!["Trường học".to_owned()]));
        let long = Title::new(&"Danh sách cơ sở giáo dục, ".repeat(20));
        assert_eq!((long.size, long.lines.len()), (46, 4));
        assert!(long.lines[3].ends_with("dục…") || long.lines[3].ends_with('…'), "{:?}", long.lines);
        assert!(long.lines.iter().all(|line| line.chars().map(width).sum::<f64>() * 46.0 <= LINE));
        let one = Title::new(&"đ".repeat(300));
        assert!(one.lines.len() == 1 && one.lines[0].ends_with('…'), "{:?}", one.lines);
        assert_eq!(Title::new("a\u{0} \n b").lines, ["a b"]);
        assert!(Title::new("").lines.is_empty());
        assert!(one_line(&"Sở Y tế ".repeat(30), 30.0).ends_with('…'));
        let narrow = fitting(&"Danh sách trạm y tế ".repeat(9), 16.0, 290.0);
        assert!(narrow.ends_with('…') && narrow.chars().map(width).sum::<f64>() * 16.0 <= 290.0, "{narrow}");
        assert_eq!(fitting("Trạm y tế", 16.0, 290.0), "Trạm y tế");
    }
}

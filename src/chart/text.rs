//! How wide words are. The portal's typeface is not measured letter by letter: widths are of classes of letters, rounded up,
//! so that what is planned for has room in the typefaces that stand in for it too.

/// The width of a text in a size of letters, in the same unit.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(letter).sum::<f64>() * size
}

fn letter(c: char) -> f64 {
    match c {
        ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | 'i' | 'j' | 'l' | 'I' | '(' | ')' | '[' | ']' | '!' => 0.32,
        'f' | 't' | 'r' | '-' | '/' | '"' => 0.42,
        'm' | 'w' | 'M' | 'W' | '…' | '%' | '—' => 0.92,
        '\u{300}'..='\u{36f}' => 0.0,
        c if c.is_ascii_digit() => 0.62,
        c if c.is_uppercase() => 0.72,
        c if c.is_ascii() || c.is_alphabetic() => 0.59,
        _ => 1.0,
    }
}

/// A text in lines of at most this width, and at most so many; the last ends with an ellipsis where not all of it fits. One
/// line at least.
pub fn wrap(text: &str, most: f64, size: f64, lines: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut words = text.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if width(&longer, size) <= most {
            line = longer;
            continue;
        }
        if out.len() + 1 >= lines {
            // No further line: what is left is cut.
            let rest: Vec<&str> = std::iter::once(word).chain(words.by_ref()).collect();
            let whole = if line.is_empty() { rest.join(" ") } else { format!("{line} {}", rest.join(" ")) };
            out.push(cut(&whole, most, size));
            return out;
        }
        if !line.is_empty() {
            out.push(std::mem::take(&mut line));
        }
        line = if width(word, size) <= most { word.to_owned() } else { cut(word, most, size) };
    }
    if !line.is_empty() || out.is_empty() {
        out.push(line);
    }
    out
}

/// As much of a text as fits, with an ellipsis where something is left out.
fn cut(text: &str, most: f64, size: f64) -> String {
    if width(text, size) <= most {
        return text.to_owned();
    }
    let mut kept = String::new();
    let room = most - width("…", size);
    let mut wide = 0.0;
    for c in text.chars() {
        wide += letter(c) * size;
        if wide > room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn wrapped_lines_keep_their_width_and_number(text in "\\PC{0,80}", most in 30.0f64..300.0, lines in 1usize..4) {
            let found = wrap(&text, most, 12.0, lines);
            prop_assert!((1..=lines).contains(&found.len()));
            for line in &found {
                prop_assert!(width(line, 12.0) <= most + 0.001, "{line}");
            }
        }
    }

    #[test]
    fn a_text_that_fits_stays_whole() {
        assert_eq!(wrap("Đồng bằng", 200.0, 12.0, 2), ["Đồng bằng"]);
        assert_eq!(wrap("Vùng trung du phía Bắc", 90.0, 12.0, 2), ["Vùng trung du", "phía Bắc"]);
        assert!(wrap("Vùng trung du phía Bắc", 90.0, 12.0, 1)[0].ends_with('…'));
    }

    #[test]
    fn marks_without_a_width_of_their_own_take_no_time() {
        let text = format!("a{}{}", "\u{301}".repeat(200_000), "b".repeat(50));
        assert!(wrap(&text, 60.0, 12.0, 1)[0].ends_with("bb…"));
    }
}

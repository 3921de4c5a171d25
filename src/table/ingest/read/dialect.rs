//! How a text file divides cells: the delimiter and the quote under which its lines look most like one table.

use std::collections::HashMap;

use super::kinds::{Look, look};
use super::model::Dialect;

/// Delimiters that are tried.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// A piece of a file: whole lines, as far as can be told.
pub(super) struct Piece<'a> {
    /// UTF-8 text.
    pub bytes: &'a [u8],
    /// Whether the file ends with it.
    pub last: bool,
}

/// A piece divided under a dialect.
#[derive(Default)]
pub(super) struct Divided {
    /// Rows that hold more than white space.
    pub rows: Vec<Vec<String>>,
    /// Quoted cells that end where a delimiter or a line end follows.
    pub closed: usize,
    /// Quoted cells that do not.
    pub open: usize,
}

/// Divides a piece, forgiving everything. At most `most` rows.
pub(super) fn divide(piece: &Piece<'_>, dialect: Dialect, most: usize) -> Divided {
    let mut out = Divided::default();
    let (mut row, mut cell) = (Vec::new(), Vec::new());
    let mut bytes = piece.bytes.iter().copied().peekable();
    let mut fresh = true;
    while let Some(byte) = bytes.next() {
        if fresh && Some(byte) == dialect.quote {
            fresh = false;
            let mut closed = false;
            while let Some(inner) = bytes.next() {
                if Some(inner) == dialect.quote {
                    if bytes.peek() == Some(&inner) {
                        bytes.next();
                    } else {
                        closed = matches!(bytes.peek(), None | Some(b'\n' | b'\r'))
                            || bytes.peek() == Some(&dialect.delimiter);
                        break;
                    }
                }
                cell.push(inner);
            }
            if closed {
                out.closed += 1;
            } else if bytes.peek().is_some() || piece.last {
                out.open += 1;
            }
            continue;
        }
        fresh = false;
        if byte == dialect.delimiter {
            row.push(text(&mut cell));
            fresh = true;
        } else if byte == b'\n' || byte == b'\r' {
            row.push(text(&mut cell));
            finish(&mut row, &mut out.rows);
            fresh = true;
            if out.rows.len() >= most {
                return out;
            }
        } else {
            cell.push(byte);
        }
    }
    if piece.last && (!cell.is_empty() || !row.is_empty()) {
        row.push(text(&mut cell));
        finish(&mut row, &mut out.rows);
    }
    out
}

fn text(cell: &mut Vec<u8>) -> String {
    let text = String::from_utf8_lossy(cell).into_owned();
    cell.clear();
    text
}

fn finish(row: &mut Vec<String>, rows: &mut Vec<Vec<String>>) {
    let row = std::mem::take(row);
    if row.iter().any(|cell| !cell.trim().is_empty()) {
        rows.push(row);
    }
}

/// The dialect of a file, from its first piece (and others, when it is long). `delimiter` and `quote` are what a person decided; a
/// quote of 0 is none.
pub(super) fn detect(pieces: &[Piece<'_>], delimiter: Option<u8>, quote: Option<u8>) -> Dialect {
    let mut best = (f64::MIN, Dialect { delimiter: b',', quote: Some(b'"') });
    let delimiters: &[u8] = delimiter.as_ref().map_or(&DELIMITERS, std::slice::from_ref);
    for &delimiter in delimiters {
        let quote = match quote {
            Some(0) => None,
            Some(quote) => Some(quote),
            None => quote_under(pieces, delimiter),
        };
        let dialect = Dialect { delimiter, quote };
        let score = score(pieces, dialect);
        if score > best.0 {
            best = (score, dialect);
        }
    }
    best.1
}

/// Which quote the first piece uses: double quotes unless they do not close where cells end, single quotes only on clear evidence.
fn quote_under(pieces: &[Piece<'_>], delimiter: u8) -> Option<u8> {
    let count = |quote: u8| {
        pieces.first().map_or((0, 0, 0), |piece| {
            let divided = divide(piece, Dialect { delimiter, quote: Some(quote) }, usize::MAX);
            (divided.closed, divided.open, divided.rows.len())
        })
    };
    let (closed, open, _) = count(b'"');
    if closed == 0 {
        let (closed, open, rows) = count(b'\'');
        if closed >= 3 && closed * 4 >= rows && open * 10 <= closed {
            return Some(b'\'');
        }
    }
    // One quote that does not close is a fault to be refused; several are no quotes.
    if open > closed && open >= 2 { None } else { Some(b'"') }
}

/// How much the pieces look like one table: rows of one length, of more than one cell, with clean cells.
#[expect(clippy::cast_precision_loss, reason = "counts of a sample are far below 2^52")]
fn score(pieces: &[Piece<'_>], dialect: Dialect) -> f64 {
    let mut lengths: HashMap<usize, usize> = HashMap::new();
    let (mut rows, mut cells, mut clean) = (0_usize, 0_usize, 0_usize);
    for piece in pieces {
        for row in divide(piece, dialect, 2_000).rows {
            rows += 1;
            *lengths.entry(row.len()).or_default() += 1;
            cells += row.len();
            clean += row.iter().filter(|cell| is_clean(cell, dialect)).count();
        }
    }
    let Some((&length, &share)) = lengths.iter().max_by_key(|(length, count)| (**count, **length)) else { return 0.0 };
    let share = share as f64 / rows as f64;
    let cleanness = clean as f64 / cells.max(1) as f64;
    let width = if length > 1 { (length - 1) as f64 / length as f64 } else { 0.001 };
    share * share * width * cleanness * cleanness
}

/// Whether a cell shows no sign of having been cut or joined at the wrong places.
fn is_clean(cell: &str, dialect: Dialect) -> bool {
    if matches!(look(cell), Look::Number | Look::Date | Look::Empty | Look::Absent) {
        return true;
    }
    let bytes = cell.as_bytes();
    let other = DELIMITERS.into_iter().any(|delimiter| {
        delimiter != dialect.delimiter
            && bytes
                .iter()
                .enumerate()
                .any(|(at, byte)| *byte == delimiter && bytes.get(at + 1).is_none_or(|next| *next != b' '))
    });
    let half_quoted = dialect.quote != Some(b'"') && (cell.starts_with('"') || cell.ends_with('"'));
    !other && !half_quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Dialect {
        detect(&[Piece { bytes: text.as_bytes(), last: true }], None, None)
    }

    #[test]
    fn delimiters_are_told_apart() {
        assert_eq!(of("a,b\n1,2\n3,4\n").delimiter, b',');
        assert_eq!(of("tên;giá;tăng\nA;1,5;2,3\nB;1,7;3,3\n").delimiter, b';');
        assert_eq!(of("a\tb, c\n1\t2, x\n").delimiter, b'\t');
        assert_eq!(of("a|b|c\nx, y|1,5|2\n").delimiter, b'|');
        assert_eq!(of("tên\nHà Nội\nHuế\n").delimiter, b',');
    }

    #[test]
    fn quotes_are_told_apart() {
        assert_eq!(of("a,b\n\"x, y\",2\n").quote, Some(b'"'));
        assert_eq!(of("a,b\n'x, y',2\n'z','u'\n").quote, Some(b'\''));
        assert_eq!(of("a\tb\n\"x\" y\t1\n\"z\" w\t2\n").quote, None);
        assert_eq!(of("a,b\n37'36\"N,1\n").quote, Some(b'"'));
    }
}

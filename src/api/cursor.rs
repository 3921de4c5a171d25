//! Cursors: where a reader of rows has come to. They name the version and the place in the result's order, which never
//! changes within a version, and carry a mark of table and query, so that one is never used with another.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// The form of this program's cursors.
const FORM: u8 = 1;
/// Bytes of a mark.
const MARK: usize = 8;

/// Where the next page begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cursor {
    /// The version that was begun with.
    pub number: i32,
    /// Rows before the page.
    pub offset: u64,
    /// Of table and query.
    pub mark: [u8; MARK],
}

impl Cursor {
    /// The mark of a table, by the hash of its bytes, and of a query, by its parameters.
    pub(super) fn mark(table: &str, query: &[(String, String)]) -> [u8; MARK] {
        let hash = Sha256::new().chain_update(table).chain_update(format!("{query:?}")).finalize();
        let mut mark = [0; MARK];
        mark.copy_from_slice(&hash[..MARK]);
        mark
    }

    /// As addresses carry it.
    pub(super) fn write(&self) -> String {
        let mut bytes = vec![FORM];
        bytes.extend_from_slice(&self.number.to_be_bytes());
        bytes.extend_from_slice(&self.offset.to_be_bytes());
        bytes.extend_from_slice(&self.mark);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// From an address; none for what is no cursor of ours.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (form, rest) = bytes.split_first()?;
        let (number, rest) = rest.split_first_chunk::<4>()?;
        let (offset, mark) = rest.split_first_chunk::<8>()?;
        let (number, offset) = (i32::from_be_bytes(*number), u64::from_be_bytes(*offset));
        (*form == FORM && number > 0).then_some(Self { number, offset, mark: mark.try_into().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_cursor_comes_back_as_it_was_and_nothing_else_is_one(number in 1..i32::MAX, offset: u64, mark: [u8; 8], text: String) {
            let cursor = Cursor { number, offset, mark };
            prop_assert_eq!(Cursor::read(&cursor.write()), Some(cursor));
            if let Some(read) = Cursor::read(&text) {
                prop_assert_eq!(read.write(), text);
            }
        }
    }

    #[test]
    fn another_table_or_query_has_another_mark() {
        let query = |value: &str| vec![("filter.a.eq".to_owned(), value.to_owned())];
        assert_ne!(Cursor::mark("a", &query("1")), Cursor::mark("a", &query("2")));
        assert_ne!(Cursor::mark("a", &query("1")), Cursor::mark("b", &query("1")));
    }
}

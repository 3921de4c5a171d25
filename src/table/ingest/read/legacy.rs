//! Single-byte encodings as tables: the Vietnamese ones that no library knows (TCVN 5712:1993, VISCII of RFC 1456), and three
//! more taken from `encoding_rs` with their undefined bytes left undefined.

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252, WINDOWS_1258};

/// What each byte stands for; `None` where the encoding defines nothing.
pub(super) type Table = [Option<char>; 256];

/// TCVN 5712:1993 (VN1, of which VN3, "TCVN3" or "ABC", is the part that old fonts used), bytes 0x80 to 0xFF.
const TCVN_HIGH: &str = "ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ\u{a0}ĂÂÊÔƠƯĐăâêôơưđẰ\u{300}\u{309}\u{303}\u{301}\u{323}àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ";

/// The control codes that TCVN 5712:1993 replaces.
const TCVN_LOW: [(u8, char); 12] = [
    (0x01, 'Ú'),
    (0x02, 'Ụ'),
    (0x04, 'Ừ'),
    (0x05, 'Ử'),
    (0x06, 'Ữ'),
    (0x11, 'Ứ'),
    (0x12, 'Ự'),
    (0x13, 'Ỳ'),
    (0x14, 'Ỷ'),
    (0x15, 'Ỹ'),
    (0x16, 'Ý'),
    (0x17, 'Ỵ'),
];

/// VISCII (RFC 1456), bytes 0x80 to 0xFF.
const VISCII_HIGH: &str = "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";

/// The control codes that VISCII replaces.
const VISCII_LOW: [(u8, char); 6] = [(0x02, 'Ẳ'), (0x05, 'Ẵ'), (0x06, 'Ẫ'), (0x14, 'Ỷ'), (0x19, 'Ỹ'), (0x1e, 'Ỵ')];

/// TCVN 5712:1993.
pub(super) fn tcvn3() -> Table {
    table(TCVN_HIGH, &TCVN_LOW)
}

/// VISCII.
pub(super) fn viscii() -> Table {
    table(VISCII_HIGH, &VISCII_LOW)
}

/// windows-1258: base letters with combining tone marks, to be composed afterwards.
pub(super) fn windows_1258() -> Table {
    known(WINDOWS_1258)
}

/// windows-1252.
pub(super) fn windows_1252() -> Table {
    known(WINDOWS_1252)
}

/// Mac OS Roman.
pub(super) fn macintosh() -> Table {
    known(MACINTOSH)
}

fn ascii() -> Table {
    std::array::from_fn(|byte| u8::try_from(byte).ok().filter(u8::is_ascii).map(char::from))
}

fn table(high: &str, low: &[(u8, char)]) -> Table {
    let mut table = ascii();
    for (slot, c) in table[0x80..].iter_mut().zip(high.chars()) {
        *slot = Some(c);
    }
    for &(byte, c) in low {
        table[usize::from(byte)] = Some(c);
    }
    table
}

fn known(encoding: &'static Encoding) -> Table {
    let mut table = ascii();
    for byte in 0x80..=0xff_u8 {
        let bytes = [byte];
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        table[usize::from(byte)] = text.chars().next().filter(|c| !c.is_control() && *c != char::REPLACEMENT_CHARACTER);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_full_and_known_words_decode() {
        assert_eq!(TCVN_HIGH.chars().count(), 128);
        assert_eq!(VISCII_HIGH.chars().count(), 128);
        let decode =
            |table: &Table, bytes: &[u8]| bytes.iter().map(|b| table[usize::from(*b)].unwrap()).collect::<String>();
        assert_eq!(decode(&tcvn3(), b"H\xb5 N\xe9i"), "Hà Nội");
        assert_eq!(decode(&viscii(), b"H\xe0 N\xb5i"), "Hà Nội");
        assert_eq!(windows_1252()[0x81], None);
        assert_eq!(windows_1258()[0xec], Some('\u{301}'));
    }
}

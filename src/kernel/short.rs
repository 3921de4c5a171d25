//! Short forms of ids for addresses that people read out and type: ten characters of an alphabet without look-alikes, made of an id's
//! last 48 bits. They need no table, and never change, since ids never do.

/// Crockford's alphabet in lower case: no i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of a short form.
const LENGTH: u32 = 10;
/// Hexadecimal digits of an id that it stands for: the last group of a UUID.
const DIGITS: usize = 12;

/// The short form of an id; none of what is no UUID.
pub fn short(id: &str) -> Option<String> {
    let (_, tail) = id.rsplit_once('-').filter(|(_, tail)| tail.len() == DIGITS)?;
    let number = u64::from_str_radix(tail, 16).ok()?;
    let character = |place: u32| ALPHABET.get(((number >> (5 * place)) & 31) as usize).map(|byte| char::from(*byte));
    (0..LENGTH).rev().map(character).collect()
}

/// What the id of a short form ends with, in hexadecimal; none of what is no short form. As people read and type them: in any case, o as 0, i and l as 1.
pub fn tail(short: &str) -> Option<String> {
    if short.len() != LENGTH as usize {
        return None;
    }
    let mut number = 0_u64;
    for byte in short.bytes() {
        let byte = match byte.to_ascii_lowercase() {
            b'o' => b'0',
            b'i' | b'l' => b'1',
            other => other,
        };
        let value = ALPHABET.iter().position(|known| *known == byte)?;
        number = (number << 5) | value as u64;
    }
    (number >> 48 == 0).then(|| format!("{number:012x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_form_leads_back_to_the_end_of_its_id_however_it_is_typed() {
        for id in ["01990f2e-7c1a-7b3c-8d4e-ffffffffffff", "01990f2e-7c1a-7b3c-8d4e-000000000000"] {
            let short = short(id).unwrap();
            assert!(short.len() == 10 && !short.contains(['i', 'l', 'o', 'u']), "{short}");
            assert!(id.ends_with(&tail(&short).unwrap()), "{id} {short}");
            assert_eq!(tail(&short.to_uppercase()), tail(&short));
        }
        assert_eq!(short("01990f2e-7c1a-7b3c-8d4e-000000000021").as_deref(), Some("0000000011"));
        assert_eq!(tail("oooooooolI"), tail("0000000011"));
        for wrong in ["", "0", "00000000000", "zzzzzzzzzz", "000000000u", "00000000%0", "đđđđđ"] {
            assert_eq!(tail(wrong), None, "{wrong}");
        }
        assert_eq!(short("khong-phai"), None);
    }
}

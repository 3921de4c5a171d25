//! JSON that is known to be right, cut into its parts by its signs: what stands in them keeps the very digits that it was written with.

/// White space of JSON.
const WHITE: [char; 4] = [' ', '\t', '\r', '\n'];

/// The members of an object, name and value as they are written, quotes included; none of what is no object.
pub(in crate::table) fn members(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text.trim_start_matches(WHITE).strip_prefix('{').unwrap_or_default();
    std::iter::from_fn(move || {
        rest = next(rest);
        let (name, behind) = rest.starts_with('"').then(|| rest.split_at(length(rest)))?;
        let value = behind.trim_start_matches(WHITE).strip_prefix(':')?.trim_start_matches(WHITE);
        let (value, behind) = value.split_at(length(value));
        rest = behind;
        Some((name, value))
    })
}

/// The elements of a list as they are written; none of what is no list.
pub(in crate::table) fn elements(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text.trim_start_matches(WHITE).strip_prefix('[').unwrap_or_default();
    std::iter::from_fn(move || {
        rest = next(rest);
        let (value, behind) = rest.split_at(length(rest));
        rest = behind;
        (!value.is_empty()).then_some(value)
    })
}

fn next(text: &str) -> &str {
    text.trim_start_matches([' ', '\t', '\r', '\n', ','])
}

/// How long the value is that a text begins with.
fn length(text: &str) -> usize {
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for (at, byte) in text.bytes().enumerate() {
        if quoted {
            match byte {
                _ if escaped => escaped = false,
                b'\\' => escaped = true,
                b'"' => {
                    quoted = false;
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => {}
            }
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' | b'[' => depth += 1,
            b'}' | b']' if depth == 0 => return at,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return at + 1;
                }
            }
            b',' | b' ' | b'\t' | b'\r' | b'\n' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_that_stand_there() {
        let text = r#" { "a" : 1.10 , "b\"":[1, {"c":"]"}],"":null} "#;
        let found: Vec<_> = members(text).collect();
        assert_eq!(found, [("\"a\"", "1.10"), ("\"b\\\"\"", "[1, {\"c\":\"]\"}]"), ("\"\"", "null")]);
        assert_eq!(elements(found[1].1).collect::<Vec<_>>(), ["1", "{\"c\":\"]\"}"]);
        assert_eq!(members("{}").count() + elements(" [ ] ").count() + elements("1").count(), 0);
    }
}

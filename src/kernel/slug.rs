//! Slugs: the part of an address that names a thing, in ASCII that survives every mail and terminal.

use super::text::fold;

/// Longest slug in characters.
pub const MAX: usize = 80;

/// Makes a slug of a title: tone marks and đ folded, other characters to single hyphens, cut at a word below [`MAX`].
/// Empty when the title holds no letter or digit.
pub fn slugify(title: &str) -> String {
    let mut slug = String::new();
    for word in fold(title).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() + 1 > MAX {
            if slug.is_empty() {
                slug.push_str(&word[..MAX.min(word.len())]);
            }
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    slug
}

/// Whether a text has the form of a slug: lower-case ASCII letters, digits and single inner hyphens, at most [`MAX`].
pub fn is_slug(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= MAX
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_vietnamese_title_becomes_ascii_words() {
        assert_eq!(slugify("Bảng giá đất theo tuyến đường, năm 2026"), "bang-gia-dat-theo-tuyen-duong-nam-2026");
        assert_eq!(slugify("  Đường — ĐƯỜNG "), "duong-duong");
        assert_eq!(slugify("…"), "");
    }

    #[test]
    fn a_long_title_is_cut_at_a_word() {
        let slug = slugify(&"tám ".repeat(40));
        assert!(slug.len() <= MAX && is_slug(&slug), "{slug}");
    }
}

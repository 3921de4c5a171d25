//! What people type into one line of a form: names, numbers, addresses.

use url::Url;

use super::Problem;
use super::text::nfc;

/// A line of text that people typed: trimmed, in NFC, without anything that is no character of a line, or a problem on the field.
pub fn line(text: &str, most: usize, code: &'static str, field: &'static str, problems: &mut Vec<Problem>) -> String {
    let line = nfc(text.trim());
    if line.is_empty() || line.chars().count() > most || line.chars().any(char::is_control) {
        problems.push(Problem::new(code).on(field));
    }
    line
}

/// As [`line()`], where nothing is an answer too.
pub fn optional_line(
    text: &str,
    most: usize,
    code: &'static str,
    field: &'static str,
    problems: &mut Vec<Problem>,
) -> Option<String> {
    if text.trim().is_empty() { None } else { Some(line(text, most, code, field, problems)) }
}

/// Whether it can be an e-mail address: one sign in the middle, a host with a dot, nothing that a letter's head would misread.
pub fn is_mail(text: &str) -> bool {
    let Some((box_name, host)) = text.split_once('@') else { return false };
    let sound = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    !box_name.is_empty()
        && text.len() <= 254
        && text.chars().filter(|c| *c != '@').all(sound)
        && !host.contains('@')
        && host.contains('.')
        && host.split('.').all(|label| !label.is_empty())
}

/// The address of something on the web that a text is, in its normal form: nothing else may become a link on our pages.
pub fn web_address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let plain = url.host().is_some() && url.username().is_empty() && url.password().is_none();
    (plain && matches!(url.scheme(), "http" | "https")).then(|| url.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_could_forge_a_letters_head_is_no_address() {
        assert!(is_mail("ngoc.lan@soyte.lacdien.example"));
        for wrong in [
            "",
            "a",
            "a@",
            "@b.c",
            "a@b",
            "a@b.",
            "a b@c.d",
            "a@b.c\r\nBcc: x@y.z",
            "a@b@c.d",
            "<a@b.c>",
            "a@b.c,d@e.f",
        ] {
            assert!(!is_mail(wrong), "{wrong}");
        }
    }
}

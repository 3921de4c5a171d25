//! Masks: the shape of a value stays, its middle is hidden.

use super::Kind;

/// What stands for a hidden sign.
const DOT: char = '•';

/// Hides the middle of a value: signs that are no letters and digits stay, a quarter of the others in front and a sixth behind.
pub fn mask(value: &str) -> String {
    let signs: Vec<char> = value.chars().collect();
    let all = signs.iter().filter(|c| c.is_alphanumeric()).count();
    let (front, back) = (all / 4, all / 6);
    let mut seen = 0;
    let mut masked = String::with_capacity(value.len());
    for c in signs {
        if c.is_alphanumeric() {
            seen += 1;
            masked.push(if seen <= front || seen > all - back { c } else { DOT });
        } else if unicode_mark(c) {
            // A tone mark of its own would tell the letter under it.
        } else {
            masked.push(c);
        }
    }
    masked
}

/// Whether something of a text is hidden already.
pub fn is_masked(text: &str) -> bool {
    text.contains(DOT)
}

/// A combining mark of Vietnamese in decomposed form.
fn unicode_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// A sample of a finding: what is found of a person is masked, a mark of a secret is shown.
pub(super) fn sample(kind: Kind, text: &str) -> String {
    match kind {
        Kind::Secret => text.to_owned(),
        Kind::Email => match text.rsplit_once('@') {
            Some((local, domain)) => {
                let shown: String = local.chars().take(1).collect();
                format!("{shown}{}@{domain}", DOT.to_string().repeat(local.chars().count().saturating_sub(1).max(1)))
            }
            None => mask(text),
        },
        Kind::Person => text
            .split_whitespace()
            .map(|word| {
                let mut signs = word.chars().filter(|c| !unicode_mark(*c));
                let first: String = signs.next().into_iter().collect();
                format!("{first}{}", DOT.to_string().repeat(signs.count().min(12)))
            })
            .collect::<Vec<_>>()
            .join(" "),
        _ => mask(text),
    }
}

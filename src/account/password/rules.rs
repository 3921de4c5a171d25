//! What a new password must be (ASVS 5.0, 6.2; the stricter rules of security level 3 where the profile switches them on). Pure.

use crate::account::Account;
use crate::kernel::Problem;
use crate::kernel::text::{self, fold};
use crate::profile::Password;

/// Words that stand at the heart of the passwords that are tried first, folded: alone, or with digits and signs around them.
const COMMON: &str = include_str!("common.txt");

/// Everything that is wrong with a new password of somebody; empty when it will do. Each problem is tied to the field `fresh`.
///
/// Codes: `password-too-short` (`min`), `password-too-long` (`max`), `password-common`, `password-like-name`, and at security
/// level 3 `password-kinds` (`count`).
pub(super) fn wrong_with(rules: &Password, owner: &Account, new: &str) -> Vec<Problem> {
    let length = text::length(new);
    let (min, max) = (u64::from(rules.min_length.value), u64::from(rules.max_length.value));
    let mut problems = Vec::new();
    if (length as u64) < min {
        problems.push(Problem::new("password-too-short").with("min", min));
    }
    // The work of hashing must not be the guesser's to choose.
    if length as u64 > max || new.len() > 4 * max as usize {
        problems.push(Problem::new("password-too-long").with("max", max));
    }
    let bare = heart(new);
    if is_common(&bare, new) {
        problems.push(Problem::new("password-common"));
    }
    let mailbox = owner.email.split('@').next().unwrap_or_default();
    if [owner.user_name.as_str(), mailbox].into_iter().any(|name| name.len() > 3 && bare == heart(name)) {
        problems.push(Problem::new("password-like-name"));
    }
    if rules.level3.value && (kinds(new) as u64) < u64::from(rules.level3_character_kinds.value) {
        problems.push(Problem::new("password-kinds").with("count", u64::from(rules.level3_character_kinds.value)));
    }
    problems.into_iter().map(|problem| problem.on("fresh")).collect()
}

/// Its letters without tone marks and without the usual disguises of letters as signs; what a guesser starts from.
fn heart(password: &str) -> String {
    let plain = |c: char| match c {
        '@' | '4' => 'a',
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '$' | '5' => 's',
        c => c,
    };
    let folded = fold(password);
    let letters = folded.trim_matches(|c: char| !c.is_alphabetic());
    letters.chars().map(plain).filter(|c| c.is_alphabetic()).collect()
}

/// Whether nothing but a common word, a run along keyboard or alphabet, or a repetition is left of it.
fn is_common(bare: &str, password: &str) -> bool {
    let known = || COMMON.lines().filter(|word| !word.is_empty() && !word.starts_with('#'));
    // One or two common words after another, however many digits follow.
    let mut left = bare;
    for _ in 0..2 {
        if let Some(word) = known().filter(|word| left.starts_with(*word)).max_by_key(|word| word.len()) {
            left = &left[word.len()..];
        }
    }
    let digits_only = password.chars().all(|c| c.is_numeric() || c.is_whitespace());
    digits_only || distinct(password) < 5 || (left.is_empty() && !bare.is_empty())
}

/// How many different characters it has.
fn distinct(password: &str) -> usize {
    password.chars().collect::<std::collections::BTreeSet<_>>().len()
}

/// How many of the four kinds (lower case, upper case, digit, other) occur.
fn kinds(password: &str) -> usize {
    let has = |test: fn(char) -> bool| usize::from(password.chars().any(test));
    has(char::is_lowercase) + has(char::is_uppercase) + has(char::is_numeric) + has(|c| !c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::Profile;

    fn owner() -> Account {
        Account {
            id: crate::kernel::id::AccountId::fresh(),
            user_name: "hanhnguyen".to_owned(),
            email: "thu.hanh@so.example".to_owned(),
            full_name: "Nguyễn Thị Hạnh".to_owned(),
            state: "active".to_owned(),
            lang: "vi".to_owned(),
            signed_in_at: None,
            password_set_at: None,
            password_must_change: false,
            rules_accepted: None,
        }
    }

    fn codes(profile: &str, password: &str) -> Vec<&'static str> {
        let profile = Profile::load(profile, None).unwrap();
        wrong_with(&profile.accounts.password, &owner(), password).into_iter().map(|problem| problem.code).collect()
    }

    #[test]
    fn long_unusual_passwords_will_do_whatever_their_characters() {
        for good in
            ["ruộng lúa xanh cuối làng", "vgk4-tq7m-9hzn-c2xw", "correct horse battery", "đường về quê tôi xa lắm"]
        {
            assert_eq!(codes("lac-dien", good), Vec::<&str>::new(), "{good}");
        }
    }

    #[test]
    fn short_common_repeated_and_own_names_are_refused() {
        for (bad, code) in [
            ("ngắn quá", "password-too-short"),
            ("Password123456", "password-common"),
            ("P@ssw0rd!2026", "password-common"),
            ("matkhau123456", "password-common"),
            ("Mật khẩu 2026 !", "password-common"),
            ("123456789012", "password-common"),
            ("aaaaaaaaaaaaaaaa", "password-common"),
            ("qwertyuiop12", "password-common"),
            ("adminadmin2026", "password-common"),
            ("hanhnguyen2026", "password-like-name"),
            ("12.thu.hanh.12", "password-like-name"),
        ] {
            assert!(codes("lac-dien", bad).contains(&code), "{bad}: {:?}", codes("lac-dien", bad));
        }
        assert_eq!(codes("lac-dien", &"ă".repeat(129)), ["password-too-long", "password-common"]);
    }

    #[test]
    fn level_three_wants_all_kinds_of_characters() {
        assert_eq!(
            codes("tay-ninh-2024", "ruong lua xanh cuoi lang").contains(&"password-kinds"),
            level3("tay-ninh-2024")
        );
        assert_eq!(kinds("ruộng Lúa 9"), 4);
        assert_eq!(kinds("ruộnglúa"), 1);
    }

    fn level3(profile: &str) -> bool {
        Profile::load(profile, None).unwrap().accounts.password.level3.value
    }
}

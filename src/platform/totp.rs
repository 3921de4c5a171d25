//! Codes of an authenticator app (TOTP, RFC 6238): SHA-1, six digits, thirty seconds, which is what every app understands.

use qrcodegen::{QrCode, QrCodeEcc};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::kernel::{Error, Result, Timestamp};

/// Bytes of a secret: as many as SHA-1 has (RFC 4226, section 4).
const SECRET: usize = 20;
/// Steps of thirty seconds by which a clock may be wrong either way.
const SKEW: u16 = 1;

/// A fresh secret.
///
/// # Errors
/// Only when the machine has no randomness.
pub fn fresh() -> Result<Vec<u8>> {
    let mut bytes = vec![0u8; SECRET];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

/// The step (of thirty seconds since 1970) that a code belongs to, if it fits the secret at a moment. A step may be accepted
/// once: the caller remembers it.
///
/// # Errors
/// `Internal` when the secret is no secret of ours.
pub fn step_of(secret: &[u8], code: &str, at: Timestamp) -> Result<Option<i64>> {
    let digits: String = code.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Ok(None);
    }
    let seconds = u64::try_from(at.0 / 1000).unwrap_or(0);
    let step = built(secret, None)?.check(&digits, seconds);
    Ok(step.and_then(|step| i64::try_from(step).ok()))
}

/// The code of a moment, as an app would show it.
///
/// # Errors
/// As [`step_of`].
pub fn code_at(secret: &[u8], at: Timestamp) -> Result<String> {
    Ok(built(secret, None)?.generate(u64::try_from(at.0 / 1000).unwrap_or(0)).to_string())
}

/// What an app is set up with: the secret as people type it (groups of four), the address behind the picture, and the picture.
pub struct Setup {
    /// Base32, in groups of four.
    pub typed: String,
    /// The picture's modules as one SVG path in a square of `size` units.
    pub path: String,
    /// Units of the picture's side, quiet zone included.
    pub size: i32,
}

/// How an app is told a secret.
///
/// # Errors
/// `Internal` when the secret or the names do not fit into an address.
pub fn setup(secret: &[u8], issuer: &str, account: &str) -> Result<Setup> {
    let url =
        built(secret, Some((issuer, account)))?.to_url().map_err(|error| Error::internal(format!("{error:?}")))?;
    let code = QrCode::encode_text(&url, QrCodeEcc::Medium).map_err(|error| Error::internal(error.to_string()))?;
    const QUIET: i32 = 4;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            path.push_str(&format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET));
        }
    }
    let letters: Vec<char> = Secret::from(secret).to_base32().chars().collect();
    let typed = letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join(" ");
    Ok(Setup { typed, path, size: code.size() + 2 * QUIET })
}

fn built(secret: &[u8], names: Option<(&str, &str)>) -> Result<Totp> {
    let plain = |text: &str| text.replace(':', " ");
    let mut builder = Builder::new()
        .with_algorithm(Algorithm::SHA1)
        .with_digits(6)
        .with_skew(SKEW)
        .with_step_duration(30)
        .with_secret(secret);
    if let Some((issuer, account)) = names {
        builder = builder.with_issuer(Some(plain(issuer))).with_account_name(plain(account));
    }
    builder.build().map_err(|error| Error::internal(format!("{error:?}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 6238, appendix B (SHA-1; the last six of its eight digits).
    #[test]
    fn codes_are_those_of_the_rfc() {
        let secret = b"12345678901234567890";
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (2_000_000_000, "279037")]
        {
            let at = Timestamp(seconds * 1000);
            assert_eq!(code_at(secret, at).unwrap(), code);
            assert_eq!(step_of(secret, code, at).unwrap(), Some(seconds / 30));
        }
    }

    #[test]
    fn a_code_counts_one_step_early_or_late_and_no_longer() {
        let secret = b"12345678901234567890";
        let code = code_at(secret, Timestamp(600_000)).unwrap();
        for (seconds, fits) in [(569, false), (571, true), (600, true), (659, true), (660, false)] {
            assert_eq!(step_of(secret, &code, Timestamp(seconds * 1000)).unwrap().is_some(), fits, "{seconds}");
        }
        assert!(step_of(secret, &format!(" {} {} ", &code[..3], &code[3..]), Timestamp(600_000)).unwrap().is_some());
        for wrong in ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
            assert_eq!(step_of(secret, wrong, Timestamp(600_000)).unwrap(), None, "{wrong}");
        }
    }

    #[test]
    fn an_app_is_told_the_secret_in_letters_and_as_a_picture() {
        let setup = setup(&[0; 20], "Cổng: dữ liệu", "hanhnt").unwrap();
        assert_eq!(setup.typed, "AAAA AAAA AAAA AAAA AAAA AAAA AAAA AAAA");
        assert!(setup.size > 28 && setup.path.starts_with("M4 4h1v1h-1z"), "{}", setup.size);
    }
}

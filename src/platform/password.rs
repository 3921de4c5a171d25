//! Passwords: argon2id, few at a time.

use argon2::password_hash::rand_core::OsRng;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::kernel::{Error, Kind, Problem, Result};

/// Memory in KiB (64 MiB), passes, lanes: above the OWASP minimum for argon2id (ASVS 5.0, 11.4.2).
const MEMORY: u32 = 64 * 1024;
const PASSES: u32 = 2;
/// Hashes made at once in the whole program; the others wait, so that sign-ins cannot take all memory.
const AT_ONCE: usize = 4;

static GATE: tokio::sync::Semaphore = tokio::sync::Semaphore::const_new(AT_ONCE);

/// Hashes a password; the result carries its parameters (PHC string).
///
/// # Errors
/// Only when the machine has no randomness or memory.
pub fn hash(password: &str) -> Result<String> {
    let salt = SaltString::generate(&mut OsRng);
    argon2()?.hash_password(password.as_bytes(), &salt).map(|hash| hash.to_string()).map_err(broken)
}

/// Whether a password fits a hash. Without a hash the same work is done and the answer is no, so that the time tells nothing
/// about which accounts exist.
///
/// # Errors
/// `TooMany` when too many sign-ins wait already.
pub async fn verify(password: String, hash: Option<String>) -> Result<bool> {
    let gate = tokio::time::timeout(std::time::Duration::from_secs(5), GATE.acquire());
    let Ok(Ok(_permit)) = gate.await else {
        return Err(Error::refused(Kind::TooMany, Problem::new("too-many-attempts")));
    };
    super::db::run_blocking(move || {
        let Some(hash) = hash else {
            self::hash(&password)?;
            return Ok(false);
        };
        let parsed = PasswordHash::new(&hash).map_err(broken)?;
        Ok(argon2()?.verify_password(password.as_bytes(), &parsed).is_ok())
    })
    .await
}

/// A password for somebody's first sign-in: letters and digits, none of which look alike, in groups of four; four groups (80 bits), or
/// as many as it takes to have `min_length` characters.
///
/// # Errors
/// Only when the machine has no randomness.
pub fn generate(min_length: u32) -> Result<String> {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
    // A group has a hyphen before it, but for the first.
    let groups = usize::try_from(min_length).unwrap_or(0).saturating_add(1).div_ceil(5).max(4);
    let mut bytes = vec![0u8; groups.saturating_mul(4)];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    let letters: Vec<char> = bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect();
    Ok(letters.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-"))
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY, PASSES, 1, None).map_err(|error| Error::internal(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn broken(error: argon2::password_hash::Error) -> Error {
    Error::internal(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_generated_password_has_the_length_that_the_profile_asks() {
        for (min, length) in [(0, 19), (12, 19), (19, 19), (20, 24), (64, 64), (65, 69)] {
            let password = generate(min).unwrap();
            assert_eq!(password.len(), length, "{password}");
            assert!(password.split('-').all(|group| group.len() == 4), "{password}");
        }
        assert_ne!(generate(12).unwrap(), generate(12).unwrap());
    }
}

//! Random keys and their hashes.

use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::kernel::{Error, Result};

/// A fresh key of 256 bits from the system's randomness, as 64 hexadecimal digits.
///
/// # Errors
/// Only when the machine has no randomness.
pub fn fresh() -> Result<String> {
    let mut bytes = [0u8; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(hex::encode(bytes))
}

/// SHA-256 of a text, as 64 hexadecimal digits: how keys are stored.
pub fn sha256_hex(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}

/// Compares without telling by time where the first difference is.
pub fn same(a: &str, b: &str) -> bool {
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

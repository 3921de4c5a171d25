//! Secrets that the program must read back: sealed under its own key (AES-256-GCM), so that a copy of the database alone opens none.

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use sha2::{Digest, Sha256};

use crate::kernel::{Error, Result};

/// Bytes of a nonce.
const NONCE: usize = 12;

/// Seals and opens under one key. Cloning shares the keys.
#[derive(Clone)]
pub struct Seal {
    cipher: Aes256Gcm,
    mark: [u8; 32],
}

impl Seal {
    /// A seal under a key of the program; any length, from a source of good randomness.
    pub fn new(secret: &[u8]) -> Self {
        // A key of its own: what signs cookies never seals.
        let key = |purpose: &[u8]| Sha256::new().chain_update(purpose).chain_update(secret).finalize();
        Self { cipher: Aes256Gcm::new(&key(b"khomo seal 1")), mark: key(b"khomo mark 1").into() }
    }

    /// What a secret is known again by, at one `place`: the same for the same bytes, and without the key nobody finds out whose it is by
    /// trying. 64 hexadecimal digits.
    pub fn mark(&self, place: &str, bytes: &[u8]) -> String {
        let inner = Sha256::new().chain_update(self.mark).chain_update(place).chain_update([0]).chain_update(bytes);
        hex::encode(Sha256::new().chain_update(self.mark).chain_update(inner.finalize()).finalize())
    }

    /// Seals bytes for one `place` (such as a table and an id): moved elsewhere, they do not open. Hexadecimal text.
    ///
    /// # Errors
    /// Only when the machine has no randomness.
    pub fn close(&self, place: &str, bytes: &[u8]) -> Result<String> {
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(Error::internal)?;
        let sealed = self
            .cipher
            .encrypt(Nonce::from_slice(&nonce), Payload { msg: bytes, aad: place.as_bytes() })
            .map_err(|_| Error::internal("sealing failed"))?;
        Ok(hex::encode(nonce) + &hex::encode(sealed))
    }

    /// Opens what was sealed for the same place.
    ///
    /// # Errors
    /// `Internal` when it was sealed under another key, for another place, or was changed.
    pub fn open(&self, place: &str, sealed: &str) -> Result<Vec<u8>> {
        let bytes = hex::decode(sealed).map_err(Error::internal)?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(|| Error::internal("a seal is too short"))?;
        self.cipher
            .decrypt(Nonce::from_slice(nonce), Payload { msg: sealed, aad: place.as_bytes() })
            .map_err(|_| Error::internal("a seal does not open: was KHOMO_COOKIE_KEY changed?"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seal_opens_at_its_own_place_under_its_own_key_only() {
        let seal = Seal::new(b"one key");
        let sealed = seal.close("second_factor/1", b"secret").unwrap();
        assert_eq!(seal.open("second_factor/1", &sealed).unwrap(), b"secret");
        assert!(seal.open("second_factor/2", &sealed).is_err());
        assert!(Seal::new(b"another key").open("second_factor/1", &sealed).is_err());
        let mut changed = sealed.clone();
        changed.replace_range(30..31, if &sealed[30..31] == "0" { "1" } else { "0" });
        assert!(seal.open("second_factor/1", &changed).is_err());
        assert!(seal.open("second_factor/1", "00").is_err());
        assert_ne!(sealed, seal.close("second_factor/1", b"secret").unwrap(), "nonces differ");
    }

    #[test]
    fn a_mark_is_the_same_for_the_same_bytes_at_one_place_under_one_key_only() {
        let seal = Seal::new(b"one key");
        let mark = seal.mark("letters", b"lan@example.vn");
        assert_eq!(mark, seal.clone().mark("letters", b"lan@example.vn"));
        for other in [
            seal.mark("letters", b"an@example.vn"),
            seal.mark("letter", b"lan@example.vn"),
            Seal::new(b"another key").mark("letters", b"lan@example.vn"),
        ] {
            assert_ne!(mark, other);
        }
    }
}

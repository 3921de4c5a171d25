//! Keys and signatures: Ed25519 (RFC 8032), each private key a file of PKCS#8 in a folder that `KHOMO_RELEASE_KEYS` names.
//!
//! The newest key by its name signs; names begin with the day on which the key was made. Private halves are read when something is
//! signed and stand nowhere else: not in the database, in no backup, in no log.

use std::fs;
use std::io::{Error as IoError, ErrorKind, Write};
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ring::rand::SystemRandom;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};

use crate::kernel::{Error, Problem, Result, Timestamp};

/// What a public key of Ed25519 begins with as SubjectPublicKeyInfo (RFC 8410); its 32 bytes follow.
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
/// Bytes of a file that may be a key.
const LONGEST: u64 = 16 << 10;

/// A key that signs.
pub struct Key {
    /// Its id: the name of its file.
    pub id: String,
    pair: Ed25519KeyPair,
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Key").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Key {
    /// Its public half: 32 bytes.
    pub fn public(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// The signature over some bytes as Base64.
    pub fn sign(&self, bytes: &[u8]) -> String {
        STANDARD.encode(self.pair.sign(bytes))
    }
}

/// The id of the key in a file; none where it is no file of a key.
pub fn id_of_path(path: &Path) -> Option<String> {
    let known = path.extension().is_some_and(|ending| ending == "pem" || ending == "der");
    let id = path.file_stem()?.to_str()?;
    let plain = !id.is_empty() && id.len() <= 64 && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    (known && plain).then(|| id.to_owned())
}

/// The files of keys in a folder, the newest first.
///
/// # Errors
/// `Invalid` (`release-keys`) when the folder cannot be read.
pub fn keys_in(folder: &Path) -> Result<Vec<PathBuf>> {
    let wrong =
        |error| Error::invalid(Problem::new("release-keys").with("path", folder.display().to_string())).because(error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(wrong)? {
        let path = entry.map_err(wrong)?.path();
        if id_of_path(&path).is_some() {
            found.push(path);
        }
    }
    found.sort_by(|a, b| b.file_name().cmp(&a.file_name()));
    Ok(found)
}

/// The key that signs: the newest of a folder.
///
/// # Errors
/// `Invalid` (`release-keys`, `release-key-none`, `release-key-broken`).
pub fn newest_key(folder: &Path) -> Result<Key> {
    let none = || Error::invalid(Problem::new("release-key-none").with("path", folder.display().to_string()));
    read(keys_in(folder)?.first().ok_or_else(none)?)
}

fn read(path: &Path) -> Result<Key> {
    let broken = || Error::invalid(Problem::new("release-key-broken").with("path", path.display().to_string()));
    let id = id_of_path(path).ok_or_else(broken)?;
    let refused = |error: IoError| {
        let problem = if error.kind() == ErrorKind::PermissionDenied { unreadable(path) } else { broken() };
        problem.because(error)
    };
    if fs::metadata(path).map_err(refused)?.len() > LONGEST {
        return Err(broken());
    }
    let bytes = fs::read(path).map_err(refused)?;
    let der = if path.extension().is_some_and(|ending| ending == "der") {
        bytes
    } else {
        let text = String::from_utf8(bytes).map_err(|_| broken())?;
        of_pem(&text, "PRIVATE KEY").ok_or_else(broken)?
    };
    // The cause may tell of the key: it is not kept.
    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).map_err(|_| broken())?;
    Ok(Key { id, pair })
}

fn unreadable(path: &Path) -> Error {
    Error::invalid(Problem::new("release-key-unreadable").with("path", path.display().to_string()))
}

/// Whether a program that runs as the owner of a folder, its own, may read a key, and nobody but owner and group may.
///
/// # Errors
/// `Invalid` (`release-key-unreadable`, `release-key-open`); when the disk refuses.
#[cfg(unix)]
pub fn check_rights(key: &Path, own: &Path) -> Result<()> {
    use std::os::unix::fs::MetadataExt;
    let found = fs::metadata(key)?;
    if found.mode() & 0o037 != 0 {
        return Err(Error::invalid(Problem::new("release-key-open").with("path", key.display().to_string())));
    }
    // Before the first start there is no folder, and nobody knows who it will belong to.
    let Ok(own) = fs::metadata(own) else { return Ok(()) };
    // Which groups the owner is in beside the folder's own, nobody knows here.
    let by_group = found.mode() & 0o040 != 0 && (found.gid() != 0 || own.gid() == 0);
    if found.uid() == own.uid() || by_group { Ok(()) } else { Err(unreadable(key)) }
}

/// As on other systems, where files have no such rights.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn check_rights(_: &Path, _: &Path) -> Result<()> {
    Ok(())
}

/// Gives a file or a folder to whom another folder belongs: what root makes, the program must be able to use.
#[cfg(unix)]
fn give_like(path: &Path, folder: &Path) -> Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let (own, wanted) = (fs::metadata(path)?, fs::metadata(folder)?);
    if (own.uid(), own.gid()) == (wanted.uid(), wanted.gid()) {
        return Ok(());
    }
    match chown(path, Some(wanted.uid()), Some(wanted.gid())) {
        // Whoever is not root keeps what they made; whether it can be used, `check_rights` says.
        Err(error) if error.kind() == ErrorKind::PermissionDenied => Ok(()),
        done => Ok(done?),
    }
}

/// Rights of a key in a folder: its owner's alone, or also for the reading of a group that may read the folder.
#[cfg(unix)]
fn rights_in(folder: &Path) -> Result<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    let group = fs::metadata(folder)?.permissions().mode() & 0o040;
    Ok(fs::Permissions::from_mode(0o600 | group))
}

/// Makes the folder of keys where it is missing: it belongs to whom the folder above does, and others have no rights to it.
fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(folder)?;
    #[cfg(unix)]
    if let Some(above) = folder.parent().filter(|above| above.is_dir()) {
        use std::os::unix::fs::PermissionsExt;
        give_like(folder, above)?;
        let group = fs::metadata(above)?.permissions().mode() & 0o050;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700 | group))?;
    }
    Ok(())
}

/// Makes a key in a folder, which is made when missing; the file belongs to whom the folder does.
///
/// # Errors
/// When the disk refuses; `Internal` without randomness.
pub fn make_key(folder: &Path, now: Timestamp) -> Result<Key> {
    make_folder(folder)?;
    let random = SystemRandom::new();
    let der = Ed25519KeyPair::generate_pkcs8(&random).map_err(|_| Error::internal("no key was made"))?;
    let pair = Ed25519KeyPair::from_pkcs8(der.as_ref()).map_err(|_| Error::internal("a key that was made is none"))?;
    let day = now.local(0).format("%Y%m%d-%H%M%S");
    let id = format!("{day}-{}", hex::encode(pair.public_key().as_ref().get(..4).unwrap_or_default()));
    // Temporary files are their owner's alone, and appear under their name once they are whole.
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(pem("PRIVATE KEY", der.as_ref()).as_bytes())?;
    #[cfg(unix)]
    {
        give_like(file.path(), folder)?;
        fs::set_permissions(file.path(), rights_in(folder)?)?;
    }
    file.as_file().sync_all()?;
    file.persist_noclobber(folder.join(format!("{id}.pem"))).map_err(|error| error.error)?;
    #[cfg(unix)]
    fs::File::open(folder)?.sync_all()?;
    Ok(Key { id, pair })
}

/// A public key as PEM.
pub fn pem_of(public: &[u8]) -> String {
    pem("PUBLIC KEY", &[&SPKI[..], public].concat())
}

/// The 32 bytes of a public key in PEM.
pub fn public_of_pem(text: &str) -> Option<Vec<u8>> {
    let der = of_pem(text, "PUBLIC KEY")?;
    let key = der.strip_prefix(&SPKI[..])?;
    (key.len() == 32).then(|| key.to_vec())
}

/// Whether a signature, as its file holds it, is one of some bytes by a key.
pub(super) fn is_signed(public: &[u8], bytes: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature.trim()) else { return false };
    UnparsedPublicKey::new(&ED25519, public).verify(bytes, &signature).is_ok()
}

fn pem(what: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> = text.as_bytes().chunks(64).filter_map(|line| std::str::from_utf8(line).ok()).collect();
    format!("-----BEGIN {what}-----\n{}\n-----END {what}-----\n", lines.join("\n"))
}

fn of_pem(text: &str, what: &str) -> Option<Vec<u8>> {
    let (_, rest) = text.split_once(&format!("-----BEGIN {what}-----"))?;
    let (body, _) = rest.split_once(&format!("-----END {what}-----"))?;
    let body: String = body.chars().filter(|c| !c.is_ascii_whitespace()).collect();
    STANDARD.decode(body).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_key_signs_and_others_verify() {
        let folder = tempfile::tempdir().unwrap();
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
        }
        assert!(newest_key(folder.path()).unwrap_err().has("release-key-none"));
        let first = make_key(folder.path(), Timestamp(0)).unwrap();
        let second = make_key(folder.path(), Timestamp(86_400_000)).unwrap();
        let newest = newest_key(folder.path()).unwrap();
        assert_eq!((newest.id.as_str(), newest.public()), (second.id.as_str(), second.public()));
        let signature = newest.sign(b"manifest");
        assert!(is_signed(second.public(), b"manifest", &signature));
        assert!(is_signed(second.public(), b"manifest", &format!("{signature}\n")));
        assert!(
            !is_signed(second.public(), b"Manifest", &signature) && !is_signed(first.public(), b"manifest", &signature)
        );
        assert!(!is_signed(second.public(), b"manifest", "@") && !is_signed(&[], b"manifest", &signature));
        assert_eq!(public_of_pem(&pem_of(second.public())).unwrap(), second.public());
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let path = folder.path().join(format!("{}.pem", first.id));
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            let rights = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(mode(&path), 0o600);
            check_rights(&path, folder.path()).unwrap();
            rights(&path, 0o644);
            assert!(check_rights(&path, folder.path()).unwrap_err().has("release-key-open"));
            // A group that may look into the folder may read what is in it.
            rights(folder.path(), 0o750);
            let third = make_key(folder.path(), Timestamp(2 * 86_400_000)).unwrap();
            assert_eq!(mode(&folder.path().join(format!("{}.pem", third.id))), 0o640);
            let below = folder.path().join("below");
            make_key(&below, Timestamp(0)).unwrap();
            assert_eq!(mode(&below), 0o750);
        }
    }

    #[test]
    fn a_file_that_is_no_key_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("20990101.pem"), "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n")
            .unwrap();
        fs::write(folder.path().join("note.txt"), "").unwrap();
        assert_eq!(keys_in(folder.path()).unwrap().len(), 1);
        assert!(newest_key(folder.path()).unwrap_err().has("release-key-broken"));
        assert!(newest_key(&folder.path().join("nowhere")).unwrap_err().has("release-keys"));
        assert!(public_of_pem("").is_none());
    }
}

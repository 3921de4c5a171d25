//! Quarterly releases [bản phát hành quý]: what was published at the close of a quarter, with the SHA-256 of every file, what changed since
//! the release before, and a signature over it all.
//!
//! Invariants: a release names the files of tables that are in the store anyway and keeps none of them twice; what is made for it (comparisons
//! of rows, lists, the manifest) is a pure function of the store, the moment and the release before, so that building it again gives the
//! same bytes; the manifest holds no words of a dataset, only its address, numbers and hashes, and so outlives a purge; a release that is
//! ready never changes; a file whose table was purged, or whose dataset was withdrawn, is gone from it, and its hash stays; once a key was
//! published no release is made without a signature.

mod archive;
mod changes;
mod command;
mod job;
mod lists;
mod model;
mod query;
mod sign;
mod store;
mod verify;

pub use archive::{Archive, cut};
pub use changes::{Form, pieces};
pub use command::{order, order_closed, publish_key, resume};
pub use job::{BUILD, Ground, build};
pub use model::{
    Change, Entry, Filter, Kind, Named, PublicKey, Release, ReleaseFile, Scope, State, Totals, signature_file,
};
pub use query::{changes_of, file, files, job_state, latest, remove_orphans, signing_key, since};
pub use sign::{Key, check_rights, id_of_path, keys_in, make_key, newest_key, pem_of, public_of_pem};
pub use store::{agencies_of, building, by_quarter, entries, key, keys, list, ordered, stored, topics_of, totals};
pub use verify::{Checked, Found, Signature, verify};

/// The path of the manifest in a release.
pub const MANIFEST: &str = "manifest.json";
/// The path of its signature.
pub const SIGNATURE: &str = "manifest.json.sig";
/// The path of its Data Package.
pub const PACKAGE: &str = "datapackage.json";

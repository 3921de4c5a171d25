//! Datasets [bộ dữ liệu]: metadata, versions, and their life: draft → published → updated → withdrawn.
//!
//! Invariants: a version is born a draft and becomes immutable by publication; a dataset has at most one draft; the public sees
//! `current_version_id` and published versions only; a withdrawn dataset leaves a tombstone, and its slug is never used again
//! . Publication and withdrawal happen through `review`, which holds the decisions.

mod command;
mod constraint;
pub mod contact;
pub mod contract;
pub mod draft;
pub mod inventory;
mod manifest;
mod model;
mod query;
mod store;
pub mod upload;

pub use command::{Import, NewResource, Where, import, record_reading};
pub(crate) use command::{Purging, follow_catalogue, publish, purge, withdraw};
pub use constraint::{Code, Constraints, below, whole};
pub use manifest::hash_of;
pub use model::{
    Address, Card, ColumnNote, Dataset, Found, Listed, Metadata, Of, Original, Published, ResourceVersion, Standing,
    State, StateCount, Told, Version, VersionLine, Which,
};
pub use query::{detail, draft_hash, draft_hashes, find_published, original, published, require_visible, slug_in};
pub(crate) use store::set_quarantine;
pub use store::{
    addresses, by_id, by_slug, by_tail, cards, contributors_of, count_by_state, count_drafts, draft_of, drafts_of,
    hidden, latest, list, lock, newest_but, newest_with, offered, place_in_draft, resource_id, resource_with,
    resources_of, search_ids, share, standings, tables_without_files, titles, version_by_id, version_by_number,
    version_lines, versions_with,
};

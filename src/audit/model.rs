//! What a listing of the log asks for and shows.

use crate::kernel::Timestamp;

/// Which entries; an empty field asks for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the name of the person.
    pub actor: String,
    /// The verb.
    pub action: String,
    /// The object's id, whole.
    pub object: String,
    /// From this moment.
    pub from: Option<Timestamp>,
    /// Before this moment.
    pub before: Option<Timestamp>,
}

/// An entry as it is listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// From 1.
    pub seq: i64,
    /// When.
    pub at: Timestamp,
    /// `public`, `account`, `operator`, `system`.
    pub actor_kind: String,
    /// The person's name.
    pub actor: Option<String>,
    /// The verb.
    pub action: String,
    /// What kind of thing.
    pub object_kind: String,
    /// Which one.
    pub object_id: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// The address of the client.
    pub client: Option<String>,
    /// JSON.
    pub detail: serde_json::Value,
    /// This entry's hash.
    pub hash: String,
}

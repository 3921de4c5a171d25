//! What a listing of the log asks for and shows.

use crate::kernel::Timestamp;

/// Which entries; an empty field asks for all. Texts are looked for as they are typed: nothing in them stands for anything else.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Part of the name, user name or address of the person; capitals and tone marks do not matter.
    pub actor: String,
    /// The verb.
    pub action: String,
    /// The object's id, whole.
    pub object: String,
    /// `done` or `refused`.
    pub outcome: String,
    /// Part of the client's address.
    pub client: String,
    /// Part of what the entry says in detail, with capitals and tone marks as they stand there.
    pub text: String,
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
    /// The request that it belongs to, as in the log of the server.
    pub request_id: String,
    /// JSON.
    pub detail: serde_json::Value,
    /// The hash of the entry before.
    pub prev: String,
    /// This entry's hash.
    pub hash: String,
}

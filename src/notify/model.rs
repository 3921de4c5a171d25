//! What stands in an inbox.

use diesel::prelude::*;

use crate::kernel::id::NoticeId;
use crate::kernel::{Arg, Timestamp};

/// How often somebody wishes to be written to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Frequency {
    /// A mail for every notice.
    #[default]
    AtOnce,
    /// One mail a day, if there is anything.
    Daily,
    /// No mail: the inbox only.
    None,
}

impl Frequency {
    /// All, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::AtOnce, Self::Daily, Self::None];

    /// As it is stored and sent by forms.
    pub fn code(self) -> &'static str {
        match self {
            Self::AtOnce => "at-once",
            Self::Daily => "daily",
            Self::None => "none",
        }
    }

    /// The one of a code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|frequency| frequency.code() == code)
    }
}

/// A notice, in no language yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    /// Its id.
    pub id: NoticeId,
    /// The code of what happened.
    pub event: String,
    /// What its words mention.
    pub args: Vec<(String, Arg)>,
    /// The page to go to.
    pub link: String,
    /// When it happened.
    pub at: Timestamp,
    /// When it was marked as read.
    pub read_at: Option<Timestamp>,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = crate::schema::notice)]
pub(super) struct Row {
    id: NoticeId,
    event: String,
    args: String,
    link: String,
    at: i64,
    read_at: Option<i64>,
}

impl From<Row> for Notice {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            event: row.event,
            args: serde_json::from_str(&row.args).unwrap_or_default(),
            link: row.link,
            at: Timestamp(row.at),
            read_at: row.read_at.map(Timestamp),
        }
    }
}

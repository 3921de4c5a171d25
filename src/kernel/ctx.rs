//! Who acts, in which language, when and from where: passed explicitly to every command, never ambient.

use super::id::AccountId;
use super::{Lang, Timestamp};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody on the public portal: nobody we know, and nobody we follow.
    Public,
    /// A person with an account.
    Account(AccountId),
    /// The operator at the machine's own command line.
    Operator,
    /// The program itself: jobs, the demo.
    System,
}

impl Actor {
    /// The account, where there is one.
    pub fn account(&self) -> Option<&AccountId> {
        match self {
            Self::Account(id) => Some(id),
            _ => None,
        }
    }

    /// How the audit log names the kind of actor.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Account(_) => "account",
            Self::Operator => "operator",
            Self::System => "system",
        }
    }
}

/// The circumstances of one act.
#[derive(Clone, Debug)]
pub struct Ctx {
    /// Who acts.
    pub actor: Actor,
    /// The language that answers are written in.
    pub lang: Lang,
    /// When, fixed once for the whole act.
    pub at: Timestamp,
    /// Ties together log lines, audit entries and the answer.
    pub request_id: String,
    /// The address the act came from, where there is one.
    pub client: Option<String>,
}

impl Ctx {
    /// An act of the program or of the operator, not of a request.
    pub fn new(actor: Actor, at: Timestamp) -> Self {
        Self { actor, lang: Lang::Vi, at, request_id: super::id::fresh(), client: None }
    }
}

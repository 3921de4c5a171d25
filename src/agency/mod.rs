//! Agencies [cơ quan]: the bodies that own data, with validity dates and successors (R-002, C19).
//!
//! A merged or dissolved body keeps its record; its page names the successor, who answers for what was its own ([`Heirs`]). Slugs are never
//! reused.

mod command;
mod heirs;
mod model;
mod store;

pub(crate) use command::change;
pub use command::{NewAgency, register};
pub use heirs::Heirs;
pub use model::Agency;
pub use store::{all, by_id, by_slug, heirs, predecessors, taken_over, wanted};

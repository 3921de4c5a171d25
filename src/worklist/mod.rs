//! Work lists [việc của tôi]: what waits for somebody, what is late, what changed. Nothing is kept here: every list is read off the tables
//! of the rooms before, bound to the person's agencies in SQL.

mod model;
mod query;
mod store;

pub use model::{Agenda, Changed, Due, Others, Wait, Waiting};
pub use query::{agenda, waiting};

//! A full-text index over tantivy with Vietnamese analysis. It knows records of texts, codes and numbers, and nothing of what they mean.
//!
//! - [`analysis`]: words and the forms in which they are compared; [`collation`]: the order of the alphabet. Pure.
//! - [`Engine`]: a folder of generations, one of them current; commits, rebuilds beside the current one, crash safety.
//! - [`Snapshot`]: one unchanging state of the index with its codes, numbers and title order held in memory, so that filters,
//!   counts and sorting are plain loops over rows.
//! - [`Node`]: a query, written without a word of tantivy.
//! - [`Spelling`]: near words for a word that the index does not hold; [`Lexicon`]: phrases to go on with while typing.
//!
//! Invariants: the folder's file `current` names a generation whose files are whole and synced, or does not exist; a commit
//! carries the change sequence it is in step with; at most one [`Engine`] of all processes writes to a folder.

pub mod analysis;
pub mod collation;
mod engine;
mod generation;
mod lexicon;
mod node;
mod record;
mod snapshot;
mod spelling;

pub use engine::Engine;
pub use lexicon::Lexicon;
pub use node::{Form, Node};
pub use record::{Layout, Record};
pub use snapshot::{Codes, Match, Snapshot};
pub use spelling::Spelling;

//! The demonstration province: invented people and figures, clearly labelled, published through the same commands as real ones.

pub mod content;
pub mod generate;
mod seed;

pub use seed::{Seeded, fill, seed};

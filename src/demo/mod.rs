//! The demonstration province: invented people and figures, clearly labelled, published through the same commands as real ones.

pub mod content;
pub mod generate;
pub mod open_data;
mod seed;

pub use seed::{Seeded, fill, seed};

/// The reason that decisions on real files keep when the demo publishes them.
pub const REASON: &str = "Dữ liệu mẫu";

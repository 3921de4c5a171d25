//! What the province decides about its open data: the catalogue that an authority issues [danh mục dữ liệu mở], and the plan of a
//! year [kế hoạch dữ liệu mở].
//!
//! Invariants: what is decided goes with its signed file, an object of the store that never changes; nobody submits and records the
//! decision on the same thing; the catalogue in force alone says which datasets bear the mark `in_catalogue`.

pub mod catalogue;
pub mod decision;
mod duties;
pub mod yearly;

pub use duties::renew_duties;

//! The pages of the two portals. The portals never import each other.

pub mod gallery;
pub mod internal;
pub mod open_data;
pub mod public;
pub mod regulations;
pub mod report_form;
pub mod request_form;

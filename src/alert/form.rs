//! What people say about an alert.

use serde::Deserialize;
use validator::Validate;

use crate::kernel::{Error, Problem, Result};

/// The form under an alert.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
pub struct HandlingForm {
    /// What was found and done.
    #[serde(default)]
    #[validate(length(max = 2000, code = "alert-note-missing"))]
    pub note: String,
}

impl HandlingForm {
    /// Names every wrong field at once.
    ///
    /// # Errors
    /// A refusal `alert-note-missing`.
    pub fn check(&self) -> Result<()> {
        if self.note.trim().is_empty() || self.validate().is_err() {
            return Err(Error::invalid(Problem::new("alert-note-missing").on("note")));
        }
        Ok(())
    }
}

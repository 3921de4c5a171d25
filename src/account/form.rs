//! What people type to sign in.

use serde::Deserialize;
use validator::Validate;

use crate::kernel::{Error, Problem, Result};

/// The sign-in form.
#[derive(Clone, Debug, Default, Deserialize, Validate)]
pub struct SignInForm {
    /// User name or e-mail.
    #[serde(default)]
    #[validate(length(min = 1, max = 254, code = "sign-in-name-missing"))]
    pub name: String,
    /// The password.
    #[serde(default)]
    #[validate(length(min = 1, max = 128, code = "password-missing"))]
    pub password: String,
    /// Where to go afterwards; only a path of our own.
    #[serde(default)]
    pub next: String,
}

impl SignInForm {
    /// Names every wrong field at once.
    ///
    /// # Errors
    /// A refusal with one problem a field: `sign-in-name-missing`, `password-missing`.
    pub fn check(&self) -> Result<()> {
        let Err(errors) = self.validate() else { return Ok(()) };
        let mut problems = Vec::new();
        for (field, code) in [("name", "sign-in-name-missing"), ("password", "password-missing")] {
            if errors.field_errors().contains_key(field) {
                problems.push(Problem::new(code).on(field));
            }
        }
        Err(Error::invalid_all(problems))
    }
}

//! What somebody types who wants to be written to.

use serde::Deserialize;

use crate::kernel::typed::is_mail;
use crate::kernel::{Error, Problem, Result};

/// The form: what is to be followed, and where the letters go.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SubscribeForm {
    /// The slug of a dataset.
    pub dataset: String,
    /// The slug of an agency.
    pub agency: String,
    /// The code of a topic.
    pub topic: String,
    /// The e-mail.
    pub email: String,
    /// A field that no person sees or fills.
    pub website: String,
}

impl SubscribeForm {
    /// The e-mail, if every field is sound.
    ///
    /// # Errors
    /// `Invalid`: `subscribe-email-missing` or `subscribe-email-form` on `email`; `report-trap` on `website`.
    pub fn address(&self) -> Result<&str> {
        let email = self.email.trim();
        let mut problems = Vec::new();
        if email.is_empty() {
            problems.push(Problem::new("subscribe-email-missing").on("email"));
        } else if !is_mail(email) {
            problems.push(Problem::new("subscribe-email-form").on("email"));
        }
        if !self.website.is_empty() {
            problems.push(Problem::new("report-trap").on("website"));
        }
        if problems.is_empty() { Ok(email) } else { Err(Error::invalid_all(problems)) }
    }
}

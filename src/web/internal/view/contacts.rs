//! Who looks after a dataset.

use askama::Template;

use crate::http::page::{Choice, Field, PageCtx, Wrong};

/// `/internal/datasets/{id}/contacts`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/contacts.html")]
pub struct ContactsPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Who looks after it, by name.
    pub rows: Vec<ContactLine>,
    /// Whether the reader enters and removes.
    pub writes: bool,
    /// The entry that the form changes; empty where it makes one.
    pub editing: String,
    /// The people of the agency, field `contact_account`.
    pub people: Vec<Choice>,
    /// The field `contact_name`.
    pub name: Field,
    /// The field `contact_duty`.
    pub duty: Field,
    /// The field `contact_phone`.
    pub phone: Field,
    /// The field `contact_email`.
    pub mail: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// Somebody who looks after a dataset.
#[derive(Clone, Debug)]
pub struct ContactLine {
    /// The entry's id.
    pub id: String,
    /// The person's name.
    pub name: String,
    /// What the person does for the dataset.
    pub duty: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub mail: String,
}

//! Somebody who looks after a dataset.

use diesel::prelude::*;

use crate::kernel::id::{AccountId, ContactId, DatasetId};

/// An entry.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::dataset_contact)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// Which dataset.
    pub dataset_id: DatasetId,
    /// The person's account, where they have one.
    pub account_id: Option<AccountId>,
    /// The person's name.
    pub person_name: String,
    /// What the person does for the dataset.
    pub duty: String,
    /// The office telephone.
    pub phone: String,
    /// The office e-mail.
    pub email: String,
    /// When it was last changed, in milliseconds.
    pub changed_at: i64,
}

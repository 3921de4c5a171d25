//! A focal point.

use diesel::prelude::*;

use crate::kernel::id::{AccountId, AgencyId, FocalPointId};

/// Somebody whom an agency names to be spoken to.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::focal_point)]
pub struct FocalPoint {
    /// Its id.
    pub id: FocalPointId,
    /// Of which agency.
    pub agency_id: AgencyId,
    /// The code of its kind, one of the profile's.
    pub kind: String,
    /// The person's name.
    pub person_name: String,
    /// The person's position.
    pub position: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub email: String,
    /// `nominated`, `active`, `replaced` or `refused`.
    pub state: String,
    /// Who named the person.
    pub nominated_by: AccountId,
    /// When, in milliseconds.
    pub nominated_at: i64,
    /// When it was decided, in milliseconds.
    pub decided_at: Option<i64>,
    /// The number of the province's decision.
    pub decision_number: Option<String>,
    /// Its day, ISO 8601.
    pub decision_date: Option<String>,
    /// Why it was refused.
    pub note: Option<String>,
}

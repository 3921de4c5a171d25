//! A list of focal points, and its rows.

use diesel::prelude::*;

use crate::kernel::id::{AccountId, AgencyId, FocalListId, FocalPointId};

/// A list that was compiled for the province's approval.
#[derive(Clone, Debug, Queryable, Selectable)]
#[diesel(table_name = crate::schema::focal_list)]
pub struct FocalList {
    /// Its id.
    pub id: FocalListId,
    /// Its number, from 1.
    pub number: i32,
    /// `compiled`, `submitted` or `approved`.
    pub state: String,
    /// Who compiled it.
    pub compiled_by: AccountId,
    /// When, in milliseconds.
    pub compiled_at: i64,
    /// The day on which it was submitted, ISO 8601.
    pub submitted_on: Option<String>,
    /// The number of the letter that it went with.
    pub letter_number: Option<String>,
    /// When the decision was entered, in milliseconds.
    pub recorded_at: Option<i64>,
    /// The decision's number.
    pub decision_number: Option<String>,
    /// The decision's day, ISO 8601.
    pub decision_date: Option<String>,
    /// Who signed it.
    pub signer: Option<String>,
    /// Where the signed decision can be read.
    pub link: Option<String>,
}

/// A row of a list, as it was when the list was compiled.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::focal_list_row)]
pub struct FocalListRow {
    /// In which list.
    pub list_id: FocalListId,
    /// Its number, from 1.
    pub position: i32,
    /// `province` or `commune`.
    pub level: String,
    /// Of which agency.
    pub agency_id: AgencyId,
    /// What the agency was called.
    pub agency_name: String,
    /// The code of the kind of focal point.
    pub kind: String,
    /// Which focal point; none where the agency had named nobody.
    pub focal_point_id: Option<FocalPointId>,
    /// The person's name; empty where there is nobody, as the rest is.
    pub person_name: String,
    /// The person's position.
    pub duty: String,
    /// The telephone.
    pub phone: String,
    /// The e-mail.
    pub email: String,
}

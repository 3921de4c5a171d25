//! An agency.

use diesel::prelude::*;

use crate::kernel::id::AgencyId;
use crate::kernel::{Lang, Localized};

/// A body of the province.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::agency)]
pub struct Agency {
    /// Its id.
    pub id: AgencyId,
    /// Its part of addresses.
    pub slug: String,
    /// Its name.
    pub name_vi: String,
    /// Its English name.
    pub name_en: Option<String>,
    /// The code of its kind, from the profile.
    pub kind: String,
    /// The electronic identifier of QĐ 20/2020/QĐ-TTg.
    pub e_identifier: Option<String>,
    /// The office telephone.
    pub phone: Option<String>,
    /// The office e-mail.
    pub email: Option<String>,
    /// First day of validity, ISO 8601.
    pub valid_from: String,
    /// Last day of validity, ISO 8601.
    pub valid_to: Option<String>,
    /// Who took over.
    pub successor_id: Option<AgencyId>,
    /// The body it belongs to.
    pub parent_id: Option<AgencyId>,
    /// Whether it takes part of its own will, being only encouraged to.
    pub voluntary: bool,
}

impl Agency {
    /// Whether it is over on a day (ISO 8601).
    pub fn is_over(&self, day: &str) -> bool {
        self.valid_to.as_deref().is_some_and(|last| last < day)
    }

    /// Its names in both languages.
    pub fn names(&self) -> Localized {
        Localized { vi: self.name_vi.clone(), en: self.name_en.clone() }
    }

    /// The name in a language, and the language it is really in.
    pub fn name(&self, lang: Lang) -> (&str, Lang) {
        match (lang, &self.name_en) {
            (Lang::En, Some(name)) => (name, Lang::En),
            _ => (&self.name_vi, Lang::Vi),
        }
    }
}

//! Access [quyền truy cập]: may this person do this? Decided inside commands, with the reason of a no.
//!
//! Invariant: nothing here reads the web; handlers and templates never decide.

use crate::account::{Person, role};
use crate::kernel::id::AgencyId;
use crate::kernel::{Arg, Error, Problem, Result};
use crate::profile::{Profile, ReviewStep};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Look around in the internal portal.
    UseInternalPortal,
    /// See datasets of an agency in every state.
    SeeDatasets(&'a AgencyId),
    /// Read the original files, and the rows set aside, of an agency's dataset.
    ReadOriginal(&'a AgencyId),
    /// Decide a step of the profile's review of an agency's dataset.
    Decide(&'a Profile, &'a ReviewStep, &'a AgencyId),
    /// Read the audit log.
    ReadAudit,
    /// See alerts and say what was found.
    HandleAlerts,
    /// See how all agencies of the province stand.
    SeeProvince,
}

/// The answer: yes, or no and why.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// Yes.
    Granted,
    /// No, because of this.
    Denied(Problem),
}

impl Verdict {
    /// Goes on, or stops with the reason.
    ///
    /// # Errors
    /// `Forbidden` with the reason.
    pub fn require(self) -> Result<()> {
        match self {
            Self::Granted => Ok(()),
            Self::Denied(problem) => Err(Error::forbidden(problem)),
        }
    }

    /// Whether it is a yes.
    pub fn granted(&self) -> bool {
        *self == Self::Granted
    }
}

/// Whether a person may.
///
/// Every agency's people see all datasets of the internal portal in every state today; what they may do there is bound to their
/// agency. Originals may hold what was never to be public: they are for the agency's people, the coordinating department and the
/// auditors. A review step is decided by the step's role at the dataset's agency, or by the coordinating department.
pub fn may(person: &Person, action: Action<'_>) -> Verdict {
    let anywhere = |role: &str| person.holds(role, None);
    let yes = match action {
        Action::UseInternalPortal | Action::SeeDatasets(_) => !person.held.is_empty(),
        Action::ReadOriginal(agency) => {
            person.held.iter().any(|held| held.agency == *agency)
                || [role::COORDINATOR, role::AUDITOR].into_iter().any(anywhere)
        }
        Action::Decide(_, step, agency) => person.holds(&step.role, Some(agency)) || anywhere(role::COORDINATOR),
        Action::SeeProvince => [role::COORDINATOR, role::CHAIR].into_iter().any(anywhere),
        Action::ReadAudit | Action::HandleAlerts => {
            [role::AUDITOR, role::OPERATOR, role::COORDINATOR].into_iter().any(anywhere)
        }
    };
    if yes {
        return Verdict::Granted;
    }
    Verdict::Denied(match action {
        Action::Decide(profile, step, _) => {
            let role =
                profile.role(&step.role).map_or_else(|| Arg::from(step.role.as_str()), |role| role.name.clone().into());
            Problem::new("role-missing").with("person", person.account.full_name.as_str()).with("role", role)
        }
        Action::ReadOriginal(_) => Problem::new("original-closed"),
        _ => Problem::new("forbidden"),
    })
}

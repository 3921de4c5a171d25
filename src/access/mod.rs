//! Access [quyền truy cập]: may this person do this? Decided inside commands, with the reason of a no.
//!
//! Invariant: nothing here reads the web; handlers and templates never decide.

use crate::account::{Person, role};
use crate::kernel::id::AgencyId;
use crate::kernel::{Arg, Error, Problem, Result};
use crate::profile::{PoliceRole, Profile, ReviewStep};

/// What somebody wants to do.
#[derive(Clone, Copy, Debug)]
pub enum Action<'a> {
    /// Look around in the internal portal.
    UseInternalPortal,
    /// See datasets of an agency in every state.
    SeeDatasets(&'a AgencyId),
    /// Read the original files, and the rows set aside, of an agency's dataset.
    ReadOriginal(&'a AgencyId),
    /// Write drafts of an agency's datasets: whoever submits them, by the profile's review.
    EditDataset(&'a Profile, &'a AgencyId),
    /// Sign that nothing changed in an agency's dataset: whoever writes its drafts there, and nobody else.
    ConfirmUnchanged(&'a Profile, &'a AgencyId),
    /// Decide a step of the profile's review of an agency's dataset.
    Decide(&'a Profile, &'a ReviewStep, &'a AgencyId),
    /// Read the audit log.
    ReadAudit,
    /// See what a scan found in an agency's data.
    SeeFindings(&'a Profile, &'a AgencyId),
    /// Decide about what was found in an agency's data, other than clearing a mark of a secret.
    JudgeFindings(&'a Profile, &'a AgencyId),
    /// Say that something is no state secret, or lift a quarantine.
    ClearSecrets(&'a Profile),
    /// See a dataset in which a state secret was confirmed.
    SeeQuarantined(&'a AgencyId),
    /// See accounts: every agency's, or one's own agency's, as `people::scope` says.
    SeeAccounts,
    /// Ask for an account at an agency.
    AskForAccount(&'a AgencyId),
    /// Issue accounts, refuse them, give and end roles, open reviews.
    IssueAccounts,
    /// Lock, unlock and close accounts, change what they say of their owners, take off a second factor that was lost.
    LockAccounts,
    /// Answer for an agency's accounts in a review.
    AnswerForAccounts(&'a AgencyId),
    /// See the directory of agencies from inside.
    SeeAgencies,
    /// Enter, change, merge and dissolve agencies; decide on focal points.
    ManageAgencies,
    /// Name an agency's focal points.
    NameFocalPoint(&'a AgencyId),
    /// See alerts and say what was found.
    HandleAlerts,
    /// See how all agencies of the province stand.
    SeeProvince,
    /// Read and handle what readers report about an agency's datasets.
    HandleReports(&'a Profile, &'a AgencyId),
    /// Handle reports of some agency.
    HandleSomeReports(&'a Profile),
    /// Ask that something be destroyed for good.
    AskPurge(&'a Profile),
    /// Confirm or refuse what another person asked to be destroyed.
    ConfirmPurge(&'a Profile),
    /// See what was, or is to be, destroyed, and which backups may still hold it.
    SeePurges(&'a Profile),
    /// Register backups and say that they were destroyed.
    KeepBackups,
    /// Enter a year's days off and make-up days.
    KeepCalendar,
    /// Write guides, news and the other pages of the public portal.
    EditPages,
    /// Read an agency's quarterly return.
    SeeReturn(&'a AgencyId),
    /// Write an agency's quarterly return.
    WriteReturn(&'a Profile, &'a AgencyId),
    /// Sign an agency's quarterly return, and take the signature back: whom the profile names.
    SignReturn(&'a Profile, &'a AgencyId),
    /// Close a quarter before its day.
    CloseQuarter,
    /// Grant or refuse more time for an update.
    GrantExtensions,
    /// See the open-data catalogue and plan from inside, also before they are issued.
    SeePlans,
    /// Write the open-data catalogue and plans, and enter the decisions on them.
    EditPlans,
    /// Propose items of a plan for an agency, comment on it, and say that its items are done.
    ProposeItems(&'a Profile, &'a AgencyId),
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
/// auditors. Findings of the scan are for the agency's people, the coordinating department and, where the profile makes them reviewers,
/// the police; who decides the first review step decides about findings, but a state secret is ruled out by the two others only. What is
/// in quarantine is for the same people and nobody else. A review step is decided by the step's role at the dataset's agency, or by the
/// coordinating department.
///
/// An agency's accounts and focal points are the business of its focal points and its head; those of all agencies that of the
/// coordinating department, which alone issues. Those who run the portal see every account, lock and close, and correct
/// names and addresses.
///
/// An agency's return is read by its people and by those who see all agencies; it is the agency's own word, so that the coordinating
/// department writes and signs no other agency's. So is the word that nothing changed in one of its datasets.
///
/// Who holds a role at the successor of a body that was merged holds it there too ([`account::by_id`](crate::account::by_id)).
///
/// What readers report about an agency's datasets is the business of those who write its drafts, of its focal points and its head, and of
/// the coordinating department.
pub fn may(person: &Person, action: Action<'_>) -> Verdict {
    let anywhere = |role: &str| person.holds(role, None);
    let police = |profile: &Profile| profile.police.role.value == PoliceRole::Reviewer && anywhere(role::POLICE);
    let speaks = |agency: Option<&AgencyId>| {
        [role::FOCAL_POINT, role::AGENCY_HEAD].into_iter().any(|role| person.holds(role, agency))
    };
    let handles = |profile: &Profile, agency: Option<&AgencyId>| {
        let writes = profile.review.steps.first().is_some_and(|step| person.holds(&step.role, agency));
        writes || speaks(agency) || anywhere(role::COORDINATOR)
    };
    let signs = |profile: &Profile, agency: &AgencyId| {
        profile.agency_list.sign_roles.value.iter().any(|role| person.holds(role, Some(agency)))
    };
    let yes = match action {
        Action::UseInternalPortal | Action::SeeDatasets(_) | Action::SeePlans => !person.held.is_empty(),
        Action::ReadOriginal(agency) => {
            person.held.iter().any(|held| held.agency == *agency)
                || [role::COORDINATOR, role::AUDITOR].into_iter().any(anywhere)
        }
        Action::EditDataset(profile, agency) => {
            let writes = profile.review.steps.first().is_some_and(|step| person.holds(&step.role, Some(agency)));
            writes || anywhere(role::COORDINATOR)
        }
        Action::ConfirmUnchanged(profile, agency) => {
            profile.review.steps.first().is_some_and(|step| person.holds(&step.role, Some(agency)))
        }
        Action::Decide(_, step, agency) => person.holds(&step.role, Some(agency)) || anywhere(role::COORDINATOR),
        Action::SeeFindings(profile, agency) => {
            person.held.iter().any(|held| held.agency == *agency) || anywhere(role::COORDINATOR) || police(profile)
        }
        Action::JudgeFindings(profile, agency) => {
            profile.review.steps.first().is_some_and(|step| person.holds(&step.role, Some(agency)))
                || anywhere(role::COORDINATOR)
        }
        Action::ClearSecrets(profile) => anywhere(role::COORDINATOR) || police(profile),
        Action::SeeQuarantined(agency) => {
            person.held.iter().any(|held| held.agency == *agency)
                || [role::COORDINATOR, role::POLICE].into_iter().any(anywhere)
        }
        Action::SeeAccounts => speaks(None) || [role::OPERATOR, role::COORDINATOR].into_iter().any(anywhere),
        Action::LockAccounts | Action::KeepCalendar => [role::OPERATOR, role::COORDINATOR].into_iter().any(anywhere),
        Action::IssueAccounts
        | Action::ManageAgencies
        | Action::EditPages
        | Action::EditPlans
        | Action::GrantExtensions
        | Action::CloseQuarter => anywhere(role::COORDINATOR),
        Action::SeeAgencies => speaks(None) || anywhere(role::COORDINATOR),
        Action::AskForAccount(agency) | Action::AnswerForAccounts(agency) | Action::NameFocalPoint(agency) => {
            speaks(Some(agency)) || anywhere(role::COORDINATOR)
        }
        Action::HandleReports(profile, agency) | Action::ProposeItems(profile, agency) => {
            handles(profile, Some(agency))
        }
        Action::HandleSomeReports(profile) => handles(profile, None),
        Action::SeeProvince => [role::COORDINATOR, role::CHAIR].into_iter().any(anywhere),
        Action::AskPurge(profile) => anywhere(&profile.purge.ask.value),
        Action::ConfirmPurge(profile) => anywhere(&profile.purge.confirm.value),
        Action::SeePurges(profile) => {
            [profile.purge.ask.value.as_str(), &profile.purge.confirm.value, role::AUDITOR, role::OPERATOR]
                .into_iter()
                .any(anywhere)
        }
        Action::KeepBackups => anywhere(role::OPERATOR),
        Action::SeeReturn(agency) => {
            person.held.iter().any(|held| held.agency == *agency)
                || [role::COORDINATOR, role::CHAIR].into_iter().any(anywhere)
        }
        Action::WriteReturn(profile, agency) => {
            let writes = profile.review.steps.first().is_some_and(|step| person.holds(&step.role, Some(agency)));
            writes || speaks(Some(agency)) || signs(profile, agency)
        }
        Action::SignReturn(profile, agency) => signs(profile, agency),
        Action::ReadAudit | Action::HandleAlerts => {
            [role::AUDITOR, role::OPERATOR, role::COORDINATOR].into_iter().any(anywhere)
        }
    };
    if yes {
        return Verdict::Granted;
    }
    let missing = |profile: &Profile, step: &ReviewStep| {
        let role =
            profile.role(&step.role).map_or_else(|| Arg::from(step.role.as_str()), |role| role.name.clone().into());
        Problem::new("role-missing").with("person", person.account.full_name.as_str()).with("role", role)
    };
    Verdict::Denied(match action {
        Action::Decide(profile, step, _) => missing(profile, step),
        Action::EditDataset(profile, _) => match profile.review.steps.first() {
            Some(step) => missing(profile, step),
            None => Problem::new("forbidden"),
        },
        Action::ReadOriginal(_) => Problem::new("original-closed"),
        Action::ClearSecrets(_) => Problem::new("secret-not-yours"),
        Action::SeeQuarantined(_) => Problem::new("quarantined"),
        Action::ConfirmUnchanged(..) => Problem::new("unchanged-not-yours"),
        Action::SignReturn(..) => Problem::new("return-not-yours-to-sign"),
        Action::AskPurge(_) | Action::ConfirmPurge(_) | Action::SeePurges(_) => Problem::new("purge-not-yours"),
        _ => Problem::new("forbidden"),
    })
}

/// What is said of datasets in quarantine a reader sees; all else everybody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sight {
    /// Every one.
    All,
    /// Those of some agencies.
    Of(Vec<AgencyId>),
}

impl Default for Sight {
    /// As the public sees.
    fn default() -> Self {
        Self::Of(Vec::new())
    }
}

impl Sight {
    /// What somebody signed in sees, as [`Action::SeeQuarantined`] says.
    pub fn of(person: &Person) -> Self {
        if [role::COORDINATOR, role::POLICE].iter().any(|role| person.holds(role, None)) {
            Self::All
        } else {
            Self::Of(person.held.iter().map(|held| held.agency.clone()).collect())
        }
    }

    /// Whether what an agency has in quarantine is seen.
    pub fn covers(&self, agency: &AgencyId) -> bool {
        match self {
            Self::All => true,
            Self::Of(own) => own.contains(agency),
        }
    }
}

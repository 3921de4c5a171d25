//! Decisions, remarks, and where a draft stands between them.

use crate::dataset::{Dataset, Version};
use crate::kernel::Timestamp;
use crate::kernel::id::{AccountId, DecisionId, VersionId};
use crate::profile::{Profile, ReviewStep};

/// What somebody decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Sent it on its way.
    Submitted,
    /// Let it go on.
    Approved,
    /// Sent it back.
    ChangesAsked,
    /// Stopped it.
    Refused,
}

impl Verdict {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::Approved => "approved",
            Self::ChangesAsked => "changes-asked",
            Self::Refused => "refused",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Submitted, Self::Approved, Self::ChangesAsked, Self::Refused]
            .into_iter()
            .find(|verdict| verdict.code() == code)
    }
}

/// What a reviewer says of one field of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The field's code: `title`, `description`, …, `table:NAME`, `column:TABLE/KEY`.
    pub field: String,
    /// What is to be done about it.
    pub text: String,
}

/// A remark that was made, with what stood in the field then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRemark {
    /// The field's code.
    pub field: String,
    /// What is to be done about it.
    pub text: String,
    /// The digest of what stood in the field.
    pub value: String,
}

/// A decision on a version.
#[derive(Clone, Debug)]
pub struct Decision {
    /// Its id.
    pub id: DecisionId,
    /// On which version.
    pub version: VersionId,
    /// The code of the step.
    pub step: String,
    /// What was decided.
    pub verdict: Verdict,
    /// Who decided.
    pub person: AccountId,
    /// Their name.
    pub name: String,
    /// Why.
    pub reason: String,
    /// The hash that the draft would have been published with at that moment: the decision counts for this content only.
    pub hash: String,
    /// When.
    pub at: Timestamp,
    /// When a submission was taken back by its person.
    pub recalled: Option<Timestamp>,
    /// Remarks on fields.
    pub remarks: Vec<KeptRemark>,
}

/// Where a draft stands, as the decisions on its present content say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DraftState {
    /// Nobody decided on this content, or the submission was taken back.
    Draft,
    /// Submitted; nobody has approved it yet.
    Submitted,
    /// A reviewer asked for changes.
    ChangesAsked,
    /// Approved by some; the next step waits.
    Approved,
    /// Refused.
    Refused,
}

impl DraftState {
    /// All, in the order of the way.
    pub const ALL: [Self; 5] = [Self::Draft, Self::Submitted, Self::ChangesAsked, Self::Approved, Self::Refused];

    /// The code; its text is the message `state-{code}`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Submitted => "submitted",
            Self::ChangesAsked => "changes-asked",
            Self::Approved => "approved",
            Self::Refused => "refused",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether somebody is to decide.
    pub fn waits(self) -> bool {
        matches!(self, Self::Submitted | Self::Approved)
    }
}

/// Where a draft stands.
#[derive(Clone, Debug)]
pub struct Standing {
    /// In a word.
    pub state: DraftState,
    /// Which of the profile's steps waits, from 0; none unless the draft is submitted, and none once all are decided.
    pub next_step: Option<usize>,
    /// The hash that the draft would be published with now.
    pub hash: String,
    /// Every decision on the draft, oldest first, whatever content it was on.
    pub decisions: Vec<Decision>,
    /// Everybody who has a part in the content.
    pub contributors: Vec<AccountId>,
    /// Where in `decisions` the submission that counts stands.
    submission: Option<usize>,
}

impl Standing {
    /// Works it out. A decision counts for the content it was made on; an approval after the submission that counts, and only while its
    /// person has no part in the content.
    pub(super) fn of(profile: &Profile, hash: String, decisions: Vec<Decision>, contributors: Vec<AccountId>) -> Self {
        let turning = |decision: &Decision| {
            decision.verdict != Verdict::Approved && decision.hash == hash && decision.recalled.is_none()
        };
        let last = decisions.iter().rposition(turning);
        let verdict = last.and_then(|at| decisions.get(at)).map(|decision| decision.verdict);
        let submission = last.filter(|_| verdict == Some(Verdict::Submitted));
        let mut standing =
            Self { state: DraftState::Draft, next_step: None, hash, decisions, contributors, submission };
        standing.state = match verdict {
            Some(Verdict::Submitted) if standing.approvals().next().is_none() => DraftState::Submitted,
            Some(Verdict::Submitted) => DraftState::Approved,
            Some(Verdict::ChangesAsked) => DraftState::ChangesAsked,
            Some(Verdict::Refused) => DraftState::Refused,
            Some(Verdict::Approved) | None => DraftState::Draft,
        };
        if submission.is_some() {
            standing.next_step = standing.waited_for(profile);
        }
        standing
    }

    /// The submission that counts; none unless the draft waits.
    pub fn submission(&self) -> Option<&Decision> {
        self.decisions.get(self.submission?)
    }

    /// The approvals that count, oldest first.
    pub fn approvals(&self) -> impl Iterator<Item = &Decision> {
        let after = self.submission.map_or(self.decisions.len(), |at| at + 1);
        self.decisions.iter().skip(after).filter(|decision| {
            decision.verdict == Verdict::Approved
                && decision.hash == self.hash
                && !self.contributors.contains(&decision.person)
                && !self.submitted_by(&decision.person)
        })
    }

    /// Whether somebody submitted this content, now or before.
    pub fn submitted_by(&self, person: &AccountId) -> bool {
        let submitted = |decision: &&Decision| decision.verdict == Verdict::Submitted && decision.hash == self.hash;
        self.decisions.iter().filter(submitted).any(|decision| decision.person == *person)
    }

    /// Whether an approval of somebody's counts.
    pub fn approved_by(&self, person: &AccountId) -> bool {
        self.approvals().any(|decision| decision.person == *person)
    }

    /// The step that waits.
    pub fn step<'a>(&self, profile: &'a Profile) -> Option<&'a ReviewStep> {
        profile.review.steps.get(self.next_step?)
    }

    /// Persons whose decisions count: the submitter and those who approved.
    fn persons(&self) -> usize {
        let mut persons: Vec<_> = self.submission().into_iter().chain(self.approvals()).map(|d| &d.person).collect();
        persons.sort_unstable();
        persons.dedup();
        persons.len()
    }

    /// The first step after the submission that nobody has decided; the last one again while persons are missing.
    fn waited_for(&self, profile: &Profile) -> Option<usize> {
        let steps = &profile.review.steps;
        let open = (1..steps.len()).find(|at| {
            let code = steps.get(*at).map(|step| step.code.as_str());
            !self.approvals().any(|decision| Some(decision.step.as_str()) == code)
        });
        let needed = usize::try_from(profile.review.min_persons.value).unwrap_or(usize::MAX).max(2);
        open.or_else(|| (self.persons() < needed).then(|| steps.len().saturating_sub(1)))
    }
}

/// A draft in the review, for lists of work.
#[derive(Clone, Debug)]
pub struct InReview {
    /// The dataset.
    pub dataset: Dataset,
    /// Its draft.
    pub version: Version,
    /// Where it stands.
    pub standing: Standing,
}

//! Requests for data as both portals show them: where they stand, what became of them.

use chrono::NaiveDate;

use crate::http::App;
use crate::http::page::{Link, PageCtx, Text};
use crate::http::present;
use crate::kernel::Timestamp;
use crate::voice::request::{DataRequest, Followed, Outcome, State, due};

/// A request as both portals show it.
#[derive(Clone, Debug)]
pub struct RequestView {
    /// Which data.
    pub title: Text,
    /// What for, as far as it was let out.
    pub words: Option<Text>,
    /// Where it stands.
    pub standing: String,
    /// The style class of the badge.
    pub tone: &'static str,
    /// Whose it is to answer.
    pub agency: Option<Text>,
    /// How many need the data.
    pub supporters: u64,
    /// When it was written.
    pub made: Timestamp,
    /// The day by which it is to be answered, and the law behind it; none once it was.
    pub due: Option<(NaiveDate, String)>,
    /// Whether that day, or the one promised, is over.
    pub late: bool,
    /// The day by which the data will be published.
    pub promised: Option<NaiveDate>,
    /// The answer.
    pub answer: Option<Text>,
    /// Why the data cannot be published, and the law that says so.
    pub refusal: Option<(Text, String)>,
    /// The dataset that holds the data.
    pub dataset: Option<Link>,
    /// The request that asks for the same.
    pub into: Option<Link>,
    /// What happened, oldest first: what, when, who.
    pub steps: Vec<(String, Timestamp, Option<String>)>,
}

impl RequestView {
    /// Of what was found; the links lead into the page's portal: `internal` says that it is the one with sign-in.
    pub fn of(app: &App, page: &PageCtx, found: &Followed, internal: bool) -> Self {
        let (request, profile) = (&found.request, app.profile());
        let (standing, tone) = standing(page, request);
        let day = due(profile, request);
        let rule = &profile.data_request.answer_working_days;
        let own = |text: &str| Text::of(text, request.lang, page.lang);
        let reason = request.refusal.as_deref().and_then(|code| profile.refusal(code));
        Self {
            title: own(request.title()),
            words: request.shown.as_ref().and_then(|shown| shown.words.as_deref()).map(own),
            standing,
            tone,
            agency: found.agency.as_ref().map(|name| present::text(page, name)),
            supporters: request.supporters,
            made: request.made_at,
            due: day.filter(|_| request.state != State::Planned).map(|day| (day, present::basis(page, profile, rule))),
            late: day.is_some_and(|day| day < app.today()),
            promised: request.promised_on,
            answer: request.answer.as_deref().map(own),
            refusal: reason.map(|reason| {
                let cited = present::cited(page, profile, &reason.basis);
                (present::text(page, &reason.name), page.t1("basis-cited", "basis", cited))
            }),
            dataset: found.dataset.as_ref().map(|(dataset, title)| {
                let href = match internal {
                    true => format!("/internal/datasets/{}", dataset.id),
                    false => page.href(&format!("/dataset/{}", dataset.slug)),
                };
                Link { text: present::text(page, title), href }
            }),
            into: found.into.as_ref().and_then(|other| {
                let href = match internal {
                    true => format!("/internal/data-requests/{}", other.id),
                    false => page.href(&path_of(other)?),
                };
                Some(Link { text: Text::of(other.title(), other.lang, page.lang), href })
            }),
            steps: found
                .steps
                .iter()
                .map(|step| (page.t(&format!("ask-event-{}", step.event.code())), step.at, step.by.clone()))
                .collect(),
        }
    }
}

/// The page of a request on the public portal, without the language's prefix; none before it was let out.
pub fn path_of(request: &DataRequest) -> Option<String> {
    request.shown.as_ref().map(|shown| format!("/yeu-cau-du-lieu/{}", shown.number))
}

/// Where a request stands, and the style class of the badge that says so.
pub fn standing(page: &PageCtx, request: &DataRequest) -> (String, &'static str) {
    match request.outcome {
        Some(outcome) => (
            page.t(&format!("ask-outcome-{}", outcome.code())),
            if outcome == Outcome::Published { "good" } else { "plain" },
        ),
        None => (
            page.t(&format!("ask-state-{}", request.state.code())),
            if request.state == State::New { "warn" } else { "info" },
        ),
    }
}

//! Letters to readers when data change.

use askama::Template;

use crate::http::page::{Field, Link, PageCtx, Wrong};
use crate::kernel::Timestamp;

/// `/theo-doi?dataset=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/subscribe.html")]
pub struct SubscribePage {
    /// The page.
    pub page: PageCtx,
    /// What is to be followed, and its page.
    pub what: Link,
    /// Whether that is everything.
    pub all: bool,
    /// The same as an Atom feed.
    pub feed_href: String,
    /// The hidden fields that name it.
    pub kept: Vec<(&'static str, String)>,
    /// The e-mail.
    pub email: Field,
    /// The field that no person sees.
    pub trap: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// Whether a letter is on its way.
    pub sent: bool,
}

/// `/theo-doi/thu?code=`.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/subscription.html")]
pub struct SubscriptionPage {
    /// The page.
    pub page: PageCtx,
    /// What the holder of the key follows or is asked about; none for a key that opens nothing.
    pub known: Option<Known>,
    /// Whether it was confirmed a moment ago.
    pub confirmed: bool,
    /// Whether it was ended a moment ago.
    pub ended: bool,
    /// Whether there is no key at all.
    pub empty: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

impl SubscriptionPage {
    /// The message of its main heading.
    pub fn heading(&self) -> &'static str {
        match &self.known {
            Some(known) if known.since.is_none() => "subscription-ask",
            Some(_) => "subscription-title",
            None if self.ended => "subscription-ended",
            None if self.empty && self.wrongs.is_empty() => "subscription-title",
            None => "subscription-unknown",
        }
    }
}

/// What somebody follows.
#[derive(Clone, Debug)]
pub struct Known {
    /// The key.
    pub code: String,
    /// What is followed, and its page.
    pub what: Link,
    /// Whether that is everything.
    pub all: bool,
    /// Since when; none while it is not confirmed.
    pub since: Option<Timestamp>,
}

//! Time: the only place that asks the machine for "now", so that tests can set the clock.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// A point in time: milliseconds since 1970-01-01T00:00:00 UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// RFC 3339 in UTC with milliseconds, as logs, feeds and JSON-LD want it.
    pub fn to_rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
    }

    /// The calendar date at this moment in a zone `offset_minutes` east of UTC.
    pub fn date(self, offset_minutes: i32) -> NaiveDate {
        self.local(offset_minutes).date_naive()
    }

    /// The moment as seen in a zone `offset_minutes` east of UTC (an impossible offset counts as UTC).
    pub fn local(self, offset_minutes: i32) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(offset_minutes.saturating_mul(60)).or_else(|| FixedOffset::east_opt(0));
        match zone {
            Some(zone) => self.utc().with_timezone(&zone),
            None => self.utc().fixed_offset(),
        }
    }

    /// The first moment of a day in a zone `offset_minutes` east of UTC.
    pub fn midnight(day: NaiveDate, offset_minutes: i32) -> Self {
        let utc = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_millis();
        Self(utc - i64::from(offset_minutes) * 60_000)
    }

    /// This moment plus a number of seconds.
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }
}

/// Where the time comes from. Cloning shares it, so a test that moves its clock moves it for the whole application.
#[derive(Clone, Debug)]
pub struct Clock(Source);

#[derive(Clone, Debug)]
enum Source {
    System,
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still until [`Clock::advance`] moves it.
    pub fn fixed(at: Timestamp) -> Self {
        Self(Source::Set(Arc::new(AtomicI64::new(at.0))))
    }

    /// Now.
    pub fn now(&self) -> Timestamp {
        match &self.0 {
            Source::System => Timestamp(Utc::now().timestamp_millis()),
            Source::Set(at) => Timestamp(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock; the machine's clock is left alone.
    pub fn advance(&self, seconds: i64) {
        if let Source::Set(at) = &self.0 {
            at.fetch_add(seconds.saturating_mul(1000), Ordering::SeqCst);
        }
    }
}

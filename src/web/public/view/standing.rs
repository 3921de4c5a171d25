//! How up to date the data is: agency by agency, and quarter by quarter.

use askama::Template;
use chrono::NaiveDate;

use crate::http::page::{Download, GrainRow, Head, Link, PageCtx, Text, bar_width};

/// `/tinh-hinh-cap-nhat?sort=`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/standing.html")]
pub struct StandingPage {
    /// The page.
    pub page: PageCtx,
    /// The day that the numbers are of.
    pub today: NaiveDate,
    /// How the datasets of the whole province stand.
    pub freshness: GrainRow,
    /// The heads of the agencies' table that put it in order.
    pub heads: AgencyHeads,
    /// Agencies that publish, in the order that is asked for.
    pub agencies: Vec<AgencyStanding>,
    /// The quarters, the oldest first.
    pub quarters: Vec<QuarterStanding>,
    /// The agencies as files.
    pub agency_files: Vec<Download>,
    /// The quarters as files.
    pub quarter_files: Vec<Download>,
    /// The terms they are under.
    pub terms: Link,
}

impl StandingPage {
    /// Whether anything was due in any of the quarters.
    pub fn has_quarters(&self) -> bool {
        self.quarters.iter().any(|quarter| quarter.owed() > 0)
    }
}

/// The heads that put the agencies in order.
#[derive(Clone, Debug)]
pub struct AgencyHeads {
    /// By their names.
    pub name: Head,
    /// By how many datasets are late, the most first.
    pub late: Head,
    /// By the share that is not late, the smallest first.
    pub share: Head,
}

/// How an agency's datasets stand.
#[derive(Clone, Debug)]
pub struct AgencyStanding {
    /// The agency's name.
    pub name: Text,
    /// Its datasets, what is due first.
    pub href: String,
    /// How they stand.
    pub grains: GrainRow,
}

impl AgencyStanding {
    /// Datasets that come by a period.
    pub fn scheduled(&self) -> u64 {
        self.grains.on_time + self.grains.soon + self.grains.late
    }

    /// Those of them whose day is not over.
    pub fn in_time(&self) -> u64 {
        self.grains.on_time + self.grains.soon
    }

    /// The width of the bar.
    pub fn width(&self) -> String {
        bar_width(self.in_time(), self.scheduled())
    }
}

/// What became of updates that were due in a quarter.
#[derive(Clone, Debug)]
pub struct QuarterStanding {
    /// What it is called.
    pub name: String,
    /// Its release, once that is ready.
    pub release: Option<String>,
    /// Done in time.
    pub in_time: u64,
    /// Done late.
    pub late: u64,
    /// Not done.
    pub undone: u64,
    /// Whether it goes on: what is not done may not be due yet.
    pub running: bool,
    /// Whether it is over and will be closed, so that its numbers still change.
    pub closing: bool,
}

impl QuarterStanding {
    /// All that was due.
    pub fn owed(&self) -> u64 {
        self.in_time + self.late + self.undone
    }

    /// Whether the share of what was done in time says something: not while days of the quarter are still to come.
    pub fn has_share(&self) -> bool {
        !self.running && self.owed() > 0
    }

    /// The width of the bar.
    pub fn width(&self) -> String {
        bar_width(self.in_time, self.owed())
    }
}

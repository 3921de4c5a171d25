//! What is to be destroyed, what was, and the backups that may still hold it.

use askama::Template;
use chrono::NaiveDate;

use super::editor::Select;
use crate::http::page::{Choice, Field, PageCtx, Text, Wrong};
use crate::kernel::Timestamp;

/// `/internal/datasets/{id}/purge`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/purge_new.html")]
pub struct NewPurgePage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's title.
    pub title: Text,
    /// The dataset's own page.
    pub dataset_href: String,
    /// Earlier purges of it, newest first.
    pub purges: Vec<PurgeLine>,
    /// What may be chosen; empty for whoever may not ask.
    pub scopes: Vec<Choice>,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
    /// What was chosen would take this, and the form that asks for it.
    pub asking: Option<Box<AskingView>>,
}

/// The form that asks for a purge.
#[derive(Clone, Debug)]
pub struct AskingView {
    /// What was chosen.
    pub scope: String,
    /// What it takes.
    pub plan: PlanView,
    /// Why, as the public reads it.
    pub reason: Field,
    /// Why, in English.
    pub reason_en: Field,
    /// The legal basis.
    pub basis: Select,
}

/// A purge in a list.
#[derive(Clone, Debug)]
pub struct PurgeLine {
    /// Its page.
    pub href: String,
    /// The code of its state.
    pub state: &'static str,
    /// The code of its scope.
    pub scope: &'static str,
    /// When it was asked for.
    pub asked: Timestamp,
    /// By whom.
    pub by: String,
}

/// What a purge takes.
#[derive(Clone, Debug)]
pub struct PlanView {
    /// The tables: file name, when it was read, rows.
    pub tables: Vec<(String, Timestamp, u64)>,
    /// The public addresses that answer with a tombstone, by version.
    pub versions: Vec<(u64, String)>,
    /// Whether a draft loses something.
    pub draft: bool,
    /// Objects of the store.
    pub objects: u64,
    /// Their bytes.
    pub bytes: u64,
    /// What becomes of the dataset, as a sentence.
    pub becomes: String,
    /// Reports of readers that lose their words.
    pub reports: usize,
    /// Other datasets that hold one of the same files.
    pub elsewhere: Vec<String>,
}

/// `/internal/purges/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/purge.html")]
pub struct PurgePage {
    /// The page.
    pub page: PageCtx,
    /// The dataset's part of addresses.
    pub slug: String,
    /// The dataset's own page.
    pub dataset_href: String,
    /// Its id.
    pub id: String,
    /// The code of its state.
    pub state: &'static str,
    /// The code of its scope.
    pub scope: &'static str,
    /// Why.
    pub reason: Text,
    /// The legal basis.
    pub basis: String,
    /// Who asked, and when.
    pub asked: (String, Timestamp),
    /// Who decided, and when.
    pub decided: Option<(String, Timestamp)>,
    /// When all was gone.
    pub done: Option<Timestamp>,
    /// Objects and bytes that went.
    pub taken: (u64, u64),
    /// Before the decision, for whoever may see the dataset.
    pub plan: Option<PlanView>,
    /// The form of who may confirm.
    pub confirming: Option<ConfirmingView>,
    /// Why the person may not confirm.
    pub why_not: Vec<String>,
    /// Whether the person may refuse, or take the request back.
    pub refuses: bool,
    /// What is still there of the objects; none while nothing was confirmed.
    pub left: Option<Vec<String>>,
    /// Versions that are tombstones now: number and hash.
    pub tombstones: Vec<(u64, String)>,
    /// Hashes of the files that were destroyed.
    pub hashes: Vec<String>,
    /// Backups that may still hold a copy.
    pub backups: Vec<BackupLine>,
    /// Whether the person may say that backups were destroyed.
    pub keeps: bool,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

/// The form that confirms.
#[derive(Clone, Debug)]
pub struct ConfirmingView {
    /// The slug, typed by hand.
    pub slug: Field,
    /// The mark of what was shown.
    pub seen: String,
}

/// A backup.
#[derive(Clone, Debug)]
pub struct BackupLine {
    /// Its id.
    pub id: String,
    /// Where it is.
    pub place: String,
    /// When it was taken.
    pub taken: Option<NaiveDate>,
    /// Until when it is kept.
    pub until: Option<NaiveDate>,
    /// Who registered it.
    pub by: String,
    /// Who destroyed it, and when.
    pub destroyed: Option<(String, Timestamp)>,
}

/// `/internal/backups`
#[derive(Clone, Debug, Template)]
#[template(path = "pages/internal/backups.html")]
pub struct BackupsPage {
    /// The page.
    pub page: PageCtx,
    /// All that is registered, the last taken first.
    pub backups: Vec<BackupLine>,
    /// Whether the person may register and destroy.
    pub keeps: bool,
    /// Where it is.
    pub place: Field,
    /// The day it was taken.
    pub taken_on: Field,
    /// The day until which it is kept.
    pub kept_until: Field,
    /// What is wrong.
    pub wrongs: Vec<Wrong>,
}

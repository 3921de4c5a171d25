//! `khomo publish`: two persons' decisions, through the commands that the forms call.

use std::path::Path;

use serde_json::json;

use super::args::PublishArgs;
use super::import::runtime;
use super::setup::Ground;
use crate::config::Settings;
use crate::dataset::contract;
use crate::kernel::id::{AccountId, DatasetId};
use crate::kernel::{Actor, Ctx, Error, Problem, Result};
use crate::platform::db::Db;
use crate::platform::files::Files;
use crate::profile::Profile;
use crate::{account, dataset, review, scan};

/// `khomo publish`
pub(super) fn run(args: &PublishArgs) -> Result<()> {
    let ground = Ground::open()?;
    let today = ground.today();
    let slug = args.dataset.clone();
    let unknown = |code: &'static str, name: &str| Error::invalid(Problem::new(code).with("name", name));
    let (id, by, approver) = ground.db.read(|conn| {
        let found = dataset::by_slug(conn, &slug)?.ok_or_else(|| unknown("dataset-unknown", &slug))?;
        let by = account::by_name(conn, &args.by, &today)?.ok_or_else(|| unknown("account-unknown", &args.by))?;
        let approver = account::by_name(conn, &args.approved_by, &today)?
            .ok_or_else(|| unknown("account-unknown", &args.approved_by))?;
        Ok((found.id, by.account.id, approver.account.id))
    })?;
    let settings = Settings::from_env()?;
    let files = Files::open(&settings.files, &settings.s3)?;
    let words = (args.reason.as_str(), args.accept_breaking.as_deref());
    let number = decide((&ground.db, &files, &settings.scratch), &ground.profile, &id, (&by, &approver), words)?;
    if args.json {
        say!("{}", json!({ "dataset": args.dataset, "version": number }))?;
    } else {
        match number {
            Some(number) => say!("{} published as version {number}", args.dataset)?,
            None => say!("{}: decisions recorded; more are needed", args.dataset)?,
        }
    }
    Ok(())
}

/// Has the draft scanned and held against its contract, records a submission (with a word for what breaks) and an approval; says the number of the published version.
///
/// # Errors
/// What the commands refuse. When the approval is refused the submission stands, as it would after two forms.
pub(super) fn decide(
    (db, files, scratch): (&Db, &Files, &Path),
    profile: &Profile,
    id: &DatasetId,
    (by, approver): (&AccountId, &AccountId),
    (reason, accepts): (&str, Option<&str>),
) -> Result<Option<i32>> {
    let ctx = |person: &AccountId| Ctx::new(Actor::Account(person.clone()), db.clock().now());
    if let Some(draft) = db.read(|conn| dataset::draft_of(conn, id))? {
        let ctx = Ctx::new(Actor::System, db.clock().now());
        let runtime = runtime()?;
        runtime.block_on(scan::ensure(db, files, profile, &ctx, &draft.id))?;
        runtime.block_on(contract::ensure(db, files, scratch, &ctx, &draft.id))?;
    }
    let accepts = accepts.unwrap_or_default().to_owned();
    let form = review::SubmissionForm { reason: reason.to_owned(), accepts };
    db.write(&ctx(by), |tx| form.submit(tx, profile, id))?;
    db.write(&ctx(approver), |tx| review::approve(tx, profile, id, reason))
}

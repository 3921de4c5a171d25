//! `khomo publish`: two persons' decisions, through the commands that the forms call.

use serde_json::json;

use super::args::PublishArgs;
use super::import::runtime;
use super::setup::Ground;
use crate::config::Settings;
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
    let number = decide(&ground.db, &files, &ground.profile, &id, (&by, &approver), &args.reason)?;
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

/// Has the draft scanned, records a submission and an approval; says the number of the published version.
///
/// # Errors
/// What the commands refuse. When the approval is refused the submission stands, as it would after two forms.
pub(super) fn decide(
    db: &Db,
    files: &Files,
    profile: &Profile,
    id: &DatasetId,
    (by, approver): (&AccountId, &AccountId),
    reason: &str,
) -> Result<Option<i32>> {
    let ctx = |person: &AccountId| Ctx::new(Actor::Account(person.clone()), db.clock().now());
    if let Some(draft) = db.read(|conn| dataset::draft_of(conn, id))? {
        let ctx = Ctx::new(Actor::System, db.clock().now());
        runtime()?.block_on(scan::ensure(db, files, profile, &ctx, &draft.id))?;
    }
    db.write(&ctx(by), |tx| review::submit(tx, profile, id, reason))?;
    db.write(&ctx(approver), |tx| review::approve(tx, profile, id, reason))
}

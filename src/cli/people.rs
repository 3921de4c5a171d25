//! `khomo agency add` and `khomo account add`: how a new portal gets its first bodies and people.

use serde_json::json;

use super::args::{AccountArgs, AccountCommand, AgencyArgs, AgencyCommand};
use crate::account::NewAccount;
use crate::agency::NewAgency;
use crate::config::Settings;
use crate::kernel::{Actor, Clock, Ctx, Error, Problem, Result};
use crate::platform::db::Db;
use crate::platform::password;
use crate::profile::Profile;
use crate::{account, agency};

/// The database, the profile, and the circumstances of an act of the operator.
fn open() -> Result<(Db, Profile, Ctx)> {
    let settings = Settings::from_env()?;
    let clock = Clock::system();
    let db = Db::open(&settings.database_url, false, clock.clone())?;
    db.require_migrated()?;
    let overrides = settings.overrides.as_ref().map(|folder| folder.join("profiles")).filter(|folder| folder.is_dir());
    let profile = Profile::load(&settings.profile, overrides.as_deref())?;
    Ok((db, profile, Ctx::new(Actor::Operator, clock.now())))
}

/// `khomo agency`
pub(super) fn agency(args: &AgencyArgs) -> Result<()> {
    let AgencyCommand::Add { slug, name, name_en, kind, phone, email, json } = &args.what;
    let (db, profile, ctx) = open()?;
    if profile.agency_kind(kind).is_none() {
        return Err(Error::invalid(Problem::new("agency-kind-unknown").with("name", kind.as_str())));
    }
    let new = NewAgency {
        slug: slug.clone(),
        name_vi: name.clone(),
        name_en: name_en.clone(),
        kind: kind.clone(),
        e_identifier: None,
        phone: phone.clone(),
        email: email.clone(),
        valid_from: ctx.at.date(profile.province.timezone_minutes).to_string(),
    };
    let made = db.write(&ctx, |tx| agency::register(tx, new))?;
    if *json {
        println!("{}", json!({ "id": made.id, "slug": made.slug }))
    } else {
        println!("{}", made.slug)
    }
    Ok(())
}

/// `khomo account`
pub(super) fn account(args: &AccountArgs) -> Result<()> {
    let AccountCommand::Add { user_name, name, email, agency: home, roles, json } = &args.what;
    let (db, profile, ctx) = open()?;
    if let Some(role) = roles.iter().find(|role| profile.role(role).is_none()) {
        return Err(Error::invalid(Problem::new("role-unknown").with("name", role.as_str())));
    }
    let secret = password::generate()?;
    let hash = password::hash(&secret)?;
    db.write(&ctx, |tx| {
        let home = agency::by_slug(tx.conn(), home)?
            .ok_or_else(|| Error::invalid(Problem::new("agency-unknown").with("name", home.as_str())))?;
        let new = NewAccount {
            user_name: user_name.clone(),
            email: email.clone(),
            full_name: name.clone(),
            roles: roles.iter().map(|role| (home.id.clone(), role.clone())).collect(),
            valid_from: ctx.at.date(profile.province.timezone_minutes).to_string(),
        };
        let id = account::create(tx, new)?;
        account::set_password(tx, &id, &hash, true)
    })?;
    // Shown once; only its hash is kept.
    if *json {
        println!("{}", json!({ "user_name": user_name, "password": secret }))
    } else {
        println!("{user_name} {secret}")
    }
    Ok(())
}

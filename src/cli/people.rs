//! `khomo agency add` and `khomo account add`: how a new portal gets its first bodies and people.

use serde_json::json;

use super::args::{AccountArgs, AccountCommand, AgencyArgs, AgencyCommand};
use super::setup::Ground;
use crate::account::NewAccount;
use crate::agency::NewAgency;
use crate::kernel::{Actor, Error, Problem, Result};
use crate::platform::password;
use crate::{account, agency};

/// `khomo agency`
pub(super) fn agency(args: &AgencyArgs) -> Result<()> {
    let AgencyCommand::Add { slug, name, name_en, kind, phone, email, json } = &args.what;
    let ground = Ground::open()?;
    let ctx = ground.ctx(Actor::Operator);
    if ground.profile.agency_kind(kind).is_none() {
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
        valid_from: ground.today(),
    };
    let made = ground.db.write(&ctx, |tx| agency::register(tx, new))?;
    if *json {
        say!("{}", json!({ "id": made.id, "slug": made.slug }))?
    } else {
        say!("{}", made.slug)?
    }
    Ok(())
}

/// `khomo account`
pub(super) fn account(args: &AccountArgs) -> Result<()> {
    let AccountCommand::Add { user_name, name, email, agency: home, roles, json } = &args.what;
    let ground = Ground::open()?;
    let ctx = ground.ctx(Actor::Operator);
    if let Some(role) = roles.iter().find(|role| ground.profile.role(role).is_none()) {
        return Err(Error::invalid(Problem::new("role-unknown").with("name", role.as_str())));
    }
    let secret = password::generate(ground.profile.accounts.password.min_length.value)?;
    let hash = password::hash(&secret)?;
    ground.db.write(&ctx, |tx| {
        let home = agency::by_slug(tx.conn(), home)?
            .ok_or_else(|| Error::invalid(Problem::new("agency-unknown").with("name", home.as_str())))?;
        let new = NewAccount {
            user_name: user_name.clone(),
            email: email.clone(),
            full_name: name.clone(),
            roles: roles.iter().map(|role| (home.id.clone(), role.clone())).collect(),
            valid_from: ground.today(),
        };
        let id = account::create(tx, new)?;
        account::set_password(tx, &id, &hash, true)
    })?;
    // Shown once; only its hash is kept.
    if *json {
        say!("{}", json!({ "user_name": user_name, "password": secret }))?
    } else {
        say!("{user_name} {secret}")?
    }
    Ok(())
}

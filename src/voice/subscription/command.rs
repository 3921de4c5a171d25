//! What readers do about their letters, and what is written to them.

use std::collections::BTreeMap;

use serde_json::json;

use super::model::{Scope, Subscription};
use super::query::{find, is_over, named};
use super::{OPEN, SubscribeForm, store};
use crate::agency;
use crate::audit;
use crate::dataset::{self, State, Told};
use crate::kernel::id::SubscriptionId;
use crate::kernel::{Arg, Localized, Result, Timestamp};
use crate::platform::db::Tx;
use crate::platform::seal::Seal;
use crate::platform::token;
use crate::profile::Profile;
use crate::voice::letter::{self, About, LetterItem, Reply};

/// Before so many seconds are over nobody is asked again about the same, and then so often at most.
const AGAIN: (i64, i32) = (15 * 60, 3);
/// Before so many seconds are over nobody is told again that they follow something already.
const TOLD_AGAIN: i64 = 24 * 3600;
/// Subscriptions of one letter box.
const MOST: i64 = 100;
/// Things that one letter box is asked about within a day, whoever types it: nobody's letter box is filled by others.
const LATELY: i64 = 10;
/// Subscriptions that are written to in one transaction.
const AT_ONCE: i64 = 100;
/// For so long, in seconds, whoever follows a dataset that was withdrawn is kept: longer than a letter waits for its server.
const WITHDRAWN: i64 = 8 * 24 * 3600;
/// What a letter spells out.
const SPELLED_OUT: usize = 20;
/// What is looked through for it: the latest so many.
const LOOKED_AT: i64 = 100;

/// What asking and telling need.
#[derive(Clone, Copy)]
pub struct Means<'a> {
    /// The province's rules.
    pub profile: &'a Profile,
    /// Seals and marks the e-mail.
    pub seal: &'a Seal,
}

/// Asks the owner of an address by a letter whether they want to follow something. Nothing tells whether they do already, whether they
/// were asked a moment ago, or too often today: no letter goes then, or one that says so.
///
/// # Errors
/// As the form names (see [`SubscribeForm::address`]); as [`super::scope_of`]; `Conflict` (`already-there`) where another act asks the same
/// at the same moment.
pub fn ask(tx: &mut Tx<'_>, means: Means<'_>, form: &SubscribeForm) -> Result<()> {
    let address = form.address()?;
    let scope = super::scope_of(tx.conn(), means.profile, form)?;
    let (now, lang) = (tx.ctx().at, tx.ctx().lang);
    let folded = address.to_lowercase();
    let mark = means.seal.mark("subscription", folded.as_bytes());
    let box_mark = means.seal.mark("letter-box", letter_box(&folded).as_bytes());
    let (what, _) = named(tx.conn(), means.profile, &scope)?;
    let (held, lately) = store::counts(tx.conn(), &box_mark, now.plus_seconds(-24 * 3600))?;
    let mut known = store::of_address(tx.conn(), &mark, &scope)?;
    if let Some((old, ..)) = &known
        && is_over(old, now)
    {
        store::delete(tx, &old.id)?;
        known = None;
    }
    if lately >= LATELY || known.is_none() && held >= MOST {
        return Ok(());
    }
    let (id, sealed, lang, code) = match known {
        Some((known, sealed, asks)) => {
            let confirmed = known.confirmed_at.is_some();
            let wait = if confirmed { TOLD_AGAIN } else { AGAIN.0 };
            if known.asked_at.plus_seconds(wait) > now || !confirmed && asks >= AGAIN.1 {
                return Ok(());
            }
            // Whoever typed the address may be somebody else, and speak otherwise.
            let lang = if confirmed { known.lang } else { lang };
            store::set_asked(tx, &known.id, lang)?;
            (known.id, sealed, lang, if confirmed { "again" } else { "ask" })
        }
        None => {
            let (id, key) = (SubscriptionId::fresh(), token::fresh()?);
            let key_hash = token::sha256_hex(&key);
            let reply = Reply { to: address.to_owned(), receipt: key };
            let sealed = reply.close(means.seal, &About::Subscription(id.clone()))?;
            let new =
                store::New { id: &id, scope: &scope, marks: (&mark, &box_mark), sealed: &sealed, key_hash: &key_hash };
            store::insert(tx, &new)?;
            (id, sealed, lang, "ask")
        }
    };
    noted(tx, "subscription.ask", &id, &scope);
    letter::order(tx, About::Subscription(id), lang, sealed, code, &[("what", what.into())])
}

/// Confirms what the holder of a key was asked about; whoever follows it already goes on.
///
/// # Errors
/// `NotFound`, also once the letter that asked is too old, or the dataset withdrawn.
pub fn confirm(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    let now = tx.ctx().at;
    let found = find(tx.conn(), key, now)?;
    if found.confirmed_at.is_none() {
        store::set_confirmed(tx, &found.id)?;
        noted(tx, "subscription.confirm", &found.id, &found.scope);
    }
    Ok(())
}

/// Ends what the holder of a key follows or was asked about: nothing of it is kept. What is ended already stays so.
///
/// # Errors
/// When the database does not answer.
pub fn end(tx: &mut Tx<'_>, key: &str) -> Result<()> {
    if let Some(found) = store::by_key(tx.conn(), &token::sha256_hex(key))? {
        store::delete(tx, &found.id)?;
        noted(tx, "subscription.end", &found.id, &found.scope);
    }
    Ok(())
}

/// Forgets what was asked and not confirmed in time, and, some days later, who follows a dataset that was withdrawn; says how many.
///
/// # Errors
/// When the database does not answer.
pub fn forget(tx: &mut Tx<'_>) -> Result<usize> {
    let before = |seconds: i64| tx.ctx().at.plus_seconds(-seconds);
    let (unconfirmed, withdrawn) = (before(OPEN), before(WITHDRAWN));
    Ok(store::delete_unconfirmed(tx, unconfirmed)? + store::delete_withdrawn(tx, withdrawn)?)
}

/// Forgets a subscription whose letters are refused for good: there is no such address.
///
/// # Errors
/// When the database does not answer.
pub fn bounce(tx: &mut Tx<'_>, id: &SubscriptionId) -> Result<()> {
    if let Some(found) = store::by_id(tx.conn(), id)? {
        store::delete(tx, id)?;
        noted(tx, "subscription.bounce", id, &found.scope);
    }
    Ok(())
}

/// The letter box of an address, in which letters to all its names behind a `+` arrive.
fn letter_box(address: &str) -> String {
    match address.split_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split('+').next().unwrap_or(name)),
        None => address.to_owned(),
    }
}

/// Writes to some of those to whom not everything before a moment is told; says whether there may be more. Who cannot be
/// written to, because their address was sealed under another key, is passed over.
///
/// # Errors
/// When the database does not answer.
pub fn tell(tx: &mut Tx<'_>, means: Means<'_>, until: Timestamp) -> Result<bool> {
    let due = store::due(tx.conn(), until, AT_ONCE)?;
    let mut looked: BTreeMap<Scope, Vec<Told>> = BTreeMap::new();
    let mut names: BTreeMap<Scope, Localized> = BTreeMap::new();
    for one in &due {
        let Subscription { id, scope, lang, confirmed_at, .. } = &one.subscription;
        if !looked.contains_key(scope) {
            let found = look(tx, means.profile, scope)?;
            looked.insert(scope.clone(), found);
        }
        let happened = looked.get(scope).map(Vec::as_slice).unwrap_or_default();
        // What a clock that stood ahead told counts from the day before: rather twice than never.
        let yesterday = until.plus_seconds(-24 * 3600).max(confirmed_at.unwrap_or(until));
        let since = if one.told_until > until { yesterday } else { one.told_until };
        let new: Vec<&Told> = happened.iter().filter(|told| told.at() > since && told.at() <= until).collect();
        let about = About::Subscription(id.clone());
        if !new.is_empty() && Reply::open(means.seal, &about, &one.sealed).is_ok() {
            if !names.contains_key(scope) {
                names.insert(scope.clone(), named(tx.conn(), means.profile, scope)?.0);
            }
            let what = names.get(scope).cloned().unwrap_or_default();
            let args = [("what", what.into()), ("count", new.len().into())];
            let items = new.iter().take(SPELLED_OUT).map(|told| item(told)).collect();
            letter::order_with(tx, about, *lang, one.sealed.clone(), "news", &args, items)?;
        }
    }
    let told: Vec<SubscriptionId> = due.iter().map(|one| one.subscription.id.clone()).collect();
    store::set_told(tx, &told, until)?;
    Ok(i64::try_from(due.len()).is_ok_and(|found| found == AT_ONCE))
}

/// What last happened in a scope, newest first. Of an agency that is over it is what happens at the one that took over.
fn look(tx: &mut Tx<'_>, profile: &Profile, scope: &Scope) -> Result<Vec<Told>> {
    let day = tx.ctx().at.date(profile.province.timezone_minutes).to_string();
    let (mut agencies, mut these) = (Vec::new(), Vec::new());
    match scope {
        Scope::Agency(id) => {
            let heir = agency::heirs(tx.conn(), &day)?.of(id).clone();
            agencies.extend(agency::predecessors(tx.conn(), &heir, &day)?.into_iter().map(|over| over.id));
            agencies.push(heir);
        }
        Scope::Dataset(id) => these.push(id.to_string()),
        Scope::All | Scope::Topic(_) => {}
    }
    dataset::latest(tx.conn(), &scope.of(&agencies, &these), LOOKED_AT)
}

/// What a letter says of something that happened. Of a dataset in quarantine it gives the address alone.
fn item(told: &Told) -> LetterItem {
    let (dataset, version) = (&told.dataset, &told.version);
    let title = match dataset.quarantined_at {
        Some(_) => Localized { vi: dataset.slug.clone(), en: None },
        None => version.metadata.title.clone(),
    };
    let own = format!("/dataset/{}", dataset.slug);
    let number = i64::from(version.number.unwrap_or(0));
    let (code, words, path) = match dataset.state() {
        State::Withdrawn => {
            let reason =
                dataset.withdrawn_reason_vi.clone().map(|vi| Localized { vi, en: dataset.withdrawn_reason_en.clone() });
            ("withdrawal", reason, own)
        }
        _ if version.is_correction() => ("correction", version.note.clone(), format!("{own}/v/{number}")),
        _ if number == 1 => ("first", version.note.clone(), format!("{own}/v/{number}")),
        _ => ("publication", version.note.clone(), format!("{own}/v/{number}")),
    };
    LetterItem {
        code: code.to_owned(),
        args: vec![("title".to_owned(), Arg::from(title)), ("number".to_owned(), number.into())],
        words,
        path,
        at: told.at(),
    }
}

/// The log says that something was asked for, confirmed or ended, and of what; never by whom.
fn noted(tx: &mut Tx<'_>, action: &'static str, id: &SubscriptionId, scope: &Scope) {
    let (kind, subject) = scope.stored();
    audit::record(tx, action, "subscription", id.as_str(), json!({ "scope": kind, "subject": subject }));
}

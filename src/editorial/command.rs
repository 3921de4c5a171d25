//! What the coordinating department does with pages.

use serde_json::json;

use super::form::{NewForm, PageForm, PlaceForm};
use super::model::{Article, Kind, State, Words};
use super::{built_in, query, store};
use crate::access::{Action, may};
use crate::account::{self, Person};
use crate::audit;
use crate::kernel::id::ArticleId;
use crate::kernel::{Error, Localized, Problem, Result};
use crate::platform::db::{Tx, lock_row};
use crate::profile::Profile;

/// The place of a guide that nobody gave one.
const LATER: i32 = 100;

fn writer(tx: &mut Tx<'_>, profile: &Profile) -> Result<Person> {
    let person = account::acting(tx, profile)?;
    may(&person, Action::EditPages).require()?;
    Ok(person)
}

/// The page of a slug with its row, which nobody else changes until the end of the transaction: a text that came with the program gets its
/// row now, and is its revision 1.
fn held(tx: &mut Tx<'_>, profile: &Profile, slug: &str) -> Result<(ArticleId, Article)> {
    let found = query::article(tx.conn(), profile, slug)?;
    if let Some(id) = found.id {
        lock_row(tx.conn(), "article", id.as_str())?;
        return Ok((id, query::article(tx.conn(), profile, slug)?));
    }
    let id = ArticleId::fresh();
    store::insert(tx, &id, &found)?;
    store::add_revision(tx, &id, found.revision, &found.words, None)?;
    Ok((id.clone(), Article { id: Some(id), ..found }))
}

/// What the log says of words: the titles, and marks of what stands in the revisions anyway.
fn told(words: &Words) -> serde_json::Value {
    json!({ "title": words.title, "mark": words.mark() })
}

fn changed_meanwhile() -> Error {
    Error::conflict(Problem::new("page-changed-meanwhile"))
}

/// Begins a page: a draft. Gives its slug.
///
/// # Errors
/// `Forbidden`; as the form names (see [`NewForm`]); `Conflict` (`page-slug-taken` on `slug`).
pub fn create(tx: &mut Tx<'_>, profile: &Profile, form: &NewForm) -> Result<String> {
    writer(tx, profile)?;
    let (kind, slug, words) = form.check()?;
    if built_in::is(&slug) || store::by_slug(tx.conn(), &slug)?.is_some() {
        return Err(Error::conflict(Problem::new("page-slug-taken").with("slug", slug).on("slug")));
    }
    let id = ArticleId::fresh();
    let new = Article {
        id: None,
        slug: slug.clone(),
        kind,
        state: State::Draft,
        position: LATER,
        words,
        revision: 0,
        changed_at: None,
        withdrawn: None,
    };
    store::insert(tx, &id, &new)?;
    let detail = json!({ "slug": slug, "kind": kind.code(), "after": told(&new.words) });
    audit::record(tx, "page.create", "article", id.as_str(), detail);
    Ok(slug)
}

/// Keeps what is being written; the public does not see it yet.
///
/// # Errors
/// `NotFound`; `Forbidden`; as the form names (see [`PageForm`]); `Conflict` (`page-changed-meanwhile`).
pub fn save(tx: &mut Tx<'_>, profile: &Profile, slug: &str, form: &PageForm) -> Result<()> {
    writer(tx, profile)?;
    let words = form.check()?;
    let (id, before) = held(tx, profile, slug)?;
    if form.seen != before.words.mark() {
        return Err(changed_meanwhile());
    }
    store::set_words(tx, &id, &words)?;
    let detail = json!({ "slug": slug, "before": told(&before.words), "after": told(&words) });
    audit::record(tx, "page.save", "article", id.as_str(), detail);
    Ok(())
}

/// Publishes what was written, as the next revision. `seen` is the mark of what the person looked at.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`page-changed-meanwhile`, `page-nothing-new`).
pub fn publish(tx: &mut Tx<'_>, profile: &Profile, slug: &str, seen: &str) -> Result<()> {
    let person = writer(tx, profile)?;
    let (id, found) = held(tx, profile, slug)?;
    if seen != found.words.mark() {
        return Err(changed_meanwhile());
    }
    let latest = store::revision(tx.conn(), &id, found.revision)?;
    if found.state == State::Published && latest.as_ref() == Some(&found.words) {
        return Err(Error::conflict(Problem::new("page-nothing-new")));
    }
    let number = found.revision + 1;
    store::add_revision(tx, &id, number, &found.words, Some(&person.account.id))?;
    store::set_published(tx, &id, number)?;
    tx.changed("article", id.as_str());
    let detail = json!({
        "slug": slug, "revision": number, "before": latest.as_ref().map(told), "after": told(&found.words),
    });
    audit::record(tx, "page.publish", "article", id.as_str(), detail);
    Ok(())
}

/// Takes a page from the public; its address says that it was there, and why it is not.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`page-not-published`, `page-needed` for pages that the portal leads to).
pub fn withdraw(tx: &mut Tx<'_>, profile: &Profile, slug: &str, reason: &Localized) -> Result<()> {
    writer(tx, profile)?;
    if built_in::is(slug) {
        return Err(Error::conflict(Problem::new("page-needed")));
    }
    let (id, found) = held(tx, profile, slug)?;
    if found.state != State::Published {
        return Err(Error::conflict(Problem::new("page-not-published")));
    }
    store::set_withdrawn(tx, &id, reason)?;
    tx.changed("article", id.as_str());
    audit::record(tx, "page.withdraw", "article", id.as_str(), json!({ "slug": slug, "reason": reason }));
    Ok(())
}

/// Gives a guide its place among the others.
///
/// # Errors
/// `NotFound`, also for what is no guide; `Forbidden`; `Invalid` (`page-position` on `position`).
pub fn place(tx: &mut Tx<'_>, profile: &Profile, slug: &str, form: &PlaceForm) -> Result<()> {
    writer(tx, profile)?;
    let position = form.check()?;
    let (id, found) = held(tx, profile, slug)?;
    if found.kind != Kind::Guide {
        return Err(Error::not_found());
    }
    store::set_position(tx, &id, position)?;
    if found.state == State::Published {
        tx.changed("article", id.as_str());
    }
    let detail = json!({ "slug": slug, "before": found.position, "after": position });
    audit::record(tx, "page.place", "article", id.as_str(), detail);
    Ok(())
}

/// Makes an older revision what is being written; publishing it is another act. `seen` is the mark of what it takes the place of.
///
/// # Errors
/// `NotFound`; `Forbidden`; `Conflict` (`page-changed-meanwhile`).
pub fn restore(tx: &mut Tx<'_>, profile: &Profile, slug: &str, number: i32, seen: &str) -> Result<()> {
    writer(tx, profile)?;
    let (id, found) = held(tx, profile, slug)?;
    if seen != found.words.mark() {
        return Err(changed_meanwhile());
    }
    let words = store::revision(tx.conn(), &id, number)?.ok_or_else(Error::not_found)?;
    store::set_words(tx, &id, &words)?;
    let detail = json!({ "slug": slug, "revision": number, "before": told(&found.words), "after": told(&words) });
    audit::record(tx, "page.restore", "article", id.as_str(), detail);
    Ok(())
}

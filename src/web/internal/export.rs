//! Lists as files: made in the scratch folder, written down in the audit log, and only then sent.

use actix_web::HttpRequest;
use actix_web::http::Method;
use serde_json::{Map, Value};
use tokio::sync::Semaphore;

use crate::audit;
use crate::http::page::PageCtx;
use crate::http::{App, Outcome, SignedIn, ctx_of, made_head, send_made};
use crate::kernel::{Actor, Error, Problem, Result, Timestamp};
use crate::platform::db::{Db, run_blocking};
pub(super) use crate::platform::sheet::items;
use crate::platform::sheet::{self, Cell, Column, Form, Made, Sheet};

/// Files that are made at the same time; further ones wait.
static AT_ONCE: Semaphore = Semaphore::const_new(2);

/// A list on its way out.
pub(super) struct Export {
    /// The verb, which ends in `.export`.
    pub action: &'static str,
    /// The list, as the audit log names it.
    pub list: &'static str,
    /// How it is filtered: parameter and value.
    pub filter: Vec<(&'static str, String)>,
    /// How many rows there are, where that is known before.
    pub rows: u64,
    /// Name and columns.
    pub sheet: Sheet,
}

/// The kind of file that the end of an address asks for.
pub(super) fn form_of(code: &str) -> Result<Form> {
    Form::from_code(code).ok_or_else(Error::not_found)
}

/// Answers with a list as a file. `rows` is given the database and brings the rows one by one, off the async threads.
///
/// # Errors
/// `Invalid` (`export-too-long`); `Forbidden` (`export-elsewhere`) when a page of another site asks, so that nobody's browser is
/// made to raise alerts about its owner; whatever the rows bring.
pub(super) async fn answer<R>(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    form: Form,
    export: Export,
    rows: impl FnOnce(Db) -> R + Send + 'static,
) -> Outcome
where
    R: Iterator<Item = Result<Vec<Cell>>>,
{
    let own = |site: &actix_web::http::header::HeaderValue| site == "same-origin" || site == "none";
    if !req.headers().get("sec-fetch-site").is_none_or(own) {
        return Err(Error::forbidden(Problem::new("export-elsewhere")).into());
    }
    form.fits(export.rows)?;
    let Export { action, list, filter, sheet, .. } = export;
    let name = format!("{} {}", sheet.title, app.today().format("%Y-%m-%d"));
    if req.method() == Method::HEAD {
        return Ok(made_head(form, &name).finish());
    }
    let db = app.db().clone();
    let made = make(app, form, sheet, move || Ok(rows(db))).await?;
    let given = filter.into_iter().filter(|(_, value)| !value.is_empty());
    let filter: Value = given.map(|(name, value)| (name.to_owned(), Value::from(value))).collect::<Map<_, _>>().into();
    let (ctx, count) = (ctx_of(req, app, Actor::Account(who.person.account.id.clone()), who.person.lang()), made.rows);
    let written = move |tx: &mut crate::platform::db::Tx<'_>| {
        audit::record_export(tx, action, list, &filter, count, form.code());
        Ok(())
    };
    app.db().write_async(ctx, written).await?;
    Ok(send_made(made, &name))
}

/// Makes a file of rows that `rows` brings one by one, off the async threads; only few are made at the same time.
///
/// # Errors
/// As [`sheet::write`].
pub(super) async fn make<R>(
    app: &App,
    form: Form,
    sheet: Sheet,
    rows: impl FnOnce() -> Result<R> + Send + 'static,
) -> Result<Made>
where
    R: Iterator<Item = Result<Vec<Cell>>>,
{
    let scratch = app.parts.settings.scratch.clone();
    let _place = AT_ONCE.acquire().await.map_err(Error::internal)?;
    run_blocking(move || sheet::write(form, &sheet, rows()?, &scratch)).await
}

/// A sheet whose heads are messages, each with the width of its column in characters.
pub(super) fn sheet(page: &PageCtx, title: String, heads: &[(&str, u16)]) -> Sheet {
    Sheet { title, columns: heads.iter().map(|(id, width)| Column::new(page.t(id), *width)).collect() }
}

/// A moment by the province's clock.
pub(super) fn moment(page: &PageCtx, at: Timestamp) -> Cell {
    Cell::Moment(at.local(page.site.offset_minutes).naive_local())
}

//! The rows set aside as a workbook or CSV: the table's columns in order, the cells at fault marked, and in words why.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

use actix_web::HttpRequest;
use actix_web::http::Method;

use super::export;
use super::serve::ctx;
use crate::dataset;
use crate::http::{App, Outcome, SignedIn, made_head, send_made};
use crate::i18n::Texts;
use crate::kernel::id::TableVersionId;
use crate::kernel::{Arg, Error, Lang, Result};
use crate::platform::scratch;
use crate::platform::sheet::{Cell, Column, Form, Sheet};
use crate::table::ingest::report::{AsideCode, AsideLine};
use crate::table::{self, Object};

/// Cells of a row that are shown: a sheet ends at 16,384 columns, two of which are ours.
const MOST_CELLS: usize = 16_382;
/// Characters that a cell of the table is wide.
const WIDTH: u16 = 18;

/// Answers with the rows set aside of a table as a file, once it is written down who reads them.
///
/// # Errors
/// As [`dataset::original`]; `NotFound` where no row was set aside; `Invalid` (`export-too-long`).
pub(super) async fn answer(req: &HttpRequest, app: &App, who: &SignedIn, id: &TableVersionId, form: Form) -> Outcome {
    let (person, wanted) = (who.person.clone(), id.clone());
    let found = app.db().read_async(move |conn| dataset::original(conn, &person, &wanted)).await?;
    let outcome = found.table.report()?.outcome;
    if outcome.set_aside.count == 0 {
        return Err(Error::not_found().into());
    }
    form.fits(outcome.set_aside.count)?;
    let (texts, lang) = (Arc::clone(&app.parts.texts), who.person.lang());
    let name = &found.table.original_name;
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem);
    let name = texts.text(lang, "aside-name", &[("file", Arg::from(stem))]);
    if req.method() == Method::HEAD {
        return Ok(made_head(form, &name).finish());
    }
    let text = |id: &str| texts.text(lang, id, &[]);
    let own = [Column::new(text("aside-row"), 14), Column::new(text("aside-why"), 60)];
    let titles: Vec<String> = outcome.columns.into_iter().map(|column| column.title).collect();
    let sheet = Sheet {
        title: stem.to_owned(),
        columns: own.into_iter().chain(titles.iter().map(|title| Column::new(title.as_str(), WIDTH))).collect(),
    };
    // The store gives bytes without waiting for a disk; the rows are cut out of a file, off the async threads.
    let work = scratch::folder(&app.parts.settings.scratch)?;
    let path = work.path().join("aside");
    table::fetch(&app.parts.files, &Object::SetAside.name(id), &path).await?;
    let made = export::make(app, form, sheet, move || rows(&path, titles, texts, lang)).await?;
    if !found.public {
        let (person, id) = (who.person.clone(), id.clone());
        let record =
            move |tx: &mut crate::platform::db::Tx<'_>| dataset::record_reading(tx, &person, &id, Object::SetAside);
        app.db().write_async(ctx(req, app, who), record).await?;
    }
    Ok(send_made(made, &name))
}

/// The rows of the file, as cells: number, what is wrong, then the table's columns and what stood beyond them.
fn rows(
    path: &Path,
    titles: Vec<String>,
    texts: Arc<Texts>,
    lang: Lang,
) -> Result<impl Iterator<Item = Result<Vec<Cell>>> + use<>> {
    let width = titles.len();
    let places: HashMap<String, usize> = titles.into_iter().zip(0..).collect();
    let lines = BufReader::new(File::open(path)?).lines();
    Ok(lines.map(move |line| {
        let line: AsideLine<String> = serde_json::from_str(&line?)?;
        let first = line.column.iter().map(|column| (column, line.code));
        let faults: Vec<(&String, AsideCode)> =
            first.chain(line.others.iter().map(|fault| (&fault.column, fault.code))).collect();
        let sentence = |code: AsideCode| {
            let code = serde_json::to_value(code).ok().and_then(|code| code.as_str().map(str::to_owned));
            texts.text(lang, &format!("ingest-aside-{}", code.unwrap_or_default()), &[])
        };
        let why = if faults.is_empty() {
            sentence(line.code)
        } else {
            let told = faults.iter().map(|(column, code)| {
                let args = [("column", Arg::from(column.as_str())), ("why", Arg::from(sentence(*code)))];
                texts.text(lang, "aside-fault", &args)
            });
            told.collect::<Vec<_>>().join(" ")
        };
        let marked: Vec<usize> = faults.iter().filter_map(|(column, _)| places.get(*column).copied()).collect();
        let beyond = line.code == AsideCode::TooManyCells;
        let cells = line.cells.into_iter().take(MOST_CELLS).enumerate().map(|(at, text)| {
            let fault = marked.contains(&at) || beyond && at >= width && !text.trim().is_empty();
            if fault { Cell::Marked(text) } else { Cell::Text(text) }
        });
        Ok([Cell::count(line.row), Cell::Text(why)].into_iter().chain(cells).collect())
    }))
}

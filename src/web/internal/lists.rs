//! An agency's own list of datasets: a template to fill in, the list sent in, what was understood of it, and the chosen rows as drafts.

use std::collections::BTreeSet;
use std::path::Path;

use actix_multipart::Multipart;
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, web};
use futures_util::StreamExt;
use tokio::io::AsyncWriteExt;

use super::editor::{frequencies, own_agencies, scan_anew, topics};
use super::serve::{act, ctx, frame, refused};
use super::upload::{broken, fields_and_file};
use super::view::lists::{LineView, ListPage, ListsPage};
use crate::access::{Action, may};
use crate::agency;
use crate::dataset::inventory::{self, Column, Content, Headings, Keep, Line, List, Same, Understood, Wish};
use crate::http::page::{Field, Link, PageCtx, Section, Text, Wrong};
use crate::http::{App, Outcome, SafeForm, SignedIn, html, made_head, present, redirect, send_made};
use crate::i18n::Texts;
use crate::kernel::id::InventoryId;
use crate::kernel::{Error, Lang, Problem, Result};
use crate::platform::db::{Conn, Tx, run_blocking};
use crate::platform::scratch;
use crate::platform::sheet::{self, Blank, BlankColumn, Entry, Form};
use crate::profile::Profile;
use crate::table::ingest::child;

/// Where lists are sent.
const HREF: &str = "/internal/dataset-lists";
/// Bytes of a list.
const MOST: usize = 5 << 20;
/// Characters of a file's name that are kept.
const NAME: usize = 200;

/// The headings that lists may have, in both languages: what somebody reads says nothing of what somebody wrote.
fn headings(texts: &Texts) -> Headings {
    let mut names = Headings::default();
    for lang in [Lang::Vi, Lang::En] {
        for column in Column::ALL {
            names.add(column, &texts.text(lang, &format!("list-heading-{}", column.code()), &[]));
        }
    }
    names
}

/// The heading that the template has for a column.
fn heading(page: &PageCtx, column: Column) -> String {
    let names = page.t(&format!("list-heading-{}", column.code()));
    names.split(';').next().unwrap_or_default().trim().to_owned()
}

// ---- sending a list --------------------------------------------------------------------------------------------------

/// GET /internal/dataset-lists
pub async fn new(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    Ok(html(StatusCode::OK, &lists_page(&req, &app, &who, "", None).await?)?)
}

async fn lists_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    chosen: &str,
    error: Option<&Error>,
) -> Result<ListsPage> {
    let page = frame(req, app, who, Section::Datasets)?;
    let agencies = app.db().read_async(agency::all).await?;
    let wrongs = error.map(|error| page.wrongs(error)).unwrap_or_default();
    let declaration = &app.profile().upload.declaration;
    Ok(ListsPage {
        agencies: own_agencies(app.profile(), who, &page, &agencies, chosen)?,
        columns: Column::ALL.iter().map(|column| heading(&page, *column)).collect(),
        most_rows: inventory::MOST_ROWS as u64,
        most: MOST as u64,
        declared: Field::new("declared", String::new()).checked(&wrongs),
        declaration: declaration.value.get(page.lang).0.to_owned(),
        declaration_basis: present::basis(&page, app.profile(), declaration),
        file: Field::new("file", String::new()).checked(&wrongs),
        template: format!("{HREF}/template.xlsx"),
        wrongs,
        page,
    })
}

/// GET /internal/dataset-lists/template.xlsx: the headings, with the terms of the profile to choose from.
pub async fn template(req: HttpRequest, app: web::Data<App>, who: SignedIn) -> Outcome {
    let page = frame(&req, &app, &who, Section::Datasets)?;
    let agencies = app.db().read_async(agency::all).await?;
    own_agencies(app.profile(), &who, &page, &agencies, "")?;
    let name = page.t("list-template-name");
    if req.method() == actix_web::http::Method::HEAD {
        return Ok(made_head(Form::Xlsx, &name).finish());
    }
    let column = |column: Column| BlankColumn {
        head: sheet::Column::new(heading(&page, column), 30),
        entry: Entry::Text,
        note: String::new(),
        words: terms(&page, app.profile(), column).into_iter().map(|term| (term, None)).collect(),
        limits: (None, None),
    };
    let blank = Blank {
        title: page.t("list-title"),
        columns: Column::ALL.into_iter().map(column).collect(),
        rows: u32::try_from(inventory::MOST_ROWS).unwrap_or(u32::MAX),
        terms: page.t("list-terms"),
        refused: None,
        guide: None,
    };
    let work = app.parts.settings.scratch.clone();
    let made = run_blocking(move || sheet::blank(&blank, &work)).await?;
    Ok(send_made(made, &name))
}

/// What a column offers to choose from.
fn terms(page: &PageCtx, profile: &Profile, column: Column) -> Vec<String> {
    let names: Vec<&crate::kernel::Localized> = match column {
        Column::Topic => profile.topics.iter().map(|term| &term.name).collect(),
        Column::Frequency => profile.frequencies.iter().map(|term| &term.name).collect(),
        Column::Licence => profile.licences.iter().map(|term| &term.name).collect(),
        _ => Vec::new(),
    };
    names.into_iter().map(|name| name.get(page.lang).0.to_owned()).collect()
}

/// POST /internal/dataset-lists: reads a list and keeps what it holds; nothing is entered yet.
pub async fn send(req: HttpRequest, app: web::Data<App>, who: SignedIn, body: web::Payload) -> Outcome {
    let mut parts = Multipart::new(req.headers(), body);
    let (fields, file) = fields_and_file(&req, &who.session, &mut parts).await?;
    let given = |name: &str| fields.get(name).cloned().unwrap_or_default();
    let work = scratch::folder(&app.parts.settings.scratch)?;
    let path = work.path().join("list");
    let (mut sent, mut too_large) = (None, false);
    if let Some(mut part) = file {
        let told = part.content_disposition().and_then(|given| given.get_filename()).unwrap_or_default();
        let told = told.rsplit(['/', '\\']).next().unwrap_or_default();
        sent = Some(told.chars().filter(|sign| !sign.is_control()).take(NAME).collect::<String>());
        // Without the declaration it is refused before a byte is taken.
        if !given("declared").is_empty() {
            let mut file = tokio::fs::File::create(&path).await.map_err(Error::from)?;
            let mut size = 0;
            while let Some(bytes) = part.next().await {
                let bytes = bytes.map_err(broken)?;
                size += bytes.len();
                too_large = size > MOST;
                if too_large {
                    break;
                }
                file.write_all(&bytes).await.map_err(Error::from)?;
            }
            file.flush().await.map_err(Error::from)?;
        }
    }
    let done = async {
        let wrong = |problem: Problem| Error::invalid(problem);
        if given("declared").is_empty() {
            return Err(wrong(Problem::new("declaration-missing").on("declared")));
        }
        if too_large {
            return Err(wrong(Problem::new("list-too-large").with("max", (MOST >> 20) as u64).on("file")));
        }
        let file_name = sent.filter(|name| !name.is_empty());
        let file_name = file_name.ok_or_else(|| wrong(Problem::new("upload-name").with("max", NAME).on("file")))?;
        let content = read(&app, &path, &file_name, work.path()).await?;
        let new = Keep { agency: given("agency"), file_name, declared: true, content };
        let profile = app.parts.profile.clone();
        app.db().write_async(ctx(&req, &app, &who), move |tx| inventory::keep(tx, &profile, new)).await
    };
    match done.await {
        Ok(id) => Ok(redirect(&format!("{HREF}/{id}"))),
        Err(error) => {
            let again = async |error: &Error| lists_page(&req, &app, &who, &given("agency"), Some(error)).await;
            refused(error, again).await
        }
    }
}

/// Reads the rows of a list in a child process, as what comes by the portal is.
async fn read(app: &App, path: &Path, name: &str, work: &Path) -> Result<Content> {
    let names = headings(&app.parts.texts);
    let (program, memory) = (app.parts.program.clone(), app.parts.settings.ingest_memory);
    let (path, name, out) = (path.to_owned(), name.to_owned(), work.join("out"));
    run_blocking(move || {
        std::fs::create_dir(&out)?;
        let rows = child::read_list(&program, (&path, &name), &out, memory).map_err(|error| {
            // What is wrong with a file is said beside it.
            match error.problems() {
                [] => error,
                problems => Error::invalid_all(problems.iter().map(|problem| problem.clone().on("file")).collect()),
            }
        })?;
        inventory::content_of(rows, &names)
    })
    .await
}

// ---- what was understood ---------------------------------------------------------------------------------------------

/// A list, for whoever may write drafts of its agency.
async fn seen(app: &App, who: &SignedIn, id: &str) -> Result<(List, agency::Agency, Understood)> {
    let id = InventoryId::parse(id).ok_or_else(Error::not_found)?;
    let (person, profile, names) = (who.person.clone(), app.parts.profile.clone(), headings(&app.parts.texts));
    app.db()
        .read_async(move |conn: &mut Conn| {
            let list = inventory::by_id(conn, &id)?;
            may(&person, Action::EditDataset(&profile, &list.agency)).require()?;
            let owner = agency::by_id(conn, &list.agency)?.ok_or_else(Error::not_found)?;
            let understood = inventory::understood(conn, &profile, &list, &names)?;
            Ok((list, owner, understood))
        })
        .await
}

/// GET /internal/dataset-lists/{id}: what was understood of each row; once it was entered, the drafts.
pub async fn show(req: HttpRequest, app: web::Data<App>, who: SignedIn, id: web::Path<String>) -> Outcome {
    Ok(html(StatusCode::OK, &list_page(&req, &app, &who, &id, None).await?)?)
}

/// POST /internal/dataset-lists/{id}: enters the chosen rows as drafts.
pub async fn enter(
    req: HttpRequest,
    app: web::Data<App>,
    who: SignedIn,
    id: web::Path<String>,
    form: SafeForm<Vec<(String, String)>>,
) -> Outcome {
    let wanted = InventoryId::parse(&id).ok_or_else(Error::not_found)?;
    let mut wish = Wish::default();
    for (name, value) in form.0 {
        match name.as_str() {
            "row" => wish.rows.extend(value.parse::<usize>().ok()),
            "topic" => wish.topic = value,
            "frequency" => wish.frequency = value,
            _ => {}
        }
    }
    let (profile, names, sent) = (app.parts.profile.clone(), headings(&app.parts.texts), wish.clone());
    let verb = move |tx: &mut Tx<'_>| {
        let entered = inventory::enter(tx, &profile, &names, &wanted, &sent)?;
        entered.iter().try_for_each(|one| scan_anew(tx, &one.dataset))
    };
    let again = async |error: &Error| list_page(&req, &app, &who, &id, Some((&wish, error))).await;
    act(&req, &app, &who, verb, |()| ("list-done", format!("{HREF}/{id}")), again).await
}

async fn list_page(
    req: &HttpRequest,
    app: &App,
    who: &SignedIn,
    id: &str,
    sent: Option<(&Wish, &Error)>,
) -> Result<ListPage> {
    let (list, owner, understood) = seen(app, who, id).await?;
    let page = frame(req, app, who, Section::Datasets)?;
    let wrongs = sent.map(|(_, error)| page.wrongs(error)).unwrap_or_default();
    let wish = sent.map(|(wish, _)| wish);
    let sound = |line: &&Line| line.is_sound();
    let lacks = |has: fn(&Line) -> bool| understood.lines.iter().filter(sound).any(|line| !has(line));
    let both = list.content.headings.iter().zip(&understood.columns);
    let taken = both.clone().filter_map(|(written, column)| {
        column.map(|column| page.t2("list-taken", "heading", written.as_str(), "column", heading(&page, column)))
    });
    // A column of running numbers is nobody's loss.
    let left = both.filter(|(written, column)| column.is_none() && written.chars().any(char::is_alphabetic));
    Ok(ListPage {
        file: list.file_name.clone(),
        agency: owner.name(page.lang).0.to_owned(),
        href: format!("{HREF}/{}", list.id),
        new: HREF.to_owned(),
        taken: taken.collect(),
        left: left.map(|(written, _)| written.clone()).collect(),
        entered: list.entered.as_ref().map(|entered| {
            let link = |one: &inventory::Entered| Link {
                text: Text::of(one.title.clone(), Lang::Vi, page.lang),
                href: format!("/internal/datasets/{}", one.dataset),
            };
            entered.iter().map(link).collect()
        }),
        topics: lacks(|line| !line.form.topic.is_empty())
            .then(|| topics(&page, app.profile(), wish.map_or("", |wish| &wish.topic), &wrongs)),
        frequencies: lacks(|line| !line.form.frequency.is_empty())
            .then(|| frequencies(&page, app.profile(), wish.map_or("", |wish| &wish.frequency), &wrongs)),
        lines: understood.lines.iter().map(|line| line_view(&page, app.profile(), line, wish)).collect(),
        wrongs: wrongs.into_iter().map(anchored).collect(),
        page,
    })
}

/// The rows have no field of one name; what is wrong with their choice is said at their table.
fn anchored(wrong: Wrong) -> Wrong {
    let field = wrong.field.map(|field| if field == "rows" { "lines".to_owned() } else { field });
    Wrong { field, ..wrong }
}

fn line_view(page: &PageCtx, profile: &Profile, line: &Line, wish: Option<&Wish>) -> LineView {
    let form = &line.form;
    let named = |name: Option<&crate::kernel::Localized>| name.map(|name| name.get(page.lang).0.to_owned());
    let mut remarks: Vec<String> = line.problems.iter().map(|problem| page.texts.problem(page.lang, problem)).collect();
    for (column, words) in &line.unknown {
        remarks.push(page.t2("list-unknown", "column", heading(page, *column), "words", words.as_str()));
    }
    let lacks =
        [(Column::Topic, &form.topic), (Column::Frequency, &form.frequency), (Column::Description, &form.description)];
    let missing: BTreeSet<Column> =
        lacks.into_iter().filter(|(_, text)| text.is_empty()).map(|(column, _)| column).collect();
    for column in missing.iter().filter(|column| line.unknown.iter().all(|(unknown, _)| unknown != *column)) {
        remarks.push(page.t1("list-missing", "column", heading(page, *column)));
    }
    let same = match &line.same {
        None => None,
        Some(Same::Dataset(id)) => Some(Link::new(page.t("list-same-dataset"), format!("/internal/datasets/{id}"))),
        Some(Same::Row(row)) => Some(Link::new(page.t1("list-same-row", "row", *row), format!("#r{row}"))),
    };
    LineView {
        row: line.row as u64,
        title: form.title.clone(),
        topic: named(profile.topic(&form.topic).map(|term| &term.name)),
        frequency: named(profile.frequency(&form.frequency).map(|term| &term.name)),
        licence: named(profile.licence(&form.licence).map(|term| &term.name)),
        remarks,
        open: line.is_sound(),
        // What seems to be there already is entered only on purpose.
        chosen: wish.map_or(line.is_sound() && same.is_none(), |wish| wish.rows.contains(&line.row)),
        same,
    }
}

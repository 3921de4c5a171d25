//! Downloads: the files of a dataset, at its latest and at its immutable addresses.

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse, web};

use super::explore::{self, Place};
use super::{bundle, formats};
use crate::dataset::{self, Found, Published, ResourceVersion};
use crate::http::{App, FileAnswer, Outcome, lang_of, send_file};
use crate::kernel::{Error, Lang, Result, Timestamp};
use crate::standards;
use crate::statistics::is_robot;
use crate::table::{self, Object};

/// GET /dataset/{slug}/{file}
pub async fn latest(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (slug, file) = path.into_inner();
    answer(&req, &app, slug, None, &file).await
}

/// GET /dataset/{slug}/v/{number}/{file}
pub async fn of_version(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String, String)>) -> Outcome {
    let (slug, number, file) = path.into_inner();
    let number = number.parse().map_err(|_| Error::not_found())?;
    answer(&req, &app, slug, Some(number), &file).await
}

/// The endings of files that are stored, and of the schema.
const STORED: [(&str, &str); 3] = [("schema.json", "schema"), ("csv", "csv"), ("parquet", "parquet")];

async fn answer(req: &HttpRequest, app: &web::Data<App>, slug: String, number: Option<i32>, file: &str) -> Outcome {
    // Names of tables have no full stop.
    let (name, ending) = file.split_once('.').ok_or_else(Error::not_found)?;
    let name = name.to_owned();
    let later = table::KINDS.into_iter().find(|object| ends(app, object.kind(), ending));
    let bundle = ends(app, bundle::FORMAT, ending).then_some(bundle::FORMAT);
    let stored = STORED.into_iter().find(|(known, _)| *known == ending).map(|(_, format)| format);
    let Some(format) = stored.or(later.map(Object::kind)).or(bundle) else {
        let code = formats::code_of(app, ending).ok_or_else(Error::not_found)?;
        return explore::whole(req, app, Place { slug, number, table: name }, code).await;
    };
    let found = app
        .db()
        .read_async(move |conn| match dataset::find_published(conn, &slug)? {
            Found::Published(dataset) => dataset::detail(conn, &dataset.id, number).map(Ok),
            Found::Withdrawn(dataset) => Ok(Err(dataset)),
        })
        .await?;
    let shown = match found {
        Ok(shown) => shown,
        Err(dataset) => return super::dataset::tombstone(req, app, &dataset).await,
    };
    if let (Some(number), Some(_)) = (shown.version.number, shown.version.purged_at) {
        return super::dataset::purged(req, app, &shown.dataset, number).await;
    }
    // All of a version has the name of its dataset.
    if format == bundle::FORMAT {
        return if name == shown.dataset.slug {
            bundle::send(req, app, &shown).await
        } else {
            Err(Error::not_found().into())
        };
    }
    let resource = shown.resources.iter().find(|resource| resource.name == name).ok_or_else(Error::not_found)?;
    if format == "schema" {
        return schema(resource);
    }
    let mut file = file_of(app, &shown, resource, format, number.is_some(), lang_of(req))?;
    if let Some(object) = later {
        // It is made after the publication, and may not be there yet.
        let made = shown.file(&resource.table.id, format).ok_or_else(Error::not_found)?;
        file.object = object.name(&resource.table.id);
        file.bytes = u64::try_from(made.bytes).unwrap_or(0);
        file.sha256.clone_from(&made.sha256);
    }
    let answer = send_file(req, app, &file).await?;
    // A download is a file that was asked for and sent from its beginning; the further pieces of one reader are not more downloads.
    let range = req.headers().get("range").and_then(|range| range.to_str().ok());
    let begun = answer.status().is_success() && range.is_none_or(|range| range.starts_with("bytes=0-"));
    if begun && *req.method() == Method::GET && !is_robot(agent_of(req)) {
        app.counter.count(app.today().to_string(), shown.dataset.id.clone(), "download", format);
    }
    Ok(answer)
}

/// Whether addresses of files of a format end so.
fn ends(app: &App, code: &str, ending: &str) -> bool {
    app.profile().format(code).is_some_and(|format| format.extension == ending)
}

/// What the client says of itself.
pub(super) fn agent_of(req: &HttpRequest) -> &str {
    req.headers().get("user-agent").and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

fn file_of(
    app: &App,
    shown: &Published,
    resource: &ResourceVersion,
    code: &str,
    immutable: bool,
    lang: Lang,
) -> Result<FileAnswer> {
    let format = app.profile().format(code).ok_or_else(Error::not_found)?;
    let table = &resource.table;
    let (object, bytes, sha256) = match code {
        "csv" => (Object::Csv, table.csv_bytes, &table.csv_sha256),
        _ => (Object::Parquet, table.parquet_bytes, &table.parquet_sha256),
    };
    Ok(FileAnswer {
        object: object.name(&table.id),
        bytes: u64::try_from(bytes).unwrap_or(0),
        sha256: sha256.clone(),
        // The canonical text is ours, and so is its encoding.
        media_type: match code {
            "csv" => format!("{}; charset=utf-8", format.media_type),
            _ => format.media_type.clone(),
        },
        name: file_name(shown, Some(resource), lang, &format.extension),
        modified: shown.version.published_at.unwrap_or(Timestamp(0)),
        immutable,
    })
}

/// What browsers save a file as.
pub(super) fn file_name(shown: &Published, resource: Option<&ResourceVersion>, lang: Lang, extension: &str) -> String {
    let mut title = shown.title(lang).0.to_owned();
    if let Some(resource) = resource.filter(|_| shown.resources.len() > 1) {
        title = format!("{title} – {}", resource.title.get(lang).0);
    }
    let clean: String =
        title.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { ' ' } else { c }).take(120).collect();
    format!("{} (v{}).{}", clean.trim(), shown.version.number.unwrap_or(0), extension.trim_start_matches('.'))
}

/// The Table Schema of a resource.
fn schema(resource: &ResourceVersion) -> Outcome {
    let report = resource.table.report()?;
    let schema = standards::table_schema(&report.outcome.columns, &resource.dictionary);
    Ok(HttpResponse::Ok()
        .insert_header(("Access-Control-Allow-Origin", "*"))
        .insert_header(("Cache-Control", "public, no-cache"))
        .content_type("application/json")
        .body(schema.to_string()))
}

//! A whole version in one ZIP: every table as CSV and Parquet, a Data Package that describes them, the data dictionary, the terms,
//! and a text to read first in both languages. It is packed while it is sent and never whole in memory or on a disk; the same version
//! and texts give the same bytes. (Archives of releases hold what is packed nowhere, so that they are computed: `platform::archive`.)

use std::io::{Error as IoError, ErrorKind, Result as IoResult, Write};
use std::time::Duration;

use actix_web::http::Method;
use actix_web::{HttpRequest, HttpResponse};
use bytes::Bytes;
use chrono::Datelike;
use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio::runtime::Handle;
use tokio::sync::{Semaphore, mpsc};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::dataset::{citation, terms};
use super::files::{agent_of, file_name};
use super::formats::{self, dictionary};
use crate::agency::{self, Agency};
use crate::dataset::Published;
use crate::editorial::{self, Found, Kind};
use crate::http::page::{PageCtx, Section};
use crate::http::{App, Begun, Failure, MadeAnswer, Outcome, StreamTurn, lang_of};
use crate::kernel::{Error, Lang, Localized, Result, Timestamp};
use crate::platform::db::run_blocking;
use crate::platform::files::Files;
use crate::platform::sheet::text_field;
use crate::standards::{self, Package, PackageFile};
use crate::statistics::is_robot;
use crate::table::Object;

/// The code of the format.
pub(super) const FORMAT: &str = "zip";
/// Bundles that are sent at the same time; further ones wait, and are turned away when it takes too long.
static SENDING: Semaphore = Semaphore::const_new(8);
const WAIT: Duration = Duration::from_secs(20);
/// Bytes of one part, and parts that wait for the reader.
const PART: usize = 64 << 10;
const AHEAD: usize = 4;
/// From this length on a file needs the fields of ZIP64; a little is left for what packing adds.
const LONG: u64 = 4_000_000_000;

/// What lies in a bundle, in order.
struct Entry {
    path: String,
    content: Content,
}

enum Content {
    /// A text of ours.
    Text(String),
    /// An object of the store, its length, and how hard it is packed.
    Object { name: String, bytes: u64, level: i64 },
}

/// Answers with a whole version.
///
/// # Errors
/// `Unavailable` when too many are sent at once, or the store does not answer.
pub(super) async fn send(req: &HttpRequest, app: &App, shown: &Published) -> Outcome {
    let format = app.profile().format(FORMAT).ok_or_else(Error::not_found)?;
    let (agency, profile) = (shown.dataset.agency_id.clone(), app.parts.profile.clone());
    let (owner, words) = app
        .db()
        .read_async(move |conn| {
            let owner = agency::by_id(conn, &agency)?.ok_or_else(Error::not_found)?;
            let Found::Published(terms) = editorial::find(conn, &profile, Kind::Fixed, "terms")? else {
                return Err(Error::not_found());
            };
            Ok((owner, terms.words))
        })
        .await?;
    let lang = lang_of(req);
    let (entries, tag) = entries(app, shown, &owner, &words.body_at(&app.site.public_url))?;
    let answer = MadeAnswer {
        tag,
        media_type: formats::media_type(format),
        name: file_name(shown, None, lang, &format.extension),
    };
    let begun = match answer.begin(req) {
        Begun::Head(begun) => begun,
        Begun::Whole(whole) => return Ok(whole),
    };
    let turn = tokio::time::timeout(WAIT, SENDING.acquire()).await;
    let turn = turn.map_err(|_| Error::unavailable("too many bundles at once"))?.map_err(Error::internal)?;
    let stream = StreamTurn::wait().await?;
    let (speak, hear) = mpsc::channel::<Result<Bytes>>(AHEAD);
    let (files, moment) = (app.parts.files.clone(), moment(app, shown));
    let runtime = Handle::current();
    tokio::spawn(async move {
        let told = speak.clone();
        let packed = run_blocking(move || pack(&runtime, &files, entries, moment, speak)).await;
        // The turn lasts as long as the work does, and not until a reader who stands still hears of the end.
        drop(turn);
        if let Err(error) = packed {
            // Whoever has gone is told nothing; the length of the answer says that it broke off.
            let _ = told.send(Err(error)).await;
        }
    });
    let parts =
        futures_util::stream::unfold(hear, |mut hear| async move { hear.recv().await.map(|part| (part, hear)) });
    let sent: HttpResponse = stream.send(begun, parts.map_err(Failure));
    if *req.method() == Method::GET && !is_robot(agent_of(req)) {
        app.counter.count(app.today().to_string(), shown.dataset.id.clone(), "download", FORMAT);
    }
    Ok(sent)
}

/// When the files of the archive were changed: the day of the publication, which the form of ZIP knows from 1980 on.
fn moment(app: &App, shown: &Published) -> DateTime {
    let day = shown.version.published_at.unwrap_or(Timestamp(0)).date(app.site.offset_minutes);
    let part = |number: u32| u8::try_from(number).unwrap_or(1);
    let year = u16::try_from(day.year()).unwrap_or(0);
    DateTime::from_date_and_time(year, part(day.month()), part(day.day()), 0, 0, 0).unwrap_or_default()
}

/// The files of a bundle, and a mark of all that its bytes come from.
fn entries(app: &App, shown: &Published, owner: &Agency, terms: &Localized) -> Result<(Vec<Entry>, String)> {
    let mut entries = Vec::new();
    let mut text = |path: String, content: String| entries.push(Entry { path, content: Content::Text(content) });
    let pages = [Lang::Vi, Lang::En].map(|lang| app.public_page(lang, "/", Section::Datasets));
    text("datapackage.json".to_owned(), serde_json::to_string_pretty(&package(app, &pages[0], shown, owner)?)?);
    for page in &pages {
        let tag = page.lang.tag();
        text(format!("README.{tag}.md"), read_me(app, page, shown, owner));
        text(format!("dictionary.{tag}.csv"), words(page, shown)?);
        let (body, found) = terms.get(page.lang);
        if found == page.lang {
            text(format!("terms.{tag}.md"), body.to_owned());
        }
    }
    for resource in &shown.resources {
        let table = &resource.table;
        // Parquet is packed in itself.
        for (object, bytes, level) in [(Object::Csv, table.csv_bytes, 6), (Object::Parquet, table.parquet_bytes, 1)] {
            let bytes = u64::try_from(bytes).unwrap_or(0);
            let content = Content::Object { name: object.name(&table.id), bytes, level };
            entries.push(Entry { path: format!("data/{}.{}", resource.name, object.kind()), content });
        }
    }
    let mut tag = Sha256::new();
    tag.update(env!("CARGO_PKG_VERSION"));
    for entry in &entries {
        tag.update(&entry.path);
        match &entry.content {
            Content::Text(text) => tag.update(text),
            Content::Object { name, .. } => tag.update(name),
        }
        tag.update("\n");
    }
    Ok((entries, hex::encode(tag.finalize())))
}

fn package(app: &App, page: &PageCtx, shown: &Published, owner: &Agency) -> Result<serde_json::Value> {
    let (url, metadata) = (&app.site.public_url, &shown.version.metadata);
    let terms = terms(app, page, metadata);
    let terms_url = if terms.href.starts_with('/') { format!("{url}{}", terms.href) } else { terms.href };
    let spdx = metadata.licence.as_deref().and_then(|code| app.profile().licence(code)?.spdx.clone());
    let citation = citation(app, page, shown, owner);
    let mut files = Vec::new();
    for resource in &shown.resources {
        let table = &resource.table;
        let schema = standards::table_schema(&table.report()?.outcome.columns, &resource.dictionary);
        for (object, bytes, sha256, schema) in [
            (Object::Csv, table.csv_bytes, &table.csv_sha256, Some(schema)),
            (Object::Parquet, table.parquet_bytes, &table.parquet_sha256, None),
        ] {
            let format = app.profile().format(object.kind()).ok_or_else(Error::not_found)?;
            files.push(PackageFile {
                name: if schema.is_some() { resource.name.clone() } else { format!("{}.parquet", resource.name) },
                path: format!("data/{}.{}", resource.name, object.kind()),
                title: (resource.title.vi.clone(), resource.title.en.clone()),
                format: object.kind().to_owned(),
                media_type: format.media_type.clone(),
                bytes: u64::try_from(bytes).unwrap_or(0),
                sha256: sha256.clone(),
                schema,
            });
        }
    }
    Ok(standards::data_package(&Package {
        name: shown.dataset.slug.clone(),
        homepage: format!("{url}/dataset/{}", shown.dataset.slug),
        title: (metadata.title.vi.clone(), metadata.title.en.clone()),
        description: metadata.description.vi.clone(),
        keywords: metadata.keywords.clone(),
        version: citation.version.to_string(),
        created: shown.version.published_at.unwrap_or(Timestamp(0)).to_rfc3339(),
        licence: (spdx, terms.text.text, terms_url),
        sources: vec![(citation.author, citation.url)],
        publisher: (owner.name(page.lang).0.to_owned(), format!("{url}/organization/{}", owner.slug)),
        files,
    }))
}

/// The text that is read first.
fn read_me(app: &App, page: &PageCtx, shown: &Published, owner: &Agency) -> String {
    let (url, metadata) = (&app.site.public_url, &shown.version.metadata);
    let citation = citation(app, page, shown, owner);
    let published = page.date(page.day(shown.version.published_at.unwrap_or(Timestamp(0))));
    let terms = terms(app, page, metadata);
    let terms_url = if terms.href.starts_with('/') { format!("{url}{}", terms.href) } else { terms.href };
    let version = page.t2("files-about-version-value", "number", citation.version, "date", published);
    let mut lines = vec![format!("# {}", citation.title), String::new()];
    let facts = [
        ("files-about-agency", owner.name(page.lang).0.to_owned()),
        ("files-about-version", version),
        ("files-about-source", citation.url.clone()),
        ("files-about-terms", format!("{}: {terms_url}", terms.text.text)),
        (
            "bundle-cite",
            format!(
                "{} ({}). {}. {}. {}",
                citation.author, citation.year, citation.title, citation.portal, citation.url
            ),
        ),
    ];
    lines.extend(facts.into_iter().map(|(name, value)| format!("- {}: {value}", page.t(name))));
    lines.push(String::new());
    let (description, _) = metadata.description.get(page.lang);
    if !description.trim().is_empty() {
        lines.extend([description.trim().to_owned(), String::new()]);
    }
    lines.extend([format!("## {}", page.t("bundle-files")), String::new()]);
    for resource in &shown.resources {
        let rows = page.t1("count-rows", "count", resource.table.rows());
        let title = resource.title.get(page.lang).0;
        lines.push(format!("- `data/{0}.csv`, `data/{0}.parquet`: {title}, {rows}", resource.name));
    }
    let tag = page.lang.tag();
    for (file, told) in [
        ("datapackage.json".to_owned(), "bundle-package"),
        (format!("dictionary.{tag}.csv"), "bundle-dictionary"),
        (format!("terms.{tag}.md"), "bundle-terms"),
    ] {
        lines.push(format!("- `{file}`: {}", page.t(told)));
    }
    lines.extend([String::new(), page.t("bundle-csv"), String::new()]);
    lines.join("\n")
}

/// The data dictionary of all tables, as people open it.
fn words(page: &PageCtx, shown: &Published) -> Result<String> {
    let line = |cells: &[String]| {
        let cells: Vec<String> = cells.iter().map(|cell| text_field(cell, ',')).collect();
        format!("{}\r\n", cells.join(","))
    };
    let mut heads = vec![page.t("files-about-table")];
    heads.extend(formats::DICTIONARY.iter().map(|(name, _)| page.t(name)));
    let mut out = format!("\u{feff}{}", line(&heads));
    for resource in &shown.resources {
        let columns = resource.table.report()?.outcome.columns;
        for mut row in dictionary(page, resource, columns.iter()) {
            row.insert(0, resource.title.get(page.lang).0.to_owned());
            out.push_str(&line(&row));
        }
    }
    Ok(out)
}

/// Writes the archive, part by part, for whoever takes them.
fn pack(
    runtime: &Handle,
    files: &Files,
    entries: Vec<Entry>,
    moment: DateTime,
    speak: mpsc::Sender<Result<Bytes>>,
) -> Result<()> {
    let mut archive = ZipWriter::new_stream(Parts { speak, part: Vec::with_capacity(PART) });
    for entry in entries {
        let (bytes, level) = match &entry.content {
            Content::Text(text) => (text.len() as u64, 6),
            Content::Object { bytes, level, .. } => (*bytes, *level),
        };
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .compression_level(Some(level))
            .last_modified_time(moment)
            .unix_permissions(0o644)
            .large_file(bytes > LONG);
        archive.start_file(entry.path, options).map_err(Error::internal)?;
        match entry.content {
            Content::Text(text) => archive.write_all(text.as_bytes())?,
            Content::Object { name, .. } => {
                let mut parts = runtime.block_on(files.get(&name, None))?;
                while let Some(part) = runtime.block_on(parts.try_next())? {
                    archive.write_all(&part)?;
                }
            }
        }
    }
    let mut parts = archive.finish().map_err(Error::internal)?.into_inner();
    parts.flush()?;
    Ok(())
}

/// Bytes on their way to the reader.
struct Parts {
    speak: mpsc::Sender<Result<Bytes>>,
    part: Vec<u8>,
}

impl Parts {
    fn hand_over(&mut self) -> IoResult<()> {
        if self.part.is_empty() {
            return Ok(());
        }
        let part = Bytes::from(std::mem::replace(&mut self.part, Vec::with_capacity(PART)));
        // From a reader who stands still or is too slow the stream is taken back, and with it whoever hears.
        let taken = self.speak.blocking_send(Ok(part));
        taken.map_err(|_| IoError::new(ErrorKind::BrokenPipe, "nobody takes it any more"))
    }
}

impl Write for Parts {
    fn write(&mut self, bytes: &[u8]) -> IoResult<usize> {
        self.part.extend_from_slice(bytes);
        if self.part.len() >= PART {
            self.hand_over()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> IoResult<()> {
        self.hand_over()
    }
}

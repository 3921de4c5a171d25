//! The catalogue: datasets and their versions, tables, agencies, topics.

use actix_web::{HttpRequest, web};

use super::problem::{KnownOrGone, known_or_gone};
use super::serve::{Asked, Made, json, links};
use super::shape::{
    Agencies, AgencyLine, AgencyName, Code, Column, Constraints, Count, DatasetLine, DatasetLinks, DatasetVersion,
    Datasets, Entry, EntryLinks, Facets, File, Licence, Named, Table, TableLine, TableLinks, TopicLine, Topics,
    VersionLine, Versions, Words,
};
use super::{BASE, DATASETS, cost, endpoint, serve};
use crate::agency::{self, Agency};
use crate::cycle;
use crate::dataset::{self, Card, ColumnNote, Dataset, Metadata, Published, ResourceVersion};
use crate::discovery::{self, Query, Sort};
use crate::http::page::Timeliness;
use crate::http::{App, Known, Outcome, address, count_search, note_search, present, query_pairs};
use crate::kernel::{Error, PageRequest, Result, Timestamp};
use crate::platform::db::{Conn, run_blocking};
use crate::table::ingest::report::{self, Storage};
use crate::vocabulary;

/// Datasets that a filter by licence looks through at most: the index does not know licences.
const LOOKED_THROUGH: u64 = 20_000;
/// What narrows a search in the index.
const FILTERS: [&str; 5] = ["topic", "agency", "format", "frequency", "timeliness"];
/// Cards that are read at once.
const CARDS: usize = 500;

/// GET /api/v1
pub(super) async fn entry(req: HttpRequest, app: web::Data<App>) -> Outcome {
    json(&req, &app, endpoint("entry"), async |_| {
        let (site, url) = (&app.site, &app.site.public_url);
        let here = |path: &str| format!("{url}{BASE}{path}");
        Ok(Ok(Made::from(Entry {
            portal: Words { vi: site.public_name.vi.clone(), en: Some(site.public_name.en.clone()) },
            api: "v1".to_owned(),
            revision: app.revision().await?,
            links: EntryLinks {
                datasets: here("/datasets"),
                agencies: here("/agencies"),
                topics: here("/topics"),
                openapi: here("/openapi.json"),
                documentation: format!("{url}/api"),
                feed: format!("{url}/feed.atom"),
                terms: format!("{url}/terms"),
            },
        })))
    })
    .await
}

/// GET /api/v1/datasets
pub(super) async fn datasets(req: HttpRequest, app: web::Data<App>) -> Outcome {
    let answer = json(&req, &app, endpoint("datasets"), async |asked| {
        if !asked.several("licence").is_empty() {
            // The cards of all that was found are read for it.
            serve::charge(&req, &app, cost::WHOLE)?;
        }
        let app = app.get_ref().clone();
        run_blocking(move || search(&app, &asked)).await.map(Ok)
    })
    .await?;
    if let Some(text) = whole(&query_pairs(&req)) {
        count_search(&req, &app, text);
    }
    Ok(answer)
}

/// What is searched for where nothing narrows the search: no filter, no further page.
fn whole(pairs: &[(String, String)]) -> Option<&str> {
    let narrow = |(name, value): &(String, String)| match name.as_str() {
        "page" => value.trim() != "1",
        "licence" => true,
        name => FILTERS.contains(&name),
    };
    let text = pairs.iter().find(|(name, _)| name == "q")?.1.trim();
    let narrowed = pairs.iter().any(|pair| !pair.1.trim().is_empty() && narrow(pair));
    (!text.is_empty() && !narrowed).then_some(text)
}

/// What the index, or the database in its place, finds.
struct Found {
    ids: Vec<String>,
    total: u64,
    facets: Facets,
    relaxed: bool,
}

fn search(app: &App, asked: &Asked) -> Result<Made<Datasets>> {
    let limit = asked.number("limit").unwrap_or(DATASETS);
    let request = PageRequest::new(asked.get("page"), limit);
    let licences = asked.several("licence");
    let found = if licences.is_empty() {
        find(app, asked, request)?
    } else {
        let mut found = find(app, asked, PageRequest::new(None, LOOKED_THROUGH))?;
        let mut ids = Vec::new();
        for some in found.ids.chunks(CARDS) {
            let cards = app.db().read(|conn| dataset::cards(conn, some))?;
            let under = |card: &&Card| licences.contains(&licence(app, &card.metadata).code);
            ids.extend(cards.iter().filter(under).map(|card| card.dataset.id.to_string()));
        }
        found.total = ids.len() as u64;
        let skip = usize::try_from(request.offset()).unwrap_or(usize::MAX);
        found.ids = ids.into_iter().skip(skip).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect();
        // They count what the licence was not asked about.
        found.facets = Facets::default();
        found
    };
    let cards = app.db().read(|conn| dataset::cards(conn, &found.ids))?;
    let page = |number: u64| {
        let path = format!("{}{BASE}/datasets", app.site.public_url);
        asked.path_with(&path, "page", &number.to_string())
    };
    let next = (request.number.saturating_mul(limit) < found.total).then(|| page(request.number + 1));
    let previous = (request.number > 1).then(|| page(request.number - 1));
    let link = links(&[("next", next.as_ref()), ("prev", previous.as_ref())]);
    let body = Datasets {
        total: found.total,
        page: request.number,
        limit,
        relaxed: found.relaxed,
        next,
        previous,
        datasets: cards.iter().map(|card| line(app, card)).collect(),
        facets: found.facets,
    };
    Ok(Made { body, link })
}

fn find(app: &App, asked: &Asked, request: PageRequest) -> Result<Found> {
    let text: String = asked.get("q").unwrap_or_default().chars().filter(|c| !c.is_control()).take(200).collect();
    if app.parts.index.ready() {
        let today = app.today().signed_duration_since(chrono::NaiveDate::default()).num_days();
        let mut query = Query::new(text.clone(), request, asked.lang(), i32::try_from(today).unwrap_or(i32::MAX));
        query.sort = match asked.get("sort") {
            Some("updated") => Sort::Newest,
            Some("used") => Sort::Used,
            Some("title") => Sort::Title,
            _ => Sort::Relevance,
        };
        query.topics = asked.several("topic");
        query.agencies = asked.several("agency");
        query.formats = asked.several("format");
        query.frequencies = asked.several("frequency");
        let timeliness = asked.several("timeliness");
        query.timeliness = timeliness.iter().filter_map(|code| discovery::Timeliness::from_code(code)).collect();
        match app.parts.index.search(&query) {
            Ok(answer) => {
                if let Some(text) = whole(asked.pairs()) {
                    note_search(app, text, answer.total);
                }
                let counts = |counts: Vec<(String, u64)>| {
                    counts.into_iter().map(|(value, count)| Count { value, count }).collect::<Vec<_>>()
                };
                let timeliness = answer.facets.timeliness.iter();
                return Ok(Found {
                    ids: answer.hits.into_iter().map(|hit| hit.id).collect(),
                    total: answer.total,
                    relaxed: answer.relaxed,
                    facets: Facets {
                        timeliness: timeliness
                            .map(|(state, count)| Count { value: state.code().to_owned(), count: *count })
                            .collect(),
                        topic: counts(answer.facets.topics),
                        agency: counts(answer.facets.agencies),
                        format: counts(answer.facets.formats),
                        frequency: counts(answer.facets.frequencies),
                    },
                });
            }
            Err(error) => tracing::warn!(%error, "the index does not answer; the list comes from the database"),
        }
    }
    // A list without its filters would be another list.
    if FILTERS.iter().any(|name| !asked.several(name).is_empty()) {
        return Err(Error::unavailable("the search index is being built"));
    }
    let (ids, total) = app.db().read(|conn| dataset::search_ids(conn, &text, request))?;
    Ok(Found { ids, total, facets: Facets::default(), relaxed: false })
}

fn line(app: &App, card: &Card) -> DatasetLine {
    let (dataset, metadata) = (&card.dataset, &card.metadata);
    let updated = Timestamp(dataset.updated_at.unwrap_or(0));
    let (timeliness, due) = freshness(app, dataset);
    DatasetLine {
        slug: dataset.slug.clone(),
        title: Words::of(&metadata.title),
        agency: AgencyName { slug: card.agency_slug.clone(), name: Words::of(&card.agency) },
        topic: topic(app, &metadata.topic),
        frequency: frequency(app, &metadata.frequency),
        licence: licence(app, metadata),
        version: card.version,
        updated_at: updated.to_rfc3339(),
        timeliness,
        due,
        rows: card.rows,
        links: dataset_links(app, &dataset.slug, None),
    }
}

fn freshness(app: &App, dataset: &Dataset) -> (Option<String>, Option<String>) {
    let found = present::freshness(app.profile(), dataset.counted(), app.today());
    let code = match found.state {
        Timeliness::OnTime => Some(discovery::Timeliness::OnTime),
        Timeliness::Soon => Some(discovery::Timeliness::DueSoon),
        Timeliness::Late => Some(discovery::Timeliness::Late),
        Timeliness::Unscheduled => None,
    };
    (code.map(|code| code.code().to_owned()), found.due.map(|due| due.to_string()))
}

fn topic(app: &App, code: &str) -> Named {
    let name = app.profile().topic(code).map(|topic| Words::of(&topic.name));
    Named { code: code.to_owned(), name }
}

fn frequency(app: &App, code: &str) -> Named {
    let name = app.profile().frequency(code).map(|frequency| Words::of(&frequency.name));
    Named { code: code.to_owned(), name }
}

/// The licence of a dataset; the province's terms where it names none.
fn licence(app: &App, metadata: &Metadata) -> Licence {
    let profile = app.profile();
    let own = metadata.licence.as_deref().and_then(|code| profile.licence(code));
    let terms = format!("{}/terms", app.site.public_url);
    match own.or(profile.default_licence()) {
        Some(vocabulary::Licence { code, name, spdx, url, .. }) => {
            Licence { code: code.clone(), name: Words::of(name), spdx: spdx.clone(), url: url.clone().unwrap_or(terms) }
        }
        None => Licence { code: "terms".to_owned(), name: Words::of(&profile.terms.short), spdx: None, url: terms },
    }
}

fn agency_name(agency: &Agency) -> AgencyName {
    let name = agency.names();
    AgencyName { slug: agency.slug.clone(), name: Words::of(&name) }
}

/// The path of a dataset, or of a version of it, below the API's.
fn path_of(slug: &str, number: Option<i32>) -> String {
    match number {
        Some(number) => format!("{BASE}/datasets/{slug}/versions/{number}"),
        None => format!("{BASE}/datasets/{slug}"),
    }
}

/// The path of the same for people.
fn page_of(slug: &str, number: Option<i32>) -> String {
    match number {
        Some(number) => format!("/dataset/{slug}/v/{number}"),
        None => format!("/dataset/{slug}"),
    }
}

fn dataset_links(app: &App, slug: &str, number: Option<i32>) -> DatasetLinks {
    let url = &app.site.public_url;
    DatasetLinks {
        this: format!("{url}{}", path_of(slug, number)),
        versions: format!("{url}{}/versions", path_of(slug, None)),
        html: format!("{url}{}", page_of(slug, number)),
        feed: format!("{url}/dataset/{slug}/feed.atom"),
    }
}

fn table_links(app: &App, slug: &str, number: Option<i32>, name: &str) -> TableLinks {
    let url = &app.site.public_url;
    let (path, page) = (path_of(slug, number), page_of(slug, number));
    TableLinks {
        this: format!("{url}{path}/tables/{name}"),
        records: format!("{url}{path}/tables/{name}/records"),
        schema: format!("{url}{page}/{name}.schema.json"),
        html: format!("{url}{page}/{name}/kham-pha"),
    }
}

/// GET /api/v1/datasets/{slug}
pub(super) async fn dataset(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    json(&req, &app, endpoint("dataset"), async |_| match known_or_gone(&req, &app, &slug, None).await? {
        Ok(known) => Ok(Ok(Made::from(described(&app, &known, None).await?))),
        Err(gone) => Ok(Err(gone)),
    })
    .await
}

/// GET /api/v1/datasets/{slug}/versions/{number}
pub(super) async fn version(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (slug, number) = path.into_inner();
    let number = Some(number_of(&number)?);
    json(&req, &app, endpoint("version"), async |_| match known_or_gone(&req, &app, &slug, number).await? {
        Ok(known) => Ok(Ok(Made::from(described(&app, &known, number).await?))),
        Err(gone) => Ok(Err(gone)),
    })
    .await
}

/// The number of a version, as it stands in addresses.
pub(super) fn number_of(text: &str) -> Result<i32> {
    text.parse().map_err(|_| Error::not_found())
}

async fn described(app: &App, known: &Known, number: Option<i32>) -> Result<DatasetVersion> {
    let shown: &Published = &known.shown;
    let of = shown.dataset.clone();
    let confirmed = app.db().read_async(move |conn| cycle::confirmed(conn, &of)).await?;
    let (dataset, version, metadata) = (&shown.dataset, &shown.version, &shown.version.metadata);
    let (timeliness, due) = freshness(app, dataset);
    Ok(DatasetVersion {
        slug: dataset.slug.clone(),
        title: Words::of(&metadata.title),
        description: Words::of(&metadata.description),
        agency: agency_name(&known.owner),
        source: metadata.source.as_ref().map(Words::of),
        topic: topic(app, &metadata.topic),
        keywords: metadata.keywords.clone(),
        frequency: frequency(app, &metadata.frequency),
        licence: licence(app, metadata),
        spatial: metadata.spatial.as_ref().map(Words::of),
        from: metadata.from.clone(),
        to: metadata.to.clone(),
        in_catalogue: dataset.in_catalogue,
        first_published_at: dataset.published_at.map(|at| Timestamp(at).to_rfc3339()),
        timeliness,
        due,
        extended_to: dataset.extended_to.clone(),
        confirmed_at: confirmed.map(|at| at.to_rfc3339()),
        version: version.number.unwrap_or(0),
        latest_version: shown.latest,
        published_at: published_at(shown),
        note: version.note.as_ref().map(Words::of),
        correction: version.is_correction(),
        hash: version.hash.clone(),
        tables: shown
            .resources
            .iter()
            .map(|table| TableLine {
                name: table.name.clone(),
                title: Words::of(&table.title),
                rows: table.table.rows(),
                columns: u64::try_from(table.table.column_count).unwrap_or(0),
                links: table_links(app, &dataset.slug, number, &table.name),
            })
            .collect(),
        links: dataset_links(app, &dataset.slug, number),
    })
}

fn published_at(shown: &Published) -> String {
    shown.version.published_at.unwrap_or(Timestamp(0)).to_rfc3339()
}

/// GET /api/v1/datasets/{slug}/versions
pub(super) async fn versions(req: HttpRequest, app: web::Data<App>, slug: web::Path<String>) -> Outcome {
    let slug = slug.into_inner();
    json(&req, &app, endpoint("versions"), async |_| {
        let known: KnownOrGone = known_or_gone(&req, &app, &slug, None).await?;
        let known = match known {
            Ok(known) => known,
            Err(gone) => return Ok(Err(gone)),
        };
        let id = known.shown.dataset.id.clone();
        let lines = app.db().read_async(move |conn| dataset::version_lines(conn, &id, false)).await?;
        let line = |line: dataset::VersionLine| {
            let number = line.version.number.unwrap_or(0);
            VersionLine {
                version: number,
                published_at: line.version.published_at.unwrap_or(Timestamp(0)).to_rfc3339(),
                note: line.version.note.as_ref().map(Words::of),
                correction: line.version.is_correction(),
                rows: line.rows,
                hash: line.version.hash.clone(),
                destroyed_at: line.version.purged_at.map(Timestamp::to_rfc3339),
                url: format!("{}{}", app.site.public_url, path_of(&slug, Some(number))),
            }
        };
        let versions = lines.into_iter().map(line).collect();
        Ok(Ok(Made::from(Versions { dataset: slug.clone(), versions })))
    })
    .await
}

/// GET /api/v1/datasets/{slug}/tables/{table}
pub(super) async fn table(req: HttpRequest, app: web::Data<App>, path: web::Path<(String, String)>) -> Outcome {
    let (slug, name) = path.into_inner();
    json(&req, &app, endpoint("table"), async |_| one_table(&req, &app, &slug, None, &name).await).await
}

/// GET /api/v1/datasets/{slug}/versions/{number}/tables/{table}
pub(super) async fn version_table(
    req: HttpRequest,
    app: web::Data<App>,
    path: web::Path<(String, String, String)>,
) -> Outcome {
    let (slug, number, name) = path.into_inner();
    let number = Some(number_of(&number)?);
    json(&req, &app, endpoint("versionTable"), async |_| one_table(&req, &app, &slug, number, &name).await).await
}

async fn one_table(
    req: &HttpRequest,
    app: &App,
    slug: &str,
    number: Option<i32>,
    name: &str,
) -> Result<std::result::Result<Made<Table>, actix_web::HttpResponse>> {
    let known = match known_or_gone(req, app, slug, number).await? {
        Ok(known) => known,
        Err(gone) => return Ok(Err(gone)),
    };
    let (resource, columns) = known.table(name)?;
    let shown = &known.shown;
    let version = shown.version.number.unwrap_or(0);
    Ok(Ok(Made::from(Table {
        dataset: slug.to_owned(),
        name: resource.name.clone(),
        title: Words::of(&resource.title),
        version,
        published_at: published_at(shown),
        rows: resource.table.rows(),
        columns: columns.iter().map(|column| told(column, resource.note(&column.title))).collect(),
        files: files(app, slug, version, resource),
        links: table_links(app, slug, number, name),
    })))
}

fn files(app: &App, slug: &str, version: i32, resource: &ResourceVersion) -> Vec<File> {
    let table = &resource.table;
    let stored = [("csv", table.csv_bytes, &table.csv_sha256), ("parquet", table.parquet_bytes, &table.parquet_sha256)];
    let file = |(code, bytes, sha256): (&str, i64, &String)| {
        let format = app.profile().format(code)?;
        let page = page_of(slug, Some(version));
        Some(File {
            format: code.to_owned(),
            media_type: format.media_type.clone(),
            bytes,
            sha256: sha256.clone(),
            url: format!("{}{page}/{}.{}", app.site.public_url, resource.name, format.extension),
        })
    };
    stored.into_iter().filter_map(file).collect()
}

fn told(column: &report::Column, note: Option<&ColumnNote>) -> Column {
    let profile = column.profile.as_ref();
    let text = column.kind == report::Kind::Text;
    let length = |length: Option<u64>| length.map(|length| length.to_string());
    let constraints = note.map(|note| &note.constraints).filter(|constraints| !constraints.is_empty());
    Column {
        key: column.key.clone(),
        title: column.title.clone(),
        title_en: note.and_then(|note| note.title_en.clone()),
        kind: present::kind_code(column.kind).to_owned(),
        scale: match column.storage {
            Storage::Decimal128 { scale } => Some(scale),
            _ => None,
        },
        meaning: note.and_then(|note| note.meaning.as_ref()).map(Words::of),
        unit: note.and_then(|note| note.unit.as_ref()).map(Words::of),
        constraints: constraints.map(|wanted| Constraints {
            required: wanted.required || wanted.key,
            unique: wanted.unique,
            key: wanted.key,
            minimum: wanted.minimum.clone(),
            maximum: wanted.maximum.clone(),
            pattern: wanted.pattern.clone(),
            codes: wanted
                .codes
                .iter()
                .map(|code| Code { value: code.value.clone(), label: code.label.as_ref().map(Words::of) })
                .collect(),
        }),
        empty: profile.map(|profile| profile.nulls),
        distinct: profile.map(|profile| profile.distinct.value),
        min: profile.and_then(|profile| if text { length(profile.min_len) } else { profile.min.clone() }),
        max: profile.and_then(|profile| if text { length(profile.max_len) } else { profile.max.clone() }),
    }
}

/// How many datasets are published, by what `of` says of them.
fn counted(
    conn: &mut Conn,
    of: impl Fn(&dataset::Standing) -> String,
) -> Result<std::collections::HashMap<String, u64>> {
    let mut counts = std::collections::HashMap::new();
    for standing in dataset::standings(conn)? {
        *counts.entry(of(&standing)).or_default() += 1;
    }
    Ok(counts)
}

/// GET /api/v1/agencies
pub(super) async fn agencies(req: HttpRequest, app: web::Data<App>) -> Outcome {
    json(&req, &app, endpoint("agencies"), async |_| {
        let url = app.site.public_url.clone();
        let body = app.db().read_async(move |conn| {
            let counts = counted(conn, |standing| standing.agency_id.to_string())?;
            let line = |agency: Agency| AgencyLine {
                name: agency_name(&agency).name,
                identifier: agency.e_identifier.clone(),
                valid_from: agency.valid_from.clone(),
                valid_to: agency.valid_to.clone(),
                datasets: counts.get(agency.id.as_str()).copied().unwrap_or(0),
                url: format!("{url}{}", address(&format!("{BASE}/datasets"), &[("agency", &agency.slug)])),
                html: format!("{url}/organization/{}", agency.slug),
                slug: agency.slug,
            };
            Ok(Agencies { agencies: agency::all(conn)?.into_iter().map(line).collect() })
        });
        Ok(Ok(Made::from(body.await?)))
    })
    .await
}

/// GET /api/v1/topics
pub(super) async fn topics(req: HttpRequest, app: web::Data<App>) -> Outcome {
    json(&req, &app, endpoint("topics"), async |_| {
        let url = app.site.public_url.clone();
        let counts = app.db().read_async(|conn| counted(conn, |standing| standing.topic.clone())).await?;
        let line = |topic: &vocabulary::Topic| TopicLine {
            code: topic.code.clone(),
            name: Words::of(&topic.name),
            theme: topic.theme.clone(),
            datasets: counts.get(&topic.code).copied().unwrap_or(0),
            url: format!("{url}{}", address(&format!("{BASE}/datasets"), &[("topic", &topic.code)])),
            html: format!("{url}/topic/{}", topic.code),
        };
        Ok(Ok(Made::from(Topics { topics: app.profile().topics.iter().map(line).collect() })))
    })
    .await
}

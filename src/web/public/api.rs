//! The page of the API for people: what there is, made of the API's own lists, and examples over a table of this portal.

use actix_web::{HttpRequest, web};

use super::serve::page;
use super::snippets;
use super::view::api::{ApiPage, Example, ProblemView};
use super::view::explore::Snippet;
use crate::api::{self, BASE, ENDPOINTS, FORMATS, KINDS, Parameter};
use crate::dataset::{self, Published};
use crate::http::page::{Link, PageCtx, Section};
use crate::http::{App, Outcome, present};
use crate::kernel::Result;
use crate::platform::db::Conn;
use crate::table::explore::Test;
use crate::table::ingest::report::{Column, Kind};

/// Publications among which an example is looked for.
const NEWEST: i64 = 10;

/// GET /api
pub async fn show(req: HttpRequest, app: web::Data<App>) -> Outcome {
    page(&req, &app, |lang, _| {
        let app = app.get_ref().clone();
        async move {
            let page = app.public_page(lang, "/api", Section::Other);
            let shown = app.db().read_async(newest).await?;
            draw(&app, page, shown)
        }
    })
    .await
}

/// The newest dataset that has a table.
fn newest(conn: &mut Conn) -> Result<Option<Published>> {
    for told in dataset::latest(conn, &dataset::Of::All, NEWEST)? {
        if told.dataset.state() != dataset::State::Published {
            continue;
        }
        let shown = dataset::detail(conn, &told.dataset.id, None)?;
        if shown.resources.first().is_some_and(|table| table.table.rows() > 0) {
            return Ok(Some(shown));
        }
    }
    Ok(None)
}

fn draw(app: &App, page: PageCtx, shown: Option<Published>) -> Result<ApiPage> {
    let told = |parameters: &[Parameter]| {
        parameters.iter().map(|one| (one.name.to_owned(), page.t(&one.text_id()))).collect::<Vec<_>>()
    };
    let example = match &shown {
        Some(shown) => example(app, &page, shown)?,
        None => None,
    };
    let limit = u64::from(app.parts.settings.api_per_minute);
    Ok(ApiPage {
        base: format!("{}{BASE}", app.site.public_url),
        endpoints: ENDPOINTS
            .iter()
            .map(|one| (one.route.path.to_owned(), page.t(&format!("api-endpoint-{}", one.id))))
            .collect(),
        search: told(api::endpoint("datasets").parameters),
        rows: told(api::endpoint("records").parameters),
        tests: Test::codes().to_vec(),
        formats: FORMATS.into_iter().map(|(code, media_type, _)| (code, media_type, code != "json")).collect(),
        page_rows: (api::ROWS, api::MOST_ROWS),
        units: (limit > 0).then_some(limit),
        costs: (u64::from(api::cost::SEARCH), u64::from(api::cost::WHOLE)),
        problems: KINDS
            .into_iter()
            .map(|(kind, status)| ProblemView {
                anchor: kind,
                status,
                title: page.t(&format!("api-problem-{kind}")),
                text: page.t(&format!("api-problem-{kind}-text")),
            })
            .collect(),
        example,
        page,
    })
}

fn example(app: &App, page: &PageCtx, shown: &Published) -> Result<Option<Example>> {
    let Some(table) = shown.resources.first() else { return Ok(None) };
    let columns = table.table.report()?.outcome.columns;
    let records = records_url(&app.site.public_url, &shown.dataset.slug, None, &table.name);
    let snippets = [
        ("api-example-curl", Snippet { name: "curl", code: filtered(&records, &columns) }),
        ("api-example-python", Snippet { name: "Python", code: snippets::pages_in_python(&records) }),
        ("api-example-pandas", Snippet { name: "pandas", code: snippets::whole_in_pandas(&records, &columns) }),
        ("api-example-r", Snippet { name: "R", code: snippets::pages_in_r(&records) }),
        ("api-example-javascript", Snippet { name: "JavaScript", code: snippets::pages_in_javascript(&records) }),
    ];
    Ok(Some(Example {
        dataset: Link {
            text: present::text(page, &shown.version.metadata.title),
            href: page.href(&format!("/dataset/{}", shown.dataset.slug)),
        },
        first: format!("curl --fail-with-body '{records}?limit=5'"),
        snippets: snippets.into_iter().map(|(id, snippet)| (page.t(id), snippet)).collect(),
        records,
    }))
}

/// The address of a table's rows, with host.
pub(super) fn records_url(public: &str, slug: &str, number: Option<i32>, table: &str) -> String {
    let version = number.map(|number| format!("/versions/{number}")).unwrap_or_default();
    format!("{public}{BASE}/datasets/{slug}{version}/tables/{table}/records")
}

/// A query that works for a table with these columns.
fn filtered(records: &str, columns: &[Column]) -> String {
    let key = |kinds: &[Kind]| columns.iter().find(|column| kinds.contains(&column.kind)).map(|column| &column.key);
    let first = columns.first().map_or("", |column| column.key.as_str());
    let query = match key(&[Kind::Integer, Kind::Decimal]) {
        Some(number) => format!("filter.{number}.filled=1&sort=-{number}"),
        None => format!("filter.{first}.filled=1&sort={first}"),
    };
    format!("curl --fail-with-body \\\n  '{records}?{query}&limit=10'")
}

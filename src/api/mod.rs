//! The public read API, `/api/v1`: the catalogue, and the rows of every published table, for programs of everybody (R-014,
//! No key, no cookie.
//!
//! [`ENDPOINTS`] is the one list of what there is: the router, the document of OpenAPI, the check of parameters and the page
//! for people (`/api`) are made of it. Rows are asked with the explorer's grammar (`table/explore/README.md`); pages of rows
//! are continued by a cursor, which names the version that was begun with, so that nothing is repeated or lost while another
//! is published. Failures are problems of RFC 9457 (`problem.rs`).
//!
//! Invariants: a parameter that an endpoint does not know is refused, so that a typing error never means "everything"; what
//! an answer is made of never depends on the reader's language, but for the sentences of problems and of the OpenAPI document.

mod catalogue;
mod cursor;
mod openapi;
mod problem;
mod records;
mod serve;
mod shape;

use crate::http::{Access, Route};

pub use problem::KINDS;
pub use serve::configure;

/// Where the API stands.
pub const BASE: &str = "/api/v1";

/// Rows, or datasets, that come where nobody says how many; and at most.
pub const ROWS: u64 = 100;
/// Rows of one page at most.
pub const MOST_ROWS: u64 = 10_000;
/// Datasets of one page where nobody says how many.
pub const DATASETS: u64 = 20;
/// Datasets of one page at most.
pub const MOST_DATASETS: u64 = 100;

/// What an answer costs of a client's minute beyond the one unit of every request.
pub mod cost {
    /// Rows that must be looked for: filtered, sorted, grouped.
    pub const SEARCH: u32 = 4;
    /// All rows of a result at once, or all datasets that were found.
    pub const WHOLE: u32 = 19;
}

/// Formats of rows: the code of `format`, the media type, the end of a file's name.
pub const FORMATS: [(&str, &str, &str); 5] = [
    ("json", "application/json", "json"),
    ("ndjson", "application/x-ndjson", "ndjson"),
    ("csv", "text/csv", "csv"),
    ("parquet", "application/vnd.apache.parquet", "parquet"),
    ("arrow", "application/vnd.apache.arrow.stream", "arrows"),
];

/// What a parameter's value may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any text.
    Text,
    /// A whole number of this and at most that; what counts where it is missing.
    Number(u64, u64, u64),
    /// One of these.
    OneOf(&'static [&'static str]),
    /// A text, given once for each value.
    Several,
    /// One of these, given once for each value.
    SeveralOf(&'static [&'static str]),
    /// Names with commas between them.
    List,
    /// All parameters whose names begin with `filter.`.
    Filters,
}

/// A parameter of the query; what it means is the message that [`Parameter::text_id`] names.
#[derive(Clone, Copy, Debug)]
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// What its value may be.
    pub shape: Shape,
}

impl Parameter {
    /// The message that says what it means: `api-parameter-NAME`, with `-rows` where rows mean another thing by the name.
    pub fn text_id(&self) -> String {
        let rows = matches!((self.name, self.shape), ("sort", Shape::List) | ("format", Shape::OneOf(_)));
        format!("api-parameter-{}{}", self.name, if rows { "-rows" } else { "" })
    }
}

/// What an endpoint answers with, as the OpenAPI document names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// JSON of a shape.
    Json(&'static str),
    /// Rows, in one of [`FORMATS`].
    Rows,
    /// The OpenAPI document.
    OpenApi,
}

/// An address of the API; what it is for is the message `api-endpoint-ID`.
#[derive(Clone, Copy)]
pub struct Endpoint {
    /// Its name, the `operationId` of OpenAPI.
    pub id: &'static str,
    /// Path and handler.
    pub route: Route,
    /// What the query may say.
    pub parameters: &'static [Parameter],
    /// What comes.
    pub answer: Answer,
}

const LANG: Parameter = Parameter { name: "lang", shape: Shape::OneOf(&["vi", "en"]) };

const DATASET_PARAMETERS: &[Parameter] = &[
    Parameter { name: "q", shape: Shape::Text },
    Parameter { name: "agency", shape: Shape::Several },
    Parameter { name: "topic", shape: Shape::Several },
    Parameter { name: "format", shape: Shape::Several },
    Parameter { name: "licence", shape: Shape::Several },
    Parameter { name: "frequency", shape: Shape::Several },
    Parameter { name: "timeliness", shape: Shape::SeveralOf(&["on-time", "due-soon", "late"]) },
    Parameter { name: "sort", shape: Shape::OneOf(&["relevance", "updated", "used", "title"]) },
    Parameter { name: "limit", shape: Shape::Number(1, MOST_DATASETS, DATASETS) },
    Parameter { name: "page", shape: Shape::Number(1, 1_000_000, 1) },
    LANG,
];

const ROW_PARAMETERS: &[Parameter] = &[
    Parameter { name: "filter", shape: Shape::Filters },
    Parameter { name: "columns", shape: Shape::List },
    Parameter { name: "sort", shape: Shape::List },
    Parameter { name: "group", shape: Shape::List },
    Parameter { name: "measure", shape: Shape::List },
    Parameter { name: "limit", shape: Shape::Number(1, MOST_ROWS, ROWS) },
    Parameter { name: "cursor", shape: Shape::Text },
    Parameter { name: "format", shape: Shape::OneOf(&["json", "ndjson", "csv", "parquet", "arrow"]) },
    LANG,
];

/// Every address of the API.
pub const ENDPOINTS: &[Endpoint] = &[
    Endpoint {
        id: "entry",
        route: route("/api/v1", |route| route.to(catalogue::entry)),
        parameters: &[LANG],
        answer: Answer::Json("Entry"),
    },
    Endpoint {
        id: "openapi",
        route: route("/api/v1/openapi.json", |route| route.to(openapi::show)),
        parameters: &[LANG],
        answer: Answer::OpenApi,
    },
    Endpoint {
        id: "datasets",
        route: route("/api/v1/datasets", |route| route.to(catalogue::datasets)),
        parameters: DATASET_PARAMETERS,
        answer: Answer::Json("Datasets"),
    },
    Endpoint {
        id: "dataset",
        route: route("/api/v1/datasets/{slug}", |route| route.to(catalogue::dataset)),
        parameters: &[LANG],
        answer: Answer::Json("DatasetVersion"),
    },
    Endpoint {
        id: "versions",
        route: route("/api/v1/datasets/{slug}/versions", |route| route.to(catalogue::versions)),
        parameters: &[LANG],
        answer: Answer::Json("Versions"),
    },
    Endpoint {
        id: "version",
        route: route("/api/v1/datasets/{slug}/versions/{number}", |route| route.to(catalogue::version)),
        parameters: &[LANG],
        answer: Answer::Json("DatasetVersion"),
    },
    Endpoint {
        id: "table",
        route: route("/api/v1/datasets/{slug}/tables/{table}", |route| route.to(catalogue::table)),
        parameters: &[LANG],
        answer: Answer::Json("Table"),
    },
    Endpoint {
        id: "versionTable",
        route: route("/api/v1/datasets/{slug}/versions/{number}/tables/{table}", |route| {
            route.to(catalogue::version_table)
        }),
        parameters: &[LANG],
        answer: Answer::Json("Table"),
    },
    Endpoint {
        id: "records",
        route: route("/api/v1/datasets/{slug}/tables/{table}/records", |route| route.to(records::latest)),
        parameters: ROW_PARAMETERS,
        answer: Answer::Rows,
    },
    Endpoint {
        id: "versionRecords",
        route: route("/api/v1/datasets/{slug}/versions/{number}/tables/{table}/records", |route| {
            route.to(records::of_version)
        }),
        parameters: ROW_PARAMETERS,
        answer: Answer::Rows,
    },
    Endpoint {
        id: "agencies",
        route: route("/api/v1/agencies", |route| route.to(catalogue::agencies)),
        parameters: &[LANG],
        answer: Answer::Json("Agencies"),
    },
    Endpoint {
        id: "topics",
        route: route("/api/v1/topics", |route| route.to(catalogue::topics)),
        parameters: &[LANG],
        answer: Answer::Json("Topics"),
    },
];

const fn route(path: &'static str, handler: fn(actix_web::Route) -> actix_web::Route) -> Route {
    Route { method: "GET", path, access: Access::Anyone, handler }
}

/// The endpoint of a name.
pub fn endpoint(id: &str) -> &'static Endpoint {
    // Every name that is asked for stands in the list; the entry stands for what cannot be.
    ENDPOINTS.iter().find(|endpoint| endpoint.id == id).unwrap_or(&ENDPOINTS[0])
}

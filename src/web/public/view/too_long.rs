//! What a reader sees who asks for a table as a workbook that is longer than a sheet.

use askama::Template;

use crate::http::page::{Download, Link, PageCtx};

/// 422: the same data in the formats that hold it.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/public/too_long.html")]
pub struct TooLongPage {
    /// The page.
    pub page: PageCtx,
    /// The dataset, and its page.
    pub dataset: Link,
    /// Rows that a sheet may have.
    pub most: u64,
    /// The files that hold all rows.
    pub files: Vec<Download>,
    /// Where a part of the table is chosen.
    pub explore_href: String,
}

//! A table version.

use diesel::prelude::*;
use serde::{Deserialize, Serialize};

use super::ingest::read::Understood;
use super::ingest::report::Outcome;
use crate::kernel::id::{AccountId, DatasetId, PurgeId, TableVersionId};
use crate::kernel::{Result, Timestamp};

/// One ingested state of a table.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::table_version)]
pub struct TableVersion {
    /// Its id, which names its objects.
    pub id: TableVersionId,
    /// The name of the file as it came.
    pub original_name: String,
    /// SHA-256 of the original bytes.
    pub original_sha256: String,
    /// How many original bytes.
    pub original_bytes: i64,
    /// SHA-256 of the Parquet file.
    pub parquet_sha256: String,
    /// How many bytes of Parquet.
    pub parquet_bytes: i64,
    /// SHA-256 of the canonical CSV.
    pub csv_sha256: String,
    /// How many bytes of CSV.
    pub csv_bytes: i64,
    /// Rows in the table.
    pub row_count: i64,
    /// Columns in the table.
    pub column_count: i32,
    /// Rows set aside.
    pub set_aside_count: i64,
    /// [`Report`] as JSON; what a scan found in the table stands in it masked.
    pub report: String,
    /// When it was ingested, milliseconds since 1970 UTC.
    pub created_at: i64,
    /// Who declared that the file holds no state secret; nobody in an account where the operator did.
    pub declared_by: Option<AccountId>,
    /// When, milliseconds; none for what came before declarations were asked for.
    pub declared_at: Option<i64>,
    /// How often the report was masked: once with each scan of the table.
    pub masked: i32,
    /// Whose table it is, also after it left the draft; known once the row is written.
    pub dataset_id: Option<DatasetId>,
    /// What purged it: its objects are gone, its report is empty, and hashes and counts stay.
    pub purge_id: Option<PurgeId>,
}

/// A file that was made of a table version after its publication.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = crate::schema::table_file)]
pub struct TableFile {
    /// Of which table.
    pub table_version_id: TableVersionId,
    /// Which file: [`super::Object::kind`], the code of its format.
    pub kind: String,
    /// How long it is, in bytes.
    pub bytes: i64,
    /// The SHA-256 of its bytes.
    pub sha256: String,
    /// When it was made, milliseconds since 1970 UTC.
    pub made_at: i64,
}

/// That a file holds no state secret, said by whoever sent it (R-001).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Declaration {
    /// Who said so; nobody in an account where the operator did at the command line.
    pub by: Option<AccountId>,
    /// When.
    pub at: Timestamp,
}

impl Declaration {
    /// From what two columns keep; none without a moment.
    pub fn kept(by: Option<AccountId>, at: Option<i64>) -> Option<Self> {
        at.map(|at| Self { by, at: Timestamp(at) })
    }
}

/// The report of a table that was purged; the database takes no other then.
pub const PURGED_REPORT: &str = r#"{"understood":{"container":"csv","encoding":null,"bom":false,"line_ending":null,"dialect":null,"sheet":null,"sheets":[],"header_rows":[0,0],"skipped_above":0,"notes":[]},"outcome":{"rows":0,"columns":[],"set_aside":{"count":0,"listed":[]},"changed":[]}}"#;

impl TableVersion {
    /// What was understood and done.
    ///
    /// # Errors
    /// `Internal` when the stored report is damaged.
    pub fn report(&self) -> Result<Report> {
        Ok(serde_json::from_str(&self.report)?)
    }

    /// Who declared that its file holds no state secret.
    pub fn declaration(&self) -> Option<Declaration> {
        Declaration::kept(self.declared_by.clone(), self.declared_at)
    }

    /// Rows in the table.
    pub fn rows(&self) -> u64 {
        u64::try_from(self.row_count).unwrap_or(0)
    }
}

/// The whole import report.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Report {
    /// How the file was read.
    pub understood: Understood,
    /// What became of it.
    pub outcome: Outcome,
}

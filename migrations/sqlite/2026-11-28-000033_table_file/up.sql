-- Files that are made of a published table afterwards: its CSV packed, GeoParquet. A row comes once its object is whole.
CREATE TABLE table_file (
    table_version_id TEXT NOT NULL REFERENCES table_version (id),
    kind TEXT NOT NULL CHECK (kind IN ('csv-gz', 'csv-zst', 'geoparquet')),
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (table_version_id, kind)
);
-- Tables whose files are being made, or whose making failed: written before the work, gone after it. Not tried again before due_at.
CREATE TABLE table_attempt (
    table_version_id TEXT NOT NULL PRIMARY KEY REFERENCES table_version (id),
    attempts INTEGER NOT NULL,
    due_at BIGINT NOT NULL
);

-- Files that are made of a published table afterwards: its CSV packed, GeoParquet. A row comes once its object is whole.
CREATE TABLE table_file (
    table_version_id TEXT NOT NULL REFERENCES table_version (id),
    kind TEXT NOT NULL CHECK (kind IN ('csv-gz', 'csv-zst', 'geoparquet')),
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (table_version_id, kind)
);

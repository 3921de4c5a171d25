-- Public halves of the keys that releases are signed with. A row stays for good: whoever has an old release verifies it.
CREATE TABLE release_key (
    id TEXT NOT NULL PRIMARY KEY,
    -- 32 bytes of Ed25519 as hexadecimal digits.
    public_key TEXT NOT NULL,
    published_at BIGINT NOT NULL
);

-- Quarterly releases: what was published at a moment, with the hash of every file.
CREATE TABLE release (
    id TEXT NOT NULL PRIMARY KEY,
    -- Such as 2026-Q3.
    quarter TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    previous_id TEXT REFERENCES release (id),
    state TEXT NOT NULL CHECK (state IN ('building', 'ready')),
    ordered_at BIGINT NOT NULL,
    -- The id of the last dataset that was looked at while it is built.
    done_until TEXT,
    ready_at BIGINT,
    manifest_sha256 TEXT,
    key_id TEXT REFERENCES release_key (id),
    -- Base64 of 64 bytes over the manifest.
    signature TEXT,
    UNIQUE (quarter),
    CHECK ((state = 'ready') = (ready_at IS NOT NULL) AND (state = 'ready') = (manifest_sha256 IS NOT NULL)),
    CHECK ((key_id IS NULL) = (signature IS NULL))
);

-- A dataset in a release: the version that the public saw, and what became of it since the release before. No words of the dataset: a
-- purge need not look here.
CREATE TABLE release_entry (
    release_id TEXT NOT NULL REFERENCES release (id),
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    slug TEXT NOT NULL,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    topic TEXT NOT NULL,
    version_id TEXT NOT NULL REFERENCES version (id),
    number INTEGER NOT NULL,
    hash TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('new', 'updated', 'unchanged', 'withdrawn')),
    late BOOLEAN NOT NULL,
    previous_number INTEGER,
    -- Whether every table could be held against its earlier state.
    compared BOOLEAN NOT NULL,
    row_total BIGINT NOT NULL,
    rows_added BIGINT NOT NULL,
    rows_removed BIGINT NOT NULL,
    rows_changed BIGINT NOT NULL,
    cells_changed BIGINT NOT NULL,
    PRIMARY KEY (release_id, dataset_id)
);
CREATE INDEX release_entry_slug ON release_entry (release_id, slug);

-- The files of a release. Those of tables are objects that are there anyway; only comparisons and lists are made for it.
CREATE TABLE release_file (
    release_id TEXT NOT NULL REFERENCES release (id),
    -- Where it lies in the release, such as data/dan-so/bang.csv.
    path TEXT NOT NULL,
    -- None for a file of the release as a whole.
    dataset_id TEXT REFERENCES dataset (id),
    kind TEXT NOT NULL CHECK (kind IN ('csv', 'parquet', 'changes', 'changes-csv', 'changes-json', 'whole')),
    -- The object that holds its bytes; of changes as CSV and JSON the one that they are written from.
    object TEXT NOT NULL,
    table_id TEXT REFERENCES table_version (id),
    older_table_id TEXT REFERENCES table_version (id),
    bytes BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    crc32 BIGINT NOT NULL,
    PRIMARY KEY (release_id, path)
);
CREATE INDEX release_file_dataset ON release_file (release_id, dataset_id);

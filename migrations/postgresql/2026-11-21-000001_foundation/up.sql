-- The head of each numbered sequence: one row a sequence, locked while a transaction numbers its entries.
CREATE TABLE chain_head (
    name TEXT NOT NULL PRIMARY KEY,
    seq BIGINT NOT NULL,
    hash TEXT NOT NULL
);
INSERT INTO chain_head (name, seq, hash) VALUES ('audit', 0, ''), ('change', 0, '');

CREATE TABLE audit_entry (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL,
    actor_id TEXT,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL,
    outcome TEXT NOT NULL,
    client TEXT,
    request_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    prev TEXT NOT NULL,
    hash TEXT NOT NULL UNIQUE
);
CREATE INDEX audit_entry_object ON audit_entry (object_kind, object_id);
CREATE INDEX audit_entry_action ON audit_entry (action, seq);

CREATE TABLE change (
    seq BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id TEXT NOT NULL
);

-- Running programs, so that the command line knows whom to ask for a rebuild of the index.
CREATE TABLE node (
    id TEXT NOT NULL PRIMARY KEY,
    started_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    index_seq BIGINT NOT NULL,
    rebuilt BIGINT NOT NULL
);

-- Requests to all running programs, numbered; today only 'reindex'.
CREATE TABLE node_request (
    name TEXT NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE agency (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    name_vi TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL,
    e_identifier TEXT,
    parent_id TEXT REFERENCES agency (id),
    phone TEXT,
    email TEXT,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    successor_id TEXT REFERENCES agency (id)
);

CREATE TABLE account (
    id TEXT NOT NULL PRIMARY KEY,
    user_name TEXT NOT NULL UNIQUE,
    email TEXT NOT NULL UNIQUE,
    full_name TEXT NOT NULL,
    password_hash TEXT,
    state TEXT NOT NULL CHECK (state IN ('active', 'locked', 'closed')),
    lang TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    signed_in_at BIGINT
);

-- Wrong passwords in a row, by account or, for names that nobody has, by the SHA-256 of the name: both are treated alike, so that
-- guessing tells nothing about which names exist.
CREATE TABLE sign_in_failure (
    subject TEXT NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    failed_at BIGINT NOT NULL
);

CREATE TABLE account_role (
    account_id TEXT NOT NULL REFERENCES account (id),
    agency_id TEXT NOT NULL REFERENCES agency (id),
    role TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    PRIMARY KEY (account_id, agency_id, role)
);

-- Sessions of the internal portal; the key is kept as its SHA-256, so that a copy of the table opens nothing.
CREATE TABLE session (
    id TEXT NOT NULL PRIMARY KEY,
    key_hash TEXT NOT NULL UNIQUE,
    account_id TEXT REFERENCES account (id),
    state TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX session_account ON session (account_id);

CREATE TABLE dataset (
    id TEXT NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    agency_id TEXT NOT NULL REFERENCES agency (id),
    state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'withdrawn')),
    in_catalogue BOOLEAN NOT NULL,
    -- What listings need of the current version (of the draft before the first publication).
    title_vi TEXT NOT NULL,
    topic TEXT NOT NULL,
    frequency TEXT NOT NULL,
    search_text TEXT NOT NULL,
    updated_at BIGINT,
    current_version_id TEXT,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    withdrawn_at BIGINT,
    withdrawn_reason_vi TEXT,
    withdrawn_reason_en TEXT,
    CHECK (state <> 'published' OR current_version_id IS NOT NULL)
);
CREATE INDEX dataset_agency ON dataset (agency_id, state);

CREATE TABLE resource (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    name TEXT NOT NULL,
    UNIQUE (dataset_id, name)
);

-- One ingested table: immutable once written; its objects are named by its id.
CREATE TABLE table_version (
    id TEXT NOT NULL PRIMARY KEY,
    original_name TEXT NOT NULL,
    original_sha256 TEXT NOT NULL,
    original_bytes BIGINT NOT NULL,
    parquet_sha256 TEXT NOT NULL,
    parquet_bytes BIGINT NOT NULL,
    csv_sha256 TEXT NOT NULL,
    csv_bytes BIGINT NOT NULL,
    row_count BIGINT NOT NULL,
    column_count INTEGER NOT NULL,
    set_aside_count BIGINT NOT NULL,
    report TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE version (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    number INTEGER,
    state TEXT NOT NULL CHECK (state IN ('draft', 'published')),
    metadata TEXT NOT NULL,
    note_vi TEXT,
    note_en TEXT,
    author_kind TEXT NOT NULL,
    author_id TEXT,
    created_at BIGINT NOT NULL,
    published_at BIGINT,
    hash TEXT,
    UNIQUE (dataset_id, number),
    CHECK (state <> 'published' OR (number IS NOT NULL AND published_at IS NOT NULL AND hash IS NOT NULL))
);
CREATE INDEX version_dataset ON version (dataset_id, state);
-- At most one draft a dataset.
CREATE UNIQUE INDEX version_one_draft ON version (dataset_id) WHERE state = 'draft';

-- Everybody who changed a draft: none of them approves it.
CREATE TABLE version_contributor (
    version_id TEXT NOT NULL REFERENCES version (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    PRIMARY KEY (version_id, account_id)
);

CREATE TABLE version_resource (
    version_id TEXT NOT NULL REFERENCES version (id),
    resource_id TEXT NOT NULL REFERENCES resource (id),
    table_version_id TEXT NOT NULL REFERENCES table_version (id),
    position INTEGER NOT NULL,
    title_vi TEXT NOT NULL,
    title_en TEXT,
    dictionary TEXT NOT NULL,
    PRIMARY KEY (version_id, resource_id)
);
CREATE INDEX version_resource_table ON version_resource (table_version_id);

CREATE TABLE decision (
    id TEXT NOT NULL PRIMARY KEY,
    version_id TEXT NOT NULL REFERENCES version (id),
    step TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('submitted', 'approved', 'changes-asked', 'refused')),
    account_id TEXT NOT NULL REFERENCES account (id),
    reason TEXT NOT NULL,
    -- The hash that the draft would have been published with at that moment: a decision counts for this content only.
    hash TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX decision_version ON decision (version_id);

CREATE TABLE usage_count (
    day TEXT NOT NULL,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    kind TEXT NOT NULL,
    format TEXT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (day, dataset_id, kind, format)
);
CREATE INDEX usage_count_dataset ON usage_count (dataset_id, day);

-- The rule of two: whoever writes to this table, a version becomes public only when one person submitted these
-- very bytes and another, who had no part in them, approved them.
CREATE FUNCTION version_rule_of_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state = 'published' AND NOT EXISTS (
        SELECT 1 FROM decision AS s JOIN decision AS a ON a.version_id = s.version_id
        WHERE s.version_id = NEW.id AND s.verdict = 'submitted' AND a.verdict = 'approved'
          AND s.hash = NEW.hash AND a.hash = NEW.hash AND a.account_id <> s.account_id
          AND (NEW.author_id IS NULL OR a.account_id <> NEW.author_id)
          AND NOT EXISTS (SELECT 1 FROM version_contributor AS c WHERE c.version_id = NEW.id AND c.account_id = a.account_id)) THEN
        RAISE EXCEPTION 'rule of two';
    END IF;
    RETURN NEW;
END $$;
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is not changed once written', TG_TABLE_NAME;
END $$;
CREATE TRIGGER version_rule_of_two BEFORE UPDATE OF state ON version
    FOR EACH ROW WHEN (NEW.state = 'published' AND OLD.state <> 'published') EXECUTE FUNCTION version_rule_of_two();
CREATE TRIGGER version_born_draft BEFORE INSERT ON version
    FOR EACH ROW WHEN (NEW.state <> 'draft') EXECUTE FUNCTION refuse_change();
-- Published versions and written audit entries are never changed.
CREATE TRIGGER version_immutable BEFORE UPDATE ON version
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change();
CREATE TRIGGER version_kept BEFORE DELETE ON version
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change();
CREATE FUNCTION version_resource_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM version WHERE id = coalesce(NEW.version_id, OLD.version_id)) = 'published' THEN
        RAISE EXCEPTION 'a published version is immutable';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER version_resource_immutable BEFORE INSERT OR UPDATE OR DELETE ON version_resource
    FOR EACH ROW EXECUTE FUNCTION version_resource_immutable();
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION dataset_shows_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current_version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM version WHERE id = NEW.current_version_id AND dataset_id = NEW.id AND state = 'published') THEN
        RAISE EXCEPTION 'the public sees published versions only';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER dataset_shows_published BEFORE UPDATE OF current_version_id ON dataset
    FOR EACH ROW EXECUTE FUNCTION dataset_shows_published();
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER decision_append_only BEFORE UPDATE OR DELETE ON decision
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER version_contributor_append_only BEFORE UPDATE OR DELETE ON version_contributor
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

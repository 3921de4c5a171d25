-- One reading of a table, or of the words of a version (its metadata and dictionaries), by the scan for personal data and secrets.
CREATE TABLE scan_run (
    id TEXT NOT NULL PRIMARY KEY,
    table_version_id TEXT REFERENCES table_version (id),
    version_id TEXT REFERENCES version (id),
    -- SHA-256 of the words around the data that were read: headings and dictionary of a table, all words of a version.
    words_hash TEXT NOT NULL,
    rules INTEGER NOT NULL,
    row_count BIGINT NOT NULL,
    at BIGINT NOT NULL,
    -- A later run over the same thing stands in for this one.
    superseded BOOLEAN NOT NULL,
    CHECK ((table_version_id IS NULL) <> (version_id IS NULL))
);
CREATE INDEX scan_run_table ON scan_run (table_version_id);
CREATE INDEX scan_run_version ON scan_run (version_id);

-- What a run found; samples are masked, whoever reads them.
CREATE TABLE finding (
    id TEXT NOT NULL PRIMARY KEY,
    run_id TEXT NOT NULL REFERENCES scan_run (id),
    place TEXT,
    position INTEGER,
    kind TEXT NOT NULL,
    severity TEXT NOT NULL CHECK (severity IN ('block', 'look')),
    total BIGINT NOT NULL,
    samples TEXT NOT NULL,
    row_numbers TEXT NOT NULL
);
CREATE INDEX finding_run ON finding (run_id);

-- What people decided about findings; the newest counts.
CREATE TABLE finding_verdict (
    id TEXT NOT NULL PRIMARY KEY,
    finding_id TEXT NOT NULL REFERENCES finding (id),
    verdict TEXT NOT NULL CHECK (verdict IN ('remove', 'mask', 'generalise', 'aggregate', 'legal-basis', 'false-alarm', 'confirmed')),
    reason TEXT NOT NULL,
    legal_basis TEXT,
    account_id TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);
CREATE INDEX finding_verdict_finding ON finding_verdict (finding_id);

-- Tables made from others by the verdicts: the source stays as it was, and out of the public's sight.
CREATE TABLE treatment (
    treated_id TEXT NOT NULL PRIMARY KEY REFERENCES table_version (id),
    source_id TEXT NOT NULL REFERENCES table_version (id),
    account_id TEXT NOT NULL REFERENCES account (id),
    at BIGINT NOT NULL
);

-- Columns that together may point at one person, as people declared them, by the column's title.
CREATE TABLE quasi_identifier (
    resource_id TEXT NOT NULL REFERENCES resource (id),
    title TEXT NOT NULL,
    PRIMARY KEY (resource_id, title)
);

-- A dataset that holds a confirmed state secret is out of everybody's sight but a few.
ALTER TABLE dataset ADD COLUMN quarantined_at BIGINT;

CREATE TRIGGER finding_kept BEFORE DELETE ON finding
BEGIN
    SELECT RAISE(ABORT, 'findings are kept');
END;
CREATE TRIGGER finding_unchanged BEFORE UPDATE ON finding
BEGIN
    SELECT RAISE(ABORT, 'findings are kept');
END;
CREATE TRIGGER finding_verdict_append_only_update BEFORE UPDATE ON finding_verdict
BEGIN
    SELECT RAISE(ABORT, 'verdicts are append-only');
END;
CREATE TRIGGER finding_verdict_append_only_delete BEFORE DELETE ON finding_verdict
BEGIN
    SELECT RAISE(ABORT, 'verdicts are append-only');
END;
-- Whoever writes to this table: nothing becomes public while something found in it is neither cleared nor treated, or while its
-- dataset is in quarantine.
CREATE TRIGGER version_findings_closed BEFORE UPDATE OF state ON version
WHEN NEW.state = 'published' AND OLD.state <> 'published' AND (
    (SELECT d.quarantined_at FROM dataset AS d WHERE d.id = NEW.dataset_id) IS NOT NULL
    OR EXISTS (
        SELECT 1 FROM finding AS f JOIN scan_run AS r ON r.id = f.run_id
        WHERE NOT r.superseded AND f.severity = 'block'
          AND (r.version_id = NEW.id OR r.table_version_id IN
              (SELECT vr.table_version_id FROM version_resource AS vr WHERE vr.version_id = NEW.id))
          AND COALESCE((SELECT v.verdict FROM finding_verdict AS v WHERE v.finding_id = f.id
              ORDER BY v.at DESC, v.id DESC LIMIT 1), '') NOT IN ('legal-basis', 'false-alarm')))
BEGIN
    SELECT RAISE(ABORT, 'findings are open');
END;

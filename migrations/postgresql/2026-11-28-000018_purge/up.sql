-- Purges: what must not exist any more, who asked and who confirmed. The row stays, with hash and reason of what is gone.
CREATE TABLE purge (
    id TEXT NOT NULL PRIMARY KEY,
    dataset_id TEXT NOT NULL REFERENCES dataset (id),
    scope TEXT NOT NULL CHECK (scope IN ('table', 'version', 'dataset')),
    -- The id of the table, the version or the dataset.
    target TEXT NOT NULL,
    reason_vi TEXT NOT NULL,
    reason_en TEXT,
    legal_basis TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'refused', 'confirmed', 'done')),
    asked_by TEXT NOT NULL REFERENCES account (id),
    asked_at BIGINT NOT NULL,
    decided_by TEXT REFERENCES account (id),
    decided_at BIGINT,
    -- When the first of what goes was made: copies taken from then on may hold it.
    since BIGINT,
    -- How much the person who confirmed saw that there was.
    objects BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    done_at BIGINT,
    CHECK ((state = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CHECK (state NOT IN ('confirmed', 'done') OR (decided_by <> asked_by AND since IS NOT NULL)),
    CHECK ((state = 'done') = (done_at IS NOT NULL))
);
CREATE INDEX purge_dataset ON purge (dataset_id, state);
CREATE UNIQUE INDEX purge_one_asked ON purge (dataset_id) WHERE state = 'asked';

-- Backups kept anywhere, as those who run the portal register them (R-175).
CREATE TABLE backup_copy (
    id TEXT NOT NULL PRIMARY KEY,
    place TEXT NOT NULL,
    taken_on TEXT NOT NULL,
    kept_until TEXT,
    registered_by TEXT NOT NULL REFERENCES account (id),
    registered_at BIGINT NOT NULL,
    destroyed_by TEXT REFERENCES account (id),
    destroyed_at BIGINT,
    CHECK ((destroyed_by IS NULL) = (destroyed_at IS NULL))
);
CREATE INDEX backup_copy_taken ON backup_copy (taken_on);

-- How often the report of a table was masked, once with each scan; whose table it is, also after it left the draft; and what purged it.
DROP TRIGGER table_version_immutable ON table_version;
ALTER TABLE table_version ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE table_version ADD COLUMN dataset_id TEXT;
ALTER TABLE table_version ADD COLUMN purge_id TEXT;
UPDATE table_version SET dataset_id = COALESCE(
    (SELECT r.dataset_id FROM version_resource AS v JOIN resource AS r ON r.id = v.resource_id
     WHERE v.table_version_id = table_version.id LIMIT 1),
    (SELECT u.dataset_id FROM upload AS u WHERE u.table_version_id = table_version.id LIMIT 1),
    (SELECT u.dataset_id FROM upload AS u WHERE u.source_table_id = table_version.id LIMIT 1));
CREATE INDEX table_version_dataset ON table_version (dataset_id);
ALTER TABLE version ADD COLUMN purge_id TEXT;
ALTER TABLE version ADD COLUMN purged_at BIGINT;
CREATE FUNCTION table_version_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.id = OLD.id
    AND NEW.original_sha256 = OLD.original_sha256
    AND NEW.original_bytes = OLD.original_bytes
    AND NEW.parquet_sha256 = OLD.parquet_sha256
    AND NEW.parquet_bytes = OLD.parquet_bytes
    AND NEW.csv_sha256 = OLD.csv_sha256
    AND NEW.csv_bytes = OLD.csv_bytes
    AND NEW.row_count = OLD.row_count
    AND NEW.column_count = OLD.column_count
    AND NEW.set_aside_count = OLD.set_aside_count
    AND NEW.created_at = OLD.created_at
    AND NEW.declared_by IS NOT DISTINCT FROM OLD.declared_by AND NEW.declared_at IS NOT DISTINCT FROM OLD.declared_at
    AND NEW.dataset_id IS NOT DISTINCT FROM OLD.dataset_id AND OLD.purge_id IS NULL
    AND ((NEW.purge_id IS NULL AND NEW.masked = OLD.masked + 1 AND NEW.original_name = OLD.original_name)
      OR (NEW.masked = OLD.masked AND NEW.original_name = ''
        AND NEW.report = '{"understood":{"container":"csv","encoding":null,"bom":false,"line_ending":null,"dialect":null,"sheet":null,"sheets":[],"header_rows":[0,0],"skipped_above":0,"notes":[]},"outcome":{"rows":0,"columns":[],"set_aside":{"count":0,"listed":[]},"changed":[]}}'
        AND EXISTS (
        SELECT 1 FROM purge AS p WHERE p.id = NEW.purge_id AND p.dataset_id = OLD.dataset_id AND p.state = 'confirmed' AND p.decided_by <> p.asked_by)))) THEN
        RAISE EXCEPTION 'a table version is immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
    FOR EACH ROW EXECUTE FUNCTION table_version_immutable();
-- What was purged stays so: its row is kept, and no version takes it up again.
CREATE TRIGGER table_version_purged_kept BEFORE DELETE ON table_version
    FOR EACH ROW WHEN (OLD.purge_id IS NOT NULL) EXECUTE FUNCTION refuse_change();
CREATE FUNCTION version_resource_purged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT purge_id FROM table_version WHERE id = NEW.table_version_id) IS NOT NULL THEN
        RAISE EXCEPTION 'what was purged does not come back';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_resource_purged BEFORE INSERT OR UPDATE OF table_version_id ON version_resource
    FOR EACH ROW EXECUTE FUNCTION version_resource_purged();
DROP TRIGGER version_immutable ON version;
CREATE FUNCTION version_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.purge_id IS NULL AND NEW.id = OLD.id
    AND NEW.dataset_id = OLD.dataset_id
    AND NEW.state = OLD.state
    AND NEW.author_kind = OLD.author_kind
    AND NEW.created_at = OLD.created_at
    AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.author_id IS NOT DISTINCT FROM OLD.author_id AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.hash IS NOT DISTINCT FROM OLD.hash
    AND NEW.note_vi IS NULL AND NEW.note_en IS NULL AND NEW.purged_at IS NOT NULL
    AND EXISTS (
        SELECT 1 FROM purge AS p WHERE p.id = NEW.purge_id AND p.dataset_id = OLD.dataset_id AND p.state = 'confirmed' AND p.decided_by <> p.asked_by)) THEN
        RAISE EXCEPTION 'a published version is immutable';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER version_immutable BEFORE UPDATE ON version
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION version_immutable();
CREATE OR REPLACE FUNCTION version_resource_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM version WHERE id = coalesce(NEW.version_id, OLD.version_id)) <> 'published' THEN
        RETURN coalesce(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' THEN
        IF NEW.version_id = OLD.version_id AND NEW.resource_id = OLD.resource_id
    AND NEW.table_version_id = OLD.table_version_id AND NEW.position = OLD.position
    AND EXISTS (
        SELECT 1 FROM purge AS p WHERE p.id = (SELECT v.purge_id FROM version AS v WHERE v.id = OLD.version_id) AND p.state = 'confirmed' AND p.decided_by <> p.asked_by) THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a published version is immutable';
END $$;
CREATE OR REPLACE FUNCTION dataset_shows_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current_version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM version
        WHERE id = NEW.current_version_id AND dataset_id = NEW.id AND state = 'published' AND purge_id IS NULL) THEN
        RAISE EXCEPTION 'the public sees published versions only';
    END IF;
    RETURN NEW;
END $$;
DROP TRIGGER finding_kept ON finding;
CREATE TRIGGER finding_kept BEFORE DELETE ON finding
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE FUNCTION finding_unchanged() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.id = OLD.id AND NEW.run_id = OLD.run_id AND NEW.kind = OLD.kind AND NEW.severity = OLD.severity
    AND NEW.total = OLD.total AND NEW.position IS NOT DISTINCT FROM OLD.position AND NEW.place IS NULL AND NEW.samples = '[]' AND NEW.row_numbers = '[]'
    AND EXISTS (SELECT 1 FROM scan_run AS r
        LEFT JOIN table_version AS t ON t.id = r.table_version_id LEFT JOIN version AS v ON v.id = r.version_id
        WHERE r.id = OLD.run_id AND COALESCE(t.purge_id, v.purge_id) IS NOT NULL)) THEN
        RAISE EXCEPTION 'findings are kept';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER finding_unchanged BEFORE UPDATE ON finding
    FOR EACH ROW EXECUTE FUNCTION finding_unchanged();
-- Two persons, in this order, and no way back.
CREATE TRIGGER purge_born_asked BEFORE INSERT ON purge
    FOR EACH ROW WHEN (NEW.state <> 'asked') EXECUTE FUNCTION refuse_change();
CREATE FUNCTION purge_goes_on() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (NEW.id = OLD.id
    AND NEW.dataset_id = OLD.dataset_id
    AND NEW.scope = OLD.scope
    AND NEW.target = OLD.target
    AND NEW.reason_vi = OLD.reason_vi
    AND NEW.legal_basis = OLD.legal_basis
    AND NEW.asked_by = OLD.asked_by
    AND NEW.asked_at = OLD.asked_at AND NEW.reason_en IS NOT DISTINCT FROM OLD.reason_en
    AND ((OLD.state = 'asked' AND NEW.state IN ('refused', 'confirmed'))
      OR (OLD.state = 'confirmed' AND NEW.state = 'done' AND NEW.decided_by IS NOT DISTINCT FROM OLD.decided_by AND NEW.decided_at IS NOT DISTINCT FROM OLD.decided_at
        AND NEW.since IS NOT DISTINCT FROM OLD.since AND NEW.objects = OLD.objects AND NEW.bytes = OLD.bytes))) THEN
        RAISE EXCEPTION 'a purge only goes on';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER purge_goes_on BEFORE UPDATE ON purge
    FOR EACH ROW EXECUTE FUNCTION purge_goes_on();
CREATE TRIGGER purge_kept BEFORE DELETE ON purge
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

DROP TRIGGER finding_unchanged ON finding;
DROP FUNCTION finding_unchanged();
DROP TRIGGER finding_kept ON finding;
CREATE TRIGGER finding_kept BEFORE UPDATE OR DELETE ON finding
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE OR REPLACE FUNCTION dataset_shows_published() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.current_version_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM version WHERE id = NEW.current_version_id AND dataset_id = NEW.id AND state = 'published') THEN
        RAISE EXCEPTION 'the public sees published versions only';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION version_resource_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT state FROM version WHERE id = coalesce(NEW.version_id, OLD.version_id)) = 'published' THEN
        RAISE EXCEPTION 'a published version is immutable';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
DROP TRIGGER version_immutable ON version;
DROP FUNCTION version_immutable();
CREATE TRIGGER version_immutable BEFORE UPDATE ON version
    FOR EACH ROW WHEN (OLD.state = 'published') EXECUTE FUNCTION refuse_change();
DROP TRIGGER version_resource_purged ON version_resource;
DROP FUNCTION version_resource_purged();
DROP TRIGGER table_version_purged_kept ON table_version;
DROP TRIGGER table_version_immutable ON table_version;
DROP FUNCTION table_version_immutable();
ALTER TABLE version DROP COLUMN purged_at;
ALTER TABLE version DROP COLUMN purge_id;
ALTER TABLE table_version DROP COLUMN purge_id;
ALTER TABLE table_version DROP COLUMN dataset_id;
ALTER TABLE table_version DROP COLUMN masked;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
DROP TABLE backup_copy;
DROP TABLE purge;
DROP FUNCTION purge_goes_on();

DROP TRIGGER purge_kept;
DROP TRIGGER purge_goes_on;
DROP TRIGGER purge_born_asked;
DROP TRIGGER finding_unchanged;
CREATE TRIGGER finding_unchanged BEFORE UPDATE ON finding
BEGIN
    SELECT RAISE(ABORT, 'findings are kept');
END;
DROP TRIGGER dataset_shows_published;
CREATE TRIGGER dataset_shows_published BEFORE UPDATE OF current_version_id ON dataset
WHEN NEW.current_version_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM version WHERE id = NEW.current_version_id AND dataset_id = NEW.id AND state = 'published')
BEGIN
    SELECT RAISE(ABORT, 'the public sees published versions only');
END;
DROP TRIGGER version_resource_changed;
CREATE TRIGGER version_resource_changed BEFORE UPDATE ON version_resource
WHEN (SELECT state FROM version WHERE id = OLD.version_id) = 'published'
BEGIN
    SELECT RAISE(ABORT, 'a published version is immutable');
END;
DROP TRIGGER version_immutable;
CREATE TRIGGER version_immutable BEFORE UPDATE ON version WHEN OLD.state = 'published'
BEGIN
    SELECT RAISE(ABORT, 'a published version is immutable');
END;
DROP TRIGGER version_resource_purged_changed;
DROP TRIGGER version_resource_purged_added;
DROP TRIGGER table_version_purged_kept;
DROP TRIGGER table_version_immutable;
ALTER TABLE version DROP COLUMN purged_at;
ALTER TABLE version DROP COLUMN purge_id;
DROP INDEX table_version_dataset;
ALTER TABLE table_version DROP COLUMN purge_id;
ALTER TABLE table_version DROP COLUMN dataset_id;
ALTER TABLE table_version DROP COLUMN masked;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
BEGIN
    SELECT RAISE(ABORT, 'a table version is immutable');
END;
DROP TABLE backup_copy;
DROP TABLE purge;

DROP TRIGGER table_version_immutable ON table_version;
ALTER TABLE table_version DROP COLUMN masked;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
    FOR EACH ROW EXECUTE FUNCTION refuse_change();

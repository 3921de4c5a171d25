DROP TRIGGER table_version_immutable;
ALTER TABLE table_version DROP COLUMN masked;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version
BEGIN
    SELECT RAISE(ABORT, 'a table version is immutable');
END;

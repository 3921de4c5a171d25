-- How often the report of a table was masked: once with each scan. Nothing else of a table version changes.
ALTER TABLE table_version ADD COLUMN masked INTEGER NOT NULL DEFAULT 0;
DROP TRIGGER table_version_immutable ON table_version;
CREATE TRIGGER table_version_immutable BEFORE UPDATE ON table_version FOR EACH ROW
WHEN (NOT (NEW.masked = OLD.masked + 1
    AND NEW.id = OLD.id AND NEW.original_name = OLD.original_name AND NEW.original_sha256 = OLD.original_sha256
    AND NEW.original_bytes = OLD.original_bytes AND NEW.parquet_sha256 = OLD.parquet_sha256
    AND NEW.parquet_bytes = OLD.parquet_bytes AND NEW.csv_sha256 = OLD.csv_sha256 AND NEW.csv_bytes = OLD.csv_bytes
    AND NEW.row_count = OLD.row_count AND NEW.column_count = OLD.column_count
    AND NEW.set_aside_count = OLD.set_aside_count AND NEW.created_at = OLD.created_at))
    EXECUTE FUNCTION refuse_change();

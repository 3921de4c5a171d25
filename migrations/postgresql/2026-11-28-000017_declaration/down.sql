DROP TABLE inventory;
ALTER TABLE table_version DROP COLUMN declared_at;
ALTER TABLE table_version DROP COLUMN declared_by;
ALTER TABLE upload DROP COLUMN declared_at;
ALTER TABLE upload DROP COLUMN declared_by;

-- Who declared that a file holds no state secret, and when (R-001); nobody in an account where the operator did at the command
-- line. The table made of the file keeps it. Both are empty for what came before declarations were asked for.
ALTER TABLE upload ADD COLUMN declared_by TEXT REFERENCES account (id);
ALTER TABLE upload ADD COLUMN declared_at BIGINT;
ALTER TABLE table_version ADD COLUMN declared_by TEXT REFERENCES account (id);
ALTER TABLE table_version ADD COLUMN declared_at BIGINT;

ALTER TABLE dataset DROP COLUMN listed_at;

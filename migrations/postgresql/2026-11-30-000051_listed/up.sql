-- Since when a dataset bears the mark of the open-data catalogue, milliseconds: the law's period counts from no earlier day (R-020). Those that
-- bore it before count from their publication, as they did.
ALTER TABLE dataset ADD COLUMN listed_at BIGINT;

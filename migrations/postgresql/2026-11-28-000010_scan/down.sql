DROP TRIGGER version_findings_closed ON version;
DROP FUNCTION version_findings_closed();
ALTER TABLE dataset DROP COLUMN quarantined_at;
DROP TABLE quasi_identifier;
DROP TABLE treatment;
DROP TABLE finding_verdict;
DROP TABLE finding;
DROP TABLE scan_run;

DROP TABLE catalogue_removal;
DROP TABLE catalogue_entry;
DROP TABLE catalogue_issue;
DROP TABLE signed_decision;

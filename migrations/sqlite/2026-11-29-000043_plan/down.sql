DROP TABLE plan_comment;
DROP TABLE plan_item;
DROP TABLE yearly_plan;
DROP TABLE catalogue_removal;
DROP TABLE catalogue_entry;
DROP TABLE catalogue_issue;
DROP TABLE signed_decision;

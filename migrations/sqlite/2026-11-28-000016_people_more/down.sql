DROP TABLE dataset_contact;
DROP TABLE focal_list_row;
DROP TABLE focal_list;
ALTER TABLE agency DROP COLUMN voluntary;

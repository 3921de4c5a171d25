DROP TABLE catalogue_posting;

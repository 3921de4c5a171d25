DROP TABLE boundary;
DROP TABLE boundary_set;

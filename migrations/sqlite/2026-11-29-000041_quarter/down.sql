DROP TABLE return_item;
DROP TABLE quarter_return;
DROP TABLE quarter;

DROP TABLE return_item;
DROP TABLE quarter_return;
DROP TABLE quarter;
DROP FUNCTION return_item_frozen();
DROP FUNCTION quarter_return_final();
DROP FUNCTION quarter_final();

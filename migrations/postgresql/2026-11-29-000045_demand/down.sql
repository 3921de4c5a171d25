DROP TABLE vain_search;

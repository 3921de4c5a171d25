DROP TABLE contract_acceptance;
DROP TABLE contract_check;

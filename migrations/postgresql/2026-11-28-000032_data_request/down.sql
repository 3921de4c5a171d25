DROP TABLE data_request_step;
DROP TABLE data_request;

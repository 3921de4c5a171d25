DROP TABLE notice_choice;
DROP TABLE notice;
DROP TABLE mail;
DROP TABLE job;

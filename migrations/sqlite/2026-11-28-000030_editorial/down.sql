DROP TABLE article_revision;
DROP TABLE article;

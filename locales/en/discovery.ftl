# Search: the problems that the search answers with.
problem-search-index-missing = The search index is not ready. Lists come from the database for now; run “khomo reindex” if this goes on.
problem-search-index-in-use = Another process is using the search index. Stop that process, or let it rebuild the index itself with “khomo reindex”.
problem-search-vocabulary-unreadable = The search vocabulary file { $file } cannot be read: something is wrong near line { $line }. Mend it as search-index/README.md describes and start again.

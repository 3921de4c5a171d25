### What changed between two versions of a table.

## Refusals

problem-diff-key-unknown = Neither version has the column “{ $column }” of the key. Name a column by its title or its machine name.
problem-diff-rename-unknown = The columns “{ $old }” and “{ $new }” cannot be one column: one of them is not there, or stands in another rename. Check the machine names.
problem-diff-rename-form = “{ $given }” names no rename. Write the old and the new machine name with = between them.

## Columns

diff-columns-same = The columns are the same.
diff-column-added = Column “{ $column }” is new.
diff-column-removed = Column “{ $column }” is gone.
diff-column-renamed = Column “{ $column }” is called { $new } and was called { $old } ({ $why }).
diff-column-retyped = Column “{ $column }”: { $from } became { $to } ({ $how }).
diff-column-retitled = Column “{ $column }” had the title “{ $old }”.
diff-column-moved = Column “{ $column }” stands elsewhere.
diff-breaking = { $change } Breaks what was built on it.
diff-renamed-by-decision = as was decided
diff-renamed-by-title = probably: same title
diff-renamed-by-values = probably: same place, nearly the same values
diff-retype-wider = takes all it took before
diff-retype-narrower = takes less than before
diff-retype-other = another kind
diff-retype-precision = another precision
diff-retype-zone = with and without a time zone
diff-retype-empty = one version has no value there

## Rows

diff-rows = Rows: { $old } before, { $new } now.
diff-added = { $count } added
diff-removed = { $count } removed
diff-changed = { $count } changed
diff-unchanged = { $count } the same
diff-cells = { $column }: { $count } cells changed
diff-more = and { $count } more

## The key

diff-version-old = the old version
diff-version-new = the new version
diff-key-missing = Column “{ $column }” of the key is not in both versions: rows were compared as a whole.
diff-key-empty = In { $version }, { $rows } rows have no key (the first is row { $first }): they were compared as a whole. Fill in the key.
diff-key-repeated = In { $version }, { $keys } keys stand more than once, in { $rows } rows (the first is row { $first }): these were compared as a whole. Make the key unique, or name more columns as the key.

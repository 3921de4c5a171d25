### Quality of data, from what the portal found while reading the file.

quality-title = Quality beside the published state
quality-got-worse = Worse
quality-completeness = Completeness
quality-validity = Validity
quality-consistency = Consistency
quality-how-completeness = { $part } of { $whole } cells have a value.
quality-how-validity = { $part } of { $whole } rows of the file fit the kinds of their columns; the others are set aside.
quality-how-consistency = { $part } of { $whole } columns hold values of one kind alone.
quality-worse-completeness = Column “{ $column }” has fewer cells with a value: { $old } before, { $new } now.
quality-worse-validity = Column “{ $column }” has more cells of another kind: { $old } fitted before, { $new } now.

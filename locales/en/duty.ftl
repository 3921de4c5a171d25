# The duty to update: why there is this due date.

duty-by-law = The due date counts from publication, under { $basis }.
duty-by-configuration = The due date counts from publication; the number of months is by configuration, with reference to { $basis }.
duty-by-declaration = The due date counts from publication, by the frequency that the agency declared.
duty-none = This dataset is updated when something changes; it has no fixed due date.

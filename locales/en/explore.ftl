### Exploring a table: filter, sort, choose columns, group, take exactly what is shown.

explore-title = Explore the table
explore-heading = Explore: { $name }
explore-link = Filter, group, take a part
explore-clear = Back to the whole table

## Filters

explore-add-filter = Add a filter
explore-column = Column
explore-test = Condition
explore-value = Value
explore-value-hint = Numbers as 1,234.5, dates as 31/12/2026. Several values: put | between them. Leave it empty for empty cells.
explore-to = To
explore-to-hint = Only for “lies between”.
explore-filter-go = Filter
explore-between-value = { $from } and { $to }
explore-test-contains = contains
explore-test-contains-exact = contains, with tone marks and capitals
explore-test-starts = begins with
explore-test-starts-exact = begins with, with tone marks and capitals
explore-test-eq = is
explore-test-ne = is not
explore-test-lt = is less than
explore-test-le = is at most
explore-test-gt = is greater than
explore-test-ge = is at least
explore-test-between = lies between
explore-test-in = is one of
explore-test-empty = is empty
explore-test-filled = is filled
explore-said-lt = is less than { $value }
explore-said-le = is at most { $value }
explore-said-gt = is greater than { $value }
explore-said-ge = is at least { $value }
explore-said-day-lt = is before { $value }
explore-said-day-le = is not after { $value }
explore-said-day-gt = is after { $value }
explore-said-day-ge = is not before { $value }

## Groups

explore-group = Group and summarise
explore-group-by = Grouped by
explore-summary = Summary
explore-group-column = Group by column
explore-group-measure = Summary
explore-group-of = Of column
explore-group-hint = Adds one column to group by, one summary, or both. Without a column to group by, all filtered rows are summed up.
explore-group-go = Add
explore-no-column = (no further column)
explore-no-summary = (no further summary)
explore-operation-sum = Sum
explore-operation-avg = Average
explore-operation-min = Least
explore-operation-max = Greatest
explore-operation-count = Filled cells
explore-operation-distinct = Different values
explore-measure-rows = Rows
explore-measure-sum = Sum of { $column }
explore-measure-avg = Average of { $column }
explore-measure-min = Least { $column }
explore-measure-max = Greatest { $column }
explore-measure-count = Filled cells of { $column }
explore-measure-distinct = Different values of { $column }

explore-step-year = { $column } (by year)
explore-step-quarter = { $column } (by quarter)
explore-step-month = { $column } (by month)
explore-step-day = { $column } (by day)
explore-stretch-quarter = Q{ $quarter } { $year }
explore-stretch-month = { $month ->
    [1] Jan
    [2] Feb
    [3] Mar
    [4] Apr
    [5] May
    [6] Jun
    [7] Jul
    [8] Aug
    [9] Sep
    [10] Oct
    [11] Nov
   *[12] Dec
  } { $year }

## Columns and rows

explore-columns = Choose columns: { $shown } of { $count } shown
explore-columns-legend = Columns shown
explore-columns-go = Show the chosen columns
explore-columns-all = Show all columns
explore-rows = Rows on a page
explore-rows-go = Change
explore-across = A wide table: part { $page } of { $pages }. The first column always stays.
explore-across-label = Parts of the columns

## The result

explore-all-count = { $count ->
    [one] 1 row
   *[other] { $count } rows
}
explore-found-count = { $count ->
    [one] 1 row of { $of } matches
   *[other] { $count } rows of { $of } match
}
explore-groups-count = { $count ->
    [one] 1 group
   *[other] { $count } groups
}
explore-none = No row matches
explore-loosen = Take away

## Taking it along

explore-take = Download exactly this
explore-take-lead = { $count ->
    [one] The file holds the one row of the result.
   *[other] The file holds all { $count } rows of the result, not only the page you see.
}
explore-whole = The whole table
explore-share = Share
explore-share-label = The address of exactly this result
explore-copy = Get it by a program
explore-copy-lead = Copy one of these to get exactly these rows. The one for DuckDB reads the Parquet file of the version you see.

## Refusals

problem-explore-elsewhere = This address is written otherwise.
problem-explore-unknown-column = The table has no column “{ $column }”. Its columns are: { $columns }.
problem-explore-choose-column = Choose a column of the table.
problem-explore-unknown-test = There is no condition “{ $test }”. Use eq, ne, lt, le, gt, ge, between, contains, starts, in, empty or filled.
problem-explore-test-kind = This condition does not go with the column “{ $column }”. Choose one that fits its type.
problem-explore-value-missing = Enter a value to compare the column “{ $column }” with.
problem-explore-value-long = The value for the column “{ $column }” is longer than { $most } characters. Make it shorter.
problem-explore-values-many = The list for the column “{ $column }” has more than { $most } values. Take some away.
problem-explore-value-integer = “{ $value }” is no whole number, and the column “{ $column }” holds only these. Write it as 1,234.
problem-explore-value-decimal = “{ $value }” is no number. The column “{ $column }” wants one, such as 1,234.5.
problem-explore-value-precise = “{ $value }” has more digits than the column “{ $column }”, which has { $most } decimals. Round it and try again.
problem-explore-value-boolean = “{ $value }” is neither yes nor no. The column “{ $column }” wants “yes” or “no”.
problem-explore-value-date = “{ $value }” is no date. The column “{ $column }” wants one, such as 31/12/2026.
problem-explore-value-date-time = “{ $value }” is no date with a time. The column “{ $column }” wants one, such as 31/12/2026 16:40.
problem-explore-between = The range for the column “{ $column }” lacks an end. Fill in both “Value” and “To”; in an address write FROM..TO.
problem-explore-between-turned = The range for the column “{ $column }” ends before it begins. Swap the two values.
problem-explore-unknown-measure = There is no summary “{ $name }”. Use count, or sum, avg, min, max, count, distinct with a column’s machine name, such as sum.dan_so.
problem-explore-measure-kind = The column “{ $column }” holds no numbers, so it has no sum or average. Choose a column of numbers or another summary.
problem-explore-sort-hidden = Groups cannot be sorted by “{ $name }”, which the result does not have. Sort by a grouped column or a summary.
problem-explore-step-kind = The column “{ $column }” holds no days, so rows cannot be grouped by its years, quarters, months or days. Choose a column of days, or group by the values themselves.
problem-explore-unknown-step = Rows cannot be grouped by “{ $name }”. Use year, quarter, month or day.
problem-explore-rows = Rows on a page must be 1 to { $most }.
problem-explore-too-many = The address has too many parts “{ $name }”: at most { $most }. Take some away.
problem-explore-too-many-groups = The result has more than { $most } groups. Add a filter, or group by a column with fewer values.
problem-explore-too-large = The result is too large to be sorted or grouped here. Add a filter, or download the Parquet file and work on that.
problem-explore-too-slow = This took too long and was stopped. Add a filter, or download the Parquet file and work on that.

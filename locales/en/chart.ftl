### Charts of a table: how they are drawn, what can be read off them, files.

chart-page = Chart
chart-heading = Chart: { $name }
chart-link = Draw a chart
chart-explore = Open in the explorer
chart-how = How it is drawn
chart-kinds = Kind of chart
chart-kind-bar = Bars
chart-kind-stacked = Stacked bars
chart-kind-line = Lines
chart-kind-scatter = Dots
chart-kind-histogram = Distribution
chart-kind-pie = Pie
chart-x = Horizontal axis
chart-y = Value to draw
chart-series = Split by
chart-no-series = (not split)
chart-go = Draw again
chart-csv = Figures (CSV)
chart-figures = Figures of the chart
chart-share-label = Address of this chart
chart-nothing-here = There is nothing to draw
chart-table-cut = The page lists { $shown } of { $count } rows. The CSV has them all.

## Names and leads

chart-title = { $y } by { $x }
chart-title-series = { $y } by { $x } and { $series }
chart-title-scatter = { $y } against { $x }
chart-title-histogram = Distribution of { $x }
chart-by-year = year
chart-by-quarter = quarter
chart-by-month = month
chart-by-day = day
chart-unit = unit: { $unit }
chart-with-unit = { $what } ({ $unit })
chart-filtered = { $column } { $test }
chart-base = the axis of values begins at { $value }
chart-scale-million = million
chart-scale-billion = billion
chart-step = { $from } to below { $to }
chart-empty = (empty)
chart-no-value = no figure
chart-others = Others ({ $count })
chart-source = Source: { $agency }, “{ $dataset }”, table “{ $table }”, version { $version } of { $date }. Terms of use: { $terms }. { $portal }.

## What can be read off

chart-says-nothing = There are no figures.
chart-says-one = { $name }: { $value }.
chart-says-of = { $name }: { $what }
chart-says-ends = Highest is { $name } ({ $value }), lowest is { $other } ({ $least }).
chart-says-trend = From { $from } ({ $first }) to { $to } ({ $last }), { $trend }.
chart-trend-up = up { $share }
chart-trend-down = down { $share }
chart-trend-times = { $times } times as much
chart-trend-up-plain = up
chart-trend-down-plain = down
chart-trend-flat = nearly unchanged
chart-says-stacked = { $name } has the largest total, { $share } of all; the largest part is { $part } with { $part_share }.
chart-says-pie = The parts: { $parts }.
chart-says-part = { $name } { $share }
chart-says-steps = Most rows, { $count }, lie from { $from } to below { $to }. The values lie from { $low } to { $high }.
chart-says-dots = { $count ->
    [one] 1 dot.
   *[other] { $count } dots.
  } { $x } from { $x_low } to { $x_high }; { $y } from { $y_low } to { $y_high }.
chart-together-strong = The two clearly rise together (correlation { $r }).
chart-together-some = The two tend to rise together (correlation { $r }).
chart-together-none = The two hardly follow each other (correlation { $r }).
chart-against-some = As one rises the other tends to fall (correlation { $r }).
chart-against-strong = As one rises the other clearly falls (correlation { $r }).

## What is not drawn

chart-note-others = { $count ->
    [one] The { $kept } largest groups are drawn; { $count } further one stands as “Others”.
   *[other] The { $kept } largest groups are drawn; { $count } further ones stand together as “Others”.
  }
chart-note-left = { $count ->
    [one] The { $kept } largest groups are drawn; { $count } further one is not, since results of this kind cannot be added up.
   *[other] The { $kept } largest groups are drawn; { $count } further ones are not, since results of this kind cannot be added up.
  }
chart-note-series-others = { $count ->
    [one] The { $kept } largest groups are split off; { $count } further one stands as “Others”.
   *[other] The { $kept } largest groups are split off; { $count } further ones stand together as “Others”.
  }
chart-note-series-left = { $count ->
    [one] The { $kept } largest groups are split off; { $count } further one is not drawn, since results of this kind cannot be added up.
   *[other] The { $kept } largest groups are split off; { $count } further ones are not drawn, since results of this kind cannot be added up.
  }
chart-note-empty = { $count ->
    [one] { $count } row has nothing in { $column }.
   *[other] { $count } rows have nothing in { $column }.
  }
chart-note-no-place = { $count ->
    [one] { $count } row has nothing in { $column } and is not in the chart.
   *[other] { $count } rows have nothing in { $column } and are not in the chart.
  }
chart-note-blank = { $count ->
    [one] { $count } group has no figure and is not drawn.
   *[other] { $count } groups have no figure and are not drawn.
  }
chart-note-gaps = { $count ->
    [one] { $count } place has no figure; the line is broken there.
   *[other] { $count } places have no figure; lines are broken there.
  }
chart-note-sample = { $count ->
    [one] 1 dot is drawn, taken from { $total } rows.
   *[other] { $count } dots are drawn, taken evenly from { $total } rows.
  }
chart-note-dots-missing = { $count ->
    [one] { $count } row lacks one of the two values and is not drawn.
   *[other] { $count } rows lack one of the two values and are not drawn.
  }

## Refusals

problem-chart-unknown-kind = There is no kind of chart “{ $name }” (parameter kind). Use { $kinds }.
problem-chart-no-step = This chart draws single rows, so it cannot group them by “{ $name }”. Choose a column.
problem-chart-choose-x = Choose a column for the horizontal axis (parameter x).
problem-chart-choose-series = Stacked bars need a column that splits them into parts (parameter series). Choose one, or draw bars.
problem-chart-choose-number = Choose a column of numbers as well.
problem-chart-number-column = The column “{ $column }” holds no numbers and cannot be drawn here. Choose a column of numbers.
problem-chart-line-x = Lines run along days or numbers, which the column “{ $column }” does not hold. Choose another column, or draw bars.
problem-chart-no-whole = This summary does not add up to a whole, so there are no stacked bars and no pie of it. Choose a sum or the number of rows, or draw bars.
problem-chart-too-many-places = The horizontal axis has { $count } different values, more than { $most }. Group by month, quarter or year, or add a filter.
problem-chart-pie-negative = A part is below zero, so the parts make no pie. Draw bars.
problem-chart-pie-nothing = The parts add up to zero, so they make no pie. Draw bars.
problem-chart-pie-many = There are { $count } parts and most of the whole lies in small ones, so a pie could not be read. Draw bars.
problem-chart-stacked-negative = A part is below zero, so the parts cannot be stacked. Draw bars.
problem-chart-nothing = There is nothing to draw. Take filters away or choose other columns.

### Maps of tables, and boundaries of administrative units.

map-title = Map
map-title-of = Map: { $name }
map-link = See it on a map
map-older = This is the map of an old version. The latest one is { $latest }.
map-kinds = Kind of map
map-kind-areas = By administrative unit
map-kind-points = By points
map-explore = Open these rows in the explorer: more filters, order, files
map-impossible = This table cannot be drawn on a map yet
map-impossible-why = It needs a column with codes or names of provinces, or of communes whose boundaries the portal has, or two columns of latitude and longitude.
map-nothing = There is no value to draw.

## Choices

map-form-units = Column of units
map-form-measure = Figure
map-form-classes = Classes
map-form-geography = Provinces
map-form-drawing = Drawing of provinces
map-form-go = Draw the map
map-classes-quantiles = About the same number of units in each
map-classes-equal = Equal steps
map-units-own = As in the table
map-units-34 = Added up to the 34 provinces since 1 July 2025
map-draw-boundaries = Boundaries where there are any
map-draw-tiles = Equal tiles

## Picture and legend

map-heading = { $measure } by { $unit }
map-heading-filtered = { $heading } ({ $filters })
map-sentence = { $count ->
    [one] One unit has a value.
   *[other] { $count } units have a value.
 } Highest: { $high }. Lowest: { $low }.
map-unit = { $name }: { $value }
map-unit-none = { $name }: no data
map-legend = Legend
map-range = { $low } to { $high }
map-legend-row = { $range } ({ $count ->
    [one] one unit
   *[other] { $count } units
 })
map-legend-none = No data ({ $count ->
    [one] one unit
   *[other] { $count } units
 })
map-values = The value of each unit
map-sort = Sort and download this table
map-take = Download the picture
map-source = Data: { $author }, version { $version }.
map-credit = Boundaries: { $source }. Terms of use: { $licence }.
map-tiles-note = Each tile is a province or city, roughly in its place; all tiles are the same size, whatever the area.
map-merged = The table names the 63 provinces before 1 July 2025; values were put together into the 34 of today.
map-of-old = The table names the 63 provinces before 1 July 2025.
map-not-merged = “{ $measure }” cannot be put together into the 34 provinces of today: one value may stand in several old provinces and would be counted twice. The map keeps the 63 of the table.
map-empty-unit = In some rows “{ $unit }” is empty; they are not on the map.
map-unmatched = { $count ->
    [one] One value names no unit and is not on the map:
   *[other] { $count } values name no unit and are not on the map:
 }
map-isles-hoang-sa = Hoàng Sa archipelago
map-isles-truong-sa = Trường Sa archipelago
map-isles-short-hoang-sa = Hoàng Sa
map-isles-short-truong-sa = Trường Sa
map-east = { $value }° E
map-north = { $value }° N

## Points

map-points-heading = Where the points lie
map-points-sentence = { $count ->
    [one] One point
   *[other] { $count } points
 } in the frame, drawn as { $circles ->
    [one] one circle
   *[other] { $circles } circles
 }; the number in a circle says how many points it stands for.
map-points-cut = The table is too large: only its first million rows are drawn. Filter it.
map-points-rows = { $count ->
    [one] One row in the frame
   *[other] { $count } rows in the frame
 }
map-points-rows-all = { $count ->
    [one] One row of the table
   *[other] { $count } rows of the table
 }
map-points-all = Open all of them
map-cluster = { $count ->
    [one] One point
   *[other] { $count } points
 }
map-moves = Move the map
map-move-in = Zoom in
map-move-out = Zoom out
map-move-west = West
map-move-east = East
map-move-north = North
map-move-south = South
map-move-all = All of it

## Problems

problem-map-measure = Choose a figure that is a number: least and greatest can be drawn only of columns of numbers.
problem-map-view = The frame in the address is wrong. Write four numbers “west,south,east,north” in degrees, such as 107.5,15,108.5,16.
problem-map-too-many-cells = This column has more than { $most } different values. Filter it, or choose a column of provinces or communes.
problem-boundary-file-long = The file of boundaries is larger than { $most } MB. Simplify the lines and import it again.
problem-boundary-not-utf8 = The file of boundaries is not in UTF-8. Save it again in UTF-8.
problem-boundary-not-json = The file of boundaries is not valid JSON, at line { $line }, column { $column }. Export it again or correct that place.
problem-boundary-not-a-collection = The file is not a GeoJSON FeatureCollection (line { $line }, column { $column }). Export it as one.
problem-boundary-many = The file has more than { $most } units. Check it: it may hold the units of one level only.
problem-boundary-none = The file has no unit. Check the file.
problem-boundary-code-missing = Feature { $feature } (line { $line }) has no code. Name the property with --code-property.
problem-boundary-name-missing = Feature { $feature } (line { $line }) has no name. Name the property with --name-property.
problem-boundary-text-missing = “{ $name }” is missing: it stands below every map.
problem-boundary-text-long = “{ $name }” is longer than { $most } characters. Shorten it.
problem-boundary-geometry = Feature { $feature } (line { $line }) is not a valid Polygon or MultiPolygon of GeoJSON.
problem-boundary-ring = Feature { $feature } (line { $line }) has a ring that does not close or has fewer than four points.
problem-boundary-degrees = Feature { $feature } (line { $line }) has coordinates that are not degrees of WGS 84. Convert them from VN-2000 first.
problem-boundary-rings-many = Feature { $feature } (line { $line }) has more than { $most } rings. Simplify the lines.
problem-boundary-points-many = The file has more than { $most } points (by feature { $feature }, line { $line }). Simplify the lines and import it again.
problem-boundary-code-form = “{ $code }” is not a code of { $digits } digits. Correct it in the file.
problem-boundary-code-twice = The code { $code } stands twice in the file. Remove one.
problem-boundary-code-unknown = The list of provinces of { $day } has no code { $code }. Correct the code or the first day in force.
problem-boundary-days = The last day stands before the first. Correct one of them.
problem-boundary-day = “{ $day }” is not a date; write it as 2025-07-01 or 01/07/2025.
audit-action-boundaries-replace = Import boundaries of administrative units

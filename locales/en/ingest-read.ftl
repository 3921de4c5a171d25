### Reading a file: why it was refused, and what to know about how it was read.

## Refusals: kind of file

problem-file-empty = The file has no content. Check the file and upload it again.
problem-file-is-html = This file is a web page (HTML), whatever its name says. Open it in Excel or LibreOffice, choose “Save as”, save it as XLSX or CSV and upload it again.
problem-file-is-xml = This file is XML. Open it in Excel or LibreOffice, save it as XLSX or CSV and upload it again.
problem-file-not-a-table = This file is { $kind } and cannot be read as a table. Upload a CSV, XLSX, XLS, JSON, GeoJSON or Parquet file.
problem-file-changed = The file changed while it was read (line { $line }). Upload it again.
problem-no-rows = The file has a header but no row of data. Add at least one row below the header.

## Refusals: encoding and text

problem-encoding-unknown = There is no encoding “{ $name }”. Choose one of: { $known }.
problem-encoding-unclear = The file’s encoding cannot be told: byte { $byte } at line { $line }, position { $column } is not UTF-8, and no other encoding fits. Save the file as “CSV UTF-8” and upload it again, or choose the encoding.
problem-encoding-mismatch = The file is not in { $name }: byte { $byte } at line { $line }, position { $column } cannot be read. Choose another encoding, or save the file as “CSV UTF-8” and upload it again.
problem-encoding-utf32 = The file is in UTF-32. Save it as “CSV UTF-8” and upload it again.
problem-text-has-nul = Line { $line }, position { $column } holds a null character (byte { $byte }); the file may be damaged or not be text. Export it again from where it was made.
problem-unclosed-quote = The cell at line { $line }, column { $column } opens a quote and never closes it. Add the closing quote, or double the quotes inside the cell.
problem-cell-too-long = The cell at line { $line }, column { $column } is longer than { $limit } bytes. Check the quotes and line breaks there, or shorten the cell.
problem-row-too-long = Line { $line } is longer than { $limit } bytes. Check the quotes and line breaks there, or shorten the row.
problem-too-many-columns = Line { $line } has more than { $limit } columns. Check the delimiter, or split the table into several files.
problem-too-many-rows = The table has more than { $limit } rows. Split it into several files.

## Refusals: workbooks

problem-workbook-broken = The workbook cannot be read: it is damaged or incomplete. Open it in Excel or LibreOffice, save it as XLSX and upload it again.
problem-workbook-encrypted = The workbook has a password. Remove the password for opening it, save it and upload it again.
problem-workbook-too-large = The workbook is too large when unpacked. Save the sheet you need as CSV and upload that.
problem-workbook-too-old = The file comes from a version of Excel that is too old. Open it, save it as XLSX and upload it again.
problem-workbook-unsafe = The workbook declares a document type (DTD), which can do harm. Open it in Excel or LibreOffice, save it as XLSX and upload it again.
problem-workbook-no-table = No visible sheet holds a table with a header and at least one row. Choose the sheet, or add data and upload it again.
problem-sheet-missing = The workbook has no sheet “{ $name }”. Choose one of: { $known }.

## Refusals: Parquet

problem-parquet-broken = The Parquet file cannot be read: it is damaged or incomplete. Export it again from where it was made.
problem-parquet-encrypted = The Parquet file is encrypted. Export it again without encryption.
problem-parquet-too-large = The Parquet file declares too much content. Split the table into several files.
problem-parquet-column-kind = Column “{ $column }” is of type { $kind }, which cannot be written as one cell. Split it into simple columns (text, numbers, dates) and upload the file again.
problem-json-broken = The JSON is wrong at line { $line }, record { $record }. Export the file again where it comes from, or correct that place, and upload it again.
problem-json-too-deep = The JSON is nested too deeply at line { $line }, record { $record }. Turn it into a list of plain objects and upload it again.
problem-json-not-utf8 = The JSON file is not in UTF-8 (line { $line }, record { $record }). Save it in UTF-8 and upload it again.
problem-json-no-table = There is no table in this JSON file. It must be a list of objects, one object a line, or a FeatureCollection of GeoJSON.
problem-json-key-too-long = The field name at line { $line }, record { $record } is longer than { $limit } bytes. Shorten it and upload the file again.
problem-geojson-crs = The coordinates of this GeoJSON file are not in WGS84 (EPSG:4326). Convert them to WGS84 and upload the file again.

## What to know about how it was read

note-rows-above-left-out = Rows { $from }–{ $to } above the header were left out: { $text }
note-rows-below-left-out = Rows { $from }–{ $to } with notes below the table were left out: { $text }
note-header-rows-joined = The header spans rows { $from }–{ $to }, joined with “/”.
note-numbering-left-out = Row { $row }, which numbers the columns (A, B, 1, 2…), is not part of the header.
note-no-header = The file has no header row; its { $columns } columns are named by position (column_1, column_2…).
note-titles-by-position = { $count } columns without a name are named by their position.
note-titles-numbered = { $count } columns with a repeated name got a number.
note-empty-columns-left-out = { $count } empty columns without a name were left out.
note-one-column = The table has one column only. If that is wrong, choose the delimiter.
note-other-sheets = Only the sheet “{ $sheet }” is read; the workbook has { $count } others.
note-cells-with-errors = { $count } cells with formula errors (such as #N/A) were left empty.
note-zeros-kept = { $count } cells with numbers shown with leading zeros (such as 00012) are kept as shown.
note-json-nested = { $count ->
    [one] 1 cell with a list or object inside is
   *[other] { $count } cells with lists or objects inside are
} kept as JSON, in the columns: { $columns }.
note-json-keys-repeated = { $count ->
    [one] 1 record has a field name twice
   *[other] { $count } records have a field name twice
}; the last value is taken.
note-json-not-objects = { $count ->
    [one] 1 element that is not an object was set aside.
   *[other] { $count } elements that are not objects were set aside.
}
note-geojson-geometry = The geometry of each feature is in the column “{ $column }” as WKT (longitude first, then latitude); heights are not kept.
note-geojson-unplaced = { $count ->
    [one] 1 feature has a geometry that cannot be read or is not in WGS84; its cell is kept as in the file.
   *[other] { $count } features have a geometry that cannot be read or is not in WGS84; their cells are kept as in the file.
}

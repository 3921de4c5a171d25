# Deciding types and writing tables: refusals, kinds of columns, reasons, rows set aside, changes.

problem-choice-unknown-column = The file has no column “{ $column }”. Choose one of the columns of its header: { $known }.
problem-choice-decimal-sign = “{ $sign }” cannot be the decimal sign. Choose a point or a comma.
problem-choice-delimiter-sign = “{ $sign }” cannot be the delimiter. Choose an ASCII sign such as a comma, a semicolon or a tab.
problem-choice-column-form = “{ $value }” is not understood. Write COLUMN NAME=KIND, for example "Mã xã=text".
problem-choice-unknown-kind = There is no type “{ $name }” (column “{ $column }”). Choose text, integer, decimal, boolean, date or date-time.
problem-choice-width = Column “{ $column }”: give the digits of the code as a number from { $min } to { $max }.
problem-choice-width-kind = Column “{ $column }”: codes that are filled with zeros must be text. Choose text, or do not fill.
problem-choice-zeros-form = “{ $value }” is not understood. Write NAME=DIGITS, such as "Mã xã=5".
problem-choice-for-folder = Choices of how to read are for single files, not for a folder. Write the types of columns into the manifest's schema, or read the files one by one.
problem-table-without-rows = The table has a header but no rows. Add at least one row below the header.
problem-most-rows-set-aside =
    { $column ->
        [none] { $count } of { $rows } rows do not fit the table's columns, more than half. Check that the header is complete and the separator is right.
       *[other] { $count } of { $rows } rows do not fit the table, more than half, most often because of the column “{ $column }”. Choose another type for it or correct the file.
    }

ingest-kind-text = Text
ingest-kind-integer = Whole number
ingest-kind-decimal = Decimal number
ingest-kind-boolean = Yes or no
ingest-kind-date = Date
ingest-kind-date-time = Date and time

ingest-reason-all-empty = The column is empty, so it is kept as text.
ingest-reason-chosen = The type was chosen by a person.
ingest-reason-words = The cells hold words.
ingest-reason-all-integers = All cells are whole numbers.
ingest-reason-decimal-point = Numbers with a decimal point ({ $count } have decimals).
ingest-reason-decimal-comma = Numbers with a decimal comma ({ $count } have decimals).
ingest-reason-exponent = Numbers, { $count } of them in scientific notation.
ingest-reason-all-booleans = Only yes and no: { $yes } yes, { $no } no.
ingest-reason-all-dates = All cells are dates, year first.
ingest-reason-day-first = All cells are dates; { $converted } were put into the form year-month-day, read with the day first.
ingest-reason-month-first = All cells are dates; { $converted } were put into the form year-month-day, read with the month first, as the column proves.
ingest-reason-all-date-times = All cells are dates with times.
ingest-reason-leading-zeros = Codes: { $count } cells start with a zero (for example { $example }), so the column stays text.
ingest-reason-identifier-12 = Every value has 12 digits, as identity numbers do, so the column stays text.
ingest-reason-identifier-title = The title names a code and every value has { $digits } digits, so the column stays text.
ingest-reason-long-digits = { $count } cells have more than 15 digits (for example { $example }), so the column stays text.
ingest-reason-phone-like = { $count } cells look like telephone numbers (for example { $example }), so the column stays text.
ingest-reason-mixed =
    { $share } % of the cells are { $nearest ->
        [integer] whole numbers
        [decimal] numbers
        [boolean] yes or no
        [date] dates
        [date-time] dates with times
       *[other] of one kind
    }, too few to leave the others out (for example “{ $example }”), so the column stays text. Correct the file or choose the type.
ingest-reason-mixed-zones = Some times have a time zone and some have none, so the column stays text. Write all of them in the same way.
ingest-reason-too-precise = Numbers with more digits than can be kept exactly, so the column stays text.
ingest-reason-ambiguous-separator =
    { $as ->
        [decimal] Nothing in the column says whether “{ $sign }” comes before decimals or between thousands ({ $count } cells). It was read as the decimal sign. Check this.
       *[thousands] Nothing in the column says whether “{ $sign }” comes before decimals or between thousands ({ $count } cells). It was read as the thousands sign. Check this.
    }
ingest-reason-day-first-assumed = Nothing in the column says whether day or month comes first ({ $count } cells). The day was taken. Check this.
ingest-reason-exact-decimals = Some numbers have more digits than ordinary decimals keep; they are stored exactly.
ingest-reason-zeros-dropped = { $count } cells begin with a zero (for example { $example }), which a number does not keep. If these are codes, choose text.
ingest-reason-zeros-lost = The codes seem to have lost their zeros in front: { $count } cells are shorter than { $digits } digits (for example { $example }). If so, read again and choose to fill in zeros.
ingest-reason-misfits = Except for { $count } (for example “{ $example }”): rows like that are set aside.

ingest-aside-too-many-cells = The row has more cells than the header.
ingest-aside-not-integer = The cell is not a whole number.
ingest-aside-not-decimal = The cell is not a number.
ingest-aside-not-boolean = The cell is neither yes nor no.
ingest-aside-not-date = The cell is not a date, or the date does not exist.
ingest-aside-not-date-time = The cell is not a date with a time.

ingest-change-short-row-padded = { $count } short rows were filled up with empty cells.
ingest-change-empty-cell-dropped = In { $count } rows, empty cells beyond the last column were dropped.
ingest-change-null-token = { $count } cells with a sign for “no value” were read as empty.
ingest-change-number-rewritten = { $count } numbers were put into the plain form (decimal point, no thousands sign).
ingest-change-date-rewritten = { $count } dates were put into the form year-month-day.
ingest-change-date-as-midnight = { $count } dates without a time became midnight.
ingest-change-zone-normalised = { $count } times were converted to UTC.
ingest-change-word-as-boolean = { $count } words were read as yes or no.
ingest-change-zeros-filled = { $count } codes got zeros in front up to the number of digits that was chosen.

### Files to download: formats for people and for programs, and the sheet that tells about the data.

files-programs = For programs
files-download = Download { $format }

## A table longer than a sheet

files-long-title = Longer than one sheet
files-long-lead = A sheet of Excel holds { $most } rows of data, and what you asked for is longer. Take another format to get every row, or choose a part of the table.
files-long-whole = Files that hold every row
files-long-part = Choose a part of the table to get it for Excel

## The sheet that tells about the data

files-about = About
files-about-title = Dataset
files-about-table = Table
files-about-agency = Published by
files-about-version = Version
files-about-version-value = { $number }, published { $date }
files-about-source = Source
files-about-selection = Selection
files-about-terms = Terms of use
files-about-times = Times
files-about-times-value = Columns with a time are in the province’s local time.
files-about-column = Column
files-about-column-en = English title
files-about-key = Machine name
files-about-kind = Kind
files-about-unit = Unit
files-about-meaning = Meaning
files-about-rules = Rules
files-about-codes = Values

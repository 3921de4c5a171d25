# Writing datasets: a new one, the steps of its description, uploads, import reports, data dictionary.
choose = Choose
in-english = { $label }, in English
edit-new = New dataset
edit-new-lead = Begin with four essentials. Description, files and data dictionary follow step by step; a draft can be saved at any time.
edit-copy = The description is taken from
edit-copy-hint = The English title and the period are not taken over.
edit-title = Title
edit-title-hint = Write what people will search for, such as “Land prices by street, 2026”.
edit-topic = Topic
edit-topic-hint = Choose the nearest one; keywords can be added later.
edit-frequency-hint = How often the agency updates it. Reminders and lateness go by this.
edit-slug = Address
edit-slug-hint = Leave it empty to have one made of the title. Lower-case letters without marks, digits and hyphens only; it cannot be changed later.
edit-create = Create dataset
edit-created = The dataset is there. Go on with its description, then upload a file.
edit-of = Edit draft
edit-begun = Draft begun
edit-published = What is published stays as it is until this draft is approved.
edit-begin = Begin a new version
edit-begin-hint = It starts from what is published; readers see it once it is approved.
edit-copy-link = New dataset with this description
edit-steps = Steps
edit-step-about = Description
edit-step-sorting = Classification
edit-step-coverage = Coverage, source
edit-step-tables = Files
edit-step-dictionary = Data dictionary
edit-step-check = Check
edit-description = What the data are
edit-description-hint = What one row is, where it comes from, what is missing. You can write **bold**, lists and links.
edit-note = What changed this time
edit-note-hint = Readers see this in the version history, such as “Adds the third quarter; corrects 4 rows of An Lạc commune”.
edit-licence = Terms of use
edit-licence-hint = Keep the province's own terms unless the data come from somewhere with a licence of its own.
edit-keywords = Keywords
edit-keywords-hint = Separated by commas. Add words that people use and the title lacks.
edit-from = Period, first day
edit-to = Period, last day
edit-spatial = Place
edit-spatial-hint = For example “The whole province”, “Kim Sơn commune”.
edit-source = Source
edit-source-hint = Only where somebody else made the data; this name stands in the citation.
edit-next = Save and continue
edit-save = Save draft
edit-saved = Saved.
edit-go-on = Continue
edit-no-tables = The draft has no table yet. Upload the first file.
edit-columns = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
edit-aside = { $count ->
    [one] { $count } row set aside
   *[other] { $count } rows set aside
}
edit-reading = Import report
edit-dictionary = Data dictionary
edit-table-change = Rename or remove the table
edit-table-title = Title of the table
edit-table-remove = Remove from the draft
edit-table-remove-hint = Published versions keep their table.
edit-table-removed = The table was removed from the draft.
edit-table-new = A new table
edit-table-next = New data of the table “{ $title }”
edit-upload = Upload a file
edit-upload-as = This file is
edit-choose = Choose a file
edit-drop = or drop it here
edit-file-hint = XLSX, XLS, CSV, JSON, GeoJSON or Parquet, at most { $most }. After a break in the line the upload goes on by itself.
edit-send = Upload
edit-uploads = Files on their way or refused
edit-dictionary-lead = Say what each column means and in what it is measured. The next file keeps these texts by column title.
edit-meaning = Meaning
edit-unit = Unit
edit-column-english = English
edit-column-title-en = Column title in English
edit-what = What
edit-there = There
edit-required = Required
edit-wished = Recommended
edit-check-lead = Look at the draft once more and submit it on the dataset's page. Somebody else has to approve it.
edit-to-submission = Go to submission
edit-reset = Discard all changes of the draft
edit-reset-hint = The draft becomes exactly what is published. The changes cannot be brought back.
edit-reset-done = The draft is what is published again.
edit-completeness = Completeness
edit-of-100 = of 100
completeness-title = Title
completeness-description = Description of 20 words or more
completeness-topic = Topic
completeness-frequency = Update frequency
completeness-keywords = Keywords
completeness-coverage = Period covered
completeness-spatial = Place
completeness-tables = At least one table
completeness-dictionary = Meaning of every column
completeness-english = Title and description in English

## Uploads

upload-sending = Uploading:
upload-again = The connection broke. Trying to go on…
upload-failed = The upload did not work. Check the network and press upload again.
upload-large = The file is larger than { $most }. Split it, or ask the operator to raise the limit.
upload-state-receiving = uploading
upload-state-reading = being read
upload-state-read = read
upload-state-refused = cannot be read
upload-state-cancelled = cancelled
upload-refused-head = This file cannot be read
upload-refused-lead = The draft has not changed. Mend the file as described above and upload it again.
upload-other = Upload another file
upload-receiving = The file is being uploaded.
upload-of = { $received } of { $bytes }
upload-resume = The program or page that sends it goes on by itself. To begin anew, cancel it and upload again.
upload-back = Back to the files
upload-cancel = Cancel upload
upload-cancelled = The upload was cancelled.
upload-reading = The file is being read. A large one takes some minutes; you can do something else and will get a notice.
upload-look = Look again
upload-replaced = The file was read. Its table is no longer in the draft: a newer file took its place, or it was removed.
upload-was-cancelled = This upload was cancelled.

## Import report

reading-right = All right, on to the dictionary
reading-wrong = Not right, change how it is read
reading-preview = First rows
reading-empty = empty cell
reading-understood = How the file was understood
reading-change = Change how it is read
reading-change-lead = Choose what to change, then read again. The original file stays as it is; the table in the draft is replaced.
reading-header = Header row
reading-header-hint = The number of the row with the column titles, from 1; 0 if there is none. Leave it empty to have it found.
reading-decimal = Decimal sign
reading-decimal-comma = Comma: 1.234,56
reading-decimal-point = Point: 1,234.56
reading-order = Order of dates
reading-day-first = Day first: 31/12/2026
reading-month-first = Month first: 12/31/2026
reading-auto = Found out by itself
reading-kinds = Kind of each column
reading-kind-auto = Found out: { $kind }
reading-zeros = Zeros in front of codes
reading-zeros-lead = Spreadsheets drop zeros in front of codes. Choose a number of digits to have them given back; the column is text then, and cells that are not digits alone stay as they are.
reading-zeros-keep = As in the file
reading-zeros-fill = Fill with zeros to { $digits } digits
reading-zeros-missed = Zeros seem to be missing: { $count } cells are shorter than { $digits } digits.
reading-again = Read again

## Messages

problem-text-too-long = Make it shorter, at most { $max } characters.
problem-topic-missing = Choose a topic.
problem-frequency-missing = Choose an update frequency.
problem-agency-missing = Choose the agency that owns the data.
problem-licence-unknown = Choose terms from the list.
problem-keywords-too-many = At most { $max } keywords of at most { $length } characters each.
problem-coverage-order = The last day must not be before the first.
problem-draft-saved-meanwhile = Somebody else has just saved this draft. The fields below keep what you typed; compare it with the new state and save again.
problem-nothing-published = The dataset was never published, so there is nothing to go back to.
problem-no-agency-to-write-for = Your account has no role to write data at any agency. Ask your agency's focal point to request one.
problem-upload-name = Choose a file with a name of at most { $max } characters.
problem-declaration-missing = Read and tick the declaration that the file holds no state secret, choose the file again and upload it. A program with a key adds declared no-state-secret (the value in Base64) to Upload-Metadata.
problem-upload-empty = The file has no bytes. Choose another one.
problem-upload-too-large = The file is larger than the portal's limit of { $most } MB, or than was announced. Split it and upload the parts.
problem-upload-too-many = You have { $max } unfinished files. Wait, or cancel some, then go on.
problem-upload-offset = This piece does not begin where the last one ended. Ask for the offset (HEAD) and go on from there.
problem-upload-over = The file has come in whole and can no longer be cancelled. Remove its table from the draft if you do not want it.
problem-upload-broken = The connection broke. What has come is kept; go on from there, or upload again.
problem-upload-length = Announce the length of the file in Upload-Length.
problem-token-scope = This key may not send files. Make one with the scope “read, send files and change drafts”.
problem-choice-header-number = Give the header row as a number, such as 4.

notice-upload-read-title = The file “{ $file }” was read
notice-upload-read-body = The table is in the draft, { $count } rows were set aside. Look at the report, then write the dictionary.
notice-upload-read-aside-title = The file “{ $file }” was read, with rows set aside
notice-upload-read-aside-body = The table is in the draft; { $count } rows are not in it. See why, and mend them where needed.
notice-upload-refused-title = The file “{ $file }” cannot be read
notice-upload-refused-body = The draft has not changed ({ $count } rows were taken). Open it to see what to mend.

audit-action-dataset-begin = Began a new draft
audit-action-dataset-edit = Edited the description
audit-action-dataset-edit-table = Renamed a table
audit-action-dataset-remove-table = Removed a table from the draft
audit-action-dataset-describe = Edited the data dictionary
audit-action-dataset-reset = Discarded the draft's changes
audit-action-dataset-upload = Uploaded a file
audit-action-dataset-cancel-upload = Cancelled an upload
audit-action-dataset-read-again = Read a file again
audit-field-upload = Upload
audit-field-declared = Declared
audit-field-bytes = Bytes
audit-field-choices = How to read
audit-field-problems = Problems
audit-field-table = Table read

## An agency's own list of datasets

list-title = Import a list of datasets
list-lead = An agency that keeps its datasets in an Excel list need not enter them one by one. Upload the list, see how each row was understood, choose rows and make drafts. Nothing is made before you choose.
list-template = Download the Excel template
list-template-name = template for a list of datasets
list-terms = Terms
list-columns = Columns that are understood
list-file = File with the list
list-file-hint = XLSX, XLS or CSV, at most { $most } and { $rows } rows. Columns are known by their headings, in any order.
list-send = Upload and look
list-heading-title = Title; Title of the dataset; Dataset title; Name; Dataset name; Dataset
list-heading-title-en = English title; Title in English; English name; Name in English
list-heading-description = Description; Content; Abstract; Summary
list-heading-topic = Topic; Theme; Category; Subject; Sector
list-heading-frequency = Update frequency; Frequency; Periodicity; Updated
list-heading-licence = Licence; License; Terms of use
list-heading-keywords = Keywords; Tags
list-heading-spatial = Place; Area; Coverage; Spatial coverage
list-heading-source = Source; Data source; Origin
list-understood = How the list was understood
list-taken = Column “{ $heading }” is { $column }
list-left = Columns not taken over:
list-check-lead = Look at each row and untick what is not needed. Drafts can be edited afterwards; what is missing is written there.
list-rows =
    { $count ->
        [one] One row in the list
       *[other] { $count } rows in the list
    }
list-rows-caption = The rows of the list
list-choose = Choose
list-remarks = To look at
list-fine = Complete
list-missing = Missing: { $column }.
list-unknown = { $column }: there is no term “{ $words }”.
list-same = The title is there already.
list-same-dataset = Open the dataset
list-same-row = See row { $row }
list-for-all = For rows that lack it
list-topic-for-all = Topic of rows without one
list-frequency-for-all = Update frequency of rows without one
list-enter = Make drafts of the chosen rows
list-done = The drafts were made.
list-entered =
    { $count ->
        [one] One draft was made from this list. Open it to go on writing and to upload files.
       *[other] { $count } drafts were made from this list. Open each to go on writing and to upload files.
    }
list-another = Upload another list
problem-list-too-large = The list is larger than { $max } MB. Take pictures and other sheets out and upload it again.
problem-list-no-title = There is no column with the titles of datasets in the first 30 rows. Call it “Title”, or use the Excel template.
problem-list-empty = There is no row below the headings. Write at least one dataset.
problem-list-too-many-rows = The list has more than { $max } rows. Split it into several files.
problem-list-entered = Drafts were made from this list already. Open the page again to see them.
problem-list-nothing-chosen = Choose at least one row.
problem-list-row = Row { $row } cannot be entered. Untick it, or mend the file and upload it again.
audit-action-dataset-read-list = Read a list of datasets
audit-action-dataset-enter-list = Made drafts from a list
audit-field-datasets = Datasets

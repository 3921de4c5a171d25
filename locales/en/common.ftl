### Shared by both portals: forms of numbers and dates, navigation, states, forms, errors.

## Dates

date = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
} { $year }
date-time = { $date }, { $time }
relative-today = today
relative-yesterday = yesterday
relative-tomorrow = tomorrow
relative-days-ago = { $days } days ago
relative-in-days = in { $days } days

## Counts

count-datasets = { $count ->
    [one] { $count } dataset
   *[other] { $count } datasets
}
count-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
count-downloads = { $count ->
    [one] { $count } download
   *[other] { $count } downloads
}
count-views = { $count ->
    [one] { $count } view
   *[other] { $count } views
}
unit-datasets = datasets

## The frame

skip = Skip to the main content
menu = Menu
close = Close
save = Save
illustration-label = Please note
illustration-head = Illustration.
other-language = This content has no English text yet and is shown in Vietnamese.
other-language-name = Tiếng Việt
nav-main = Main
nav-where = You are here
nav-home = Home

## Timeliness: one grain is one dataset

timeliness-on-time = On time
timeliness-soon = Due soon
timeliness-late = Late
timeliness-unscheduled = No schedule
timeliness-due = next due { $date }
timeliness-days-left = { $days ->
    [0] the last day
    [one] { $days } working day left
   *[other] { $days } working days left
}
timeliness-days-over = { $days ->
    [one] by { $days } working day
   *[other] by { $days } working days
}

## States of datasets and versions

state-draft = Draft
state-submitted = Waiting for review
state-changes-asked = Sent back for changes
state-approved = Approved
state-published = Published
state-replaced = Replaced by a newer one
state-refused = Refused
state-withdrawn = Withdrawn

## Columns

column-all-empty = the whole column is empty
column-all-different = no value occurs twice
column-empty-share = { $share } empty
column-values = { $count ->
    [one] { $text } value
   *[other] { $text } values
}
cell-empty = empty

## Paging, filters

pager-label = Pages
pager-page = Page
pager-previous = Previous
pager-next = Next
filters = Filters
filters-in-use = Filters{ $count ->
    [0] {""}
   *[other] , { $count } in use
}
filters-clear = Clear all filters
filter-remove = Remove the filter
filter-go = Filter
sort-by = Sort by
sort-go = Sort

## Forms

form-errors = { $count ->
    [one] { $count } thing needs correcting
   *[other] { $count } things need correcting
}
form-error-prefix = Error:
form-date-form = dd/mm/yyyy

## Errors

error-400-title = The address or what was sent is not right
error-400-advice = Go back, check what was entered, and try again. If you followed a link, part of it may be missing.
error-403-title = This account may not do that
error-403-advice = If your work needs it, ask your agency's administrator for the permission.
error-404-title = There is no such page
error-404-advice = The address may have changed or been mistyped. Search for the dataset's name below; tone marks are not needed.
error-409-title = Somebody was faster
error-409-advice = The content has changed since you opened the page. Open it again to see the latest state, then repeat what you did.
error-429-title = Too many requests in a short time
error-429-advice = The portal has paused requests from your address so that everybody can use it. Wait a moment and try again; if you need a lot of data, download the whole CSV or Parquet file.
problem-computed-too-many = Many filtered tables, charts and maps were computed for this place within the last minute.
error-500-title = Something went wrong here
error-500-advice = The fault is ours and has been recorded. Nothing of yours is lost; please try again in a few minutes.
error-503-title = The portal is busy or under maintenance
error-503-advice = Please try again in a few minutes. Published data is safe.
error-home = Go to the home page
error-topics = Browse by topic
error-retry = Try again in { $seconds } seconds.
error-request = When you ask for help, give this code:

problem-not-found = This was not found. Check the address or search by name.
problem-unavailable = A part of the portal does not answer. Try again in a few minutes.
problem-internal = Something went wrong here. Try again in a few minutes; if it persists, tell the administrator.
problem-disk-full = The storage is full. Ask the administrator for more room, then try again.
problem-storage-failing = The storage could not be read or written. Ask the administrator to check that it has room, that writing is allowed and that it works, then try again.
problem-texts-unreadable = The text file { $file } is not valid Fluent in line { $line } ({ $message }). Correct the file and start again.
problem-texts-label-unknown = There is no message named “{ $id }” to replace. Correct the name to one in the locales folder.

## Problems of the parts: what is wrong and what to do

problem-forbidden = This account may not do that. If your work needs it, ask the administrator for the permission.
problem-role-missing = { $person } does not have the role “{ $role }” and cannot decide this step. Choose a person who has it, or ask for the role.
problem-original-closed = Original files are open to the people of the agency whose data it is, the coordinating department and the auditors. If your work needs the file, ask that agency for it.
problem-sign-in-first = Sign in and try again.
problem-sign-in-name-missing = Enter your user name or e-mail address, at most 254 characters.
problem-password-missing = Enter your password, at most 128 characters.
problem-sign-in-failed = The user name or the password is not right. Check Caps Lock and the keyboard layout, then enter them again.
problem-sign-in-resting = Too many wrong attempts. Wait { $minutes } minutes and try again, or ask the administrator for a new password.
problem-too-many-attempts = Too many people are signing in at this moment. Wait a little and try again.
problem-form-expired = The page was open for too long, or you signed in again meanwhile. Load it again, check what you entered and send it.
problem-form-too-large = What was sent is too large; at most { $bytes } bytes. Shorten it and send it again.
problem-query-unreadable = The address has a part that cannot be read. Remove what follows the question mark, or choose the filters on the page.
problem-agency-name-missing = Enter the agency's name.
problem-slug-form = “{ $slug }” cannot be part of an address. Use lower-case letters without marks, digits and hyphens, such as bang-gia-dat.
problem-slug-taken = The address “{ $slug }” belongs to another dataset. Choose another address, or add the table to that dataset.
problem-title-missing = Enter the dataset's title in Vietnamese.
problem-metadata-missing = A new dataset needs a description. Give at least title, topic and frequency.
problem-resource-name = “{ $name }” cannot be the name of a table. Use lower-case letters without marks, digits and hyphens.
problem-dataset-withdrawn = The dataset “{ $slug }” was withdrawn and takes no more data. Make a new dataset at another address.
problem-not-a-draft = This version is no longer a draft and cannot be changed. Make a new draft.
problem-not-published = This dataset is not published, so this cannot be done now.
problem-nothing-to-publish = The draft has no table. Import a file, then publish.
problem-no-draft = This dataset has no draft waiting for a decision. Import a new file to make one.
problem-not-submitted = Nobody has submitted the draft as it is now. Submit it first; then another person approves it.
problem-own-submission = { $person } wrote, changed or submitted this draft and cannot approve it. Ask another person who may approve.
problem-reason-missing = Give the reason for the decision; one short sentence is enough.
problem-already-there = This file is in the store already. There is nothing to do; if the message persists, try once more.
problem-file-too-hard = Reading this file takes more time or memory than allowed. Split it, or save it as CSV and try again.
problem-database-missing = There is no database at { $path }. Correct KHOMO_DATABASE_URL, or run “khomo migrate --create” to make one.
problem-database-url = KHOMO_DATABASE_URL does not have the right form. Write sqlite: with the path of a file, or postgres:// with host and database.
problem-migrations-pending = The database lacks { $count ->
    [one] { $count } migration
   *[other] { $count } migrations
}. Run “khomo migrate” and start again.
problem-files-setting = The S3 file store lacks settings. Give the access key and the secret key, or set KHOMO_FILES to a folder.
problem-files-plain-http = An S3 file store on another machine must use https. Change its address to https://.
problem-setting-unknown = There is no setting named { $name }. Correct the name; “khomo serve --help” lists them.
problem-setting-wrong = The setting { $name } does not have the right form, which is: { $form }. Correct it and start again.
problem-setting-file = The settings file { $path } cannot be read. Check the path, the permission and the TOML syntax.
problem-setting-internal-https = The internal portal's address must begin with https://, unless it runs on this machine. Correct KHOMO_INTERNAL_URL.

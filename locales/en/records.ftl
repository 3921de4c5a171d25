### The audit log, lists as files, alerts.

## Lists as files

export-list = download this list
in-slug = Address
in-due = Update due
in-changed-by = Changed by
notices-at = When
notices-what = Notice
notices-body = Text
notices-state = Status
notices-link = Page
notices-read = Read
problem-export-too-long = The list has more than { $max } rows, which is more than an Excel file holds. Narrow the filters, or download it as CSV.
problem-export-elsewhere = Lists are downloaded from this portal's own pages. Open the list and use its button.

## Audit log

audit-client = Client address
audit-text = Words in the details
audit-all-outcomes = All outcomes
audit-export-help = The file keeps the filters; the download is recorded in the log.
audit-entry = Entry
audit-entry-title = Log entry { $number }
audit-back = Back to the audit log
audit-same-object = Other entries about this object
audit-details = Details
audit-no-details = This entry has no details.
audit-field = Field
audit-before = Before
audit-after = After
audit-stored = As stored
audit-verb = Action code
audit-object-kind = Kind of object
audit-object-id = Object id
audit-request = Request id
audit-prev = Hash of the entry before
audit-raw = Show as JSON
audit-neighbours = Previous and next entry
audit-entry-before = Previous entry
audit-entry-after = Next entry
audit-action-network-refused = Attempt from outside the networks
audit-action-audit-export = Export of the audit log
audit-action-dataset-export = Export of the list of datasets
audit-action-notify-export = Export of one's own notices
audit-action-alert-export = Export of the alerts
audit-action-alert-raise = Alert raised
audit-action-alert-handle = Alert handled
audit-field-filter = Filters
audit-field-form = File format
audit-field-address = Address asked for
audit-field-person = Person
audit-field-events = Times
audit-field-first = From entry
audit-field-last = To entry
audit-field-state = Status
audit-field-note = Note
audit-field-title = Title
audit-field-count = Count
problem-heads-unreadable = The file { $path } cannot be read, or no line of it holds a head of the log. Check the path; the setting KHOMO_AUDIT_HEADS makes such files.

## Alerts

in-nav-alerts = Alerts
alerts-title = Alerts
alerts-lead = Unusual things that somebody must look at. Find out, write down the result, and close the alert. Nobody closes an alert about their own acts.
alerts-open-count = { $count ->
    [one] { $count } alert to handle
   *[other] { $count } alerts to handle
}
alerts-none = No alerts so far
alerts-open = To handle
alerts-none-open = No alert is waiting.
alerts-none-here = This page has handled alerts only.
alerts-handled = Handled
alerts-state = Status
alerts-state-open = To handle
alerts-state-handled = Handled
alerts-see = See the first log entry
alerts-own = This alert is about your own acts, so somebody else will look at it.
alerts-note = What was found and done
alerts-note-hint = For example: telephoned, exported for an inspection, letter attached. At most 2,000 characters.
alerts-go = Close the alert
alerts-handled-now = The result is recorded and the alert is closed.
alerts-at = When
alerts-kind = Alert
alerts-body = Text
alerts-person = Person
alerts-events = Times
alerts-first = From log entry
alerts-last = To log entry
alerts-by = Handled by
alerts-when = Handled at
alerts-note-head = Result
problem-alert-note-missing = Say what was found and done, in at most 2,000 characters.
problem-alert-handled = Somebody has handled this alert. Reload the page to see the result.
problem-alert-own = This alert is about your own acts. Ask somebody else who may to look at it and close it.
notice-alert-export-title = Bulk export: { $person }
notice-alert-export-body = Within an hour, lists exported: { $events }, rows: { $rows }, from log entry { $entry } on. Ask why, and record the result on the Alerts page.
notice-alert-removal-title = Many datasets withdrawn or deleted: { $person }
notice-alert-removal-body = Within an hour, datasets withdrawn or deleted: { $events }, from log entry { $entry } on. Check now, and record the result on the Alerts page.
notice-alert-accounts-title = Many accounts closed or locked: { $person }
notice-alert-accounts-body = Within an hour, accounts closed or locked: { $events }, from log entry { $entry } on. Check now, and record the result on the Alerts page.
notice-alert-reading-title = Many unpublished originals read: { $person }
notice-alert-reading-body = Within an hour, files read: { $events }, from log entry { $entry } on. Ask why, and record the result on the Alerts page.
notice-alert-network-title = Many attempts on the internal portal from outside the networks
notice-alert-network-body = Within an hour, attempts refused: { $events }, from log entry { $entry } on. Check the firewall, and record the result on the Alerts page.
notice-alert-chain-title = The audit log was altered or cut off
notice-alert-chain-body = Entry { $entry } does not follow from the one before. Leave the server as it is, run "khomo audit verify", and compare with backups and the file of heads.
notice-audit-head-title = Head of the audit log: entry { $entry }
notice-audit-head-body = { $hash }. Keep this message: compared with the entry of that number, it shows whether the log was altered.

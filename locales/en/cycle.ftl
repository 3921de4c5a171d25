### Updates in time: a signed "nothing changed", more time.

## Notices

notice-extension-asked-title = More time asked for: “{ $title }”, until { $date }
notice-extension-asked-body = Reason: { $reason }
notice-extension-granted-title = “{ $title }” has time until { $date }
notice-extension-granted-body = Update it, or confirm that nothing changed, before that day is over.
notice-extension-refused-title = More time refused for “{ $title }” (asked until { $date })
notice-extension-refused-body = The due date stays. Open the page to read why.

## The audit log

audit-action-dataset-confirm-unchanged = Confirm that nothing changed
audit-action-extension-ask = Ask for more time
audit-action-extension-decide = Decide on more time
audit-action-extension-export = Download the requests for more time
audit-field-counted = Round counts from
audit-field-confirmation = Confirmation
audit-field-extension = Request for more time
audit-field-to = Until
audit-field-granted = Granted

## What to mend

problem-unchanged-checked = Write how you checked it, at least { $least } characters.
problem-unchanged-declare = Read the declaration and tick the box.
problem-unchanged-not-yours = Only the agency whose data these are can confirm that nothing changed: whoever updates its data signs.
problem-unchanged-not-owed = This dataset has no due date, so there is nothing to confirm or to extend.
problem-unchanged-rules = Under the present rules only a new version counts as an update. Publish a new version, or ask for more time.
problem-unchanged-today = It was confirmed today that nothing changed in this dataset. A new period has just begun, so there is nothing to confirm yet.
problem-unchanged-draft = The draft holds other tables than what is published, so the data did change. Submit the draft, or drop its changes.
problem-unchanged-errors = An error is known and not corrected yet, so it cannot be said that nothing needs to change. Correct it first.
problem-unchanged-seen = Another round began since you opened the page. Look again, and confirm if it still holds.
problem-extension-day = Choose a day after { $after } and not later than { $most }.
problem-extension-reason = Write why more time is needed, at least { $least } characters.
problem-extension-answer = Write an answer, at least { $least } characters.
problem-extension-asked = A request for more time waits already. Wait for the decision.
problem-extension-own = You asked for this yourself, so another person must decide.
problem-extension-day-over = The day that was asked for is over, so this request can only be refused. If more time is still needed, another request names another day.
problem-extension-decided = This request is decided, or its round is over. Load the page again.

## The page on which a dataset is kept up to date

cycle-title = Keep up to date: { $title }
cycle-here = Keep up to date
cycle-not-published = This dataset is not published, so no update is due.
cycle-from = Counts from
cycle-from-published = the latest publication
cycle-from-confirmed = the latest confirmation that nothing changed
cycle-from-listed = the day on which the open-data catalogue listed it
cycle-version = First way: a new version
cycle-version-lead = Where the data changed, write a draft, send the new file and submit it. The version that is published begins a new round.
cycle-supplement = A supplement is an update as well, and is published as a new version too. In the draft it is entered like this:
cycle-supplement-rows = More rows: in the step “{ edit-step-tables }” send a file that holds the earlier rows and the new ones, as new data of the table that is there.
cycle-supplement-tables = More tables: in the step “{ edit-step-tables }” send the file and choose “{ edit-table-new }”.
cycle-supplement-errors = Mended errors: send the mended file as new data of its table; in the step “{ edit-step-about }” open “{ correction-open }” and write the correction note.
cycle-unchanged = Second way: confirm that nothing changed
cycle-unchanged-lead = Where the data are as their source has them and nothing changed in this round, sign that. The confirmation bears your name; the public page tells its day.
cycle-checked = How it was checked
cycle-checked-hint = Against which source, by whom, on which day.
cycle-unchanged-next = Look again before signing
cycle-sign-preview = { $name } will sign this:
cycle-sign-for-good = What is signed cannot be taken back. It is kept with your name, and the public page tells the day.
cycle-sign-go = Sign
cycle-sign-edit = Back to editing
cycle-more = Third way: more time
cycle-more-lead = Where it cannot be done in time, ask for more, until { $date } at most. Another person at the coordinating department decides.
cycle-more-go = Send the request
cycle-extend-to = Until
cycle-instead-of = instead of { $date }
cycle-reason = Reason
cycle-reason-hint = Why it cannot be updated yet, and when the data will be there.
cycle-waiting = A request for more time waits
cycle-waits-for-others = The coordinating department decides.
cycle-asked-by = Asked by
cycle-asked-at = Asked at
cycle-decided-by = Decided by
cycle-answer = Answer
cycle-answer-hint = Needed for a refusal.
cycle-grant = Give more time
cycle-refuse = Refuse
cycle-rounds = Rounds of updates
cycle-rounds-none = No round yet.
cycle-confirmations = Confirmations that nothing changed
cycle-extensions = Requests for more time
cycle-said-confirmed = Signed that nothing changed. The new round counts from now.
cycle-said-asked = The request for more time is sent.
cycle-said-granted = More time is given.
cycle-said-refused = The request for more time is refused.
extension-state-asked = Waiting
extension-state-granted = Granted
extension-state-refused = Refused
extension-state-over = Round over

## On public pages

dataset-due = due on { $date }
dataset-extended = more time until { $date }
dataset-unchanged = Confirmed unchanged on { $date }
agency-order = Order
agency-order-newest = Latest update first
agency-order-due = Due first
agencies-table = Updates by agency
agencies-name = Agency
agencies-datasets = Datasets
home-go-update = Update

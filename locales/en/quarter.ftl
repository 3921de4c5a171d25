# Quarters: the list, the progress of agencies, quarterly returns, the close.

in-nav-quarters = Quarters
quarter-name = Q{ $number } { $year }

## The list of quarters and the page of one

quarters-title = Quarters
quarters-lead = Each quarter opens on its first day and is closed after it is over.
quarters-lead-returns = Where a quarter asks for returns, agencies hand them in before its close.
quarters-none = No quarters yet
quarter-one = Quarter
quarter-days = From and to
quarter-first = First day
quarter-last = Last day
quarter-close = Close
quarter-closed-at = Closed at
quarter-returns = Returns
quarter-counts = Datasets of the quarter
quarter-state-open = Running
quarter-state-ended = Taking in returns
quarter-state-ended-plain = Over, to be closed
quarter-state-closed = Closed
quarter-counts-hint = Counted by what happened on the days of the quarter. The release counts from the close before to its own, so its numbers may differ.
quarter-release = Release
quarter-release-made = Being made. Lists, archives and hashes will be on the open-data portal in a few minutes.
quarter-count-new = New
quarter-count-updated = Updated
quarter-count-unchanged = Confirmed unchanged
quarter-count-late = Late
quarter-count-withdrawn = Withdrawn
quarter-own-return = Write the quarterly return of { $agency }
quarter-progress = Progress by agency
quarter-progress-lead = Datasets whose update is due in the quarter: updated, confirmed as unchanged, or late. Late is what was done late, or is past its day and not done.
quarter-progress-returns = The last column tells of each agency's quarterly return.
quarter-tabs = Filter by standing
quarter-all = All
quarter-behind = With something late
quarter-order-name = Agency name
quarter-order-late = Most late first
quarter-order-due = Most due first
quarter-order-return = Missing returns first
quarter-due = Due
quarter-done = Updated
quarter-unchanged = Confirmed unchanged
quarter-late = Late
quarter-due-list = Datasets due in the quarter
quarter-due-on = Due
quarter-due-over = Late
quarter-due-waits = Not done yet
quarter-due-late = done late
quarter-due-rest = { $count } more: see the list of duties
quarter-share = Share done
quarter-return = Quarterly return
quarter-together = Total
quarter-nobody = No agencies here
quarter-close-now = Close the quarter now
quarter-close-lead = The quarter closes by itself on { $date }. Once it is closed, nobody can sign, change or take back a return of it.
quarter-close-lead-plain = The quarter closes by itself on { $date }. Once it is closed, its numbers stay as they are.
quarter-close-open = { $count ->
    [one] { $count } unsigned return will be marked as not handed in.
   *[other] { $count } unsigned returns will be marked as not handed in.
}
quarter-close-sure = I know that a closed quarter cannot be opened again.
quarter-closed-done = The quarter is closed.

## The quarterly return

return-title = Return
return-due = Returns due
return-overdue = late
return-state-open = Not signed
return-state-signed = Signed
return-state-late = Signed late
return-state-missing = Not handed in
return-signed-by = Signed by
return-hash = SHA-256 of what was signed
return-intact = The content is still what was signed.
return-not-intact = The content is not what was signed. Tell the system administrator at once.
return-recalled = Last taken back
return-preview = Print view
return-preview-sign = Print view and signature
return-list = List of data
return-list-lead = Datasets of the portal are filled in as they stand now. The agency adds data that it keeps elsewhere.
return-missing = The return was not signed when the quarter was closed, so it counts as not handed in. Its list and its numbers were not kept.
return-list-frozen = The list as it was signed; later changes in the portal do not change it.
return-no-items = Nothing is on the list yet.
return-item-number = No.
return-item = Name of the data
return-item-kind = Kind
return-item-kind-hint = For example: a register, a spreadsheet, paper files, a database of a program.
return-item-place = Kept at
return-item-place-hint = The system, unit or archive that holds the data.
return-item-visibility = For whom
return-item-planned = Publication planned
return-item-planned-field = Planned day of publication (if any)
return-item-updated = Last update
return-item-acts = Actions
return-item-add = Add data kept elsewhere
return-item-remove = Remove
return-visibility-open = Open data
return-visibility-shared = Shared between agencies
return-visibility-internal = For the agency's own use
return-handled = Requests and reports handled
return-handled-requests-published = Requests for data answered with a dataset
return-handled-requests-refused = Requests for data answered as “cannot be published”, with a reason
return-handled-requests-waiting = Requests for data still waiting
return-handled-reports-corrected = Error reports corrected
return-handled-reports-answered = Reports answered otherwise
return-handled-reports-waiting = Reports not yet closed
return-words = Remarks and needs
return-remarks = Remarks about the list
return-remarks-hint = For example: why a dataset is late, which data will soon be collected in another way.
return-handling = Remarks about handling requests
return-handling-hint = For example: what made answering hard, which requests need another agency.
return-needs = Data needed from other agencies
return-needs-hint = One need a line: which data, from which agency, what for.
return-nothing-said = None.
return-earlier = Needs of earlier returns that are not named above
return-carry = Take these needs over when saving
return-saved-done = The return is saved. It counts as handed in once it is signed.
return-added-done = Added to the list.
return-removed-done = Removed from the list.
return-sign = Sign the return
return-sign-lead = When you sign, the content above is kept as it is, with its SHA-256. Until the quarter is closed the signature can be taken back with a reason.
return-sign-late = The due date has passed; the return will be marked as signed late.
return-signers = The return is not signed yet. Who may sign: { $roles }.
return-signed-done = The quarterly return is signed.
return-signed-late-done = The quarterly return is signed, and marked as signed late.
return-back = Back to editing
return-recall = Take the signature back
return-recall-lead = The return is open again, to be changed and signed anew before the quarter is closed. The coordinating department is told.
return-recall-reason = Why it is taken back
return-recalled-done = The signature is taken back. The return can be changed.

## Problems

problem-return-text = Write at most { $most } characters, without control characters.
problem-return-saved-meanwhile = Somebody has just saved this return. Look at it again, then go on; what you wrote is still here.
problem-return-changed-meanwhile = The return has changed since you looked at it. Look at it again below, then sign.
problem-return-signed = The return is signed. Take the signature back first to change it.
problem-return-open = The return is not signed, so there is nothing to take back.
problem-return-not-yours-to-sign = Only the agency's head, a deputy, or whom the province's configuration names signs this return.
problem-quarter-earlier = An earlier quarter is not closed yet. Close that one first.
problem-quarter-returns-open = Agencies can still hand in their returns until the end of { $date }. Once that day is over, or every return is signed, the quarter can be closed.
problem-quarter-running = The quarter is not over, so it cannot be closed yet.
problem-quarter-closed = The quarter takes no returns: it is not over yet, or it is closed.
problem-quarter-sure = Tick that you know that a closed quarter cannot be opened again.
problem-item-title = Write the name of the data in one line of at most { $most } characters.
problem-item-kind = Write the kind of data in one line of at most { $most } characters.
problem-item-place = Write where the data are kept in one line of at most { $most } characters.
problem-item-visibility = Choose for whom the data are.
problem-items-too-many = The list takes at most { $most } entries kept elsewhere.

## Notices

notice-quarter-opened-title = Q{ $number } { $year }: { $datasets ->
    [one] { $datasets } dataset is due for an update
   *[other] { $datasets } datasets are due for an update
}
notice-quarter-opened-body = By { $date }, { $datasets ->
    [one] { $datasets } dataset of your agency is due to be updated or confirmed as unchanged.
   *[other] { $datasets } datasets of your agency are due to be updated or confirmed as unchanged.
  } The quarter's page shows the progress.
notice-return-opened-title = The return for Q{ $number } { $year } is open
notice-return-opened-body = It is filled in from the portal. Complete it, look at the print view and sign it by { $date }.
notice-return-recalled-title = { $agency } took back its signature for Q{ $number } { $year }
notice-return-recalled-body = The return is open again. The reason is on its page.
notice-quarter-closed-title = Q{ $number } { $year } is closed
notice-quarter-closed-body = Datasets: new { $new }, updated { $updated }, confirmed unchanged { $unchanged }, late { $late }, withdrawn { $withdrawn }. Returns not handed in: { $missing }.
notice-quarter-closed-plain-title = { notice-quarter-closed-title }
notice-quarter-closed-plain-body = Datasets: new { $new }, updated { $updated }, confirmed unchanged { $unchanged }, late { $late }, withdrawn { $withdrawn }.

## Duties and the log

duty-how-signed = Return signed
duty-how-not-handed-in = Not handed in before the close
duty-how-recalled = Signature taken back; the return must be signed again
duty-how-replaced = Followed by the next one
duty-how-not-over = The quarter is not over, no return is owed yet
duty-how-dissolved = The agency is no more and nobody took over
audit-action-quarter-open = Open a quarter
audit-action-quarter-end = End a quarter, open its returns
audit-action-quarter-resume = Undo the end of a quarter caused by a wrong clock
audit-action-quarter-days = Recalculate a quarter’s due date and closing date
audit-action-quarter-close = Close a quarter
audit-action-quarter-export = Download the progress of a quarter
audit-action-return-save = Save a quarterly return
audit-action-return-add = Add data kept elsewhere to a quarterly return
audit-action-return-remove = Remove data kept elsewhere from a quarterly return
audit-action-return-sign = Sign a quarterly return
audit-action-return-recall = Take back the signature of a quarterly return
audit-action-return-export = Download the list of a quarterly return
audit-field-close = Closing date
audit-field-counts = Datasets of the quarter
audit-field-missing = Returns not handed in

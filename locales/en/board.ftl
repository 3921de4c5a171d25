# The compliance board: where agencies stand, and how they did quarter by quarter.

board-title = Compliance board
board-lead = One line for each agency, as of now. A number leads to the list behind it; the name of a column puts the lines in its order. Reports of errors have no due date and do not count as late.
board-lead-quarter = What was due within the quarter, by agency; what was done before the quarter began was not owed in it and does not count. Shares leave out what was excused.
board-when = When
board-today = Now
board-as-of-close = The quarter is closed: everything counts as of its close, { $moment }.
board-not-closed = The quarter is not closed: the numbers still change.
board-waiting-now = Reports of errors and requests for data belong to no quarter: while it is not closed they are those that are open now.
board-waiting-closed = Reports of errors and requests for data are those that were open when the quarter was closed. “–” means not kept: the quarter was closed too long ago, or the agency was not there.
board-tabs = Which agencies
board-all = Agencies
board-behind = Something late
board-by-agency = By agency
board-returns = The quarterly returns are those of { $quarter }.
board-together = Total
board-none = No agency here
board-rest = { $count ->
    [one] { $count } more agency on the board.
   *[other] { $count } more agencies on the board.
}
board-trend = The last quarters
board-now = Now
board-leader-none = Nobody is entered in this role at the agency.
board-late-items = Late
board-nothing-late = Nothing is late.
board-all-late = { $count ->
    [one] See the one that is late
   *[other] See all { $count } that are late
}
board-requests-late = { $count ->
    [one] { $count } request for data is past its due date
   *[other] { $count } requests for data are past their due dates
}
board-column-name = Agency
board-column-on-time = Updates on time
board-column-soon = Due soon
board-column-overdue = Updates late
board-column-share = Share not late
board-column-known = Errors not corrected
board-column-unanswered = Reports unanswered
board-column-requests = Open requests for data
board-column-requests-late = Requests late
board-column-return = Quarterly return
board-column-review = Review of accounts
board-column-late = Total late
board-column-done-in-time = Done in time
board-column-done-late = Done late
board-column-undone = Not done
board-column-excused = Excused
board-column-done-share = Share done in time
board-review-answered = Answered
board-review-open = To be answered
board-review-missed = Not all answered
board-review-waiting = { $count } of { $accounts ->
    [one] { $accounts } account
   *[other] { $accounts } accounts
}
audit-action-board-export = Downloaded the compliance board

## Filters of the lists behind it

duties-all = All
duties-of-quarter = What was due within { $quarter }.
duties-group-in-time = Not due soon
duties-group-near = Due soon or today
duty-outcome-done-in-time = Done in time
duty-outcome-done-late = Done late
duty-outcome-undone = Not done
duty-outcome-excused = Excused
reports-group-known = Errors not corrected
reports-group-unanswered = Unanswered
campaign-of-agency = Only the accounts that { $agency } answers for.

## The public page about updates

standing-title = How up to date the open data is
standing-lead = Whether each agency keeps its open data up to date, today and quarter by quarter.
standing-as-of = As of { $date }.
standing-link = How up to date the data is
standing-share = Share not late
standing-quarters = The province by quarter
standing-quarters-lead = Updates that were due within the quarter. A closed quarter keeps the numbers of its close. In a quarter that is not closed the numbers still change; “Not done” includes what is not due yet.
standing-no-quarters = No update was due yet.
standing-running = still running
standing-ended = over, not closed yet
standing-closed = Closed
standing-due = Due
standing-address = The agency's page
standing-agency-files = Download figures by agency
standing-quarter-files = Download figures by quarter

# The duty to update: why there is this due date.

duty-by-law = The due date counts from the latest publication or confirmation, under { $basis }.
duty-by-configuration = The due date counts from the latest publication or confirmation; the number of months is by configuration, with reference to { $basis }.
duty-by-declaration = The due date counts from the latest publication or confirmation, by the frequency that the agency declared.
duty-none = This dataset is updated when something changes; it has no fixed due date.

## Duties: kinds, where they stand, how they end

duty-kind-update = Update of a dataset
duty-kind-return = Quarterly return
duty-kind-account-review = Review of accounts
duty-kind-catalogue-review = Review of the open-data catalogue
duty-kind-plan-item = Publication by the plan
duty-stage-planned = Not open yet
duty-stage-open = Open
duty-stage-soon = Due soon
duty-stage-due = Due today
duty-stage-overdue = Late
duty-stage-done = Done
duty-stage-excused = Excused
duty-how-version = New version
duty-how-unchanged = Confirmed that nothing changed
duty-how-not-owed = No due date any more
duty-how-withdrawn = The dataset was withdrawn
duty-how-issued = A new catalogue was issued
duty-how-reviewed = Reviewed, nothing to change
duty-how-published = Published
duty-how-dropped = Dropped
duty-how-plan-closed = The plan has ended
duty-how-answered = All accounts answered for
duty-how-unanswered = Not all answered for when the review ended

## Notices

duty-quarter = return for Q{ $number } { $year }
notice-duty-reminder-title = Due: { $kind ->
    [account-review] review of accounts
    [catalogue-review] review of the open-data catalogue
    [return] return for { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] an entry of the list
   *[other] “{ $title }”
  }, on { $date }
notice-duty-reminder-body = What waits for your agency: late { $overdue }, not yet late { $due }. Open the list to do it.
notice-duty-head-title = Late for days: { $kind ->
    [account-review] review of accounts
    [catalogue-review] review of the open-data catalogue
    [return] return for { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] an entry of the list
   *[other] “{ $title }”
  }, due on { $date }
notice-duty-head-body = Overdue for a long time at your agency: { $overdue }. Please see that somebody does it.
notice-duty-coordinator-title = Overdue for a long time; agencies: { $agencies }. Earliest: { $kind ->
    [account-review] review of accounts
    [catalogue-review] review of the open-data catalogue
    [return] return for { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] an entry of the list
   *[other] “{ $title }”
  }, due on { $date }
notice-duty-coordinator-body = Overdue for a long time: { $overdue }. { $heads ->
    [told] The heads of the agencies have been told.
    [missing] Agencies without a head on the portal who could be told: { $headless }. The heads of the others have been told.
   *[other] Open the list to see them.
  }
notice-duty-unheard-title = Reminders with nobody to receive them; agencies: { $agencies }
notice-duty-unheard-body = These agencies have neither a focal point nor a head on the portal. What waits there: late { $overdue }, not yet late { $due }. Give somebody there the role, and tell the agencies in another way.
notice-duty-vacant-title = Something is late and a focal point or head is missing; agencies: { $agencies }
notice-duty-vacant-body = Agencies without a focal point: { $focal-points }; without a head: { $heads }. Late at these agencies: { $overdue }. Give somebody the role, so that reminders reach the agency.
notice-duty-week-title = What has a due date this week: late { $overdue }, soon { $due }
notice-duty-week-body = Agencies: { $agencies }. First due: { $kind ->
    [account-review] review of accounts
    [catalogue-review] review of the open-data catalogue
    [return] return for { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] an entry of the list
   *[other] “{ $title }”
  }, { $date }.
notice-duty-week-own-title = What has a due date this week at your agency: late { $overdue }, soon { $due }
notice-duty-week-own-body = First due: { $kind ->
    [account-review] review of accounts
    [catalogue-review] review of the open-data catalogue
    [return] return for { $title }
    [quarter] { duty-quarter }
    [quarter-of] { duty-quarter }, { $of }
    [nameless] an entry of the list
   *[other] “{ $title }”
  }, { $date }.

## The audit log

audit-action-duty-open = Open a round of a duty
audit-action-duty-change = Change a duty's day or state
audit-action-duty-end = End a round of a duty
audit-action-duty-recall = Reopen a round that was recorded as done
audit-action-duty-remind = Remind of what is due
audit-action-duty-raise = Escalate what has long been overdue
audit-field-subject = About
audit-field-turn = Round
audit-field-due = Due
audit-field-from = Period counts from
audit-field-opens = Can be done from
audit-field-soon = Due soon from
audit-field-verified = Legal basis checked against the text
audit-field-renamed = Renamed
audit-field-basis = Legal basis
audit-field-how = How it ended
audit-field-late = Late
audit-field-role = Role
audit-field-persons = People
audit-field-vacant = Roles that nobody holds
audit-action-duty-export = Export the list of duties
problem-duties-turning = Another program is going through the duties. Wait until it is done, then try again.

## The page of duties and due dates

in-nav-duties = Due dates
duties-title = Duties and due dates
duties-lead = What agencies must do by a date under the regulations. Earliest due date first.
duties-count = { $count ->
    [one] { $count } duty
   *[other] { $count } duties
}
duties-stages = Where they stand
duties-waiting = Waiting
duties-kind = Kind
duties-every-kind = All kinds
duties-what = What
duties-from = Counts from
duties-due = Due
duties-left = Working days left
duties-late = { $days ->
    [0] just overdue
    [one] { $days } working day late
   *[other] { $days } working days late
}
duties-ended = How it ended
duties-ended-at = When
duties-done-in-time = { $how }, in time
duties-done-late = { $how }, late
duties-basis = Legal basis
duties-basis-none = The frequency that the agency declared
duties-basis-chosen = A choice of the portal
duties-none = Nothing here
duties-asked = Requests for more time waiting: { $count }
duties-asked-at = asked { $at }
duties-asked-to = until { $date }
duties-decide = Look and decide

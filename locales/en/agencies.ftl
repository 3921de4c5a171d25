### The directory of agencies, and focal points.

in-nav-agencies = Agencies
in-agencies-title = Agencies
agencies-lead = The bodies that take part: kind, parent, the time they are there, successor, focal points.
agencies-search = Agency's name
agencies-every-state = Every state
agencies-state-active = Active
agencies-state-over = No longer there
agencies-count = { $count ->
    [one] { $count } agency
   *[other] { $count } agencies
}
in-agencies-none = There are no agencies yet.
agencies-none-filtered = No agency matches. Take some filters off.
agency-new = Enter an agency
agency-name-vi = Vietnamese name
agency-name-en = English name
agency-slug = Part of its address
agency-slug-hint = Plain lower-case letters and hyphens; left empty, it is made of the name. It never changes afterwards.
agency-kind = Kind
agency-parent = Parent body
agency-no-parent = None
agency-pick = Choose an agency
agency-e-identifier = Electronic identifier
agency-e-identifier-hint = By Decision 20/2020/QĐ-TTg.
agency-from = From
agency-to = Until
agency-enter-go = Enter it in the directory
agency-is-over = No longer there
agency-see-public = See it on the open portal
agency-edit = Change its details
agency-edit-open = Open the form
agency-merge = Merge or dissolve
agency-merge-open = Open the form of mergers
agency-merge-lead = Datasets keep the former body as their owner. From this day on, its address leads to the successor.
agency-successor-name = Successor
agency-no-successor = None (dissolved)
agency-merge-date = First day on which it is no more
agency-merge-reason = Decision, reason
agency-merge-go = Merge or dissolve
agency-roles = The roles held there
agency-roles-end = End the day before
agency-roles-move = Go on at the successor
agency-entered-done = The agency is in the directory.
agency-edited-done = The agency's details are saved.
agency-merged-done = The merger or dissolution is taken down.
agency-ended = This agency is no more since { $date }.
agency-until = until { $date }
agency-focal = Focal points

## Focal points

focal-title = Focal points
focal-lead-public = Contacts are posted on the open portal once they are confirmed.
focal-lead-internal = Contacts are for internal use only.
focal-none = There are no focal points yet.
focal-kind = Kind of focal point
focal-kind-technical = Technical officer
focal-kind-leader-supply = Leader for supplying data
focal-kind-leader-use = Leader for using data
focal-contact = Contact
focal-since = Named
focal-waiting = Focal points to confirm
focal-decision = Decision
focal-decide = Decide on a nomination
focal-number = Number of the decision
focal-number-hint = Such as 123/QĐ-UBND.
focal-date = Day of the decision
focal-refuse-hint = Only for a refusal; whoever made the nomination reads it.
focal-approve = Confirm
focal-nominate = Name a focal point
focal-position = Position
focal-state-nominated = To be confirmed
focal-state-active = Active
focal-state-replaced = Replaced
focal-state-refused = Refused
focal-nominated-done = The nomination is sent. The coordinating department is told.
focal-approved-done = The focal point is confirmed.
focal-refused-done = The nomination is refused.

notice-focal-nominated-title = { $agency } names a focal point
notice-focal-nominated-body = { $person } made the nomination. Look at it and confirm.
notice-focal-approved-title = The focal point { $name } is confirmed
notice-focal-approved-body = From now on this person is the agency's focal point.
notice-focal-refused-title = The nomination of { $name } was refused
notice-focal-refused-body = Reason: { $reason }

audit-action-agency-change = Change an agency's details
audit-action-agency-merge = Merge or dissolve an agency
audit-action-agency-end-roles = End roles at an agency
audit-action-focal-point-nominate = Name a focal point
audit-action-focal-point-approve = Confirm a focal point
audit-action-focal-point-refuse = Refuse a focal point

problem-agency-kind-choose = Choose a kind of agency from the list.
problem-agency-circle = No body belongs to, or is taken over by, itself, even by way of others. Choose another one.
problem-successor-missing = Choose the successor at which the roles go on.
problem-phone-form = Enter a telephone number, 50 characters at most.
problem-line-too-long = This is too long or has more than one line. Make it shorter.
problem-position-missing = Enter the position, 150 characters at most.
problem-focal-kind-choose = Choose the kind of focal point from the list.
problem-focal-decided = This nomination is decided already. Load the page again.
problem-decision-number-missing = Enter the number of the decision, 100 characters at most.
problem-agency-slug-taken = Another agency has the address “{ $slug }”. Enter another one.

### Administration of accounts: asking, issuing, roles, locking, the periodic review; forgotten passwords.

in-nav-accounts = Accounts

## Forgotten password

forgotten-title = Forgotten password
forgotten-lead = Enter the account's user name or e-mail. We send a link that sets a new password to the account's mailbox.
forgotten-name = User name or e-mail
forgotten-go = Send the link
forgotten-asked = If there is such an account, a link was sent to its mailbox. It works once, within 30 minutes. If no mail comes, look into the junk folder and try again after 15 minutes.
forgotten-no-mail = This portal is not set up to send mail. Ask the administrator for a new password.
forgotten-back = Back to signing in
reset-title = Set a new password
reset-ends-sessions = All open sessions of the account will be signed out.
reset-go = Set the password
reset-over = This link no longer works: it was used, it is too old, or it was not copied whole.
reset-again = Ask for a new link
reset-done = The new password is set. Please sign in.
mail-reset-subject = Set a new password – { $portal }
mail-reset-body = Somebody asked to set a new password for the account { $name }. If it was you, open the link below within 30 minutes; it works once. If it was not, pass over this mail: the password has not changed.
mail-reset-open = Set the password
mail-invitation-subject = Your account – { $portal }
mail-invitation-body = The account { $name } was made for you. Open the link below within 24 hours to set a password; it works once.
mail-reset-done-subject = Your password was set – { $portal }
mail-reset-done-body = The password of the account { $name } was just set by a mailed link, and all open sessions were signed out. If it was not you, tell the administrator at once.
mail-reset-done-open = Sign in
problem-reset-too-many = This machine has asked for links too often. Try again in { $minutes } minutes.
problem-link-over = This link no longer works. Ask for a new one.

## The list, and an account's page

accounts-title = Accounts
accounts-lead = Who has an account, which role they hold, at which agency, from which day to which.
accounts-search = Name, user name or e-mail
accounts-every-state = Every state
accounts-count = { $count ->
    [one] { $count } account
   *[other] { $count } accounts
}
accounts-none = There are no accounts yet.
accounts-none-filtered = No account matches. Take some filters off.
account-person = Name
account-role = Role
account-no-role = No role
account-never = Never signed in
account-state-active = Active
account-state-locked = Locked
account-state-closed = Closed
account-new = New account
account-new-direct = The account is made at once.
account-new-ask = The agency asks; the coordinating department decides and issues the account.
account-mail-hint = The person's own official e-mail.
account-user-name-hint = Plain lower-case letters, digits, dots, hyphens. Left empty, it is made of the name.
account-reason = Reason
account-reason-hint = What the person needs the account for.
account-delivery = First way in
account-delivery-show = Show a first password, once, to be handed over
account-delivery-mail = Mail a link that sets the password
account-issue-go = Issue the account
account-ask-go = Send the request
account-asked-done = The request is sent. You are told when it is decided.
account-refused-done = The request is refused. Whoever asked is told.
account-own = This is your own account. Others change its roles and state.
account-state-change = Lock or close
account-state-lead = A locked account can be unlocked. A closed one is closed for good: sessions and API keys end, the records stay.
account-lock = Lock the account
account-unlock = Unlock the account
account-close = Close the account
account-lock-done = The account is locked and all its sessions are signed out.
account-unlock-done = The account is unlocked.
account-close-done = The account is closed.
account-history = History
account-history-all = See everything in the audit log
role-from = From
role-to = To
role-to-hint = Leave it empty when no end is known.
role-no-end = open
role-today = Today
role-counts = In force
role-counts-not = Not in force
role-deputy-for = In place of { $name } during their leave
role-change = Change roles
role-give = Give a role
role-end = End a role
role-last-day = Last day
role-deputy = In place of somebody on leave (user name)
role-deputy-hint = Only for a deputy during leave; there must be an end then.
role-given-done = The role is given.
role-ended-done = The role's last day is set.
issued-title = The account is issued
issued-secret = First password
issued-secret-lead = Copy it and hand it over now: this page does not show it again. The person must change it at the first sign-in.
issued-mailed = A link that sets the password is on its way to { $mail }; it works for 24 hours.
issued-open = Open the account's page

## Requests

requests-waiting = { $count ->
    [one] { $count } request waits for a decision
   *[other] { $count } requests wait for a decision
}
request-title = Request for an account
request-asked = Asked
request-asked-by = Asked by
request-decided-by = Decided by
request-why-refused = Reason of the refusal
request-approve = Approve
request-refuse = Refuse
request-refuse-hint = Whoever asked reads it.
request-state-asked = Waits for a decision
request-state-approved = Issued
request-state-refused = Refused

## The periodic review

reviews-title = Review of accounts
reviews-lead = Each agency's focal point says of each account whether it is kept, changed or closed. What is not answered is locked.
reviews-period = { $count ->
    [one] Opens by itself every month.
   *[other] Opens by itself every { $count } months.
}
reviews-none = There was no review yet.
campaign-title = Review
campaign-opened = Opened
campaign-due = Locked on
campaign-ended = Ended
campaign-is-open = Open
campaign-open = Open a review
campaign-open-lead = Every account that is not closed comes onto the list; each agency's focal point is told.
campaign-opened-done = The review is open. The focal points are told.
campaign-lead-open = Answer before the day on which accounts are locked. On that day the answers are carried out, and what is not answered is locked.
campaign-lead-ended = What became of each account.
campaign-counts = Summary
campaign-none = None of the accounts belongs to your agency.
campaign-no-agency = The coordinating department answers
campaign-answer = Answer
campaign-answer-for = Answer for { $name }
campaign-ending = Role that ends (when changed)
campaign-own = Somebody else answers for your account
campaign-save = Save the answers
campaign-keep-rest = Save, and keep all the rest
campaign-answered-done = { $count ->
    [one] { $count } answer is saved.
   *[other] { $count } answers are saved.
}
campaign-verdict-none = No answer yet
campaign-verdict-keep = Keep
campaign-verdict-change = Change: a role ends
campaign-verdict-close = Close
campaign-standing-waiting = No answer yet
campaign-standing-keep = To be kept
campaign-standing-change = To be changed
campaign-standing-close = To be closed
campaign-standing-kept = Kept
campaign-standing-changed = Changed
campaign-standing-closed = Closed
campaign-standing-locked = Locked
campaign-standing-spared = Spared

## Notices

notice-account-asked-title = Request for an account for { $name }
notice-account-asked-body = { $person } asks for an account for { $name } at { $agency }. Look at it and decide.
notice-account-issued-title = The account for { $name } is issued
notice-account-issued-body = The user name is { $user }.
notice-account-refused-title = The request for an account for { $name } was refused
notice-account-refused-body = Reason: { $reason }
notice-role-given-title = You are given a role
notice-role-given-body = { $role }, { $agency }.
notice-role-ended-title = One of your roles ends
notice-role-ended-body = { $role }, { $agency }.
notice-account-review-opened-title = A review of accounts is open
notice-account-review-opened-body = Answer for each of your agency's accounts before { $date }. Accounts without an answer will be locked.
notice-account-review-ended-title = The review of accounts has ended
notice-account-review-ended-body = Kept { $kept }, changed { $changed }, closed { $closed }, locked { $locked }.
notice-account-review-ended-own-title = What the review of accounts came to at your agency
notice-account-review-ended-own-body = Kept { $kept }, changed { $changed }, closed { $closed }, locked { $locked }.{ $locked ->
    [0] {""}
   *[other] {" "}Accounts without an answer are locked; ask the coordinating department to unlock whoever still works there.
}

## The audit log

audit-action-account-add-role = Give a role
audit-action-account-end-role = End a role
audit-action-account-lock = Lock an account
audit-action-account-unlock = Unlock an account
audit-action-account-close = Close an account
audit-action-account-send-link = Send a link that sets the password
audit-action-account-reset-password = Set a password by a link
audit-action-account-request-ask = Ask for an account
audit-action-account-request-approve = Issue an account on request
audit-action-account-request-refuse = Refuse an account
audit-action-account-review-open = Open a review of accounts
audit-action-account-review-answer = Answer in a review of accounts
audit-action-account-review-days = Count the day of a review of accounts anew
audit-action-account-review-end = End a review of accounts

## What to mend

problem-person-name-missing = Enter the name, 150 characters at most, on one line.
problem-user-name-form = A user name has 3 to 50 plain lower-case letters, digits, dots, hyphens or low lines, and begins with a letter. Enter it again.
problem-user-name-taken = Somebody has this user name, or it is asked for already. Choose another one.
problem-email-form = Enter an e-mail address, such as lan@health.province.example.
problem-email-taken = This e-mail belongs to another account or request. Check it.
problem-role-choose = Choose a role from the list.
problem-agency-choose = Choose an agency from the list.
problem-agency-over = { $agency } is no more on that day. Choose the agency that took over.
problem-period-order = The last day must not be before the first. Change one of them.
problem-deputy-end = A deputy's role must end. Enter the last day.
problem-deputy-unknown = Nobody else with this user name holds the role at the agency during all of that time. Check it.
problem-role-held = The person holds this role at the agency in a time that overlaps. Choose another time.
problem-role-over = This role ends earlier already. There is nothing to do.
problem-account-closed = The account is closed and cannot be changed any more.
problem-account-state = The account is in that state already. Load the page again.
problem-last-operator = This is the last system administrator. Give the role to somebody else first.
problem-own-account = Nobody changes their own account. Ask somebody else who may.
problem-own-request = You asked for this yourself, so another person must decide.
problem-request-decided = This request is decided already. Load the page again.
problem-review-open = A review is open already. Wait until it ends.
problem-review-due-past = The day must be after today. Enter another one.
problem-review-over = The time to answer in this review is over.
problem-review-verdict = Choose keep, change or close.
problem-review-ending = Choose the role that ends from the list.

## Names and addresses; a second factor that was lost

person-title = About the person
person-change = Change name, user name, e-mail
person-lead = With another user name or e-mail all sessions are signed out, and links that set a password stop working. The old and the new address are both written to.
person-save = Save
person-changed-done = Saved. The person is told.
factor-remove = Take the second factor off
factor-lead = Only when the person has lost both the app and the recovery codes, and you have made sure who is asking. All sessions are signed out; where a role wants a second factor, the person sets it up anew at the next sign-in.
factor-reason-hint = Say also how you made sure who is asking.
factor-code = Your own code
factor-code-hint = The code that your app shows now, or one of your recovery codes.
factor-removed-done = The second factor is off and all sessions are signed out. The person is told.
own-name-change = Change the name that is shown
own-name-hint = It stands beside everything you did. The administrator changes e-mail and user name.
own-name-done = The name is saved.
mail-moved-subject = Your account's e-mail has changed – { $portal }
mail-moved-body = An administrator has just changed the e-mail of the account { $name }. From now on the portal writes to the new address only, and all open sessions were signed out. If you did not ask for this, tell the administrator at once.
mail-factor-subject = Your second factor was taken off – { $portal }
mail-factor-body = An administrator has just taken the second factor of the account { $name } off, and all open sessions were signed out. Sign in and set it up anew. If you did not ask for this, tell the administrator at once.
notice-account-changed-title = What your account says of you was changed
notice-account-changed-body = Name: { $name }. User name: { $user }. If that is wrong, tell the administrator.
notice-second-factor-removed-title = Your second factor was taken off
notice-second-factor-removed-body = Reason: { $reason } Set it up anew. If you did not ask for this, tell the administrator at once.
audit-action-account-rename = Another name
audit-action-account-change-entry = Another user name or e-mail
audit-action-account-remove-second-factor = Somebody else's second factor taken off
problem-second-factor-none = This account has no second factor. Load the page again.
problem-second-person-needed = Within { $days } days one person does not both change the sign-in address and take the second factor off the same account. Ask somebody else who may.

## Who looks after a dataset

contacts-title = Who looks after it
contacts-lead = Who brings this dataset up to date and answers questions about it. For use inside the agencies; never on the public portal.
contacts-none = Nobody is entered yet.
contacts-page = See and change who looks after it
contact-account = A person of the agency
contact-no-account = Somebody else, without an account
contact-from-account = Left empty, it is taken from the account chosen.
contact-duty = What they do
contact-duty-hint = For example: brings the figures up to date every month.
contact-add = Enter somebody
contact-change = Change
contact-remove = Remove
contact-saved = Saved.
contact-removed = Removed.
notice-contact-named-title = You look after the dataset “{ $title }”
notice-contact-named-body = What you do: { $duty }
audit-action-dataset-add-contact = Somebody who looks after a dataset entered
audit-action-dataset-change-contact = Somebody who looks after a dataset changed
audit-action-dataset-remove-contact = Somebody who looks after a dataset removed
problem-contact-account = Choose somebody who holds a role at the agency, or “somebody else”.
problem-contact-duty-missing = Say what the person does, in at most 200 characters.
problem-contacts-too-many = A dataset has at most { $max } such people. Remove somebody first.

## Several accounts at once; downloads

selection-pick = Choose
selection-pick-one = Choose { $name }
selection-act = With those chosen
selection-go = Continue
selection-lock = Lock
selection-unlocking = Unlock
selection-title-lock = Lock the chosen accounts
selection-title-unlocking = Unlock the chosen accounts
selection-reason-hint = One reason for all; each account has its own entry in the audit log.
selection-outcome = Outcome
selection-done = { $count ->
    [one] Done to { $count } account.
   *[other] Done to { $count } accounts.
}
selection-back = Back to the list
campaign-answered = Answered
audit-action-account-export = List of accounts downloaded
audit-action-account-review-export = Outcome of a review of accounts downloaded
problem-nothing-chosen = No account is chosen. Go back to the list and tick at least one.
problem-too-many-chosen = Choose at most { $max } accounts at a time.

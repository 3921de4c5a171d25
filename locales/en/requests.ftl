### Requests for data that are not on the portal.

in-nav-asks = Requests
home-score-asks = requests for data waiting

## The list and the page of a request on the open portal

asks-title = Requests for data
asks-lead = Data that people and businesses need and the portal does not have, and what the agencies answer.
asks-search = Search the requests
asks-count = { $count ->
    [one] 1 request
   *[other] { $count } requests
}
asks-none = No requests
asks-none-ask = Ask for data
search-try-ask = Ask for these data to be opened
ask-standing = State
ask-standing-all = All
ask-standing-open = Waiting for an answer
ask-standing-planned = A day is promised
ask-standing-published = Data published
ask-standing-refused = Cannot be published
ask-state-new = Not assigned yet
ask-state-assigned = With an agency
ask-state-planned = A day is promised
ask-state-closed = Closed
ask-outcome-published = Data published
ask-outcome-refused = Cannot be published
ask-outcome-merged = Merged with another
ask-outcome-spam = Not taken up
ask-order-needed = Most needed first
ask-order-oldest = Oldest first
ask-order-newest = Newest first
ask-order-changed = Last answered first
ask-needed = { $count ->
    [one] 1 person needs this
   *[other] { $count } people need this
}
ask-supporters = People who need it
ask-agency = Agency to answer
ask-made = Sent
ask-due = Answer due
ask-promised = Promised by
ask-late = late
ask-about = About this request
ask-number = Request { $number }
ask-found-in = The data are in
ask-same-as = Merged with
ask-too-title = Do you need these data too?
ask-too-lead = Each press counts as one person. The portal keeps the number, not who pressed.
ask-too = I need this too
ask-said-counted = Counted: one more person needs these data.
ask-said-already = Somebody has pressed for this request from here today, so the number stays.
ask-said-too-many = Too many have pressed today, so this time was not counted. Please press again tomorrow.
ask-event-new = Request sent
ask-event-shown = Shown on the portal
ask-event-assigned = Given to an agency
ask-event-planned = A day was promised
ask-event-published = Answered: data published
ask-event-refused = Answered: cannot be published
ask-event-merged = Merged with another request
ask-event-spam = Not taken up

## Asking and following

ask-title = Ask for data
ask-lead = No account is needed. An answer is due within { $days ->
    [one] 1 working day
   *[other] { $days } working days
}; a receipt number lets you follow the request.
ask-like = Perhaps you are looking for
ask-confirm = Before you send it: is it one of these?
ask-like-datasets = Datasets on the portal
ask-like-requests = Requests already sent
ask-wanted = Data needed
ask-wanted-hint = One line. For example: “Places and opening hours of the collection points for bulky waste”.
ask-purpose = What for
ask-purpose-hint = A few sentences, so that the agency understands what you need. Please leave out identity numbers, telephone numbers and anybody's private affairs.
ask-agency-of = Agency that may hold them (optional)
ask-agency-unknown = I do not know
ask-send = Send the request
ask-send-anyway = None of these: send the request
ask-privacy = The portal does not keep the sender's network address. What you write appears on the portal only after somebody in charge has read it and let it be shown; your e-mail address never does.
ask-follow-link = Sent before? Follow it with the receipt number.
ask-follow-title = Follow a request for data
ask-follow-lead = Enter the receipt number you were given when you sent the request.
ask-public = See it on the open portal
ask-not-public = Not on the open portal yet: requests are read before they are shown.

## Handling on the internal portal

asks-inside-lead = Data that users need and the portal does not have. Read the requests, show them, give them to an agency and answer in time.
asks-open = Not closed
asks-unseen = Not shown yet
asks-late = Late
asks-all = All
ask-one = Request
ask-no-agency = no agency yet
ask-is-public = on the portal
ask-is-hidden = not on the portal
ask-as-written = As the sender wrote it
ask-show = Show it on the portal
ask-show-again = Change the words on the portal
ask-show-lead = The public reads these very words; change them where they hold private matters or do not fit. What the sender wrote is kept for the handling.
ask-words-hint = Left empty, only the line with the data is shown.
ask-show-go = Show
ask-set-aside-lead = Spam, advertising, words that ask for no data: closed, and never shown.
ask-set-aside-go = Do not take it up
ask-assign = Give it to an agency
ask-assign-hint = The agency's people are notified at once.
ask-assign-go = Give
ask-choose-agency = Choose an agency
ask-answer = Answer
ask-kind = Outcome
ask-kind-published = The data are on the portal
ask-kind-planned = They will be published, by a day you name
ask-kind-refused = They cannot be published
ask-kind-merged = Another request asks for the same
ask-answer-dataset = Dataset (when published)
ask-answer-dataset-hint = Type a word of its title and choose it, or enter the address of its page on the open portal or the last part of that.
ask-answer-day = Day promised (when they will be published)
ask-answer-refusal = Reason (when they cannot be published)
ask-answer-refusal-hint = Each reason comes with its legal basis from the province's configuration.
ask-choose-refusal = Choose a reason
ask-answer-into = Number of the other request (when merged)
ask-answer-into-hint = The number at the end of its address on the open portal. The people who need it are added up.
ask-answer-hint = The sender and everybody reads these very words. A refusal must be explained.
ask-answer-go = Send the answer
ask-done-shown = The request is on the portal.
ask-done-set-aside = Closed, not taken up.
ask-done-assigned = Given to the agency, which has been notified.
ask-done-answered = Answered.

## Notices and mail

notice-ask-filed-title = A new request for data
notice-ask-filed-body = Open it to read, show and answer it.
notice-ask-assigned-title = Your agency is to answer the request “{ $title }”
notice-ask-assigned-body = Open it to see the due date and answer.
mail-ask-published-subject = The data you asked for: { $title }
mail-ask-published-body = The data are in “{ $dataset }”. { $answer }
mail-ask-planned-subject = A day is promised: { $title }
mail-ask-planned-body = The data you asked for are promised by { $day }. { $answer }
mail-ask-refused-subject = Your request for data was answered: { $title }
mail-ask-refused-body = The data cannot be published. The reason: { $reason }. { $answer }
mail-ask-merged-subject = Your request was merged: { $title }
mail-ask-merged-body = Your request asks for the same as “{ $into }” and is answered there. { $answer }

problem-ask-wanted-missing = Say in one line which data you need; a few words at least.
problem-ask-purpose-missing = Say in a few words what you want to do with the data.
problem-ask-personal = These words hold what looks like somebody's private data (identity number, telephone, account…) or a mark of secrecy. Take it out and send them again.
problem-ask-agency-unknown = There is no such agency, or it is dissolved. Choose from the list.
problem-ask-agency-first = Give the request to an agency before a day is promised.
problem-ask-dataset-unknown = No published dataset has this address. Copy the address from the dataset's page on the open portal.
problem-ask-day-wrong = Write the day like 31/12/2026: after today and within two years.
problem-ask-refusal-missing = Choose why the data cannot be published.
problem-ask-reason-missing = Explain to the sender why the data cannot be published.
problem-ask-into-unknown = No other request on the portal has this number. Look at the number at the end of its address.
problem-ask-kind-missing = Choose the outcome.
problem-ask-further = This request is closed, so nothing more can be done with it. Reload the page to see its new state.

audit-action-ask-file = Send a request for data
audit-action-ask-show = Show a request for data
audit-action-ask-set-aside = Set a request for data aside
audit-action-ask-assign = Give a request for data to an agency
audit-action-ask-answer = Answer a request for data
audit-action-ask-export = Export the requests for data
audit-field-number = Number on the public portal
audit-field-words = Purpose as shown
audit-field-outcome = Outcome
audit-field-answer = Answer
audit-field-refusal = Reason not to publish
audit-field-dataset = Dataset
audit-field-promised-on = Day promised
audit-field-merged-into = Merged with request

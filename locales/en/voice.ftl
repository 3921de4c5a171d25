### Reports of errors in the data; corrections; Atom feeds.

in-nav-reports = Reports
home-score-reports = reports waiting

## Reporting on the open portal

report-title = Report an error / suggest
report-about = About the dataset
report-lead = No account is needed. You will get a receipt number, with which you can follow the report and read the answer.
report-lead-inside = You report for { $agency }. The agency that owns the data hears of it at once; you get a notice at every step.
report-kind = Kind
report-kind-value = A value is wrong
report-kind-outdated = Out of date
report-kind-file = A file does not open
report-kind-description = The description is wrong
report-kind-other = Another suggestion
report-words-gone = The words were destroyed with the data.
report-description = What is wrong
report-description-hint = What it says, what it should say, and how you know. Please leave out private details of other people.
report-place = Where (optional)
report-place-hint = Which file, column or row. For example: “column Population, the row of Kim Sơn”.
report-evidence = Link to evidence (optional)
report-evidence-hint = The address of a page with the right figures, beginning with http:// or https://.
report-email = E-mail (optional)
report-email-hint = Only to send you the answer. The officers do not see it, and it is erased when the matter is closed.
report-trap = Please leave this field empty
report-send = Send
report-privacy = The portal does not keep the sender's network address. What you write is read by the agency that owns the data and by the coordinating department only.
report-follow-link = Sent before? Follow it with the receipt number.
follow-title = Follow a report
follow-lead = Enter the receipt number you were given when you sent the report.
follow-code = Receipt number
follow-code-hint = Twelve letters and digits, such as K7MX-Q2TD-9FHA, in capitals or not.
follow-go = Show
follow-sent = Received, thank you
follow-keep-head = Keep the receipt number
follow-keep = Whoever has it can follow the report and read the answer. A lost number cannot be found again.
follow-address = Address to follow it
follow-state = State
follow-answer = Answer
follow-way = What happened
follow-mail = The answer will also be sent to the e-mail you left.
report-state-new = New
report-state-received = Received
report-state-verified = Confirmed
report-state-not-an-error = Not an error
report-state-correcting = Being corrected
report-state-corrected = Corrected
report-state-closed = Closed
report-outcome-corrected = corrected
report-outcome-not-an-error = not an error
report-outcome-answered = answered

## Handling on the internal portal

reports-title = Reports and suggestions
reports-lead = What users say about your agency's datasets, and the reports you sent yourself.
reports-count = { $count ->
    [one] 1 report
   *[other] { $count } reports
}
reports-open-count = { $count ->
    [one] 1 report not closed
   *[other] { $count } reports not closed
}
reports-stages = Filter by state
reports-open = Not closed
reports-any-kind = Any kind
reports-none = No reports or suggestions
report-order-oldest = Oldest first
report-order-newest = Newest first
report-order-changed = Last handled first
report-of = Report
report-dataset = Open the dataset
report-by = From
report-by-public = a user of the open portal
report-made = Sent
report-changed = Last handled
report-version = Version at the time
report-outcome = Outcome
report-acts = What to do
report-take-up = Take it up
report-verify = It is an error
report-correct = Correct it
report-correct-lead = Begins a draft from the published version (or takes the draft there is) and says that it corrects this error. Mend the data and submit as usual; when it is published, the reporter is told.
report-correct-go = Begin the correction
report-in-draft = The dataset's draft corrects this error. Once the draft is published, this report is corrected.
report-answer = Answer and close
report-answer-text = Answer
report-answer-hint = The reporter reads these very words with the receipt number.
report-answer-go = Send the answer and close
report-reject-go = Not an error: send the answer and close
report-english = The sender wrote in English; better answer in English.
report-awaits-mail = The sender left an e-mail address; the portal sends the answer and then erases the address.
report-said-taken-up = Taken up.
report-said-verified = Confirmed as an error.
report-said-closed = The answer is sent and the report closed.
report-said-correcting = The draft now corrects this report. Check the correction note, then mend the data.
report-said-filed = The report is sent.

## Corrections

correction = Correction
correction-open = What this draft corrects
correction-lead = The note stands in the list of versions and in the Atom feed. After a change here, decisions made on the draft count no more.
correction-on = This version is a correction
correction-note = Correction note
correction-note-hint = What was wrong and how it was mended. For example: “The population of Kim Sơn was given as 1,250; it is 12,500”.
correction-reports = Reports that it settles
correction-reports-hint = When this version is published, the chosen ones become corrected and their reporters are told.
correction-no-reports = No report about this dataset waits for a correction.
correction-see = Read the report
correction-save = Save
correction-saved = The correction note is saved.
correction-settles = { $count ->
    [one] Settles 1 report.
   *[other] Settles { $count } reports.
}

## Atom feeds

feed-link = Follow the versions by Atom
feed-portal-link = Updates (Atom)
feed-of-dataset = Versions and corrections of the dataset, published by { $agency }.
feed-of-portal = Data last published, corrected or withdrawn.
feed-publication = { $title }, version { $number }
feed-correction = Correction: { $title }, version { $number }
feed-withdrawal = Withdrawn: { $title }
feed-first = The first version.
feed-no-note = A new version.
feed-kind-publication = Publication
feed-kind-correction = Correction
feed-kind-withdrawal = Withdrawal

## Notices and mail

notice-report-filed-title = A report about “{ $title }”
notice-report-filed-body = Open it to read, take up and answer it.
notice-report-taken-up-title = Your report about “{ $title }” was taken up
notice-report-taken-up-body = The agency that owns the data looks at your report.
notice-report-verified-title = Your report about “{ $title }” was confirmed
notice-report-verified-body = The agency that owns the data confirms the error and will correct it.
notice-report-corrected-title = “{ $title }” was corrected
notice-report-corrected-body = The version that mends the error you reported is published.
notice-report-closed-title = Your report about “{ $title }” was answered
notice-report-closed-body = Open it to read the answer of the agency that owns the data.
mail-report-greeting = Dear reader,
mail-report-open = See what happened
mail-report-corrected-subject = Corrected: { $title }
mail-report-corrected-body = The error you reported is mended in version { $number }. { $note }
mail-report-closed-subject = Answer to your report about “{ $title }”
mail-report-closed-body = { $answer }
mail-report-foot = { $portal } sent this mail automatically to the address you left with your report or request; please do not answer it. The address is erased from the portal when the matter is closed.

problem-report-kind-missing = Choose the kind of error or suggestion.
problem-report-description-missing = Write what is wrong; a sentence or two will do.
problem-report-link-form = The link must be complete and begin with http:// or https://. Leave it empty if there is none.
problem-report-email-form = This is no e-mail address, such as lan@mail.example. Leave it empty if you want no answer by mail.
problem-report-trap = This field must stay empty; what stood in it was taken out. Check the form and send it again.
problem-report-early = The page has only just opened. Check the form and send it again.
problem-report-too-many = Many messages came from this place within the hour. What you wrote is still in the fields; wait a while and send it again.
problem-report-answer-missing = Write an answer for the reporter.
problem-report-further = Somebody else has just handled this report. Look at its state and go on.
problem-report-unknown = One of the reports was handled meanwhile or belongs to another dataset. Choose again from the list.
problem-correction-note-missing = A correction needs its note: what was wrong and how it was mended.
problem-receipt-unknown = No receipt has this number. Check every letter and digit.

audit-action-report-file = Send a report
audit-action-report-take-up = Take up a report
audit-action-report-verify = Confirm an error
audit-action-report-answer = Answer and close a report
audit-action-report-correct = Put a report into a correction, or take it out
audit-action-report-corrected = A report was corrected
audit-action-report-export = Export the list of reports
audit-action-dataset-correct = Write a correction note

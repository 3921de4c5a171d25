### Review of drafts, comparison with what the public sees, withdrawal of datasets.

## What comes next, on a dataset's page

review-next = What comes next
review-draft-too = and the draft:
review-standing-draft = The draft has not been submitted. Look it over, then submit it for review.
review-standing-waits = Waiting for the step: { $step }.
review-standing-changes-asked = A reviewer asked for changes. Read the remarks on the review page, make the changes, then submit again.
review-standing-refused = The draft was refused. Read the reason on the review page; to submit again, change the content.
review-open = See the review page
review-open-to-decide = Open to decide
review-submit-reason = A word to the reviewer
review-submit-reason-hint = Say where the figures come from, how they were checked, and what deserves a closer look.
review-submit-go = Submit for review
review-recall-hint = Nobody has decided yet. You can take your submission back and go on editing.
review-recall-go = Take the submission back
review-withdraw-link = Withdraw the dataset from the open portal
review-said-submitted = Submitted for review.
review-said-recalled = Your submission was taken back. Submit again when you are done.
review-said-approved = Your approval was recorded. Somebody else decides the next step.
review-said-published = Approved and published.
review-said-changes-asked = Your request for changes was sent.
review-said-refused = The draft was refused.
review-said-withdrawn = The dataset was withdrawn. Its address now gives the reason.

## The review page

review-here = Review
review-title = Review of version { $number }: { $title }
review-title-short = Review: { $title }
review-none = There is no draft to review
review-none-help = No change of this dataset is waiting. When there is a draft, this page compares it with what the public sees.
review-to-dataset = To the dataset
review-submitted-by = Submitted by { $person } at
review-steps = Steps of the review
review-step-published = Publication
review-step-done = (done)
review-first = First publication: there is nothing to compare with, all of it is new.
review-tables-stay = No table changes with this version, only words do. Where the dataset has to be updated, its next period counts from this publication all the same.
review-submitter-note = From the submitter
review-version-note = Version note:
review-score-fields = { $count ->
    [one] field of the description differs
   *[other] fields of the description differ
}
review-score-columns = { $count ->
    [one] column differs
   *[other] columns differ
}
review-score-rows = rows added / changed / removed
review-score-rows-open = rows are being compared
review-breaking = breaking
review-description = Description
review-description-same = The description is the same as the public one.
review-unchanged-fields = { $count } other fields unchanged
review-public-side = Public now
review-draft-side = Draft
review-nothing-said = empty
review-structure = Structure
review-table-added = A new table.
review-table-removed = This table goes: whoever uses it is left with nothing.
review-table-changed = This table has new data.
review-table-same = This table stays as it is.
review-rows-old = Public now: { $count } rows.
review-rows-new = Draft: { $count } rows.
review-title-before = Title before:
review-columns-of = Columns of the table { $table } that differ
review-columns-same = { $count } columns keep name and type
review-became = What changed
review-sign = Sign
review-sign-added = added
review-sign-removed = removed
review-sign-changed = changed
review-dictionary = Data dictionary
review-note-of = { $column }: { $part }
review-note-title-en = English title
review-note-meaning = meaning
review-note-meaning-en = meaning in English
review-note-unit = unit
review-note-unit-en = unit in English
review-note-required = required
review-note-unique = unique
review-note-key = part of the key
review-note-codes = code list
review-note-minimum = smallest
review-note-maximum = largest
review-note-pattern = pattern
review-rows = Row by row
review-rows-closed = Rows of unpublished data are open to the people of the agency, the coordinating department and auditors only. You see the numbers.
review-comparing = The rows are being compared with the public ones. This takes from seconds to minutes; everything else on this page is complete.
review-reload = Load this page again
review-comparison-failed = The rows could not be compared. Everything else on this page holds, and you can decide.
review-compare-again = Compare again
review-count-added = rows added
review-count-removed = rows removed
review-count-changed = rows changed
review-count-unchanged = rows the same
review-by-content = Compared by content of whole rows: a changed row shows as one removed and one added. Choose key columns to see the cells that changed.
review-by-key = Compared by the key:
review-rows-of = See the rows of the table { $table }
review-choose-key = Choose key columns
review-key-legend = Key columns
review-key-hint = The key is what says whom or what a row is about, such as school code and school year. Choose none to compare by content.
review-compare-by-key = Compare
review-list-added = Rows added
review-list-removed = Rows removed
review-list-changed = Rows changed
review-row-added = added
review-row-removed = removed
review-row-changed = changed
review-row-new = new
review-preview = Preview of the data
review-preview-lead = The first { $shown } of { $count } rows; all are new.
review-decision = Decision
review-decision-lead = Step: { $step }. A decision is written into the log and cannot be changed. The reviewer is neither author nor submitter.
review-choose = Choose a decision
review-approve = Approve
review-approve-hint = If this is the last step and enough people have decided, the draft is published at once.
review-ask = Ask for changes
review-ask-hint = Goes back to the submitter with your remarks. What the public sees stays as it is.
review-refuse = Refuse
review-refuse-hint = Ends this submission. What the public sees stays as it is.
review-reason = Reason
review-reason-hint = Say what you looked at, or what is to be changed. Do not copy personal data.
review-remarks = Remarks on fields
review-remarks-hint = They go with a request for changes only. Empty rows are left out.
review-remark-none = Choose a field
review-remark-field = Field { $number }
review-remark-text = Remark { $number }
review-send = Send the decision
review-on-page = On this page
review-contents = Contents
review-before = Decisions so far
review-before-none = No decisions yet.
review-recalled-at = Taken back by the submitter at
review-since-changed = changed since
review-since-table-changed = the table changed, look at this column again
review-since-unchanged = not changed
review-since-gone = no longer there

review-findings = Findings of the scan
review-findings-pending = Parts of the draft were not scanned yet. It can be neither submitted nor published.
review-findings-open = { $count ->
    [one] { $count } finding is open.
   *[other] { $count } findings are open.
 } The draft cannot be published until they are settled.
review-findings-none-open = The scan is done, and no finding is open.
review-findings-link = See the findings ({ $count })

## Fields

review-field-title = Title
review-field-title-en = English title
review-field-description = Description
review-field-description-en = English description
review-field-topic = Topic
review-field-frequency = Update frequency
review-field-licence = Licence
review-field-keywords = Keywords
review-field-spatial = Area
review-field-spatial-en = Area in English
review-field-from = From
review-field-to = To
review-field-source = Source
review-field-source-en = Source in English
review-field-note = Version note
review-on-table = Table { $table }
review-on-column = Column { $column } of the table { $table }

## Withdrawal

withdrawal-here = Withdraw
withdrawal-title = Withdraw the dataset: { $title }
withdrawal-lead = A withdrawn dataset can no longer be downloaded. Its address goes on answering, with title, agency, date and reason. The name in the address is never used for another dataset.
withdrawal-reason = Reason
withdrawal-reason-hint = Everybody will read it, in Vietnamese. Say what is wrong or has changed, and what to use instead.
withdrawal-reason-en = Reason in English (optional)
withdrawal-reason-en-hint = Readers of English see this; without it they see the Vietnamese one.
withdrawal-next = Look before withdrawing
withdrawal-preview = This is what everybody will see at
withdrawal-for-good = A withdrawn dataset cannot be brought back under this address.
withdrawal-go = Withdraw the dataset
withdrawal-back = Change the reason

## Notices

notice-review-changes-asked-title = The draft “{ $title }” needs changes
notice-review-changes-asked-body = { $person } asks for changes. Open the review page for the remarks, make the changes, then submit again. Reason: { $reason }
notice-review-refused-title = The draft “{ $title }” was refused
notice-review-refused-body = { $person } refused it. Reason: { $reason }
notice-review-recalled-title = The draft “{ $title }” was taken back
notice-review-recalled-body = { $person } took the submission back to go on editing. There is nothing to decide for now.
audit-action-review-recall = Take a submission back
audit-field-remarks = Fields with remarks

## Refusals

problem-step-already-decided = { $person } approved an earlier step. Somebody else must decide this one.
problem-already-submitted = { $person } has submitted this content. Wait for the reviewer's decision.
problem-unchanged-since-return = Nothing was changed since the reviewer sent it back. Make the changes, then submit again.
problem-not-your-submission = This was submitted by { $person }. Only the submitter can take it back.
problem-recall-too-late = Somebody has approved it, so it cannot be taken back. Ask the next reviewer to send it back.
problem-draft-changed = The draft has changed since you opened the page. Look at it again below, then decide.
problem-reason-too-long = The reason is too long. Keep it within { $most } characters.
problem-remark-field-unknown = Choose the field that the remark is about.
problem-remark-text-missing = Write a remark on the field you chose, or choose none.
problem-remark-too-long = The remark is too long. Keep it within { $most } characters.
problem-remarks-too-many = Too many remarks. Send at most { $most } at a time.
problem-verdict-missing = Choose a decision: approve, ask for changes or refuse.
problem-remarks-without-changes = Remarks on fields go with a request for changes only. Choose “Ask for changes”, or delete the remarks.

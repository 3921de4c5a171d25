### Updates in time: a signed "nothing changed", more time.

## Notices

notice-extension-asked-title = More time asked for: “{ $title }”, until { $date }
notice-extension-asked-body = Reason: { $reason }
notice-extension-granted-title = “{ $title }” has time until { $date }
notice-extension-granted-body = Update it, or confirm that nothing changed, before that day is over.
notice-extension-refused-title = “{ $title }” gets no more time until { $date }
notice-extension-refused-body = The due date stays. Open the page to read why.

## The audit log

audit-action-dataset-confirm-unchanged = Confirm that nothing changed
audit-action-extension-ask = Ask for more time
audit-action-extension-decide = Decide on more time

## What to mend

problem-unchanged-checked = Write how you checked it, at least { $least } characters.
problem-unchanged-declare = Read the declaration and tick the box.
problem-unchanged-not-owed = This dataset has no due date, so there is nothing to confirm or to extend.
problem-unchanged-rules = Under the present rules only a new version counts as an update. Publish a new version, or ask for more time.
problem-unchanged-draft = The draft holds other tables than what is published, so the data did change. Submit the draft, or drop its changes.
problem-unchanged-errors = An error is known and not corrected yet, so it cannot be said that nothing needs to change. Correct it first.
problem-unchanged-seen = Another round began since you opened the page. Look again, and confirm if it still holds.
problem-extension-day = Choose a day after { $after } and not later than { $most }.
problem-extension-reason = Write why more time is needed, at least { $least } characters.
problem-extension-answer = Write an answer, at least { $least } characters.
problem-extension-asked = A request for more time waits already. Wait for the decision.
problem-extension-own = Nobody decides on what they asked for. Ask somebody else who may.
problem-extension-decided = This request is decided, or its round is over. Load the page again.

# The open-data catalogue: its issues by decision, comparisons, files (R-017).

odc-title = Open-data catalogue
odc-lead = The data that agencies of the province must publish, issued by decision.
odc-in-lead = Write the next issue, submit it and enter the decision. The issue in force alone says which datasets stand in the catalogue.
odc-public = See it on the public portal
odc-authority = Issued by
odc-decision = Decision
odc-decision-line = { $number } of { $date }
odc-decision-number = Number of the decision
odc-signed-file = Signed decision (PDF)
odc-file-hint = A PDF of at most { $most }. It is published with the catalogue. If the form shows an error, choose the file again.
odc-confirm = I have checked the signed decision against the catalogue on this page.
odc-review = Review due
odc-review-late = Late
odc-reviewed = Last reviewed, nothing to change
odc-reviews = Reviews with nothing to change
odc-reviews-none = No review has been signed yet.
odc-review-lead = Where the catalogue in force was reviewed and nothing is to change, sign that here; the next review counts from today. Where something is to change, begin a new issue.
odc-review-words = I have reviewed the open-data catalogue in force and confirm that nothing in it is to change.
odc-issues = Issues
odc-issue-head = Issue
odc-issue = Issue { $number }
odc-in-force = See the catalogue in force
odc-older = You are looking at a catalogue that was replaced ({ $issue }) and is no longer in force.
odc-none = No catalogue has been issued yet
odc-none-help = What is published can be read all the same:
odc-state-draft = Draft
odc-state-submitted = Submitted
odc-state-issued = In force
odc-state-superseded = Replaced

odc-begin = Begin a new issue
odc-begin-lead = The draft begins with the catalogue in force, if there is one; published datasets are entered with their present details. What is in quarantine or was destroyed is left out.
odc-begin-beyond = Add every published dataset that the catalogue does not list
odc-made = Begun
odc-submitted = Submitted
odc-entries =
    { $count ->
        [one] { $count } entry
       *[other] { $count } entries
    }
odc-search = Search the catalogue
odc-no-entries = No entries
odc-entry = Data
odc-edit = Change
odc-edit-title = Change an entry
odc-add = Add an entry
odc-save = Save entry
odc-intended = To be published
odc-every-agency = All agencies
odc-every-topic = All topics
odc-entry-lead = Give the address of an existing dataset. For data that is only intended, leave the address empty and fill in what is below.
odc-dataset-hint = Type a word of its title and choose it, or enter its address, such as danh-sach-truong-hoc. Title, agency, topic, frequency and terms are those of the dataset.
odc-intended-legend = Data that is only intended
odc-title-hint = What readers will see.
odc-remove = Take it out of the catalogue
odc-reason = Reason
odc-reason-hint = Needed when the catalogue in force lists this entry. It is published with the comparison.
odc-beyond = Published, not in the catalogue
odc-beyond-lead = Tick the datasets to take in.
odc-beyond-rest =
    { $count ->
        [one] { $count } more dataset; add those that are ticked to see it.
       *[other] { $count } more datasets; add those that are ticked to see the next ones.
    }
odc-beyond-add = Add to the catalogue
odc-submit = Submit the catalogue
odc-submit-lead = Once submitted, it cannot be changed unless it is taken back. Issued by: { $decider }.
odc-recall = Take the submission back
odc-recall-lead = The catalogue becomes a draft again.
odc-decide = Enter the decision
odc-decide-lead = The catalogue is in force at once, takes the place of the one before and is published with the decision. You cannot undo this.
odc-decide-go = Issue the catalogue
odc-waits-for-other = You submitted this catalogue, so another person of the coordinating department enters the decision.
odc-discard = Delete the draft
odc-discard-lead = The draft and its entries are deleted and cannot be brought back. The catalogue in force stays as it is.
odc-discard-sure = I know that a deleted draft cannot be brought back.
odc-done-begun = The draft was created.
odc-done-saved = Saved.
odc-done-removed = The entry was taken out.
odc-done-submitted = The catalogue was submitted.
odc-done-recalled = The submission was taken back.
odc-done-issued = The catalogue was issued.
odc-done-posted = The posting was recorded.
odc-done-reviewed = The review was signed. The next one counts from today.
odc-done-discarded = The draft was deleted.

odc-title-destroyed = Title destroyed by decision
odc-closed = Entries that cannot be issued
odc-closed-lead = The catalogue is submitted and issued only once these entries are taken out. If it was submitted, take it back first.
odc-closed-quarantined = In quarantine
odc-closed-purged = Destroyed

odc-posting = Posted on the national data portal
odc-posting-none = No posting is recorded yet.
odc-posting-old = This issue was replaced, so what was posted is out of date.
odc-posting-lead = Record each time the catalogue is posted. Day and address stand on the open-data portal and in the files of the catalogue. A record cannot be changed.
odc-posting-day = Posted on
odc-posting-address = Address of the posting
odc-posting-address-hint = It begins with https:// or http://.
odc-posting-note = Note
odc-posting-note-hint = For the internal portal alone; may be left empty.
odc-posting-go = Record the posting

odc-part = Part
odc-part-title = Title
odc-part-title-en = English title
odc-part-agency = Agency
odc-part-topic = Topic
odc-part-frequency = Update frequency
odc-part-sharing = Form of sharing
odc-part-licence = Terms of use
odc-part-dataset = Dataset
odc-sharing-file = Data file
odc-sharing-service = Data service

odc-compare = Compare two issues
odc-compare-lead = What was added, removed or changed between two issues.
odc-compare-old = Older issue
odc-compare-new = Newer issue
odc-compare-go = Compare
odc-compare-of = { $old } and { $new }
odc-compare-none = There are no two issues to compare yet
odc-compare-in-force = What differs from the catalogue in force
odc-compare-before = What differs from the one before ({ $issue })
odc-same =
    { $count ->
        [one] { $count } entry is the same.
       *[other] { $count } entries are the same.
    }
odc-added = Added: { $count }
odc-removed = Removed: { $count }
odc-changed = Changed: { $count }
odc-changed-title = Entries that changed
odc-change = Change
odc-change-added = Added
odc-change-removed = Removed
odc-change-changed = Changed
odc-before = Before
odc-now = After

odc-files = Download the catalogue
odc-files-lead = The catalogue in force, to be posted again on the national data portal or read by programs.
odc-listed = In the issued catalogue
odc-unlisted = Beyond the issued catalogue

notice-catalogue-submitted-title = The open-data catalogue was submitted
notice-catalogue-submitted-body = Once it is decided, somebody other than the submitter enters the decision.
notice-catalogue-issued-title = New open-data catalogue: decision { $number }
notice-catalogue-issued-body = Issued on { $date }. Open it to see which data of your agency it lists.

audit-action-catalogue-draft = Open-data catalogue drafted
audit-action-catalogue-add = Datasets added to the open-data catalogue
audit-action-catalogue-entry = Entry of the open-data catalogue saved
audit-action-catalogue-remove = Entry taken out of the open-data catalogue
audit-action-catalogue-submit = Open-data catalogue submitted
audit-action-catalogue-recall = Submitted open-data catalogue taken back
audit-action-catalogue-issue = Open-data catalogue issued
audit-action-catalogue-post = Posting of the open-data catalogue on the national portal recorded
audit-action-catalogue-export = Open-data catalogue downloaded
audit-action-catalogue-review = Open-data catalogue reviewed, nothing to change
audit-action-catalogue-discard = Draft of the open-data catalogue deleted
audit-field-entries = Entries
audit-field-title-hash = Hash of the title
audit-field-left-out = Entries left out
audit-field-posting = Posting
audit-action-dataset-catalogue = Place in the open-data catalogue changed

problem-catalogue-state = The catalogue has gone on to another step. Load the page again.
problem-catalogue-in-work = A new issue of the catalogue is being drafted already. Continue with that one.
problem-catalogue-changed-meanwhile = Somebody has just changed this catalogue. Look at what is new and go on; what you typed is still there.
problem-catalogue-empty = The catalogue has no entries yet. Add at least one, then submit it.
problem-catalogue-two-persons = You submitted this catalogue; another person must enter the decision.
problem-catalogue-review-not-owed = No catalogue is to be reviewed: none is in force, or the rules set no period for its review.
problem-catalogue-review-in-work = A new issue is being drafted or was submitted. Issue it, or delete the draft (take it back first if it was submitted); then sign that nothing is to change.
problem-catalogue-review-today = The catalogue was issued or reviewed today, so there is nothing to review yet.
problem-catalogue-review-seen = The catalogue was issued anew or reviewed since you opened the page. Look again, and sign if it still holds.
problem-catalogue-discard-sure = Tick the box to say that you know that a deleted draft cannot be brought back.
problem-catalogue-closed =
    { $count ->
        [one] The catalogue lists { $count } dataset that is in quarantine or was destroyed. Take it out; if the catalogue was submitted, take it back first.
       *[other] The catalogue lists { $count } datasets that are in quarantine or were destroyed. Take them out; if the catalogue was submitted, take it back first.
    }
problem-entry-swap = The catalogue in force has another dataset here. Take this entry out, with a reason, and add a new one.
problem-posting-early = It cannot be posted before the day of the decision.
problem-posting-address = Enter an address that begins with https:// or http://, of at most 500 characters.
problem-posting-note = Write a note on one line, of at most 500 characters.
problem-posting-too-many = This issue has all the postings that it can have.
problem-entry-none-chosen = Tick at least one dataset.
problem-entry-dataset-unknown = There is no dataset at this address.
problem-entry-listed = The catalogue lists this dataset already. Change its entry instead.
problem-entry-title-missing = Give a title of at most 300 characters.
problem-entry-sharing-missing = Choose a form of sharing.
problem-entry-reason-missing = Give a reason of at most 500 characters.
problem-decision-file-missing = Choose the PDF of the signed decision.
problem-decision-file-too-large = The file is larger than { $max } MB. Compress it, or scan it at a lower resolution.
problem-decision-file-not-pdf = The file is not a PDF. Choose the PDF of the decision.
problem-decision-unconfirmed = Confirm that you have checked the decision.

# The open-data plan of a year (R-018, R-021).

odc-in-title = Open-data catalogue and plans
plan-title = Open-data plan
plan-lead = The data to be published in the year, by which agency and by when.
plan-of-year = Open-data plan { $year }
plan-year = Year
plan-year-hint = This year or one of the next two.
plan-draft = Begin a plan
plan-none = There is no plan yet
plan-others = Plans by year
plan-authority = Approved by
plan-progress = Progress
plan-items = Items
plan-title-hidden = Title not shown for the time being
plan-files = Download the plan
plan-every-state = All states
plan-no-match = No item matches the filter.
plan-no-items = The plan has no items yet.
plan-item = Item
plan-add = Add an item
plan-propose = Propose an item
plan-propose-lead = The coordinating department looks at proposals and takes them into the plan.
plan-person = Person in charge
plan-person-hint = Name, office or position; public once the plan is approved.
plan-target = Publish by
plan-level = Least level of openness
plan-dataset-hint = If there is one: type a word of its title and choose it, or enter its address.
plan-request = Request for data
plan-request-hint = The number of a request on the portal, if there is one.
plan-take-up = Take into the plan
plan-demand = What people want
plan-demand-lead = Data that many need comes first. Follow a name to write an item from it.
plan-wanted = Asked for most
plan-used = Downloaded most within twelve months
plan-missed = Searched in vain within twelve months
plan-missed-lead = Words without tone marks: write the title out when you add one. They stay inside, since they could name persons.
plan-missed-all = All words searched in vain
plan-missed-count =
    { $count ->
        [one] { $count } search
       *[other] { $count } searches
    }
plan-comments = What agencies say
plan-comment = Comment
plan-comment-for = On behalf of
plan-words = Your comment
plan-comment-go = Send comment
plan-consult = Ask the agencies
plan-consult-lead = Agencies are told; they propose items and comment until the plan is submitted.
plan-submit = Submit the plan
plan-submit-lead = Once submitted, it cannot be changed unless it is sent back. Approved by: { $decider }.
plan-give-back = Record as sent back
plan-give-back-hint = The plan is then written again, and submitted anew.
plan-returned = Why it was sent back
plan-approve = Enter the decision
plan-approve-lead = The plan is published with the decision at once. You cannot undo this.
plan-approve-go = Approve the plan
plan-confirm = I have checked the signed decision against the plan on this page.
plan-file-hint = A PDF of at most { $most }. It is published with the plan. If the form shows an error, choose the file again.
plan-waits-for-other = You submitted this plan, so another person of the coordinating department enters the decision.
plan-begin = Begin to carry it out
plan-begin-lead = Agencies with items in the plan are told. Where nobody begins it, it begins by itself in the first night of its year, or in the next night if the year has begun.
plan-settle = Published
plan-settle-hint = The published dataset: type a word of its title and choose it, or enter its address. One first published since the plan was submitted counts from the day of its publication; where the item names it already, that is noted by itself during the night.
plan-settle-go = Note as published
plan-drop = Drop an item
plan-drop-open = Say why an item will not be done
plan-close = Close the plan
plan-close-lead = A closed plan cannot be opened again. What is not done stays undone, and its due dates no longer count.
plan-close-sure = I know that a closed plan cannot be opened again.
plan-late =
    { $days ->
        [0] Just overdue
        [one] Late by { $days } working day
       *[other] Late by { $days } working days
    }
plan-count-done = { $count } published
plan-count-open = { $count } not published yet
plan-count-late = { $count } late
plan-count-dropped = { $count } dropped
plan-count-undone = { $count } not done
plan-state-draft = Draft
plan-state-consulted = With the agencies
plan-state-submitted = Submitted
plan-state-returned = Sent back
plan-state-approved = Approved
plan-state-executing = Being carried out
plan-state-closed = Closed
plan-item-state-proposed = Proposed
plan-item-state-open = Not published yet
plan-item-state-late = Late
plan-item-state-done = Published
plan-item-state-dropped = Dropped
plan-item-state-undone = Not done
plan-done-begun = The plan was created.
plan-done-consulted = The agencies were told.
plan-done-commented = Your comment was sent.
plan-done-settled = The item is noted as published.
plan-done-submitted = The plan was submitted.
plan-done-returned = It is recorded that the plan was sent back.
plan-done-approved = The plan was approved.
plan-done-executing = The plan is being carried out.
plan-done-closed = The plan was closed.

notice-plan-consulted-title = Comment on the open-data plan { $year }
notice-plan-consulted-body = Open it to propose items and comment.
notice-plan-commented-title = A comment on the open-data plan { $year }
notice-plan-commented-body = Open it to read it.
notice-plan-submitted-title = The open-data plan { $year } was submitted
notice-plan-submitted-body = Once there is a decision, somebody other than the submitter enters it. If the plan is sent back, enter the reason.
notice-plan-given-back-title = The open-data plan { $year } was sent back
notice-plan-given-back-body = Open it to read why, change it and submit it again.
notice-plan-approved-title = The open-data plan { $year } was approved
notice-plan-approved-body = Decision { $number } of { $date }. It begins by itself in the first night of its year, or in the next night if the year has begun; open it to begin sooner.
notice-plan-begun-title = The open-data plan { $year } is being carried out
notice-plan-begun-body = Your agency has data to publish by it. Open it to see by when.

audit-action-plan-draft = Open-data plan begun
audit-action-plan-consult = Agencies asked about an open-data plan
audit-action-plan-item = Item of an open-data plan saved
audit-action-plan-take-up = Proposal taken into an open-data plan
audit-action-plan-drop = Item of an open-data plan dropped
audit-action-plan-settle = Item of an open-data plan published
audit-action-plan-comment = Comment on an open-data plan
audit-action-plan-submit = Open-data plan submitted
audit-action-plan-return = Open-data plan sent back
audit-action-plan-approve = Open-data plan approved
audit-action-plan-begin = Open-data plan carried out from now on
audit-action-plan-export = Items of an open-data plan downloaded
audit-action-plan-close = Open-data plan closed

problem-plan-state = The plan or the item has gone on to another step. Load the page again.
problem-plan-changed-meanwhile = Somebody has just changed this plan. Look at what is new and go on; what you typed is still there.
problem-plan-year-wrong = Enter this year or one of the next two.
problem-plan-sure = Tick that you know that a closed plan cannot be opened again.
problem-plan-there = There is a plan for that year already. Open it and continue there.
problem-plan-person-long = Write at most 150 characters on one line.
problem-plan-dataset-foreign = An agency can mark an item as published with its own datasets only. For another agency’s dataset, ask the coordinating department.
problem-plan-day-elsewhere = The day must lie within { $year }.
problem-plan-level-missing = Choose a level.
problem-plan-comments-full = This plan has { $max } comments and takes no more. Write to the coordinating department.
problem-plan-words-missing = Write a reason or a comment of at most 2,000 characters.
problem-plan-proposals-open = There are proposals that nobody has looked at. Take them in or drop them, with a reason.
problem-plan-empty = The plan has no items yet. Add at least one, then submit it.
problem-plan-two-persons = You submitted this plan; another person must enter the decision.

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
odc-file-hint = A PDF of at most { $most }. It is published with the catalogue. Choose it again when the form tells of a mistake.
odc-confirm = I have held the signed decision against the catalogue on this page.
odc-review = Review due
odc-review-late = Overdue
odc-issues = Issues
odc-issue-head = Issue
odc-issue = Issue { $number }
odc-in-force = See the catalogue in force
odc-older = You are looking at { $issue }, which is no longer in force.
odc-none = No catalogue has been issued yet
odc-none-help = What is published can be read all the same:
odc-state-draft = Draft
odc-state-submitted = Submitted
odc-state-issued = In force
odc-state-superseded = Superseded

odc-begin = Begin a new issue
odc-begin-lead = The draft begins with the catalogue in force, if there is one; published datasets say what they say today.
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
odc-every-agency = Every agency
odc-every-topic = Every topic
odc-entry-lead = Give the address of a dataset that is there. For data that is only intended, leave the address empty and fill in what is below.
odc-dataset-hint = Such as danh-sach-truong-hoc. Title, agency, topic, frequency and terms are those of the dataset.
odc-intended-legend = Data that is only intended
odc-title-hint = What readers will see.
odc-remove = Take it out of the catalogue
odc-reason = Reason
odc-reason-hint = Needed when the catalogue in force lists this entry. It is published with the comparison.
odc-beyond = Published, not in the catalogue
odc-beyond-lead = Tick the datasets to take in.
odc-beyond-add = Add to the catalogue
odc-submit = Submit the catalogue
odc-submit-lead = Once submitted, it cannot be changed unless it is taken back. Issued by: { $decider }.
odc-recall = Take the submission back
odc-recall-lead = The catalogue becomes a draft again.
odc-decide = Enter the decision
odc-decide-lead = The catalogue is in force at once, takes the place of the one before and is published with the decision. There is no way back.
odc-decide-go = Issue the catalogue
odc-waits-for-other = You submitted this catalogue, so another person of the coordinating department enters the decision.
odc-done-begun = The draft is there.
odc-done-saved = Saved.
odc-done-removed = The entry was taken out.
odc-done-submitted = The catalogue was submitted.
odc-done-recalled = The submission was taken back.
odc-done-issued = The catalogue was issued.

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
odc-same =
    { $count ->
        [one] { $count } entry is the same.
       *[other] { $count } entries are the same.
    }
odc-added = Added: { $count }
odc-removed = Removed: { $count }
odc-changed = Changed: { $count }
odc-changed-title = Entries that changed
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
audit-action-dataset-catalogue = Place in the open-data catalogue changed

problem-catalogue-state = The catalogue has gone on to another step. Load the page again.
problem-catalogue-in-work = There is an issue in work. Go on with it.
problem-catalogue-changed-meanwhile = Somebody has just changed this catalogue. Look at what is new and go on; what you typed is still there.
problem-catalogue-empty = The catalogue has no entries yet.
problem-catalogue-two-persons = You submitted this catalogue; another person must enter the decision.
problem-entry-none-chosen = Tick at least one dataset.
problem-entry-dataset-unknown = There is no dataset at this address.
problem-entry-listed = The catalogue lists this dataset already.
problem-entry-title-missing = Give a title of at most 300 characters.
problem-entry-sharing-missing = Choose a form of sharing.
problem-entry-reason-missing = Give a reason of at most 500 characters.
problem-decision-file-missing = Choose the PDF of the signed decision.
problem-decision-file-too-large = The file is larger than { $max } MB.
problem-decision-file-not-pdf = The file is no PDF.
problem-decision-unconfirmed = Confirm that you have checked the decision.

### The scan for personal data and marks of state secrets before publication.

findings-title = Scan results
findings-lead = The portal reads every cell and every description for personal data and marks of state secrets. What it finds is always masked. Deal with each finding before you submit.
findings-link = Scan results
findings-pending = { $count ->
    [one] { $count } table waits to be read. Reload this page in a few minutes.
   *[other] { $count } tables wait to be read. Reload this page in a few minutes.
}
findings-blocking = { $count ->
    [one] { $count } finding must be dealt with before you can submit.
   *[other] { $count } findings must be dealt with before you can submit.
}
findings-clear = No finding stands in the way of submission any more.
findings-none = Nothing was found that needs attention
findings-read = Read at
finding-count = { $count ->
    [one] { $count } cell
   *[other] { $count } cells
}
finding-in-words = In the descriptions
finding-weight = Weight
finding-samples = Masked samples
finding-rows = First rows
finding-why = Why it matters
finding-do = What to do
finding-decide = What to do with it
finding-basis = Legal basis
finding-basis-none = Choose a document
finding-reason = Reason
finding-reason-hint = Needed when data stay as they are or a secret is confirmed. Write no personal data here.
finding-save = Save the decision
finding-judged = The decision was saved.

## Kinds

finding-kind-citizen = Personal identification number
finding-kind-old-citizen = Former identity card number
finding-kind-tax = Tax code
finding-kind-social-insurance = Social insurance number
finding-kind-health-insurance = Health insurance card
finding-kind-phone = Telephone number
finding-kind-email = E-mail address
finding-kind-passport = Passport number
finding-kind-plate = Number plate
finding-kind-bank-account = Bank account number
finding-kind-bank-card = Bank card number
finding-kind-person = Name with birth date or home
finding-kind-small-group = Small group that may point at one person
finding-kind-secret = Mark of a state secret

finding-severity-block = Must be dealt with before submission
finding-severity-look = For information, does not stop submission

finding-state-open = To be decided
finding-state-to-treat = Waits for the treated table
finding-state-cleared = May stay
finding-state-confirmed = Confirmed secret
finding-state-shown = For information

finding-verdict-remove = Remove this column
finding-verdict-mask = Mask the values, keeping a few characters at either end
finding-verdict-generalise = Make coarser: dates to years, numbers to bands, addresses to commune and province
finding-verdict-aggregate = Remove the rows of small groups
finding-verdict-legal-basis = Keep: there is a legal basis
finding-verdict-false-alarm = Keep: it is a false alarm
finding-verdict-confirmed = It is a state secret: quarantine the dataset

finding-why-citizen = This number points at exactly one person and opens many of their records.
finding-why-old-citizen = This number points at exactly one person and stands in many older records.
finding-why-tax = The tax code of a person or household is personal data; an enterprise's is public.
finding-why-social-insurance = This number points at exactly one person and leads to their insurance record.
finding-why-health-insurance = This card points at exactly one person and leads to their medical record.
finding-why-phone = A mobile number is usually one person's; an office's may be public.
finding-why-email = A private mailbox is personal data; an office's may be public.
finding-why-passport = A passport number points at exactly one person.
finding-why-plate = A plate leads to the vehicle's owner.
finding-why-bank-account = An account number leads to its holder and is easily abused.
finding-why-bank-card = A card number may be used to take money.
finding-why-person = A name together with a birth date or a home tells who it is.
finding-why-small-group = Where very few rows are alike in these columns, an acquaintance may tell who it is.
finding-why-secret = Papers stamped secret, top secret or of the utmost secrecy must not come to the portal.

finding-do-citizen = Remove the column, or mask the values if rows must be told apart.
finding-do-old-citizen = Remove the column, or mask the values if rows must be told apart.
finding-do-tax = Keep the codes of enterprises; remove or mask those of persons and households.
finding-do-social-insurance = Remove the column, or mask the values if rows must be told apart.
finding-do-health-insurance = Remove the column, or mask the values if rows must be told apart.
finding-do-phone = Remove the column, or give the office's number in its place.
finding-do-email = Remove the column, or give the office's mailbox in its place.
finding-do-passport = Remove the column, or mask the values if rows must be told apart.
finding-do-plate = Remove the column, or mask the values if rows must be told apart.
finding-do-bank-account = Remove this column.
finding-do-bank-card = Remove this column.
finding-do-person = Remove the names or mask them; make birth dates years.
finding-do-small-group = Remove the rows of small groups, or choose fewer columns and publish totals.
finding-do-secret = Stop sharing and tell the head of the agency. Only the provincial police or the coordinating department may rule it out.

## Treated tables

treatment-title = Make the treated table
treatment-lead = { $count ->
    [one] { $count } finding waits for treatment. The portal makes a new table as you chose and reads it again; the original stays as it is and is not public.
   *[other] { $count } findings wait for treatment. The portal makes a new table as you chose and reads it again; the original stays as it is and is not public.
}
treatment-go = Make the treated table
treatment-begun = The portal is making the treated table. Reload this page in a few minutes.
table-treated = Treated

quasi-title = Columns that may point at one person together
quasi-lead = For example commune, age, sex, occupation. The portal counts groups of too few rows that are alike in these columns.
quasi-columns = The table's columns:
quasi-titles = Column titles, one a line
quasi-save = Save the columns
quasi-declared = Saved. The portal is reading the table again.

quarantine-title = The dataset is in quarantine
quarantine-lead = Only the owner's people, the coordinating department and the provincial police still see this dataset. In quarantine since
quarantine-reason = Reason for lifting the quarantine
quarantine-lift = Lift the quarantine
quarantine-lifted = The quarantine was lifted.

## Notices

notice-scan-findings-title = Dataset “{ $title }” has findings to deal with
notice-scan-findings-body = { $count ->
    [one] The scan found { $count } place that may be personal data. Open the scan results and decide.
   *[other] The scan found { $count } places that may be personal data. Open the scan results and decide.
}
notice-scan-secret-title = Dataset “{ $title }” bears a mark of a state secret
notice-scan-secret-body = { $count ->
    [one] The scan found { $count } place to be looked at at once. Share the file with nobody; open the scan results.
   *[other] The scan found { $count } places to be looked at at once. Share the file with nobody; open the scan results.
}

## The log

audit-action-scan-find = Scan with findings
audit-action-scan-judge = Decision about a finding
audit-action-scan-treat = Request for a treated table
audit-action-scan-declare = Declaration of identifying columns
audit-action-scan-quarantine = Quarantine of a dataset
audit-action-scan-lift-quarantine = End of a quarantine

## Refusals

problem-scan-pending = { $count ->
    [one] { $count } part of the draft is not scanned yet. Wait a few minutes and submit again.
   *[other] { $count } parts of the draft are not scanned yet. Wait a few minutes and submit again.
}
problem-findings-open = { $count ->
    [one] { $count } finding is not dealt with. Open the dataset's scan results, deal with it and submit again.
   *[other] { $count } findings are not dealt with. Open the dataset's scan results, deal with them and submit again.
}
problem-finding-closed = This finding belongs to no draft any more. Open the newest scan results.
problem-finding-verdict-missing = Choose what to do with it.
problem-reason-personal = The reason holds what looks like personal data. Write it without people's numbers or names.
problem-basis-missing = Choose the document that is the legal basis.
problem-nothing-to-treat = No finding is to be removed, masked or made coarser yet. Decide first.
problem-treatment-empties = With all columns removed nothing is left of “{ $name }”. Keep one column at least, or take the table out of the draft.
problem-quasi-unknown = The table has no column “{ $name }”. Write the titles exactly, one a line.
problem-secret-not-yours = Only the provincial police or the coordinating department may decide that. Please tell them.
problem-quarantined = The dataset is in quarantine because of a state secret. Ask the coordinating department.
problem-not-quarantined = This dataset is not in quarantine. Reload the page to see how it stands.

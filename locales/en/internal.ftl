### The internal portal.

in-nav-datasets = Datasets
in-nav-audit = Audit log
in-nav-more = Administration
in-nav-account = Account
in-foot-profile = Rules: { $profile }
in-foot-audit = Everything done here is logged
in-foot-public = The open data portal
sign-out = Sign out

## Signing in

sign-in-title = Sign in
sign-in-lead = For officials who have an account. Reading and downloading open data needs none.
sign-in-name = User name
sign-in-password = Password
sign-in-go = Sign in
sign-in-demo = This is an illustration. The accounts and passwords were printed on the command line at the first start.
sign-in-help = No account yet: ask your agency's focal point.

## List

in-datasets-title = Datasets
in-datasets-states = Filter by state
in-datasets-all = All
in-datasets-search = Title of the dataset
in-datasets-none = No dataset yet
in-datasets-none-help = Create the first dataset, then upload a file.
in-datasets-none-filtered = No dataset matches
in-datasets-none-filtered-help = Take a filter off, or type less.
in-dataset = Dataset
in-agency = Agency
in-agency-all = All agencies
in-state = State
in-freshness = Timeliness
in-rows = Rows
in-changed = Last change
in-not-published = not published
in-version-published = published
in-version-draft = draft
in-version-withdrawn = withdrawn
in-error-datasets = Go to the list of datasets
in-error-404-advice = The address may have changed or been mistyped, or what stands there is not for your account to see. Start again from one of the lists.

## Dataset

in-see-public = See it on the open portal
in-withdrawn = Withdrawn from the open portal
in-no-versions = No version yet.
in-made = Made
in-published = Published
in-decisions = Decisions on version { $number }
in-no-decisions = No decision yet. A version is published only after one person submitted it and another approved it.
in-report = Import report
in-read = read
in-rows-taken = rows taken
in-rows-aside = rows set aside
in-original-hash = Original file, SHA-256
in-declared = Declared to hold no state secret by { $name }
in-columns = Columns understood: { $count }
in-column = Column
in-kind = Kind
in-why = Why
in-examples = Examples
in-changes = Changed while reading
in-aside-title = { $count ->
    [one] { $count } row set aside
   *[other] { $count } rows set aside
}
in-aside-lead = These rows are not in the table. Correct them in the original file and import it again, or publish without them.
in-aside-file = Download the rows set aside ({ $format })
in-aside-files = In the XLSX file the cells at fault are coloured, and the column “Fault” says why. Copy the mended cells back into the original file.
aside-row = Row in the file
aside-why = Fault
aside-fault = { $column }: { $why }
aside-name = { $file }, rows set aside
in-line = Line
in-advice = What to do

## Audit log

audit-title = Audit log
audit-lead = Who did what, when and to what. Every entry carries the hash of the one before, so none can be altered or removed unnoticed.
audit-chain-whole = Chain whole
audit-chain-broken = Chain broken
audit-actor = Who
audit-action = Action
audit-all-actions = All actions
audit-object = Object
audit-from = From
audit-to = To
audit-count = { $count ->
    [one] { $count } entry
   *[other] { $count } entries
}
audit-none = The log has no entry yet.
audit-none-filtered = No entry matches. Take a filter off or widen the dates.
audit-seq = No.
audit-at = When
audit-what = What
audit-outcome = Outcome
audit-changes = { $count ->
    [one] { $count } detail
   *[other] { $count } details
}
audit-hash = Hash of the entry
audit-unset = (not set)

## Account

account-name = Name
account-mail = E-mail
account-roles = Roles
account-last = Previous sign-in
account-sessions = Open sessions
account-sessions-lead = If you see a session that is not yours, tell the administrator at once.
account-began = Began
account-seen = Last used
account-client = Address
account-this = This session
account-actions = Account settings
account-language = Language
account-language-of-pages = Language of the pages
account-sign-out = On a shared computer, sign out when you are done.

# The rules in force: periods, authorities, their legal basis, and the dates to remember.

regulations-title = Rules in force
regulations-lead = The portal follows the rules below. Each has its legal basis; a value marked “{ basis-unverified }” could not be compared with the text itself. Whoever runs the portal changes them, in the province's profile.
regulations-contents = On this page
regulations-rule = Rule
regulations-value = Value
regulations-basis = Legal basis
regulations-note = Note
regulations-own = A choice of the portal.

regulations-dates = Dates to remember
regulations-dates-lead = Counted by the rules and the province's working calendar. The first day does not count; a due date on a day off moves to the next working day.
regulations-what = What
regulations-from = Counted from
regulations-day = Date

regulations-documents = Legal documents
regulations-documents-lead = The documents that the profile cites, and whether each is in force.
regulations-document = Document
regulations-issuer = Issued by
regulations-signed = Signed on
regulations-standing = Standing
regulations-since = In force from
regulations-until = No longer in force from
regulations-successor = See:

# ---- the public page

documents-title = Documents and legal basis
documents-lead = The documents that this portal rests on, whether each is in force, what the portal does under each of them, and the province’s decisions about open data.
documents-rules-count = { $count ->
    [one] { $count } rule under this document
   *[other] { $count } rules under this document
}
documents-decisions = The province's decisions about open data
documents-decisions-lead = The decisions that issued the open-data catalogue and approved the yearly open-data plans, with the signed documents.
documents-decisions-none = No decision has been published yet.
documents-about = About
documents-issue = Open-data catalogue, issue { $number }
documents-rules = Rules by document
documents-rules-lead = The periods, authorities and ways of working that the portal follows, by the document they rest on. A value marked “{ basis-unverified }” could not be compared with the text itself.

# ---- dates to remember

regulation-date-update = A dataset of the open-data catalogue published today is updated by
regulation-date-reminders = Focal points are reminded of that update
regulation-date-head = The agency's head is told, if it is still missing
regulation-date-coordinator = The coordinating department is told, if it is missing even then
regulation-date-coordinator-list = The coordinating department and the heads of agencies get their next weekly list
regulation-date-return = Agencies hand in their returns of this quarter
regulation-date-close = This quarter is closed and its release made
regulation-date-opendata-review = The open-data catalogue, reviewed today, is reviewed again
regulation-date-catalogue-review = The catalogue of databases, reviewed today, is reviewed again
regulation-date-default-review = The default-sharing list, reviewed today, is reviewed again
regulation-date-account-review = Agencies answer a review of accounts that opens by itself today
regulation-date-account-review-next = The next review of accounts opens by itself
regulation-date-request = A request to connect, received today, is answered
regulation-date-data-request = A reader's request for data, received today, is answered
regulation-date-posting = A service ready today is posted
regulation-date-suspension = Earliest suspension for maintenance, if announced today
regulation-date-breach = A suspension for a breach today is notified
regulation-date-problem = The provider answers a problem received today
regulation-date-problem-next = The coordinating department answers, if it is passed on
regulation-date-quality = This year's report on checks of data

# ---- groups

regulation-group-opendata = Open data
regulation-group-publication = Review, publication and destruction
regulation-group-duty = Reminders and the quarter
regulation-group-catalogue = Catalogue of databases
regulation-group-operation = Operation
regulation-group-sharing = Connecting and sharing
regulation-group-problem = Problems, errors and readers' requests
regulation-group-quality = Checks of data and analyses
regulation-group-reports = Periodic reports
regulation-group-people = Focal points and accounts
regulation-group-sessions = Sessions and passwords
regulation-group-offices = Offices
regulation-group-purposes = Purposes of using data
regulation-group-names = Names

# ---- rules

regulation-opendata-update-months = A dataset of the open-data catalogue is updated
regulation-opendata-frequency-duty = A declared update frequency binds
regulation-opendata-no-change-confirms = Confirming “no change” counts as an update
regulation-duty-no-change-check = What a confirmation of no change declares
regulation-duty-extension-most-days = An extension gives at most
regulation-opendata-soon-days = Counts as due soon when what is left is at most
regulation-opendata-review-months = Review of the open-data catalogue
regulation-decision-opendata-catalogue = Issues the open-data catalogue
regulation-decision-opendata-plan = Approves the open-data plan
regulation-opendata-beyond-catalogue = Open data outside the catalogue is accepted

regulation-duty-reminder-days = The agency's focal points are reminded
regulation-duty-head-after-days = The agency's head is told
regulation-duty-coordinator-after-days = The coordinating department is told
regulation-duty-coordinator-weekday = Weekly list of what is late or near, for the coordinating department and the heads of agencies
regulation-agency-list-return-months = Agencies hand in their lists of data
regulation-duty-return-days = Quarterly returns are due, after the quarter
regulation-duty-close-days = The quarter is closed and its release made, after its end

regulation-catalogue-review-months = Review of the catalogue of databases
regulation-decision-catalogue = Issues the catalogue of databases
regulation-catalogue-entry-fields = Each entry shows
regulation-catalogue-add-fields = A proposal to add holds
regulation-catalogue-edit-fields = A proposal to change holds
regulation-catalogue-withdraw-fields = A proposal to withdraw holds
regulation-class = Class of databases

regulation-request-answer-working-days = A request to connect is answered within
regulation-request-refusal-cites-law = A refusal names the law it rests on
regulation-request-outside-remit = Using data outside one's remit takes the consent of
regulation-request-outside-province = Sharing outside the province takes the consent of
regulation-registry-public-view = What the public sees of the service registry
regulation-registry-posting-working-days = A service that is ready is posted within
regulation-sharing-routes = Routes of connections
regulation-sharing-default-review-months = Review of the default-sharing list
regulation-sharing-suspension-notice-working-days = Notice before a suspension for maintenance, at least
regulation-sharing-breach-notice-days = A suspension for a breach is notified within
regulation-network-internal-only = The internal portal answers inside the province's network only
regulation-network-always-on = Runs around the clock
regulation-logs-sharing-months = The log of sharing is kept
regulation-logs-change-months = The log of changes is kept
regulation-logs-administration-months = The log of administration is kept

regulation-problem-first-receiver = Problems go to
regulation-problem-technical-receiver = Technical problems go to
regulation-problem-internal-receiver = Problems within one agency go to
regulation-problem-provider-working-days = First step: the provider answers within
regulation-problem-coordinator-working-days = Second step: the coordinating department answers within
regulation-error-report-first-receiver = Reports of errors in data go to
regulation-error-report-copies = Reports of errors are copied to
regulation-data-request-answer-working-days = A reader's request for data is answered within

regulation-quality-check-months = Checks of data
regulation-quality-report-due = Report on checks is due
regulation-decision-quality-plan = Approves the plan of checks
regulation-analysis-lead = Leads analyses of data

regulation-focal-kinds = Each agency names
regulation-focal-needs-approval = The list of focal points needs approval
regulation-decision-focal-points = Approves the list of focal points
regulation-focal-public = Contacts of focal points are public
regulation-accounts-review-months = Review of accounts
regulation-accounts-review-answer-days = A review of accounts is answered within

regulation-opendata-soon-share = Longest warning, as a share of the update period
regulation-opendata-plan-levels = Levels of openness
regulation-review-min-persons = Persons who decide on publication, at least
regulation-step = Step on the way to publication
regulation-upload-declaration = What whoever sends a file declares
regulation-scan-small-group = A group counts as too small
regulation-scan-withdrawn-reason = Public reason given when data is temporarily withdrawn because a secret was found
regulation-purge-ask = Asks that data be destroyed
regulation-purge-confirm = Confirms the destruction (another person)
regulation-agency-list-sign-roles = Signs the agency's quarterly return
regulation-calendar-warn-from = Reminders to enter next year’s days off begin on
regulation-refusal = Reason for refusing data
regulation-accounts-session-idle-minutes = Signed out when idle for
regulation-accounts-session-absolute-hours = A session lasts at most
regulation-accounts-sessions-max = Sessions of one person, at most
regulation-accounts-second-factor-roles = Roles that need a second factor
regulation-accounts-password-min-length = Shortest password
regulation-accounts-password-max-length = Longest password
regulation-accounts-password-level3 = The password rules of security level 3 hold
regulation-accounts-password-level3-character-kinds = Level 3: kinds of characters in a password
regulation-accounts-password-level3-max-age-days = Level 3: a password is changed after
regulation-accounts-password-level3-history = Level 3: former passwords that may not come again
regulation-accounts-password-level3-lock-after = Level 3: locked after so many wrong attempts
regulation-accounts-password-level3-lock-minutes = Level 3: locked for

regulation-office-coordinator = Coordinates data
regulation-office-warehouse = Manages the shared data warehouse
regulation-office-lgsp = Manages the province's integration platform
regulation-office-finance = Finance
regulation-office-investment = Planning and investment
regulation-office-police = Police
regulation-police-role = What the provincial police do
regulation-purpose = Purpose

regulation-called-catalogue = The catalogue of databases
regulation-called-code-lists = Code lists
regulation-called-registry = Where sharing services are managed
regulation-called-warehouse = The data warehouse
regulation-called-other = Other words of the portal
regulation-called-note = As the portal calls it; the rule set has no other name for it.

# ---- values

regulation-yes = Yes
regulation-no = No
regulation-none = Not laid down
regulation-on-demand = When something changes or on proposal
regulation-on-request = On request
regulation-for-good = For good
regulation-months = { $count ->
    [one] { $count } month
   *[other] { $count } months
}
regulation-every-months = { $count ->
    [one] Every month
   *[other] Every { $count } months
}
regulation-from-publication = { $count ->
    [one] Within { $count } month from each publication
   *[other] Within { $count } months from each publication
}
regulation-count = { $count }
regulation-share = 1/{ $count } of the period
regulation-persons = { $count ->
    [one] { $count } person
   *[other] { $count } persons
}
regulation-rows = { $count ->
    [one] Fewer than { $count } row alike
   *[other] Fewer than { $count } rows alike
}
regulation-minutes = { $count ->
    [one] { $count } minute
   *[other] { $count } minutes
}
regulation-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
}
regulation-characters = { $count ->
    [one] { $count } character
   *[other] { $count } characters
}
regulation-working-days = { $count ->
    [one] { $count } working day
   *[other] { $count } working days
}
regulation-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
regulation-days-before = { $count ->
    [one] { $count } working day before the due date
   *[other] { $count } working days before the due date
}
regulation-days-on = on the due date
regulation-days-after = { $count ->
    [one] { $count } working day after the due date
   *[other] { $count } working days after the due date
}
regulation-every-year = { $day } { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
  } of every year
regulation-weekday-0 = Not laid down
regulation-weekday-1 = Monday
regulation-weekday-2 = Tuesday
regulation-weekday-3 = Wednesday
regulation-weekday-4 = Thursday
regulation-weekday-5 = Friday
regulation-weekday-6 = Saturday
regulation-weekday-7 = Sunday

regulation-decider-ppc = The provincial People's Committee
regulation-decider-chair = The Chair of the provincial People's Committee
regulation-remit-none = Nobody but the provider
regulation-remit-ppc = The provincial People's Committee
regulation-outside-none = Nobody but the provider
regulation-outside-coordinator-and-owner-else-chair = The coordinating department and the owner; where they do not agree, the Chair decides
regulation-view-off = Nothing
regulation-view-summary = Names, providers and purposes of services
regulation-view-open-services = Services of open and public data
regulation-route-ndop = National data sharing and coordination platform
regulation-route-lgsp = The province's integration platform (LGSP)
regulation-route-ngsp = National integration platform (NGSP)
regulation-receiver-provider = The provider of the data
regulation-receiver-warehouse = The manager of the data warehouse
regulation-receiver-lgsp = The manager of the LGSP
regulation-receiver-coordinator = The coordinating department
regulation-lead-coordinator = The coordinating department
regulation-lead-owner = The owner of the database
regulation-police-none = Not laid down
regulation-police-advisory = They advise
regulation-police-reviewer = They see and judge findings
regulation-person-agency = agencies
regulation-person-coordinator = the coordinating department
regulation-person-warehouse = the manager of the data warehouse
regulation-person-ppc = the provincial People's Committee
regulation-person-authority = the competent authority
regulation-report = by { $author }, to { $addressee }
regulation-via = through { $via }
regulation-template = form: { $template }
regulation-report-due = Due: { $report }
regulation-report-last-day = The last day of the period
regulation-report-days-after = { $count ->
    [one] { $count } working day after the period
   *[other] { $count } working days after the period
}

regulation-field-name = name
regulation-field-purpose-scope-content = purpose, scope and content
regulation-field-mechanism-source = how it is collected and updated, and its source
regulation-field-items-by-form-and-user = items by form of sharing and class of user
regulation-field-objectives = objectives
regulation-field-scope-master-data = scope and master data
regulation-field-users-purposes = users and purposes
regulation-field-sources = sources
regulation-field-sharing-methods = methods of sharing
regulation-field-reasons = reasons
regulation-field-data = shared information and data
regulation-field-supplier = who supplies and updates it
regulation-field-update-form = how it is updated
regulation-field-update-frequency = how often it is updated
regulation-field-allowed-units = who may use it

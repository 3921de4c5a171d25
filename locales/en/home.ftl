### The home of the internal portal: what waits, what is late, what changed.

in-nav-home = My work
home-in-title = My work
home-scores = Work in numbers
home-score-alerts = alerts to handle
home-score-late = late
home-score-soon = due soon
home-score-duties = other things due
home-score-extensions = requests for more time
home-score-decide = for you to decide
home-score-returned = sent back for changes
home-score-drafts = drafts not submitted
home-score-unread = unread notices
home-clear = Nothing is waiting for you
home-late = Late
home-soon = Due soon
home-decide = For you to decide
home-returned = Sent back for changes
home-drafts = Drafts not submitted
home-elsewhere = Waiting for others
home-go-decide = Review
home-go-mend = Revise the draft
home-go-draft = Open the draft
home-see = View
home-rest = { $count ->
    [one] { $count } more is in the list of datasets.
   *[other] { $count } more are in the list of datasets.
}
home-rest-due = { $count ->
    [one] { $count } more dataset: see the list of due dates.
   *[other] { $count } more datasets: see the list of due dates.
}
home-changed = Recent changes
home-changed-none = No dataset of your agency has been published or withdrawn yet.
home-was-published = Published
home-withdrawn = Withdrawn
home-all-datasets = All datasets
home-province = Agencies of the province

### Notices in the portal's inbox, and mail.

in-nav-notices = Notices
notices-title = Notices
notices-lead = What happened to your data and your account. Unread ones come first.
notices-settings = Choose how mail comes
notices-count = { $count ->
    [one] 1 notice
   *[other] { $count } notices
}
notices-unread-count = { $count } unread
notices-unread = Unread
notices-none = No notices yet
notices-read-one = Mark as read
notices-read-all = Mark all as read
notices-all-read = All notices are marked as read.
notices-frequency-at-once = A mail at once
notices-frequency-daily = One mail a day
notices-frequency-none = No mail, only on the portal
notices-read-chosen = Mark those chosen as read
notices-none-chosen = No notice is chosen.
account-notices = Mail about notices
account-notices-when = When there is a new notice
account-notices-saved = How mail comes is saved.
audit-action-notify-choose = Choose how mail comes
audit-action-job-put-back = Put a failed job back
audit-action-job-cancel = Cancel a job

## What each notice says

notice-review-submitted-title = “{ $title }” waits for approval
notice-review-submitted-body = { $person } has submitted the draft. Open the dataset, look at it and decide.
notice-review-approved-title = One more approval for the draft “{ $title }”
notice-review-approved-body = { $person } has approved. Others still have to approve before it is published.
notice-dataset-published-title = “{ $title }” is published
notice-dataset-published-body = { $person } has approved. The new version is on the open data portal.
notice-dataset-withdrawn-title = “{ $title }” was withdrawn
notice-dataset-withdrawn-body = { $person } has withdrawn the dataset from the open data portal. Reason: { $reason }
notice-other-title = Something new on the portal
notice-other-body = Open the internal data portal to see it.

## Mail

mail-greeting = Dear { $name },
mail-open = Open on the portal
mail-digest-subject = { $count ->
    [one] 1 new notice on the internal data portal
   *[other] { $count } new notices on the internal data portal
}
mail-digest-lead = { $count ->
    [one] Since the last mail there is 1 notice that you have not read.
   *[other] Since the last mail there are { $count } notices that you have not read.
}
mail-digest-more = { $count ->
    [one] { $count } more is on the portal.
   *[other] { $count } more are on the portal.
}
mail-foot = { $portal } sent this mail automatically; please do not answer it. Change how mail comes on your account page:

problem-mail-unknown = The mail server knows no such address. Check the receiver's mail address.
problem-mail-refused = The mail server refuses this address or this letter. Check the receiver's mail address.
problem-job-lost = Another machine has this job by now, or it was cancelled. There is nothing to do.
problem-job-unknown = There is no job “{ $id }”. Run “khomo jobs list” to see the ids.
problem-setting-mail-plain = The mail server { $host } is not on this machine, so it must be spoken to encrypted. Change KHOMO_MAIL to smtps:// or smtp+starttls://.
problem-setting-mail-from = Mail has no sender. Set KHOMO_MAIL_FROM, such as Portal <data@province.example>.
problem-setting-mail-ca = The certificates in { $path } cannot be read. Set KHOMO_MAIL_CA to a readable PEM file.

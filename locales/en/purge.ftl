### Destroying data that must not exist any more: one person asks, another confirms.

purge-here = Destroy data
purge-link = Destroy data
purge-title = Destroy data: { $title }
purge-lead = Only for data that must not exist any more, such as leaked personal data or a state secret. The portal deletes every copy it has; what stays are hashes, dates, the reason and the names of the two who decided.
purge-earlier = Earlier requests
purge-only-look = You may see what was destroyed, but not ask for it.
purge-scope = What to destroy
purge-scope-table = Table { $title } of { $version }, in every version that holds it
purge-scope-version = All tables of { $version }
purge-scope-left = A table no longer in use: { $file }, read { $at }
purge-scope-dataset = The whole dataset
purge-draft = the draft
purge-scope-name-table = One table
purge-scope-name-version = One version
purge-scope-name-dataset = The whole dataset
purge-state-asked = Another person must confirm
purge-state-refused = Not destroyed
purge-state-confirmed = Being destroyed
purge-state-done = Destroyed
purge-look = See what would be destroyed
purge-takes = What would be destroyed
purge-takes-objects = Files of the store
purge-objects = { $count ->
    [one] { $count } file
   *[other] { $count } files
}
purge-takes-tables = Tables, with those treated from them and other readings of the same file
purge-takes-draft = The draft loses them too.
purge-takes-addresses = Public addresses that will say so
purge-takes-files = With the files to download under them.
purge-takes-reports = What readers reported
purge-reports = { $count ->
    [one] { $count } report loses its words: they may repeat what is destroyed.
   *[other] { $count } reports lose their words: they may repeat what is destroyed.
}
purge-becomes = Afterwards
purge-becomes-stays = The version now published stays as it is.
purge-becomes-back = Readers see version { $number } again.
purge-becomes-withdrawn = No version remains: the dataset is withdrawn.
purge-elsewhere = These datasets hold the same original file. Each must be destroyed by itself.
purge-for-good = What is destroyed cannot be brought back.
purge-reason = Reason
purge-reason-hint = Everybody will read it at the old address. Do not repeat what is destroyed.
purge-reason-en = Reason in English (optional)
purge-reason-en-hint = Without it, readers of English see the Vietnamese one.
purge-basis = Legal basis
purge-ask = Ask to destroy
purge-waits = Nothing is destroyed yet. Another person must confirm.
purge-was-refused = This request was refused or taken back. Nothing was destroyed.
purge-goes = The content has left the portal. The files of the store are being deleted; look again in a few minutes.
purge-is-done = All is destroyed.
purge-asked-by = Asked by
purge-decided-by = Decided by
purge-done-at = Done
purge-type = Type the name in the dataset's address
purge-type-hint = To be sure, type it by hand: { $slug }
purge-confirm = Confirm and destroy
purge-refuse = Do not destroy
purge-check = Check after destroying
purge-nothing-left = No file is left in the store.
purge-left = { $count ->
    [one] { $count } file waits to be deleted.
   *[other] { $count } files wait to be deleted.
}
purge-beyond = The portal cannot call back what others downloaded or what proxies still keep. Unfinished files of work under way at the confirmation are swept within a day.
purge-tombstones = Versions that are tombstones now
purge-hashes = SHA-256 of the original files destroyed
purge-backups = Backups that may still hold a copy
purge-backups-lead = Those taken between the reading of the first table and the end. Whoever runs the portal destroys each and says so here. The whole list:
purge-no-backups = No backup of this time is registered. Ask whoever runs the portal before you take it that there is none.
purge-said-asked = Asked. Another person must confirm.
purge-said-confirmed = Confirmed. The content has left the portal.
purge-said-refused = Noted: nothing is destroyed.

gone-purged-title = Destroyed: { $title }
gone-purged-head = This version was destroyed on
gone-purged-version = { $title }, version { $number }

backups-title = Backups
backups-lead = Backups of the portal that are kept elsewhere, snapshots of the store included. With this list people know which may still hold data that were destroyed.
backups-none = No backup is registered
backup-register = Register one
backup-place = Where it is
backup-place-hint = For example: tape 12, cabinet B, provincial data centre.
backup-taken = Taken on
backup-until = Kept until
backup-until-optional = Kept until (leave empty if nothing ends it)
backup-no-end = No end
backup-by = Registered by
backup-destroyed = Destroyed by
backup-not-yet = Not yet
backup-go = Say that it was destroyed
backup-save = Register
backup-said-registered = The backup is registered.
backup-said-destroyed = Noted that the backup was destroyed.

## Notices

notice-purge-asked-title = Somebody asks to destroy data: { $slug }
notice-purge-asked-body = { $person } asks that data be destroyed. Another person must look, and confirm or refuse.
notice-purge-confirmed-title = Data are destroyed: { $slug }
notice-purge-confirmed-body = { $person } confirmed. The content has left the portal; please destroy copies on your agency's machines too.
notice-purge-refused-title = Data are not destroyed: { $slug }
notice-purge-refused-body = { $person } refused the request.

## What cannot be done

problem-purge-not-yours = This account may not destroy data.
problem-purge-own = { $person } asked for it and cannot confirm it. Another person must.
problem-purge-scope = Choose what to destroy. What is gone already cannot be chosen again.
problem-purge-asked = A request to destroy something of this dataset waits for confirmation.
problem-purge-decided = Somebody has decided about this request.
problem-purge-changed = What would be destroyed has changed since you opened the page. Look again, then confirm.
problem-purge-slug = Type { $slug } to confirm.
problem-backup-place = Enter where the backup is, in at most { $most } characters.
problem-backup-later = A backup cannot be taken in the future.
problem-backup-destroyed = This backup is noted as destroyed already.
problem-table-purged = This table was destroyed. The portal no longer has its content.
problem-version-purged = This version was destroyed. The portal no longer has its content.

## Audit log

audit-action-purge-ask = Request to destroy data
audit-action-purge-confirm = Confirmation to destroy data
audit-action-purge-refuse = Refusal to destroy data
audit-action-purge-done = Data destroyed
audit-action-backup-register = Backup registered
audit-action-backup-destroy = Backup destroyed
state-purged = Destroyed

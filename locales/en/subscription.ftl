### Letters to readers when data change.

## Asking for them

subscribe-link = Get mail when it changes
subscribe-title = Get mail when data change
subscribe-all = All datasets of the portal
subscribe-what = You will hear of:
subscribe-lead = When there is a new version, a correction or a withdrawal, the portal writes to you, once a day at most about each thing you follow. No account is needed, and you can stop at any time.
subscribe-email = E-mail
subscribe-email-hint = The portal sends a letter here that asks you to confirm. Until you do, nothing else is sent.
subscribe-send = Send the confirmation
subscribe-privacy = The address is kept encrypted, is used for these letters alone, and is deleted as soon as you stop them.
subscribe-feed = Or follow it by Atom, without an e-mail
subscribe-off = The portal does not send mail. You can follow it by Atom.
subscribe-sent = Look into your inbox
subscribe-sent-head = One step is left: confirm in the letter
subscribe-sent-text = If the address takes mail, a letter from the portal arrives within minutes. Open its link and press “Confirm” within 3 days.
subscribe-sent-none = No letter? Look among the spam, check the address, or try again in 15 minutes. The portal sends three such letters at most.
subscribe-back = Back
problem-subscribe-email-missing = Enter an e-mail address.
problem-subscribe-email-form = This is not an e-mail address; one looks like lan@mail.vn.

## The page that a letter leads to

subscription-title = Mail when data change
subscription-ask = Confirm the letters
subscription-ask-lead = Press “Confirm” to begin. If it was not you who asked, press “It was not me”: your address is deleted at once.
subscription-what = What you hear of
subscription-since = Since
subscription-confirm = Confirm
subscription-refuse = It was not me
subscription-confirmed = Confirmed
subscription-confirmed-text = From now on you get a letter in the morning whenever something changed.
subscription-end = Stop the letters
subscription-end-note = When you stop them, your address is deleted from the portal.
subscription-ended = Stopped
subscription-ended-text = You get these letters no more. Your address was deleted from the portal.
subscription-empty = This page opens by the link in a letter that the portal sent you.
subscription-unknown = This link is not valid any more
subscription-unknown-text = You may have stopped the letters, the dataset may be withdrawn, or the letter that asked is older than 3 days. You are welcome to ask for them again.

## Letters

mail-subscription-ask-subject = Confirm that you want to hear of: { $what }
mail-subscription-ask-body = This address was entered on the portal to get mail when data change: { $what }. If it was you, open the link and press “Confirm” within 3 days. If not, ignore this letter: the address will be deleted and nothing else is sent.
mail-subscription-again-subject = You already hear of: { $what }
mail-subscription-again-body = This address was entered on the portal once more. You confirmed it before and still get mail when data change; there is nothing to do.
mail-subscription-news-subject = { $what }: { $count ->
    [one] { $count } change
   *[other] { $count } changes
}
mail-subscription-news-lead = What is new since the last letter: { $what }.
mail-subscription-more = { $count ->
    [one] { $count } more change is on the portal.
   *[other] { $count } more changes are on the portal.
}
mail-subscription-open = Open the page of these letters
mail-subscription-end = See or stop these letters
mail-subscription-foot = { $portal } sent this letter automatically to an address that was entered there; please do not answer. When you stop the letters the address is deleted:
mail-item-open = Open it on the portal
mail-item-first = New: { $title }
mail-item-first-plain = The dataset is published for the first time.
mail-item-publication = { $title }: version { $number }
mail-item-publication-plain = There is a new version.
mail-item-correction = Correction: { $title }, version { $number }
mail-item-correction-plain = This version mends an error of the one before.
mail-item-withdrawal = Withdrawn: { $title }
mail-item-withdrawal-plain = The dataset is published no more.

## The log

audit-action-subscription-ask = Asked for letters on the open portal
audit-action-subscription-confirm = Confirmed letters
audit-action-subscription-end = Stopped letters
audit-action-subscription-bounce = Dropped an address that takes no mail

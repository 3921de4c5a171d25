### Pages that the coordinating department writes: guides, news, terms, about.

## The public portal

guides-title = Guides
guides-description = How to use { $portal }: find, download, cite and program with its data.
guides-lead = How to find, download, cite and program with the data of this portal.
news-title = News
news-description = News and announcements of { $portal }.
news-lead = News and announcements of the portal.
news-feed-link = Atom feed
news-none = No news yet
article-published = Published
article-revised = Updated
article-gone-title = Withdrawn: { $title }
article-gone-head = This page was withdrawn on
feed-of-news = News – { $portal }
feed-kind-news = News
home-news-all = All news
home-developers-guide = The page for developers
foot-access = Accessibility
cite-guide = How to cite data
about-access-link = Accessibility statement

## The internal portal: the list

in-nav-pages = Pages and news
pages-title = Pages and news of the public portal
pages-lead = Guides, news and the standing pages. Drafts are seen only here; everything published is kept as a numbered revision.
pages-new = Write a new page
pages-name = Title
pages-address = Address
pages-position = Place
pages-changed = Last changed
pages-no-english = No English text yet
pages-built-in = Text that came with the program
pages-no-news = No news yet. What you write will be listed here.
pages-fixed = Standing pages
page-state-draft = Draft
page-state-published = Published
page-state-withdrawn = Withdrawn

## The internal portal: writing

page-kind = Kind of page
page-kind-guide = Guide
page-kind-news = News
page-title-vi = Title in Vietnamese
page-body-vi = Text in Vietnamese
page-body-hint = Written as Markdown: ## before a heading, - before the items of a list, **bold**, [words](address). HTML is shown as text. { "{portal-url}" } becomes the address of the portal.
page-title-en = Title in English
page-english-hint = Optional. A title wants a text as well; without both, readers of English see the Vietnamese page.
page-body-en = Text in English
page-slug = Last part of the address
page-slug-hint = Lower-case letters without tone marks, digits and hyphens, such as bao-tri-thang-9. Made from the title when left empty. It cannot be changed later.
page-save = Save and preview
page-see-public = See it on the public portal
page-is-built-in = This text came with the program. The first change keeps it as revision 1.
page-unpublished = Some of what stands below is not published.
page-preview-link = Preview and publish
page-place = Place among the guides
page-place-hint = Lower numbers come first. The guides that came with the program have 10, 20, 30 and 40.
page-place-go = Set the place
page-revisions = Publications
page-no-revisions = This page was never published.
page-revision = Revision
page-revision-number = Revision { $number }
page-by = Published by
page-at = At
page-withdraw = Withdraw the page
page-withdraw-open = Take this page off the public portal
page-withdraw-lead = Its address will say that the page was withdrawn, with the day and the reason. It can be published again.
page-withdraw-go = Withdraw the page

## The internal portal: preview, revisions

page-preview = Preview
page-publish = Publish
page-publish-nothing = This text is published.
page-back = Back to writing
page-restore = Take this text up again
page-restore-nothing = What is being written is the same as this revision.
page-restore-replaces = Some of what is being written is not published. Taking this revision up replaces it.
page-no-english-text = Readers of English see the Vietnamese text, with a notice.
page-said-saved = Saved. Look at it below, then publish.
page-said-placed = The place was set.
page-said-withdrawn = The page was taken off the public portal.
page-said-published = Published. The public portal shows it at once.
page-said-restored = The old text was taken up. Look at it below, then publish.

## Problems

problem-page-changed-meanwhile = Somebody else has just changed this page. Look at its new state and go on; what you typed is kept.
problem-page-nothing-new = This text is published already; there is nothing new.
problem-page-not-published = This page is not published, so it cannot be withdrawn.
problem-page-needed = The portal leads its readers to this page, so it cannot be withdrawn. You can change its text.
problem-page-slug-taken = The address “{ $slug }” belongs to another page. Choose another one.
problem-page-slug = The address may have lower-case letters without tone marks, digits and hyphens, at most 80 characters, and may not be “new”.
problem-page-kind = Choose the kind of page.
problem-page-position = Enter a number from 1 to { $most }.
problem-page-title = Enter a title of at most { $most } characters on one line.
problem-page-text = Enter a text of at most { $most } characters.
problem-page-english-half = The English version needs both a title and a text.

## The audit log

audit-action-page-create = Page begun
audit-action-page-save = Text of a page saved
audit-action-page-publish = Page published
audit-action-page-withdraw = Page withdrawn
audit-action-page-place = Place of a page set
audit-action-page-restore = Old text of a page taken up
audit-field-revision = Revision

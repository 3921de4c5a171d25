### Finding: what is offered while typing, related datasets, feeds, short links.

## While typing

offers-label = Search suggestions
offers-count = { $count ->
    [0] No suggestions.
    [one] { $count } suggestion. Choose it with the arrow keys, open it with Enter.
   *[other] { $count } suggestions. Choose with the up and down arrow keys, open with Enter.
}
offers-words = Keywords
offers-datasets = Datasets
offers-topics = Topics
offers-agencies = Agencies
opensearch-name = Open data

## The search page

search-meant = Did you mean:
search-guides = Guides and news

## Related datasets

related-title = Related datasets
related-column = Can be joined by the column “{ $column }”
related-words = Also about “{ $words }”
related-topic = Same topic
related-agency = Same agency

## Short links

short-label = Short link, always to the latest version
short-version-label = Short link to version { $number }

## A notice to embed in other pages

embed-title = Embed a notice in another page
embed-lead = A small picture of the title, the day of the last update and whether the data is on time, always as it stands; no script, and nobody is followed.
embed-view = See the picture
embed-label = HTML to copy
embed-alt = Whether “{ $title }” is up to date on { $portal }
embed-updated = updated { $date }
embed-since = since { $date }
embed-says = { $state }, { $when }. { $agency }. { $portal }.

## Atom feeds

feed-narrowed = { $name } – { $portal }
feed-of-agency = Data that { $agency } has published, corrected or withdrawn.
feed-of-topic = Data on the topic { $topic } that was published, corrected or withdrawn.
feed-of-search = New versions of the datasets that this search finds.
feed-agency-link = Follow this agency with Atom
feed-topic-link = Follow this topic with Atom
feed-search-link = Follow this search with Atom

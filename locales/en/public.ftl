### The public portal.

nav-datasets = Datasets
nav-topics = Topics
nav-agencies = Agencies
nav-about = About
nav-terms = Terms of use
foot-find = Find data
foot-all = All datasets
foot-use = Using the data
foot-privacy = This site sets no cookies and does not track its readers.

## Home

home-title = The province's store of data, open to everybody
home-description = { $portal }: find, read and download data of the province's agencies, without an account.
home-lead = { $datasets ->
    [0] The first datasets are on their way. Reading and downloading them needs no account and costs nothing.
    [one] Find, read and download { $datasets } dataset. No account, no charge.
   *[other] Find, read and download { $datasets } datasets from { $agencies ->
        [one] { $agencies } agency
       *[other] { $agencies } agencies
    }. No account, no charge.
}
home-tries = Tone marks are not needed:
home-grains = Every grain is a dataset
home-grains-all = All agencies
home-grains-lead = A full grain is updated on time, a half one is due soon, an empty husk is late.
home-recent = Recently updated
home-recent-all = Sorted by update
home-recent-none = Nothing has been published yet.
home-used = Most used
home-used-all = Sorted by downloads
home-used-none = No download has been counted yet.
home-developers = For developers
home-developers-lead = Every table has a Parquet and a CSV file at an address that stays. Query the files directly: no key, no registration.
home-sample-comment = DuckDB, paste and run
home-sample-from = The table is from the dataset
home-promise = Why you can trust it
home-promise-checked = Before publication a second person checks every dataset and signs for it.
home-promise-versions = Old versions are never changed or removed: what you cite today can be checked in ten years.
home-promise-free = Free to use, for business too; just name the source.
home-updated = Last publication:

## Search

search-label = Search the store
search-go = Search
search-title-all = All datasets
search-title = Search for “{ $query }”
search-description = The datasets of { $portal }: filter by topic, agency, format and timeliness.
search-count = { $count ->
    [one] { $count } dataset about “{ $query }”
   *[other] { $count } datasets about “{ $query }”
}
search-also = Also searched for:
search-exact = Search for exactly “{ $query }”
search-in-columns = Found in the names of tables and columns:
search-relaxed = No dataset has all the words. Here are those that have some of them.
search-without-index = The search index is being rebuilt. For now the results come from the catalogue: titles and descriptions only, not ranked.
search-none = No dataset matches “{ $query }” yet
search-none-filtered = No dataset matches the filters in use
search-nothing-yet = The portal has not published any dataset yet. Please come back later.
search-try-without = Without the filter
search-try-without-count = { $count ->
    [one] there is { $count } dataset.
   *[other] there are { $count } datasets.
}
search-try-similar = Try words close to it:
search-try-topic = Browse by topic:
search-try-words = Use fewer or more common words. Vietnamese works with or without tone marks.
search-try-all = See all datasets
facet-topic = Topic
facet-agency = Agency
facet-format = Format
facet-frequency = Frequency
facet-timeliness = Timeliness
sort-relevance = Best match
sort-updated = Recently updated
sort-used = Most used
sort-title = Title A–Z

## Dataset

dataset-parts = Parts of the dataset
dataset-tables = Tables of the dataset
dataset-version = Version
dataset-published = Published
dataset-size = Size
dataset-size-value = { $rows } rows × { $columns } columns
dataset-coverage = Coverage
dataset-frequency = Updated
dataset-use = Use
dataset-keywords = Keywords
dataset-contact = Contact
dataset-usage = Usage
dataset-no-table = This dataset has no table yet.
dataset-older = You are looking at version { $version }. The latest is version { $latest }.
dataset-older-link = See the latest version
tab-data = Data
tab-structure = Structure
tab-versions = Versions
preview-title = The table
preview-caption = Rows { $first } to { $last } of { $total }. Column names are links that sort.
preview-rows = Rows { $first }–{ $last } of { $total }.
preview-hint = Follow a column name to sort. The small pictures under the column names show the whole column.
preview-empty = The table has no rows.
preview-unsort = Back to the original order
structure-title = { $count ->
    [one] { $count } column
   *[other] { $count } columns
}
structure-lead = What each column means and holds, over all { $rows } rows.
structure-schema = Table Schema (JSON)
structure-no-meaning = The agency has not described this column.
structure-unit = Unit
structure-empty = Empty cells
structure-none-empty = none
structure-distinct = Different values
structure-approximate = (approximate)
structure-min = Least
structure-max = Greatest
structure-shortest = Shortest
structure-longest = Longest
structure-top = Most frequent
structure-value = Value
structure-share = Share
structure-rows = Rows
versions-title = { $count ->
    [one] { $count } version
   *[other] { $count } versions
}
versions-lead = A published version is never changed. The files of every version keep their addresses for good; the SHA-256 lets you check that the file you hold is that version.
version-number = Version { $number }
version-short = version { $number }
version-first = first version
version-latest = Latest
version-shown = Shown
version-rows-same = as many as before
version-rows-more = { $count } more than before
version-rows-fewer = { $count } fewer than before
files-title = Download
files-hash = SHA-256 of the table
download-file = Download { $format }, { $size }
download-others = { $count ->
    [one] { $count } other format
   *[other] { $count } other formats
}
cite-title = Cite
cite-version = version { $number }
cite-hash = SHA-256 of the version
cite-advice = The address always opens exactly this version, also after a newer one appears.
query-title = Query with DuckDB
query-lead = The Parquet file's address stays, and always gives the latest version.
changes-title = Recent changes
changes-all = { $count ->
    [one] { $count } version
   *[other] All { $count } versions
}
more-title = More about it
note-csv = for Excel and everything else
note-parquet = for analysis, small and fast
note-original = the agency's original file

## Agencies, topics

agencies-title = Agencies that publish data
agencies-description = The agencies that publish data on { $portal } and how up to date each is.
agencies-none = No agency has published data yet.
agency-description = { $count ->
    [one] { $count } dataset published by { $agency }.
   *[other] { $count } datasets published by { $agency }.
}
agency-none = This agency has not published any dataset yet.
agency-search = Search this agency's data
agency-facts = About the agency
agency-freshness = Timeliness
agency-about = About
agency-telephone = Telephone
agency-mail = E-mail
agency-website = Website
agency-successor = This agency no longer exists. Its work was taken over by
agency-predecessors = Took over from
topics-description = The data of { $portal } by topic.
topic-description = { $count ->
    [one] { $count } dataset about { $topic }.
   *[other] { $count } datasets about { $topic }.
}
topic-none-yet = No dataset yet.
topic-search = Search this topic

## Terms, about

terms-title = Terms of use of open data
terms-description = What you may do with the data of { $portal }, and what to do when you use it.
terms-since = In force since
terms-intro = These terms apply to all data that { $province } publishes on this portal, unless the page of a dataset says otherwise.
terms-may = You may
terms-may-copy = copy, share, exchange and use the data, without asking and without charge;
terms-may-combine = combine it with other data;
terms-may-trade = use it in your own products and services, whether you charge for them or not.
terms-must = You must
terms-must-cite = name the source: dataset, publishing agency, version and address; the page of every dataset has a citation ready to copy;
terms-must-mark = say so when you changed the data or computed something from it;
terms-must-law = keep the laws on personal data, intellectual property and cybersecurity.
terms-not = You must not
terms-not-sell = resell the data as downloaded from the portal; a commercial product that uses it must give the open data itself free of charge;
terms-not-pretend = let others believe that a public body confirms or endorses your product or findings.
terms-as-is = The data is given as it is
terms-as-is-text = The publishing agencies do their best to keep the data correct and timely, but are not liable for damage that arises from its use. Where you need figures with legal force, ask the agency for a certified copy.
terms-basis = Legal basis
about-description = Who runs { $portal }, where the data comes from and how it is checked.
about-lead = On this portal the agencies of { $province } publish open data: everybody can read and download it, without an account.
about-way = How a file becomes open data
about-way-send = An agency sends its file as it is in use: Excel, CSV, JSON or Parquet. The original is kept unchanged, with its hash.
about-way-read = The portal reads the whole file, decides the kind of every column, and records everything it understood or changed. Rows with a problem are set aside with the reason, never corrected silently.
about-way-decide = One person submits, a second one reviews and approves. Both decisions go into a log that cannot be altered.
about-way-publish = The data is published as a version with a number and a SHA-256 hash. The next update is a new version.
about-trust = On time or late, it is said
about-trust-text = Every dataset has a date by which it must be updated. The portal shows which ones are on time, due soon or late, and whose they are. A dataset that was withdrawn leaves a page that says why.
about-formats = Formats
about-formats-text = Every table can be downloaded for Excel (XLSX, and CSV for Excel), and for programs as CSV (UTF-8), Parquet, JSON and NDJSON. In the files for programs dates follow ISO 8601 and the decimal mark is a point; on the pages, numbers and dates follow the habits of each language. CSV for Excel puts an apostrophe before text that looks like a formula; the CSV file keeps every character.
about-privacy = Privacy
about-privacy-text = The portal sets no cookies, loads nothing from other servers and does not follow its readers. Views and downloads are only counted, and tied to nobody.
about-access = Accessibility
about-access-text = Every page works with a keyboard, with a screen reader, on a telephone and without JavaScript. Where one does not, please tell the coordinating agency.
about-now = At present
about-agencies = { $count ->
    [one] from { $count } agency
   *[other] from { $count } agencies
}
about-contact = Contact

## Withdrawn

gone-title = Withdrawn: { $title }
gone-head = This dataset was withdrawn on
gone-agency = Publishing agency
gone-replacement = Replaced by
gone-do = What you can do
gone-do-similar = search for a similar dataset below;
gone-do-agency = ask the publishing agency if you need to know more;
gone-do-copy = if you downloaded it earlier, please read the reason above before you use it further.

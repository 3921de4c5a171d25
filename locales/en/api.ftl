### The public API: the page /api, the OpenAPI document and the problems.

api-title = API: reading data by program
api-lead = A read-only API without keys and without registration: find datasets, read their descriptions, their structure and every row of every published table.
api-description = How to use the API of { $portal }: addresses, filters and order, paging, formats, limits, errors.
api-link = API

api-start = Start here
api-start-text = Every address begins with { $base } and answers in JSON. This reads the first five rows of a real table of this portal:
api-start-table = The table in the examples:
api-start-none = No table is published here yet, so there is no example.
api-openapi-text = The full description, to generate code from or to load into a tool:

api-addresses = Addresses
api-address = Address
api-what = What it answers

api-search = Find datasets
api-parameter = Parameter
api-meaning = Meaning
api-rows = Filter, sort, group
api-rows-text = The parameters are those of the page “Explore the table”: filter there, and copy what stands after the question mark. Columns go by their machine names; dates are written 2026-12-31, the decimal mark is a point. A parameter that is wrong is refused with the reason and never passed over.
api-tests = The tests of filter.COLUMN.TEST:
api-examples = Examples
api-example-curl = Filter and sort with curl
api-example-python = Read every page with Python
api-example-pandas = Read the whole table into pandas
api-example-r = Read every page with R
api-example-javascript = Read every page with JavaScript

api-paging = Paging
api-paging-text = A page of JSON has { $usual } rows; change that with limit, up to { $most } rows. Pages of very wide rows may have fewer. The field next, which is in the Link header too, is the address of the next page; on the last page it is null.
api-paging-cursor = That address carries a cursor. A cursor holds on to the version you began with: even when the agency publishes a new version meanwhile, no row is repeated or lost. It works for its own table and filters only, and it does not expire.
api-paging-version = Where results must be reproducible later, use an address with a version number: …/versions/3/tables/….

api-formats = Formats
api-formats-text = Choose with format= or with the Accept header.
api-format = Format
api-media-type = Media type
api-comes = How it comes
api-comes-pages = Page by page
api-comes-whole = The whole result at once; page by page with limit
api-values = In JSON, dates and times follow ISO 8601, an empty cell is null, whole numbers and floating-point numbers are numbers. Exact decimals are strings, such as "12.50", so that no digit is lost; sums of them are numbers where no digit is lost. Parquet and Arrow keep the column’s own type.

api-limits = Limits
api-limits-text = Each network address has { $units } units a minute. A call costs 1 unit; one that must filter, sort or group costs { $search } more, and a whole result at once, or a search of datasets by licence, { $whole } more. A call whose answer is at hand costs 1. When the units are used up the answer is 429, and the Retry-After header says how many seconds to wait.
api-limits-none = This portal does not limit the number of calls. Please use it with moderation.
api-limits-other = A call has at most 30 filters, 8 sort keys, 4 group columns and 12 measures, and runs for at most 10 seconds. For this purpose the portal keeps nobody’s network address for longer than a minute.

api-caching = Caching, and calls from web pages
api-caching-text = Every answer has an ETag: send it back in If-None-Match, and you get 304 without content if nothing has changed. HEAD works everywhere. Web pages on any site may call the API (CORS) and read the headers ETag, Link and Retry-After.
api-names = Titles and descriptions come in Vietnamese (vi) and English (en, null where there is none). Error messages follow lang= or Accept-Language.
api-use-text = Use the data under the terms named in the field licence. Please put the name of your program and a way to reach you into User-Agent.

api-errors = Errors
api-errors-text = Errors follow RFC 9457, as application/problem+json: type leads to an entry below, detail says what is wrong and what to do, problems names each error with its parameter; for an unknown column it lists the columns there are.
api-status = Status { $status }

api-dataset-title = API
api-dataset-text = Programs can read the rows of this table, filtered and sorted, without a key:
api-dataset-link = How to use the API

## Addresses

api-endpoint-entry = The entry, which leads to every other address
api-endpoint-openapi = The description of the API as OpenAPI 3.1
api-endpoint-datasets = Find and list datasets
api-endpoint-dataset = A dataset, its latest version
api-endpoint-versions = The versions of a dataset
api-endpoint-version = One version
api-endpoint-table = A table: its columns, data dictionary, and files with their SHA-256
api-endpoint-versionTable = A table in one version
api-endpoint-records = The rows of a table, latest version
api-endpoint-versionRecords = The rows of a table in one version
api-endpoint-agencies = The agencies, with their numbers of datasets
api-endpoint-topics = The topics, with their numbers of datasets

api-tag-catalogue = The catalogue: datasets, versions, agencies, topics
api-tag-rows = Tables and their rows

api-path-slug = The dataset’s name in addresses
api-path-number = The number of a version, from 1
api-path-table = The table’s name in addresses

## Parameters

api-parameter-q = Words to search for, with or without tone marks
api-parameter-agency = Agency, by its name in addresses; repeat it to choose several
api-parameter-topic = Topic, by code; repeat it to choose several
api-parameter-format = Format, by a code such as csv; repeat it to choose several
api-parameter-licence = Licence, by code; repeat it to choose several
api-parameter-frequency = Frequency of updates, by code; repeat it to choose several
api-parameter-timeliness = Whether it is on time: on-time, due-soon, late
api-parameter-sort = The order: relevance, updated, used, title
api-parameter-sort-rows = The order by columns, a minus puts the greatest first: -dan_so,xa
api-parameter-limit = The most items on a page
api-parameter-page = The page, from 1
api-parameter-lang = The language of error messages and descriptions: vi or en
api-parameter-filter = A condition, written filter.COLUMN.TEST=VALUE, such as filter.dan_so.ge=1000; of several, all must hold
api-parameter-columns = The columns wanted, in this order: xa,dan_so
api-parameter-group = Group by columns: vung
api-parameter-measure = What is worked out for each group: count,sum.dan_so
api-parameter-cursor = Where the next page begins, from next of the page before
api-parameter-format-rows = The format of the rows; without it, the Accept header decides

## Answers

api-header-etag = A tag of the content, to send back in If-None-Match
api-header-link = The addresses of the next and the previous page
api-not-modified = Nothing has changed since the content of the ETag sent
api-partial = A part of the file, by Range
api-precondition = The file no longer matches the condition sent
api-range = The file has no such part

## Errors

api-problem-invalid = The request is wrong
api-problem-invalid-text = A parameter or a value is not right. Each error names its parameter and how to write it.
api-problem-not-found = Nothing is here
api-problem-not-found-text = There is no such dataset, version, table or address. Check the address.
api-problem-gone = Withdrawn or destroyed
api-problem-gone-text = The data that was here has been withdrawn or destroyed; the field tombstone says why and since when.
api-problem-method = Read only
api-problem-method-text = The API takes GET, HEAD and OPTIONS only.
api-problem-not-acceptable = No such format
api-problem-not-acceptable-text = The Accept header names no format that the API can give. Use one of the types under Formats.
api-problem-too-many = Too many calls
api-problem-too-many-text = The units of this minute are used up. Wait for the seconds in Retry-After, then go on.
api-problem-unavailable = No answer for the moment
api-problem-unavailable-text = A part of the portal is busy or down. Try again after the seconds in Retry-After.
api-problem-too-large = Too large
api-problem-too-large-text = The request is larger than allowed. Make it smaller and send it again.
api-problem-internal = A fault of the portal
api-problem-internal-text = The portal has a fault. If it happens again, tell us with the request_id.

problem-api-too-many = This network address has used up its { $most } units of this minute. Wait { $seconds ->
    [one] 1 second
   *[other] { $seconds } seconds
}, then go on.
problem-api-parameter-unknown = There is no parameter “{ $name }” at this address. The parameters are: { $known }.
problem-api-parameter-twice = The parameter “{ $name }” may be given once only. Leave the others out.
problem-api-parameter-form = The parameter “{ $name }” must be one of: { $values }.
problem-api-parameter-number = The parameter “{ $name }” must be a whole number from { $least } to { $most }.
problem-api-cursor = The cursor does not belong to this table and these filters. Use the address in next of the page before as it is, or leave the cursor out to start again.
problem-api-not-acceptable = None of the formats that Accept asks for is available. Use one of: { $formats }.

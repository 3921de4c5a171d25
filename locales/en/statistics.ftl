### Statistics of use.

usage-title = Statistics of use
usage-lead = How often the province's data are viewed and downloaded, by day, dataset, agency and format.
usage-range = Range
usage-range-30d = 30 days
usage-range-12m = 12 months
usage-range-all = All time
usage-views = Views
usage-downloads = Downloads
usage-unfinished = Day, month or year not over yet
usage-datasets-used = Datasets used
usage-none = Nothing was used in this range
usage-over-time = Over time
usage-drawn = Lines of views and downloads over time. { $views } views and { $downloads } downloads altogether; the table below has each point.
usage-table = Table of the figures
usage-time = Time
usage-by-dataset = Datasets downloaded most
usage-by-agency = By agency
usage-by-format = By format
usage-format = Format
usage-format-api = API
usage-year-of-one = { $count ->
    [one] 1 download in 12 months.
   *[other] { $count } downloads in 12 months.
}
usage-missed = Searched in vain
usage-missed-told = Different searches without a result since { $month }: { $words }, made by people { $people } times.
usage-missed-why = Only the numbers are public. The words are used inside when the open-data plan is written, and not published, since they could name persons.
usage-files = Download the figures
usage-files-lead = Each row is the count of one day, one dataset and one format. The address stays, the content is always new.
usage-schema = Data dictionary
usage-how = How it is counted
usage-how-views = A view is a dataset's page opened once; a download is a file sent from its beginning, and resuming one adds nothing. Counts are written every few seconds; this page is renewed every hour.
usage-how-robots = Programs that call themselves robots (search engines, monitors) are not counted. Tools that fetch data, such as Python, R or curl, are.
usage-how-searches = Search words are not kept, with one exception: what at least { $count } different connections searched for in vain within a day, so that the province knows what users miss. Only the words without tone marks, the month and the count are kept, for 24 months; no numbers, e-mail addresses or whatever looks like personal data.
usage-how-nobody = Nobody is followed: no cookies, no network addresses kept, no record of who searched for what; only numbers.
usage-column-ngay = Day
usage-column-ngay-note = The day in Vietnam's time.
usage-column-dia_chi = Name in addresses
usage-column-dia_chi-note = The last part of the dataset's address on the portal; never used again for another.
usage-column-bo_du_lieu = Dataset
usage-column-bo_du_lieu-note = The dataset's present title.
usage-column-co_quan = Agency
usage-column-co_quan-note = The agency that owns the data now.
usage-column-loai = Kind
usage-column-loai-note = view is a page view, download a download.
usage-column-dinh_dang = Format
usage-column-dinh_dang-note = The code of a download's format; empty for views.
usage-column-so_luot = Count
usage-column-so_luot-note = How often on that day.

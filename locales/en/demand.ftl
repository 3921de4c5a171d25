### Demand: requests for data, downloads, searches that found nothing.

in-nav-demand = Demand
demand-title = Demand for data
demand-lead = What users want most: the order to go by when data are planned and updated.
demand-lists = Three lists
demand-requests = Open requests
demand-requests-none = No public request is open
demand-datasets = Published datasets
demand-datasets-none = No dataset is published yet
demand-words = Searched in vain
demand-words-none = Nothing yet that several people searched for in vain
demand-order-due = Late first, then by demand
demand-order-demand = By demand
demand-level = Demand
demand-level-high = high
demand-level-medium = medium
demand-level-low = low
demand-score = Points
demand-downloads = Downloads in 90 days
demand-word = Words (without tone marks)
demand-people = Searches by people
demand-last = Last time
demand-now = Found today
demand-now-none = still nothing
demand-now-found = { $count ->
    [one] 1 dataset
   *[other] { $count } datasets
}
demand-do = Next
demand-ask = Open a request for data
demand-draft = Write a new dataset
demand-how = How it is counted
demand-how-requests = Requests: ordered by how many people need the data, the asker and all who pressed “I need this too”. Only requests that the public reads and that are not closed.
demand-how-datasets = Datasets: the people who need it are those of the requests that it answered; downloads are those of the last { $days } days, without robots.
demand-how-score = Demand: each person counts { $person } points, and each doubling of the downloads 10 (1 download is 10 points, 15 are 40, 255 are 80). From { $high } points demand is high, from { $medium } medium.
demand-how-words = Searched in vain: kept only once at least { $count } different connections searched for the same within a day and found nothing; each counts once a day, added up over the last 12 months. Numbers, e-mail addresses and whatever looks like personal data are not kept, nor who searched. What is older than 24 months is deleted.
audit-action-demand-export = Export the demand for data

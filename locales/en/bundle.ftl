### A whole dataset in one ZIP; the catalogue of all datasets.

bundle-cite = Citation
bundle-files = Files
bundle-package = describes the dataset and each table as a Data Package 2.0, for programs
bundle-dictionary = the data dictionary: a line for each column
bundle-terms = the terms of use
bundle-csv = CSV files are UTF-8, with commas between columns, decimal points and dates as year-month-day. Codes with leading zeros are text: read columns by the types in datapackage.json.

catalogue-take = Download the catalogue of all published datasets:
catalogue-link = Catalogue of all datasets (Excel)
catalogue-file = Open data catalogue
catalogue-dataset = Name in addresses
catalogue-title = Dataset
catalogue-table = Table
catalogue-agency = Agency
catalogue-topic = Topic
catalogue-keywords = Keywords
catalogue-frequency = Update frequency
catalogue-freshness = Timeliness
catalogue-licence = Terms of use
catalogue-from = Data from
catalogue-to = Data until
catalogue-published = First published
catalogue-updated = Updated
catalogue-version = Version
catalogue-rows = Rows
catalogue-page = Page
catalogue-csv = CSV file
catalogue-csv-bytes = CSV file (bytes)
catalogue-parquet = Parquet file
catalogue-parquet-bytes = Parquet file (bytes)
catalogue-xlsx = XLSX file

# The schema contract: what the data dictionary wants of values, and what breaks it.
contract-rules = Rules for values
contract-required = Never empty
contract-unique = No value twice
contract-key = Part of the key: with the other key columns it says what a row is about
contract-minimum = Smallest or first
contract-maximum = Largest or last
contract-codes = Code list
contract-codes-hint = One value a line; its meaning after an equals sign, English after a bar. Example: 1 = Đạt | Passed. Two columns of a spreadsheet can be pasted.
contract-pattern = Pattern of values
contract-pattern-hint = A regular expression that whole values match. Example: \d{"{"}5{"}"} means exactly five digits.
contract-template = Excel template to fill in
contract-template-name = Template
contract-template-codes = Codes
contract-template-guide = Guide
contract-template-kind = Kind
contract-template-refused = This value breaks a rule of its column. See the guide sheet of this file.
contract-rule-required = Never empty.
contract-rule-unique = No value twice.
contract-rule-key = Part of the table’s key.
contract-rule-minimum = From { $value }.
contract-rule-maximum = Up to { $value }.
contract-rule-pattern = By the pattern { $value }.
contract-rule-codes = One of the { $count } values of the code list.
contract-breaks = What the submitter must answer for
contract-breaks-lead = This breaks what others built on the data, or what the data dictionary wants. Correct the file and upload it again; if it has to be so, give the reason when you submit.
contract-what = What
contract-rows = Rows
contract-more = and { $count } more
contract-pending = The tables are being held against the data dictionary. Load this page again in a few minutes.
contract-accepts = Why it is published all the same
contract-accepts-hint = The reviewer reads this reason.
contract-accepted = answered for it:
contract-table-gone = A table that the public uses is gone.
contract-broken-present = The table has no such column.
contract-broken-required = { $count ->
    [one] { $count } cell is empty.
   *[other] { $count } cells are empty.
}
contract-broken-unique = { $count ->
    [one] { $count } value stands there already.
   *[other] { $count } values stand there already.
}
contract-broken-key = { $count ->
    [one] { $count } row repeats the key of another.
   *[other] { $count } rows repeat the key of another.
}
contract-broken-minimum = { $count ->
    [one] { $count } value is below the smallest.
   *[other] { $count } values are below the smallest.
}
contract-broken-maximum = { $count ->
    [one] { $count } value is above the largest.
   *[other] { $count } values are above the largest.
}
contract-broken-pattern = { $count ->
    [one] { $count } value does not match the pattern.
   *[other] { $count } values do not match the pattern.
}
contract-broken-codes = { $count ->
    [one] { $count } value is not in the code list.
   *[other] { $count } values are not in the code list.
}
problem-contract-pending = The tables are still being held against the data dictionary. Wait a few minutes and submit again.
problem-contract-broken = { $count ->
    [one] { $count } thing must be answered for before the submission. Say why it is published all the same, or correct the file and upload it again.
   *[other] { $count } things must be answered for before the submission. Say why they are published all the same, or correct the file and upload it again.
}
problem-breaks-reason-missing = Say why it is published all the same.
problem-range-kind = Only columns of numbers and days have a smallest and a largest value.
problem-range-number = Write a number, such as 0.5.
problem-range-order = The largest value must not be below the smallest.
problem-pattern-wrong = This pattern is not valid, or too long.
problem-codes-too-many = A code list has at most { $max } values.
problem-code-twice = The value “{ $value }” stands twice in the list.
audit-action-contract-accept = Answer for what breaks the contract
structure-codes = Code list
structure-means = Meaning

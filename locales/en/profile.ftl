# The profile: legal basis, names, and what can be wrong in its files.

basis-document = { $document }
basis-article = Article { $article }, { $document }
basis-clause = Article { $article }.{ $clause }, { $document }
basis-point = Article { $article }.{ $clause }.{ $point }, { $document }
basis-cited = Legal basis: { $basis }.
basis-by-configuration = Legal basis: { $basis } ({ basis-unverified }).
basis-unverified = by configuration

legal-status-in-force = In force
legal-status-coming = Not in force yet
legal-status-ended = No longer in force
legal-status-amended = Amended
legal-status-replaced = Replaced
legal-status-draft = Draft

# Names that differ from province to province; a profile can replace each.
label-catalogue = Catalogue of shared databases
label-code-lists = Shared code lists
label-registry = Data-sharing service registry
label-warehouse = Shared data warehouse

profile-severity-error = Error
profile-severity-warning = Note
profile-check-clean = Profile { $name } has no findings.

problem-profile-not-found = There is no profile named “{ $name }”. Choose one of: { $known }.
problem-profile-folder-missing = There is no profile folder { $folder }. Correct the path or leave the setting empty.
problem-profile-extends-missing = File { $file } has no valid extends line. Add extends = "current-2026" or the name of another rule set.
problem-profile-extends-circle = Rule sets extend each other in a circle, at “{ $name }”. Remove one extends line.
problem-profile-rules-not-found = There is no rule set “{ $name }” in the rules folder. Correct the extends line.
problem-profile-not-utf8 = File { $file } is not UTF-8. Save it as UTF-8.
problem-profile-syntax = File { $file }, line { $line }: not TOML ({ $detail }). Correct this line.
problem-profile-key = Configuration “{ $name }” has an unknown key, lacks one, or holds a wrong type: { $detail }. Correct the key named.
problem-profile-text-empty = { $path }: the Vietnamese text is empty. Write it.
problem-profile-text-no-english = { $path }: no English yet; English pages will show the Vietnamese. Add en if you can.
problem-profile-value-no-source = { $path }: the value has no legal basis. Add basis, or a note that says whose choice it is.
problem-profile-unverified-no-note = { $path }: the value is unverified and has no note. Add a note that says why.
problem-profile-basis-unknown = { $path }: legal basis “{ $basis }” is not in legal_basis. Correct the id or add the document.
problem-profile-legal-dates = Document “{ $id }” ends before it is in force. Correct from or to.
problem-profile-code-twice = { $path }: code “{ $code }” occurs twice. Change or remove one entry.
problem-profile-number = { $path }: the number contradicts another or is out of range. Correct this value.
problem-profile-number-range = { $path }: { $value } is out of range. Set { $least } to { $most }.
problem-profile-duty-reminders = duty.reminder_days: reminder days must ascend, each once, { $most } at most. Put the list in order.
problem-profile-duty-close = duty.close_days: the quarter is closed after { $close } working days, while returns may come in for { $returns }. Set close_days to more than return_days.
problem-profile-return-quarters = agency_list.return_months: { $months } months are not a whole number of quarters. Set 0, 3, 6 or 12.
problem-profile-report-code = { $path }: there is no code “{ $code }”. Use one of: { $known }.
problem-profile-review-persons = Publication takes at least two people; the configuration says { $number }. Set review.min_persons to 2 or more.
problem-profile-review-steps = Publication takes at least two steps; the configuration has { $number }. Add a step to review.steps.
problem-profile-review-same-role = Step “{ $step }” is decided by role “{ $role }” again. Give it to another role.
problem-profile-review-role-unknown = Step “{ $step }” is given to role “{ $role }”, which is not in roles. Correct the code of the role.
problem-profile-province-now = province: no province or city in force has code { $code } and name “{ $name }”; the list has: { $near }. Correct code and name; give a successor if it has ended; use code 00 if it is invented.
problem-profile-province-past = province: a successor is given, but no former province or city has code { $code } and name “{ $name }”; the list has: { $near }. Correct code and name, or remove successor.
problem-profile-province-kind = province.kind: the list calls the unit with code { $code } “{ $expected }”. Set kind to city for a city (thành phố), to province for a province (tỉnh).
problem-profile-province-successor = province.successor: by the list, this unit became { $expected }. Correct code and name of successor.
problem-profile-province-predecessors = province.predecessors: by the list, this unit was formed from { $expected }. Correct codes and names, remove what does not belong, add what is missing.
problem-profile-calendar-year-missing = The days off of { $year } are missing. Enter them with “khomo calendar import FILE” or under Working calendar of the internal portal.
problem-profile-calendar-span = Calendar: the span from { $date } runs backwards or is longer than 31 days. Correct to.
problem-profile-calendar-outside = Calendar: { $date } lies outside first_year and last_year. Correct the day or these years.
problem-profile-calendar-name = Calendar, { $date }: name “{ $name }” is not in names. Add it or correct it.
problem-profile-calendar-weekday = Calendar: “{ $name }” is no day of the week. Use mon, tue, wed, thu, fri, sat, sun.
problem-profile-calendar-make-up = Calendar, { $date }: a make-up day must fall on the weekly rest. Correct the day or its kind.
problem-profile-calendar-rest = Calendar, { $date }: a compensation or swapped day is weekly rest already. Correct the day or its kind.
problem-profile-calendar-twice = Calendar: { $date } is entered twice. Remove one entry.

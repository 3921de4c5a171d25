### The working calendar: days off, what is entered each autumn, and what is missing.

calendar-title = Working calendar
calendar-lead = Days off and make-up working days. Every period in working days is counted by them.
calendar-open = Open the calendar
calendar-years = Years
calendar-year = Days off of { $year }
calendar-year-unknown = The days off of { $year } are not known yet; only weekends count as off.
calendar-year-built-in = The days of { $year } are those that came with the program or the profile.
calendar-year-entered = The days of { $year } were entered at { $at }.
calendar-days = Days
calendar-occasion = Occasion
calendar-kind = Kind
calendar-status = Status
calendar-basis = Legal basis
calendar-usual = as any other day

calendar-kind-holiday = holiday
calendar-kind-compensation = day off in lieu
calendar-kind-swapped = swapped day off
calendar-kind-make-up = make-up working day
calendar-status-law = by law
calendar-status-decided = as announced
calendar-status-assumed = assumed

calendar-enter = Enter a year
calendar-enter-lead = The rows hold a whole year, the holidays that the law fixes among them, and take the place of what the calendar says of it. First you see what changes; nothing is saved until then.
calendar-file = File of a year
calendar-file-hint = CSV or TOML in UTF-8, up to { $most }.
calendar-send = See what the file changes
calendar-rows = Rows
calendar-rows-hint = Columns: day, to, kind, name_vi, name_en, status, basis. kind is holiday, compensation, swapped or make-up; status is law, decided or assumed. Change the days of the year shown, or paste those of another.
calendar-look = See what changes
calendar-changes = What changes in { $year }
calendar-changes-none = The calendar says the same already.
calendar-before = Before
calendar-after = After
calendar-correct = Also change days that are over: they were entered wrongly
calendar-save = Save these days
calendar-said-entered = The days are saved. They count once the system administrator has started the programs again.
calendar-behind = Days were entered after this program had started. It counts with the old ones until it is started again; whoever runs the portal does that.

calendar-told-same = Nothing changes: the calendar says the same of { $year } already (rows: { $rows }).
calendar-told-checked = { $year }, rows: { $rows }. Nothing was saved; leave out --check to save them.
calendar-told-entered = { $year }, rows saved: { $rows }. Programs that run take them when they are started again: restart them.

problem-profile-calendar-year-assumed = { $count ->
    [one] One row of days off of { $year } is provisional.
   *[other] { $count } rows of days off of { $year } are provisional.
  } Once the days are announced, enter them with “khomo calendar import FILE” or under Working calendar of the internal portal.
problem-doctor-calendar-old = The program { $id } started before days off were entered and counts with the old ones. Start it again.
problem-calendar-file-unread = The file { $path } cannot be read. Correct the path or its rights.
problem-calendar-file-long = The file is longer than { $most } kB. Keep one year in it.
problem-calendar-not-utf8 = The file is not in UTF-8. Save it again in UTF-8.
problem-calendar-syntax = The file is not valid TOML, at line { $line }: { $detail }
problem-calendar-none = There are no rows. Give one for each day off.
problem-calendar-rows-many = There are more than { $most } rows. Keep one year in the file.
problem-calendar-column = “{ $name }” is unknown, wrongly written or stands twice. Use only: { $known }.
problem-calendar-column-missing = The column { $name } is missing. Add it.
problem-calendar-row-cells = Line { $row } has more than { $most } cells. Put names with commas between quotation marks.
problem-calendar-row-value = Line { $row }: “{ $value }” is not a field of a row, or its value is not text. Use only: { $known }, with values in quotation marks.
problem-calendar-row-day = Line { $row }: “{ $value }” is not a day. Write yyyy-mm-dd or dd/mm/yyyy.
problem-calendar-row-to = Line { $row }: “{ $value }” is not a last day. Write yyyy-mm-dd or dd/mm/yyyy, or leave it empty.
problem-calendar-row-span = Line { $row }: the days up to { $value } run backwards or are more than { $most }. Correct the first or the last day.
problem-calendar-row-year = Line { $row }: { $value } does not lie in { $year }. A file holds one year: correct the day, or put it into that year's file.
problem-calendar-row-kind = Line { $row }: the kind “{ $value }” is unknown. Write one of: { $known }.
problem-calendar-row-status = Line { $row }: the status “{ $value }” is unknown. Write one of: { $known }.
problem-calendar-row-name = Line { $row }: the name “{ $value }” is not among the names. Add it under [names] or write name_vi.
problem-calendar-row-name-missing = Line { $row }: the Vietnamese name is missing. Write in name_vi what the occasion is called.
problem-calendar-row-name-long = Line { $row }: the name “{ $value }” is longer than { $most } characters or holds control characters. Write it shorter.
problem-calendar-row-basis = Line { $row }: the legal basis “{ $value }” is not in the register. Write document/article.clause.point of a known document, or leave it empty.
problem-calendar-row-make-up = Line { $row }: { $value } is a working day of the week. Only a weekend day can be a make-up working day: correct the day or the kind.
problem-calendar-row-rest = Line { $row }: { $value } is a weekend day already. A day off in lieu or a swapped day off must be a working day of the week: correct the day or the kind.
problem-calendar-row-twice = Line { $row }: { $value } stands in line { $other } too. Keep one of them.
problem-calendar-changed-meanwhile = Somebody has just entered days of this year. Look at what changes now, below, and save; what you typed is still there.
problem-calendar-past = The days from { $from } to { $to } are over, and periods were counted with them. Leave them as they are; if they were entered wrongly, say so: --correct, or the box in the form.

notice-calendar-gap-title = Days off of { $year } are missing
notice-calendar-gap-body = The working calendar does not know all days off of { $year } yet, and periods that reach there may end on a wrong day. Enter them once they are announced.

audit-action-calendar-enter = Enter a year's days off
audit-action-calendar-export = Download a year's days off
audit-field-year = Year
audit-field-correct = Days that are over too
audit-field-changes = Changes

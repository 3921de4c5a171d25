//! The detector: identifiers of persons and marks of state secrets in cells and texts. Pure: no database, no file.
//!
//! Every cell is looked at by its bytes first, so that a plain number or word costs a few nanoseconds. What may hold an identifier is
//! taken apart; some identifiers count by their shape, others by the company they keep: the words of the heading, of the dictionary,
//! of the same cell. A number whose shape alone is weak evidence counts when nearly the whole column has that shape.

mod mask;
mod number;
mod pattern;
mod person;
mod secret;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use number::{Found, Strength};
use words::{Flags, flag};

use crate::kernel::text::nfc;

pub use mask::{is_masked, mask};

/// The number of the rules below: raised with every change of what is found, so that what was scanned before is scanned anew.
pub const RULES: i32 = 2;
/// Masked samples that a finding shows.
pub const SAMPLES: usize = 5;
/// Groups of rows that the search for small ones keeps in memory; beyond, what is met for the first time counts as small.
const MOST_GROUPS: usize = 400_000;

/// A column's heading and its dictionary text.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// The title as it stands in the file.
    pub title: String,
    /// What the dictionary says of it.
    pub note: String,
}

/// What the detector is told beside the cells.
#[derive(Clone, Debug)]
pub struct Options {
    /// Title and description of the dataset: context for columns whose heading says nothing.
    pub text: String,
    /// How many row numbers a finding keeps.
    pub most_cells: usize,
    /// A combination of the quasi-identifiers that fewer rows share points at persons (k of k-anonymity).
    pub small_group: u32,
    /// The columns that are quasi-identifiers, from 0.
    pub quasi: Vec<usize>,
}

impl Default for Options {
    fn default() -> Self {
        Self { text: String::new(), most_cells: 1000, small_group: 5, quasi: Vec::new() }
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The personal identification number of 12 digits [số định danh cá nhân, CCCD].
    Citizen,
    /// The former identity card's number of 9 digits (CMND).
    OldCitizen,
    /// A tax code [mã số thuế].
    Tax,
    /// A social insurance number (BHXH).
    SocialInsurance,
    /// A health insurance card (BHYT).
    HealthInsurance,
    /// A telephone number.
    Phone,
    /// An e-mail address.
    Email,
    /// A passport's number.
    Passport,
    /// A vehicle's number plate.
    Plate,
    /// A bank account.
    BankAccount,
    /// A bank card.
    BankCard,
    /// A person, by name, birth date and address together.
    Person,
    /// Rows that few others are like.
    SmallGroup,
    /// A mark of a state secret.
    Secret,
}

impl Kind {
    /// All, in the order they are shown in.
    pub const ALL: [Self; 14] = [
        Self::Citizen,
        Self::OldCitizen,
        Self::Tax,
        Self::SocialInsurance,
        Self::HealthInsurance,
        Self::Phone,
        Self::Email,
        Self::Passport,
        Self::Plate,
        Self::BankAccount,
        Self::BankCard,
        Self::Person,
        Self::SmallGroup,
        Self::Secret,
    ];

    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::OldCitizen => "old-citizen",
            Self::Tax => "tax",
            Self::SocialInsurance => "social-insurance",
            Self::HealthInsurance => "health-insurance",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Passport => "passport",
            Self::Plate => "plate",
            Self::BankAccount => "bank-account",
            Self::BankCard => "bank-card",
            Self::Person => "person",
            Self::SmallGroup => "small-group",
            Self::Secret => "secret",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody must decide before the data can be submitted.
    Block,
    /// Shown, and stops nothing: an office's telephone, an address under gov.vn, an enterprise's tax code.
    Look,
}

impl Severity {
    /// As it is stored.
    pub fn code(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Look => "look",
        }
    }

    /// From its code.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Block, Self::Look].into_iter().find(|severity| severity.code() == code)
    }
}

/// All cells of one column with one kind of finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hits {
    /// What was found.
    pub kind: Kind,
    /// How much it weighs.
    pub severity: Severity,
    /// The column, from 0; none in a running text.
    pub column: Option<usize>,
    /// How many cells (rows of a small group; lines of a text).
    pub count: u64,
    /// The first rows, from 0.
    pub cells: Vec<u64>,
    /// Some of what was found, masked.
    pub samples: Vec<String>,
}

/// Hits being gathered.
#[derive(Default)]
struct Heap {
    count: u64,
    cells: Vec<u64>,
    samples: Vec<String>,
}

impl Heap {
    fn add(&mut self, row: u64, most: usize, sample: impl FnOnce() -> String) {
        self.count += 1;
        if self.cells.len() < most {
            self.cells.push(row);
        }
        if self.samples.len() < SAMPLES {
            let sample = sample();
            if !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }

    fn take(&mut self, other: Self, most: usize) {
        self.count += other.count;
        self.cells.extend(other.cells);
        self.cells.sort_unstable();
        self.cells.dedup();
        self.cells.truncate(most);
        for sample in other.samples {
            if self.samples.len() < SAMPLES && !self.samples.contains(&sample) {
                self.samples.push(sample);
            }
        }
    }
}

/// What is known of a column.
#[derive(Default)]
struct Column {
    /// What heading and dictionary speak of.
    flags: Flags,
    /// Fewer digits than these are not looked at in a cell of digits alone.
    least: u32,
    /// Non-empty cells.
    filled: u64,
    /// Cells of one number alone with nine digits or more.
    long: u64,
    /// The same with ten digits (or a branch's thirteen).
    tens: u64,
    heaps: BTreeMap<(Kind, Severity, Strength), Heap>,
}

/// Reads a table row by row.
pub struct Scanner {
    columns: Vec<Column>,
    people: person::People,
    most: usize,
    row: u64,
    small: u32,
    quasi: Vec<usize>,
    groups: HashMap<u64, Vec<u64>>,
    alone: Heap,
    buffer: String,
    found: Vec<Found>,
}

impl Scanner {
    /// A scanner for a table with these columns.
    pub fn new(headings: &[Heading], options: &Options) -> Self {
        let about = words::flags(&options.text) & words::IDENTIFIERS;
        let (mut columns, mut titles) = (Vec::new(), Vec::new());
        for heading in headings {
            let mut flags = words::heading(&heading.title, &heading.note);
            if words::says_nothing(&heading.title, flags) {
                flags |= about;
            }
            titles.push(words::spaced(&heading.title));
            columns.push(Column { flags, least: least(flags), ..Column::default() });
        }
        let people = person::People::of(&titles);
        // A list of offices gives the offices' telephones, unless a column names persons or the heading a person's number.
        if people.offices && !people.named {
            for column in &mut columns {
                if column.flags & (flag::PHONE | flag::MAIL) != 0 && column.flags & flag::PERSONAL == 0 {
                    column.flags |= flag::OFFICE;
                }
            }
        }
        let mut quasi: Vec<usize> = options.quasi.iter().copied().filter(|at| *at < columns.len()).collect();
        quasi.sort_unstable();
        quasi.dedup();
        let mut scanner = Self {
            columns,
            people,
            most: options.most_cells,
            row: 0,
            small: options.small_group,
            quasi,
            groups: HashMap::new(),
            alone: Heap::default(),
            buffer: String::new(),
            found: Vec::new(),
        };
        for (at, heading) in headings.iter().enumerate() {
            if let Some(mark) = secret::mark(&heading.title, false) {
                scanner.put(at, &Found::strong(Kind::Secret, Severity::Block, mark.to_owned()));
            }
        }
        scanner
    }

    /// Looks at the next row; cells beyond the headings are passed over.
    pub fn row(&mut self, cells: &[Option<&str>]) {
        for (at, cell) in cells.iter().enumerate().take(self.columns.len()) {
            if let Some(text) = cell
                && !text.is_empty()
            {
                self.cell(at, text);
            }
        }
        if let Some((column, sample)) = self.people.row(cells) {
            self.put(column, &Found::strong(Kind::Person, Severity::Block, sample));
        }
        if !self.quasi.is_empty() {
            self.group(cells);
        }
        self.row += 1;
    }

    /// What was found, by column, kind and severity.
    pub fn finish(mut self) -> Vec<Hits> {
        let mut all = Vec::new();
        for (at, column) in self.columns.iter_mut().enumerate() {
            let mut kept: BTreeMap<(Kind, Severity), Heap> = BTreeMap::new();
            let heaps = std::mem::take(&mut column.heaps);
            let counts: BTreeMap<(Kind, Severity, Strength), u64> =
                heaps.iter().map(|(key, heap)| (*key, heap.count)).collect();
            for ((kind, severity, strength), heap) in heaps {
                if column.counts(kind, strength, &counts) {
                    kept.entry((kind, severity)).or_default().take(heap, self.most);
                }
            }
            for ((kind, severity), heap) in kept {
                all.push(Hits {
                    kind,
                    severity,
                    column: Some(at),
                    count: heap.count,
                    cells: heap.cells,
                    samples: heap.samples,
                });
            }
        }
        all.extend(self.small_groups());
        all
    }

    fn cell(&mut self, at: usize, text: &str) {
        let Some(column) = self.columns.get_mut(at) else { return };
        column.filled += 1;
        let glance = number::glance(text.as_bytes());
        let plain = glance.plain();
        // The road of nearly all cells: a number or a code too short to be anybody's.
        let short = glance.digits < if plain { column.least } else { 6 };
        let mut found = std::mem::take(&mut self.found);
        if !short || glance.at || glance.odd || (glance.digits >= 3 && column.flags & words::IDENTIFIERS != 0) {
            if plain && glance.digits >= 9 {
                column.long += 1;
            }
            let text = number::normal(text, &glance, &mut self.buffer);
            column.tens += u64::from(plain && number::is_ten(text));
            number::look(text, column.flags, false, &mut found);
            pattern::look(text, column.flags, false, &mut found);
        }
        if glance.letters
            && (secret::may(text.as_bytes()) || column.flags & flag::SECRECY != 0)
            && let Some(mark) = secret::mark(text, column.flags & flag::SECRECY != 0)
        {
            found.push(Found::strong(Kind::Secret, Severity::Block, mark.to_owned()));
        }
        if glance.letters
            && text.len() >= 24
            && let Some(name) = person::in_text(text)
        {
            found.push(Found::strong(Kind::Person, Severity::Block, name));
        }
        number::once(&mut found);
        for one in &found {
            self.put(at, one);
        }
        found.clear();
        self.found = found;
    }

    fn put(&mut self, at: usize, found: &Found) {
        let (row, most) = (self.row, self.most);
        if let Some(column) = self.columns.get_mut(at) {
            let heap = column.heaps.entry((found.kind, found.severity, found.strength)).or_default();
            heap.add(row, most, || mask::sample(found.kind, &found.text));
        }
    }

    fn group(&mut self, cells: &[Option<&str>]) {
        let mut hasher = DefaultHasher::new();
        for at in &self.quasi {
            // The same word counts as the same in whichever form its marks are written.
            cells.get(*at).copied().flatten().map(|cell| nfc(cell.trim())).hash(&mut hasher);
        }
        let key = hasher.finish();
        let small = usize::try_from(self.small).unwrap_or(usize::MAX);
        if let Some(rows) = self.groups.get_mut(&key) {
            if rows.len() < small {
                rows.push(self.row);
            }
        } else if self.groups.len() < MOST_GROUPS {
            self.groups.insert(key, vec![self.row]);
        } else {
            self.alone.add(self.row, self.most, String::new);
        }
    }

    fn small_groups(&mut self) -> Option<Hits> {
        let small = usize::try_from(self.small).unwrap_or(usize::MAX);
        let mut heap = std::mem::take(&mut self.alone);
        let mut rows: Vec<u64> = Vec::new();
        for group in self.groups.values().filter(|group| group.len() < small) {
            heap.count += group.len() as u64;
            rows.extend(group);
        }
        if heap.count == 0 {
            return None;
        }
        rows.extend(&heap.cells);
        rows.sort_unstable();
        rows.truncate(self.most);
        Some(Hits {
            kind: Kind::SmallGroup,
            severity: Severity::Block,
            column: self.quasi.first().copied(),
            count: heap.count,
            cells: rows,
            samples: Vec::new(),
        })
    }
}

impl Column {
    /// Whether what was gathered with this strength counts, seen over the whole column.
    fn counts(&self, kind: Kind, strength: Strength, counts: &BTreeMap<(Kind, Severity, Strength), u64>) -> bool {
        let of = |kind: Kind, strength: Strength| -> u64 {
            [Severity::Block, Severity::Look].iter().filter_map(|s| counts.get(&(kind, *s, strength))).sum()
        };
        let most = |part: u64, whole: u64, tenths: u64| part > 0 && part * 10 >= whole * tenths;
        let taxes = most(of(Kind::Tax, Strength::Weak), self.tens, 9) && of(Kind::Tax, Strength::Weak) >= 3;
        match strength {
            Strength::Strong => true,
            // Zeros that a spreadsheet took away.
            Strength::Short => {
                let whole = of(kind, Strength::Weak) + of(kind, Strength::Strong);
                let short = of(kind, Strength::Short);
                most(short + whole, self.long, 9) && (whole > 0 || short >= 20)
            }
            Strength::Weak => {
                // Few cells of a column of notes may hold one kind each: together they are nearly all of its long numbers.
                let either = of(Kind::Citizen, Strength::Weak) + of(Kind::Phone, Strength::Weak);
                match kind {
                    Kind::Citizen => most(either + of(kind, Strength::Short), self.long, 7),
                    Kind::Phone => !taxes && most(either, self.long, 7),
                    Kind::Tax => taxes,
                    Kind::Plate => most(of(kind, Strength::Weak) + of(kind, Strength::Strong), self.filled, 7),
                    _ => most(of(kind, Strength::Weak), self.long, 8),
                }
            }
        }
    }
}

/// The fewest digits that a cell of digits alone needs under a heading.
fn least(flags: Flags) -> u32 {
    match flags & words::IDENTIFIERS {
        0 => 10,
        f if f & flag::BANK != 0 => 6,
        f if f & flag::PASSPORT != 0 => 7,
        _ => 8,
    }
}

/// Hides what is found in single cells of a table, for its treated version.
pub struct Concealer {
    columns: Vec<Flags>,
    named: Vec<usize>,
}

impl Concealer {
    /// For a table with these columns.
    pub fn new(headings: &[Heading], options: &Options) -> Self {
        let scanner = Scanner::new(headings, options);
        let named = scanner.people.names().to_vec();
        Self { columns: scanner.columns.into_iter().map(|column| column.flags).collect(), named }
    }

    /// The cell with everything masked that is found in it; `None` when nothing is.
    pub fn conceal(&self, column: usize, text: &str) -> Option<String> {
        if self.named.contains(&column) {
            return Some(mask_as(Kind::Person, text));
        }
        self.conceal_in(column, text)
    }

    /// A sentence about a column with everything masked that is found in it; `None` when nothing is.
    pub fn conceal_in(&self, column: usize, text: &str) -> Option<String> {
        let flags = self.columns.get(column).copied().unwrap_or_default();
        let (mut buffer, mut found) = (String::new(), Vec::new());
        let glance = number::glance(text.as_bytes());
        let mut plain = number::normal(text, &glance, &mut buffer).to_owned();
        number::look(&plain, flags, false, &mut found);
        pattern::look(&plain, flags, false, &mut found);
        if let Some(name) = person::in_text(text) {
            found.push(Found::strong(Kind::Person, Severity::Block, name));
        }
        if found.is_empty() {
            return None;
        }
        for one in &found {
            let masked = mask_as(one.kind, &one.text);
            // What was put together from parts cannot be cut out: then all of the cell goes.
            if plain.contains(&one.text) {
                plain = plain.replace(&one.text, &masked);
            } else if !plain.contains(&masked) {
                return Some(mask(text));
            }
        }
        Some(plain)
    }
}

/// A value of a kind, masked as samples of that kind are.
pub fn mask_as(kind: Kind, text: &str) -> String {
    if kind == Kind::Secret { mask(text) } else { mask::sample(kind, text) }
}

/// One running text: metadata, Markdown. Rows are lines, from 0.
pub fn text(text: &str) -> Vec<Hits> {
    let mut heaps: BTreeMap<(Kind, Severity), Heap> = BTreeMap::new();
    let (mut buffer, mut found) = (String::new(), Vec::new());
    for (row, line) in (0u64..).zip(text.lines()) {
        let glance = number::glance(line.as_bytes());
        if glance.digits >= 6 || glance.at || glance.odd {
            let normal = number::normal(line, &glance, &mut buffer);
            number::look(normal, 0, true, &mut found);
            pattern::look(normal, 0, true, &mut found);
        }
        if let Some(mark) = secret::mark(line, false) {
            found.push(Found::strong(Kind::Secret, Severity::Block, mark.to_owned()));
        }
        if let Some(name) = person::in_text(line) {
            found.push(Found::strong(Kind::Person, Severity::Block, name));
        }
        number::once(&mut found);
        for one in found.drain(..).filter(|one| one.strength == Strength::Strong) {
            let heap = heaps.entry((one.kind, one.severity)).or_default();
            heap.add(row, Options::default().most_cells, || mask::sample(one.kind, &one.text));
        }
    }
    heaps
        .into_iter()
        .map(|((kind, severity), heap)| Hits {
            kind,
            severity,
            column: None,
            count: heap.count,
            cells: heap.cells,
            samples: heap.samples,
        })
        .collect()
}

#[cfg(test)]
mod tests;

//! One unchanging state of an index, with its codes, numbers and alphabetical order in memory.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::BytesColumn;
use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyDocument, Term};

use super::lexicon::Lexicon;
use super::node::{Form, Node, field_of};
use super::record::{Fields, Layout, ORDER, code_name, number_name};
use super::spelling::Spelling;
use crate::kernel::{Error, Result};

/// A record that matches a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Which record, within this snapshot only.
    pub row: u32,
    /// How well.
    pub score: f32,
}

/// The codes of all records in one field.
#[derive(Debug, Default)]
pub struct Codes {
    /// Every code that occurs, sorted.
    pub values: Vec<String>,
    /// Where the codes of each row begin in `places`; one more than there are rows.
    starts: Vec<u32>,
    places: Vec<u32>,
}

impl Codes {
    /// The codes of a record as places in `values`.
    pub fn of(&self, row: u32) -> &[u32] {
        let at = |row: usize| self.starts.get(row).map_or(self.places.len(), |start| *start as usize);
        self.places.get(at(row as usize)..at(row as usize + 1)).unwrap_or_default()
    }

    /// The place of a code in `values`.
    pub fn place(&self, code: &str) -> Option<usize> {
        self.values.binary_search_by(|value| value.as_str().cmp(code)).ok()
    }
}

/// One state of an index. A search works on one snapshot from beginning to end, whatever is committed meanwhile.
pub struct Snapshot {
    searcher: Searcher,
    fields: Fields,
    /// The row of each segment's first document.
    bases: Vec<u32>,
    codes: Vec<Codes>,
    numbers: Vec<Vec<i64>>,
    ranks: Vec<u32>,
    spelling: OnceLock<Spelling>,
    lexicon: OnceLock<Lexicon>,
    /// Which field of codes holds phrases.
    phrases: Option<usize>,
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher, fields: Fields, layout: &Layout) -> tantivy::Result<Self> {
        let mut bases = Vec::new();
        let mut rows = 0;
        for reader in searcher.segment_readers() {
            bases.push(rows);
            rows += reader.max_doc();
        }
        let codes =
            (0..layout.codes).map(|at| load_codes(&searcher, &code_name(at))).collect::<tantivy::Result<_>>()?;
        let numbers =
            (0..layout.numbers).map(|at| load_numbers(&searcher, &number_name(at))).collect::<tantivy::Result<_>>()?;
        let ranks = load_ranks(&searcher, rows)?;
        Ok(Self {
            searcher,
            fields,
            bases,
            codes,
            numbers,
            ranks,
            spelling: OnceLock::new(),
            lexicon: OnceLock::new(),
            phrases: layout.phrases,
        })
    }

    /// How many records there are.
    pub fn len(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// All records that match, in no order.
    pub fn matching(&self, node: &Node) -> Result<Vec<Match>> {
        let scored = !matches!(node, Node::Everything);
        let collector = Rows { bases: &self.bases, scored };
        self.searcher.search(&*node.compile(&self.fields), &collector).map_err(Error::unavailable)
    }

    /// What the room stored with a record.
    pub fn stored(&self, row: u32) -> Result<String> {
        let segment = self.bases.partition_point(|base| *base <= row).saturating_sub(1);
        let base = self.bases.get(segment).copied().unwrap_or_default();
        let address = DocAddress::new(u32::try_from(segment).unwrap_or(u32::MAX), row - base);
        let document: TantivyDocument = self.searcher.doc(address).map_err(Error::unavailable)?;
        Ok(document.get_first(self.fields.stored).and_then(|value| value.as_str()).unwrap_or_default().to_owned())
    }

    /// The codes of one field.
    pub fn codes(&self, field: usize) -> Option<&Codes> {
        self.codes.get(field)
    }

    /// A number of a record.
    pub fn number(&self, field: usize, row: u32) -> Option<i64> {
        self.numbers.get(field)?.get(row as usize).copied()
    }

    /// The record's place in the alphabet; no two records share one.
    pub fn rank(&self, row: u32) -> u32 {
        self.ranks.get(row as usize).copied().unwrap_or(u32::MAX)
    }

    /// How many records hold a word in a text field (withdrawn ones may still be counted for a while).
    pub fn frequency(&self, field: usize, form: Form, word: &str) -> u64 {
        field_of(&self.fields, field, form)
            .and_then(|field| self.searcher.doc_freq(&Term::from_field_text(field, word)).ok())
            .unwrap_or_default()
    }

    /// The most frequent folded words of a text field that begin with `prefix`, without the word that equals it.
    pub fn beginning_with(&self, field: usize, prefix: &str, limit: usize) -> Result<Vec<String>> {
        let Some(field) = field_of(&self.fields, field, Form::Folded) else { return Ok(Vec::new()) };
        let mut words: BTreeMap<String, u32> = BTreeMap::new();
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(field).map_err(Error::unavailable)?;
            let mut stream = index.terms().range().gt(prefix).into_stream()?;
            while stream.advance() {
                let Ok(word) = std::str::from_utf8(stream.key()) else { continue };
                if !word.starts_with(prefix) {
                    break;
                }
                *words.entry(word.to_owned()).or_default() += stream.value().doc_freq;
            }
        }
        let mut words: Vec<(String, u32)> = words.into_iter().collect();
        words.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        Ok(words.into_iter().take(limit).map(|(word, _)| word).collect())
    }

    /// The words of this snapshot for finding near ones; gathered when first asked for.
    pub fn spelling(&self) -> &Spelling {
        self.spelling.get_or_init(|| {
            let mut spelling = Spelling::default();
            for reader in self.searcher.segment_readers() {
                // An unreadable dictionary only means fewer suggestions.
                let Ok(index) = reader.inverted_index(self.fields.surface) else { continue };
                let Ok(mut stream) = index.terms().stream() else { continue };
                while stream.advance() {
                    if let Ok(surface) = std::str::from_utf8(stream.key()) {
                        spelling.learn(surface, stream.value().doc_freq);
                    }
                }
            }
            spelling
        })
    }
}

impl Snapshot {
    /// The codes of the field that the layout names as phrases, for going on with what somebody types; gathered when first asked for.
    /// Records that are gone count no more.
    pub fn lexicon(&self) -> &Lexicon {
        self.lexicon.get_or_init(|| {
            let Some(codes) = self.phrases.and_then(|field| self.codes(field)) else { return Lexicon::default() };
            let mut counts = vec![0_u32; codes.values.len()];
            // An index that does not answer only means fewer phrases.
            for found in self.matching(&Node::Everything).unwrap_or_default() {
                for place in codes.of(found.row) {
                    if let Some(count) = counts.get_mut(*place as usize) {
                        *count += 1;
                    }
                }
            }
            Lexicon::of(codes.values.iter().map(String::as_str).zip(counts))
        })
    }
}

fn dictionary(column: &BytesColumn) -> tantivy::Result<Vec<Vec<u8>>> {
    let mut values = Vec::with_capacity(column.num_terms());
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        values.push(stream.key().to_vec());
    }
    Ok(values)
}

fn load_codes(searcher: &Searcher, name: &str) -> tantivy::Result<Codes> {
    let mut values: Vec<String> = Vec::new();
    for reader in searcher.segment_readers() {
        if let Some(column) = reader.fast_fields().bytes(name)? {
            values.extend(dictionary(&column)?.into_iter().filter_map(|value| String::from_utf8(value).ok()));
        }
    }
    values.sort();
    values.dedup();
    let mut codes = Codes { values, starts: vec![0], places: Vec::new() };
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().bytes(name)?;
        let dictionary = column.as_ref().map(dictionary).transpose()?.unwrap_or_default();
        let translation: Vec<Option<u32>> = dictionary
            .iter()
            .map(|value| {
                std::str::from_utf8(value)
                    .ok()
                    .and_then(|value| codes.place(value))
                    .and_then(|place| u32::try_from(place).ok())
            })
            .collect();
        for doc in 0..reader.max_doc() {
            let ords = column.as_ref().map(|column| column.term_ords(doc)).into_iter().flatten();
            let mut places: Vec<u32> =
                ords.filter_map(|ord| translation.get(usize::try_from(ord).ok()?).copied().flatten()).collect();
            places.sort_unstable();
            places.dedup();
            codes.places.extend(places);
            codes.starts.push(u32::try_from(codes.places.len()).unwrap_or(u32::MAX));
        }
    }
    Ok(codes)
}

fn load_numbers(searcher: &Searcher, name: &str) -> tantivy::Result<Vec<i64>> {
    let mut numbers = Vec::new();
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().i64(name)?;
        numbers.extend((0..reader.max_doc()).map(|doc| column.first(doc).unwrap_or_default()));
    }
    Ok(numbers)
}

fn load_ranks(searcher: &Searcher, rows: u32) -> tantivy::Result<Vec<u32>> {
    let mut keys: Vec<(Vec<u8>, u32)> = Vec::with_capacity(rows as usize);
    let mut row = 0;
    for reader in searcher.segment_readers() {
        let column = reader.fast_fields().bytes(ORDER)?;
        let values = column.as_ref().map(dictionary).transpose()?.unwrap_or_default();
        for doc in 0..reader.max_doc() {
            let place = column
                .as_ref()
                .and_then(|column| column.term_ords(doc).next())
                .and_then(|ord| usize::try_from(ord).ok());
            let key = place.and_then(|place| values.get(place)).cloned().unwrap_or_default();
            keys.push((key, row));
            row += 1;
        }
    }
    keys.sort_unstable();
    let mut ranks = vec![0; keys.len()];
    for (rank, (_, row)) in keys.iter().enumerate() {
        if let Some(slot) = ranks.get_mut(*row as usize) {
            *slot = u32::try_from(rank).unwrap_or(u32::MAX);
        }
    }
    Ok(ranks)
}

/// Collects every match: filters and counts need them all anyway.
struct Rows<'a> {
    bases: &'a [u32],
    scored: bool,
}

struct SegmentRows {
    base: u32,
    matches: Vec<Match>,
}

impl Collector for Rows<'_> {
    type Fruit = Vec<Match>;
    type Child = SegmentRows;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentRows> {
        Ok(SegmentRows { base: self.bases.get(segment as usize).copied().unwrap_or_default(), matches: Vec::new() })
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, fruits: Vec<Vec<Match>>) -> tantivy::Result<Vec<Match>> {
        Ok(fruits.concat())
    }
}

impl SegmentCollector for SegmentRows {
    type Fruit = Vec<Match>;

    fn collect(&mut self, doc: DocId, score: Score) {
        self.matches.push(Match { row: self.base + doc, score });
    }

    fn harvest(self) -> Vec<Match> {
        self.matches
    }
}

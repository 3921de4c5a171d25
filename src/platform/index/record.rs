//! What an index holds: the layout that a room chooses, the record it hands over, and the tantivy schema that follows from the layout.

use tantivy::schema::{BytesOptions, FAST, Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{PreTokenizedString, Token as IndexedToken};
use tantivy::{TantivyDocument, Term};

use super::analysis::{Token, tokenise};

/// Which fields an index has. Fields are named by their place in these lists.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Raised whenever records are built differently: an index of another version counts as missing and is rebuilt.
    pub version: u32,
    /// How many text fields.
    pub texts: usize,
    /// Which of the text fields teach the spelling aid its words.
    pub spelling: &'static [usize],
    /// How many fields of codes (any number of values per record).
    pub codes: usize,
    /// Which of the fields of codes holds phrases that people may go on with while they type.
    pub phrases: Option<usize>,
    /// How many numbers.
    pub numbers: usize,
}

/// One thing to be found.
#[derive(Clone, Debug)]
pub struct Record {
    /// Unique; a record replaces the earlier one of the same id.
    pub id: String,
    /// The values of every text field; phrases do not reach over two values.
    pub texts: Vec<Vec<String>>,
    /// The values of every code field.
    pub codes: Vec<Vec<String>>,
    /// Every number.
    pub numbers: Vec<i64>,
    /// By what records are put in order of the alphabet, as [`super::collation::sort_key`] makes it.
    pub sort_key: String,
    /// Whatever the room wants back with a hit.
    pub stored: String,
}

/// How far apart two values of one text field stand, in words.
const GAP: usize = 100;

/// The tantivy schema of a layout.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub schema: Schema,
    pub id: Field,
    pub exact: Vec<Field>,
    pub folded: Vec<Field>,
    pub surface: Field,
    pub codes: Vec<Field>,
    pub numbers: Vec<Field>,
    pub order: Field,
    pub stored: Field,
    spelling: &'static [usize],
}

impl Fields {
    pub fn new(layout: &Layout) -> Self {
        let mut schema = Schema::builder();
        let indexed = |detail| {
            TextOptions::default()
                .set_indexing_options(TextFieldIndexing::default().set_tokenizer("raw").set_index_option(detail))
        };
        let words = indexed(IndexRecordOption::WithFreqsAndPositions);
        let names = indexed(IndexRecordOption::Basic);
        let id = schema.add_text_field("id", names.clone());
        let exact = (0..layout.texts).map(|at| schema.add_text_field(&format!("exact{at}"), words.clone())).collect();
        let folded = (0..layout.texts).map(|at| schema.add_text_field(&format!("folded{at}"), words.clone())).collect();
        let surface = schema.add_text_field("surface", names);
        let codes = (0..layout.codes)
            .map(|at| schema.add_bytes_field(&code_name(at), BytesOptions::default().set_fast()))
            .collect();
        let numbers = (0..layout.numbers).map(|at| schema.add_i64_field(&number_name(at), FAST)).collect();
        let order = schema.add_bytes_field(ORDER, BytesOptions::default().set_fast());
        let stored = schema.add_text_field("stored", STORED);
        Self {
            schema: schema.build(),
            id,
            exact,
            folded,
            surface,
            codes,
            numbers,
            order,
            stored,
            spelling: layout.spelling,
        }
    }

    pub fn id_term(&self, id: &str) -> Term {
        Term::from_field_text(self.id, id)
    }

    pub fn document(&self, record: &Record) -> TantivyDocument {
        let mut document = TantivyDocument::new();
        document.add_text(self.id, &record.id);
        for (at, (exact, folded)) in self.exact.iter().zip(&self.folded).enumerate() {
            let values = record.texts.get(at).map_or(&[][..], Vec::as_slice);
            let tokens: Vec<Vec<Token>> = values.iter().map(|value| tokenise(value)).collect();
            document.add_pre_tokenized_text(*exact, pretokenised(&tokens, |token| &token.exact));
            document.add_pre_tokenized_text(*folded, pretokenised(&tokens, |token| &token.folded));
            if self.spelling.contains(&at) {
                for value in &tokens {
                    for surface in surfaces(value) {
                        document.add_text(self.surface, surface);
                    }
                }
            }
        }
        for (field, values) in self.codes.iter().zip(&record.codes) {
            for value in values {
                document.add_bytes(*field, value.as_bytes());
            }
        }
        for (field, number) in self.numbers.iter().zip(&record.numbers) {
            document.add_i64(*field, *number);
        }
        // The id makes the order total, so that paging neither loses nor repeats a record.
        document.add_bytes(self.order, format!("{}\0{}", record.sort_key, record.id).as_bytes());
        document.add_text(self.stored, &record.stored);
        document
    }
}

pub(super) const ORDER: &str = "order";

pub(super) fn code_name(at: usize) -> String {
    format!("code{at}")
}

pub(super) fn number_name(at: usize) -> String {
    format!("number{at}")
}

fn pretokenised(values: &[Vec<Token>], form: impl Fn(&Token) -> &String) -> PreTokenizedString {
    let mut tokens = Vec::new();
    let mut first = 0;
    for value in values {
        for (at, token) in value.iter().enumerate() {
            tokens.push(IndexedToken {
                offset_from: 0,
                offset_to: 0,
                position: first + at,
                text: form(token).clone(),
                position_length: 1,
            });
        }
        first += value.len() + GAP;
    }
    PreTokenizedString { text: String::new(), tokens }
}

/// Single words and neighbouring pairs as people write them.
fn surfaces(tokens: &[Token]) -> Vec<String> {
    let word = |token: &Token| token.surface.chars().any(char::is_alphabetic);
    let singles = tokens.iter().filter(|token| word(token)).map(|token| token.surface.clone());
    let pairs = tokens
        .windows(2)
        .filter(|pair| pair.iter().all(word))
        .map(|pair| format!("{} {}", pair[0].surface, pair[1].surface));
    singles.chain(pairs).collect()
}

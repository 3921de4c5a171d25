//! What goes with a dataset: tables that can be joined with its own, datasets about the same, of the same topic and agency.

use std::collections::{BTreeMap, HashMap};

use super::document::{AGENCY, JOIN, PHRASE, PUBLISHED_AT, TITLE, TOPIC, USED, phrase};
use super::index::stored;
use super::vocabulary::Vocabulary;
use crate::kernel::Result;
use crate::platform::index::analysis::{Token, tokenise};
use crate::platform::index::{Form, Node, Snapshot};
use crate::table::ingest::report::Column;

/// Most datasets that are told.
const MOST: usize = 5;
/// Most pairs of words of a title that are compared.
const MOST_PAIRS: usize = 16;
/// Words that stand in more than one of so many titles tell nothing.
const COMMON: u64 = 5;
/// What a dataset must reach to be told; the same agency alone is not enough.
const LEAST: f64 = 1.0;

/// A dataset as far as it matters here.
#[derive(Clone, Debug, Default)]
pub struct About {
    /// Its id.
    pub id: String,
    /// Its title in Vietnamese.
    pub title_vi: String,
    /// Its keywords.
    pub keywords: Vec<String>,
    /// Key of its topic.
    pub topic: String,
    /// Key of its agency.
    pub agency: String,
    /// What its tables can be joined by: the code of [`join_code`] and the title to be shown.
    pub joins: Vec<(String, String)>,
}

/// Why a dataset goes with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tie {
    /// Their tables can be joined by the column of this title.
    Column(String),
    /// Both are about this, in the words of the dataset asked about.
    Words(String),
    /// Both are of the same topic.
    Topic,
    /// Both are the same agency's.
    Agency,
}

/// A dataset that goes with another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its id.
    pub id: String,
    /// Why, the strongest reason first.
    pub ties: Vec<Tie>,
}

/// The code under which columns of two tables can be joined: a title that speaks of a code of something ("ma xa", "province code"),
/// and the shape of its values, so that codes of different things under one title stay apart. None for every other column.
/// `example` is a value of the column; `even` says whether all values are as long.
pub fn join_code(title: &str, example: Option<&str>, even: bool) -> Option<String> {
    let words: Vec<Token> = tokenise(title);
    let (first, last) = (words.first()?, words.last()?);
    // A code of nothing in particular is each table's own.
    if words.len() < 2 || !(first.folded == "ma" || ["code", "id"].contains(&last.folded.as_str())) {
        return None;
    }
    let mut shape = String::new();
    for c in example?.trim().chars().take(40) {
        let class = match c {
            c if c.is_ascii_digit() => '9',
            c if c.is_alphabetic() => 'a',
            c => c,
        };
        if even || !shape.ends_with(class) {
            shape.push(class);
        }
    }
    let title: Vec<&str> = words.iter().map(|word| word.folded.as_str()).collect();
    Some(format!("{}|{shape}", title.join(" ")))
}

/// The [`join_code`] of a column of a table.
pub fn join_of(column: &Column) -> Option<String> {
    let even = column.profile.as_ref().is_none_or(|profile| profile.min_len == profile.max_len);
    join_code(&column.title, column.examples.first().map(String::as_str), even)
}

/// What one row has in common with the dataset.
#[derive(Default)]
struct Common {
    columns: Vec<usize>,
    keywords: Vec<usize>,
    pairs: Vec<usize>,
    topic: bool,
    agency: bool,
}

impl Common {
    fn score(&self) -> f64 {
        let many = |count: usize, first: f64, further: f64, most: usize| match count {
            0 => 0.0,
            #[allow(clippy::cast_precision_loss)] // a handful
            count => first + further * (count.min(most) - 1) as f64,
        };
        many(self.columns.len(), 1.6, 0.4, 3)
            + many(self.keywords.len(), 1.2, 0.5, 4)
            + many(self.pairs.len(), 1.0, 0.5, 4)
            + if self.topic { 1.0 } else { 0.0 }
            + if self.agency { 0.6 } else { 0.0 }
    }
}

pub(super) fn related(snapshot: &Snapshot, vocabulary: &Vocabulary, about: &About) -> Result<Vec<Related>> {
    let title = tokenise(&about.title_vi);
    let pairs = telling_pairs(snapshot, vocabulary, &title)?;
    let place = |field: usize, code: &str| snapshot.codes(field).and_then(|codes| codes.place(code));
    let joins: HashMap<usize, usize> =
        about.joins.iter().enumerate().filter_map(|(at, (code, _))| Some((place(JOIN, code)?, at))).collect();
    let keywords: HashMap<usize, usize> = about
        .keywords
        .iter()
        .enumerate()
        .filter_map(|(at, keyword)| Some((place(PHRASE, &phrase(keyword))?, at)))
        .collect();
    let (topic, agency) = (place(TOPIC, &about.topic), place(AGENCY, &about.agency));
    let of = |field: usize, row: u32| snapshot.codes(field).map_or(&[][..], |codes| codes.of(row));
    let has = |field: usize, row: u32, wanted: Option<usize>| {
        wanted.is_some_and(|wanted| of(field, row).iter().any(|place| *place as usize == wanted))
    };
    let shared = |field: usize, row: u32, own: &HashMap<usize, usize>| {
        let mut shared: Vec<usize> =
            of(field, row).iter().filter_map(|place| own.get(&(*place as usize)).copied()).collect();
        shared.sort_unstable();
        shared
    };
    let mut rows: Vec<(f64, u32, Common)> = snapshot
        .matching(&Node::Everything)?
        .into_iter()
        .map(|found| {
            let row = found.row;
            let common = Common {
                columns: shared(JOIN, row, &joins),
                keywords: shared(PHRASE, row, &keywords),
                pairs: pairs.get(&row).cloned().unwrap_or_default(),
                topic: has(TOPIC, row, topic),
                agency: has(AGENCY, row, agency),
            };
            (common.score(), row, common)
        })
        .filter(|(score, ..)| *score >= LEAST)
        .collect();
    let number = |field, row| snapshot.number(field, row).unwrap_or_default();
    rows.sort_by(|(a, x, _), (b, y, _)| {
        b.total_cmp(a)
            .then_with(|| number(USED, *y).cmp(&number(USED, *x)))
            .then_with(|| number(PUBLISHED_AT, *y).cmp(&number(PUBLISHED_AT, *x)))
            .then_with(|| snapshot.rank(*x).cmp(&snapshot.rank(*y)))
    });
    let mut told = Vec::new();
    for (_, row, common) in rows {
        let id = stored(snapshot, row)?.id;
        if id != about.id {
            told.push(Related { id, ties: ties(&common, about, &title) });
        }
        if told.len() == MOST {
            break;
        }
    }
    Ok(told)
}

fn ties(common: &Common, about: &About, title: &[Token]) -> Vec<Tie> {
    let mut ties: Vec<Tie> =
        common.columns.iter().filter_map(|at| Some(Tie::Column(about.joins.get(*at)?.1.clone()))).collect();
    let keyword = common.keywords.first().and_then(|at| about.keywords.get(*at)).cloned();
    ties.extend(keyword.or_else(|| longest(&common.pairs, title, &about.title_vi)).map(Tie::Words));
    ties.extend(common.topic.then_some(Tie::Topic));
    ties.extend(common.agency.then_some(Tie::Agency));
    ties
}

/// The longest run of words in a title of which every neighbouring pair is shared.
fn longest(pairs: &[usize], title: &[Token], text: &str) -> Option<String> {
    let mut best: Option<(usize, usize)> = None;
    let mut start = 0;
    for (at, pair) in pairs.iter().enumerate() {
        if at > 0 && pairs.get(at - 1).is_none_or(|before| before + 1 != *pair) {
            start = at;
        }
        let run = (pairs.get(start).copied()?, *pair + 1);
        if best.is_none_or(|(first, last)| run.1 - run.0 > last - first) {
            best = Some(run);
        }
    }
    let (first, last) = best?;
    Some(text.get(title.get(first)?.start..title.get(last)?.end)?.to_lowercase())
}

/// By row, the neighbouring words of the title, by the place of the first, that its title holds as well, as far as they tell something.
fn telling_pairs(snapshot: &Snapshot, vocabulary: &Vocabulary, title: &[Token]) -> Result<BTreeMap<u32, Vec<usize>>> {
    let mut rows: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (at, pair) in title.windows(2).take(MOST_PAIRS).enumerate() {
        if pair.iter().any(|word| vocabulary.is_optional(word, true) || !word.surface.contains(char::is_alphabetic)) {
            continue;
        }
        let words = pair.iter().map(|word| word.exact.clone()).collect();
        let found = snapshot.matching(&Node::Phrase(TITLE, Form::Exact, words))?;
        if found.len() as u64 > (snapshot.len() / COMMON).max(3) {
            continue;
        }
        for found in found {
            rows.entry(found.row).or_default().push(at);
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_something_join_and_other_columns_do_not() {
        let code = |title, example| join_code(title, Some(example), true);
        assert_eq!(code("Mã xã", "12345").as_deref(), Some("ma xa|99999"));
        assert_eq!(code("ma_xa", "00001"), code("Mã xã", "12345"), "however it is written");
        assert_ne!(code("Mã điểm", "P-01"), code("Mã điểm", "0001"), "codes of different things");
        assert_eq!(join_code("Mã trường", Some("123"), false), join_code("Mã trường", Some("7"), false));
        assert_eq!(code("Province code", "H99").as_deref(), Some("province code|a99"));
        for title in ["Mã", "STT", "Tên xã", "Máy bơm", "Số lượng", ""] {
            assert_eq!(code(title, "1"), None, "{title}");
        }
        assert_eq!(join_code("Mã xã", None, true), None, "an empty column joins nothing");
    }
}

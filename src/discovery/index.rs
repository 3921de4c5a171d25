//! The index of one node: documents in, answers out.

use std::cmp::Ordering;
use std::path::Path;
use std::sync::Arc;

use super::document::{
    AGENCY, Answer, Document, Hit, LAYOUT, Offer, PUBLISHED_AT, Piece, Query, Sort, Stored, Suggestions, TOPIC, Title,
    USED,
};
use super::facets::{droppable, filter};
use super::help::did_you_mean;
use super::highlight::Highlighter;
use super::ranking::{Stage, node, prune, stages, titles};
use super::related::{About, Related, related};
use super::suggest::going_on;
use super::understanding::Understanding;
use super::vocabulary::Vocabulary;
use crate::kernel::{Lang, Result};
use crate::platform::index::{Engine, Match, Node, Record, Snapshot};

/// Most titles offered while typing.
const MOST_TITLES: usize = 6;
/// Most words and phrases told as also searched.
const MOST_ALSO: usize = 8;
/// Most columns told as matched.
const MOST_COLUMNS: usize = 5;
/// Most topics offered when nothing was found.
const MOST_TOPICS: usize = 6;

/// The search index of this node. Cloning shares it.
#[derive(Clone)]
pub struct Index {
    engine: Engine,
    vocabulary: Arc<Vocabulary>,
}

impl Index {
    /// Opens the index in a folder (made when missing). When there is none, or a damaged, half-built or outdated one, this is no
    /// error, but the index is not [`Self::ready`]: serve from the database and call [`Self::rebuild`]. The first one on a folder,
    /// of all processes, may write; later ones only read. `memory` bounds the writer, in bytes (at least 15 million).
    ///
    /// # Errors
    /// Only when the folder cannot be made or read.
    pub fn open(folder: &Path, vocabulary: Arc<Vocabulary>, memory: usize) -> Result<Self> {
        Ok(Self { engine: Engine::open(folder, LAYOUT, memory)?, vocabulary })
    }

    /// Whether a whole generation answers.
    pub fn ready(&self) -> bool {
        self.engine.ready()
    }

    /// The change up to which the index is in step; 0 while it is not ready. After a rebuild it is the rebuild's, which may be
    /// lower than before: apply again what came after it.
    pub fn sequence(&self) -> i64 {
        self.engine.sequence()
    }

    /// How many documents it holds; 0 while it is not ready.
    pub fn len(&self) -> u64 {
        self.engine.snapshot().map_or(0, |(snapshot, _)| snapshot.len())
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ids of all documents, sorted; for checking the index against the database.
    ///
    /// # Errors
    /// `search-index-missing` while it is not ready.
    pub fn ids(&self) -> Result<Vec<String>> {
        self.engine.guarded(|snapshot, _| {
            let mut ids = snapshot
                .matching(&Node::Everything)?
                .into_iter()
                .map(|found| Ok(stored(snapshot, found.row)?.id))
                .collect::<Result<Vec<String>>>()?;
            ids.sort();
            Ok(ids)
        })
    }

    /// Adds or replaces documents, removes others by id, and notes the change it is now in step with: one commit, all or nothing,
    /// on disk when this returns. Doing it again changes nothing. Blocks; call it off the request threads and in batches.
    ///
    /// # Errors
    /// `search-index-missing` while it is not ready, `search-index-in-use` when another process owns the folder, `disk-full`.
    pub fn apply(&self, upserts: Vec<Document>, deletes: Vec<String>, sequence: i64) -> Result<()> {
        let records = upserts.into_iter().map(Document::record).collect::<Result<Vec<Record>>>()?;
        self.engine.apply(&records, &deletes, sequence)
    }

    /// Builds a new index from all documents beside the present one, which goes on answering, and swaps at the end. A crash or an
    /// error at any point leaves the old one or the new one, whole. `progress` hears now and then how many documents are in.
    ///
    /// # Errors
    /// The first error of `documents`; `search-index-in-use` when another process owns the folder; `disk-full`.
    pub fn rebuild(
        &self,
        documents: &mut dyn Iterator<Item = Result<Document>>,
        sequence: i64,
        progress: &mut dyn FnMut(u64),
    ) -> Result<()> {
        self.engine.rebuild(&mut documents.map(|document| document.and_then(Document::record)), sequence, progress)
    }

    /// Searches.
    ///
    /// # Errors
    /// `search-index-missing` while it is not ready; `unavailable` when it turns out damaged, after which it is not ready.
    pub fn search(&self, query: &Query) -> Result<Answer> {
        self.engine.guarded(|snapshot, sequence| self.answer(snapshot, sequence, query))
    }

    /// What goes with the words typed so far, the last of which may be unfinished; nothing while nothing is typed.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn suggest(&self, typed: &str, lang: Lang) -> Result<Offer> {
        self.engine.guarded(|snapshot, _| {
            let understanding = Understanding::new(typed, false, &Vocabulary::empty());
            let Some(node) = titles(&understanding, snapshot)? else { return Ok(Offer::default()) };
            let found = sorted(snapshot, snapshot.matching(&node)?, Sort::Relevance, 0, MOST_TITLES);
            let highlighter = Highlighter::new(&understanding);
            let titles = found
                .into_iter()
                .map(|found| {
                    let stored = stored(snapshot, found.row)?;
                    let (lang, title) = in_language(lang, &stored.title_vi, &stored.title_en);
                    let title = highlighter.whole(title);
                    Ok(Title { id: stored.id, slug: stored.slug, title, lang })
                })
                .collect::<Result<_>>()?;
            Ok(Offer {
                words: going_on(typed, &understanding.words, snapshot)?,
                titles,
                topics: tally(snapshot, TOPIC)?,
                agencies: tally(snapshot, AGENCY)?,
            })
        })
    }

    /// Datasets that go with one, best first, at most five, each with what ties them.
    ///
    /// # Errors
    /// As [`Self::search`].
    pub fn related(&self, about: &About) -> Result<Vec<Related>> {
        self.engine.guarded(|snapshot, _| related(snapshot, &self.vocabulary, about))
    }

    fn answer(&self, snapshot: &Snapshot, sequence: i64, query: &Query) -> Result<Answer> {
        let mut understanding = Understanding::new(&query.text, query.exact, &self.vocabulary);
        prune(&mut understanding, snapshot);
        let mut matches = Vec::new();
        let mut relaxed = false;
        for stage in stages(&understanding) {
            let node = node(&understanding, snapshot, query.lang, stage)?.unwrap_or(Node::Everything);
            matches = snapshot.matching(&node)?;
            if !matches.is_empty() {
                relaxed = matches!(stage, Stage::Most(_));
                break;
            }
        }
        let nothing = matches.is_empty();
        let mut filtered = filter(snapshot, matches, query);
        let total = filtered.passed.len() as u64;
        let sort = if understanding.is_empty() && query.sort == Sort::Relevance { Sort::Newest } else { query.sort };
        let offset = usize::try_from(query.page.offset()).unwrap_or(usize::MAX);
        let size = usize::try_from(query.page.size).unwrap_or(usize::MAX);
        let page = sorted(snapshot, std::mem::take(&mut filtered.passed), sort, offset, size);
        let highlighter = Highlighter::new(&understanding);
        let hits = page
            .into_iter()
            .map(|found| Ok(hit(stored(snapshot, found.row)?, &highlighter, query.lang)))
            .collect::<Result<_>>()?;
        let mut suggestions = Suggestions::default();
        if nothing || relaxed {
            suggestions.did_you_mean = did_you_mean(&understanding, snapshot);
        }
        if total == 0 {
            suggestions.without_filter = droppable(&filtered, query);
            suggestions.without_all = filtered.all;
            suggestions.topics = tally(snapshot, TOPIC)?;
            suggestions.topics.truncate(MOST_TOPICS);
        }
        let mut also = understanding.also();
        also.truncate(MOST_ALSO);
        Ok(Answer { total, hits, facets: filtered.facets, also, relaxed, suggestions, sequence })
    }
}

/// The codes of a field with how many documents have them, most first.
fn tally(snapshot: &Snapshot, field: usize) -> Result<Vec<(String, u64)>> {
    let Some(codes) = snapshot.codes(field) else { return Ok(Vec::new()) };
    let mut counts: Vec<(String, u64)> = codes.values.iter().map(|code| (code.clone(), 0)).collect();
    for found in snapshot.matching(&Node::Everything)? {
        for place in codes.of(found.row) {
            if let Some((_, count)) = counts.get_mut(*place as usize) {
                *count += 1;
            }
        }
    }
    counts.retain(|(_, count)| *count > 0);
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    Ok(counts)
}

/// The matches from `offset` on, at most `size`, in a total order.
fn sorted(snapshot: &Snapshot, mut matches: Vec<Match>, sort: Sort, offset: usize, size: usize) -> Vec<Match> {
    let number = |field, found: &Match| snapshot.number(field, found.row).unwrap_or_default();
    let newest = |a: &Match, b: &Match| number(PUBLISHED_AT, b).cmp(&number(PUBLISHED_AT, a));
    let title = |a: &Match, b: &Match| snapshot.rank(a.row).cmp(&snapshot.rank(b.row));
    let order = |a: &Match, b: &Match| -> Ordering {
        match sort {
            Sort::Relevance => b.score.total_cmp(&a.score).then_with(|| newest(a, b)),
            Sort::Newest => newest(a, b),
            Sort::Used => number(USED, b).cmp(&number(USED, a)).then_with(|| newest(a, b)),
            Sort::Title => Ordering::Equal,
        }
        .then_with(|| title(a, b))
    };
    if offset >= matches.len() {
        return Vec::new();
    }
    let until = offset.saturating_add(size).min(matches.len());
    if until < matches.len() {
        matches.select_nth_unstable_by(until, order);
        matches.truncate(until);
    }
    matches.sort_unstable_by(order);
    matches.split_off(offset)
}

pub(super) fn stored(snapshot: &Snapshot, row: u32) -> Result<Stored> {
    // What cannot be read back is damage, not a fault of this search.
    serde_json::from_str(&snapshot.stored(row)?).map_err(crate::kernel::Error::unavailable)
}

fn in_language<'a>(lang: Lang, vi: &'a str, en: &'a str) -> (Lang, &'a str) {
    let own = match lang {
        Lang::Vi => vi,
        Lang::En => en,
    };
    if own.trim().is_empty() { (lang.other(), if lang == Lang::Vi { en } else { vi }) } else { (lang, own) }
}

fn hit(stored: Stored, highlighter: &Highlighter<'_>, lang: Lang) -> Hit {
    let (title_lang, title) = in_language(lang, &stored.title_vi, &stored.title_en);
    let (snippet_lang, description) = in_language(lang, &stored.description_vi, &stored.description_en);
    let snippet: Vec<Piece> = highlighter.snippet(description);
    Hit {
        title_lang,
        title: highlighter.whole(title),
        snippet_lang,
        snippet,
        matched_columns: stored
            .columns
            .iter()
            .filter(|column| highlighter.matches(column))
            .take(MOST_COLUMNS)
            .cloned()
            .collect(),
        id: stored.id,
        slug: stored.slug,
    }
}

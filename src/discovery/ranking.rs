//! Ranking: how an understood query becomes a query over the index, and what counts how much.
//!
//! Fields count in this order: title, keywords, names of agency and topic, columns, description. A word typed with marks is found
//! with them in every field, and without regard to them only where people look first (title, keywords), below every record that
//! holds all words with their marks. A word typed without marks is found whatever its marks. Neighbouring words that stand
//! together score more: most Vietnamese words have two syllables.

use super::document::{COLUMNS, DESCRIPTION, KEYWORDS, NAMES, TITLE, TITLE_EN};
use super::understanding::{Concept, Understanding};
use super::vocabulary::Meaning;
use crate::kernel::{Lang, Result};
use crate::platform::index::analysis::Token;
use crate::platform::index::{Form, Node, Snapshot};

/// What a match in a field counts, by field.
const WEIGHTS: [(usize, f32); 6] =
    [(TITLE, 10.0), (TITLE_EN, 7.0), (KEYWORDS, 5.0), (NAMES, 2.5), (COLUMNS, 1.5), (DESCRIPTION, 1.0)];
/// How much more the English title counts for an English reader.
const OWN_LANGUAGE: f32 = 1.5;
/// What a match that ignores marks counts beside one that does not, when marks were typed.
const WITHOUT_MARKS: f32 = 0.2;
/// What a match with the very same writing adds when no marks were typed.
const SAME_WRITING: f32 = 1.1;
/// What the beginning of a longer word counts beside the whole word.
const BEGINNING: f32 = 0.3;
/// What neighbouring words that stand together add, as a share of a field's weight.
const TOGETHER: f32 = 0.5;
/// Lifts records that hold all words with their marks above all that do not.
const MARKS_AGREE: f32 = 10_000.0;
/// Most longer words that a beginning stands for.
const MOST_ENDINGS: usize = 40;

/// How strictly words must match.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// All of them, marks ignored only in title and keywords.
    All,
    /// All of them, marks ignored everywhere.
    AllWithoutMarks,
    /// So many of the words insisted on.
    Most(usize),
}

/// The stages to try in order until one finds something.
pub(super) fn stages(understanding: &Understanding) -> Vec<Stage> {
    let mut stages = vec![Stage::All];
    if understanding.exact {
        return stages;
    }
    if understanding.marks {
        stages.push(Stage::AllWithoutMarks);
    }
    let required: usize =
        understanding.concepts.iter().filter(|concept| !concept.optional).map(|concept| concept.words.len()).sum();
    // One word less at a time, down to half of what was asked for; fewer would find nearly anything.
    let least = (required / 2).max(1);
    stages.extend((least..required).rev().map(Stage::Most));
    stages
}

/// Takes out what the index cannot hold, so that it is neither searched nor shown.
pub(super) fn prune(understanding: &mut Understanding, snapshot: &Snapshot) {
    let known = |word: &Token| {
        WEIGHTS.iter().any(|(field, _)| snapshot.frequency(*field, Form::Exact, &word.exact) > 0)
            || (!word.marked && snapshot.frequency(TITLE_EN, Form::Folded, &word.folded) > 0)
    };
    for concept in &mut understanding.concepts {
        concept.meanings.retain(|meaning| meaning.words.iter().all(known));
    }
}

/// The query for one stage. `None` when the text asks for everything.
pub(super) fn node(
    understanding: &Understanding,
    snapshot: &Snapshot,
    lang: Lang,
    stage: Stage,
) -> Result<Option<Node>> {
    if understanding.is_empty() {
        return Ok(None);
    }
    let ranking = Ranking {
        understanding,
        lang,
        everywhere: stage != Stage::All && !understanding.exact,
        endings: endings(understanding, snapshot)?,
    };
    let (required, optional): (Vec<&Concept>, Vec<&Concept>) =
        understanding.concepts.iter().partition(|concept| !concept.optional);
    let loose: Vec<Node> = required.iter().map(|concept| ranking.concept(concept)).collect();
    let must = match stage {
        // A phrase counts as often as it has words.
        Stage::Most(least) => Node::Most(
            least,
            required.iter().zip(loose).flat_map(|(concept, node)| vec![node; concept.words.len()]).collect(),
        ),
        _ => Node::All(loose),
    };
    let mut better: Vec<Node> = optional.iter().map(|concept| ranking.concept(concept).boosted(0.5)).collect();
    better.extend(ranking.together());
    if understanding.marks && !understanding.exact && !matches!(stage, Stage::Most(_)) {
        let agreeing = required.iter().map(|concept| ranking.concept_with_marks(concept)).collect();
        better.push(Node::Flat(MARKS_AGREE, Box::new(Node::All(agreeing))));
    }
    Ok(Some(if better.is_empty() { must } else { Node::Prefer(Box::new(must), better) }))
}

/// The query for titles that are offered while typing: all words, the last one may be a beginning.
pub(super) fn titles(understanding: &Understanding, snapshot: &Snapshot) -> Result<Option<Node>> {
    if understanding.is_empty() {
        return Ok(None);
    }
    let mut words = Vec::new();
    for (at, word) in understanding.words.iter().enumerate() {
        let mut ways = vec![
            Node::Term(TITLE, Form::Folded, word.folded.clone()),
            Node::Term(TITLE_EN, Form::Folded, word.folded.clone()),
            Node::Term(TITLE, Form::Exact, word.exact.clone()).boosted(2.0),
        ];
        if at + 1 == understanding.words.len() {
            for field in [TITLE, TITLE_EN] {
                let endings = snapshot.beginning_with(field, &word.plain, MOST_ENDINGS)?;
                ways.extend(
                    endings
                        .into_iter()
                        .map(|ending| Node::Flat(0.5, Box::new(Node::Term(field, Form::Folded, ending)))),
                );
            }
        }
        words.push(Node::Best(ways));
    }
    Ok(Some(Node::All(words)))
}

/// The longer words that the last one may be the beginning of, by field. A word with marks that the index holds is a word; one without may
/// always be a beginning, but only from two letters on.
fn endings(understanding: &Understanding, snapshot: &Snapshot) -> Result<Vec<(usize, Vec<String>)>> {
    let Some(last) = understanding.last() else { return Ok(Vec::new()) };
    let is_word = WEIGHTS.iter().any(|(field, _)| snapshot.frequency(*field, Form::Folded, &last.folded) > 0);
    if is_word && (last.marked || last.plain.chars().count() < 2) {
        return Ok(Vec::new());
    }
    // A beginning that is a word too is looked for only where people look first: "so" must not find every description with "sông".
    let fields: &[usize] =
        if is_word { &[TITLE, TITLE_EN, KEYWORDS] } else { &[TITLE, TITLE_EN, KEYWORDS, NAMES, COLUMNS] };
    fields.iter().map(|field| Ok((*field, snapshot.beginning_with(*field, &last.plain, MOST_ENDINGS)?))).collect()
}

struct Ranking<'a> {
    understanding: &'a Understanding,
    lang: Lang,
    /// Whether marks are ignored in every field.
    everywhere: bool,
    endings: Vec<(usize, Vec<String>)>,
}

impl Ranking<'_> {
    fn weight(&self, field: usize) -> f32 {
        let weight = WEIGHTS.iter().find(|(at, _)| *at == field).map_or(1.0, |(_, weight)| *weight);
        if field == TITLE_EN && self.lang == Lang::En { weight * OWN_LANGUAGE } else { weight }
    }

    fn term(&self, field: usize, form: Form, word: &Token, factor: f32) -> Node {
        let text = match form {
            Form::Exact => &word.exact,
            Form::Folded => &word.folded,
        };
        Node::Term(field, form, text.clone()).boosted(self.weight(field) * factor)
    }

    fn concept(&self, concept: &Concept) -> Node {
        if concept.quoted {
            return self.quoted(concept);
        }
        let words = Node::All(concept.words.clone().map(|at| self.word(at)).collect());
        self.or_meanings(words, concept)
    }

    fn concept_with_marks(&self, concept: &Concept) -> Node {
        if concept.quoted {
            return self.quoted(concept);
        }
        let words = Node::All(concept.words.clone().map(|at| self.word_with_marks(at)).collect());
        self.or_meanings(words, concept)
    }

    fn or_meanings(&self, words: Node, concept: &Concept) -> Node {
        let mut ways = vec![words];
        ways.extend(concept.meanings.iter().flat_map(|meaning| self.meaning(meaning)));
        Node::Best(ways)
    }

    /// A word in any field.
    fn word(&self, at: usize) -> Node {
        let Some(word) = self.understanding.words.get(at) else { return Node::Best(Vec::new()) };
        let fields = WEIGHTS.iter().map(|(field, _)| *field);
        let mut ways: Vec<Node> = if word.marked {
            let exact =
                fields.clone().filter(|field| *field != TITLE_EN).map(|field| self.term(field, Form::Exact, word, 1.0));
            let first = [TITLE, TITLE_EN, KEYWORDS];
            let folded = fields
                .filter(|field| !self.understanding.exact && (self.everywhere || first.contains(field)))
                .map(|field| self.term(field, Form::Folded, word, WITHOUT_MARKS));
            exact.chain(folded).collect()
        } else {
            let folded = fields.map(|field| self.term(field, Form::Folded, word, 1.0));
            let same = self.term(TITLE, Form::Exact, word, SAME_WRITING);
            folded.chain([same]).collect()
        };
        self.add_endings(at, &mut ways);
        Node::Best(ways)
    }

    /// A word with exactly its marks in any field.
    fn word_with_marks(&self, at: usize) -> Node {
        let Some(word) = self.understanding.words.get(at) else { return Node::Best(Vec::new()) };
        let mut ways: Vec<Node> = WEIGHTS.iter().map(|(field, _)| self.term(*field, Form::Exact, word, 1.0)).collect();
        self.add_endings(at, &mut ways);
        Node::Best(ways)
    }

    fn add_endings(&self, at: usize, ways: &mut Vec<Node>) {
        if at + 1 != self.understanding.words.len() {
            return;
        }
        for (field, endings) in &self.endings {
            for ending in endings {
                let term = Node::Term(*field, Form::Folded, ending.clone());
                // Rare long words would outweigh the word that was typed; all endings count alike.
                ways.push(Node::Flat(self.weight(*field) * BEGINNING, Box::new(term)));
            }
        }
    }

    fn quoted(&self, concept: &Concept) -> Node {
        let Some(words) = self.understanding.words.get(concept.words.clone()) else { return Node::Best(Vec::new()) };
        let form = if words.iter().any(|word| word.marked) { Form::Exact } else { Form::Folded };
        Node::Best(WEIGHTS.iter().map(|(field, weight)| phrase(*field, form, words).boosted(*weight)).collect())
    }

    /// A meaning as a phrase in one field.
    fn meaning(&self, meaning: &Meaning) -> Vec<Node> {
        let marked = meaning.words.iter().any(|word| word.marked);
        WEIGHTS
            .iter()
            .filter(|(field, _)| *field != TITLE_EN || !marked)
            .map(|(field, _)| {
                // Column names are often written without marks; a phrase is safe to find there all the same.
                let loose = *field == TITLE_EN || (*field == COLUMNS && meaning.words.len() > 1);
                phrase(*field, if loose { Form::Folded } else { Form::Exact }, &meaning.words)
                    .boosted(self.weight(*field) * meaning.weight)
            })
            .collect()
    }

    /// What neighbours that stand together add.
    fn together(&self) -> Vec<Node> {
        let mut nodes = Vec::new();
        for pair in self.understanding.words.windows(2) {
            let marked = pair.iter().any(|word| word.marked);
            for field in [TITLE, TITLE_EN, KEYWORDS, DESCRIPTION] {
                if field == TITLE_EN && marked {
                    continue;
                }
                let form = if marked { Form::Exact } else { Form::Folded };
                nodes.push(phrase(field, form, pair).boosted(self.weight(field) * TOGETHER));
            }
        }
        nodes
    }
}

fn phrase(field: usize, form: Form, words: &[Token]) -> Node {
    let words = words.iter().map(|word| match form {
        Form::Exact => word.exact.clone(),
        Form::Folded => word.folded.clone(),
    });
    Node::Phrase(field, form, words.collect())
}

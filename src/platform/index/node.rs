//! Queries as a small tree, and how they become tantivy queries.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur, PhraseQuery, Query,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::record::Fields;

/// In which form words are compared (see [`super::analysis::Token`]).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Tone marks count.
    Exact,
    /// Tone marks do not count.
    Folded,
}

/// A query. Words are given in the form that the node names.
#[derive(Clone, Debug)]
pub enum Node {
    /// Every record, all equally good.
    Everything,
    /// Records with a word in a text field; rarer words and shorter texts count more (BM25).
    Term(usize, Form, String),
    /// Records with words next to each other in a text field. One word is a [`Node::Term`], none finds nothing.
    Phrase(usize, Form, Vec<String>),
    /// Records that match all; the scores are added.
    All(Vec<Node>),
    /// Records that match any; the best score counts, the others a little.
    Best(Vec<Node>),
    /// Records that match at least so many; the scores are added.
    Most(usize, Vec<Node>),
    /// Records that match the first; matching one of the others adds its score.
    Prefer(Box<Node>, Vec<Node>),
    /// The score times a factor.
    Boosted(f32, Box<Node>),
    /// The same score for every record that matches.
    Flat(f32, Box<Node>),
}

/// What the lesser matches of [`Node::Best`] add, as a share of their scores.
const TIE: f32 = 0.1;

impl Node {
    /// The score times a factor.
    #[must_use]
    pub fn boosted(self, factor: f32) -> Self {
        Self::Boosted(factor, Box::new(self))
    }

    pub(super) fn compile(&self, fields: &Fields) -> Box<dyn Query> {
        let compile_all = |nodes: &[Self]| nodes.iter().map(|node| node.compile(fields)).collect::<Vec<_>>();
        match self {
            Self::Everything => Box::new(AllQuery),
            Self::Term(field, form, word) => match field_of(fields, *field, *form) {
                Some(field) => {
                    Box::new(TermQuery::new(Term::from_field_text(field, word), IndexRecordOption::WithFreqs))
                }
                None => Box::new(EmptyQuery),
            },
            Self::Phrase(field, form, words) => match (field_of(fields, *field, *form), words.as_slice()) {
                (None, _) | (_, []) => Box::new(EmptyQuery),
                (_, [word]) => Self::Term(*field, *form, word.clone()).compile(fields),
                (Some(field), words) => {
                    Box::new(PhraseQuery::new(words.iter().map(|word| Term::from_field_text(field, word)).collect()))
                }
            },
            Self::All(nodes) => match nodes.as_slice() {
                [node] => node.compile(fields),
                nodes => Box::new(BooleanQuery::intersection(compile_all(nodes))),
            },
            Self::Best(nodes) => match nodes.as_slice() {
                [node] => node.compile(fields),
                nodes => Box::new(DisjunctionMaxQuery::with_tie_breaker(compile_all(nodes), TIE)),
            },
            Self::Most(least, nodes) => {
                Box::new(BooleanQuery::union_with_minimum_required_clauses(compile_all(nodes), *least))
            }
            Self::Prefer(must, better) => {
                let better = compile_all(better).into_iter().map(|query| (Occur::Should, query));
                Box::new(BooleanQuery::new(
                    std::iter::once((Occur::Must, must.compile(fields))).chain(better).collect(),
                ))
            }
            Self::Boosted(factor, node) => Box::new(BoostQuery::new(node.compile(fields), *factor)),
            Self::Flat(score, node) => Box::new(ConstScoreQuery::new(node.compile(fields), *score)),
        }
    }
}

pub(super) fn field_of(fields: &Fields, at: usize, form: Form) -> Option<Field> {
    match form {
        Form::Exact => fields.exact.get(at),
        Form::Folded => fields.folded.get(at),
    }
    .copied()
}

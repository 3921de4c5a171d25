//! Discovery [tìm kiếm, khám phá]: finding published datasets by what people type, in Vietnamese with or without tone marks and in English.
//!
//! - [`Document`]: what is known of a dataset to be found; [`Query`] and [`Answer`]: what is asked and what comes back.
//! - [`Vocabulary`]: abbreviations and synonyms, from `search-index/`.
//! - [`Index`]: the documents of one node, in step with the change sequence.
//! - [`Offer`]: what is offered while somebody types; [`Related`]: what else a reader of a dataset may want, and why.
//!
//! How a search goes: the text is *understood* (words, abbreviations, synonyms, quoted phrases), turned into a *ranked* query, run
//! once over the index, *filtered and counted* in one pass over the matches, sorted, and the page's hits are *highlighted*. All
//! words must match; when nothing holds them all, most must, and the answer says so. Words typed with tone marks are found
//! with exactly these first. What is found never depends on the node: two nodes at the same sequence answer alike up to the fine
//! order of equally good hits.

mod document;
mod facets;
#[cfg(test)]
mod golden;
mod help;
mod highlight;
mod index;
mod ranking;
mod related;
mod suggest;
#[cfg(test)]
mod tests;
mod understanding;
mod vocabulary;

pub use document::{
    Answer, Document, Facet, Facets, Hit, Offer, Piece, Query, Sort, Suggestions, Timeliness, Title, WithoutFilter,
};
pub use index::Index;
pub use related::{About, Related, Tie, join_code, join_of};
pub use vocabulary::Vocabulary;

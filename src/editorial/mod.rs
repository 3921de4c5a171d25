//! What the coordinating department writes for the public (*trang*): guides (*hướng dẫn*), news (*tin*), and the pages that stand at an address of
//! their own, terms and about.
//!
//! A page is *draft* (*bản nháp*) until it is first *published* (*công bố*), and may be *withdrawn* (*gỡ*) and published again. Invariants: the
//! public sees revisions alone, each kept for good with its number, its writer and its day; what is being written is seen by those who write.
//! Texts that come with the program (`editorial/`, terms and about of the profile) are shown until somebody edits them: they have no row
//! before, become revision 1 of the page then, and are never withdrawn, since the portal leads to them. A slug never names another page.

mod built_in;
mod command;
mod form;
mod model;
mod query;
mod store;

pub use built_in::is as is_needed;
pub use command::{create, place, publish, restore, save, withdraw};
pub use form::{NewForm, PageForm, PlaceForm};
pub use model::{Article, Found, Kind, Published, Revision, State, Words, lead_of};
pub use query::{about, article, find, guides, latest_news, news, news_in_hand, pages_in_hand, revision, revisions};

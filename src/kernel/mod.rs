//! The ground everything stands on: ids, text, language, time, context, errors. Knows no business word and imports nothing of ours.

pub mod clock;
pub mod ctx;
pub mod day;
pub mod error;
pub mod id;
pub mod lang;
pub mod localized;
pub mod page;
pub mod short;
pub mod slug;
pub mod text;
pub mod typed;

pub use clock::{Clock, Timestamp};
pub use ctx::{Actor, Ctx};
pub use day::{day_in, day_of};
pub use error::{Arg, Error, Kind, Problem, Result};
pub use lang::Lang;
pub use localized::Localized;
pub use page::{Page, PageRequest};

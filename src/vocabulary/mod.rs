//! The vocabularies [danh mục, bảng mã]: what datasets, tables and people are sorted by, and the shared code lists of the country.
//!
//! Words: a *term* (mục) is an entry of a list that a profile carries, told by its code: a topic (chủ đề), an update frequency (tần suất),
//! a format (định dạng), a licence (giấy phép), a kind of agency (loại cơ quan), a role (vai trò). Which terms there are, and in which
//! order, is the profile's to say; what a term is stands here. A *code list* (bảng mã) is the country's own: its entries hold from one
//! day to another and become others, and the same code may name one thing after another, so every question is asked for a day.
//!
//! Invariants: on each day a code stands for one entry; an entry that has ended names what took its place, which begins the day after.
//!
//! This room has no tables: terms come from `profiles/`, code lists from `vocabularies/`, both inside the binary.

mod list;
mod province;
mod term;

pub use list::{CodeList, Entry};
pub use province::{INVENTED, LAST_DAY_OF_63, bare_name, file, is_called, is_city, province_named, provinces};
pub use term::{AgencyKind, Format, Frequency, Level, Licence, Role, Topic};

//! The one `Error`.
//!
//! Policy: a *refusal* carries [`Problem`]s (codes with arguments, no prose) that a person will read in their language; an
//! *internal* failure carries its cause for the log and shows nothing of it. Domain code knows nothing of HTTP: `http` maps
//! [`Kind`] to a status, `cli` to an exit code.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::fmt;
use std::panic::Location;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Localized, day_of};

/// The result of nearly everything.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An argument of a problem's text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Arg {
    /// A word or a name, shown as it is.
    Text(String),
    /// A whole number, written in the reader's form.
    Int(i64),
    /// What a profile calls something, shown in the reader's language.
    Named(Localized),
}

impl From<Localized> for Arg {
    fn from(name: Localized) -> Self {
        Self::Named(name)
    }
}

impl Arg {
    /// A day that is stored as text, as each language writes it; what is no day as it stands.
    pub fn day(stored: &str) -> Self {
        day_of(stored).map_or_else(|| Self::from(stored), Self::from)
    }
}

/// A day, as each language writes it.
impl From<NaiveDate> for Arg {
    fn from(day: NaiveDate) -> Self {
        let [vi, en] = ["%d/%m/%Y", "%-d %B %Y"].map(|form| day.format(form).to_string());
        Self::Named(Localized { vi, en: Some(en) })
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Int(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// One thing that is wrong: a code whose text is the message `problem-{code}` in every locale, and the text's arguments.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Problem {
    /// Kebab-case, stable: scripts may test it.
    pub code: &'static str,
    /// The form field or file position it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Cow<'static, str>>,
    /// What the text mentions, by name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub args: Vec<(&'static str, Arg)>,
}

impl Problem {
    /// A problem without arguments.
    pub fn new(code: &'static str) -> Self {
        Self { code, field: None, args: Vec::new() }
    }

    /// Adds an argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// Ties the problem to a form field.
    #[must_use]
    pub fn on(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }
}

/// A problem as it is kept or handed to another process: code, field, arguments (name, value, whether it is a number).
pub type Plain = (String, Option<String>, Vec<(String, String, bool)>);

impl From<&Problem> for Plain {
    fn from(problem: &Problem) -> Self {
        let args = problem
            .args
            .iter()
            .map(|(name, value)| match value {
                Arg::Text(text) => ((*name).to_owned(), text.clone(), false),
                Arg::Int(number) => ((*name).to_owned(), number.to_string(), true),
                // Its language is chosen when it is told, which what is kept cannot know.
                Arg::Named(text) => ((*name).to_owned(), text.vi.clone(), false),
            })
            .collect();
        (problem.code.to_owned(), problem.field.as_ref().map(|field| field.to_string()), args)
    }
}

impl From<Plain> for Problem {
    fn from((code, field, args): Plain) -> Self {
        let mut problem = Self::new(intern(&code));
        problem.field = field.map(Into::into);
        for (name, value, number) in args {
            let value = if number { Arg::Int(value.parse().unwrap_or(0)) } else { Arg::Text(value) };
            problem = problem.with(intern(&name), value);
        }
        problem
    }
}

/// What kind of failure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The input is wrong; the problems say where and what to do.
    Invalid,
    /// There is no such thing, or the asker may not know of it.
    NotFound,
    /// It was there and was withdrawn.
    Gone,
    /// The asker is not signed in.
    Unauthenticated,
    /// The asker may not.
    Forbidden,
    /// Somebody was faster, or the state does not allow it.
    Conflict,
    /// Over a limit of size.
    TooLarge,
    /// Too many attempts for now.
    TooMany,
    /// A part we stand on (database, files, index) does not answer now.
    Unavailable,
    /// A fault of ours.
    Internal,
}

/// A failure: its kind, the problems people read, the cause the log keeps, and where in the code it arose.
#[derive(Debug)]
pub struct Error {
    kind: Kind,
    problems: Vec<Problem>,
    cause: Option<Box<dyn StdError + Send + Sync>>,
    at: &'static Location<'static>,
}

impl Error {
    /// A failure of a kind that people read about through one problem.
    #[track_caller]
    pub fn refused(kind: Kind, problem: Problem) -> Self {
        Self { kind, problems: vec![problem], cause: None, at: Location::caller() }
    }

    /// Wrong input.
    #[track_caller]
    pub fn invalid(problem: Problem) -> Self {
        Self::refused(Kind::Invalid, problem)
    }

    /// Wrong input in several places.
    #[track_caller]
    pub fn invalid_all(problems: Vec<Problem>) -> Self {
        Self { kind: Kind::Invalid, problems, cause: None, at: Location::caller() }
    }

    /// No such thing.
    #[track_caller]
    pub fn not_found() -> Self {
        Self::refused(Kind::NotFound, Problem::new("not-found"))
    }

    /// The state does not allow it.
    #[track_caller]
    pub fn conflict(problem: Problem) -> Self {
        Self::refused(Kind::Conflict, problem)
    }

    /// Not allowed.
    #[track_caller]
    pub fn forbidden(problem: Problem) -> Self {
        Self::refused(Kind::Forbidden, problem)
    }

    /// A part we stand on does not answer.
    #[track_caller]
    pub fn unavailable(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Unavailable,
            problems: vec![Problem::new("unavailable")],
            cause: Some(cause.into()),
            at: Location::caller(),
        }
    }

    /// A fault of ours.
    #[track_caller]
    pub fn internal(cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        Self {
            kind: Kind::Internal,
            problems: vec![Problem::new("internal")],
            cause: Some(cause.into()),
            at: Location::caller(),
        }
    }

    /// Keeps a cause for the log beside what people read.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// What kind.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What people read; never empty.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether one of the problems has this code.
    pub fn has(&self, code: &str) -> bool {
        self.problems.iter().any(|problem| problem.code == code)
    }
}

/// For the log and for tests: kind, codes, place, cause chain. Never shown to people.
impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.kind)?;
        for problem in &self.problems {
            write!(f, " {}", problem.code)?;
            for (name, value) in &problem.args {
                write!(f, " {name}={value:?}")?;
            }
        }
        write!(f, " at {}:{}", self.at.file(), self.at.line())?;
        let mut cause: Option<&(dyn StdError + 'static)> = self.cause.as_ref().map(|cause| cause.as_ref() as _);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl StdError for Error {}

impl From<std::io::Error> for Error {
    #[track_caller]
    fn from(error: std::io::Error) -> Self {
        match storage_problem(&error) {
            Some(code) => Self::refused(Kind::Unavailable, Problem::new(code)).because(error),
            None => Self::internal(error),
        }
    }
}

/// What is wrong with the storage that an operation met, if that is what failed: `disk-full` (no room, no more room for this
/// user, no larger file), or `storage-failing` (a device that does not read or write).
pub fn storage_problem(error: &std::io::Error) -> Option<&'static str> {
    use std::io::ErrorKind as Io;
    /// The number of "input/output error", which has no kind of its own, on every Unix.
    const EIO: i32 = 5;
    match error.kind() {
        Io::StorageFull | Io::QuotaExceeded | Io::FileTooLarge => Some("disk-full"),
        Io::ReadOnlyFilesystem => Some("storage-failing"),
        _ if error.raw_os_error() == Some(EIO) => Some("storage-failing"),
        // What wraps another one, as temporary files do to name their path, hands on its words alone.
        _ if error.raw_os_error().is_none() => storage_problem_told(&error.to_string()),
        _ => None,
    }
}

/// As [`storage_problem`], of a failure that is handed on in words: the system's number stands in them, `(os error 28)`.
pub fn storage_problem_told(words: &str) -> Option<&'static str> {
    let (_, number) = words.rsplit_once("(os error ")?;
    let number = number.split(')').next()?.parse().ok()?;
    storage_problem(&std::io::Error::from_raw_os_error(number))
}
impl From<serde_json::Error> for Error {
    #[track_caller]
    fn from(error: serde_json::Error) -> Self {
        Self::internal(error)
    }
}

/// Makes a word that came from another process of ours one that lives as long as the program. Known words are shared; beyond a
/// thousand different ones (more than the program has) the answer is `internal`, so that nothing can grow without bound.
pub fn intern(word: &str) -> &'static str {
    use std::collections::HashSet;
    use std::sync::{Mutex, PoisonError};
    static WORDS: Mutex<Option<HashSet<&'static str>>> = Mutex::new(None);
    let mut words = WORDS.lock().unwrap_or_else(PoisonError::into_inner);
    let words = words.get_or_insert_default();
    if let Some(known) = words.get(word) {
        return known;
    }
    if words.len() >= 1000 || word.len() > 80 {
        return "internal";
    }
    let kept: &'static str = Box::leak(word.to_owned().into_boxed_str());
    words.insert(kept);
    kept
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used, reason = "tests may stop")]
mod tests {
    use super::*;
    use crate::kernel::Lang;

    #[test]
    fn a_day_is_written_as_each_language_writes_it() {
        let Arg::Named(day) = Arg::from(NaiveDate::from_ymd_opt(2026, 10, 5).unwrap()) else { panic!("no name") };
        assert_eq!((day.get(Lang::Vi).0, day.get(Lang::En).0), ("05/10/2026", "5 October 2026"));
    }

    #[test]
    fn storage_that_gives_out_is_told_as_such_however_the_system_calls_it() {
        // ENOSPC, EDQUOT, EFBIG; EIO, EROFS, as Linux numbers them.
        for (number, code) in
            [(28, "disk-full"), (122, "disk-full"), (27, "disk-full"), (5, "storage-failing"), (30, "storage-failing")]
        {
            let error = Error::from(std::io::Error::from_raw_os_error(number));
            assert!(error.has(code) && error.kind() == Kind::Unavailable, "{number}: {error}");
            let told = std::io::Error::other(format!("{} at path \"x\"", std::io::Error::from_raw_os_error(number)));
            assert!(Error::from(told).has(code), "{number}, wrapped");
        }
        // "No such file or directory" is another matter.
        assert_eq!(Error::from(std::io::Error::from_raw_os_error(2)).kind(), Kind::Internal);
    }
}

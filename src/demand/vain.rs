//! Searches without a result, counted in memory.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use crate::kernel::Timestamp;
use crate::kernel::text::{fold, nfc};
use crate::platform::net::{Marks, Throttle};
use crate::scan::detect;

/// What is counted: the month (YYYY-MM) and the words.
pub type Key = (String, String);

/// Words leave the memory once so many clients asked for them within the day.
pub const FEWEST: usize = 3;
/// Characters of the longest words that are taken up; whoever writes more tells a story, perhaps their own.
const LONGEST: usize = 60;
/// Letters of the shortest.
const SHORTEST: usize = 2;
/// Digits in a row from which words could be somebody's number, and digits altogether.
const DIGITS: (usize, usize) = (3, 6);
/// Words of one day that are in memory at most.
const MOST: usize = 5_000;
/// Searches in vain that count a day: of one client, of all together. This bounds the memory as well.
const A_DAY: (u32, u32) = (100, 50_000);
const DAY: i64 = 24 * 3600;

/// The words of a search as they are counted: folded, without signs, single spaces between them. None of what is not counted: too
/// short, too long, with many digits, with an address of mail, with a phrase in quotation marks (which asks for more than its words), or
/// with what the scan takes for personal data or a mark of a secret.
pub fn words_of(text: &str) -> Option<String> {
    let text = nfc(text);
    if text.contains(['@', '"', '“', '”']) || !detect::text(&text).is_empty() {
        return None;
    }
    let signs = |c: char| if c.is_alphanumeric() { c } else { ' ' };
    let spaced: String = fold(&text).chars().map(signs).collect();
    let words = spaced.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters = words.chars().filter(|c| c.is_alphabetic()).count();
    let longest = words.split(|c: char| !c.is_numeric()).map(|digits| digits.chars().count()).max().unwrap_or(0);
    let digits = words.chars().filter(|c| c.is_numeric()).count();
    let fits = letters >= SHORTEST && words.chars().count() <= LONGEST;
    // Without tone marks and signs another thing may be seen in it.
    (fits && longest < DIGITS.0 && digits < DIGITS.1 && detect::text(&words).is_empty()).then_some(words)
}

/// Searches in vain since they were last taken. Cloning shares them.
#[derive(Clone, Debug)]
pub struct Vain(Arc<Kept>);

#[derive(Debug)]
struct Kept {
    marks: Marks,
    often: Throttle,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// The day, ISO 8601.
    day: String,
    /// What was searched for in vain on that day.
    words: HashMap<String, Asked>,
    /// What is to be written.
    due: Vec<(Key, i64)>,
}

/// Who asked for some words.
#[derive(Debug, Default)]
struct Asked {
    clients: HashSet<u64>,
    /// How many of them are written, or on their way.
    told: usize,
}

impl Default for Vain {
    fn default() -> Self {
        let (each, together) = A_DAY;
        let often = Throttle::new(each, together, DAY);
        Self(Arc::new(Kept { marks: Marks::default(), often, state: Mutex::default() }))
    }
}

impl Vain {
    /// Notes on a day (ISO 8601) whether the search for some words, as [`words_of`] makes them, found nothing.
    pub fn note(&self, day: &str, words: String, nothing: bool) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.turn(day);
        if !nothing {
            // Whoever asks from now on finds something.
            if let Some(mut asked) = state.words.remove(&words) {
                let last = asked.due(state.month(), &words);
                state.due.extend(last);
            }
            return;
        }
        if state.words.len() >= MOST {
            // What one client alone asked for goes first.
            state.settle();
            state.words.retain(|_, asked| asked.clients.len() > 1);
        }
        if state.words.len() < MOST {
            state.words.entry(words).or_default();
        }
    }

    /// Counts a client who searches for some words on a day, once, if that search is known to find nothing.
    pub fn count(&self, day: &str, words: &str, client: Option<IpAddr>, at: Timestamp) {
        let mark = self.0.marks.of(client, words);
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.turn(day);
        if let Some(asked) = state.words.get_mut(words)
            && !asked.clients.contains(&mark)
            && self.0.often.lets(client, at)
        {
            asked.clients.insert(mark);
        }
    }

    /// Takes what enough clients asked for and nobody has taken yet.
    pub fn take(&self) -> Vec<(Key, i64)> {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.settle();
        std::mem::take(&mut state.due)
    }

    /// Gives back counts that could not be written.
    pub fn put_back(&self, taken: Vec<(Key, i64)>) {
        let mut state = self.0.state.lock().unwrap_or_else(PoisonError::into_inner);
        let room = MOST.saturating_sub(state.due.len());
        state.due.extend(taken.into_iter().take(room));
    }
}

impl State {
    /// Begins another day: who asked on the one before is forgotten.
    fn turn(&mut self, day: &str) {
        if self.day != day {
            self.settle();
            self.words.clear();
            day.clone_into(&mut self.day);
        }
    }

    fn month(&self) -> &str {
        self.day.get(..7).unwrap_or_default()
    }

    /// Puts what enough clients asked for among what is to be written.
    fn settle(&mut self) {
        let month = self.month().to_owned();
        self.due.extend(self.words.iter_mut().filter_map(|(words, asked)| asked.due(&month, words)));
    }
}

impl Asked {
    /// What is to be written of it, once: those who came since, if they are enough altogether.
    fn due(&mut self, month: &str, words: &str) -> Option<(Key, i64)> {
        let new = self.clients.len() - self.told;
        if self.clients.len() < FEWEST || new == 0 {
            return None;
        }
        self.told = self.clients.len();
        Some(((month.to_owned(), words.to_owned()), i64::try_from(new).unwrap_or(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(last: u8) -> Option<IpAddr> {
        Some(IpAddr::from([203, 0, 113, last]))
    }

    fn ask(vain: &Vain, day: &str, clients: std::ops::Range<u8>) {
        for last in clients {
            vain.count(day, "nuoc sach", client(last), Timestamp(0));
        }
    }

    #[test]
    fn words_are_folded_and_what_could_be_somebodys_is_none() {
        assert_eq!(words_of("  Nước   SẠCH, nông-thôn? ").as_deref(), Some("nuoc sach nong thon"));
        assert_eq!(words_of("nước sạch"), words_of("nu\u{31b}o\u{301}c sạch"));
        assert_eq!(words_of("quận 12 khu 7").as_deref(), Some("quan 12 khu 7"));
        for never in [
            "",
            "x",
            "12 34",
            "nước 123",
            "khu 1 2 3 4 5 6",
            "lan@thu.example",
            "\"nước sạch\"",
            "079203001234",
            "điện thoại 0912 345 678",
            "ho chieu B12 34567",
        ] {
            assert_eq!(words_of(never), None, "{never}");
        }
        assert_eq!(words_of(&"dài ".repeat(20)), None);
    }

    #[test]
    fn three_clients_of_one_day_are_enough_and_two_never_leave_the_memory() {
        let vain = Vain::default();
        let due = |month: &str, by| vec![((month.to_owned(), "nuoc sach".to_owned()), by)];
        ask(&vain, "2026-09-04", 1..9);
        assert!(vain.take().is_empty(), "nobody knows yet that it finds nothing");
        vain.note("2026-09-04", "nuoc sach".to_owned(), true);
        ask(&vain, "2026-09-04", 1..3);
        ask(&vain, "2026-09-04", 1..3);
        assert!(vain.take().is_empty());
        ask(&vain, "2026-09-04", 3..4);
        assert_eq!(vain.take(), due("2026-09", 3));
        ask(&vain, "2026-09-04", 1..6);
        assert_eq!(vain.take(), due("2026-09", 2), "those who are new");
        vain.note("2026-10-01", "nuoc sach".to_owned(), true);
        ask(&vain, "2026-10-01", 1..3);
        vain.note("2026-10-02", "nuoc sach".to_owned(), true);
        ask(&vain, "2026-10-02", 3..5);
        assert!(vain.take().is_empty(), "days are not added up");
        ask(&vain, "2026-10-02", 5..6);
        ask(&vain, "2026-10-03", 1..2);
        let taken = vain.take();
        assert_eq!(taken, due("2026-10", 3), "what was enough outlives its day");
        vain.put_back(taken.clone());
        assert_eq!((vain.take(), vain.take()), (taken, Vec::new()));
    }

    #[test]
    fn what_finds_something_again_is_counted_no_more() {
        let vain = Vain::default();
        vain.note("2026-09-04", "nuoc sach".to_owned(), true);
        ask(&vain, "2026-09-04", 1..3);
        vain.note("2026-09-04", "nuoc sach".to_owned(), false);
        ask(&vain, "2026-09-04", 3..9);
        assert!(vain.take().is_empty());
    }

    #[test]
    fn one_client_and_all_together_count_so_often_and_memory_is_bounded() {
        let vain = Vain::default();
        for number in 0..2 * MOST {
            let letters: String = number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect();
            vain.note("2026-09-04", letters.clone(), true);
            vain.count("2026-09-04", &letters, client(1), Timestamp(0));
        }
        let state = vain.0.state.lock().unwrap();
        assert!(state.words.len() <= MOST);
        assert!(
            state.words.values().map(|asked| asked.clients.len()).sum::<usize>() <= usize::try_from(A_DAY.0).unwrap()
        );
    }
}

//! Counts gathered in memory.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::kernel::id::DatasetId;

/// What is counted: the day (ISO 8601), the dataset, `view` or `download`, and the format of a download.
pub type Key = (String, DatasetId, &'static str, &'static str);

/// More kinds of counts than this between two writes are dropped: memory stays bounded.
const MOST: usize = 100_000;

/// Counts since they were last taken. Cloning shares them.
#[derive(Clone, Debug, Default)]
pub struct Counter(Arc<Mutex<HashMap<Key, i64>>>);

impl Counter {
    /// Counts one.
    pub fn count(&self, day: String, dataset: DatasetId, kind: &'static str, format: &'static str) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if counts.len() < MOST {
            *counts.entry((day, dataset, kind, format)).or_default() += 1;
        }
    }

    /// Gives back counts that could not be written.
    pub fn put_back(&self, taken: Vec<(Key, i64)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, by) in taken {
            *counts.entry(key).or_default() += by;
        }
    }

    /// Takes what was counted.
    pub fn take(&self) -> Vec<(Key, i64)> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::take(&mut *counts).into_iter().collect()
    }
}

/// How robots call themselves: a word a line.
const ROBOTS: &str = include_str!("robots.txt");

/// Whether a client says of itself that it is a robot, by our own list; one that says nothing counts as one.
pub fn is_robot(user_agent: &str) -> bool {
    let agent = user_agent.to_ascii_lowercase();
    let mut words = ROBOTS.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    agent.is_empty() || words.any(|word| agent.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn robots_that_say_so_are_told_from_people() {
        assert!(is_robot("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"));
        assert!(is_robot(""));
        assert!(!is_robot("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0.0.0 Safari/537.36"));
        for person in ["DuckDB/1.5", "curl/8.9", "python-requests/2.32", "R (4.5.1 x86_64-pc-linux-gnu)"] {
            assert!(!is_robot(person), "{person}");
        }
    }
}

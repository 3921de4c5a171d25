//! Which row of one version is which of the other: a merge of the fingerprints of both, in order.

use std::cmp::Ordering;

use super::scan::Fingerprint;
use crate::kernel::Result;
use crate::platform::sort::Sorted;

/// What became of one row, by its number from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// It is in the old version only.
    Removed(u64),
    /// It is in the new version only.
    Added(u64),
    /// The old row and the new one have the same key and different content.
    Changed(u64, u64),
}

/// Keys of one version that more than one of its rows has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Repeated {
    /// How many keys.
    pub(super) keys: u64,
    /// How many rows have them.
    pub(super) rows: u64,
    /// The first of these rows.
    pub(super) first: Option<u64>,
}

impl Repeated {
    fn note(&mut self, group: &Group) {
        if group.rows > 1 {
            self.keys += 1;
            self.rows += group.rows;
            self.first = Some(self.first.map_or(group.first, |first| first.min(group.first)));
        }
    }
}

/// What a merge found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Matched {
    /// Pairs of rows with the same content.
    pub(super) unchanged: u64,
    /// Of the old version and of the new one.
    pub(super) repeated: [Repeated; 2],
}

/// The rows of one key in one version.
struct Group {
    rows: u64,
    first: u64,
}

/// The fingerprints of one version, one ahead.
struct Side<'a> {
    sorted: &'a mut Sorted,
    next: Option<Fingerprint>,
}

impl<'a> Side<'a> {
    fn new(sorted: &'a mut Sorted) -> Result<Self> {
        let mut side = Self { sorted, next: None };
        side.advance()?;
        Ok(side)
    }

    fn advance(&mut self) -> Result<()> {
        self.next = self.sorted.next_record()?.map(Fingerprint::read).transpose()?;
        Ok(())
    }

    /// The next row, if it has this key.
    fn take(&mut self, key: u128, group: &mut Group) -> Result<Option<Fingerprint>> {
        let Some(taken) = self.next.filter(|next| next.key == key) else { return Ok(None) };
        self.advance()?;
        group.rows += 1;
        group.first = group.first.min(taken.row);
        Ok(Some(taken))
    }

    fn has(&self, key: u128) -> bool {
        self.next.is_some_and(|next| next.key == key)
    }
}

/// Merges the fingerprints of the old and the new version. A key that each version has once names one row in two states. Rows of
/// a key that is repeated in either version are matched among themselves by content, the first with the first.
pub(super) fn join(old: &mut Sorted, new: &mut Sorted, emit: &mut dyn FnMut(Event) -> Result<()>) -> Result<Matched> {
    let (mut old, mut new) = (Side::new(old)?, Side::new(new)?);
    let mut matched = Matched::default();
    while let Some(key) = [old.next, new.next].iter().flatten().map(|next| next.key).min() {
        let mut groups = [Group { rows: 0, first: u64::MAX }, Group { rows: 0, first: u64::MAX }];
        let (mut from, mut to) = (old.take(key, &mut groups[0])?, new.take(key, &mut groups[1])?);
        if let (Some(before), Some(after)) = (from, to)
            && before.content != after.content
            && !old.has(key)
            && !new.has(key)
        {
            emit(Event::Changed(before.row, after.row))?;
            continue;
        }
        // Where a key is the content itself, rows that repeat it are just the same row several times.
        let by_content = [from, to].iter().flatten().all(|one| one.key == one.content);
        loop {
            let order = match (&from, &to) {
                (None, None) => break,
                (Some(_), None) => Ordering::Less,
                (None, Some(_)) => Ordering::Greater,
                (Some(before), Some(after)) => before.content.cmp(&after.content),
            };
            match (order, from, to) {
                (Ordering::Less, Some(before), _) => emit(Event::Removed(before.row))?,
                (Ordering::Greater, _, Some(after)) => emit(Event::Added(after.row))?,
                _ => matched.unchanged += 1,
            }
            if order.is_le() {
                from = old.take(key, &mut groups[0])?;
            }
            if order.is_ge() {
                to = new.take(key, &mut groups[1])?;
            }
        }
        if !by_content {
            for (repeated, group) in matched.repeated.iter_mut().zip(&groups) {
                repeated.note(group);
            }
        }
    }
    Ok(matched)
}

//! Sorting more records than memory holds: sorted runs go to one scratch file, and are merged while they are read.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use blake2::Blake2b;
use blake2::digest::Digest;
use blake2::digest::consts::U16;

use super::scratch;
use crate::kernel::{Error, Result};

/// What one entry of the index takes, in bytes.
const ENTRY: usize = size_of::<(u64, u32)>();
/// Places in the buffer are 32 bits wide.
const MOST: usize = 1 << 30;
/// Bytes that are read from a run at a time: at most, and at least.
const READ: (usize, usize) = (256 << 10, 4 << 10);

/// What is sorted in place of something longer: BLAKE2b-128 over its parts, each behind its length, so that other parts are other bytes.
/// Two different ones share it by accident with a probability of 2^-128: among a billion any two do with 1.5 in 10^21.
pub fn fingerprint<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 16] {
    let mut hasher = Blake2b::<U16>::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    hasher.finalize().into()
}

/// Takes byte strings in any order, and gives them back in ascending order. Numbers that are to sort as numbers are written big-endian.
pub struct Sorter {
    scratch: PathBuf,
    /// Bytes of memory that records and index may take together.
    budget: usize,
    /// The records that wait, each behind its length.
    bytes: Vec<u8>,
    /// The first eight bytes of a record, which nearly always decide, and where its length stands.
    index: Vec<(u64, u32)>,
    /// The runs that did not fit: their file, and where each lies in it.
    file: Option<BufWriter<File>>,
    runs: Vec<Range<u64>>,
}

impl Sorter {
    /// A sorter that takes at most about `budget` bytes of memory; what does not fit goes to a nameless file in `scratch`.
    pub fn new(budget: usize, scratch: &Path) -> Self {
        Self {
            scratch: scratch.to_owned(),
            budget: budget.min(MOST),
            bytes: Vec::new(),
            index: Vec::new(),
            file: None,
            runs: Vec::new(),
        }
    }

    /// Adds a record.
    pub fn push(&mut self, record: &[u8]) -> Result<()> {
        let taken = self.bytes.len() + self.index.len() * ENTRY;
        if !self.index.is_empty() && taken + record.len() + size_of::<u32>() + ENTRY > self.budget {
            self.spill()?;
        }
        let start = u32::try_from(self.bytes.len()).map_err(Error::internal)?;
        let length = u32::try_from(record.len()).map_err(Error::internal)?;
        self.bytes.extend_from_slice(&length.to_le_bytes());
        self.bytes.extend_from_slice(record);
        self.index.push((beginning(record), start));
        Ok(())
    }

    fn sort(&mut self) {
        let bytes = &self.bytes;
        self.index.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| record(bytes, a.1).cmp(record(bytes, b.1))));
    }

    /// Writes what waits as a sorted run.
    fn spill(&mut self) -> Result<()> {
        self.sort();
        let mut file = match self.file.take() {
            Some(file) => file,
            None => BufWriter::with_capacity(READ.0, scratch::file(&self.scratch)?),
        };
        let start = self.runs.last().map_or(0, |run| run.end);
        let mut end = start;
        for &(_, at) in &self.index {
            let record = record(&self.bytes, at);
            file.write_all(&u32::try_from(record.len()).map_err(Error::internal)?.to_le_bytes())?;
            file.write_all(record)?;
            end += (size_of::<u32>() + record.len()) as u64;
        }
        self.runs.push(start..end);
        self.file = Some(file);
        self.bytes.clear();
        self.index.clear();
        Ok(())
    }

    /// Ends the taking.
    pub fn finish(mut self) -> Result<Sorted> {
        if self.file.is_none() {
            self.sort();
            return Ok(Sorted(Place::Memory { bytes: self.bytes, index: self.index, next: 0 }));
        }
        self.spill()?;
        let Some(file) = self.file else { return Err(Error::internal("a sorter lost its file")) };
        let file = Arc::new(file.into_inner().map_err(|error| Error::from(error.into_error()))?);
        let read = (self.budget / self.runs.len().max(1)).clamp(READ.1, READ.0);
        let mut heads = BinaryHeap::with_capacity(self.runs.len());
        for run in self.runs {
            let mut head = Head { record: Vec::new(), file: file.clone(), left: run, buffer: Vec::new(), at: 0, read };
            if head.advance()? {
                heads.push(head);
            }
        }
        Ok(Sorted(Place::Runs { heads, current: Vec::new() }))
    }
}

/// The first eight bytes as a number that sorts as they do.
fn beginning(record: &[u8]) -> u64 {
    let mut first = [0; 8];
    let length = record.len().min(8);
    first[..length].copy_from_slice(&record[..length]);
    u64::from_be_bytes(first)
}

/// The record whose length stands at `at`.
fn record(bytes: &[u8], at: u32) -> &[u8] {
    let start = at as usize + size_of::<u32>();
    let mut length = [0; 4];
    length.copy_from_slice(&bytes[at as usize..start]);
    &bytes[start..start + u32::from_le_bytes(length) as usize]
}

/// The records in ascending order.
pub struct Sorted(Place);

enum Place {
    Memory { bytes: Vec<u8>, index: Vec<(u64, u32)>, next: usize },
    Runs { heads: BinaryHeap<Head>, current: Vec<u8> },
}

impl Sorted {
    /// The next record, until there is none.
    pub fn next_record(&mut self) -> Result<Option<&[u8]>> {
        match &mut self.0 {
            Place::Memory { bytes, index, next } => {
                let Some(&(_, at)) = index.get(*next) else { return Ok(None) };
                *next += 1;
                Ok(Some(record(bytes, at)))
            }
            Place::Runs { heads, current } => {
                let Some(mut head) = heads.peek_mut() else { return Ok(None) };
                std::mem::swap(current, &mut head.record);
                if !head.advance()? {
                    PeekMut::pop(head);
                }
                Ok(Some(current))
            }
        }
    }
}

/// A run being read: its next record, and what is left of it.
struct Head {
    record: Vec<u8>,
    file: Arc<File>,
    left: Range<u64>,
    buffer: Vec<u8>,
    /// How much of the buffer is used up.
    at: usize,
    /// Bytes read at a time.
    read: usize,
}

impl Head {
    /// Takes the next record; says whether there was one.
    fn advance(&mut self) -> Result<bool> {
        self.record.clear();
        if self.at == self.buffer.len() && self.left.is_empty() {
            return Ok(false);
        }
        let mut length = [0; 4];
        self.take(4)?;
        length.copy_from_slice(&self.record);
        self.record.clear();
        self.take(u32::from_le_bytes(length) as usize)?;
        Ok(true)
    }

    /// Moves so many bytes of the run to the record.
    fn take(&mut self, mut wanted: usize) -> Result<()> {
        while wanted > 0 {
            if self.at == self.buffer.len() {
                let length = usize::try_from(self.left.end - self.left.start).unwrap_or(usize::MAX).min(self.read);
                if length == 0 {
                    return Err(Error::internal("a sorted run ends within a record"));
                }
                self.buffer.resize(length, 0);
                self.file.read_exact_at(&mut self.buffer, self.left.start)?;
                self.left.start += length as u64;
                self.at = 0;
            }
            let part = wanted.min(self.buffer.len() - self.at);
            self.record.extend_from_slice(&self.buffer[self.at..self.at + part]);
            self.at += part;
            wanted -= part;
        }
        Ok(())
    }
}

/// The heap gives its largest first, and the smallest record is wanted.
impl Ord for Head {
    fn cmp(&self, other: &Self) -> Ordering {
        other.record.cmp(&self.record)
    }
}
impl PartialOrd for Head {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl PartialEq for Head {
    fn eq(&self, other: &Self) -> bool {
        self.record == other.record
    }
}
impl Eq for Head {}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(records: &[Vec<u8>], budget: usize) -> Vec<Vec<u8>> {
        let scratch = tempfile::tempdir().unwrap();
        let mut sorter = Sorter::new(budget, scratch.path());
        for record in records {
            sorter.push(record).unwrap();
        }
        let mut sorted = sorter.finish().unwrap();
        let mut out = Vec::new();
        while let Some(record) = sorted.next_record().unwrap() {
            out.push(record.to_vec());
        }
        out
    }

    #[test]
    fn a_record_longer_than_the_memory_comes_back_whole() {
        let records = vec![vec![7; 100_000], vec![3; 70_000], Vec::new(), vec![9]];
        assert_eq!(sorted(&records, 64), [Vec::new(), vec![3; 70_000], vec![7; 100_000], vec![9]]);
    }

    proptest::proptest! {
        #[test]
        fn records_come_back_in_order_whatever_memory_there_is(
            records in proptest::collection::vec(proptest::collection::vec(0u8..4, 0..14), 0..120),
            budget in proptest::sample::select(vec![0usize, 50, 200, 1 << 20]),
        ) {
            let mut expected = records.clone();
            expected.sort();
            proptest::prop_assert_eq!(sorted(&records, budget), expected);
        }
    }
}

//! Walking over a table by its canonical CSV: every cell as the public would get it, in memory for one row.

use bytes::Bytes;
use csv_core::ReadRecordResult;
use futures_util::TryStreamExt;

use super::Object;
use crate::kernel::id::TableVersionId;
use crate::kernel::{Error, Result};
use crate::platform::db::run_blocking;
use crate::platform::files::Files;

/// Pieces of a file on their way to the reader.
const AHEAD: usize = 4;

/// Who sees the rows of a table.
pub trait Visitor: Send + 'static {
    /// Sees the titles, once.
    ///
    /// # Errors
    /// What ends the walk.
    fn titles(&mut self, titles: &[&str]) -> Result<()> {
        let _ = titles;
        Ok(())
    }

    /// Sees a row.
    ///
    /// # Errors
    /// What ends the walk.
    fn row(&mut self, cells: &[&str]) -> Result<()>;
}

/// Shows every row of a table, in order, off the async threads; gives the visitor back.
///
/// # Errors
/// `NotFound`; `Unavailable`; `Internal` when the file is damaged; what the visitor fails with.
pub async fn walk<V: Visitor>(files: &Files, table: &TableVersionId, mut visitor: V) -> Result<V> {
    let mut pieces = files.get(&Object::Csv.name(table), None).await?;
    let (speak, mut hear) = tokio::sync::mpsc::channel::<Bytes>(AHEAD);
    let reading = run_blocking(move || {
        let mut reader = Reader::new();
        while let Some(piece) = hear.blocking_recv() {
            reader.feed(&piece, &mut visitor)?;
        }
        reader.end(&mut visitor)?;
        Ok(visitor)
    });
    let feeding = async {
        while let Some(piece) = pieces.try_next().await? {
            // The reader has stopped: it says why.
            if speak.send(piece).await.is_err() {
                break;
            }
        }
        drop(speak);
        Ok::<(), Error>(())
    };
    let (read, fed) = tokio::join!(reading, feeding);
    fed?;
    read
}

/// Cuts bytes into records.
struct Reader {
    csv: csv_core::Reader,
    fields: Vec<u8>,
    ends: Vec<usize>,
    /// How much of both is filled.
    filled: (usize, usize),
    begun: bool,
}

impl Reader {
    fn new() -> Self {
        Self { csv: csv_core::Reader::new(), fields: vec![0; 1 << 16], ends: vec![0; 64], filled: (0, 0), begun: false }
    }

    fn feed(&mut self, mut piece: &[u8], visitor: &mut impl Visitor) -> Result<()> {
        while !piece.is_empty() {
            let used = self.step(piece, visitor)?.1;
            piece = &piece[used..];
        }
        Ok(())
    }

    fn end(&mut self, visitor: &mut impl Visitor) -> Result<()> {
        while !matches!(self.step(&[], visitor)?.0, ReadRecordResult::End) {}
        Ok(())
    }

    fn step(&mut self, piece: &[u8], visitor: &mut impl Visitor) -> Result<(ReadRecordResult, usize)> {
        let (fields, ends) = (&mut self.fields[self.filled.0..], &mut self.ends[self.filled.1..]);
        let (result, used, written, ended) = self.csv.read_record(piece, fields, ends);
        self.filled.0 += written;
        self.filled.1 += ended;
        match result {
            ReadRecordResult::OutputFull => self.fields.resize(self.fields.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
            ReadRecordResult::Record => {
                let text = std::str::from_utf8(&self.fields[..self.filled.0]).map_err(Error::internal)?;
                let mut cells = Vec::with_capacity(self.filled.1);
                let mut start = 0;
                for end in &self.ends[..self.filled.1] {
                    cells.push(text.get(start..*end).ok_or_else(|| Error::internal("a cell cut within a letter"))?);
                    start = *end;
                }
                if self.begun {
                    visitor.row(&cells)?;
                } else {
                    visitor.titles(&cells)?;
                    self.begun = true;
                }
                self.filled = (0, 0);
            }
            ReadRecordResult::InputEmpty | ReadRecordResult::End => {}
        }
        Ok((result, used))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Seen(Vec<Vec<String>>);

    impl Visitor for Seen {
        fn titles(&mut self, titles: &[&str]) -> Result<()> {
            self.row(titles)
        }

        fn row(&mut self, cells: &[&str]) -> Result<()> {
            self.0.push(cells.iter().map(|cell| (*cell).to_owned()).collect());
            Ok(())
        }
    }

    #[test]
    fn rows_come_whole_however_the_bytes_are_cut() {
        let long = "x".repeat(200_000);
        let text = format!("Mã,Tên\n1,\"Kim, Sơn\"\n2,\"hai\ndòng\"\n,{long}\n3,cuối");
        for size in [1, 2, 7, 4096, text.len()] {
            let (mut reader, mut seen) = (Reader::new(), Seen::default());
            for piece in text.as_bytes().chunks(size) {
                reader.feed(piece, &mut seen).unwrap();
            }
            reader.end(&mut seen).unwrap();
            assert_eq!(seen.0.len(), 5, "{size}");
            assert_eq!(seen.0[1], ["1", "Kim, Sơn"]);
            assert_eq!(seen.0[2], ["2", "hai\ndòng"]);
            assert_eq!(seen.0[3], ["", long.as_str()]);
            assert_eq!(seen.0[4], ["3", "cuối"]);
        }
    }
}

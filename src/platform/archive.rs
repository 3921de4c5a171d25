//! ZIP archives that are never made: of files whose lengths and CRC-32 are known, every byte's place is known, so that any range of the
//! archive can be sent from the files themselves (APPNOTE 6.3.10; stored, not packed; ZIP64 where something needs it).

use std::ops::Range;

use bytes::Bytes;
use chrono::{DateTime, Datelike, FixedOffset, Timelike};

/// What does not fit into the old fields.
const FULL: u64 = 0xFFFF_FFFF;
const MANY: usize = 0xFFFF;
/// Names are UTF-8.
const FLAGS: u16 = 0x0800;
/// Made on Unix, by the rules of ZIP64; and what a reader must know.
const MADE_BY: u16 = 3 << 8 | 45;
const PLAIN: u16 = 20;
const LONG: u16 = 45;
/// A file that everybody may read.
const RIGHTS: u32 = 0o100_644 << 16;

/// A file of an archive.
#[derive(Clone, Debug)]
pub struct Member {
    /// Where it lies, with slashes; up to 65,535 bytes.
    pub path: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// The CRC-32 of its bytes.
    pub crc32: u32,
}

/// A piece of an archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Bytes of the archive's own.
    Own(Bytes),
    /// Bytes of a member: its number, and which of them.
    Of(usize, Range<u64>),
}

/// Where everything in an archive lies.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What stands before each member, where that begins, and how long the member is.
    members: Vec<(Bytes, u64, u64)>,
    /// The directory at the end, and where it begins.
    tail: (Bytes, u64),
}

impl Layout {
    /// The layout of members in their order, all of them changed at one moment.
    pub fn of(members: &[Member], changed: DateTime<FixedOffset>) -> Self {
        let stamp = stamp(changed);
        let (mut placed, mut directory, mut at) = (Vec::with_capacity(members.len()), Vec::new(), 0_u64);
        for member in members {
            let head = head(member, stamp);
            entry(&mut directory, member, stamp, at);
            let (length, begins) = (head.len() as u64, at);
            placed.push((Bytes::from(head), begins, member.bytes));
            at += length + member.bytes;
        }
        let length = directory.len() as u64;
        end(&mut directory, members.len(), length, at);
        Self { members: placed, tail: (Bytes::from(directory), at) }
    }

    /// How long the archive is, in bytes.
    pub fn bytes(&self) -> u64 {
        self.tail.1 + self.tail.0.len() as u64
    }

    /// The pieces that make up a range of the archive, in order; none of them is empty.
    pub fn pieces(&self, range: Range<u64>) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let ends = |(head, begins, bytes): &(Bytes, u64, u64)| begins + head.len() as u64 + bytes;
        let first = self.members.partition_point(|member| ends(member) <= range.start);
        for (number, (head, begins, bytes)) in self.members.iter().enumerate().skip(first) {
            if *begins >= range.end {
                break;
            }
            pieces.extend(own(&range, head, *begins));
            let part = within(&range, begins + head.len() as u64, *bytes);
            if !part.is_empty() {
                pieces.push(Piece::Of(number, part));
            }
        }
        pieces.extend(own(&range, &self.tail.0, self.tail.1));
        pieces
    }
}

/// What of some bytes, which begin at a place, lies in a range.
fn own(range: &Range<u64>, bytes: &Bytes, begins: u64) -> Option<Piece> {
    let part = within(range, begins, bytes.len() as u64);
    let (from, to) = (usize::try_from(part.start).ok()?, usize::try_from(part.end).ok()?);
    (from < to).then(|| Piece::Own(bytes.slice(from..to)))
}

/// What of so many bytes, which begin at a place, lies in a range: counted from their own beginning.
fn within(range: &Range<u64>, begins: u64, length: u64) -> Range<u64> {
    let from = range.start.saturating_sub(begins).min(length);
    let to = range.end.saturating_sub(begins).min(length);
    from..to
}

/// Time and day as MS-DOS wrote them: in steps of two seconds, from 1980 on.
fn stamp(at: DateTime<FixedOffset>) -> (u16, u16) {
    let part = |number: u32| u16::try_from(number).unwrap_or(0);
    let year = u16::try_from((at.year() - 1980).clamp(0, 127)).unwrap_or(0);
    let time = part(at.hour()) << 11 | part(at.minute()) << 5 | part(at.second() / 2);
    (time, year << 9 | part(at.month()) << 5 | part(at.day()))
}

fn put16(out: &mut Vec<u8>, values: &[u16]) {
    values.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

fn put32(out: &mut Vec<u8>, values: &[u32]) {
    values.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

fn put64(out: &mut Vec<u8>, values: &[u64]) {
    values.iter().for_each(|value| out.extend_from_slice(&value.to_le_bytes()));
}

/// A number in an old field: all ones where it does not fit.
fn short(value: u64) -> u32 {
    u32::try_from(value.min(FULL)).unwrap_or(u32::MAX)
}

fn name(member: &Member) -> (&[u8], u16) {
    let bytes = member.path.as_bytes();
    let bytes = bytes.get(..MANY).unwrap_or(bytes);
    (bytes, u16::try_from(bytes.len()).unwrap_or(u16::MAX))
}

/// What stands before a member.
fn head(member: &Member, (time, day): (u16, u16)) -> Vec<u8> {
    let long = member.bytes >= FULL;
    let (bytes, length) = name(member);
    let mut out = Vec::with_capacity(bytes.len() + 50);
    put32(&mut out, &[0x0403_4b50]);
    put16(&mut out, &[if long { LONG } else { PLAIN }, FLAGS, 0, time, day]);
    put32(&mut out, &[member.crc32, short(member.bytes), short(member.bytes)]);
    put16(&mut out, &[length, if long { 20 } else { 0 }]);
    out.extend_from_slice(bytes);
    if long {
        put16(&mut out, &[1, 16]);
        put64(&mut out, &[member.bytes, member.bytes]);
    }
    out
}

/// A member in the directory.
fn entry(out: &mut Vec<u8>, member: &Member, (time, day): (u16, u16), at: u64) {
    let mut long = Vec::new();
    if member.bytes >= FULL {
        put64(&mut long, &[member.bytes, member.bytes]);
    }
    if at >= FULL {
        put64(&mut long, &[at]);
    }
    let extra = u16::try_from(long.len()).unwrap_or(0);
    let (bytes, length) = name(member);
    put32(out, &[0x0201_4b50]);
    put16(out, &[MADE_BY, if extra > 0 { LONG } else { PLAIN }, FLAGS, 0, time, day]);
    put32(out, &[member.crc32, short(member.bytes), short(member.bytes)]);
    put16(out, &[length, if extra > 0 { extra + 4 } else { 0 }, 0, 0, 0]);
    put32(out, &[RIGHTS, short(at)]);
    out.extend_from_slice(bytes);
    if extra > 0 {
        put16(out, &[1, extra]);
        out.extend_from_slice(&long);
    }
}

/// The end of the directory, which is so long and begins there.
fn end(out: &mut Vec<u8>, members: usize, length: u64, at: u64) {
    if members >= MANY || length >= FULL || at >= FULL {
        let count = members as u64;
        put32(out, &[0x0606_4b50]);
        put64(out, &[44]);
        put16(out, &[MADE_BY, LONG]);
        put32(out, &[0, 0]);
        put64(out, &[count, count, length, at]);
        put32(out, &[0x0706_4b50, 0]);
        put64(out, &[at + length]);
        put32(out, &[1]);
    }
    let count = u16::try_from(members.min(MANY)).unwrap_or(u16::MAX);
    put32(out, &[0x0605_4b50]);
    put16(out, &[0, 0, count, count]);
    put32(out, &[short(length), short(at)]);
    put16(out, &[0]);
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor, ErrorKind, Read, Seek, SeekFrom};

    use proptest::prelude::*;

    use super::*;

    fn moment() -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2026-10-01T00:00:00+07:00").unwrap()
    }

    fn member(path: &str, content: &[u8]) -> Member {
        let mut crc = flate2::Crc::new();
        crc.update(content);
        Member { path: path.to_owned(), bytes: content.len() as u64, crc32: crc.sum() }
    }

    fn made(layout: &Layout, contents: &[Vec<u8>], range: Range<u64>) -> Vec<u8> {
        let mut out = Vec::new();
        for piece in layout.pieces(range) {
            match piece {
                Piece::Own(bytes) => out.extend_from_slice(&bytes),
                Piece::Of(number, part) => {
                    out.extend_from_slice(&contents[number][part.start as usize..part.end as usize]);
                }
            }
        }
        out
    }

    /// An archive whose members are zeros, which lie nowhere; and the place in it.
    struct Zeros<'a>(&'a Layout, u64);

    impl Read for Zeros<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let mut done = 0;
            for piece in self.0.pieces(self.1..self.1 + into.len() as u64) {
                let from = done;
                match piece {
                    Piece::Own(bytes) => {
                        done += bytes.len();
                        into[from..done].copy_from_slice(&bytes);
                    }
                    Piece::Of(_, part) => {
                        done += (part.end - part.start) as usize;
                        into[from..done].fill(0);
                    }
                }
            }
            self.1 += done as u64;
            Ok(done)
        }
    }

    impl Seek for Zeros<'_> {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            let at = match to {
                SeekFrom::Start(at) => Some(at),
                SeekFrom::End(by) => self.0.bytes().checked_add_signed(by),
                SeekFrom::Current(by) => self.1.checked_add_signed(by),
            };
            self.1 = at.ok_or(ErrorKind::InvalidInput)?;
            Ok(self.1)
        }
    }

    /// Finds some members in an archive as a reader of others does: by name, length and place.
    fn found(layout: &Layout, members: &[Member], numbers: &[usize]) {
        let mut archive = zip::ZipArchive::new(BufReader::new(Zeros(layout, 0))).unwrap();
        assert_eq!(archive.len(), members.len());
        for number in numbers {
            let (member, (head, begins, _)) = (&members[*number], &layout.members[*number]);
            let file = archive.by_index(*number).unwrap();
            assert_eq!(file.name().unwrap(), member.path.as_str());
            assert_eq!((file.size(), file.header_start()), (member.bytes, *begins));
            assert_eq!(file.data_start(), Some(begins + head.len() as u64));
        }
        // The last one is read, against its CRC-32.
        let last = members.last().unwrap();
        let mut read = Vec::new();
        archive.by_name(&last.path).unwrap().read_to_end(&mut read).unwrap();
        assert_eq!(read, vec![0; last.bytes as usize]);
    }

    #[test]
    fn more_members_than_the_old_fields_count_are_read_back() {
        let members: Vec<Member> = (0..70_000).map(|number| member(&format!("{number:05}.csv"), &[0])).collect();
        found(&Layout::of(&members, moment()), &members, &[0, 65_534, 65_535, 65_536, 69_999]);
    }

    #[test]
    fn members_beyond_four_gigabytes_are_read_back_from_where_they_lie() {
        let long = |path: &str, bytes| Member { path: path.to_owned(), bytes, crc32: 7 };
        let sizes = [("một", 2_500_000_000), ("hai", 2_500_000_000), ("ba", 5_000_000_000)];
        let mut members: Vec<Member> = sizes.into_iter().map(|(path, bytes)| long(path, bytes)).collect();
        members.push(member("sau", &[0; 3]));
        found(&Layout::of(&members, moment()), &members, &[0, 1, 2, 3]);
    }

    proptest! {
        #[test]
        fn any_range_is_that_slice_of_the_whole_and_the_whole_is_read_back(
            contents in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..300), 0..8),
            ends in (0.0..1.0_f64, 0.0..1.0_f64),
        ) {
            let members: Vec<Member> =
                contents.iter().enumerate().map(|(number, content)| member(&format!("data/xã-{number}/bảng.csv"), content)).collect();
            let layout = Layout::of(&members, moment());
            let whole = made(&layout, &contents, 0..layout.bytes());
            prop_assert_eq!(whole.len() as u64, layout.bytes());
            let place = |share: f64| (share * whole.len() as f64) as usize;
            let (from, to) = (place(ends.0).min(place(ends.1)), place(ends.0).max(place(ends.1)));
            prop_assert_eq!(&made(&layout, &contents, from as u64..to as u64), &whole[from..to]);
            let mut archive = zip::ZipArchive::new(Cursor::new(whole)).unwrap();
            prop_assert_eq!(archive.len(), members.len());
            for (member, content) in members.iter().zip(&contents) {
                let mut file = archive.by_name(&member.path).unwrap();
                prop_assert_eq!(file.last_modified().unwrap().year(), 2026);
                let mut read = Vec::new();
                file.read_to_end(&mut read).unwrap();
                prop_assert_eq!(&read, content);
            }
        }
    }

    #[test]
    fn what_the_old_fields_cannot_hold_stands_in_the_new_ones() {
        let long = Member { path: "dài".into(), bytes: 5_000_000_000, crc32: 7 };
        let layout = Layout::of(&[long, member("sau", b"x")], moment());
        let tail = layout.pieces(layout.tail.1..layout.bytes());
        let [Piece::Own(tail)] = tail.as_slice() else { panic!("{tail:?}") };
        let holds = |bytes: &[u8]| tail.windows(bytes.len()).any(|window| window == bytes);
        assert!(holds(&5_000_000_000_u64.to_le_bytes()) && holds(&0x0606_4b50_u32.to_le_bytes()));
        // Only the file after it begins where the old field ends.
        let begins = layout.members[1].1;
        assert!(begins > FULL && holds(&[vec![1, 0, 8, 0], begins.to_le_bytes().to_vec()].concat()));
        assert_eq!(layout.pieces(4_000_000_000..4_000_000_001).len(), 1);
    }
}

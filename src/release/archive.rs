//! Parts of a release as ZIP archives that are computed: which stored file each byte comes from.

use std::ops::Range;
use std::sync::Arc;

use bytes::Bytes;
use futures_util::{Stream, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

use super::{Release, SIGNATURE, Scope, query, signature_file, store};
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::archive::{Layout, Member, Piece};
use crate::platform::db::Conn;
use crate::platform::files::Files;

/// An archive: laid out once, and sent in any range from the files themselves.
#[derive(Debug)]
pub struct Archive {
    layout: Layout,
    contents: Vec<Content>,
    tag: String,
    modified: Timestamp,
    weight: u64,
}

#[derive(Debug)]
enum Content {
    Object(String),
    Text(Bytes),
}

impl Archive {
    /// Lays out a part of a release: its files as they are, without what is gone, with the signature.
    ///
    /// # Errors
    /// `NotFound` for a part without datasets; when the database does not answer.
    pub fn of(conn: &mut Conn, release: &Release, scope: &Scope, offset_minutes: i32) -> Result<Self> {
        let (files, _) = query::files(conn, release, scope)?;
        let ready = Timestamp(release.ready_at.unwrap_or(release.as_of));
        let modified = store::last_gone(conn, &release.id)?.map_or(ready, |gone| gone.max(ready));
        let (mut tag, mut weight) = (Sha256::new(), 0);
        let mut all = Vec::with_capacity(files.len() + 1);
        for file in files {
            tag.update(format!("{} {}\n", file.path, file.sha256));
            // A head and an entry of the directory stand for each file, with its path in both.
            weight += (2 * file.path.len() + file.object.len() + 300) as u64;
            let member = Member { bytes: file.size(), crc32: u32::try_from(file.crc32).unwrap_or(0), path: file.path };
            all.push((member, Content::Object(file.object)));
        }
        if let Some(signature) = &release.signature {
            let text = signature_file(signature);
            let mut crc = flate2::Crc::new();
            crc.update(text.as_bytes());
            tag.update(&text);
            let member = Member { path: SIGNATURE.to_owned(), bytes: text.len() as u64, crc32: crc.sum() };
            all.push((member, Content::Text(Bytes::from(text))));
        }
        all.sort_by(|a, b| a.0.path.cmp(&b.0.path));
        let (members, contents): (Vec<_>, Vec<_>) = all.into_iter().unzip();
        let layout = Layout::of(&members, Timestamp(release.as_of).local(offset_minutes));
        Ok(Self { layout, contents, tag: hex::encode(tag.finalize()), modified, weight: weight + 1024 })
    }

    /// How long it is, in bytes.
    pub fn bytes(&self) -> u64 {
        self.layout.bytes()
    }

    /// A hash of all that its bytes come from.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Since when it is as it is: the release was ready, or something of its datasets was withdrawn or purged.
    pub fn modified(&self) -> Timestamp {
        self.modified
    }

    /// About how much memory the layout takes, in bytes.
    pub fn weight(&self) -> u64 {
        self.weight
    }

    /// The bytes of a range. What cannot be read ends it with an error.
    pub fn send(
        self: Arc<Self>,
        files: Files,
        range: Range<u64>,
    ) -> impl Stream<Item = Result<Bytes>> + Send + 'static {
        let pieces = self.layout.pieces(range);
        futures_util::stream::iter(pieces)
            .then(move |piece| {
                let (archive, files) = (Arc::clone(&self), files.clone());
                async move {
                    let own = |bytes: Bytes| futures_util::stream::iter([Result::<Bytes>::Ok(bytes)]).boxed();
                    let (number, part) = match piece {
                        Piece::Own(bytes) => return Ok(own(bytes)),
                        Piece::Of(number, part) => (number, part),
                    };
                    match archive.contents.get(number) {
                        Some(Content::Object(name)) => files.get(name, Some(part)).await,
                        Some(Content::Text(text)) => Ok(own(cut(text, part))),
                        None => Err(Error::internal("an archive with fewer files than it says")),
                    }
                }
            })
            .try_flatten()
    }
}

/// A range of some bytes, as far as they reach.
pub fn cut(bytes: &Bytes, range: Range<u64>) -> Bytes {
    let place = |at: u64| usize::try_from(at).unwrap_or(usize::MAX).min(bytes.len());
    bytes.slice(place(range.start)..place(range.end))
}

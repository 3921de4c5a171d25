//! Files on the wire: length, strong ETag, one range, conditions (RFC 9110), Vietnamese names (RFC 6266, 8187).

use std::cell::RefCell;
use std::ops::Range;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use actix_web::body::SizedStream;
use actix_web::http::{Method, StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use futures_util::Stream;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::answer::Failure;
use super::assets::none_match;
use super::cors::EXPOSED;
use super::state::{App, lost};
use crate::kernel::text::fold;
use crate::kernel::{Error, Result, Timestamp};
use crate::platform::db::run_blocking;
use crate::platform::sheet::{Form, Made};

/// The file of an answer.
#[derive(Clone, Debug)]
pub struct FileAnswer {
    /// The object in the store; empty for one that is composed.
    pub object: String,
    /// How long it is, in bytes.
    pub bytes: u64,
    /// SHA-256 of its bytes, or of all that they come from: the strong ETag.
    pub sha256: String,
    /// Its media type.
    pub media_type: String,
    /// What browsers save it as.
    pub name: String,
    /// When it was published.
    pub modified: Timestamp,
    /// Whether the address names a version and so never changes its bytes.
    pub immutable: bool,
}

/// Characters that stand for themselves in `filename*` (attr-char of RFC 8187).
const ATTR: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Answers with a file, a part of it, 304, 412 or 416.
///
/// # Errors
/// `Unavailable` when the store does not answer; `Internal` when the object is lost.
pub async fn send_file(req: &HttpRequest, app: &App, file: &FileAnswer) -> Result<HttpResponse> {
    send_composed(req, file, |range| async move {
        let stream = app.parts.files.get(&file.object, range).await.map_err(lost)?;
        Ok(futures_util::StreamExt::map(stream, |part| part.map_err(Failure)))
    })
    .await
}

/// As [`send_file`], of a file that is no object: `open` gives the bytes, or a range of them.
///
/// # Errors
/// Whatever `open` brings.
pub async fn send_composed<F, S>(
    req: &HttpRequest,
    file: &FileAnswer,
    open: impl FnOnce(Option<Range<u64>>) -> F,
) -> Result<HttpResponse>
where
    F: Future<Output = Result<S>>,
    S: Stream<Item = Piece> + 'static,
{
    let etag = format!("\"{}\"", file.sha256);
    let modified = http_date(file.modified);
    let mut answer = HttpResponse::Ok();
    answer
        .insert_header((header::ETAG, etag.clone()))
        .insert_header((header::LAST_MODIFIED, modified.clone()))
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((
            header::CACHE_CONTROL,
            if file.immutable { "public, max-age=31536000, immutable" } else { "public, no-cache" },
        ));
    if precondition_failed(req, &etag, file.modified) {
        return Ok(answer.status(StatusCode::PRECONDITION_FAILED).finish());
    }
    if none_match(req, &etag) || not_modified_since(req, file.modified) {
        return Ok(answer.status(StatusCode::NOT_MODIFIED).finish());
    }
    answer.content_type(file.media_type.as_str()).insert_header((header::CONTENT_DISPOSITION, attachment(&file.name)));
    let range = match wanted_range(req, &etag, &modified, file.bytes) {
        Wanted::Whole => None,
        Wanted::Part(range) => Some(range),
        Wanted::Nothing => {
            return Ok(answer
                .status(StatusCode::RANGE_NOT_SATISFIABLE)
                .insert_header((header::CONTENT_RANGE, format!("bytes */{}", file.bytes)))
                .finish());
        }
    };
    let length = range.as_ref().map_or(file.bytes, |range| range.end - range.start);
    if let Some(range) = &range {
        answer
            .status(StatusCode::PARTIAL_CONTENT)
            .insert_header((header::CONTENT_RANGE, format!("bytes {}-{}/{}", range.start, range.end - 1, file.bytes)));
    }
    if req.method() == Method::HEAD || length == 0 {
        return Ok(
            answer.body(SizedStream::new(length, futures_util::stream::empty::<std::result::Result<Bytes, Failure>>()))
        );
    }
    Ok(answer.body(SizedStream::new(length, open(range).await?)))
}

/// Bytes of a made file that are read at once.
const PART: usize = 64 * 1024;

/// Answers with a file that was made for this one reader: no cache keeps it, and it goes once it is sent.
pub fn send_made(made: Made, name: &str) -> HttpResponse {
    let mut answer = made_head(made.form, name);
    answer.body(body_of(made, ()))
}

/// How long a made file waits for its reader: two minutes, and a second for each of these bytes.
const SLOWEST: u64 = 32 << 10;

/// The bytes of a made file; `held` is let go with it. Neither stays longer than a slow reader needs: a reader who stands still is left.
fn body_of<T: 'static>(made: Made, held: T) -> SizedStream<impl Stream<Item = std::result::Result<Bytes, Failure>>> {
    let (length, late) = (made.bytes, Duration::from_secs(120 + made.bytes / SLOWEST));
    SizedStream::new(length, Box::pin(lent(made, held, tokio::time::sleep(late))))
}

/// A made file on its way to its reader.
enum Lent<T> {
    Here(Made, T),
    /// A part of it is being read.
    Out,
    /// It was taken back.
    Late,
}

fn lent<T: 'static>(
    made: Made,
    held: T,
    late: impl Future<Output = ()> + 'static,
) -> impl Stream<Item = std::result::Result<Bytes, Failure>> {
    let shared = Rc::new(RefCell::new(Lent::Here(made, held)));
    let watched = Rc::downgrade(&shared);
    // Nobody polls a stream whose reader stands still.
    actix_web::rt::spawn(async move {
        late.await;
        if let Some(shared) = watched.upgrade() {
            shared.replace(Lent::Late);
        }
    });
    futures_util::stream::try_unfold(shared, |shared| async move {
        let Lent::Here(mut made, held) = shared.replace(Lent::Out) else {
            shared.replace(Lent::Late);
            return Err(Failure(Error::unavailable("the reader of a made file stands still")));
        };
        let (part, made) = run_blocking(move || made.read(PART).map(|part| (part, made))).await.map_err(Failure)?;
        if matches!(*shared.borrow(), Lent::Out) {
            shared.replace(Lent::Here(made, held));
        }
        Ok((!part.is_empty()).then_some((part, shared)))
    })
}

/// Results that are streamed at the same time; further ones wait, and are turned away when it takes too long.
static STREAMING: Semaphore = Semaphore::const_new(32);
const WAIT: Duration = Duration::from_secs(20);
/// How long a reader may have a part of a stream and ask for no further one.
const STILL: Duration = Duration::from_secs(60);
/// How long a reader of a stream may stand still altogether, beside a second for each [`SLOWEST`] bytes.
const SLOW: Duration = Duration::from_secs(120);

/// The turn of a result that is streamed.
pub struct StreamTurn(SemaphorePermit<'static>);

impl StreamTurn {
    /// Waits for a turn, before the work begins.
    ///
    /// # Errors
    /// `Unavailable` when it takes too long.
    pub async fn wait() -> Result<Self> {
        let turn = tokio::time::timeout(WAIT, STREAMING.acquire()).await;
        let turn = turn.map_err(|_| Error::unavailable("too many streams at once"))?.map_err(Error::internal)?;
        Ok(Self(turn))
    }

    /// Ends an answer that was begun with parts that are made while they are sent. A reader who stands still, or is too slow on the
    /// whole, is left: the parts and the turn are let go.
    pub fn send<S>(self, mut answer: HttpResponseBuilder, parts: S) -> HttpResponse
    where
        S: Stream<Item = Piece> + 'static,
    {
        answer.streaming(watched(parts, self.0, Instant::now, tokio::time::sleep))
    }
}

/// A part of a stream.
type Piece = std::result::Result<Bytes, Failure>;

/// A stream on its way to its reader.
struct Run<S, T> {
    /// Nothing once it ended or was taken back.
    parts: Option<(Pin<Box<S>>, T)>,
    /// Whether it was taken back and the reader does not know yet.
    late: bool,
    /// Bytes that the reader got.
    given: u64,
    /// How long the reader stood still altogether.
    stood: Duration,
    /// Since when the reader has a part and asks for no further one; nothing while a part is made, which is no fault of the reader.
    since: Option<Instant>,
}

impl<S: Stream<Item = Piece>, T> Run<S, T> {
    fn poll(&mut self, context: &mut Context<'_>, now: impl Fn() -> Instant) -> Poll<Option<Piece>> {
        if let Some(since) = self.since.take() {
            self.stood += now().saturating_duration_since(since);
        }
        let Some((parts, _)) = &mut self.parts else {
            let late = std::mem::take(&mut self.late);
            return Poll::Ready(
                late.then(|| Err(Failure(Error::unavailable("the reader of a stream stands still or is too slow")))),
            );
        };
        let polled = parts.as_mut().poll_next(context);
        match &polled {
            Poll::Ready(Some(Ok(part))) => {
                self.given += part.len() as u64;
                self.since = Some(now());
            }
            Poll::Ready(_) => self.parts = None,
            Poll::Pending => {}
        }
        polled
    }

    /// How long the reader may still stand still.
    fn left(&self, now: Instant) -> Duration {
        let Some(since) = self.since else { return STILL };
        let still = now.saturating_duration_since(since);
        let whole = SLOW + Duration::from_secs(self.given / SLOWEST);
        STILL.saturating_sub(still).min(whole.saturating_sub(self.stood + still))
    }
}

/// Parts that are taken back, with what is `held`, from a reader who does not take them.
fn watched<S, T, F>(
    parts: S,
    held: T,
    now: impl Fn() -> Instant + Clone + 'static,
    pause: impl Fn(Duration) -> F + 'static,
) -> impl Stream<Item = Piece>
where
    S: Stream<Item = Piece> + 'static,
    T: 'static,
    F: Future<Output = ()> + 'static,
{
    let run = Run { parts: Some((Box::pin(parts), held)), late: false, given: 0, stood: Duration::ZERO, since: None };
    let shared = Rc::new(RefCell::new(run));
    let (seen, clock) = (Rc::downgrade(&shared), now.clone());
    // Nobody polls a stream whose reader stands still.
    actix_web::rt::spawn(async move {
        let mut left = STILL;
        while !left.is_zero() {
            pause(left).await;
            let Some(shared) = seen.upgrade() else { return };
            let mut run = shared.borrow_mut();
            if run.parts.is_none() {
                return;
            }
            left = run.left(clock());
            if left.is_zero() {
                run.late = true;
                run.parts = None;
            }
        }
    });
    futures_util::stream::poll_fn(move |context| shared.borrow_mut().poll(context, &now))
}

/// What is said of a public file that is made anew for each reader, out of what never changes.
#[derive(Clone, Debug)]
pub struct MadeAnswer {
    /// What decides about its content, hashed: the weak ETag.
    pub tag: String,
    /// Its media type.
    pub media_type: String,
    /// What browsers save it as.
    pub name: String,
}

/// An answer that was begun.
pub enum Begun {
    /// The whole of it: 304, or what HEAD wants.
    Whole(HttpResponse),
    /// Its head; the bytes are to follow.
    Head(HttpResponseBuilder),
}

impl MadeAnswer {
    /// Begins the answer to a request.
    pub fn begin(&self, req: &HttpRequest) -> Begun {
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((header::ETAG, format!("W/\"{}\"", self.tag)))
            .insert_header((header::ACCEPT_RANGES, "none"))
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
            .insert_header((header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED))
            .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
            .insert_header((header::CACHE_CONTROL, "public, no-cache"));
        if none_match(req, &format!("\"{}\"", self.tag)) {
            return Begun::Whole(answer.status(StatusCode::NOT_MODIFIED).finish());
        }
        answer
            .content_type(self.media_type.as_str())
            .insert_header((header::CONTENT_DISPOSITION, attachment(&self.name)));
        if req.method() == Method::HEAD {
            // How long it will be is not known before it is made.
            let nothing = futures_util::stream::empty::<std::result::Result<Bytes, Failure>>();
            return Begun::Whole(answer.streaming(nothing));
        }
        Begun::Head(answer)
    }
}

/// Ends an answer that was begun with a made file; `held` is let go once it is sent.
pub fn finish_made<T: 'static>(mut answer: HttpResponseBuilder, made: Made, held: T) -> HttpResponse {
    answer.body(body_of(made, held))
}

/// What a HEAD request learns of such a file, which is not made for it.
pub fn made_head(form: Form, name: &str) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer
        .content_type(form.media_type())
        .insert_header((header::CONTENT_DISPOSITION, attachment(&format!("{name}.{}", form.code()))))
        .insert_header((header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"))
        .insert_header((header::CACHE_CONTROL, "private, no-store"));
    answer
}

#[derive(Debug, PartialEq)]
enum Wanted {
    Whole,
    Part(Range<u64>),
    Nothing,
}

/// One range is honoured; several, another unit or nonsense count as no range (RFC 9110, 14.2). `If-Range` with another
/// validator asks for the whole.
fn wanted_range(req: &HttpRequest, etag: &str, modified: &str, bytes: u64) -> Wanted {
    let text = |name: header::HeaderName| req.headers().get(name).and_then(|value| value.to_str().ok());
    // A range has a meaning for GET only.
    let Some(range) = text(header::RANGE).filter(|_| req.method() == Method::GET) else { return Wanted::Whole };
    if let Some(condition) = text(header::IF_RANGE)
        && condition != etag
        && condition != modified
    {
        return Wanted::Whole;
    }
    parse_range(range, bytes)
}

fn parse_range(range: &str, bytes: u64) -> Wanted {
    let Some((first, last)) = range.trim().strip_prefix("bytes=").and_then(|spec| spec.split_once('-')) else {
        return Wanted::Whole;
    };
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| {
        (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().unwrap_or(u64::MAX))
    };
    match (number(first), number(last)) {
        (None, Some(0)) if first.is_empty() => Wanted::Nothing,
        (None, Some(suffix)) if first.is_empty() && bytes > 0 => Wanted::Part(bytes.saturating_sub(suffix)..bytes),
        (Some(first), None) if last.is_empty() && first < bytes => Wanted::Part(first..bytes),
        (Some(first), Some(last)) if first <= last && first < bytes => {
            Wanted::Part(first..last.saturating_add(1).min(bytes))
        }
        (Some(first), _) if first >= bytes && (last.is_empty() || number(last).is_some_and(|last| last >= first)) => {
            Wanted::Nothing
        }
        _ => Wanted::Whole,
    }
}

/// `If-Match`, or without it `If-Unmodified-Since`, asks for these very bytes (RFC 9110, 13.1.1 and 13.1.4; strong comparison).
fn precondition_failed(req: &HttpRequest, etag: &str, modified: Timestamp) -> bool {
    let text = |name: header::HeaderName| req.headers().get(name).and_then(|value| value.to_str().ok());
    if let Some(tags) = text(header::IF_MATCH) {
        return tags.trim() != "*" && !tags.split(',').any(|tag| tag.trim() == etag);
    }
    let since = text(header::IF_UNMODIFIED_SINCE).and_then(|text| DateTime::parse_from_rfc2822(text).ok());
    since.is_some_and(|since| modified.0 / 1000 > since.timestamp())
}

/// `If-Modified-Since` counts only without `If-None-Match` (RFC 9110, 13.1.3).
fn not_modified_since(req: &HttpRequest, modified: Timestamp) -> bool {
    if req.headers().contains_key(header::IF_NONE_MATCH) {
        return false;
    }
    let since = req.headers().get(header::IF_MODIFIED_SINCE).and_then(|value| value.to_str().ok());
    since
        .and_then(|text| DateTime::parse_from_rfc2822(text).ok())
        .is_some_and(|since| modified.0 / 1000 <= since.timestamp())
}

fn http_date(at: Timestamp) -> String {
    let at: DateTime<Utc> = DateTime::from_timestamp_millis(at.0).unwrap_or_default();
    at.format("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// An ASCII name for old clients and the real one for all others; nothing in either can leave its quotes.
/// What browsers are told to save a file as: in ASCII, and with all its letters.
fn attachment(name: &str) -> String {
    let plain: String = fold(name)
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | ' ') { c } else { '_' })
        .collect();
    format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{}", utf8_percent_encode(name, ATTR))
}

#[cfg(test)]
mod tests {
    use futures_util::{FutureExt, StreamExt};

    use super::*;
    use crate::platform::sheet::{self, Cell, Column, Sheet};

    #[test]
    fn ranges_are_read_as_rfc_9110_says() {
        let cases = [
            ("bytes=0-4", Wanted::Part(0..5)),
            ("bytes=5-", Wanted::Part(5..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-30", Wanted::Part(0..10)),
            ("bytes=0-99999999999999999999999", Wanted::Part(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=5-2", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("rows=0-1", Wanted::Whole),
            ("bytes=a-b", Wanted::Whole),
        ];
        for (text, wanted) in cases {
            assert_eq!(parse_range(text, 10), wanted, "{text}");
        }
    }

    #[test]
    fn a_vietnamese_name_survives_and_a_hostile_one_stays_in_its_quotes() {
        assert_eq!(
            attachment("Giá đất.csv"),
            "attachment; filename=\"gia dat.csv\"; filename*=UTF-8''Gi%C3%A1%20%C4%91%E1%BA%A5t.csv"
        );
        assert!(!attachment("a\"\r\nSet-Cookie: x.csv").contains(['\r', '\n']));
    }

    #[actix_web::test]
    async fn a_file_whose_reader_stands_still_is_taken_back_and_what_it_held_is_let_go() {
        let scratch = tempfile::tempdir().unwrap();
        let sheet = Sheet { title: "List".into(), columns: vec![Column::new("Name", 20)] };
        let rows = (0..PART / 4).map(|row| Ok(vec![Cell::Text(format!("row {row}"))]));
        let made = sheet::write(Form::Csv, &sheet, rows, scratch.path()).unwrap();
        let left = || std::fs::read_dir(scratch.path()).unwrap().count();
        let (place, other) = (Rc::new(()), tokio::sync::oneshot::channel::<()>());
        let held = Rc::clone(&place);
        let mut parts = Box::pin(lent(made, held, async move {
            let _ = other.1.await;
        }));
        assert_eq!(parts.next().await.unwrap().unwrap_or_default().len(), PART);
        assert_eq!((left(), Rc::strong_count(&place)), (1, 2), "a reader who reads keeps both");
        other.0.send(()).unwrap();
        tokio::task::yield_now().await;
        assert_eq!((left(), Rc::strong_count(&place)), (0, 1), "one who stands still keeps neither");
        assert!(parts.next().await.unwrap().is_err());
        assert!(parts.next().await.is_none(), "an answer that was broken off has no more parts");
    }

    /// Lets time pass, and the watcher look.
    async fn look(passed: &std::cell::Cell<Duration>, woken: &tokio::sync::Notify, seconds: u64) {
        passed.set(passed.get() + Duration::from_secs(seconds));
        woken.notify_one();
        for _ in 0..3 {
            tokio::task::yield_now().await;
        }
    }

    #[actix_web::test]
    async fn a_stream_whose_reader_stands_still_is_taken_back_and_a_slow_maker_is_waited_for() {
        let (begun, passed) = (Instant::now(), Rc::new(std::cell::Cell::new(Duration::ZERO)));
        let woken = Rc::new(tokio::sync::Notify::new());
        let place = Rc::new(());
        let (speak, hear) = tokio::sync::mpsc::unbounded_channel::<Piece>();
        let source =
            futures_util::stream::unfold(hear, |mut hear| async move { hear.recv().await.map(|part| (part, hear)) });
        let (time, bell) = (Rc::clone(&passed), Rc::clone(&woken));
        let now = move || begun + time.get();
        let pause = move |_: Duration| {
            let bell = Rc::clone(&bell);
            async move { bell.notified().await }
        };
        let mut parts = Box::pin(watched(source, Rc::clone(&place), now, pause));
        // The reader asks, and nothing is made yet.
        assert!(parts.next().now_or_never().is_none());
        look(&passed, &woken, 600).await;
        assert_eq!(Rc::strong_count(&place), 2, "who waits for a part does not stand still");
        for _ in 0..3 {
            speak.send(Ok(Bytes::from_static(b"part"))).unwrap();
        }
        assert!(parts.next().await.unwrap().is_ok());
        look(&passed, &woken, 55).await;
        assert!(parts.next().await.unwrap().is_ok());
        look(&passed, &woken, 55).await;
        assert_eq!(Rc::strong_count(&place), 2, "a pause is allowed");
        assert!(parts.next().await.unwrap().is_ok());
        look(&passed, &woken, 11).await;
        assert_eq!((Rc::strong_count(&place), speak.is_closed()), (1, true), "too slow on the whole");
        assert!(parts.next().await.unwrap().is_err());
        assert!(parts.next().await.is_none());
    }
}

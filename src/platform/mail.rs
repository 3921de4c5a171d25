//! Sending mail: by SMTP, into a folder (the demo), into memory (tests), or not at all.
//!
//! Beyond this machine nothing is sent unencrypted, and the server's certificate must be valid for its name: there is no setting
//! that switches this off (CVE-2026-41132). A province's own certificate authority is added by a file. What a letter says cannot
//! become a header: names and subjects are encoded (RFC 2047), addresses are parsed (RFC 5321).
//!
//! The same [`Letter`] is the same bytes each time, Message-ID, date and boundary included, so that a server or a mail program that
//! gets it twice can tell.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use lettre::address::Address;
use lettre::message::header::{Header, HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart, SinglePart};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::extension::ClientId;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};
use percent_encoding::percent_decode_str;
use url::{Host, Url};

use super::net::is_loopback;
use crate::kernel::{Error, Kind, Problem, Result, Timestamp};

/// How long the server may take for one answer.
const ANSWER: Duration = Duration::from_secs(30);
/// How long one letter may take from the first byte to the last.
const LETTER: Duration = Duration::from_secs(120);
/// The form of the setting, for the refusal of another one.
const FORM: &str = "smtps://USER:PASSWORD@HOST:PORT | smtp+starttls://… | smtp://localhost | folder:DIR";

/// How mail goes out, as the settings say. Its debug form holds no password.
#[derive(Clone, PartialEq, Eq)]
pub enum Way {
    /// Through a server.
    Smtp(Smtp),
    /// As `.eml` files into a folder.
    Folder(PathBuf),
}

/// A mail server.
#[derive(Clone, PartialEq, Eq)]
pub struct Smtp {
    host: String,
    port: Option<u16>,
    security: Security,
    user: Option<(String, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Security {
    /// TLS from the first byte.
    Implicit,
    /// TLS after STARTTLS, which must be there.
    StartTls,
    /// None, on this machine only.
    Plain,
}

impl std::fmt::Debug for Way {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Smtp(smtp) => write!(f, "{:?} {}:{:?}", smtp.security, smtp.host, smtp.port),
            Self::Folder(folder) => write!(f, "folder {}", folder.display()),
        }
    }
}

impl Way {
    /// Reads `smtps://USER:PASSWORD@HOST:PORT`, `smtp+starttls://…`, `smtp://…` (loopback only) or `folder:DIR`; what is special in
    /// an address is written as `%40` and the like.
    ///
    /// # Errors
    /// Refusals `setting-wrong`, `setting-mail-plain` (an unencrypted server on another machine).
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || Error::invalid(Problem::new("setting-wrong").with("name", "KHOMO_MAIL").with("form", FORM));
        if let Some(folder) = text.strip_prefix("folder:") {
            return if folder.is_empty() { Err(wrong()) } else { Ok(Self::Folder(folder.into())) };
        }
        // The parser's own words might quote a password.
        let url = Url::parse(text).map_err(|_| wrong())?;
        let security = match url.scheme() {
            "smtps" => Security::Implicit,
            "smtp+starttls" => Security::StartTls,
            "smtp" => Security::Plain,
            _ => return Err(wrong()),
        };
        let host = match url.host() {
            Some(Host::Domain(name)) if !name.is_empty() => name.to_owned(),
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            _ => return Err(wrong()),
        };
        if !["", "/"].contains(&url.path()) || url.query().is_some() || url.fragment().is_some() {
            return Err(wrong());
        }
        let bare = if host.contains(':') { format!("http://[{host}]") } else { format!("http://{host}") };
        if security == Security::Plain && !is_loopback(&bare) {
            return Err(Error::invalid(Problem::new("setting-mail-plain").with("host", host)));
        }
        let decoded = |part: &str| percent_decode_str(part).decode_utf8().map(|text| text.into_owned());
        let user = match (url.username(), url.password()) {
            ("", None) => None,
            (user, Some(password)) if !user.is_empty() => {
                Some((decoded(user).map_err(|_| wrong())?, decoded(password).map_err(|_| wrong())?))
            }
            _ => return Err(wrong()),
        };
        Ok(Self::Smtp(Smtp { host, port: url.port(), security, user }))
    }
}

/// Who the letters are from: `du-lieu@tinh.example` or `Name <du-lieu@tinh.example>`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender(Mailbox);

impl Sender {
    /// Reads it.
    ///
    /// # Errors
    /// A refusal `setting-wrong`.
    pub fn parse(text: &str) -> Result<Self> {
        let form = "Name <name@host>";
        text.parse().map(Self).map_err(|error: lettre::address::AddressError| {
            Error::invalid(Problem::new("setting-wrong").with("name", "KHOMO_MAIL_FROM").with("form", form))
                .because(error)
        })
    }
}

/// A letter to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What makes its Message-ID: letters, digits and hyphens.
    pub id: String,
    /// When it was written; stays the same when it is sent again.
    pub at: Timestamp,
    /// The receiver's name.
    pub to_name: String,
    /// The receiver's address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The letter as plain text.
    pub text: String,
    /// The same as HTML.
    pub html: Option<String>,
    /// Where a mail program ends such letters by itself, by a POST (RFC 8058); none of what one is not subscribed to.
    pub unsubscribe: Option<String>,
}

/// Sends letters. Cloning shares it.
#[derive(Clone, Debug)]
pub struct Mailer(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    from: Option<Sender>,
    transport: Transport,
}

#[derive(Debug)]
enum Transport {
    None,
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    Folder(PathBuf),
    Memory(Mutex<Vec<Sent>>),
}

/// A letter as a memory mailer keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// What was sent.
    pub letter: Letter,
    /// The bytes that would be on the wire.
    pub bytes: Vec<u8>,
}

impl Mailer {
    /// A mailer as the settings say; without a way nothing is sent. `authorities` is a PEM file of further certificate authorities.
    ///
    /// # Errors
    /// Refusals `setting-mail-from` (nobody to be from), `setting-mail-ca` (the file cannot be read); nobody is called yet.
    pub fn open(way: Option<&Way>, from: Option<&Sender>, authorities: Option<&Path>) -> Result<Self> {
        let Some(way) = way else { return Ok(Self::none()) };
        let from = from.ok_or_else(|| Error::invalid(Problem::new("setting-mail-from")))?;
        let transport = match way {
            Way::Folder(folder) => {
                std::fs::create_dir_all(folder)?;
                Transport::Folder(folder.clone())
            }
            Way::Smtp(smtp) => Transport::Smtp(smtp_transport(smtp, from, authorities)?),
        };
        Ok(Self(Arc::new(Inner { from: Some(from.clone()), transport })))
    }

    /// A mailer that sends nothing.
    pub fn none() -> Self {
        Self(Arc::new(Inner { from: None, transport: Transport::None }))
    }

    /// A mailer that keeps what it sends.
    ///
    /// # Errors
    /// As [`Sender::parse`].
    pub fn memory(from: &str) -> Result<Self> {
        let from = Some(Sender::parse(from)?);
        Ok(Self(Arc::new(Inner { from, transport: Transport::Memory(Mutex::default()) })))
    }

    /// Whether it sends at all.
    pub fn is_on(&self) -> bool {
        !matches!(self.0.transport, Transport::None)
    }

    /// What a memory mailer has sent so far.
    pub fn sent(&self) -> Vec<Sent> {
        match &self.0.transport {
            Transport::Memory(sent) => sent.lock().unwrap_or_else(PoisonError::into_inner).clone(),
            _ => Vec::new(),
        }
    }

    /// Sends a letter; when this returns without an error, somebody else has taken it over.
    ///
    /// # Errors
    /// `Invalid` when it will never be taken: `mail-unknown` where there is no such address, `mail-refused` for another answer 5xx. `Unavailable` when it may be
    /// taken later: no connection, a wrong certificate, an answer 4xx, no answer.
    pub async fn send(&self, letter: &Letter) -> Result<()> {
        let message = self.message(letter)?;
        match &self.0.transport {
            Transport::None => Err(Error::unavailable("no mail is sent here")),
            Transport::Memory(sent) => {
                let kept = Sent { letter: letter.clone(), bytes: message.formatted() };
                sent.lock().unwrap_or_else(PoisonError::into_inner).push(kept);
                Ok(())
            }
            Transport::Folder(folder) => {
                let path = folder.join(format!("{}.eml", letter.id));
                let (folder, bytes) = (folder.clone(), message.formatted());
                super::db::run_blocking(move || write_whole(&folder, &path, &bytes)).await
            }
            Transport::Smtp(smtp) => match tokio::time::timeout(LETTER, smtp.send(message)).await {
                Err(slow) => Err(Error::unavailable(slow)),
                Ok(Ok(_)) => Ok(()),
                Ok(Err(error)) => {
                    let said = unaddressed(&error.to_string(), &letter.to);
                    let permanent = error.is_permanent() && !is_ours(&error);
                    Err(match permanent {
                        true if names_the_address(&said) => unknown(said),
                        true => refused(said),
                        false => Error::unavailable(said),
                    })
                }
            },
        }
    }

    /// Greets the server, with the credentials, and sends nothing; where no server is asked all is well.
    ///
    /// # Errors
    /// `Unavailable` when it does not answer or refuses us.
    pub async fn greet(&self) -> Result<()> {
        let Transport::Smtp(smtp) = &self.0.transport else { return Ok(()) };
        match tokio::time::timeout(ANSWER, smtp.test_connection()).await {
            Err(slow) => Err(Error::unavailable(slow)),
            Ok(Ok(true)) => Ok(()),
            Ok(Ok(false)) => Err(Error::unavailable("the mail server closed the connection")),
            Ok(Err(error)) => Err(Error::unavailable(error)),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message> {
        let from = self.0.from.as_ref().ok_or_else(|| Error::unavailable("nobody to be from"))?;
        let safe = !letter.id.is_empty() && letter.id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !safe {
            return Err(Error::internal("the id of a letter is no part of a Message-ID"));
        }
        let address: Address = letter.to.parse().map_err(unknown)?;
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(u64::try_from(letter.at.0).unwrap_or(0));
        let head = Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, from.0.email.domain())))
            .date(at)
            .from(from.0.clone())
            .to(Mailbox::new(Some(one_line(&letter.to_name)).filter(|name| !name.is_empty()), address))
            .subject(one_line(&letter.subject))
            .header(AutoGenerated);
        let head = match &letter.unsubscribe {
            None => head,
            Some(url) => head.header(ListUnsubscribe(format!("<{}>", one_line(url)))).header(OneClick),
        };
        let message = match &letter.html {
            None => head.singlepart(SinglePart::plain(letter.text.clone())),
            Some(html) => {
                let parts = MultiPart::alternative().boundary(format!("khomo-{}", letter.id));
                let text = SinglePart::plain(letter.text.clone());
                head.multipart(parts.singlepart(text).singlepart(SinglePart::html(html.clone())))
            }
        };
        message.map_err(refused)
    }
}

/// RFC 3834: no program answers.
#[derive(Clone, Copy, Debug)]
struct AutoGenerated;

impl Header for AutoGenerated {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("Auto-Submitted")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "auto-generated".to_owned())
    }
}

/// RFC 2369: where letters of this kind are ended.
#[derive(Clone, Debug)]
struct ListUnsubscribe(String);

impl Header for ListUnsubscribe {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe")
    }

    fn parse(text: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self(text.to_owned()))
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), self.0.clone())
    }
}

/// RFC 8058: a POST there is enough.
#[derive(Clone, Copy, Debug)]
struct OneClick;

impl Header for OneClick {
    fn name() -> HeaderName {
        HeaderName::new_from_ascii_str("List-Unsubscribe-Post")
    }

    fn parse(_: &str) -> std::result::Result<Self, Box<dyn std::error::Error + Send + Sync>> {
        Ok(Self)
    }

    fn display(&self) -> HeaderValue {
        HeaderValue::new(Self::name(), "List-Unsubscribe=One-Click".to_owned())
    }
}

/// A text without anything that could end a line.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a server said, without the address that it repeats: that is kept longer than the letter.
fn unaddressed(said: &str, address: &str) -> String {
    let (mut out, mut rest) = (String::new(), said);
    let folded = address.to_ascii_lowercase();
    while let Some(at) = rest.to_ascii_lowercase().find(&folded).filter(|_| !folded.is_empty()) {
        out.push_str(&rest[..at]);
        out.push_str("the receiver");
        rest = &rest[at + folded.len()..];
    }
    out + rest
}

/// Whether a server refuses the address and not the letter, its sender or us: the class and subject `5.1` (RFC 3463). Without such a code
/// nobody can tell.
fn names_the_address(said: &str) -> bool {
    said.split(|c: char| !(c.is_ascii_digit() || c == '.')).any(|word| word.starts_with("5.1."))
}

fn unknown(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::refused(Kind::Invalid, Problem::new("mail-unknown")).because(cause)
}

fn refused(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::refused(Kind::Invalid, Problem::new("mail-refused")).because(cause)
}

/// Whether a server refuses us (credentials missing or wrong, encryption wanted; RFC 4954) and not the letter: the operator mends it.
fn is_ours(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 530 | 534 | 535 | 538))
}

fn smtp_transport(
    smtp: &Smtp,
    from: &Sender,
    authorities: Option<&Path>,
) -> Result<AsyncSmtpTransport<Tokio1Executor>> {
    let tls = || -> Result<TlsParameters> {
        let mut tls = TlsParameters::builder(smtp.host.clone());
        if let Some(path) = authorities {
            let wrong = || Error::invalid(Problem::new("setting-mail-ca").with("path", path.display().to_string()));
            let pem = std::fs::read(path).map_err(|error| wrong().because(error))?;
            tls = tls.add_root_certificate(Certificate::from_pem(&pem).map_err(|error| wrong().because(error))?);
        }
        tls.build_rustls().map_err(Error::internal)
    };
    let (tls, port) = match smtp.security {
        Security::Implicit => (Tls::Wrapper(tls()?), 465),
        Security::StartTls => (Tls::Required(tls()?), 587),
        Security::Plain => (Tls::None, 25),
    };
    let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(smtp.host.as_str())
        .port(smtp.port.unwrap_or(port))
        .tls(tls)
        .timeout(Some(ANSWER))
        .hello_name(ClientId::Domain(from.0.email.domain().to_owned()));
    if let Some((user, password)) = &smtp.user {
        builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
    }
    Ok(builder.build())
}

/// Writes a file so that it is there whole or not at all; one that is there already is the same letter.
fn write_whole(folder: &Path, path: &Path, bytes: &[u8]) -> Result<()> {
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|error| Error::from(error.error))?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn letter() -> Letter {
        Letter {
            id: "0198c0de-0000-7000-8000-000000000001".to_owned(),
            at: Timestamp(1_788_500_000_000),
            to_name: "Nguyễn Thị Ánh".to_owned(),
            to: "anh@lacdien.example".to_owned(),
            subject: "Bộ dữ liệu “Giá lúa” chờ duyệt".to_owned(),
            text: "Kính gửi".to_owned(),
            html: Some("<p>Kính gửi</p>".to_owned()),
            unsubscribe: None,
        }
    }

    fn bytes(letter: &Letter) -> String {
        let mailer = Mailer::memory("Cổng dữ liệu <du-lieu@lacdien.example>").unwrap();
        String::from_utf8(mailer.message(letter).unwrap().formatted()).unwrap()
    }

    fn head(letter: &Letter) -> String {
        bytes(letter).split("\r\n\r\n").next().unwrap().to_owned()
    }

    #[test]
    fn names_and_subjects_are_encoded_and_the_letter_says_that_a_program_wrote_it() {
        let head = head(&letter());
        assert!(head.is_ascii(), "{head}");
        assert!(head.contains("Subject: =?utf-8?"), "{head}");
        assert!(head.contains("Auto-Submitted: auto-generated"), "{head}");
        assert!(head.contains("Message-ID: <0198c0de-0000-7000-8000-000000000001@lacdien.example>"), "{head}");
        assert!(head.lines().all(|line| line.len() <= 998), "{head}");
    }

    #[test]
    fn a_letter_that_one_is_subscribed_to_says_where_a_program_ends_it() {
        let url = "https://dulieu.lacdien.example/theo-doi/thu/dung?code=0123456789abcdef";
        assert!(!head(&letter()).contains("List-Unsubscribe"));
        let ended = head(&Letter { unsubscribe: Some(url.to_owned()), ..letter() });
        assert!(ended.contains(&format!("List-Unsubscribe: <{url}>")), "{ended}");
        assert!(ended.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click"), "{ended}");
        let hostile = head(&Letter { unsubscribe: Some(format!("{url}\r\nBcc: a@b.example")), ..letter() });
        assert!(!hostile.lines().any(|line| line.starts_with("Bcc")), "{hostile}");
    }

    #[test]
    fn what_a_server_says_of_an_address_is_kept_without_it() {
        let said = "permanent error (550): 5.1.1 <Lan@Thu.example> unknown, lan@thu.example; ế";
        assert_eq!(
            unaddressed(said, "lan@thu.example"),
            "permanent error (550): 5.1.1 <the receiver> unknown, the receiver; ế"
        );
        assert_eq!(unaddressed(said, ""), said);
    }

    #[test]
    fn an_address_that_is_none_is_told_from_another_refusal() {
        assert!(names_the_address("permanent error (550): 5.1.1 <the receiver> unknown"));
        for other in ["permanent error (554): 5.7.1 relaying denied", "permanent error (550): no", "550 15.1.1 5.10"] {
            assert!(!names_the_address(other), "{other}");
        }
    }

    #[test]
    fn the_same_letter_is_the_same_bytes() {
        assert_eq!(bytes(&letter()), bytes(&letter()));
    }

    #[test]
    fn nothing_that_a_letter_says_becomes_a_header() {
        for hostile in
            ["a\r\nBcc: evil@evil.example", "a\nBcc: evil@evil.example", "a\r\n\r\nBcc: x", "\u{85}Bcc: x", "a\0b"]
        {
            let bad = Letter { subject: hostile.to_owned(), to_name: hostile.to_owned(), ..letter() };
            let got = head(&bad);
            assert!(!got.to_lowercase().lines().any(|line| line.starts_with("bcc")), "{hostile:?}: {got}");
            let plain = got.lines().filter(|line| !line.starts_with([' ', '\t'])).count();
            assert_eq!(plain, head(&letter()).lines().filter(|line| !line.starts_with([' ', '\t'])).count(), "{got}");
        }
        for address in ["a@b.example\r\nBcc: x@evil.example", "a@b.example, x@evil.example", "a b@c.example", ""] {
            let mailer = Mailer::memory("x@y.example").unwrap();
            let bad = Letter { to: address.to_owned(), ..letter() };
            assert!(mailer.message(&bad).unwrap_err().has("mail-unknown"), "{address:?}");
        }
    }

    #[test]
    fn only_this_machine_is_spoken_to_unencrypted() {
        for good in [
            "smtp://127.0.0.1:25",
            "smtp://localhost",
            "smtp://[::1]:2525",
            "smtps://a:b@mail.example",
            "folder:var/mail",
        ] {
            assert!(Way::parse(good).is_ok(), "{good}");
        }
        assert!(Way::parse("smtp://mail.example").unwrap_err().has("setting-mail-plain"));
        assert!(Way::parse("smtp://localhost.evil.example").unwrap_err().has("setting-mail-plain"));
        for wrong in [
            "",
            "mail.example",
            "smtps://",
            "http://mail.example",
            "smtps://user@mail.example",
            "smtps://m.example/?tls=none",
            "folder:",
        ] {
            assert!(Way::parse(wrong).unwrap_err().has("setting-wrong"), "{wrong:?}");
        }
    }

    #[test]
    fn no_password_is_in_what_the_log_shows() {
        let way = Way::parse("smtps://user:bi%40mat@mail.example:465").unwrap();
        assert!(!format!("{way:?}").contains("mat"));
        let error = Way::parse("smtps://user:bimat@mail.example:99999").unwrap_err();
        assert!(!error.to_string().contains("bimat"));
        let Way::Smtp(smtp) = way else { panic!("an SMTP server") };
        assert_eq!(smtp.user, Some(("user".to_owned(), "bi@mat".to_owned())));
    }
}

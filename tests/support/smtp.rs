//! A mail server inside the test process, on a free port of the loopback: it takes letters, or fails in the way a test asks for.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

/// The user and password it knows, where it asks for them.
pub const USER: (&str, &str) = ("khomo", "bí mật/@:?");

/// How it speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// Unencrypted.
    Plain,
    /// TLS from the first byte.
    Implicit,
    /// TLS after STARTTLS.
    StartTls,
}

/// What it does with the next letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Takes them.
    Takes,
    /// Hangs up on everybody at once.
    Away,
    /// Answers a command (`EHLO`, `MAIL`, `RCPT`, `DATA`, or `.` for the end of the letter) with a refusal.
    Refuses(&'static str, &'static str),
    /// Hangs up in the middle of the letter.
    DropsInside,
    /// Takes the letter and hangs up without an answer.
    TakesAndDrops,
    /// Has the whole letter, says so to the test (`reached`), and never answers; keeps the letter, or does not.
    Hangs(bool),
}

/// A running server. It stops when this value goes.
pub struct SmtpServer {
    /// The port.
    pub port: u16,
    /// Its certificate in PEM.
    pub certificate: String,
    /// Hears of every letter that hangs.
    pub reached: Receiver<()>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
}

struct Shared {
    speech: Speech,
    password: bool,
    mood: Mutex<Mood>,
    letters: Mutex<Vec<String>>,
    heard: Mutex<Vec<String>>,
    reached: Mutex<Sender<()>>,
    stop: AtomicBool,
    tls: Arc<ServerConfig>,
}

impl SmtpServer {
    /// An unencrypted server that takes everything.
    pub fn start() -> Self {
        Self::start_with(Speech::Plain, "127.0.0.1", false)
    }

    /// A server with a certificate for a name; it may ask for user and password.
    pub fn start_with(speech: Speech, name: &str, password: bool) -> Self {
        let made = rcgen::generate_simple_self_signed(vec![name.to_owned()]).unwrap();
        let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
        let tls = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let (reached, hears) = channel();
        let shared = Arc::new(Shared {
            speech,
            password,
            mood: Mutex::new(Mood::Takes),
            letters: Mutex::default(),
            heard: Mutex::default(),
            reached: Mutex::new(reached),
            stop: AtomicBool::new(false),
            tls: Arc::new(tls),
        });
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let inside = Arc::clone(&shared);
        let thread = thread::spawn(move || {
            for socket in listener.incoming() {
                if inside.stop.load(Ordering::SeqCst) {
                    break;
                }
                let (Ok(socket), shared) = (socket, Arc::clone(&inside)) else { continue };
                thread::spawn(move || serve(socket, &shared));
            }
        });
        Self { port, certificate: made.cert.pem(), reached: hears, shared, thread: Some(thread) }
    }

    /// What it does from now on.
    pub fn is(&self, mood: Mood) {
        *self.shared.mood.lock().unwrap() = mood;
    }

    /// The letters that it took, as they came.
    pub fn letters(&self) -> Vec<String> {
        self.shared.letters.lock().unwrap().clone()
    }

    /// The Message-IDs of the letters that it took.
    pub fn ids(&self) -> Vec<String> {
        self.letters().iter().map(|letter| header(letter, "Message-ID")).collect()
    }

    /// The commands that it heard, decrypted where they were encrypted.
    pub fn heard(&self) -> Vec<String> {
        self.shared.heard.lock().unwrap().clone()
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.shared.stop.store(true, Ordering::SeqCst);
        // Wakes the one that waits for callers.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A header of a letter, lines that were folded put together.
pub fn header(letter: &str, name: &str) -> String {
    let head = letter.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")).map(str::to_owned));
    found.unwrap_or_else(|| panic!("no {name} in {head}"))
}

fn serve(socket: TcpStream, shared: &Shared) {
    if *shared.mood.lock().unwrap() == Mood::Away {
        return;
    }
    if shared.speech == Speech::Implicit {
        let tls = StreamOwned::new(ServerConnection::new(Arc::clone(&shared.tls)).unwrap(), socket);
        let _ = talk(tls, shared, true, true);
        return;
    }
    let again = socket.try_clone().unwrap();
    if talk(socket, shared, true, false).unwrap_or(false) {
        let tls = StreamOwned::new(ServerConnection::new(Arc::clone(&shared.tls)).unwrap(), again);
        let _ = talk(tls, shared, false, true);
    }
}

/// One conversation; `true` when it goes on encrypted.
fn talk(stream: impl Read + Write, shared: &Shared, greet: bool, encrypted: bool) -> std::io::Result<bool> {
    let mut stream = BufReader::new(stream);
    let say = |stream: &mut BufReader<_>, text: &str| -> std::io::Result<()> {
        let inner: &mut _ = stream.get_mut();
        write_line(inner, text)
    };
    if greet {
        say(&mut stream, "220 loopback ESMTP")?;
    }
    loop {
        let Some(line) = line(&mut stream)? else { return Ok(false) };
        shared.heard.lock().unwrap().push(line.clone());
        let verb = line.split([' ', ':']).next().unwrap_or_default().to_uppercase();
        let mood = *shared.mood.lock().unwrap();
        if let Mood::Refuses(at, answer) = mood
            && at == verb
        {
            say(&mut stream, answer)?;
            continue;
        }
        match verb.as_str() {
            "EHLO" => {
                let start = if shared.speech == Speech::StartTls && !encrypted { "250-STARTTLS\r\n" } else { "" };
                let auth = if shared.password { "250-AUTH PLAIN\r\n" } else { "" };
                say(&mut stream, &format!("250-loopback\r\n{start}{auth}250 8BITMIME"))?;
            }
            "STARTTLS" if shared.speech == Speech::StartTls => {
                say(&mut stream, "220 go on")?;
                return Ok(true);
            }
            "AUTH" => {
                let right = line.ends_with(&encoded(&format!("\0{}\0{}", USER.0, USER.1)));
                say(&mut stream, if right { "235 welcome" } else { "535 5.7.8 wrong" })?;
            }
            "MAIL" | "RCPT" | "RSET" | "NOOP" => say(&mut stream, "250 fine")?,
            "DATA" => {
                say(&mut stream, "354 speak")?;
                let Some(letter) = letter(&mut stream, mood)? else { return Ok(false) };
                let keep = || shared.letters.lock().unwrap().push(letter.clone());
                match mood {
                    Mood::Refuses(".", answer) => say(&mut stream, answer)?,
                    Mood::TakesAndDrops => {
                        keep();
                        return Ok(false);
                    }
                    Mood::Hangs(kept) => {
                        if kept {
                            keep();
                        }
                        let _ = shared.reached.lock().unwrap().send(());
                        // Until the other side is gone.
                        while line_or_end(&mut stream) {}
                        return Ok(false);
                    }
                    _ => {
                        keep();
                        say(&mut stream, "250 taken")?;
                    }
                }
            }
            "QUIT" => {
                say(&mut stream, "221 bye")?;
                return Ok(false);
            }
            _ => say(&mut stream, "502 what")?,
        }
    }
}

fn write_line(stream: &mut impl Write, text: &str) -> std::io::Result<()> {
    stream.write_all(format!("{text}\r\n").as_bytes())?;
    stream.flush()
}

fn line(stream: &mut impl BufRead) -> std::io::Result<Option<String>> {
    let mut line = String::new();
    let read = stream.read_line(&mut line)?;
    Ok((read > 0).then(|| line.trim_end_matches(['\r', '\n']).to_owned()))
}

fn line_or_end(stream: &mut impl BufRead) -> bool {
    matches!(line(stream), Ok(Some(_)))
}

/// The letter up to the lone dot, the dots doubled on the way made single; nothing when the caller, or this server, hung up.
fn letter(stream: &mut impl BufRead, mood: Mood) -> std::io::Result<Option<String>> {
    let mut letter = String::new();
    loop {
        let Some(line) = line(stream)? else { return Ok(None) };
        if mood == Mood::DropsInside {
            return Ok(None);
        }
        if line == "." {
            return Ok(Some(letter));
        }
        letter.push_str(line.strip_prefix('.').unwrap_or(&line));
        letter.push_str("\r\n");
    }
}

/// Base64 as AUTH PLAIN wants it.
fn encoded(text: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits = three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let sign = if place <= three.len() { SIGNS[(bits >> (18 - 6 * place) & 63) as usize] } else { b'=' };
            out.push(char::from(sign));
        }
    }
    out
}

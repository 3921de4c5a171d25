//! Programs that serve, as others on the machine see them.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::Child;
use std::time::{Duration, Instant};

/// The longest that anything may take on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(180);

/// An address that nobody listens at.
pub fn free() -> SocketAddr {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap()
}

/// Waits until a program answers at all its addresses that it is ready; `false` when it ended instead.
pub fn become_ready(program: &mut Child, addresses: &[SocketAddr]) -> bool {
    let mut gone = false;
    until("ready", || {
        gone = program.try_wait().unwrap().is_some();
        gone || addresses.iter().all(|address| answer(*address, "/readyz").starts_with("HTTP/1.1 200"))
    });
    !gone
}

/// Waits for what another program does. It looks every few milliseconds: whoever looks without a break takes the processor away from
/// whom they wait for.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let began = Instant::now();
    while !so() {
        assert!(began.elapsed() < PATIENCE, "not {what} after {} s", PATIENCE.as_secs());
        std::thread::park_timeout(Duration::from_millis(5));
    }
}

/// The answer to a GET, head and body; empty while nobody listens, and cut short where the connection is.
pub fn answer(address: SocketAddr, path: &str) -> String {
    let Ok(mut stream) = TcpStream::connect(address) else { return String::new() };
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let mut text = Vec::new();
    let _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let _ = stream.read_to_end(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

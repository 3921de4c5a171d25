//! One line to a log server: RFC 5424 over UDP (RFC 5426), or over the machine's own datagram socket.

use std::net::{ToSocketAddrs, UdpSocket};
use std::path::PathBuf;

use crate::kernel::{Error, Problem, Result, Timestamp};

/// Facility "log audit" (13) and severity "notice" (5).
const PRIORITY: u8 = 13 * 8 + 5;

/// Where lines go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A host and port.
    Udp(String),
    /// A datagram socket, such as `/dev/log`.
    Unix(PathBuf),
}

impl Target {
    /// Reads `udp://HOST:PORT` or `unix:PATH`.
    ///
    /// # Errors
    /// A refusal `setting-wrong`.
    pub fn parse(text: &str) -> Result<Self> {
        let wrong = || {
            let form = "udp://HOST:PORT | unix:/dev/log";
            Error::invalid(Problem::new("setting-wrong").with("name", "KHOMO_AUDIT_SYSLOG").with("form", form))
        };
        if let Some(place) = text.strip_prefix("udp://") {
            let port = place.rsplit_once(':').filter(|(host, _)| !host.is_empty()).map(|(_, port)| port);
            return match port.and_then(|port| port.parse::<u16>().ok()) {
                Some(port) if port > 0 => Ok(Self::Udp(place.to_owned())),
                _ => Err(wrong()),
            };
        }
        match text.strip_prefix("unix:") {
            Some(path) if path.starts_with('/') => Ok(Self::Unix(path.into())),
            _ => Err(wrong()),
        }
    }

    /// Sends one message. Nobody confirms a datagram: that it was sent is all that is known.
    ///
    /// # Errors
    /// `Unavailable` when it cannot be sent.
    pub fn send(&self, at: Timestamp, host: &str, kind: &str, message: &str) -> Result<()> {
        let line = line(at, host, kind, message);
        match self {
            Self::Udp(place) => {
                let to = place.to_socket_addrs().map_err(Error::unavailable)?.next();
                let to = to.ok_or_else(|| Error::unavailable("the log server's name has no address"))?;
                let from = if to.is_ipv4() { "0.0.0.0:0" } else { "[::]:0" };
                let socket = UdpSocket::bind(from).map_err(Error::unavailable)?;
                socket.send_to(line.as_bytes(), to).map_err(Error::unavailable)?;
            }
            #[cfg(unix)]
            Self::Unix(path) => {
                let socket = std::os::unix::net::UnixDatagram::unbound().map_err(Error::unavailable)?;
                socket.send_to(line.as_bytes(), path).map_err(Error::unavailable)?;
            }
            #[cfg(not(unix))]
            Self::Unix(_) => return Err(Error::unavailable("this machine has no such sockets")),
        }
        Ok(())
    }
}

/// A message as RFC 5424 writes it; what could end its fields is taken out of them.
fn line(at: Timestamp, host: &str, kind: &str, message: &str) -> String {
    let plain = |text: &str| {
        let kept: String = text.chars().filter(char::is_ascii_graphic).take(48).collect();
        if kept.is_empty() { "-".to_owned() } else { kept }
    };
    let message: String = message.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    format!(
        "<{PRIORITY}>1 {} {} khomo {} {} - {message}",
        at.to_rfc3339(),
        plain(host),
        std::process::id(),
        plain(kind)
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests may stop")]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_one_line_with_the_fields_of_rfc_5424() {
        let line = line(Timestamp(0), "noi-bo.example", "audit head", "seq=1\nhash=x");
        let head = format!("<109>1 1970-01-01T00:00:00.000Z noi-bo.example khomo {} audithead - ", std::process::id());
        assert_eq!(line, format!("{head}seq=1 hash=x"));
    }

    #[test]
    fn only_addresses_that_can_be_sent_to_are_taken() {
        assert_eq!(Target::parse("udp://log.example:514").unwrap(), Target::Udp("log.example:514".into()));
        assert_eq!(Target::parse("unix:/dev/log").unwrap(), Target::Unix("/dev/log".into()));
        for wrong in ["udp://log.example", "udp://:514", "udp://x:0", "tcp://x:1", "unix:dev/log", ""] {
            assert!(Target::parse(wrong).unwrap_err().has("setting-wrong"), "{wrong}");
        }
    }

    #[test]
    fn a_datagram_arrives() {
        let server = UdpSocket::bind("127.0.0.1:0").unwrap();
        let target = Target::parse(&format!("udp://{}", server.local_addr().unwrap())).unwrap();
        target.send(Timestamp(0), "x", "head", "seq=7").unwrap();
        let mut buffer = [0; 500];
        let length = server.recv(&mut buffer).unwrap();
        assert!(std::str::from_utf8(&buffer[..length]).unwrap().ends_with("seq=7"));
    }
}

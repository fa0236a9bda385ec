//! A load over HTTP/1.1, from this machine to itself.
//!
//! The load shares two processors with what it measures, so it does as little as it can: blocking
//! sockets, requests made beforehand, replies read into one buffer and not looked into. A thread
//! serves its connections in turn: reads one's reply, sends its next request. So every connection
//! always has one request under way, without a thread each.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Threads that make the load.
const THREADS: usize = 2;

/// How long a reply may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// `200`.
    pub status: u16,
    /// Status line and headers, with the empty line after them.
    pub head: String,
    /// The body, as sent.
    pub body: Vec<u8>,
}

/// A connection that is kept alive.
pub struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    /// Connects.
    ///
    /// # Panics
    /// Where `address` is not this machine: these benchmarks load nobody else.
    pub fn to(address: SocketAddr) -> io::Result<Self> {
        assert!(address.ip().is_loopback(), "{address} is not this machine");
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        Ok(Self { stream, buffer: vec![0; 256 * 1024] })
    }

    /// Sends a request.
    pub fn send(&mut self, request: &[u8]) -> io::Result<()> {
        self.stream.write_all(request)
    }

    /// Reads a whole reply and gives its status and the lengths of its head and body, which lie in the buffer.
    fn receive(&mut self) -> io::Result<(u16, usize, usize)> {
        let invalid = |what: &str| io::Error::new(io::ErrorKind::InvalidData, what.to_owned());
        let mut filled = 0;
        let mut whole: Option<(usize, usize)> = None;
        loop {
            if let Some((head, body)) = whole
                && filled >= head + body
            {
                let status = std::str::from_utf8(&self.buffer[9..12]).ok().and_then(|text| text.parse().ok());
                return Ok((status.ok_or_else(|| invalid("no status"))?, head, body));
            }
            match self.stream.read(&mut self.buffer[filled..])? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                read => filled += read,
            }
            if whole.is_none()
                && let Some(end) = self.buffer[..filled].windows(4).position(|window| window == b"\r\n\r\n")
            {
                let head = std::str::from_utf8(&self.buffer[..end]).map_err(|_| invalid("no text"))?;
                let length = head.lines().find_map(|line| {
                    let (name, value) = line.split_once(':')?;
                    name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
                });
                whole = Some((end + 4, length.ok_or_else(|| invalid("no content-length"))?));
            }
        }
    }

    /// One request and its reply.
    pub fn ask(&mut self, request: &[u8]) -> io::Result<Reply> {
        self.send(request)?;
        let (status, head, body) = self.receive()?;
        Ok(Reply {
            status,
            head: String::from_utf8_lossy(&self.buffer[..head]).into_owned(),
            body: self.buffer[head..head + body].to_vec(),
        })
    }
}

/// A GET as a phone's browser sends it.
pub fn get(path: &str, encodings: &str) -> Vec<u8> {
    format!(
        "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: {encodings}\r\n\
         Accept-Language: sv-SE,sv;q=0.9\r\nUser-Agent: a phone\r\n\r\n"
    )
    .into_bytes()
}

/// A POST of a form as a phone's browser sends it.
pub fn post(path: &str, form: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/html\r\nAccept-Encoding: gzip, br\r\n\
         Accept-Language: sv-SE,sv;q=0.9\r\nUser-Agent: a phone\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{form}",
        form.len()
    )
    .into_bytes()
}

/// Sends `requests` over `connections` and returns how long it took from the first to the last reply.
///
/// # Panics
/// Where a reply has another status than `expected`: a server that refuses is fast.
pub fn run(address: SocketAddr, connections: usize, requests: &[Vec<u8>], expected: u16) -> Duration {
    let share = requests.len().div_ceil(THREADS);
    let mut shares: Vec<(Vec<Connection>, &[Vec<u8>])> = requests
        .chunks(share)
        .map(|requests| {
            let own = (connections / THREADS).max(1);
            ((0..own).map(|_| Connection::to(address).unwrap()).collect(), requests)
        })
        .collect();
    let begin = Instant::now();
    std::thread::scope(|scope| {
        for (connections, requests) in &mut shares {
            scope.spawn(move || drive(connections, requests, expected));
        }
    });
    begin.elapsed()
}

fn drive(connections: &mut [Connection], requests: &[Vec<u8>], expected: u16) {
    let mut waiting = std::collections::VecDeque::new();
    let mut idle: Vec<&mut Connection> = connections.iter_mut().collect();
    let receive = |connection: &mut Connection| {
        let (status, head, _) = connection.receive().unwrap();
        assert_eq!(status, expected, "{}", String::from_utf8_lossy(&connection.buffer[..head]));
    };
    for request in requests {
        let connection = match idle.pop() {
            Some(connection) => connection,
            None => {
                let connection: &mut Connection = waiting.pop_front().unwrap();
                receive(connection);
                connection
            }
        };
        connection.send(request).unwrap();
        waiting.push_back(connection);
    }
    waiting.into_iter().for_each(receive);
}

//! Survey pages per second, against a bare actix handler that returns the same bytes.
//!
//! ```sh
//! cargo bench --bench pages            # 7 rounds of 20,000 pages
//! cargo bench --bench pages -- 50000   # of 50,000
//! ```
//!
//! Each round loads the product and two ceilings in turn: one that says the body only, one that says
//! the product's headers too. Pages per second include what the load itself takes from the shared
//! processors; the server's own processor time per page does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark stops by panicking")]

mod support;

use std::net::SocketAddr;

use support::database::Databases;
use support::figures::{Rounds, head, processor_time, readable, row};
use support::load::{self, Connection, Reply};
use support::service::{Sandbox, Service};
use support::{ceiling, number, wait_for_rest};

const ROUNDS: usize = 7;
const CONNECTIONS: usize = 16;
const SURVEY: &str = "/sv/enkat";

/// What the survey answers with, so that browsers never restore it (`NEVER_RESTORED` in `survey::pages::form`).
const STATUS: u16 = 203;

/// One server under load.
struct Contender {
    name: &'static str,
    address: SocketAddr,
    process: u32,
    requests: Vec<Vec<u8>>,
    per_second: Rounds,
    processor: Rounds,
}

impl Contender {
    fn new(name: &'static str, service: &Service, path: &str, encodings: &str, pages: usize) -> Self {
        let requests = vec![load::get(path, encodings); pages];
        let (per_second, processor) = (Rounds::default(), Rounds::default());
        Self { name, address: ceiling::address(service), process: service.id(), requests, per_second, processor }
    }

    fn round(&mut self) {
        let before = processor_time(self.process);
        let took = load::run(self.address, CONNECTIONS, &self.requests, STATUS);
        let used = processor_time(self.process) - before;
        self.per_second.add(self.requests.len() as f64 / took.as_secs_f64());
        self.processor.add(used.as_secs_f64() * 1e6 / self.requests.len() as f64);
    }
}

fn main() {
    ceiling::serve_if_asked();
    let pages = number(20_000);
    let sandbox = Sandbox::with(Databases::on_sqlite());
    let service = sandbox.serve();
    wait_for_rest(&service);
    let address = ceiling::address(&service);
    for (title, encodings) in [("brotli", "gzip, br"), ("gzip", "gzip"), ("not compressed", "identity")] {
        let reply = page(address, encodings);
        let bare = ceiling::start(&reply, sandbox.directory());
        let mut contenders = [
            Contender::new("the survey", &service, SURVEY, encodings, pages),
            Contender::new("ceiling: same body and headers", &bare, "/same", encodings, pages),
            Contender::new("ceiling: same body alone", &bare, "/body", encodings, pages),
        ];
        for _ in 0..ROUNDS {
            contenders.iter_mut().for_each(Contender::round);
        }
        let what = format!("Survey pages, {title}, {} bytes, {ROUNDS} rounds of {pages}", reply.body.len());
        head(&what, &["", "pages per second", "survey : this", "server's processor time, µs", "this : survey"]);
        let survey = &contenders[0];
        for contender in &contenders {
            row(&[
                contender.name,
                &contender.per_second.to_string(),
                &readable(survey.per_second.over(&contender.per_second).median()),
                &contender.processor.to_string(),
                &readable(contender.processor.over(&survey.processor).median()),
            ]);
        }
    }
}

/// What the survey answers.
fn page(address: SocketAddr, encodings: &str) -> Reply {
    let reply = Connection::to(address).unwrap().ask(&load::get(SURVEY, encodings)).unwrap();
    assert_eq!(reply.status, STATUS);
    reply
}

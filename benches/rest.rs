//! The service at rest: time to start, memory, the sizes of the binary and of the survey.
//!
//! ```sh
//! cargo bench --bench rest
//! ```
//!
//! The ceiling for memory is a bare actix server with as many workers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark stops by panicking")]

mod support;

use std::time::Instant;

use support::database::Databases;
use support::figures::{Rounds, head, memory, readable, row};
use support::load::{self, Connection, Reply};
use support::service::{Sandbox, Service};
use support::{ceiling, wait_for_rest};

const ROUNDS: usize = 5;

fn main() {
    ceiling::serve_if_asked();
    let sandbox = Sandbox::with(Databases::on_sqlite());
    let (mut first, mut later, mut early, mut rest, mut bare) =
        (Rounds::default(), Rounds::default(), Rounds::default(), Rounds::default(), Rounds::default());
    for round in 0..ROUNDS {
        let fresh = Sandbox::with(Databases::on_sqlite());
        first.add(started(&fresh).1);
        if round == 0 {
            drop(started(&sandbox));
        }
        let (service, milliseconds) = started(&sandbox);
        later.add(milliseconds);
        early.add(memory(service.id(), "VmRSS").unwrap());
        wait_for_rest(&service);
        rest.add(memory(service.id(), "VmRSS").unwrap());
        let nothing = Reply { status: 200, head: String::new(), body: Vec::new() };
        let ceiling = ceiling::start(&nothing, sandbox.directory());
        bare.add(memory(ceiling.id(), "VmRSS").unwrap());
        if round == ROUNDS - 1 {
            weigh(&service);
        }
    }
    head("The service at rest", &["", "figure (least–most)"]);
    row(&["first start, databases and keys made, until it answers, ms", &first.to_string()]);
    row(&["a later start, until it answers, ms", &later.to_string()]);
    row(&["memory (RSS) after the start, MB", &early.to_string()]);
    row(&["memory (RSS) at rest, pages compressed, MB", &rest.to_string()]);
    row(&["ceiling: memory of a bare actix server, MB", &bare.to_string()]);
    let binary = std::fs::metadata(env!("CARGO_BIN_EXE_trygghetsdialog")).unwrap().len();
    row(&["the binary, MB", &readable(binary as f64 / 1e6)]);
}

/// Starts the service; also the milliseconds until its first page had come.
fn started(sandbox: &Sandbox) -> (Service, f64) {
    let begin = Instant::now();
    let service = sandbox.serve();
    ask(&service, "/sv/enkat", "br");
    (service, begin.elapsed().as_secs_f64() * 1e3)
}

fn ask(service: &Service, path: &str, encodings: &str) -> Reply {
    let reply = Connection::to(ceiling::address(service)).unwrap().ask(&load::get(path, encodings)).unwrap();
    // 203 is the survey's own (`NEVER_RESTORED` in `survey::pages::form`).
    assert!(matches!(reply.status, 200 | 203), "{path}: {}", reply.status);
    reply
}

/// What a phone loads before she can answer.
fn weigh(service: &Service) {
    let page = String::from_utf8(ask(service, "/sv/enkat", "identity").body).unwrap();
    let assets: Vec<&str> = page
        .split(['"', '=', ' ', '>'])
        .filter(|text| text.starts_with("/static/"))
        .collect::<std::collections::BTreeSet<_>>()
        .into_iter()
        .collect();
    head("What a phone loads, bytes", &["", "brotli", "gzip", "not compressed"]);
    let mut sums = [0; 3];
    for path in std::iter::once("/sv/enkat").chain(assets.iter().copied()) {
        let sizes = ["br", "gzip", "identity"].map(|encodings| ask(service, path, encodings).body.len());
        sums.iter_mut().zip(sizes).for_each(|(sum, size)| *sum += size);
        let [brotli, gzip, identity] = sizes.map(|size| readable(size as f64));
        row(&[path, &brotli, &gzip, &identity]);
    }
    let [brotli, gzip, identity] = sums.map(|sum| readable(sum as f64));
    row(&[&format!("all, {} requests", assets.len() + 1), &brotli, &gzip, &identity]);
}

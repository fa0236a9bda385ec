//! What the benchmarks share: a load over HTTP, a ceiling to hold against the product, figures.
//!
//! A figure alone says little: machines differ, and so do minutes on the same machine. So a benchmark
//! measures the product and its *ceiling* in short alternating rounds, and reports the ratio of their
//! medians beside both. No benchmark passes or fails by time.
//!
//! - [`load`]: requests over kept-alive connections, bounded in count, loopback only;
//! - [`ceiling`]: a bare actix server in a process of its own, which says nothing but given bytes;
//! - [`figures`]: rounds, medians, spread, a process's processor time and memory;
//! - `database`, `postgres`, `service`: those of the integration tests, which clean up when dropped.
#![allow(dead_code, reason = "a shared toolbox: each benchmark uses a part of it")]

pub mod ceiling;
pub mod figures;
pub mod load;

#[path = "../../tests/it/support/database.rs"]
pub mod database;
#[path = "../../tests/it/support/postgres.rs"]
pub mod postgres;
#[path = "../../tests/it/support/require.rs"]
pub mod require;
#[path = "../../tests/it/support/service.rs"]
pub mod service;

use std::thread::sleep;
use std::time::{Duration, Instant};

use database::Databases;
use figures::processor_time;
use service::Service;

/// The arguments after the benchmark's name; those that cargo adds are left out.
pub fn arguments() -> Vec<String> {
    std::env::args().skip(1).filter(|argument| argument != "--bench").collect()
}

/// The number that stands first among the arguments, or `default`.
pub fn number(default: usize) -> usize {
    arguments().first().and_then(|argument| argument.parse().ok()).unwrap_or(default)
}

/// A backend's name, and what makes fresh databases on it.
pub type Backend = (&'static str, fn() -> Databases);

/// Fresh databases per backend that this machine has: SQLite always, PostgreSQL where it is installed.
pub fn backends() -> Vec<Backend> {
    let mut backends: Vec<Backend> = vec![("SQLite", Databases::on_sqlite)];
    match postgres::shared_url() {
        Ok(_) => backends.push(("PostgreSQL", || Databases::on_postgres(&postgres::shared_url().unwrap()))),
        Err(missing) => eprintln!("not measured on PostgreSQL: there is no {missing}"),
    }
    backends
}

/// Waits until the service has nothing more to do: after its start it compresses its pages as small as they get,
/// which takes a processor for some seconds.
///
/// # Panics
/// Where it never has.
pub fn wait_for_rest(service: &Service) {
    let deadline = Instant::now() + Duration::from_secs(120);
    while Instant::now() < deadline {
        let before = processor_time(service.id());
        sleep(Duration::from_secs(1));
        if processor_time(service.id()) == before {
            return;
        }
    }
    panic!("the service finds no rest");
}

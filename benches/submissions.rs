//! Complete submissions per second, durably committed, against a raw insert of the same rows.
//!
//! ```sh
//! cargo bench --bench submissions           # 15 rounds of 1,000 submissions
//! cargo bench --bench submissions -- 4000   # of 4,000
//! ```
//!
//! A round takes in turn, on the same kind of database:
//! - the product: a POST of a simulated resident's form, with a receipt of its own, over HTTP;
//! - the letterbox alone: the same letters, sealed and committed, without HTTP and form;
//! - the ceiling: rows of a letter's size under random ids, and nothing else, each group durably committed
//!   through a connection of the product's own pool. A group is as large as the number of connections,
//!   the largest that the product can reach under this load;
//! - HTTP alone: a bare actix handler that takes the same forms and answers 303.
//!
//! At the end, what a submission costs the processor, part by part.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark stops by panicking")]

#[path = "submissions/parts.rs"]
mod parts;
#[path = "submissions/storage.rs"]
mod storage;
mod support;

use std::time::Instant;

use support::figures::{Rounds, head, processor_time, readable, row};
use support::load::{self, Reply};
use support::service::Sandbox;
use support::{backends, ceiling, number, wait_for_rest};

const ROUNDS: usize = 15;

/// Submissions under way at a time.
const CONNECTIONS: usize = 64;

fn main() {
    ceiling::serve_if_asked();
    let submissions = number(1_000);
    let residents = parts::Residents::new(submissions);
    for (backend, databases) in backends() {
        let [product, letterbox, raw] = [(); 3].map(|()| Sandbox::with(databases()));
        let service = product.serve();
        wait_for_rest(&service);
        let bare = ceiling::start(&Reply { status: 200, head: String::new(), body: Vec::new() }, product.directory());
        let storage = storage::Storage::fresh(&letterbox);
        let table = storage::Storage::fresh(&raw);
        let mut columns: [Rounds; 4] = Default::default();
        let mut processor: [Rounds; 2] = Default::default();
        for _ in 0..ROUNDS {
            let forms = residents.forms();
            let per_second = |took: std::time::Duration| submissions as f64 / took.as_secs_f64();
            for (column, (service, path)) in [(0, (&service, "/sv/enkat")), (3, (&bare, "/"))] {
                let requests: Vec<Vec<u8>> = forms.iter().map(|form| load::post(path, form)).collect();
                let before = processor_time(service.id());
                let took = load::run(ceiling::address(service), CONNECTIONS, &requests, 303);
                let used = processor_time(service.id()) - before;
                columns[column].add(per_second(took));
                processor[usize::from(column == 3)].add(used.as_secs_f64() * 1e6 / submissions as f64);
            }
            let letters = residents.letters();
            let begin = Instant::now();
            storage.hand_in(letters, CONNECTIONS);
            columns[1].add(per_second(begin.elapsed()));
            columns[2].add(per_second(table.insert_raw(submissions, CONNECTIONS)));
        }
        let title = format!(
            "Submissions, {backend}, {CONNECTIONS} at a time, {ROUNDS} rounds of {}",
            readable(submissions as f64)
        );
        head(&title, &["", "per second", "ratio to the ceiling", "server's processor time, µs"]);
        let [whole, alone, ceiling, http] = &columns;
        let line = |name: &str, rounds: &Rounds, processor: Option<&Rounds>| {
            let ratio = readable(rounds.over(ceiling).median());
            row(&[name, &rounds.to_string(), &ratio, &processor.map_or("–".to_owned(), Rounds::to_string)]);
        };
        line("submissions, by HTTP", whole, Some(&processor[0]));
        line("the letterbox alone", alone, None);
        line("ceiling: the same rows, raw", ceiling, None);
        line("HTTP alone", http, Some(&processor[1]));
    }
    residents.print_parts();
}

//! A large dialogue from the first simulated resident to the exported tables: time a step, and memory.
//!
//! ```sh
//! cargo bench --bench million                            # 100,000 residents, a minute or two
//! cargo bench --bench million -- 250000 500000 1000000   # is it linear?
//! ```
//!
//! Each step is a process of its own, so that the most memory it ever held is its own; simulating and
//! mixing are the library's code that the command line calls, exporting is the command itself. The
//! ceilings, measured between the steps on the same data:
//! - for mixing: opening a sample of the same letters and nothing else; inserting the same rows into
//!   empty tables, in the same chunks; rewriting what this makes (`VACUUM`, or `CLUSTER` on PostgreSQL);
//! - for exporting: reading the same rows and parsing them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a benchmark stops by panicking")]

#[path = "million/ceiling.rs"]
mod million_ceiling;
#[path = "million/steps.rs"]
mod steps;
mod support;

use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use million_ceiling as ceiling;
use support::figures::{head, memory, readable, row};
use support::service::Sandbox;
use support::{arguments, backends};

/// Residents where no number is given.
const RESIDENTS: u64 = 100_000;

/// How often a step's memory is read. The kernel keeps the most it ever was; only what a process adds
/// in its last moments can be missed.
const LOOK: Duration = Duration::from_millis(5);

/// What a step took.
struct Taken {
    seconds: f64,
    /// The most memory, in MB.
    memory: f64,
    output: String,
}

fn main() {
    if steps::run_if_asked() {
        return;
    }
    let numbers: Vec<u64> = arguments().iter().filter_map(|argument| argument.parse().ok()).collect();
    let numbers = if numbers.is_empty() { vec![RESIDENTS] } else { numbers };
    for (backend, databases) in backends() {
        for residents in &numbers {
            dialogue(backend, &Sandbox::with(databases()), *residents);
        }
    }
}

/// One dialogue, its steps in turn.
fn dialogue(backend: &str, sandbox: &Sandbox, residents: u64) {
    let simulated = step(&mut own(sandbox, &["simulate", &residents.to_string()]));
    let letters = simulated.output.trim().parse::<f64>().unwrap();
    let opening = ceiling::opening(sandbox, letters);
    let stored = size(sandbox);
    let mixed = step(&mut own(sandbox, &["mix"]));
    let moved: f64 = mixed.output.trim().parse().unwrap();
    let inserting = ceiling::inserting(sandbox);
    let reading = ceiling::reading(sandbox);
    let exported = step(&mut sandbox.command(&["export", "tables"]));
    let raw = opening + inserting.rows + inserting.rewriting;

    let title = format!("{backend}: {} residents, {} answers", readable(residents as f64), readable(letters));
    head(&title, &["step", "seconds", "answers per second", "most memory, MB", "ceiling, seconds", "ratio"]);
    let line = |name: &str, seconds: f64, memory: Option<f64>, ceiling: Option<f64>| {
        let cell = |figure: Option<f64>| figure.map_or("–".to_owned(), readable);
        row(&[
            name,
            &readable(seconds),
            &readable(letters / seconds),
            &cell(memory),
            &cell(ceiling),
            &cell(ceiling.map(|ceiling| ceiling / seconds)),
        ]);
    };
    line("simulate: answer, check, seal, commit", simulated.seconds, Some(simulated.memory), None);
    line("mix", mixed.seconds, Some(mixed.memory), Some(raw));
    line("– letters to responses", moved, None, Some(opening + inserting.rows));
    line("– rewriting, keys", mixed.seconds - moved, None, Some(inserting.rewriting));
    line("export", exported.seconds, Some(exported.memory), Some(reading));
    println!(
        "\nceilings: opening {} s, inserting {} s, rewriting {} s, reading {} s; {}",
        readable(opening),
        readable(inserting.rows),
        readable(inserting.rewriting),
        readable(reading),
        match (stored, size(sandbox)) {
            (Some(before), Some(after)) =>
                format!("the file: {} MB before mixing, {} MB after", readable(before), readable(after)),
            _ => "the server holds the data".to_owned(),
        }
    );
}

/// This program again, in the sandbox, as one of the [`steps`].
fn own(sandbox: &Sandbox, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args([steps::ROLE, &sandbox.databases().dialogue, &sandbox.databases().register]);
    command.arg(sandbox.key_directory()).args(arguments).current_dir(sandbox.directory());
    command
}

/// Runs a step to its end.
fn step(command: &mut Command) -> Taken {
    let begin = Instant::now();
    let mut process = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().unwrap();
    let mut most: f64 = 0.0;
    let status = loop {
        if let Some(status) = process.try_wait().unwrap() {
            break status;
        }
        most = most.max(memory(process.id(), "VmHWM").unwrap_or(0.0));
        sleep(LOOK);
    };
    let seconds = begin.elapsed().as_secs_f64();
    let output = std::io::read_to_string(process.stdout.take().unwrap()).unwrap();
    assert!(status.success(), "{command:?}: {output}");
    Taken { seconds, memory: most, output }
}

/// The dialogue's file in MB, where there is one.
fn size(sandbox: &Sandbox) -> Option<f64> {
    let file = sandbox.databases().dialogue_file()?;
    Some(std::fs::metadata(file).unwrap().len() as f64 / 1e6)
}

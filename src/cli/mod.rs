//! The command line.
//!
//! Without a command the service is served. Every command prints what it did; what goes wrong is one
//! clear line on standard error and an exit code other than 0.

mod audit;
mod check;
mod convert;
mod dialogue;
mod export;
mod mix;
mod print;
mod reset;
mod serve;
mod simulate;
mod staff;
mod start;

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing::Level;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::prelude::*;
use tracing_subscriber::{EnvFilter, Layer};

use crate::config::Settings;

/// The citizen dialogue of a municipality's safety council.
#[derive(Debug, Parser)]
#[command(version, about)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the dialogue (what happens without a command)
    Serve,
    /// Bring both databases' tables up to date
    Migrate,
    /// Read a questionnaire strictly, and say everything that is wrong with it
    Check {
        /// The questionnaire's file: .yaml, or .xlsx (XLSForm)
        file: PathBuf,
    },
    /// Convert a questionnaire between .yaml and .xlsx (XLSForm), and say what is lost
    Convert {
        /// The file to read
        from: PathBuf,
        /// The file to write; it must not exist
        to: PathBuf,
        /// Write also where something is lost
        #[arg(long)]
        lossy: bool,
    },
    /// Load a questionnaire as a new dialogue, and open it
    Open {
        /// The questionnaire's file
        file: PathBuf,
        /// The dialogue's name in addresses; the questionnaire's id where none is given
        #[arg(long)]
        name: Option<String>,
    },
    /// Close a dialogue: no new visitors; the last answers are taken for 60 minutes, then mixed
    Close {
        /// The dialogue's name; not needed where one alone is open
        dialogue: Option<String>,
    },
    /// Mix what is due, under the same rules as the service does by itself
    Mix,
    /// Fill a dialogue with synthetic residents; refused where residents have answered
    Simulate {
        /// How many residents come
        residents: u64,
        /// The dialogue's name; not needed where one alone is open
        #[arg(long)]
        dialogue: Option<String>,
        /// Repeats a simulation exactly
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Write tables and a codebook; refused while a dialogue with residents' answers is open
    Export {
        /// The folder to write into; `export` in the data directory where none is given
        folder: Option<PathBuf>,
        /// The dialogue's name; not needed where there is only one
        #[arg(long)]
        dialogue: Option<String>,
    },
    /// Write the questionnaire, a poster and cards as PDFs, in every language; never over anything
    Print {
        /// The folder to write into, made where there is none
        folder: PathBuf,
        #[command(flatten)]
        wishes: print::Wishes,
    },
    /// Invite staff, and let them in again
    Staff {
        #[command(subcommand)]
        command: staff::StaffCommand,
    },
    /// Verify the log of what staff did
    Audit {
        #[command(subcommand)]
        command: audit::AuditCommand,
    },
    /// Delete the sandbox: embedded databases, keys, exports and mails of this data directory
    Reset {
        /// Say that you mean it
        #[arg(long)]
        yes: bool,
    },
}

/// Why a command did not do what was asked: one line for the person at the terminal.
#[derive(Debug)]
pub struct Failure(String);

impl Failure {
    /// A failure that says `message`.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for Failure {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    match command(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            // A database's own words may be several lines.
            let line = failure.0.split_whitespace().collect::<Vec<_>>().join(" ");
            eprintln!("trygghetsdialog: {line}");
            ExitCode::FAILURE
        }
    }
}

fn command(arguments: Arguments) -> Result<(), Failure> {
    // These read and write questionnaires' files, and need no settings.
    match &arguments.command {
        Some(Command::Check { file }) => return check::run(file),
        Some(Command::Convert { from, to, lossy }) => return convert::run(from, to, *lossy),
        _ => {}
    }
    let settings = Settings::load(std::path::Path::new("."), std::env::vars())?;
    log_to_standard_error(&settings)?;
    match arguments.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&settings),
        Command::Migrate => start::migrate(&settings),
        Command::Check { file } => check::run(&file),
        Command::Convert { from, to, lossy } => convert::run(&from, &to, lossy),
        Command::Open { file, name } => dialogue::open(&settings, &file, name.as_deref()),
        Command::Close { dialogue } => dialogue::close(&settings, dialogue.as_deref()),
        Command::Mix => mix::run(&settings),
        Command::Simulate { residents, dialogue, seed } => {
            simulate::run(&settings, residents, dialogue.as_deref(), seed)
        }
        Command::Export { folder, dialogue } => export::run(&settings, folder, dialogue.as_deref()),
        Command::Print { folder, wishes } => print::run(&settings, &folder, &wishes),
        Command::Staff { command } => staff::run(&settings, command),
        Command::Audit { command } => audit::run(&settings, &command),
        Command::Reset { yes } => reset::run(&settings, yes),
    }
}

/// The most that libraries may say, whatever the setting `log` asks for: below this level they tell of
/// single requests, connections and statements, and a line of the log bears its moment.
const LIBRARIES: Level = Level::WARN;

fn log_to_standard_error(settings: &Settings) -> Result<(), Failure> {
    let asked = EnvFilter::try_new(&settings.log).map_err(|_| Failure::new("the setting log is no log filter"))?;
    let allowed = filter_fn(|event| is_ours(event.target()) || *event.level() <= LIBRARIES);
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    tracing_subscriber::registry().with(asked).with(lines.with_filter(allowed)).init();
    Ok(())
}

/// Whether a module of this crate speaks.
fn is_ours(target: &str) -> bool {
    target.split("::").next() == Some(env!("CARGO_CRATE_NAME"))
}

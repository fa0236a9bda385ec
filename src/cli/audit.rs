//! `audit verify`: whether the log of staff's acts is what was written. And how commands are logged.

use clap::Subcommand;

use crate::cli::{Failure, start};
use crate::config::Settings;
use crate::db::Databases;
use crate::staff::audit::entry::hex;
use crate::staff::audit::{self, Act, Action, Actor, Break, Memory, MemoryError, Object};

/// What to do about the log.
#[derive(Debug, Subcommand)]
pub enum AuditCommand {
    /// Verify the whole chain, against the head that was remembered outside the database
    Verify {
        /// A head that was noted before, as this command prints it: NUMBER:HASH
        #[arg(long)]
        expect: Option<String>,
    },
}

/// The command.
///
/// # Errors
/// The log is not what was written; the database.
pub fn run(settings: &Settings, command: &AuditCommand) -> Result<(), Failure> {
    let AuditCommand::Verify { expect } = command;
    let databases = start::databases(settings)?;
    let mut conn = databases.dialogue.get()?;
    let memory = Memory::new(&settings.key_dir);
    let noted = expect.as_deref().map(|text| {
        audit::memory::parse(text).ok_or_else(|| Failure::new("--expect takes NUMBER:HASH, as this command prints it"))
    });
    let remembered = memory.read()?;
    for head in [remembered, noted.transpose()?] {
        let report = audit::verify(&mut conn, head)?;
        if let Some(wrong) = report.wrong {
            return Err(Failure::new(format!("the audit log is not what was written: {}", described(wrong))));
        }
    }
    let (number, hash) = audit::head(&mut conn)?;
    match remembered {
        Some((number, _)) => println!("The chain holds, and so does what was remembered of it at entry {number}."),
        None => println!("The chain holds. Nothing was remembered of it outside the database yet."),
    }
    println!("{number} entries. Note this head elsewhere, and give it to --expect the next time:");
    println!("{number}:{}", hex(&hash));
    match memory.renew(&mut conn) {
        // No key directory: this copy of the service remembers nothing.
        Err(MemoryError::Io { .. }) => Ok(()),
        renewed => Ok(renewed?),
    }
}

fn described(wrong: Break) -> String {
    match wrong {
        Break::Gap(number) => format!("something is missing before entry {number}"),
        Break::Changed(number) => format!("entry {number} was changed, or the one before it"),
        Break::Cut(number) => format!("what came after entry {number} was cut off"),
        Break::Forgotten(number) => format!("entry {number} was remembered, and is another one or gone"),
    }
}

/// An act of whoever runs commands, on a dialogue. It is logged in the transaction of what it does; where that is no
/// change of the database, before it is done: what is cut off then stands in the log all the same.
pub fn on_dialogue(action: Action, slug: &str) -> Act {
    Act::new(Actor::CommandLine, action).on(Object::dialogue(slug))
}

/// Logs an act that changes nothing in the database.
///
/// # Errors
/// The database.
pub fn note(databases: &Databases, act: &Act) -> Result<(), Failure> {
    let now = start::clock().now();
    let mut conn = databases.dialogue.get()?;
    audit::write(&mut conn, |conn| audit::log(conn, now, act)).map_err(Failure::from)
}

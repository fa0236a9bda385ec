//! `open FILE` and `close`: the beginning and the end of a dialogue.

use std::path::Path;

use crate::cli::audit::on_dialogue;
use crate::cli::{Failure, check, start};
use crate::config::Settings;
use crate::staff::audit::{self, Action, Actor};
use crate::survey::dialogue::{self, ChangeError, Origin, State};

/// Loads a questionnaire as a new dialogue, and opens it.
///
/// # Errors
/// The file has problems; the name is taken; the database.
pub fn open(settings: &Settings, file: &Path, name: Option<&str>) -> Result<(), Failure> {
    let (questionnaire, text) = check::load(file)?;
    let databases = start::databases(settings)?;
    let name = name.unwrap_or(&questionnaire.id);
    let opened =
        start::open_dialogue(&databases, &questionnaire, &file.display().to_string(), &text, name, Actor::CommandLine)?;
    println!("Opened {}. A running service shows it within a minute.", opened.slug);
    Ok(())
}

/// Closes a dialogue to new visitors.
///
/// # Errors
/// It is not open; none or several are; the database.
pub fn close(settings: &Settings, name: Option<&str>) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    let meant = start::dialogue(&databases, name, |dialogue| dialogue.state == State::Open)?;
    let (now, act) = (start::clock().now(), on_dialogue(Action::DialogueClosed, meant.slug.as_str()));
    let closed = audit::write(&mut *databases.dialogue.get()?, |conn| -> Result<_, ChangeError> {
        audit::log(conn, now, &act)?;
        dialogue::close(conn, meant.id, now)
    })?;
    println!("Closed {} to new visitors.", closed.slug);
    if closed.origin == Some(Origin::Simulated) {
        println!("Its residents are simulated: run `trygghetsdialog mix` to finish it now.");
    } else {
        println!("Answers under way are taken for 60 minutes. The mixing after that is the last one;");
        println!("a running service does it by itself, `trygghetsdialog mix` does it by hand.");
    }
    Ok(())
}

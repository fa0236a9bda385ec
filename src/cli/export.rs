//! `export`: tables and a codebook, for a dialogue that is over.

use std::path::PathBuf;

use crate::cli::mix::progress_bar;
use crate::cli::{Failure, audit, start};
use crate::clock::day;
use crate::config::Settings;
use crate::results::Tabulator;
use crate::results::export::{self, Edition};
use crate::staff::audit::Action;
use crate::statistics::disclosure::Limits;
use crate::survey::dialogue::{self, Origin};
use crate::survey::response;

/// The folder in the data directory that exports go to where none is named.
pub const FOLDER: &str = "export";

/// Reads the dialogue's responses, tabulates the analysis plan under disclosure control, and writes the
/// tables into a new folder.
///
/// # Errors
/// The dialogue holds residents' answers and is not closed and mixed; there is something at the folder's
/// place; responses of another version than the questionnaire's; the database.
pub fn run(settings: &Settings, folder: Option<PathBuf>, name: Option<&str>) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    let meant = start::dialogue(&databases, name, |dialogue| dialogue.opened_at.is_some())?;
    let questionnaire = start::questionnaire(&databases, &meant)?;
    let edition = Edition { simulated: meant.origin == Some(Origin::Simulated), date: day(start::clock().now()) };
    let folder =
        folder.unwrap_or_else(|| settings.data_dir.join(FOLDER).join(format!("{}-{}", meant.slug, edition.date)));
    let mut conn = databases.dialogue.get()?;
    let bar = progress_bar("tabulating", Some(dialogue::counts(&mut conn, meant.id)?.responses));
    let mut tabulator = Tabulator::new(&questionnaire);
    let mut other_version = None;
    let read = response::for_each(&mut conn, meant.id, |response| {
        if response.version == questionnaire.version {
            tabulator.add(&response.answers);
        } else {
            other_version = Some(response.version);
        }
        bar.inc(1);
    });
    bar.finish_and_clear();
    read?;
    if let Some(version) = other_version {
        return Err(Failure::new(format!(
            "there are responses to version {version} of the questionnaire, which is at {}: nothing was written",
            questionnaire.version
        )));
    }
    audit::note(&databases, &audit::on_dialogue(Action::TablesExported, meant.slug.as_str()))?;
    let files = export::write(&folder, &tabulator.finish(Limits::default()), &questionnaire, edition)?;
    println!("Wrote, for {}{}:", meant.slug, if edition.simulated { " (simulated)" } else { "" });
    files.iter().for_each(|file| println!("  {}", file.display()));
    println!("Groups under {} answers and cells that would tell on someone are left out.", Limits::default().base());
    Ok(())
}

//! `print FOLDER`: the questionnaire, a poster and cards as PDFs, in every language of a dialogue.

use std::fs::File;
use std::io::Write;
use std::path::Path;

use url::Url;

use crate::cli::{Failure, start};
use crate::clock::day;
use crate::config::Settings;
use crate::survey::dialogue;
use crate::survey::paper::{self, Occasion, Paper};

/// What the command line says beyond the folder.
#[derive(Debug, clap::Args)]
pub struct Wishes {
    /// The dialogue's name; not needed where there is only one to print for
    #[arg(long)]
    dialogue: Option<String>,
    /// The address that residents use, where the setting public_url does not say it
    #[arg(long, value_name = "URL")]
    address: Option<Url>,
    /// Where the questionnaire is handed in, in the words that stand on it; where it was handed out, if not given
    #[arg(long, value_name = "PLACE")]
    hand_in: Option<String>,
}

/// Prints into `folder`, which is made where it does not exist.
///
/// # Errors
/// No address; no dialogue, or several; a file of such a name is there already; a text that can't be set on paper; the
/// file system; the database.
pub fn run(settings: &Settings, folder: &Path, wishes: &Wishes) -> Result<(), Failure> {
    let Some(site) = wishes.address.as_ref().or(settings.public_url.as_ref()) else {
        return Err(Failure::new(
            "there is no address to print: set public_url (TRYGGHET_PUBLIC_URL), or give --address https://…",
        ));
    };
    let databases = start::databases(settings)?;
    let meant = start::dialogue(&databases, wishes.dialogue.as_deref(), paper::is_printed)?;
    let questionnaire = start::questionnaire(&databases, &meant)?;
    let all = dialogue::all(&mut *databases.dialogue.get()?)?;
    let occasion = Occasion {
        site: site.as_str().trim_end_matches('/'),
        others: paper::others(&all, &meant),
        hand_in: wishes.hand_in.as_deref(),
        date: day(start::clock().now()),
    };
    let mut files = Vec::new();
    for language in &questionnaire.languages {
        let print = occasion.print(&meant, &questionnaire, language);
        for paper in Paper::ALL {
            files.push((paper.file_name(language), paper.print(&print)?));
        }
    }
    write(folder, &files)?;
    println!("Printed, for {}:", meant.slug);
    files.iter().for_each(|(name, _)| println!("  {}", folder.join(name).display()));
    Ok(())
}

/// Writes all files, or none where one of them is there already.
fn write(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), Failure> {
    let unwritable = |path: &Path, error| Failure::new(format!("{} can't be written: {error}", path.display()));
    let paths = || files.iter().map(|(name, bytes)| (folder.join(name), bytes));
    if let Some((there, _)) = paths().find(|(path, _)| path.symlink_metadata().is_ok()) {
        return Err(Failure::new(format!(
            "{} exists already; nothing was written: give another folder, or move it away first",
            there.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(|error| unwritable(folder, error))?;
    for (path, bytes) in paths() {
        let written = File::create_new(&path).and_then(|mut file| file.write_all(bytes).and_then(|()| file.sync_all()));
        written.map_err(|error| unwritable(&path, error))?;
    }
    Ok(())
}

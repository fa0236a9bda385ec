//! `mix`: what the service does by itself, by hand and under the same rules.

use std::ops::ControlFlow;

use indicatif::{ProgressBar, ProgressStyle};

use crate::cli::{Failure, audit, start};
use crate::config::Settings;
use crate::staff::audit::{Act, Action, Actor};
use crate::survey::mixing::{CROWD, MixError, Mixed, Mixer, Step};

/// Mixes what is due in every dialogue.
///
/// # Errors
/// Another mixing is under way; a key is missing; the database.
pub fn run(settings: &Settings) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    let mixer = start::mixer(&databases, start::keys(settings)?);
    // Asked for once; which dialogues it concerned, and how much there was to mix, is not the log's.
    audit::note(&databases, &Act::new(Actor::CommandLine, Action::Mixed))?;
    let mixed = mix(&mixer)?;
    if mixed.is_empty() {
        println!("Nothing was mixed: a week is due when it is over and at least {CROWD} answers wait.");
    }
    mixed.iter().for_each(|mixed| println!("{}", described(mixed)));
    Ok(())
}

/// Mixes what is due, and shows how far it is.
///
/// # Errors
/// [`MixError`].
pub fn mix(mixer: &Mixer) -> Result<Vec<Mixed>, MixError> {
    let bar = progress_bar("mixing", None);
    let mixed = mixer.mix_due(&mut |progress| {
        match progress.step {
            Step::Moved { done, total } => {
                bar.set_length(total as u64);
                bar.set_position(done as u64);
            }
            Step::Rewritten => bar.set_message("mixing: tables rewritten"),
            Step::Closed | Step::ChannelsMerged | Step::KeyDestroyed | Step::BatchDeleted | Step::Finished => {}
        }
        ControlFlow::Continue(())
    });
    bar.finish_and_clear();
    mixed
}

/// What a mixing did, in a line.
pub fn described(mixed: &Mixed) -> String {
    let week = mixed.week.map_or_else(|| "no week".to_owned(), |week| week.to_string());
    format!("Mixed {} answers of {}; they bear {week}. Their key is destroyed.", mixed.letters, mixed.dialogue)
}

/// A bar for long work, on standard error where that is a terminal.
pub fn progress_bar(what: &'static str, length: Option<u64>) -> ProgressBar {
    let bar = match length {
        Some(length) => ProgressBar::new(length),
        None => ProgressBar::no_length(),
    };
    let template =
        if length.is_some() { "{msg} {wide_bar} {human_pos}/{human_len} {eta}" } else { "{msg} {spinner} {human_pos}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    bar.with_style(style).with_message(what)
}

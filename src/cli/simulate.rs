//! `simulate N`: synthetic residents, through the same checks and the same letterbox as real ones.

use std::cell::Cell;
use std::sync::Arc;

use crate::cli::audit::on_dialogue;
use crate::cli::mix::{described, mix, progress_bar};
use crate::cli::{Failure, start};
use crate::config::Settings;
use crate::id::{Randomness, SeededRandomness};
use crate::staff::audit::{self, Action};
use crate::survey::dialogue::{self, ChangeError, State};
use crate::survey::form::{self, Checked};
use crate::survey::letterbox::{Channel, Letter, Letterbox};
use crate::survey::simulation::Residents;

/// Fills a dialogue with `residents` who come to its survey, and mixes what they handed in.
///
/// # Errors
/// The dialogue holds residents' answers, or is not open; the database.
pub fn run(settings: &Settings, residents: u64, name: Option<&str>, seed: Option<u64>) -> Result<(), Failure> {
    let databases = start::databases(settings)?;
    start::first_dialogue(&databases)?;
    let meant = start::dialogue(&databases, name, |dialogue| dialogue.state == State::Open)?;
    let questionnaire = start::questionnaire(&databases, &meant)?;
    let (now, act) = (start::clock().now(), on_dialogue(Action::Simulated, meant.slug.as_str()));
    audit::write(&mut *databases.dialogue.get()?, |conn| -> Result<_, ChangeError> {
        audit::log(conn, now, &act)?;
        dialogue::mark_simulated(conn, meant.id)
    })?;
    let (clock, randomness) = (start::clock(), start::randomness());
    let keys = start::keys(settings)?;
    let receipt_key = keys.receipt_key(randomness.as_ref())?;
    let mixer = start::mixer(&databases, keys);
    mixer.prepare()?;
    let letterbox = Letterbox::start(databases.dialogue.clone(), clock, Arc::clone(&randomness), receipt_key)?;

    let chance: Arc<dyn Randomness> = match seed {
        Some(seed) => Arc::new(SeededRandomness::new(seed)),
        None => randomness,
    };
    let not_meant = Cell::new(0_u64);
    let come = Residents::new(&questionnaire, chance.as_ref()).take(usize::try_from(residents)?);
    let letters = come.filter_map(|raw| match form::check(&questionnaire, &raw) {
        Checked::Valid(valid) => Some(Letter {
            version: questionnaire.version,
            channel: Channel::web(),
            answers: valid.answers,
            comments: valid.comments,
        }),
        Checked::ScreenedOut | Checked::Faulty(_) => {
            not_meant.set(not_meant.get() + 1);
            None
        }
    });
    let bar = progress_bar("simulating", Some(residents));
    let stored = letterbox.hand_in_many(meant.id, letters, |stored| bar.set_position(stored + not_meant.get()));
    bar.finish_and_clear();
    let stored = stored?;
    println!(
        "{residents} simulated residents came to {}: {stored} answered, {} were not meant.",
        meant.slug,
        not_meant.get()
    );
    mix(&mixer)?.iter().for_each(|mixed| println!("{}", described(mixed)));
    println!("The dialogue is marked as simulated, and takes no residents' answers. Next: `trygghetsdialog export`.");
    Ok(())
}

//! The steps that run in a process of their own: what `simulate` and `mix` do on the command line.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use trygghetsdialog::clock::{Clock, SystemClock};
use trygghetsdialog::db::Databases;
use trygghetsdialog::id::{Randomness, SeededRandomness, SystemRandomness};
use trygghetsdialog::survey::definition::{self, Questionnaire};
use trygghetsdialog::survey::dialogue::{self, Definition, NewDialogue};
use trygghetsdialog::survey::form::{self, Checked};
use trygghetsdialog::survey::keys::KeyDir;
use trygghetsdialog::survey::letterbox::{Channel, Letter, Letterbox};
use trygghetsdialog::survey::mixing::{Mixer, Step};
use trygghetsdialog::survey::simulation::Residents;

/// The argument that makes a process a step; both databases, the key folder and the step follow.
pub const ROLE: &str = "run-step";

/// The seed of the residents: every run has the same ones.
const SEED: u64 = 2019;

/// Runs a step, where this process was started for one.
pub fn run_if_asked() -> bool {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [role, dialogue, register, keys, step @ ..] = arguments.as_slice() else { return false };
    if role != ROLE {
        return false;
    }
    let databases = Databases::open(&dialogue.parse().unwrap(), &register.parse().unwrap()).unwrap();
    let keys = KeyDir::create(Path::new(keys)).unwrap();
    let mixer = Mixer::new(databases.dialogue.clone(), keys.clone(), Arc::new(SystemClock), Arc::new(SystemRandomness));
    match step {
        [step, residents] if step == "simulate" => simulate(&databases, &keys, &mixer, residents.parse().unwrap()),
        [step] if step == "mix" => mix(&mixer),
        _ => panic!("there is no step {step:?}"),
    }
    true
}

/// The real survey.
pub fn questionnaire() -> Questionnaire {
    let (file_name, text) = definition::VKOD_2017;
    definition::load(file_name, text).expect("the survey passes the checks")
}

/// Fills a new dialogue; prints how many letters it holds.
fn simulate(databases: &Databases, keys: &KeyDir, mixer: &Mixer, residents: usize) {
    let questionnaire = questionnaire();
    let (clock, randomness): (Arc<dyn Clock>, Arc<dyn Randomness>) =
        (Arc::new(SystemClock), Arc::new(SystemRandomness));
    let (file_name, text) = definition::VKOD_2017;
    let definition = Definition {
        version: questionnaire.version,
        text_version: 1,
        file_name: file_name.to_owned(),
        text: text.to_owned(),
    };
    let new = NewDialogue { slug: questionnaire.id.parse().unwrap(), closes_at: None, definition };
    let id = {
        let mut conn = databases.dialogue.get().unwrap();
        let id = dialogue::create(&mut conn, &*randomness, &new).unwrap().id;
        dialogue::open(&mut conn, id, clock.now()).unwrap();
        dialogue::mark_simulated(&mut conn, id).unwrap();
        id
    };
    mixer.prepare().unwrap();
    let receipt_key = keys.receipt_key(&*randomness).unwrap();
    let letterbox = Letterbox::start(databases.dialogue.clone(), clock, randomness, receipt_key).unwrap();
    let come = Residents::new(&questionnaire, &SeededRandomness::new(SEED)).take(residents);
    let letters = come.filter_map(|raw| letter(&questionnaire, form::check(&questionnaire, &raw)));
    println!("{}", letterbox.hand_in_many(id, letters, |_| {}).unwrap());
}

/// The letter of a resident for whom the survey is.
pub fn letter(questionnaire: &Questionnaire, checked: Checked) -> Option<Letter> {
    match checked {
        Checked::Valid(valid) => Some(Letter {
            version: questionnaire.version,
            channel: Channel::web(),
            answers: valid.answers,
            comments: valid.comments,
        }),
        Checked::ScreenedOut | Checked::Faulty(_) => None,
    }
}

/// Mixes what is due; prints the seconds until all letters had become responses.
fn mix(mixer: &Mixer) {
    let begin = Instant::now();
    let mut moved = 0.0;
    mixer
        .mix_due(&mut |progress| {
            if let Step::Moved { .. } = progress.step {
                moved = begin.elapsed().as_secs_f64();
            }
            ControlFlow::Continue(())
        })
        .unwrap();
    println!("{moved}");
}

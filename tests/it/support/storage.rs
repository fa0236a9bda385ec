//! The survey's storage on fresh databases: letterbox, mixer, keys, with time and chance in our hands.

use std::ops::ControlFlow;
use std::sync::Arc;

use tempfile::TempDir;
use trygghetsdialog::clock::ManualClock;
use trygghetsdialog::db::{self, Pooled};
use trygghetsdialog::id::{RandomId, SeededRandomness};
use trygghetsdialog::survey::answers::{Answers, Codes, Comment};
use trygghetsdialog::survey::dialogue::{self, Definition, Dialogue, NewDialogue};
use trygghetsdialog::survey::keys::KeyDir;
use trygghetsdialog::survey::letterbox::{Channel, HandInError, HandedIn, Letter, Letterbox};
use trygghetsdialog::survey::mixing::{MixError, Mixed, Mixer, Progress};
use trygghetsdialog::survey::response::{self, StoredResponse};

use super::database::Databases;

/// A Monday morning, in week 2019-W11.
pub const MONDAY: &str = "2019-03-11T08:00:00Z";

/// The survey's storage; gone when dropped. The letterbox ends before its database does.
pub struct Storage {
    pub letterbox: Letterbox,
    pub mixer: Mixer,
    pub databases: db::Databases,
    pub clock: Arc<ManualClock>,
    pub randomness: Arc<SeededRandomness>,
    pub key_dir: TempDir,
    pub urls: Databases,
}

impl Storage {
    /// Fresh databases and keys on the backend of this run, on [`MONDAY`]; chance from `seed`.
    pub fn fresh(seed: u64) -> Self {
        let urls = Databases::fresh();
        let key_dir = tempfile::Builder::new().prefix("trygghet-keys-").tempdir().unwrap();
        Self::on(urls, key_dir, seed)
    }

    /// On databases and keys that are there.
    pub fn on(urls: Databases, key_dir: TempDir, seed: u64) -> Self {
        let databases = db::Databases::open(&urls.dialogue.parse().unwrap(), &urls.register.parse().unwrap()).unwrap();
        let clock = Arc::new(ManualClock::new(MONDAY.parse().unwrap()));
        let randomness = Arc::new(SeededRandomness::new(seed));
        let keys = KeyDir::create(&key_dir.path().join("keys")).unwrap();
        let receipt_key = keys.receipt_key(&*randomness).unwrap();
        let letterbox =
            Letterbox::start(databases.dialogue.clone(), clock.clone(), randomness.clone(), receipt_key).unwrap();
        let mixer = Mixer::new(databases.dialogue.clone(), keys, clock.clone(), randomness.clone()).with_chunks_of(40);
        Self { letterbox, mixer, databases, clock, randomness, key_dir, urls }
    }

    /// A connection to the dialogue database.
    pub fn conn(&self) -> Pooled {
        self.databases.dialogue.get().unwrap()
    }

    /// Moves the clock.
    pub fn at(&self, moment: &str) {
        self.clock.set(moment.parse().unwrap());
    }

    /// What a dialogue is made of.
    pub fn new_dialogue(&self, slug: &str) -> NewDialogue {
        let definition =
            Definition { version: 1, text_version: 1, file_name: "prov.yaml".into(), text: "id: prov".into() };
        NewDialogue { slug: slug.parse().unwrap(), closes_at: None, definition }
    }

    /// A draft.
    pub fn draft(&self, slug: &str) -> Dialogue {
        dialogue::create(&mut self.conn(), &*self.randomness, &self.new_dialogue(slug)).unwrap()
    }

    /// An open dialogue with its keys.
    pub fn open(&self, slug: &str) -> Dialogue {
        let id = self.draft(slug).id;
        self.mixer.prepare().unwrap();
        dialogue::open(&mut self.conn(), id, trygghetsdialog::clock::Clock::now(&*self.clock)).unwrap()
    }

    /// Begins to close a dialogue now.
    pub fn close(&self, id: RandomId) {
        dialogue::close(&mut self.conn(), id, trygghetsdialog::clock::Clock::now(&*self.clock)).unwrap();
    }

    /// Hands a letter in, and waits for the reply.
    pub fn send(&self, dialogue: RandomId, letter: Letter, receipt: Option<&str>) -> Result<HandedIn, HandInError> {
        wait(self.letterbox.hand_in(dialogue, letter, receipt.map(str::to_owned)))
    }

    /// Hands in letters number `numbers`, one after the other.
    pub fn send_numbers(&self, dialogue: RandomId, numbers: std::ops::Range<usize>) {
        for number in numbers {
            assert_eq!(self.send(dialogue, letter(number), None), Ok(HandedIn::Stored));
        }
    }

    /// Mixes what is due, to the end.
    pub fn mix(&self) -> Result<Vec<Mixed>, MixError> {
        self.mixer.mix_due(&mut |_: Progress<'_>| ControlFlow::Continue(()))
    }

    /// The numbers and weeks of all responses, in the order in which they are read.
    pub fn responses(&self, dialogue: RandomId) -> Vec<(usize, Option<String>)> {
        let mut found = Vec::new();
        let each = |response: StoredResponse| {
            found.push((number(&response.answers), response.week.map(|week| week.to_string())));
        };
        response::for_each(&mut self.conn(), dialogue, each).unwrap();
        found
    }

    /// All comments, in the order in which they are read.
    pub fn comments(&self, dialogue: RandomId) -> Vec<Comment> {
        let mut found = Vec::new();
        response::for_each_comment(&mut self.conn(), dialogue, |comment| found.push(comment)).unwrap();
        found
    }
}

/// The letter with this number: in its answers, and in a comment where the number is a multiple of three.
pub fn letter(number: usize) -> Letter {
    let code = |part: usize| Codes::One(i16::try_from(part).unwrap());
    let answers = Answers([("Q01".into(), code(number / 1000)), ("Q02".into(), code(number % 1000))].into());
    let comments = match number % 3 {
        0 => vec![Comment { question: "Q22".into(), text: format!("fritext nummer {number} slut") }],
        _ => Vec::new(),
    };
    Letter { version: 1, channel: Channel::web(), answers, comments }
}

/// The number of the letter that these answers come from.
pub fn number(answers: &Answers) -> usize {
    let part = |name: &str| usize::try_from(answers.0[name].as_slice()[0]).unwrap();
    part("Q01") * 1000 + part("Q02")
}

/// Waits for a future.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

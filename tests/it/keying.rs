//! Letters that are keyed from paper: the latest one can be taken back, every other one is in the result once, and
//! nothing tells afterwards which they were.

use std::collections::BTreeMap;

use diesel::prelude::*;
use trygghetsdialog::db::schema::{held_letter, keying_sitting, letter as letters};
use trygghetsdialog::db::write;
use trygghetsdialog::id::RandomId;
use trygghetsdialog::survey::dialogue;
use trygghetsdialog::survey::keying::{self, Sitting};
use trygghetsdialog::survey::letterbox::{Channel, HandInError, HandedIn, Letter};
use trygghetsdialog::survey::receipt;
use trygghetsdialog::survey::response::{self, StoredResponse};

use crate::support::storage::{Storage, letter, number};
use crate::support::traces::{Needles, files_below};

fn begin(storage: &Storage, dialogue: RandomId) -> Sitting {
    let [account, session] = [(); 2].map(|()| RandomId::new(&*storage.randomness));
    write(&mut storage.conn(), |conn| keying::begin(conn, dialogue, account, session, &*storage.randomness)).unwrap()
}

fn key(storage: &Storage, sitting: &Sitting, number: usize, receipt: Option<&str>) -> Result<HandedIn, HandInError> {
    let letter = Letter { channel: Channel::paper(), ..letter(number) };
    let mut keyed = storage.letterbox.keyed(sitting.dialogue, &letter, receipt).unwrap();
    write(&mut storage.conn(), |conn| storage.letterbox.hold(conn, &mut keyed, sitting.id)).unwrap()
}

fn take_back(storage: &Storage, sitting: &Sitting) -> bool {
    write(&mut storage.conn(), |conn| keying::take_back(conn, sitting)).unwrap()
}

fn end(storage: &Storage, sitting: &Sitting) -> bool {
    write(&mut storage.conn(), |conn| keying::end(conn, sitting)).unwrap()
}

/// How many letters lie in the letterbox, and how many are held.
fn lie(storage: &Storage) -> (i64, i64) {
    let conn = &mut storage.conn();
    (letters::table.count().get_result(conn).unwrap(), held_letter::table.count().get_result(conn).unwrap())
}

#[test]
fn the_latest_one_can_be_taken_back_until_the_next_or_the_end() {
    let storage = Storage::fresh(60);
    let dialogue = storage.open("ett").id;
    let [one, two] = [(); 2].map(|()| begin(&storage, dialogue));
    assert_eq!(key(&storage, &one, 1, None), Ok(HandedIn::Stored));
    assert_eq!(lie(&storage), (0, 1));
    // Two keyers don't meet.
    assert_eq!(key(&storage, &two, 2, None), Ok(HandedIn::Stored));
    assert_eq!(lie(&storage), (0, 2));
    assert!(take_back(&storage, &one));
    assert!(!take_back(&storage, &one));
    assert_eq!(lie(&storage), (0, 1));
    assert_eq!(key(&storage, &one, 3, None), Ok(HandedIn::Stored));
    assert_eq!(key(&storage, &one, 4, None), Ok(HandedIn::Stored));
    assert_eq!(lie(&storage), (1, 2));
    assert!(end(&storage, &one));
    assert!(!end(&storage, &one));
    assert!(end(&storage, &two));
    assert_eq!(lie(&storage), (3, 0));
    assert_eq!(keying::all(&mut storage.conn()).unwrap(), []);
    storage.close(dialogue);
    storage.at("2019-03-11T10:00:00Z");
    storage.mix().unwrap();
    let mut stored: Vec<usize> = storage.responses(dialogue).into_iter().map(|(number, _)| number).collect();
    stored.sort_unstable();
    assert_eq!(stored, [2, 3, 4]);
}

#[test]
fn a_form_that_is_sent_twice_counts_once() {
    let storage = Storage::fresh(61);
    let dialogue = storage.open("ett").id;
    let sitting = begin(&storage, dialogue);
    let receipt = receipt::issue(&*storage.randomness);
    assert_eq!(key(&storage, &sitting, 1, Some(&receipt)), Ok(HandedIn::Stored));
    assert_eq!(key(&storage, &sitting, 1, Some(&receipt)), Ok(HandedIn::AlreadyStored));
    assert_eq!(lie(&storage), (0, 1));
}

/// The key of a week goes with its batch: nothing may be held for it then, however long someone is away.
#[test]
fn a_mixing_takes_what_is_held_with_it() {
    let storage = Storage::fresh(62);
    let dialogue = storage.open("ett").id;
    storage.send_numbers(dialogue, 0..25);
    let sitting = begin(&storage, dialogue);
    for number in 25..46 {
        assert_eq!(key(&storage, &sitting, number, None), Ok(HandedIn::Stored));
    }
    assert_eq!(lie(&storage), (45, 1));
    storage.at("2019-03-18T08:00:00Z");
    assert_eq!(storage.mix().unwrap()[0].letters, 46);
    assert_eq!(lie(&storage), (0, 0));
    assert!(!take_back(&storage, &sitting));
    // The sitting goes on; at the very end what is held comes along, too.
    assert_eq!(key(&storage, &sitting, 46, None), Ok(HandedIn::Stored));
    storage.close(dialogue);
    storage.at("2019-03-18T09:00:00Z");
    assert_eq!(key(&storage, &sitting, 47, None), Err(HandInError::Closed));
    storage.mix().unwrap();
    let mut channels: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let each = |response: StoredResponse| {
        channels.entry(response.channel.to_string()).or_default().push(number(&response.answers));
    };
    response::for_each(&mut storage.conn(), dialogue, each).unwrap();
    channels.values_mut().for_each(|numbers| numbers.sort_unstable());
    let expected = [("paper".to_owned(), (25..47).collect::<Vec<_>>()), ("web".to_owned(), (0..25).collect())];
    assert_eq!(channels, BTreeMap::from(expected));
    assert!(end(&storage, &sitting));
}

#[test]
fn a_simulated_dialogue_takes_none() {
    let storage = Storage::fresh(63);
    let dialogue = storage.open("ett").id;
    dialogue::mark_simulated(&mut storage.conn(), dialogue).unwrap();
    let sitting = begin(&storage, dialogue);
    assert!(matches!(key(&storage, &sitting, 1, None), Err(HandInError::OtherOrigin(_))));
    assert_eq!(lie(&storage), (0, 0));
}

/// After the mixing no file of the database holds a letter that was held, or one that was taken back, nor the sitting
/// beside which they lay. (On PostgreSQL dead rows stay until its own cleaning; the key that opens them is gone.)
#[test]
fn what_was_held_leaves_no_trace_on_sqlite() {
    let urls = crate::support::database::Databases::on_sqlite();
    let storage = Storage::on(urls, tempfile::tempdir().unwrap(), 64);
    let dialogue = storage.open("ett").id;
    let sitting = begin(&storage, dialogue);
    let mut needles = Needles::new();
    needles.add("the sitting", sitting.id.as_bytes());
    needles.add("its session", sitting.session.as_bytes());
    for number in 0..30 {
        assert_eq!(key(&storage, &sitting, number, None), Ok(HandedIn::Stored));
        let sealed: Vec<u8> = held_letter::table.select(held_letter::sealed).first(&mut storage.conn()).unwrap();
        needles.add("a sealed letter", &sealed[..64]);
        if number % 10 == 0 {
            assert!(take_back(&storage, &sitting));
        }
    }
    let files = || files_below(storage.urls.directory().unwrap());
    let before = needles.count_in(&files());
    assert!(before.contains_key("the sitting") && before.contains_key("a sealed letter"), "{before:?}");
    assert!(end(&storage, &sitting));
    let left: i64 = keying_sitting::table.count().get_result(&mut storage.conn()).unwrap();
    assert_eq!(left, 0);
    storage.at("2019-03-18T08:00:00Z");
    assert_eq!(storage.mix().unwrap()[0].letters, 27);
    assert_eq!(needles.count_in(&files()), BTreeMap::new().into_iter().collect());
}

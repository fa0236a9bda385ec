//! The letterbox: what is taken, what is refused, and that what is acknowledged is there.

use trygghetsdialog::clock::Clock;
use trygghetsdialog::survey::dialogue::{self, ChangeError, Origin, State};
use trygghetsdialog::survey::letterbox::{HandInError, HandedIn, Unavailable};
use trygghetsdialog::survey::receipt;
use trygghetsdialog::survey::response::{self, ReadError};

use crate::support::storage::{Storage, letter, wait};

#[test]
fn a_receipt_is_taken_once() {
    let storage = Storage::fresh(1);
    let [one, two] = ["ett", "tva"].map(|slug| storage.open(slug).id);
    let receipt = receipt::issue(&*storage.randomness);
    assert_eq!(storage.send(one, letter(1), Some(&receipt)), Ok(HandedIn::Stored));
    assert_eq!(storage.send(one, letter(1), Some(&receipt)), Ok(HandedIn::AlreadyStored));
    assert_eq!(storage.send(two, letter(1), Some(&receipt)), Ok(HandedIn::Stored));
    assert_eq!(storage.send(one, letter(2), None), Ok(HandedIn::Stored));
    assert_eq!(storage.send(one, letter(3), Some("inget kvitto")), Ok(HandedIn::Stored));
    assert_eq!(dialogue::counts(&mut storage.conn(), one).unwrap().letters, 3);
    assert_eq!(dialogue::counts(&mut storage.conn(), two).unwrap().letters, 1);
}

#[test]
fn a_receipt_is_taken_once_within_a_group_too() {
    let storage = Storage::fresh(2);
    let dialogue = storage.open("ett").id;
    let receipt = receipt::issue(&*storage.randomness);
    let replies = wait(futures_util::future::join_all((0..50).map(|number| {
        let receipt = (number % 2 == 0).then(|| receipt.clone());
        storage.letterbox.hand_in(dialogue, letter(number), receipt)
    })));
    let stored = replies.iter().filter(|reply| **reply == Ok(HandedIn::Stored)).count();
    let already = replies.iter().filter(|reply| **reply == Ok(HandedIn::AlreadyStored)).count();
    assert_eq!((stored, already), (26, 24));
    assert_eq!(dialogue::counts(&mut storage.conn(), dialogue).unwrap().letters, 26);
}

#[test]
fn a_receipt_is_forgotten_after_two_to_three_days() {
    let storage = Storage::fresh(3);
    let dialogue = storage.open("ett").id;
    let receipt = receipt::issue(&*storage.randomness);
    assert_eq!(storage.send(dialogue, letter(1), Some(&receipt)), Ok(HandedIn::Stored));
    for (moment, expected) in [
        ("2019-03-12T23:30:00Z", HandedIn::AlreadyStored),
        ("2019-03-13T22:30:00Z", HandedIn::AlreadyStored),
        ("2019-03-13T23:30:00Z", HandedIn::Stored),
    ] {
        storage.at(moment);
        receipt::forget_old(&mut storage.conn(), storage.clock.now()).unwrap();
        assert_eq!(storage.send(dialogue, letter(1), Some(&receipt)), Ok(expected), "{moment}");
    }
}

#[test]
fn a_dialogue_takes_answers_while_open_and_for_an_hour_after() {
    let storage = Storage::fresh(4);
    let id = storage.draft("ett").id;
    assert_eq!(storage.send(id, letter(1), None), Err(HandInError::Closed));
    // Open, but no process with keys has come by yet.
    dialogue::open(&mut storage.conn(), id, storage.clock.now()).unwrap();
    assert_eq!(storage.send(id, letter(1), None), Err(Unavailable::NoBatch.into()));
    storage.mixer.prepare().unwrap();
    assert_eq!(storage.send(id, letter(1), None), Ok(HandedIn::Stored));

    storage.at("2019-03-11T09:00:00Z");
    storage.close(id);
    let closing = dialogue::get(&mut storage.conn(), id).unwrap().unwrap();
    assert_eq!((closing.state, closing.is_shown(storage.clock.now())), (State::Closing, false));
    storage.at("2019-03-11T09:59:59Z");
    assert_eq!(storage.send(id, letter(2), None), Ok(HandedIn::Stored));
    storage.at("2019-03-11T10:00:00Z");
    assert_eq!(storage.send(id, letter(3), None), Err(HandInError::Closed));
}

#[test]
fn residents_and_simulated_answers_never_meet() {
    let storage = Storage::fresh(5);
    let [real, simulated] = ["verklig", "simulerad"].map(|slug| storage.open(slug).id);

    assert_eq!(storage.send(real, letter(1), None), Ok(HandedIn::Stored));
    assert_eq!(dialogue::mark_simulated(&mut storage.conn(), real), Err(ChangeError::HoldsRealAnswers));
    let refused = storage.letterbox.hand_in_many(real, [letter(2)], |_| {});
    assert_eq!(refused, Err(HandInError::OtherOrigin(Origin::Real)));
    assert_eq!(response::for_each(&mut storage.conn(), real, |_| {}), Err(ReadError::NotClosed));

    dialogue::mark_simulated(&mut storage.conn(), simulated).unwrap();
    let mut told = Vec::new();
    let stored = storage.letterbox.hand_in_many(simulated, (0..2500).map(letter), |stored| told.push(stored));
    assert_eq!((stored, told), (Ok(2500), vec![1000, 2000, 2500]));
    assert_eq!(storage.send(simulated, letter(3), None), Err(HandInError::OtherOrigin(Origin::Simulated)));
    // A simulated dialogue is mixed at once, and may be read while it is open.
    storage.mix().unwrap();
    let mut numbers: Vec<usize> = storage.responses(simulated).into_iter().map(|(number, _)| number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..2500).collect::<Vec<_>>());
    assert_eq!(storage.comments(simulated).len(), 834);
    assert_eq!(dialogue::counts(&mut storage.conn(), real).unwrap().letters, 1);
}

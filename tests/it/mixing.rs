//! Mixing: which letters are mixed when, under which week, and that every one ends up in the result once,
//! wherever the mixing was cut off.

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use trygghetsdialog::db::schema::{batch, letter as letters};
use trygghetsdialog::survey::dialogue::{self, Origin, State};
use trygghetsdialog::survey::letterbox::{Channel, HandedIn};
use trygghetsdialog::survey::mixing::{MixError, Mixed, Progress, Step};
use trygghetsdialog::survey::response::{self, ReadError};

use crate::support::storage::{Storage, letter, number};

/// The private keys of batches that lie in the key folder.
fn batch_keys(storage: &Storage) -> BTreeSet<String> {
    let names = std::fs::read_dir(storage.key_dir.path().join("keys")).unwrap();
    names
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.ends_with(".key") && name != "receipt.key")
        .collect()
}

/// The weeks of all batches.
fn batch_weeks(storage: &Storage) -> Vec<String> {
    use diesel::prelude::*;
    batch::table.select(batch::week).order(batch::week).load(&mut storage.conn()).unwrap()
}

fn letters_left(storage: &Storage) -> i64 {
    use diesel::prelude::*;
    letters::table.count().get_result(&mut storage.conn()).unwrap()
}

fn state(storage: &Storage, id: trygghetsdialog::id::RandomId) -> State {
    dialogue::get(&mut storage.conn(), id).unwrap().unwrap().state
}

/// Numbers sorted, with their weeks.
fn sorted(mut responses: Vec<(usize, Option<String>)>) -> Vec<(usize, Option<String>)> {
    responses.sort();
    responses
}

fn expected(groups: &[(std::ops::Range<usize>, Option<&str>)]) -> Vec<(usize, Option<String>)> {
    groups.iter().flat_map(|(range, week)| range.clone().map(|number| (number, week.map(str::to_owned)))).collect()
}

#[test]
fn a_week_is_mixed_when_it_is_over_and_its_key_is_destroyed() {
    let storage = Storage::fresh(10);
    let dialogue = storage.open("ett").id;
    assert_eq!(batch_weeks(&storage), ["2019-W11", "2019-W12", "2019-W13"]);
    let before = batch_keys(&storage);
    assert_eq!(before.len(), 3);
    storage.send_numbers(dialogue, 0..25);
    storage.at("2019-03-17T22:59:59Z");
    assert_eq!(storage.mix().unwrap(), []);
    assert_eq!(letters_left(&storage), 25);
    assert_eq!(batch_keys(&storage), before);

    storage.at("2019-03-17T23:00:00Z");
    let week = Some("2019-W11".parse().unwrap());
    assert_eq!(storage.mix().unwrap(), [Mixed { dialogue: "ett".parse().unwrap(), week, letters: 25 }]);
    assert_eq!(letters_left(&storage), 0);
    assert_eq!(batch_weeks(&storage), ["2019-W12", "2019-W13", "2019-W14"]);
    assert_eq!(batch_keys(&storage).intersection(&before).count(), 2);
    assert_eq!(batch_keys(&storage).len(), 3);
    // Mixed, and yet unread while it is open.
    assert_eq!(response::for_each(&mut storage.conn(), dialogue, |_| {}), Err(ReadError::NotClosed));
    assert_eq!(response::for_each_comment(&mut storage.conn(), dialogue, |_| {}), Err(ReadError::NotClosed));
}

#[test]
fn small_weeks_wait_for_a_crowd_and_a_remainder_joins_the_last_one() {
    let storage = Storage::fresh(11);
    let dialogue = storage.open("ett").id;
    storage.send_numbers(dialogue, 0..12);
    storage.at("2019-03-18T08:00:00Z");
    assert_eq!(storage.mix().unwrap(), []);
    storage.send_numbers(dialogue, 12..19);
    storage.at("2019-03-25T08:00:00Z");
    assert_eq!(storage.mix().unwrap(), []);
    assert_eq!(letters_left(&storage), 19);
    storage.send_numbers(dialogue, 19..21);
    storage.at("2019-04-01T08:00:00Z");
    assert_eq!(storage.mix().unwrap().len(), 1);
    storage.send_numbers(dialogue, 21..26);
    storage.close(dialogue);
    storage.at("2019-04-01T08:59:59Z");
    assert_eq!(storage.mix().unwrap(), []);
    assert_eq!(state(&storage, dialogue), State::Closing);
    storage.at("2019-04-01T09:00:00Z");
    storage.mix().unwrap();
    assert_eq!(state(&storage, dialogue), State::Closed);
    assert_eq!(sorted(storage.responses(dialogue)), expected(&[(0..26, Some("2019-W13"))]));
    assert_eq!((batch_keys(&storage).len(), batch_weeks(&storage).len()), (0, 0));
    assert_eq!(storage.mix().unwrap(), []);
}

#[test]
fn a_dialogue_without_a_crowd_stores_no_week() {
    let storage = Storage::fresh(12);
    let dialogue = storage.open("ett").id;
    storage.send_numbers(dialogue, 0..10);
    storage.at("2019-03-18T08:00:00Z");
    storage.mix().unwrap();
    storage.send_numbers(dialogue, 10..19);
    storage.close(dialogue);
    storage.at("2019-03-18T09:00:00Z");
    storage.mix().unwrap();
    assert_eq!(sorted(storage.responses(dialogue)), expected(&[(0..19, None)]));
}

#[test]
fn a_planned_closing_comes_by_itself() {
    let storage = Storage::fresh(13);
    let mut new = storage.new_dialogue("ett");
    new.closes_at = Some("2019-03-13T12:00:00Z".parse().unwrap());
    let id = dialogue::create(&mut storage.conn(), &*storage.randomness, &new).unwrap().id;
    storage.mixer.prepare().unwrap();
    let now = "2019-03-11T08:00:00Z".parse().unwrap();
    assert!(dialogue::open(&mut storage.conn(), id, now).unwrap().is_shown(now));
    storage.send_numbers(id, 0..5);
    storage.at("2019-03-13T12:30:00Z");
    assert!(
        !dialogue::get(&mut storage.conn(), id).unwrap().unwrap().is_shown("2019-03-13T12:30:00Z".parse().unwrap())
    );
    storage.mix().unwrap();
    assert_eq!(state(&storage, id), State::Closing);
    storage.send_numbers(id, 5..30);
    storage.at("2019-03-13T13:00:00Z");
    storage.mix().unwrap();
    assert_eq!(sorted(storage.responses(id)), expected(&[(0..30, Some("2019-W11"))]));
}

#[test]
fn channels_with_few_responses_become_other() {
    let storage = Storage::fresh(14);
    let dialogue = storage.open("ett").id;
    for number in 0..60 {
        let channel = match number {
            0..20 => "affisch",
            20..39 => "bibliotek",
            _ => "web",
        };
        let letter = trygghetsdialog::survey::letterbox::Letter { channel: channel.parse().unwrap(), ..letter(number) };
        assert_eq!(storage.send(dialogue, letter, None), Ok(HandedIn::Stored));
    }
    storage.close(dialogue);
    storage.at("2019-03-11T09:00:00Z");
    storage.mix().unwrap();
    let mut channels = std::collections::BTreeMap::<Channel, usize>::new();
    response::for_each(&mut storage.conn(), dialogue, |response| {
        let channel = match number(&response.answers) {
            0..20 => "affisch",
            20..39 => "other",
            _ => "web",
        };
        assert_eq!(response.channel.as_str(), channel);
        *channels.entry(response.channel).or_default() += 1;
    })
    .unwrap();
    assert_eq!(channels.into_values().collect::<Vec<_>>(), [20, 19, 21]);
}

/// Two real weeks, a waiting one, another dialogue and a last mixing: whatever step the mixing is cut off
/// after, and however often, the result is the same.
#[test]
fn a_mixing_that_is_cut_off_anywhere_is_taken_up() {
    let cut_after = |steps: usize, seed: u64| {
        let storage = Storage::fresh(seed);
        let [one, two] = ["ett", "tva"].map(|slug| storage.open(slug).id);
        storage.send_numbers(one, 0..90);
        storage.send_numbers(two, 0..7);
        storage.at("2019-03-18T08:00:00Z");
        let mut taken = interrupted(&storage, steps);
        storage.send_numbers(one, 90..113);
        storage.close(one);
        storage.at("2019-03-18T09:00:00Z");
        taken += interrupted(&storage, steps);
        assert_eq!(
            sorted(storage.responses(one)),
            expected(&[(0..90, Some("2019-W11")), (90..113, Some("2019-W12"))]),
            "cut off after {steps} steps"
        );
        assert_eq!(storage.comments(one).len(), 38);
        assert_eq!((state(&storage, one), state(&storage, two)), (State::Closed, State::Open));
        assert_eq!((letters_left(&storage), batch_keys(&storage).len()), (7, 4));
        taken
    };
    // Never cut off: so many steps there are.
    let steps = cut_after(1000, 100);
    assert!(steps >= 18, "{steps} steps");
    for cut in 1..=steps {
        cut_after(cut, 100 + cut as u64);
    }
}

/// Mixes, cut off after `cut` steps, then after one more each time (the rewrite is repeated as long as keys
/// are left), until it comes to its end. Returns the number of steps.
fn interrupted(storage: &Storage, cut: usize) -> usize {
    let mut steps = 0;
    for cut in cut.. {
        let mut left = cut;
        let result = storage.mixer.mix_due(&mut |progress: Progress<'_>| {
            if let Step::Moved { done, total } = progress.step {
                assert!(done <= total);
            }
            (steps, left) = (steps + 1, left - 1);
            if left == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        });
        match result {
            Err(MixError::Stopped) => {}
            result => {
                result.unwrap();
                return steps;
            }
        }
    }
    unreachable!("longer and longer mixings come to an end")
}

#[test]
fn only_one_mixes_at_a_time() {
    let storage = Storage::fresh(15);
    let dialogue = storage.open("ett").id;
    storage.send_numbers(dialogue, 0..20);
    storage.at("2019-03-18T08:00:00Z");
    let mut met = Vec::new();
    storage
        .mixer
        .mix_due(&mut |_: Progress<'_>| {
            met.push(matches!(storage.mix(), Err(MixError::AlreadyRunning)));
            ControlFlow::Continue(())
        })
        .unwrap();
    assert!(met.len() > 3 && met.iter().all(|refused| *refused), "{met:?}");
}

#[test]
fn without_its_key_a_week_is_kept_and_the_other_dialogues_are_mixed() {
    let storage = Storage::fresh(16);
    let one = storage.open("ett").id;
    storage.send_numbers(one, 0..20);
    let keys = batch_keys(&storage);
    let two = storage.open("tva").id;
    storage.send_numbers(two, 0..20);
    for key in &keys {
        std::fs::remove_file(storage.key_dir.path().join("keys").join(key)).unwrap();
    }
    storage.at("2019-03-18T08:00:00Z");
    for _ in 0..2 {
        assert!(matches!(storage.mix(), Err(MixError::KeyMissing { week, .. }) if week.to_string() == "2019-W11"));
        assert_eq!(letters_left(&storage), 20);
        assert_eq!(dialogue::counts(&mut storage.conn(), two).unwrap().responses, 20);
    }
}

#[test]
fn a_letter_that_comes_while_its_week_is_closed_is_sealed_to_the_next_one() {
    let storage = Storage::fresh(17);
    let dialogue = storage.open("ett").id;
    dialogue::mark_simulated(&mut storage.conn(), dialogue).unwrap();
    // The letterbox remembers the week's key; the mixing of a simulated dialogue destroys it in mid-week.
    for round in 0..4 {
        let numbers = round * 30..(round + 1) * 30;
        storage.letterbox.hand_in_many(dialogue, numbers.map(letter), |_| {}).unwrap();
        storage.mix().unwrap();
    }
    assert_eq!(sorted(storage.responses(dialogue)), expected(&[(0..120, Some("2019-W11"))]));
    let found = dialogue::get(&mut storage.conn(), dialogue).unwrap().unwrap();
    assert_eq!((found.state, found.origin), (State::Open, Some(Origin::Simulated)));
}

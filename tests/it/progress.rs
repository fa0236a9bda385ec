//! How many answers have come, by week and channel: nothing moves when one person answers.

use trygghetsdialog::survey::dialogue;
use trygghetsdialog::survey::letterbox::{Channel, HandedIn, Letter};
use trygghetsdialog::survey::progress::{self, WeekOfAnswers};

use crate::support::storage::{Storage, letter};

fn weeks(storage: &Storage, id: trygghetsdialog::id::RandomId) -> Vec<WeekOfAnswers> {
    let conn = &mut storage.conn();
    let dialogue = dialogue::get(conn, id).unwrap().unwrap();
    progress::by_week(conn, &dialogue).unwrap()
}

fn send(storage: &Storage, id: trygghetsdialog::id::RandomId, channel: &str, numbers: std::ops::Range<usize>) {
    for number in numbers {
        let letter = Letter { channel: channel.parse().unwrap(), ..letter(number) };
        assert_eq!(storage.send(id, letter, None), Ok(HandedIn::Stored));
    }
}

#[test]
fn a_week_is_told_when_its_crowd_is_mixed_and_never_moves_again() {
    let storage = Storage::fresh(70);
    let dialogue = storage.open("ett").id;
    send(&storage, dialogue, "web", 0..25);
    send(&storage, dialogue, "paper", 25..35);
    storage.mix().unwrap();
    assert_eq!(weeks(&storage, dialogue), [], "letters that wait are not counted");
    storage.at("2019-03-18T08:00:00Z");
    storage.mix().unwrap();
    let first = WeekOfAnswers {
        week: "2019-W11".parse().unwrap(),
        total: 35,
        channels: vec![(Some(Channel::web()), 25), (Some(Channel::paper()), 10)],
    };
    assert_eq!(weeks(&storage, dialogue), std::slice::from_ref(&first));

    // Nine of the next week came on paper: neither they nor the rest is told.
    send(&storage, dialogue, "web", 35..55);
    send(&storage, dialogue, "paper", 55..64);
    assert_eq!(weeks(&storage, dialogue), std::slice::from_ref(&first), "nothing moves when someone answers");
    storage.at("2019-03-25T08:00:00Z");
    storage.mix().unwrap();
    let second = WeekOfAnswers { week: "2019-W12".parse().unwrap(), total: 29, channels: vec![(None, 29)] };
    assert_eq!(weeks(&storage, dialogue), [first.clone(), second.clone()]);

    // A week without a crowd waits, and so does its count.
    send(&storage, dialogue, "web", 64..67);
    storage.at("2019-04-01T08:00:00Z");
    storage.mix().unwrap();
    assert_eq!(weeks(&storage, dialogue), [first, second]);

    // From its closing on no week is told: three are about to join the last one.
    storage.close(dialogue);
    assert_eq!(weeks(&storage, dialogue), []);
    storage.at("2019-04-01T10:00:00Z");
    storage.mix().unwrap();
    assert_eq!(weeks(&storage, dialogue), []);
    assert_eq!(storage.responses(dialogue).len(), 67);
}

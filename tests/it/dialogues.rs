//! A dialogue's life: which step is possible when, who may take it, and what a purge leaves.

use std::collections::BTreeMap;

use jiff::Timestamp;
use trygghetsdialog::clock::Clock;
use trygghetsdialog::db::{Error, write};
use trygghetsdialog::id::RandomId;
use trygghetsdialog::survey::definition::VKOD_2017;
use trygghetsdialog::survey::dialogue::life::{self, By, Edit};
use trygghetsdialog::survey::dialogue::statement::{self, Kind};
use trygghetsdialog::survey::dialogue::{self, ChangeError, Definition, Dialogue, State};
use trygghetsdialog::survey::letterbox::{HandInError, HandedIn};
use trygghetsdialog::survey::response::{self, ReadError};

use crate::support::storage::{Storage, letter};
use crate::support::traces::{Needles, files_below};

/// The steps, by name, each as staff would take it on the dialogue as it stands.
const STEPS: [&str; 9] = ["edit", "review", "open", "pause", "resume", "move the end", "close", "archive", "purge"];

fn take(storage: &Storage, id: RandomId, step: &str) -> Result<Dialogue, ChangeError> {
    let now = storage.clock.now();
    let by = By::CommandLine;
    write(&mut storage.conn(), |conn| {
        let revision = dialogue::get(conn, id)?.unwrap().revision;
        match step {
            "edit" => life::edit(conn, id, revision, &edit(), by, now),
            "review" => life::review(conn, id, Some(revision), by),
            "open" => life::open_reviewed(conn, id, Some(revision), by, now),
            "pause" => life::pause(conn, id, revision, now),
            "resume" => life::resume(conn, id, revision, now),
            "move the end" => life::move_end(conn, id, revision, None, now),
            "close" => life::begin_to_close(conn, id, Some(revision), now),
            "archive" => life::archive(conn, id, revision),
            "purge" => dialogue::purge(conn, id, revision, "KS 2021/7 § 12", now).map(|(dialogue, _)| dialogue),
            other => panic!("no step {other}"),
        }
    })
}

fn edit() -> Edit {
    Edit { definition: None, closes_at: None, retention_decision: Some("KS 2017/118 § 4".into()) }
}

/// Brings a dialogue of its own into the state.
fn in_state(storage: &Storage, name: &str, state: State) -> RandomId {
    let id = storage.draft(name).id;
    let path: &[&str] = match state {
        State::Draft => &[],
        State::Reviewed => &["review"],
        State::Open => &["review", "open"],
        State::Paused => &["review", "open", "pause"],
        State::Closing => &["review", "open", "close"],
        State::Closed | State::Archived | State::Purged => {
            dialogue::open(&mut storage.conn(), id, storage.clock.now()).unwrap();
            dialogue::mark_simulated(&mut storage.conn(), id).unwrap();
            storage.close(id);
            storage.mix().unwrap();
            match state {
                State::Archived => &["archive"],
                State::Purged => &["archive", "purge"],
                _ => &[],
            }
        }
    };
    for step in path {
        take(storage, id, step).unwrap();
    }
    assert_eq!(dialogue::get(&mut storage.conn(), id).unwrap().unwrap().state, state);
    id
}

#[test]
fn each_state_has_its_steps_and_no_others() {
    let storage = Storage::fresh(60);
    let possible = [
        (State::Draft, vec![("edit", State::Draft), ("review", State::Reviewed)]),
        (State::Reviewed, vec![("edit", State::Draft), ("open", State::Open)]),
        (State::Open, vec![("pause", State::Paused), ("move the end", State::Open), ("close", State::Closing)]),
        (State::Paused, vec![("resume", State::Open), ("move the end", State::Paused), ("close", State::Closing)]),
        (State::Closing, vec![]),
        (State::Closed, vec![("archive", State::Archived)]),
        (State::Archived, vec![("purge", State::Purged)]),
        (State::Purged, vec![]),
    ];
    let mut number = 0;
    for (state, possible) in possible {
        for step in STEPS {
            number += 1;
            let id = in_state(&storage, &format!("d{number}"), state);
            let before = dialogue::get(&mut storage.conn(), id).unwrap();
            let outcome = take(&storage, id, step);
            match possible.iter().find(|(name, _)| *name == step) {
                Some((_, next)) => {
                    assert_eq!(outcome.map(|dialogue| dialogue.state).as_ref(), Ok(next), "{state}: {step}")
                }
                None => {
                    assert!(
                        matches!(outcome, Err(ChangeError::State { found, .. }) if found == state),
                        "{state}: {step}"
                    );
                    assert_eq!(dialogue::get(&mut storage.conn(), id).unwrap(), before, "{state}: {step}");
                }
            }
        }
    }
}

#[test]
fn a_second_person_reviews_and_an_edit_undoes_it() {
    let storage = Storage::fresh(61);
    let [anna, bodil] = [1, 2].map(|_| RandomId::new(&*storage.randomness));
    let id = storage.draft("ett").id;
    let now = storage.clock.now();
    let mut conn = storage.conn();
    write(&mut conn, |conn| life::edit(conn, id, 0, &edit(), By::Account(anna), now)).unwrap();
    let own = write(&mut conn, |conn| life::review(conn, id, Some(1), By::Account(anna)));
    assert_eq!(own, Err(ChangeError::OwnReview));
    let reviewed = write(&mut conn, |conn| life::review(conn, id, Some(1), By::Account(bodil))).unwrap();
    assert_eq!((reviewed.state, reviewed.reviewed_by), (State::Reviewed, Some(bodil)));
    assert_eq!(reviewed.retention_decision.as_deref(), Some("KS 2017/118 § 4"));
    let none = Edit { retention_decision: None, ..edit() };
    let edited = write(&mut conn, |conn| life::edit(conn, id, 2, &none, By::Account(bodil), now)).unwrap();
    write(&mut conn, |conn| life::review(conn, id, Some(edited.revision), By::Account(anna))).unwrap();
    let undecided = write(&mut conn, |conn| life::open_reviewed(conn, id, Some(4), By::Account(bodil), now));
    assert_eq!(undecided, Err(ChangeError::NoRetentionDecision));
    let edited = write(&mut conn, |conn| life::edit(conn, id, 4, &edit(), By::Account(bodil), now)).unwrap();
    assert_eq!((edited.state, edited.edited_by, edited.reviewed_by), (State::Draft, Some(bodil), None));
}

fn notice(text: &str) -> BTreeMap<String, String> {
    BTreeMap::from([("sv".to_owned(), text.to_owned())])
}

#[test]
fn staff_open_no_dialogue_that_does_not_say_what_happens_with_answers() {
    let storage = Storage::fresh(68);
    let [anna, bodil] = [1, 2].map(|_| By::Account(RandomId::new(&*storage.randomness)));
    let id = storage.draft("ett").id;
    let now = storage.clock.now();
    let mut conn = storage.conn();
    write(&mut conn, |conn| life::edit(conn, id, 0, &edit(), anna, now)).unwrap();
    let none = write(&mut conn, |conn| statement::publish(conn, id, 1, (Kind::Privacy, &notice(" ")), anna, now));
    assert_eq!(none, Err(ChangeError::NoStatement(Kind::Privacy)));
    for missing in Kind::ALL {
        let reviewed = write(&mut conn, |conn| life::review(conn, id, None, bodil)).unwrap();
        let opened = write(&mut conn, |conn| life::open_reviewed(conn, id, None, anna, now));
        assert_eq!(opened, Err(ChangeError::NoStatement(missing)));
        let text = notice("Så här");
        let published =
            write(&mut conn, |conn| statement::publish(conn, id, reviewed.revision, (missing, &text), anna, now));
        let (draft, number) = published.unwrap();
        assert_eq!((draft.state, draft.reviewed_by, number), (State::Draft, None, Some(1)));
    }
    write(&mut conn, |conn| life::review(conn, id, None, bodil)).unwrap();
    let open = write(&mut conn, |conn| life::open_reviewed(conn, id, None, anna, now)).unwrap();
    // From now on every text is kept, and holds from its day; the first from the day of opening.
    storage.clock.set(now + jiff::SignedDuration::from_hours(24));
    let later = storage.clock.now();
    let text = notice("Så här nu");
    let published =
        write(&mut conn, |conn| statement::publish(conn, id, open.revision, (Kind::Privacy, &text), anna, later));
    let (changed, number) = published.unwrap();
    assert_eq!((changed.state, number), (State::Open, Some(2)));
    let kept = statement::statements(&mut conn, id).unwrap();
    let told: Vec<_> = kept
        .versions(Kind::Privacy)
        .iter()
        .map(|one| (one.number, one.in_language("en"), one.holds_from(&open)))
        .collect();
    assert_eq!(told, [(1, ("sv", "Så här"), now), (2, ("sv", "Så här nu"), later)]);
    assert_eq!(kept.current(Kind::Accessibility).unwrap().number, 1);
}

#[test]
fn who_saw_an_older_revision_changes_nothing() {
    let storage = Storage::fresh(62);
    let id = storage.open("ett").id;
    let now = storage.clock.now();
    let seen = dialogue::get(&mut storage.conn(), id).unwrap().unwrap().revision;
    write(&mut storage.conn(), |conn| life::pause(conn, id, seen, now)).unwrap();
    let late = write(&mut storage.conn(), |conn| life::begin_to_close(conn, id, Some(seen), now));
    assert_eq!(late, Err(ChangeError::ChangedMeanwhile));
    assert_eq!(dialogue::get(&mut storage.conn(), id).unwrap().unwrap().state, State::Paused);
}

#[test]
fn a_paused_dialogue_takes_the_answers_under_way_and_closes_as_planned() {
    let storage = Storage::fresh(63);
    let id = storage.open("ett").id;
    let at = |moment: &str| -> Timestamp { moment.parse().unwrap() };
    let change = |step: &dyn Fn(&mut _, i32) -> Result<Dialogue, ChangeError>| {
        write(&mut storage.conn(), |conn| {
            let revision = dialogue::get(conn, id)?.unwrap().revision;
            step(conn, revision)
        })
    };
    let past = change(&|conn, revision| {
        life::move_end(conn, id, revision, Some(at("2019-03-11T07:00:00Z")), storage.clock.now())
    });
    assert_eq!(past, Err(ChangeError::EndInThePast));
    let end = Some(at("2019-03-12T12:00:00Z"));
    change(&|conn, revision| life::move_end(conn, id, revision, end, storage.clock.now())).unwrap();
    let paused = change(&|conn, revision| life::pause(conn, id, revision, storage.clock.now())).unwrap();
    assert!(!paused.is_shown(storage.clock.now()));
    storage.at("2019-03-11T08:59:00Z");
    assert_eq!(storage.send(id, letter(1), None), Ok(HandedIn::Stored));
    storage.at("2019-03-11T09:01:00Z");
    assert_eq!(storage.send(id, letter(2), None), Err(HandInError::Closed));
    let resumed = change(&|conn, revision| life::resume(conn, id, revision, storage.clock.now())).unwrap();
    assert!(resumed.is_shown(storage.clock.now()));
    assert_eq!(storage.send(id, letter(3), None), Ok(HandedIn::Stored));
    change(&|conn, revision| life::pause(conn, id, revision, storage.clock.now())).unwrap();
    storage.at("2019-03-12T13:01:00Z");
    storage.mix().unwrap();
    let closed = dialogue::get(&mut storage.conn(), id).unwrap().unwrap();
    assert_eq!((closed.state, closed.closed_at), (State::Closed, end));
    assert_eq!(storage.responses(id).len(), 2);
}

#[test]
fn texts_may_be_corrected_while_open_and_structure_may_not() {
    let storage = Storage::fresh(64);
    let (file_name, text) = VKOD_2017;
    let id = storage.draft("ett").id;
    let definition = Definition { version: 1, text_version: 1, file_name: file_name.into(), text: text.into() };
    let filled = Edit { definition: Some(definition), closes_at: None, retention_decision: None };
    let now = storage.clock.now();
    write(&mut storage.conn(), |conn| life::edit(conn, id, 0, &filled, By::CommandLine, now)).unwrap();
    let revision = dialogue::open(&mut storage.conn(), id, now).unwrap().revision;

    let correct = |revision, text: &str| {
        write(&mut storage.conn(), |conn| dialogue::correct_texts(conn, id, revision, file_name, text))
    };
    let same = correct(revision, text).unwrap();
    assert_eq!((same.0.revision, same.1.len()), (revision, 0));
    let structure = correct(revision, &text.replacen("code: 1", "code: 41", 1));
    assert!(matches!(&structure, Err(ChangeError::Structure(reasons)) if !reasons.is_empty()), "{structure:?}");
    assert!(matches!(correct(revision, "id: [1"), Err(ChangeError::Definition(_))));
    let word = "Mycket trygg";
    let (corrected, changes) = correct(revision, &text.replace(word, "Helt trygg")).unwrap();
    assert_eq!(corrected.revision, revision + 1);
    assert!(!changes.is_empty());
    assert!(changes.iter().all(|change| change.language == "sv" && change.before != change.after), "{changes:?}");
    let stored = dialogue::definition(&mut storage.conn(), id, None).unwrap().unwrap();
    assert_eq!((stored.version, stored.text_version), (1, 2));
    assert!(stored.text.contains("Helt trygg") && !stored.text.contains(word));
}

#[test]
fn a_purge_leaves_a_receipt_of_counts_and_nothing_else() {
    let storage = Storage::fresh(65);
    let [purged, kept] = ["ett", "tva"].map(|name| storage.open(name).id);
    storage.send_numbers(purged, 0..60);
    storage.send_numbers(kept, 300..330);
    for id in [purged, kept] {
        storage.close(id);
    }
    storage.at("2019-03-25T08:00:00Z");
    storage.mix().unwrap();
    take(&storage, purged, "archive").unwrap();
    let now = storage.clock.now();
    let purge = |decision: &str| write(&mut storage.conn(), |conn| dialogue::purge(conn, purged, 4, decision, now));
    let revision = dialogue::get(&mut storage.conn(), purged).unwrap().unwrap().revision;
    assert_eq!(revision, 4);
    assert_eq!(purge(" ").err(), Some(ChangeError::NoDecision));
    let (dialogue, receipt) = purge("KS 2021/7 § 12").unwrap();
    storage.mix().unwrap();
    assert_eq!((dialogue.state, receipt.responses, receipt.comments), (State::Purged, 60, 20));
    assert_eq!(dialogue::receipt_of_purge(&mut storage.conn(), purged).unwrap(), Some(receipt));
    assert_eq!(response::for_each(&mut storage.conn(), purged, |_| {}), Err(ReadError::NotClosed));
    assert_eq!(storage.responses(kept).len(), 30);

    let directory = storage.urls.directory().map(ToOwned::to_owned);
    if let Some(directory) = directory {
        let mut needles = Needles::new();
        needles.add("purged", b"fritext nummer 27 slut");
        needles.add("kept", b"fritext nummer 303 slut");
        let found = needles.count_in(&files_below(&directory));
        assert_eq!((found.get("purged").copied().unwrap_or(0), found["kept"]), (0, 1));
    }
}

/// A database of the first release has rows that refer to dialogues when the table is made anew.
#[test]
fn a_dialogue_of_an_older_database_is_still_there_after_the_migration() {
    use diesel::connection::SimpleConnection;
    use diesel::prelude::*;
    let storage = Storage::fresh(66);
    let id = storage.open("ett").id;
    storage.send_numbers(id, 0..3);
    let before = dialogue::get(&mut storage.conn(), id).unwrap();
    // Back to how the tables were, with rows in all of them.
    let undo = "
        DROP TABLE purge_receipt;
        CREATE TABLE older (dialogue BYTEA NOT NULL REFERENCES dialogue (id), version INTEGER NOT NULL, file_name TEXT NOT NULL,
            definition TEXT NOT NULL, CONSTRAINT questionnaire_pkey_older PRIMARY KEY (dialogue, version));
        INSERT INTO older SELECT dialogue, version, file_name, definition FROM questionnaire;
        DROP TABLE questionnaire;
        ALTER TABLE older RENAME TO questionnaire;
        ALTER TABLE dialogue DROP COLUMN revision;
        ALTER TABLE dialogue DROP COLUMN edited_by;
        ALTER TABLE dialogue DROP COLUMN reviewed_by;
        ALTER TABLE dialogue DROP COLUMN paused_at;
        ALTER TABLE dialogue DROP COLUMN retention_decision;
        DELETE FROM __diesel_schema_migrations WHERE version = '00000000000004';
    ";
    let mut conn = storage.conn();
    match &mut *conn {
        trygghetsdialog::db::Connection::Postgres(conn) => {
            conn.batch_execute(undo).unwrap();
            conn.batch_execute(
                "ALTER TABLE questionnaire RENAME CONSTRAINT questionnaire_pkey_older TO questionnaire_pkey",
            )
            .unwrap();
        }
        trygghetsdialog::db::Connection::Sqlite(conn) => conn.batch_execute(undo).unwrap(),
    }
    drop(conn);
    let again = trygghetsdialog::db::Databases::open(
        &storage.urls.dialogue.parse().unwrap(),
        &storage.urls.register.parse().unwrap(),
    )
    .unwrap();
    let mut conn = again.dialogue.get().unwrap();
    let after = dialogue::get(&mut conn, id).unwrap();
    assert_eq!(after, before.map(|before| Dialogue { revision: 0, edited_by: None, reviewed_by: None, ..before }));
    assert_eq!(dialogue::counts(&mut conn, id).unwrap().letters, 3);
    assert_eq!(dialogue::definition(&mut conn, id, None).unwrap().unwrap().text_version, 1);
    let orphan = diesel::sql_query("INSERT INTO questionnaire VALUES ('x', 1, 'a', 'b', 1)").execute(&mut conn);
    assert!(orphan.map_err(Error::from).is_err(), "a questionnaire of no dialogue is taken");
}

//! The audit log: what is in it, and that nobody changes it unseen.

use diesel::connection::SimpleConnection;
use trygghetsdialog::clock::{Clock, SystemClock};
use trygghetsdialog::db::Databases;
use trygghetsdialog::staff::audit::{self, Act, Action, Actor, Break, Object};

use crate::support::colleague::Colleague;
use crate::support::database::{Backend, backend};
use crate::support::resident::{client, form, hand_in, run, texts};
use crate::support::service::Sandbox;

fn act(number: usize) -> Act {
    Act::new(Actor::CommandLine, Action::DialogueOpened).on(Object::dialogue(&format!("dialog-{number}")))
}

fn add(databases: &Databases, number: usize) {
    let mut conn = databases.dialogue.get().unwrap();
    audit::write(&mut conn, |conn| audit::log(conn, SystemClock.now(), &act(number))).unwrap();
}

fn wrong(databases: &Databases, remembered: Option<(i64, [u8; 32])>) -> Option<Break> {
    audit::verify(&mut databases.dialogue.get().unwrap(), remembered).unwrap().wrong
}

/// A fresh log of five entries.
fn five() -> (Sandbox, Databases) {
    let sandbox = Sandbox::new();
    let databases = sandbox.open();
    (0..5).for_each(|number| add(&databases, number));
    assert_eq!(wrong(&databases, None), None);
    (sandbox, databases)
}

/// Lifts the database's own refusal, as whoever holds it can.
fn without_triggers(databases: &Databases) {
    let lift = match backend() {
        Backend::Sqlite => "DROP TRIGGER audit_entry_stays; DROP TRIGGER audit_entry_remains",
        Backend::Postgres => "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
    };
    run(&databases.dialogue, lift);
}

#[test]
fn the_database_refuses_to_change_or_delete_an_entry() {
    let (_sandbox, databases) = five();
    let mut statements = vec!["UPDATE audit_entry SET detail = '{}' WHERE number = 3", "DELETE FROM audit_entry"];
    if backend() == Backend::Postgres {
        statements.push("TRUNCATE audit_entry");
    }
    for statement in statements {
        let refused = databases.dialogue.get().unwrap().batch_execute(statement).unwrap_err().to_string();
        assert!(refused.contains("only ever added to"), "{statement}: {refused}");
    }
    assert_eq!(wrong(&databases, None), None);
}

#[test]
fn tampering_anywhere_is_found() {
    let one = "0".repeat(31) + "1";
    let actor = match backend() {
        Backend::Sqlite => format!("X'{one}'"),
        Backend::Postgres => format!("decode('{one}', 'hex')"),
    };
    let copy = "INSERT INTO audit_entry SELECT 6, at, actor_kind, actor, action, object_kind, object, detail, hash \
                FROM audit_entry WHERE number = 5";
    for (statement, found) in [
        ("UPDATE audit_entry SET at = at + 1 WHERE number = 1".to_owned(), Break::Changed(1)),
        ("UPDATE audit_entry SET action = 'dialogue.closed' WHERE number = 3".to_owned(), Break::Changed(3)),
        ("UPDATE audit_entry SET detail = '{\"a\":1}' WHERE number = 5".to_owned(), Break::Changed(5)),
        (format!("UPDATE audit_entry SET actor = {actor} WHERE number = 2"), Break::Changed(2)),
        ("UPDATE audit_entry SET object = NULL WHERE number = 2".to_owned(), Break::Changed(2)),
        ("UPDATE audit_entry SET object = NULL, object_kind = NULL WHERE number = 2".to_owned(), Break::Changed(2)),
        ("DELETE FROM audit_entry WHERE number = 1".to_owned(), Break::Gap(2)),
        ("DELETE FROM audit_entry WHERE number = 3".to_owned(), Break::Gap(4)),
        ("DELETE FROM audit_entry WHERE number = 5".to_owned(), Break::Cut(4)),
        ("DELETE FROM audit_entry".to_owned(), Break::Cut(0)),
        ("UPDATE audit_head SET number = 4".to_owned(), Break::Cut(5)),
        (copy.to_owned(), Break::Changed(6)),
    ] {
        let (_sandbox, databases) = five();
        without_triggers(&databases);
        run(&databases.dialogue, &statement);
        assert_eq!(wrong(&databases, None), Some(found), "{statement}");
    }
}

/// Whoever cuts off the tail and mends the head as well leaves a chain that holds: what was remembered outside the
/// database does not.
#[test]
fn a_tail_that_was_cut_off_is_found_by_what_was_remembered() {
    let (_sandbox, databases) = five();
    let mut conn = databases.dialogue.get().unwrap();
    let early = audit::head(&mut conn).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let memory = audit::Memory::new(folder.path());
    memory.renew(&mut conn).unwrap();
    assert_eq!(memory.read().unwrap(), Some(early));
    (5..8).for_each(|number| add(&databases, number));
    // Growing is fine, and the memory follows.
    assert_eq!(wrong(&databases, Some(early)), None);
    memory.renew(&mut conn).unwrap();
    let late = audit::head(&mut conn).unwrap();
    assert_eq!(memory.read().unwrap(), Some(late));

    without_triggers(&databases);
    run(
        &databases.dialogue,
        "DELETE FROM audit_entry WHERE number > 6; \
         UPDATE audit_head SET number = 6, hash = (SELECT hash FROM audit_entry WHERE number = 6)",
    );
    assert_eq!(wrong(&databases, None), None, "the chain alone does not tell");
    assert_eq!(wrong(&databases, Some(early)), None, "and an early memory does not, either");
    assert_eq!(wrong(&databases, Some(late)), Some(Break::Forgotten(8)));
    assert!(memory.renew(&mut conn).is_err());
    assert_eq!(memory.read().unwrap(), Some(late), "what was remembered is not overwritten");
    // Written on, as if nothing had been: still found.
    (0..5).for_each(|number| add(&databases, number));
    assert_eq!(wrong(&databases, Some(late)), Some(Break::Forgotten(8)));
}

#[test]
fn many_who_log_at_the_same_time_make_one_chain() {
    const WRITERS: usize = 16;
    const EACH: usize = 15;
    let sandbox = Sandbox::new();
    drop(sandbox.open());
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let sandbox = &sandbox;
            scope.spawn(move || {
                // Pools of their own, as copies of the service have; some write through one that is shared.
                let databases = sandbox.open();
                (0..EACH).for_each(|number| add(&databases, writer * EACH + number));
            });
        }
    });
    let databases = sandbox.open();
    let report = audit::verify(&mut databases.dialogue.get().unwrap(), None).unwrap();
    assert_eq!((report.entries, report.wrong), ((WRITERS * EACH) as i64, None));
    let mut objects = texts(&databases.dialogue, "SELECT object AS text FROM audit_entry");
    objects.sort();
    objects.dedup();
    assert_eq!(objects.len(), WRITERS * EACH, "an entry is missing or stands twice");
}

/// What is undone is not logged, and what is not logged is not done.
#[test]
fn an_act_and_its_entry_happen_together_or_not_at_all() {
    let (_sandbox, databases) = five();
    let mut conn = databases.dialogue.get().unwrap();
    let failed: Result<(), trygghetsdialog::db::Error> = audit::write(&mut conn, |conn| {
        audit::log(conn, SystemClock.now(), &act(9))?;
        conn.batch_execute("INSERT INTO no_such_table VALUES (1)")?;
        Ok(())
    });
    failed.unwrap_err();
    assert_eq!(audit::head(&mut conn).unwrap().0, 5);
    assert_eq!(wrong(&databases, None), None);
}

#[tokio::test]
async fn administrators_search_export_and_verify_and_residents_are_not_there() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    // A resident answers; a dialogue is closed on the command line; someone has a name that spreadsheets take for a formula.
    hand_in(&client(), &service.url("/sv/enkat"), form(&[("Q22", "Ett ord om mörkret vid stationen")])).await;
    let before = texts(&sandbox.open().dialogue, "SELECT action AS text FROM audit_entry").len();
    assert_eq!(before, 3, "opened by the service, account set up, signed in");
    assert!(sandbox.run(&["close"]).status.success());
    let path = sandbox.invitation("bo@exempel.se", &["analyst"]);
    Colleague::at(&service).accept(&path, &[("name", "=HYPERLINK(\"x\")")]).await;

    let all = anna.get("/personal/logg").await.expect(200).text;
    for said in [
        "Öppnade dialogen",
        "Stängde dialogen",
        "Bjöd in",
        "Kommandoraden",
        "Tjänsten själv",
        "vkod-2017",
        "7 händelser",
    ] {
        assert!(all.contains(said), "{said}");
    }
    for secret in ["mörkret", "stationen", "127.0.0.1"] {
        assert!(!all.contains(secret), "{secret}");
    }
    let found = async |query: &str, count: &str| {
        let page = anna.clone().get(&format!("/personal/logg?{query}")).await.expect(200).text;
        assert!(page.contains(count), "{query}: {page}");
    };
    found("vem=command_line", "2 händelser").await;
    found("vad=dialogue.closed&pa=vkod-2017", "En händelse").await;
    found("pa=bo%40exempel.se", "2 händelser").await;
    found("pa=Anna%20Administrat%C3%B6r", "En händelse").await;
    found("till=2019-03-12", "Inget i loggen").await;
    found("fran=2019-03-12&vem=service", "En händelse").await;
    let page = anna.get("/personal/logg?fran=12%20mars").await.expect(422);
    assert!(page.text.contains("href=\"#fran\"") && page.text.contains("value=\"12 mars\""));

    let csv = anna.get("/personal/logg/export?vem=staff").await.expect(200).text;
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 11);
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
    assert!(rows.len() >= 7, "an actor that is none finds everything");
    assert!(rows.iter().any(|row| row[5].starts_with("'=HYPERLINK")), "a formula went out");
    assert!(rows.windows(2).all(|two| two[0][0].parse::<i64>().unwrap() + 1 == two[1][0].parse::<i64>().unwrap()));

    let page = anna.post("/personal/logg/kontroll", &[]).await.expect(200);
    assert!(page.text.contains("Loggen är hel"), "{}", page.text);
    let verified = sandbox.run(&["audit", "verify"]);
    let said = String::from_utf8(verified.stdout).unwrap();
    assert!(verified.status.success() && said.contains("The chain holds"), "{said}");
    let is_head = |line: &&str| line.split_once(':').is_some_and(|(_, hash)| hash.len() == 64);
    let head = said.lines().find(is_head).unwrap().to_owned();
    assert!(sandbox.run(&["audit", "verify", "--expect", &head]).status.success());
    assert!(sandbox.key_directory().join("audit.head").is_file());

    // And when it was changed, both say so.
    without_triggers(&sandbox.open());
    run(&sandbox.open().dialogue, "UPDATE audit_entry SET action = 'session.closed' WHERE number = 2");
    let page = anna.post("/personal/logg/kontroll", &[]).await.expect(200);
    assert!(page.text.contains("Loggen är inte hel") && page.text.contains("2"), "{}", page.text);
    let output = sandbox.run(&["audit", "verify"]);
    assert!(!output.status.success());
    assert!(String::from_utf8(output.stderr).unwrap().contains("entry 2 was changed"));
    assert!(!sandbox.run(&["audit", "verify", "--expect", &head]).status.success());
}

/// Entries come by fifty to a page.
#[tokio::test]
async fn a_long_log_has_pages() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let (mut anna, ..) = sandbox.administrator(&service).await;
    let databases = sandbox.open();
    (0..110).for_each(|number| add(&databases, number));
    let first = anna.get("/personal/logg?vem=command_line").await.expect(200).text;
    assert!(first.contains("dialog-109") && !first.contains("dialog-59<") && !first.contains("Nyare"));
    assert!(
        first.contains("href=\"/personal/logg?vem=command_line&#38;sida=2\"")
            || first.contains("vem=command_line&amp;sida=2")
    );
    let last = anna.get("/personal/logg?vem=command_line&sida=3").await.expect(200).text;
    assert!(last.contains("dialog-0<") && last.contains("Nyare") && !last.contains("Äldre"));
    anna.get("/personal/logg?sida=99999999999").await.expect(200);
}

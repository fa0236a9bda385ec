//! Starting: from nothing, again, and with something wrong.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::process::Output;

use crate::support::database::{Backend, backend};
use crate::support::resident::{client, form, hand_in};
use crate::support::service::{Sandbox, taken_port};

/// The one line on standard error of a start that must fail.
fn refusal(output: &Output) -> String {
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(!output.status.success(), "it started");
    assert_eq!(text.trim().lines().count(), 1, "not one line: {text}");
    assert!(text.starts_with("trygghetsdialog: "), "{text}");
    text
}

#[tokio::test]
async fn a_fresh_machine_serves_the_real_survey_and_says_where() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let page = client().get(service.url("/sv/enkat")).send().await.unwrap();
    assert_eq!(page.status(), 203);
    assert!(page.text().await.unwrap().contains("Bor du i Värmdö kommun?"));
    let output = service.output();
    for said in ["Kvinnors upplevda otrygghet utomhus", "/sv/enkat", "Data:", "Keys:", "Next:"] {
        assert!(output.contains(said), "{said} is missing in: {output}");
    }
    assert_eq!(fs::metadata(sandbox.key_directory()).unwrap().permissions().mode() & 0o777, 0o700);
    for file in fs::read_dir(sandbox.key_directory()).unwrap() {
        assert_eq!(file.unwrap().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
}

#[tokio::test]
async fn a_second_start_finds_all_as_it_was() {
    let sandbox = Sandbox::new();
    let mut service = sandbox.serve();
    hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    let keys = || {
        let mut names: Vec<_> =
            fs::read_dir(sandbox.key_directory()).unwrap().map(|file| file.unwrap().path()).collect();
        names.sort();
        names.iter().map(|name| fs::read(name).unwrap()).collect::<Vec<_>>()
    };
    let before = keys();
    assert!(service.terminate().success());
    assert!(service.output().contains("Everything acknowledged is stored"));
    let again = sandbox.serve();
    assert!(!again.output().contains("Opened the dialogue"), "the dialogue was opened a second time");
    assert_eq!(keys(), before);
    let letters = crate::support::resident::texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter");
    assert_eq!(letters.len(), 1);
}

#[test]
fn what_is_wrong_is_one_clear_line() {
    let (taken, port) = {
        let listener = taken_port();
        let address = listener.local_addr().unwrap().to_string();
        (listener, address)
    };
    let refused = |name: &str, value: &str| refusal(&Sandbox::new().setting(name, value).run(&["serve"]));
    assert!(refused("TRYGGHET_LISTNE", "x").contains("TRYGGHET_LISTNE is not a setting"));
    assert!(refused("TRYGGHET_LISTEN", &port).contains(&port));
    assert!(refused("TRYGGHET_DATABASE_URL", "postgress://user:hemligt@host/x").contains("postgress://"));
    assert!(!refused("TRYGGHET_DATABASE_URL", "postgress://user:hemligt@host/x").contains("hemligt"));
    let unreachable = refused("TRYGGHET_DATABASE_URL", "postgres://user:hemligt@127.0.0.1:9/x?connect_timeout=1");
    assert!(!unreachable.contains("hemligt"), "{unreachable}");
    drop(taken);
}

#[test]
fn databases_that_are_swapped_or_the_same_are_refused() {
    let sandbox = Sandbox::new();
    assert!(sandbox.run(&["migrate"]).status.success());
    let (dialogue, register) = (sandbox.databases().dialogue.clone(), sandbox.databases().register.clone());
    let swapped = sandbox.setting("TRYGGHET_DATABASE_URL", &register).setting("TRYGGHET_REGISTER_URL", &dialogue);
    assert!(refusal(&swapped.run(&["serve"])).contains("register"));
    let same = swapped.setting("TRYGGHET_DATABASE_URL", &dialogue);
    assert!(refusal(&same.run(&["serve"])).contains("same"));
}

#[test]
fn keys_that_others_can_read_are_refused() {
    let sandbox = Sandbox::new();
    let mut service = sandbox.serve();
    assert!(service.terminate().success());
    let key = sandbox.key_directory().join("receipt.key");
    fs::set_permissions(&key, Permissions::from_mode(0o640)).unwrap();
    let said = refusal(&sandbox.run(&["serve"]));
    assert!(said.contains("receipt.key") && said.contains("chmod 600"), "{said}");
    fs::set_permissions(&key, Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(sandbox.key_directory(), Permissions::from_mode(0o755)).unwrap();
    assert!(refusal(&sandbox.run(&["serve"])).contains("chmod 700"));
    fs::set_permissions(sandbox.key_directory(), Permissions::from_mode(0o700)).unwrap();
    drop(sandbox.serve());
}

#[test]
fn reset_asks_first_and_keeps_what_is_no_sandbox() {
    let sandbox = Sandbox::new();
    if backend() == Backend::Postgres {
        assert!(refusal(&sandbox.run(&["reset", "--yes"])).contains("not embedded"));
        return;
    }
    drop(sandbox.serve());
    let file = sandbox.databases().dialogue_file().unwrap();
    assert!(refusal(&sandbox.run(&["reset"])).contains("--yes"));
    assert!(file.exists());
    let public = sandbox.setting("TRYGGHET_PUBLIC_URL", "https://dialog.exempel.se");
    assert!(refusal(&public.run(&["reset", "--yes"])).contains("no sandbox"));
    assert!(file.exists());
}

#[test]
fn a_reset_sandbox_is_as_on_the_first_day() {
    let sandbox = Sandbox::new();
    if backend() == Backend::Postgres {
        return;
    }
    drop(sandbox.serve());
    assert!(sandbox.run(&["reset", "--yes"]).status.success());
    assert!(!sandbox.databases().dialogue_file().unwrap().exists());
    assert!(!sandbox.key_directory().exists());
    assert!(sandbox.serve().output().contains("Opened the dialogue"));
}

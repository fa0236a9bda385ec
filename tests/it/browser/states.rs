//! States that few residents meet, in every view: the database is away, several dialogues are open, the dialogue has a
//! pause or is simulated, an address that never was.

use super::inspector::{Inspector, VIEWS};
use crate::support::resident::{FORM, run};
use crate::support::service::{Sandbox, Service};

/// What Send sends.
fn sent() -> Vec<(&'static str, &'static str)> {
    FORM.iter().copied().chain([("Q22", "Tänd lamporna."), ("action", "submit")]).collect()
}

#[tokio::test]
async fn a_survey_that_cannot_be_stored_is_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    let database = sandbox.open().dialogue;
    run(&database, "ALTER TABLE letter RENAME TO away");
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.post(&service, &sent()).await;
        assert!(inspector.resident.seen("#granska [role=alert]").await.is_some(), "nobody tells her");
        assert!(inspector.resident.seen("[value=submit]").await.is_some(), "she can't send again");
        inspector.inspect("503").await;
    }
    // What she sends again from that page is stored when the database is back.
    run(&database, "ALTER TABLE away RENAME TO letter");
    inspector.resident.press("[value=submit]").await;
    inspector.resident.is_thanked(&service, inspector.view.0).await;
    inspector.report();
}

/// Inspects pages by path, and what Send gets.
async fn inspect(inspector: &mut Inspector, service: &Service, state: &str, paths: &[&str], says: Option<&[&str]>) {
    for view in VIEWS {
        inspector.look_as(view).await;
        for path in paths {
            inspector.goto(&service.url(&format!("/{}{path}", view.0))).await;
            inspector.inspect(&format!("{state} {path}")).await;
        }
        if let Some(says) = says {
            inspector.post(service, &sent()).await;
            let text = inspector.resident.text().await;
            assert!(says.iter().any(|title| text.contains(title)), "{state}: {text}");
            inspector.inspect(&format!("{state}, sent")).await;
        }
    }
}

#[tokio::test]
async fn several_dialogues_and_addresses_that_never_were_are_for_everyone() {
    let sandbox = Sandbox::new();
    drop(sandbox.serve());
    let file = sandbox.directory().join("annan.yaml");
    std::fs::write(&file, trygghetsdialog::survey::definition::VKOD_2017.1).unwrap();
    assert!(sandbox.run(&["open", file.to_str().unwrap(), "--name", "annan-2018"]).status.success());
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    let paths = ["", "/stod", "/annan-2018/enkat", "/annan-2018/tack", "/annan-2019/enkat"];
    inspect(&mut inspector, &service, "several", &paths, None).await;
    let surveys: u32 =
        inspector.resident.run("return document.querySelectorAll('a[href$=\"/enkat\"]').length", vec![]).await;
    assert_eq!(surveys, 0, "the last page was none that is there");
    inspector.goto(&service.url("/sv")).await;
    let surveys: u32 =
        inspector.resident.run("return document.querySelectorAll('a[href$=\"/enkat\"]').length", vec![]).await;
    assert_eq!(surveys, 2);
    inspector.report();
}

#[tokio::test]
async fn a_dialogue_that_takes_no_answers_is_for_everyone() {
    let sandbox = Sandbox::new();
    let mut service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    // Longer ago than the hour in which answers under way are taken.
    run(&sandbox.open().dialogue, "UPDATE dialogue SET state = 'paused', paused_at = opened_at - 3601");
    assert!(service.terminate().success());
    service = sandbox.serve();
    inspect(
        &mut inspector,
        &service,
        "paused",
        &["", "/enkat"],
        Some(&["Enkäten har en paus", "الاستبيان متوقف مؤقتًا"]),
    )
    .await;
    run(&sandbox.open().dialogue, "UPDATE dialogue SET state = 'open', paused_at = NULL");
    assert!(service.terminate().success());
    assert!(sandbox.run(&["simulate", "60", "--seed", "1"]).status.success());
    service = sandbox.serve();
    inspect(&mut inspector, &service, "simulated", &[], Some(&["Dialogen är simulerad", "الحوار تجريبي"])).await;
    inspector.report();
}

//! Send with a bad connection, a service that is down, an impatient finger: one answer, and never a lost one.

use serde_json::json;

use super::journey::Answer::Option;
use super::journey::{PHONE, Resident};
use crate::support::browser::Scripts;
use crate::support::resident::texts;
use crate::support::service::{Sandbox, Service};

fn letters(sandbox: &Sandbox) -> usize {
    texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len()
}

/// To the review, with what must be answered.
async fn to_review(resident: &Resident, service: &Service) {
    resident.open_survey(service, "sv").await;
    resident.next().await;
    resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
    for _ in 0..7 {
        resident.next().await;
        if resident.seen("[value=submit]").await.is_some() {
            return;
        }
    }
    panic!("the review never comes: {:?}", resident.screens().await);
}

async fn network(resident: &Resident, offline: bool) {
    resident.browser.devtools("Network.enable", json!({})).await;
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    resident.browser.devtools("Network.emulateNetworkConditions", conditions).await;
}

#[tokio::test]
async fn without_coverage_her_answers_stay_and_can_be_sent_again() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    to_review(&resident, &service).await;
    let given = resident.holds().await;
    network(&resident, true).await;
    resident.press("[value=submit]").await;
    resident.reads("Ingen kontakt. Dina svar finns kvar").await;
    assert_eq!(resident.holds().await, given);
    // She can leaf through her answers in the meantime.
    resident.press(".change a[href=\"#del-2\"]").await;
    assert!(resident.is_on("del-2").await);
    resident.back().await;
    network(&resident, false).await;
    resident.press("[value=submit]").await;
    resident.is_thanked(&service, "sv").await;
    assert_eq!(letters(&sandbox), 1);
}

#[tokio::test]
async fn while_the_service_is_down_her_answers_stay_too() {
    let sandbox = Sandbox::new();
    let mut service = sandbox.serve();
    let address = service.url("");
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    to_review(&resident, &service).await;
    service.kill();
    resident.press("[value=submit]").await;
    resident.reads("Ingen kontakt. Dina svar finns kvar").await;
    // Up again at the same address, as a restart is.
    let sandbox = sandbox.setting("TRYGGHET_LISTEN", address.trim_start_matches("http://"));
    let service = sandbox.serve();
    resident.press("[value=submit]").await;
    resident.is_thanked(&service, "sv").await;
    assert_eq!(letters(&sandbox), 1);
}

#[tokio::test]
async fn a_double_click_stores_one_answer() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for (stored, scripts) in [(1, Scripts::On), (2, Scripts::Off)] {
        let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };
        to_review(&resident, &service).await;
        let send = resident.seen("[value=submit]").await.unwrap();
        resident.browser.driver.action_chain().double_click_element(&send).perform().await.unwrap();
        resident.is_thanked(&service, "sv").await;
        assert_eq!(letters(&sandbox), stored);
    }
}

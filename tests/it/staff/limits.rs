//! Limits on failed tries: they hold through a restart, and shut nobody out for ever.

use crate::support::colleague::{Colleague, PASSWORD, path_in};
use crate::support::resident::{run, texts};
use crate::support::service::Sandbox;

#[tokio::test]
async fn tries_are_limited_and_a_restart_forgives_nothing() {
    let sandbox = Sandbox::public();
    let mut service = sandbox.serve();
    let (anna, app, _) = sandbox.administrator(&service).await;
    let mut attacker = Colleague::at(&service);
    attacker.source = Some("198.51.100.7".to_owned());
    let wrong = [("mail", "anna@exempel.se"), ("password", "fel lösenord")];
    let right = [("mail", "anna@exempel.se"), ("password", PASSWORD)];
    for _ in 0..5 {
        attacker.post("/personal/logga-in", &wrong).await.expect(422);
    }
    attacker.post("/personal/logga-in", &right).await.expect(429);
    assert!(service.terminate().success());
    let service = sandbox.serve();
    attacker.moved_to(&service).post("/personal/logga-in", &right).await.expect(429);
    // From elsewhere, too: the account is what is guarded. An unknown address is told no better.
    let mut elsewhere = Colleague::at(&service);
    elsewhere.source = Some("203.0.113.9".to_owned());
    elsewhere.post("/personal/logga-in", &right).await.expect(429);
    // At her own browser she is not shut out, however long the attacker goes on.
    let mut own = anna.moved_to(&service);
    own.post("/personal/logga-ut", &[]).await.expect(303);
    own.sign_in("anna@exempel.se", &app).await.expect(303);
    own.get("/personal").await.expect(200);
    // And a mail makes any browser hers.
    let mut new = Colleague::at(&service);
    new.post("/personal/glomt-losenord", &[("mail", "anna@exempel.se")]).await.expect(200);
    let path = path_in(&sandbox.mail(0).await, "/personal/nytt-losenord/");
    new.post(&path, &[("password", "ett helt nytt ordspråk")]).await.expect(303);
    let password = [("mail", "anna@exempel.se"), ("password", "ett helt nytt ordspråk")];
    new.post("/personal/logga-in", &password).await.expect(303);
    // It was logged, once, and nothing that was counted names anyone.
    let logged = texts(
        &sandbox.open().dialogue,
        "SELECT action AS text FROM audit_entry WHERE action = 'session.too_many_tries'",
    );
    assert_eq!(logged.len(), 1);
    // After a day it is forgotten.
    run(&sandbox.open().dialogue, "UPDATE staff_attempt SET latest_at = latest_at - 90000");
    elsewhere.post("/personal/logga-in", &password).await.expect(303);
}

#[tokio::test]
async fn unknown_addresses_and_whole_sources_are_limited_too() {
    let sandbox = Sandbox::public();
    let service = sandbox.serve();
    let mut attacker = Colleague::at(&service);
    attacker.source = Some("198.51.100.7".to_owned());
    for number in 0..5 {
        let page = attacker.post("/personal/logga-in", &[("mail", "ingen@exempel.se"), ("password", "x")]).await;
        assert_eq!(page.status, 422, "try {number}");
    }
    attacker.post("/personal/logga-in", &[("mail", "ingen@exempel.se"), ("password", "x")]).await.expect(429);
    for number in 5..50 {
        let mail = format!("ingen{number}@exempel.se");
        attacker.post("/personal/logga-in", &[("mail", &mail), ("password", "x")]).await.expect(422);
    }
    attacker.post("/personal/logga-in", &[("mail", "annan@exempel.se"), ("password", "x")]).await.expect(429);
    attacker.source = Some("198.51.100.8".to_owned());
    attacker.post("/personal/logga-in", &[("mail", "annan@exempel.se"), ("password", "x")]).await.expect(422);
}

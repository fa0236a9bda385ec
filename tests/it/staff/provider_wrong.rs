//! Answers of a provider that are wrong, late, twice or not there: each a page, and nobody is in.

use crate::support::colleague::Colleague;
use crate::support::provider::{ANSWER, Provider, path_of};
use crate::support::require;
use crate::support::service::Sandbox;

const BEGIN: &str = "/personal/logga-in/oidc";

#[tokio::test]
async fn nothing_is_believed_that_the_provider_did_not_sign_for_this_journey() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::new().with_provider(&provider);
    let service = sandbox.serve();
    let path = sandbox.invitation("anna@exempel.se", &["administrator"]);
    let fields = [("name", "Anna"), ("password", crate::support::colleague::PASSWORD)];
    Colleague::at(&service).post(&path, &fields).await.expect(303);
    for (how, status, logged) in [
        ("issuer", 502, "it comes from another provider"),
        ("audience", 502, "it is meant for another service"),
        ("nonce", 502, "it was made for another question"),
        ("expired", 502, "its time is over"),
        ("stranger", 502, "its signature is not the provider's"),
        ("unknown-key", 502, "its signature is not the provider's"),
        ("hmac", 502, "it is signed in a way that anyone can forge"),
        ("unsigned", 502, "is not taken"),
        ("no-token", 502, "is not taken"),
        ("someone-else", 502, "it tells of someone else"),
        ("failing", 503, "it says that it does not work now"),
    ] {
        provider.answers(how).await;
        let mut anna = Colleague::at(&service);
        let lines = service.output().lines().count();
        let page = anna.come_through(&provider, "anna").await;
        assert_eq!(page.status, status, "{how}: {}", page.text);
        assert!(page.text.contains("ommunens inloggning"), "{how}: {}", page.text);
        assert!(!anna.cookies.contains_key("personal") && !anna.is_in().await, "{how}");
        let mut said: Vec<String> = Vec::new();
        for _ in 0..200 {
            said = service.output().lines().skip(lines).map(str::to_owned).collect();
            if !said.is_empty() {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        assert!(said.iter().any(|line| line.contains(logged)), "{how}: {said:?}");
        assert!(!said.iter().any(|line| line.contains("anna")), "{how}: {said:?}");
    }
    // The same service and the same person: it was the answers.
    for how in ["none", "mail-inside"] {
        provider.answers(how).await;
        let mut anna = Colleague::at(&service);
        anna.come_through(&provider, "anna").await.expect(200);
        assert!(anna.is_in().await, "{how}");
    }
}

#[tokio::test]
async fn keys_that_the_provider_has_changed_are_asked_for() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::new().with_provider(&provider);
    let service = sandbox.serve();
    let path = sandbox.invitation("anna@exempel.se", &["administrator"]);
    let fields = [("name", "Anna"), ("password", crate::support::colleague::PASSWORD)];
    Colleague::at(&service).post(&path, &fields).await.expect(303);
    Colleague::at(&service).come_through(&provider, "anna").await.expect(200);
    provider.answers("rotated").await;
    Colleague::at(&service).come_through(&provider, "anna").await.expect(200);
}

#[tokio::test]
async fn an_answer_is_taken_once_from_the_browser_that_set_out() {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::public().with_provider(&provider);
    let service = sandbox.serve();
    sandbox.administrator(&service).await;
    let mut anna = Colleague::at(&service);
    let begin = anna.get(BEGIN).await.expect(303);
    let before = anna.clone();
    let answer = provider.sign_in(&begin.location, "anna").await;
    let answer = path_of(&answer);
    // Another browser, and one that is on a journey of its own.
    let mut other = Colleague::at(&service);
    assert!(other.get(answer).await.expect(400).text.contains("Börja om"));
    other.get(BEGIN).await.expect(303);
    other.get(answer).await.expect(400);
    // Hers, with a state that is not: the journey goes on all the same.
    anna.get(&format!("{ANSWER}?code=a&state=b")).await.expect(400);
    anna.get(ANSWER).await.expect(400);
    anna.get(&format!("{ANSWER}?state=a&state=b&code=%ff")).await.expect(400);
    assert!(anna.get(answer).await.expect(200).text.contains("/personal/logga-in/kod"));
    // Again, by Back or by whoever has a copy of the browser.
    anna.get(answer).await.expect(400);
    before.clone().get(answer).await.expect(400);

    // She changes her mind.
    let begin = anna.get(BEGIN).await.expect(303);
    let cancelled = provider.cancel(&begin.location).await;
    assert!(cancelled.contains("error=access_denied"), "{cancelled}");
    assert!(anna.get(path_of(&cancelled)).await.expect(403).text.contains("Inloggningen avbröts"));

    // What a provider may say besides.
    for (says, status) in [
        ("error=temporarily_unavailable", 503),
        ("error=unauthorized_client", 502),
        ("code=a&iss=https%3A%2F%2Fannan.exempel.se", 502),
        ("code=gissad", 502),
        ("x=y", 502),
    ] {
        let begin = anna.get(BEGIN).await.expect(303);
        let begin = url::Url::parse(&begin.location).unwrap();
        let state = begin.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let page = anna.get(&format!("{ANSWER}?state={state}&{says}")).await;
        assert_eq!(page.status, status, "{says}: {}", page.text);
    }
    assert!(!anna.is_in().await);
}

#[tokio::test]
async fn a_provider_that_is_away_or_not_itself_is_told() {
    let Some(mut provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::public().with_provider(&provider);
    for (how, status) in [("renamed", 502), ("moved", 502), ("large", 502)] {
        provider.answers(how).await;
        let service = sandbox.serve();
        let page = Colleague::at(&service).get(BEGIN).await;
        assert_eq!((page.status, page.location.as_str()), (status, ""), "{how}");
        assert!(page.text.contains("går inte att lita på"), "{how}: {}", page.text);
    }
    provider.answers("none").await;
    let service = sandbox.serve();
    let mut anna = Colleague::at(&service);
    let begin = anna.get(BEGIN).await.expect(303);
    let answer = provider.sign_in(&begin.location, "anna").await;
    provider.kill();
    assert!(anna.get(path_of(&answer)).await.expect(503).text.contains("svarar inte"));
    // The password's way stands.
    anna.get("/personal/logga-in").await.expect(200);
    drop(service);
    let service = sandbox.serve();
    Colleague::at(&service).get(BEGIN).await.expect(503);
}

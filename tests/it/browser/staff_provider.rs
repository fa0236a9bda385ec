//! Signing in through a real provider in a real browser: what it does with our cookies on the way back from another site
//! can't be seen elsewhere. And the pages that say why nobody is in.

use thirtyfour::Key;

use super::inspector::Inspector;
use super::journey::{DESKTOP, PHONE, Resident};
use super::staff::{VIEWS, arrives, sign_in_as, tab_to};
use crate::support::browser::Scripts;
use crate::support::colleague::{Colleague, PASSWORD};
use crate::support::provider::{ANSWER, Provider};
use crate::support::require;
use crate::support::service::{Sandbox, Service};

/// Makes Anna's account.
async fn anna(sandbox: &Sandbox, service: &Service) {
    let path = sandbox.invitation("anna@exempel.se", &["administrator"]);
    let fields = [("name", "Anna Öst"), ("password", PASSWORD)];
    Colleague::at(service).post(&path, &fields).await.expect(303);
}

/// Waits until there is an element for `css`, and fails with the page where none comes.
async fn stands(person: &Resident, css: &str) {
    let there = format!("return document.querySelector({}) !== null", serde_json::json!(css));
    for _ in 0..400 {
        if person.run(&there, vec![]).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    let said: String = person.run("return location.href + ' ' + document.body.innerText", vec![]).await;
    panic!("{css} does not come: {said}");
}

/// By keyboard from a page that she may not see, to the provider, and back to that page.
async fn comes_through_the_provider(scripts: Scripts, size: (u32, u32)) {
    let Some(provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::new().with_provider(&provider);
    let service = sandbox.serve();
    anna(&sandbox, &service).await;
    let Some(person) = Resident::arrive(scripts, size).await else { return };
    // The service is at 127.0.0.1, the provider at localhost: two sites, for a browser.
    assert!(service.url("/").contains("127.0.0.1") && provider.issuer.contains("localhost"));
    person.goto(&service.url("/personal/konto")).await;
    arrives(&person, "/personal/logga-in").await;
    tab_to(&person, "a[href^='/personal/logga-in/oidc']").await;
    person.key(Key::Enter).await;
    stands(&person, "input[name=login]").await;
    person.keys(format!("anna{}x{}", Key::Tab.value(), Key::Enter.value())).await;
    // She agrees that the service may know her address.
    stands(&person, "input[name=prompt][value=consent]").await;
    let agree = "HTMLFormElement.prototype.submit.call(document.querySelector('input[name=prompt]').form)";
    let () = person.run(agree, vec![]).await;
    arrives(&person, "/personal/konto").await;
    let said: String = person.run("return document.body.innerText", vec![]).await;
    assert!(said.contains("Anna Öst"), "{said}");
}

#[tokio::test]
async fn the_provider_leads_back_to_where_she_was_going_without_scripts() {
    comes_through_the_provider(Scripts::Off, PHONE).await;
}

#[tokio::test]
async fn the_provider_leads_back_to_where_she_was_going_with_scripts() {
    comes_through_the_provider(Scripts::On, DESKTOP).await;
}

#[tokio::test]
async fn every_page_around_the_provider_is_for_everyone() {
    let Some(mut provider) = require::or_skip(Provider::start()) else { return };
    let sandbox = Sandbox::new().with_provider(&provider);
    let service = sandbox.serve();
    anna(&sandbox, &service).await;
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.goto(&service.url("/personal/logga-in")).await;
        inspector.inspect("the sign-in page with a provider").await;
        inspector.goto(&service.url(ANSWER)).await;
        inspector.inspect("a journey that is over").await;
        for (how, login) in [("none", "bo"), ("nonce", "anna")] {
            provider.answers(how).await;
            let mut someone = Colleague::at(&service);
            let begin = someone.get("/personal/logga-in/oidc").await.expect(303);
            let answer = provider.sign_in(&begin.location, login).await;
            sign_in_as(&inspector, &service, &someone).await;
            inspector.goto(&answer).await;
            inspector.inspect(&format!("{login}, whose answer has {how} wrong")).await;
        }
        let mut someone = Colleague::at(&service);
        let begin = someone.get("/personal/logga-in/oidc").await.expect(303);
        let answer = provider.cancel(&begin.location).await;
        sign_in_as(&inspector, &service, &someone).await;
        inspector.goto(&answer).await;
        inspector.inspect("she has changed her mind").await;
    }
    provider.kill();
    drop(service);
    let service = sandbox.serve();
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.goto(&service.url("/personal/logga-in/oidc")).await;
        inspector.inspect("the provider is away").await;
    }
    inspector.report();
}

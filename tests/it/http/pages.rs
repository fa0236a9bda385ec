//! The pages around the survey, and what every answer carries.

use crate::support::resident::{client, form, post};
use crate::support::service::Sandbox;

const PAGES: &[&str] =
    &["", "/enkat", "/tack", "/fokusgrupper", "/resultat", "/integritet", "/tillganglighet", "/stod"];

#[tokio::test]
async fn every_page_is_there_in_every_language_with_its_headers_and_no_cookie() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for language in ["sv", "en", "ar"] {
        for page in PAGES {
            let path = format!("/{language}{page}");
            let response = client().get(service.url(&path)).send().await.unwrap();
            // Answers may stand in the survey: it has a status that browsers don't restore on Back.
            assert_eq!(response.status(), if *page == "/enkat" { 203 } else { 200 }, "{path}");
            let headers = response.headers().clone();
            assert!(headers.get("set-cookie").is_none(), "{path}");
            assert_eq!(headers["cache-control"], "no-store", "{path}");
            assert_eq!(headers["referrer-policy"], "same-origin", "{path}");
            assert_eq!(headers["x-robots-tag"], "noindex, nofollow", "{path}");
            let policy = headers["content-security-policy"].to_str().unwrap();
            assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{path}");
            let html = response.text().await.unwrap();
            assert!(html.contains(&format!("lang=\"{language}\"")), "{path}");
            assert!(html.contains("href=\"/ut\"") || html.contains("href=/ut"), "{path} has no quick exit");
            for always in ["integritet", "tillganglighet", "stod"] {
                // The survey's links begin where it is itself.
                let begins = if *page == "/enkat" { String::new() } else { format!("/{language}/") };
                let found = html.contains(&format!("href=\"{begins}{always}\""));
                assert!(found, "{path} does not lead to {always}");
            }
            assert!(!html.contains(" style=") && !html.contains("<style"), "{path} has inline style");
            for elsewhere in ["src=\"http", "src=http", "rel=\"stylesheet\" href=\"http"] {
                assert!(!html.contains(elsewhere), "{path} loads from elsewhere");
            }
        }
    }
}

#[tokio::test]
async fn the_first_page_speaks_the_browsers_language() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for (accepted, location) in [("en-GB,en;q=0.8", "/en"), ("ar", "/ar"), ("fi", "/sv")] {
        let response = client().get(service.url("/")).header("Accept-Language", accepted).send().await.unwrap();
        assert_eq!(response.status(), 303);
        assert_eq!(response.headers()["location"], location);
    }
}

#[tokio::test]
async fn the_quick_exit_leads_away_and_makes_the_browser_forget() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let response = client().get(service.url("/ut")).send().await.unwrap();
    assert_eq!(response.status(), 303);
    assert_eq!(response.headers()["location"], "https://www.smhi.se/");
    assert_eq!(response.headers()["clear-site-data"], "\"cache\"");
    assert_eq!(response.headers()["referrer-policy"], "no-referrer");
}

#[tokio::test]
async fn what_is_not_there_is_told_in_the_persons_language() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for (path, status, says) in [
        ("/sv/finns-inte", 404, "Sidan finns inte"),
        ("/en/nothing", 404, "There is no such page"),
        ("/xx/enkat", 404, "Sidan finns inte"),
        ("/sv/annan-dialog/enkat", 404, "Sidan finns inte"),
        ("/static/bas-0.css", 404, "Sidan finns inte"),
    ] {
        let response = client().get(service.url(path)).send().await.unwrap();
        assert_eq!(response.status(), status, "{path}");
        assert!(response.headers().contains_key("content-security-policy"), "{path}");
        assert!(response.text().await.unwrap().contains(says), "{path}");
    }
    let response = post(&client(), &service.url("/sv/tack"), form(&[])).await.unwrap();
    assert_eq!(response.status(), 405);
}

#[tokio::test]
async fn several_dialogues_are_listed_and_each_has_its_own_address() {
    let sandbox = Sandbox::new();
    drop(sandbox.serve());
    let file = sandbox.directory().join("annan.yaml");
    std::fs::write(&file, trygghetsdialog::survey::definition::VKOD_2017.1).unwrap();
    let output = sandbox.run(&["open", file.to_str().unwrap(), "--name", "annan-2018"]);
    assert!(output.status.success(), "{output:?}");
    let service = sandbox.serve();
    let list = client().get(service.url("/sv")).send().await.unwrap().text().await.unwrap();
    assert!(list.contains("/sv/annan-2018/enkat") && list.contains("/sv/vkod-2017/enkat"));
    let response = client().get(service.url("/sv/enkat")).send().await.unwrap();
    assert_eq!(response.headers()["location"], "/sv");
    let url = service.url("/sv/annan-2018/enkat");
    assert_eq!(client().get(&url).send().await.unwrap().status(), 203);
    let sent = post(&client(), &url, form(&[])).await.unwrap();
    assert_eq!(sent.headers()["location"], "/sv/annan-2018/tack");
    assert_eq!(client().get(service.url("/sv/annan-2018/tack")).send().await.unwrap().status(), 200);
}

#[tokio::test]
async fn operations_see_alive_and_ready_and_nothing_that_moves_when_someone_answers() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let get = async |path: &str| client().get(service.url(path)).send().await.unwrap();
    assert_eq!(get("/healthz").await.status(), 200);
    assert_eq!(get("/readyz").await.status(), 200);
    let before = get("/metrics").await.text().await.unwrap();
    assert!(before.contains("trygghet_open_dialogues 1"), "{before}");
    for _ in 0..30 {
        get("/sv/enkat").await;
        post(&client(), &service.url("/sv/enkat"), form(&[])).await.unwrap();
        assert_eq!(get("/metrics").await.text().await.unwrap(), before);
    }
}

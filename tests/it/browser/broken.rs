//! The checks that find nothing on our pages do find what is wrong: each is shown a page that was broken on purpose.

use serde_json::json;

use super::inspector::Inspector;
use super::journey::{PHONE, Resident};
use super::journey_leaving::neutral_site;
use crate::support::browser::Scripts;
use crate::support::service::Sandbox;

/// Ways to break a page, and a word of what the inspector says of it.
const BROKEN: &[(&str, &str)] = &[
    ("const input = document.createElement('input'); input.type = 'date'; main.append(input)", "label (critical)"),
    ("main.querySelector('h2').style.color = '#b0b0b0'", "color-contrast (serious)"),
    ("main.style.inlineSize = '140vw'", "pixels wide in a window of"),
    (
        "const button = document.createElement('button'); button.textContent = 'x';
         button.style = 'min-height: 0; height: 23px; width: 60px; padding: 0'; main.append(button)",
        "target: 60x23",
    ),
    (
        "location.hash = 'del-1'; for (const input of main.querySelectorAll('[type=radio]')) input.style.marginBlock = '12px'",
        "target: out of its row",
    ),
    ("main.querySelector('.go a').style.minBlockSize = main.querySelector('.go a').style.blockSize = '40px'", "x40 <a"),
];

#[tokio::test]
async fn the_inspector_sees_what_is_broken() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(inspector) = Inspector::arrive().await else { return };
    for (script, told) in BROKEN {
        inspector.resident.open_survey(&service, "sv").await;
        let before = inspector.faults().await;
        assert!(before.is_empty(), "nothing is wrong with it: {before:?}");
        let () =
            inspector.resident.run(&format!("const main = document.querySelector('main'); {script}"), vec![]).await;
        let faults = inspector.faults().await;
        assert!(faults.iter().any(|fault| fault.contains(told)), "{script} is not told as “{told}”: {faults:?}");
    }
}

#[tokio::test]
async fn what_a_page_keeps_is_found() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    resident.open_survey(&service, "sv").await;
    assert_eq!(resident.kept().await, [""; 0]);
    for (script, told) in [
        ("document.cookie = 'answer=1'", "cookie "),
        ("localStorage.answer = 1", "local answer"),
        ("sessionStorage.answer = 1", "session answer"),
        ("indexedDB.open('answers')", "database answers"),
        ("caches.open('answers')", "cache answers"),
    ] {
        let () = resident.run(script, vec![]).await;
        let mut kept = Vec::new();
        // The browser makes some of them in the background.
        for _ in 0..50 {
            kept = resident.kept().await;
            if kept.iter().any(|kept| kept.starts_with(told)) {
                break;
            }
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        assert!(kept.iter().any(|kept| kept.starts_with(told)), "{script} leaves {kept:?}");
    }
}

#[tokio::test]
async fn what_is_fetched_from_elsewhere_is_refused_and_would_be_found() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    let site = neutral_site();
    let fetch = "const image = new Image(), done = arguments[1];
        image.onload = image.onerror = () => done(null); image.src = arguments[0]; document.body.append(image)";
    resident.open_survey(&service, "sv").await;
    assert_eq!(resident.complaints().await, [""; 0]);
    assert_eq!(resident.fetched_elsewhere(&service).await, [""; 0]);
    // The policy that our pages are served with refuses it, and the browser says so.
    resident.browser.driver.execute_async(fetch, vec![json!(site)]).await.unwrap();
    let complaints = resident.complaints().await.join("\n");
    assert!(complaints.contains("Content Security Policy"), "{complaints}");
    // Without the policy it is fetched, and found.
    resident.browser.devtools("Page.setBypassCSP", json!({ "enabled": true })).await;
    resident.open_survey(&service, "sv").await;
    resident.browser.driver.execute_async(fetch, vec![json!(site)]).await.unwrap();
    assert_eq!(resident.fetched_elsewhere(&service).await, [site]);
}

//! Leaving: quick exit, Back after everything. Whoever comes to the browser after her sees an empty form.

use std::io::{Read, Write};
use std::net::TcpListener;

use thirtyfour::Key;

use super::journey::Answer::{Option, Text};
use super::journey::{PHONE, Resident};
use crate::support::browser::Scripts;
use crate::support::service::{Sandbox, Service};

/// A neutral site of the test's own: there is no weather here.
pub(super) fn neutral_site() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    // Lives as long as the test binary: it blocks in `accept`, and holds nothing.
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let _ = stream.read(&mut [0; 4096]);
            let _ = stream.write_all(
                b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<title>Weather</title><p>Sun",
            );
        }
    });
    address
}

/// Up to the sensitive part, with an answer there and one in words.
async fn answer_some(resident: &Resident, service: &Service) {
    resident.open_survey(service, "sv").await;
    resident.next().await;
    resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
    for _ in 0..3 {
        resident.next().await;
    }
    resident.answer_all(&[Option("Q11", "ja"), Text("Q12.1.P03", "Vid tunneln")]).await;
    resident.next().await;
    resident.answer(Option("Q15", "ja")).await;
    resident.next().await;
    resident.answer(Option("Q16", "hot")).await;
    assert!(!resident.sees_an_empty_form().await);
}

/// Presses Back up to three times: whenever the survey stands there, it is empty.
async fn leaf_back(resident: &Resident, service: &Service) {
    let mut seen = false;
    for _ in 0..3 {
        resident.back().await;
        if resident.address().await.starts_with(&service.url("/sv/enkat")) {
            seen = true;
            assert!(resident.sees_an_empty_form().await, "Back shows {:?}", resident.holds().await);
            assert!(!resident.text().await.contains("Vid tunneln"));
        }
    }
    assert!(seen, "Back never came to the survey: nothing was tested");
}

async fn leaving_shows_nothing(scripts: Scripts) {
    let site = neutral_site();
    let sandbox = Sandbox::new().setting("TRYGGHET_EXIT_URL", &site);
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };

    for way in ["button", "skip link", "shift"] {
        answer_some(&resident, &service).await;
        match way {
            "button" => resident.press(".exit").await,
            "skip link" => {
                // Hidden above the page until it has the focus.
                let () = resident.run("document.querySelector('.skip[href=\"/ut\"]').focus()", vec![]).await;
                resident.key(Key::Enter).await;
            }
            _ if scripts == Scripts::Off => continue,
            _ => {
                for _ in 0..3 {
                    resident.key(Key::Shift).await;
                }
            }
        }
        resident.arrives_at(&site).await;
        leaf_back(&resident, &service).await;
    }

    // From the pages around the survey, too.
    if scripts == Scripts::On {
        resident.goto(&service.url("/sv/stod")).await;
        for _ in 0..3 {
            resident.key(Key::Shift).await;
        }
        resident.arrives_at(&site).await;
    }

    // Shift between other keys, as in writing, is no exit.
    answer_some(&resident, &service).await;
    for key in [Key::Shift, Key::Tab, Key::Shift, Key::Tab, Key::Shift] {
        resident.key(key).await;
    }
    assert!(resident.is_on("del-6").await);

    // After Send.
    for _ in 0..3 {
        resident.next().await;
    }
    resident.press("[value=submit]").await;
    resident.is_thanked(&service, "sv").await;
    leaf_back(&resident, &service).await;

    // A reload.
    answer_some(&resident, &service).await;
    resident.browser.driver.refresh().await.unwrap();
    assert!(resident.sees_an_empty_form().await, "a reload shows {:?}", resident.holds().await);
}

#[tokio::test]
async fn nobody_who_comes_after_her_sees_an_answer() {
    leaving_shows_nothing(Scripts::On).await;
}

#[tokio::test]
async fn nobody_who_comes_after_her_sees_an_answer_without_scripts() {
    leaving_shows_nothing(Scripts::Off).await;
}

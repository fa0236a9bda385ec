//! The survey by keyboard alone, and what keys must not do.

use serde_json::json;
use thirtyfour::By;

use super::stage::{Stage, questionnaire};
use crate::support::browser::{Browser, Scripts};
use crate::support::require;

const TAB: &str = "\u{e004}";
const ENTER: &str = "\u{e007}";
const SHIFT: &str = "\u{e008}";

/// Presses keys one after the other, wherever the focus is.
async fn press(browser: &Browser, keys: &str) {
    for key in keys.chars() {
        let key = match key.to_string().as_str() {
            TAB => json!({ "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9 }),
            ENTER => json!({ "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": 13 }),
            SHIFT => json!({ "key": "Shift", "code": "ShiftLeft", "windowsVirtualKeyCode": 16 }),
            " " => json!({ "key": " ", "code": "Space", "text": " ", "windowsVirtualKeyCode": 32 }),
            other => json!({ "key": other, "text": other }),
        };
        for kind in ["keyDown", "keyUp"] {
            let mut event = key.clone();
            event["type"] = json!(kind);
            browser.devtools("Input.dispatchKeyEvent", event).await;
        }
    }
}

/// What has the focus: its name and value, or its text.
async fn focused(browser: &Browser) -> String {
    let script = "const e = document.activeElement;
        return e.name ? e.name + (e.value ? '=' + e.value : '') : e.getAttribute('href') || e.tagName";
    browser.run(script, Vec::new()).await
}

#[actix_web::test]
async fn a_part_is_answered_and_left_by_keyboard_alone() {
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(browser) = require::or_skip(Browser::open(scripts).await) else { return };
        let stage = Stage::open(&questionnaire(), false);
        browser.driver.goto(stage.url("/sv/enkat#del-1")).await.unwrap();
        let mut reached = Vec::new();
        for _ in 0..16 {
            press(&browser, TAB).await;
            let focus = focused(&browser).await;
            if focus.starts_with('X') {
                press(&browser, " ").await;
            }
            reached.push(focus.clone());
            if focus == "#del-2" {
                press(&browser, ENTER).await;
                break;
            }
        }
        for question in ["X01=folkbokford", "X02=kvinna", "X03=under16", "#utanfor"] {
            // The first age is under 16: Next leads to the text for those whom the survey is not for.
            let found = reached.iter().any(|focus| focus == question);
            assert!(found, "{question} is reached by Tab ({scripts:?}): {reached:?}");
        }
    }
}

#[actix_web::test]
async fn enter_in_a_text_sends_nothing() {
    let Some(browser) = require::or_skip(Browser::open(Scripts::Off).await) else { return };
    let stage = Stage::open(&questionnaire(), false);
    browser.driver.goto(stage.url("/sv/enkat#del-7")).await.unwrap();
    browser.driver.find(By::Css("#Q18 label:has([value=annat])")).await.unwrap().click().await.unwrap();
    let text = browser.driver.find(By::Id("Q18-annat-text")).await.unwrap();
    text.send_keys(format!("Cyklar{ENTER}")).await.unwrap();
    assert_eq!(text.prop("value").await.unwrap().as_deref(), Some("Cyklar"));
    let address = browser.driver.current_url().await.unwrap();
    assert_eq!(address.fragment(), Some("del-7"));
    let chosen: bool = browser.run("return document.querySelector('#Q18 [value=annat]').checked", Vec::new()).await;
    assert!(chosen, "the page is the same, with what she gave");
}

#[actix_web::test]
async fn three_presses_of_shift_leave_and_empty_the_page() {
    let Some(browser) = require::or_skip(Browser::open(Scripts::On).await) else { return };
    let stage = Stage::open(&questionnaire(), false);
    browser.driver.goto(stage.url("/sv/enkat")).await.unwrap();
    browser.driver.goto(stage.url("/sv/enkat#del-1")).await.unwrap();
    browser.driver.find(By::Css("#X01 label")).await.unwrap().click().await.unwrap();
    press(&browser, &format!("{SHIFT}a{SHIFT}{SHIFT}")).await;
    assert_eq!(browser.driver.current_url().await.unwrap().fragment(), Some("del-1"), "another key in between");
    press(&browser, SHIFT).await;
    let mut path = String::new();
    for _ in 0..200 {
        path = browser.driver.current_url().await.unwrap().path().to_owned();
        if path == "/ut" {
            break;
        }
    }
    assert_eq!(path, "/ut");
    browser.driver.back().await.unwrap();
    let answered: u32 =
        browser.run("return document.querySelectorAll('#enkat :checked:not(option)').length", vec![]).await;
    assert_eq!(answered, 0, "Back shows no answer");
}

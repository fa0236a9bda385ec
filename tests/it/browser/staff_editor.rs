//! The questionnaire's editor in Chromium: every page for everyone, and a draft made with keys alone and no script.

use thirtyfour::Key;

use super::inspector::Inspector;
use super::journey::{PHONE, Resident};
use super::staff::{VIEWS, arrives, carry_cookies, posts, sign_in_as, tab_to};
use crate::support::browser::Scripts;
use crate::support::service::Sandbox;

const LIST: &str = "/personal/dialoger";

#[tokio::test]
async fn every_page_of_the_editor_is_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    let (mut anna, ..) = sandbox.administrator(&service).await;
    anna.post(&format!("{LIST}/ny"), &[("namn", "utkast"), ("fran", "vkod-2017.yaml")]).await.expect(303);
    for view in VIEWS {
        inspector.look_as(view).await;
        sign_in_as(&inspector, &service, &anna).await;
        for path in [
            "utkast/fragor/redigera",
            "utkast/fragor/del/p5_upplevt",
            "utkast/fragor/fraga/Q05",
            "utkast/fragor/fraga/Q07",
            "utkast/fragor/fraga/Q12",
            "utkast/fragor/fraga/P07",
            "utkast/fragor/lista/trygg4",
            "utkast/fragor/gemensamma/svar",
            "utkast/fragor/flode",
            "utkast/mobil/ar",
            "utkast/mobil/sv?bredd=320",
            "vkod-2017/fragor/redigera",
            "vkod-2017/fragor/fraga/Q05",
        ] {
            inspector.goto(&service.url(&format!("{LIST}/{path}"))).await;
            inspector.inspect(path).await;
        }
        let page = format!("{LIST}/utkast/fragor/fraga/Q05");
        let sv = "parts.p1_bakgrund.questions.Q05.sv";
        let rule = "parts.p1_bakgrund.questions.Q05.relevant";
        posts(&inspector, &page, &[("revision", "0"), (sv, "x"), (rule, "Q99 == 'ja'")]).await;
        assert!(inspector.resident.seen(".faults a").await.is_some());
        inspector.inspect("a rule with a fault").await;
        posts(&inspector, &page, &[("revision", "7"), (sv, "x"), ("parts.borta.sv", "y")]).await;
        assert!(inspector.resident.seen("#lost-title").await.is_some());
        inspector.inspect("a question that someone else changed").await;
    }
    inspector.report();
}

/// Waits until the page says that it has saved.
async fn saved(person: &Resident) {
    for _ in 0..200 {
        let script = "return document.readyState == 'complete' && location.search == '?klart=ja'";
        if person.run::<bool>(script, vec![]).await {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    panic!("not saved: {}", person.run::<String>("return document.body.innerText", vec![]).await);
}

#[tokio::test]
async fn a_draft_is_made_edited_routed_and_previewed_by_keyboard_without_scripts() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(person) = Resident::arrive(Scripts::Off, PHONE).await else { return };
    let (mut anna, ..) = sandbox.administrator(&service).await;
    carry_cookies(&person.browser, &service, &anna).await;
    person.goto(&service.url(&format!("{LIST}/ny"))).await;
    tab_to(&person, "#namn").await;
    person.keys(format!("tangent{}", Key::Enter.value())).await;
    arrives(&person, &format!("{LIST}/tangent")).await;
    tab_to(&person, "a[href$='/fragor/redigera']").await;
    person.key(Key::Enter).await;
    arrives(&person, &format!("{LIST}/tangent/fragor/redigera")).await;
    tab_to(&person, "a[href$='/del/p1_bakgrund']").await;
    person.key(Key::Enter).await;
    arrives(&person, &format!("{LIST}/tangent/fragor/del/p1_bakgrund")).await;
    tab_to(&person, "a[href$='/fraga/Q05']").await;
    person.key(Key::Enter).await;
    let question = format!("{LIST}/tangent/fragor/fraga/Q05");
    arrives(&person, &question).await;
    // A word more, and with the same button an option one place up.
    tab_to(&person, "textarea[name$='Q05.sv']").await;
    person.keys(format!("{}{} Tack", Key::Control + Key::End, Key::Null.value())).await;
    tab_to(&person, "button[value$='Q05.options.buss'][value^='upp']").await;
    person.key(Key::Enter).await;
    saved(&person).await;
    // A rule with a mistake, which Enter in its field saves; then the right one.
    tab_to(&person, "input[name$='Q05.relevant']").await;
    person.keys(format!("Q03 == 'arbeta'{}", Key::Enter.value())).await;
    for _ in 0..200 {
        if person.seen(".faults a").await.is_some() {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(25)).await;
    }
    tab_to(&person, ".faults a").await;
    person.key(Key::Enter).await;
    tab_to(&person, "input[name$='Q05.relevant']").await;
    person.keys(format!("Q03 == 'arbetar'{}", Key::Enter.value())).await;
    saved(&person).await;
    tab_to(&person, "a[href$='/mobil/sv']").await;
    person.key(Key::Enter).await;
    arrives(&person, &format!("{LIST}/tangent/mobil/sv")).await;
    assert!(person.seen("iframe.phone").await.is_some());
    let text = anna.get(&format!("{LIST}/tangent/fragor.yaml")).await.expect(200).text;
    let (_, question) = text.split_once("- id: Q05").expect("the question");
    assert!(question.contains("Tack") && question.contains("relevant: Q03 == 'arbetar'"), "{}", &question[..900]);
    assert!(question.find("id: buss") < question.find("id: cykel"));
}

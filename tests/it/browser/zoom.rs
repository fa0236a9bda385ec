//! Enlarged twice: nothing scrolls sideways, nothing is cut off, and the survey can be answered and sent
//! (WCAG 2.2, 1.4.4 and 1.4.10).

use super::inspector::{Inspector, VIEWS};
use super::journey::Answer::{List, Option, Text};
use super::journey::{DESKTOP, Resident};
use crate::support::browser::Scripts;
use crate::support::resident::texts;
use crate::support::service::{Sandbox, Service};

/// What is seen and cut off: beyond the window's sides, or within a box that hides what it has no room for.
const CUT: &str = "
    const cut = [];
    for (const element of document.querySelectorAll('body *')) {
        const style = getComputedStyle(element);
        if (!element.checkVisibility() || !element.getClientRects().length || element.closest('.heard, .skip')) continue;
        const box = element.getBoundingClientRect();
        const beyond = box.left < -1 || box.right > innerWidth + 1;
        const hides = style.overflowX != 'visible' && !element.matches('select, textarea, input');
        if (beyond || hides && element.scrollWidth > element.clientWidth + 1) cut.push(element.outerHTML.slice(0, 120));
    }
    return cut";

const PAGES: [&str; 7] = ["", "/integritet", "/tillganglighet", "/stod", "/fokusgrupper", "/resultat", "/tack"];

async fn cut(resident: &Resident) -> Vec<String> {
    let mut cut: Vec<String> = resident.run(CUT, vec![]).await;
    let widths: (f64, f64) = resident.run("return [document.documentElement.scrollWidth, innerWidth]", vec![]).await;
    if widths.0 > widths.1 {
        cut.push(format!("{widths:?}"));
    }
    cut
}

/// From start to thanks, looking at every screen and at every page around.
async fn walk(resident: &Resident, service: &Service, language: &str) {
    for path in PAGES {
        resident.goto(&service.url(&format!("/{language}{path}"))).await;
        assert_eq!(cut(resident).await, [""; 0], "{language}{path}");
    }
    resident.open_survey(service, language).await;
    let screens = [
        vec![],
        vec![Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")],
        vec![List("Q01", "norra_skarg"), Option("Q05", "buss")],
        vec![Option("Q06", "gar_inte_ut"), Option("Q08.ran", "sallan")],
        vec![
            Option("Q11", "ja"),
            Text("Q12.1.P03", "Vid tunneln"),
            Option("Q12.1.P06", "annat"),
            Option("Q12.2", "ja"),
        ],
        vec![Option("Q15", "ja")],
        vec![Option("Q16", "hot")],
        vec![Option("Q18", "annan_vag")],
        vec![Option("Q19", "belysning"), Text("Q22", "Tänd lamporna.")],
    ];
    for (number, answers) in screens.iter().enumerate() {
        resident.answer_all(answers).await;
        assert_eq!(cut(resident).await, [""; 0], "{language}, screen {number}");
        resident.next().await;
    }
    assert!(resident.address().await.ends_with("#granska"));
    assert_eq!(cut(resident).await, [""; 0], "{language}, review");
    resident.press("[value=submit]").await;
    resident.is_thanked(service, language).await;
}

#[tokio::test]
async fn a_page_enlarged_twice_loses_nothing() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    // Zoom halves the window in CSS pixels and doubles what each takes.
    for language in ["sv", "ar"] {
        inspector.resident.browser.show(DESKTOP.0 / 2, DESKTOP.1 / 2, 2).await;
        walk(&inspector.resident, &service, language).await;
        inspector.view = (language, DESKTOP.0 / 2, VIEWS[0].2);
        inspector.inspect("thanks, enlarged").await;
    }
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), 2);
    inspector.report();
}

#[tokio::test]
async fn text_enlarged_twice_loses_nothing() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for (language, size) in [("sv", DESKTOP), ("ar", (640, 900)), ("sv", (390, 844))] {
        let Some(resident) = Resident::arrive_with_text(Scripts::On, size, 32).await else { return };
        resident.open_survey(&service, language).await;
        let size: String =
            resident.run("return getComputedStyle(document.querySelector('#start p')).fontSize", vec![]).await;
        assert_eq!(size, "36px", "the setting does what it is to do");
        walk(&resident, &service, language).await;
    }
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), 3);
}

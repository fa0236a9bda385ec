//! The whole journey: every part by hand, review, a change, Send, thanks; and the rows that come of it.
//!
//! With and without scripts, in Swedish, Arabic and English, on a phone and on a desktop; once by keyboard alone.

use std::collections::BTreeMap;

use thirtyfour::Key;
use trygghetsdialog::survey::answers::{Answers, Codes};

use super::journey::Answer::{List, Option, Text};
use super::journey::{DESKTOP, PHONE, Resident};
use crate::support::browser::Scripts;
use crate::support::resident::{client, form, hand_in, stored_answers, texts};
use crate::support::service::{Sandbox, Service};

/// Fewer are not mixed.
const BATCH: usize = 20;

/// The codes that the journey's answers have in the questionnaire, without the list of areas.
fn expected(area: i16) -> BTreeMap<String, Codes> {
    let one = |code| Codes::One(code);
    let several = |codes: &[i16]| Codes::Several(codes.to_vec());
    [
        ("X01", one(1)),
        ("X02", one(1)),
        ("X03", one(4)),
        ("Q01", one(area)),
        ("Q03", one(2)),
        ("Q05", several(&[1, 3])),
        ("Q06", one(5)),
        ("Q06B", one(1)),
        ("Q07.dag", one(1)),
        ("Q08.ran", one(3)),
        ("Q11", one(1)),
        ("Q12.1.P02", one(8)),
        ("Q12.1.P04", several(&[3])),
        ("Q12.1.P06", several(&[1, 4, 90])),
        ("Q12.1.P07", one(4)),
        ("Q12.2.P05", several(&[4])),
        ("Q15", one(1)),
        ("Q16", several(&[1])),
        ("Q17", one(2)),
        ("Q18", several(&[2])),
        ("Q19", several(&[1, 2])),
        ("Q20", one(2)),
        ("Q21.kommunen", one(2)),
    ]
    .map(|(name, codes)| (name.to_owned(), codes))
    .into()
}

/// Start to review.
async fn answer_everything(resident: &Resident, area: &'static str) {
    assert!(resident.is_on("start").await);
    resident.next().await;
    assert!(resident.is_on("del-1").await);
    resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
    resident.next().await;
    resident
        .answer_all(&[List("Q01", area), Option("Q03", "arbetar"), Option("Q05", "gang"), Option("Q05", "buss")])
        .await;
    resident.next().await;
    assert!(resident.seen("#Q06B").await.is_none(), "a follow-up stands there before its question is answered");
    resident.answer(Option("Q06", "gar_inte_ut")).await;
    resident
        .answer_all(&[Option("Q06B", "otrygg"), Option("Q07.dag", "mycket_trygg"), Option("Q08.ran", "sallan")])
        .await;
    resident.next().await;
    resident.answer(Option("Q11", "ja")).await;
    assert!(resident.seen("#Q12\\.1\\.P07").await.is_none(), "which is worst of none?");
    resident
        .answer_all(&[
            List("Q12.1.P02", "mortnas"),
            Text("Q12.1.P03", "Vid tunneln"),
            Option("Q12.1.P04", "kvall"),
            Option("Q12.1.P06", "morkt"),
            Option("Q12.1.P06", "instangt"),
            Option("Q12.1.P06", "annat"),
            Text("Q12.1.P06.annat", "En lös hund"),
        ])
        .await;
    let offered: Vec<String> = resident
        .run(
            "return [...document.querySelectorAll('[name=\"Q12.1.P07\"]')].filter(input => input.labels[0].checkVisibility()).map(input => input.value).sort()",
            vec![],
        )
        .await;
    assert_eq!(offered, ["annat", "instangt", "morkt", "vill_ej_svara"], "options taken from an earlier answer");
    resident.answer(Option("Q12.1.P07", "instangt")).await;
    resident.answer(Option("Q12.2", "ja")).await;
    resident.answer(Option("Q12.2.P05", "aret_om")).await;
    resident.next().await;
    resident.answer(Option("Q15", "ja")).await;
    resident.next().await;
    assert!(resident.is_on("del-6").await, "the sensitive part follows a yes");
    resident.answer_all(&[Option("Q16", "kommentarer"), Option("Q17", "nej")]).await;
    resident.next().await;
    resident.answer(Option("Q18", "annan_vag")).await;
    resident.next().await;
    resident
        .answer_all(&[
            Option("Q19", "belysning"),
            Option("Q19", "roja"),
            Option("Q20", "roja"),
            Option("Q21.kommunen", "delvis"),
            Text("Q22", "Tänd lamporna."),
        ])
        .await;
    resident.next().await;
}

/// Review: what she gave stands there, the sensitive part does not; she changes an answer and comes back.
async fn review_and_change(resident: &Resident, scripts: Scripts) {
    assert!(resident.address().await.ends_with("#granska"));
    assert!(resident.seen("#Q16").await.is_none(), "the sensitive part stands open on the review");
    assert!(resident.seen("#del-2 label:has([value=arbetar])").await.is_some());
    assert!(
        resident.seen("#del-2 label:has([value=pensionar])").await.is_none(),
        "the review shows what was not chosen"
    );
    resident.press("#del-6 summary").await;
    assert!(resident.seen("label:has([value=kommentarer])").await.is_some(), "the sensitive part can't be opened");
    resident.press(".change a[href=\"#del-2\"]").await;
    assert!(resident.is_on("del-2").await);
    resident.answer(Option("Q03", "studerar")).await;
    resident.back().await;
    assert!(resident.seen("#del-2 label:has([value=studerar])").await.is_some());
    if scripts == Scripts::On {
        assert!(resident.seen("#Q16").await.is_none(), "the sensitive part stayed open");
    }
}

/// Nothing kept, nothing fetched from elsewhere, nothing complained of, a neutral title.
async fn nothing_was_left_behind(resident: &Resident, service: &Service) {
    assert_eq!(resident.kept().await, [""; 0]);
    assert_eq!(resident.complaints().await, [""; 0]);
    assert_eq!(resident.fetched_elsewhere(service).await, [""; 0]);
    let title = resident.browser.driver.title().await.unwrap().to_lowercase();
    for word in ["trygg", "otrygg", "våld", "kvinn", "safe", "unsafe", "women"] {
        assert!(!title.contains(word), "the browser's history would say “{title}”");
    }
}

async fn journey(service: &Service, scripts: Scripts, size: (u32, u32), language: &str, area: &'static str) -> bool {
    let Some(resident) = Resident::arrive(scripts, size).await else { return false };
    resident.open_survey(service, language).await;
    let fetched = resident.fetched().await;
    assert!(fetched.len() <= 3, "the survey takes more than three requests: {fetched:?}");
    answer_everything(&resident, area).await;
    review_and_change(&resident, scripts).await;
    nothing_was_left_behind(&resident, service).await;
    resident.press("[value=submit]").await;
    resident.is_thanked(service, language).await;
    nothing_was_left_behind(&resident, service).await;
    true
}

/// Mixes, and hands out what was stored for who lives in the area with this code.
fn stored(sandbox: &Sandbox, area: i16) -> Vec<Answers> {
    let stored = stored_answers(&sandbox.open().dialogue);
    stored.into_iter().filter(|answers| answers.0.get("Q01") == Some(&Codes::One(area))).collect()
}

#[tokio::test]
async fn what_she_answers_is_what_lands_in_the_table() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let residents = [
        (Scripts::On, PHONE, "sv", "torsby", 9),
        (Scripts::Off, PHONE, "ar", "orminge", 10),
        (Scripts::On, DESKTOP, "ar", "stavsnas", 16),
        (Scripts::Off, DESKTOP, "sv", "djuro", 17),
        (Scripts::On, PHONE, "en", "mortnas", 8),
    ];
    for (scripts, size, language, area, _) in residents {
        if !journey(&service, scripts, size, language, area).await {
            return;
        }
    }
    for _ in residents.len()..BATCH {
        hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    }
    sandbox.let_weeks_pass();
    sandbox.mix();
    for (_, _, _, _, area) in residents {
        let stored = stored(&sandbox, area);
        assert_eq!(stored.len(), 1, "area {area}");
        assert_eq!(stored[0].0.clone().into_iter().collect::<BTreeMap<_, _>>(), expected(area));
    }
    let comments = texts(&sandbox.open().dialogue, "SELECT question || ': ' || text AS text FROM comment");
    for said in ["Q22: Tänd lamporna.", "Q12.P03: Vid tunneln", "Q12.P06.annat: En lös hund"] {
        assert_eq!(comments.iter().filter(|comment| *comment == said).count(), residents.len(), "{said}: {comments:?}");
    }
}

/// Presses Tab until the focus is on what `css` finds. What has the focus must be seen whole, on the screen and not
/// under the exit.
async fn tab_to(resident: &Resident, css: &str) {
    const FOCUS: &str = "
        const focused = document.activeElement, box = focused.getBoundingClientRect();
        const exit = document.querySelector('.exit'), under = exit.getBoundingClientRect();
        const hidden = focused != exit && focused != document.body
            && box.left < under.right && box.right > under.left && box.top < under.bottom && box.bottom > under.top
            && (box.bottom - box.top <= innerHeight / 2);
        const outside = box.bottom <= 0 || box.top >= innerHeight;
        return [focused.matches(arguments[0]), hidden, outside && focused != document.body, focused.outerHTML.slice(0, 160)]";
    for _ in 0..80 {
        let (there, hidden, outside, what): (bool, bool, bool, String) =
            resident.run(FOCUS, vec![serde_json::json!(css)]).await;
        assert!(!hidden && !outside, "what has the focus can't be seen (under the exit: {hidden}): {what}");
        if there {
            return;
        }
        resident.key(Key::Tab).await;
    }
    panic!("Tab never reaches {css}");
}

/// Goes to a radio group or box by Tab and chooses with Space, or with arrows within a group.
async fn choose(resident: &Resident, name: &str, arrows: usize) {
    tab_to(resident, &format!("[name=\"{name}\"]")).await;
    resident.keys(" ").await;
    for _ in 0..arrows {
        resident.key(Key::Down).await;
    }
}

#[tokio::test]
async fn the_keyboard_alone_is_enough() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    resident.open_survey(&service, "sv").await;
    let next = async |from: &str| {
        tab_to(&resident, &format!("#{from} .primary")).await;
        resident.key(Key::Enter).await;
    };
    next("start").await;
    for name in ["X01", "X02"] {
        choose(&resident, name, 0).await;
    }
    choose(&resident, "X03", 3).await;
    next("del-1").await;
    tab_to(&resident, "#Q01-v, select").await;
    resident.keys("Tors").await;
    choose(&resident, "Q05", 0).await;
    next("del-2").await;
    choose(&resident, "Q06", 2).await;
    next("del-3").await;
    choose(&resident, "Q11", 0).await;
    tab_to(&resident, "[name=\"Q12.1.P03\"]").await;
    resident.keys("Tunneln").await;
    resident.key(Key::Enter).await;
    assert!(resident.is_on("del-4").await, "Enter in a text field sent something");
    assert_eq!(texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len(), 0);
    next("del-4").await;
    choose(&resident, "Q15", 1).await;
    next("del-5").await;
    assert!(resident.is_on("del-7").await, "a no leads past the sensitive part");
    next("del-7").await;
    next("del-8").await;
    assert!(resident.address().await.ends_with("#granska"));
    // Back with Shift: the link before Send.
    tab_to(&resident, "[value=submit]").await;
    resident
        .browser
        .driver
        .action_chain()
        .key_down(Key::Shift)
        .send_keys(Key::Tab)
        .key_up(Key::Shift)
        .perform()
        .await
        .unwrap();
    assert!(resident.run::<bool>("return document.activeElement.matches('a')", vec![]).await);
    tab_to(&resident, "[value=submit]").await;
    resident.key(Key::Enter).await;
    resident.is_thanked(&service, "sv").await;
    for _ in 1..BATCH {
        hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    }
    sandbox.let_weeks_pass();
    sandbox.mix();
    let stored = stored(&sandbox, 9);
    assert_eq!(stored.len(), 1);
    for (name, code) in [("X01", 1), ("X02", 1), ("X03", 3), ("Q06", 3), ("Q11", 1), ("Q15", 2)] {
        assert_eq!(stored[0].0.get(name), Some(&Codes::One(code)), "{name}");
    }
    assert_eq!(stored[0].0.get("Q05"), Some(&Codes::Several(vec![1])));
}

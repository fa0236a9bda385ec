//! What goes wrong on the way: answers that are missing, too many or too long; another language; not being meant.

use super::journey::Answer::{Option, Text};
use super::journey::{DESKTOP, PHONE, Resident};
use crate::support::browser::Scripts;
use crate::support::resident::{run, texts};
use crate::support::service::Sandbox;

fn letters(sandbox: &Sandbox) -> usize {
    texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len()
}

async fn faults_are_told_and_mended(scripts: Scripts) {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };
    resident.open_survey(&service, "sv").await;
    resident.next().await;
    resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna")]).await;
    for _ in 0..5 {
        resident.next().await;
    }
    assert!(resident.is_on("del-7").await, "without an answer the gate leads past the sensitive part");
    resident.next().await;
    for measure in ["belysning", "roja", "tunnlar", "stada", "polis"] {
        resident.answer(Option("Q19", measure)).await;
    }
    assert!(resident.seen(".limit").await.is_none());
    resident.answer(Option("Q19", "kamera")).await;
    assert!(resident.seen(".limit").await.is_some(), "one too many is told on the spot");
    // More than is sent with scripts, and longer than the field takes: only a page that was changed can do that.
    let () = resident.run("document.querySelector('#Q19 > .limit').remove()", vec![]).await;
    let () = resident.run("document.querySelector('[name=Q22]').removeAttribute('maxlength')", vec![]).await;
    let long = "å".repeat(1001);
    let () =
        resident.run("document.querySelector('[name=Q22]').value = arguments[0]", vec![serde_json::json!(long)]).await;
    let given = resident.holds().await;
    resident.next().await;
    resident.press("[value=submit]").await;
    resident.reads("Det finns 3 fel att rätta").await;
    assert!(resident.is_on("del-1").await, "the part with the first error stands open: {:?}", resident.screens().await);
    assert_eq!(resident.holds().await, given, "everything she gave is kept");
    assert!(resident.browser.driver.title().await.unwrap().starts_with("Fel:"));
    // Each line leads to its question, wherever that is.
    for question in ["Q19", "Q22", "X03"] {
        resident.press(&format!(".faults a[href^=\"#{question}\"]")).await;
        let (seen, top): (bool, f64) = resident
            .run(
                "const question = document.getElementById(arguments[0]);
                const title = question.querySelector('legend, .t');
                return [question.checkVisibility(), title.getBoundingClientRect().top]",
                vec![question.into()],
            )
            .await;
        assert!(seen && (-1.0..500.0).contains(&top), "{question} stands {top} pixels down");
        if question != "X03" {
            resident.back().await;
        }
    }
    resident.answer(Option("X03", "a35_44")).await;
    resident.press(".faults a[href^=\"#Q19\"]").await;
    resident.answer(Option("Q19", "kamera")).await;
    let () = resident.run("document.querySelector('[name=Q22]').value = 'Kort'", vec![]).await;
    resident.next().await;
    assert_eq!(letters(&sandbox), 0);
    resident.press("[value=submit]").await;
    resident.is_thanked(&service, "sv").await;
    assert_eq!(letters(&sandbox), 1);
}

#[tokio::test]
async fn faults_are_told_where_they_are_and_nothing_is_lost() {
    faults_are_told_and_mended(Scripts::On).await;
}

#[tokio::test]
async fn faults_are_told_where_they_are_without_scripts() {
    faults_are_told_and_mended(Scripts::Off).await;
}

#[tokio::test]
async fn one_choice_too_many_is_told_in_the_review_and_stops_send() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };
        resident.open_survey(&service, "sv").await;
        resident.next().await;
        resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
        for _ in 0..6 {
            resident.next().await;
        }
        for measure in ["belysning", "roja", "tunnlar", "stada", "polis", "kamera"] {
            resident.answer(Option("Q19", measure)).await;
        }
        resident.next().await;
        assert!(resident.address().await.ends_with("#granska"));
        let limit = resident.seen("#Q19 > .limit").await.expect("the review tells of it");
        assert_eq!(limit.text().await.unwrap(), "Du har valt fler än 5. Ta bort något av valen.");
        resident.press("[value=submit]").await;
        if scripts == Scripts::On {
            // Stopped on the phone: nothing is sent, and the focus is on what is wrong, in sight.
            resident.arrives_at(&service.url("/sv/enkat#Q19")).await;
            assert!(resident.is_on("del-8").await, "{:?}", resident.screens().await);
            let (focused, top, window): (String, f64, f64) = resident
                .run(
                    "const focused = document.activeElement;
                    return [focused.textContent, focused.getBoundingClientRect().top, innerHeight]",
                    vec![],
                )
                .await;
            assert_eq!(focused, "Du har valt fler än 5. Ta bort något av valen.");
            assert!((0.0..window).contains(&top), "{top} in {window}");
        } else {
            resident.reads("Det finns 1 fel att rätta").await;
            assert!(resident.is_on("del-8").await, "{:?}", resident.screens().await);
            let fault = resident.seen("#Q19 > .fault:not(.limit)").await.expect("the question tells of it");
            assert_eq!(fault.text().await.unwrap(), "Fel: Du har valt fler än 5. Ta bort något av valen.");
        }
        assert_eq!(letters(&sandbox), 0);
        resident.answer(Option("Q19", "kamera")).await;
        resident.next().await;
        resident.press("[value=submit]").await;
        resident.is_thanked(&service, "sv").await;
        assert_eq!(letters(&sandbox), 1);
        run(&sandbox.open().dialogue, "DELETE FROM letter");
    }
}

#[tokio::test]
async fn another_language_keeps_answers_and_place() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(resident) = Resident::arrive(scripts, DESKTOP).await else { return };
        resident.open_survey(&service, "sv").await;
        resident.next().await;
        resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
        for _ in 0..3 {
            resident.next().await;
        }
        resident.answer_all(&[Option("Q11", "ja"), Text("Q12.1.P03", "Vid tunneln")]).await;
        let given = resident.holds().await;
        let order: String = resident.run("return document.querySelector('[name=ordning]').value", vec![]).await;
        for (language, direction) in [("ar", "rtl"), ("en", "ltr"), ("sv", "ltr")] {
            resident.press(&format!("#del-4 [value=language-{language}]")).await;
            resident.arrives_at(&service.url(&format!("/{language}/vkod-2017/enkat#del-4"))).await;
            assert!(resident.is_on("del-4").await, "{:?}", resident.screens().await);
            assert_eq!(resident.holds().await, given);
            let (now, lang): (String, String) = resident
                .run(
                    "return [getComputedStyle(document.documentElement).direction, document.documentElement.lang]",
                    vec![],
                )
                .await;
            assert_eq!((now.as_str(), lang.as_str()), (direction, language));
            let same: String = resident.run("return document.querySelector('[name=ordning]').value", vec![]).await;
            assert_eq!(same, order, "options are shuffled anew");
        }
    }
    assert_eq!(letters(&sandbox), 0);
}

#[tokio::test]
async fn who_is_not_meant_is_told_at_once_and_can_change_her_answer() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    for scripts in [Scripts::On, Scripts::Off] {
        let Some(resident) = Resident::arrive(scripts, PHONE).await else { return };
        for (wrong, right) in [
            (Option("X03", "under16"), Option("X03", "a16_19")),
            (Option("X02", "man"), Option("X02", "kvinna")),
            (Option("X01", "nej"), Option("X01", "deltid")),
        ] {
            resident.open_survey(&service, "sv").await;
            resident.next().await;
            resident
                .answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44"), wrong])
                .await;
            resident.next().await;
            assert!(resident.is_on("utanfor").await, "{wrong:?}");
            assert!(resident.text().await.contains("116\u{a0}111") || resident.text().await.contains("116 111"));
            assert!(resident.seen("[value=submit]").await.is_none(), "there is something to send");
            resident.press("#utanfor .go a").await;
            assert!(resident.is_on("del-1").await);
            resident.answer(right).await;
            resident.next().await;
            assert!(resident.is_on("del-2").await, "{right:?}");
        }
        assert_eq!(resident.complaints().await, [""; 0]);
    }
    assert_eq!(letters(&sandbox), 0);
}

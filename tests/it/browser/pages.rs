//! Every page in every state: axe-core finds nothing, nothing scrolls sideways, every target is large enough.

use super::inspector::{Inspector, VIEWS};
use super::journey::Answer::{List, Option, Text};
use crate::support::service::Sandbox;

#[tokio::test]
async fn pages_around_the_survey_are_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for view in VIEWS {
        inspector.look_as(view).await;
        for path in
            ["", "/integritet", "/tillganglighet", "/stod", "/fokusgrupper", "/resultat", "/tack", "/finns-inte"]
        {
            inspector.goto(&service.url(&format!("/{}{path}", view.0))).await;
            inspector.inspect(path).await;
        }
    }
    inspector.report();
}

#[tokio::test]
async fn a_closed_and_a_simulated_survey_are_for_everyone() {
    let sandbox = Sandbox::new();
    assert!(sandbox.serve().terminate().success());
    assert!(sandbox.run(&["simulate", "60", "--seed", "1"]).status.success());
    let mut service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for view in VIEWS {
        inspector.look_as(view).await;
        for path in ["", "/enkat", "/tack"] {
            inspector.goto(&service.url(&format!("/{}{path}", view.0))).await;
            assert!(inspector.resident.seen(".band").await.is_some(), "no banner on {path}");
            inspector.inspect(&format!("simulated {path}")).await;
        }
    }
    assert!(service.terminate().success());
    assert!(sandbox.run(&["close"]).status.success());
    let service = sandbox.serve();
    for view in VIEWS {
        inspector.look_as(view).await;
        for path in ["", "/enkat"] {
            inspector.goto(&service.url(&format!("/{}{path}", view.0))).await;
            inspector.inspect(&format!("closed {path}")).await;
        }
    }
    inspector.report();
}

#[tokio::test]
async fn pages_that_tell_of_errors_are_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    let long = "x".repeat(70_000);
    let review = [
        ("X01", "folkbokford"),
        ("X02", "kvinna"),
        ("X03", "a35_44"),
        ("Q15", "ja"),
        ("Q16", "hot"),
        ("action", "review"),
    ];
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.post(&service, &[("Q99", "x")]).await;
        inspector.inspect("400").await;
        inspector.post(&service, &[("Q22", &long)]).await;
        inspector.inspect("413").await;
        inspector.post(&service, &[("X01", "folkbokford"), ("Q22", &long[..1001]), ("action", "submit")]).await;
        assert!(inspector.resident.seen(".faults").await.is_some(), "no summary of errors");
        inspector.inspect("422").await;
        inspector.post(&service, &review).await;
        assert!(inspector.resident.seen("[value=submit]").await.is_some(), "no review");
        inspector.inspect("the server's review").await;
    }
    inspector.report();
}

#[tokio::test]
async fn every_screen_of_the_survey_is_for_everyone() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    for view in VIEWS {
        inspector.look_as(view).await;
        inspector.resident.open_survey(&service, view.0).await;
        inspector.inspect("start").await;
        for part in 1..=8 {
            inspector.resident.next().await;
            let answers: &[super::journey::Answer] = match part {
                1 => &[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")],
                2 => &[List("Q01", "norra_skarg"), Option("Q05", "buss")],
                3 => &[Option("Q06", "gar_inte_ut")],
                4 => &[
                    Option("Q11", "ja"),
                    Option("Q12.1.P06", "morkt"),
                    Option("Q12.1.P06", "annat"),
                    Text("Q12.1.P06.annat", "Hund"),
                    Option("Q12.2", "ja"),
                ],
                5 => &[Option("Q15", "ja")],
                6 => &[Option("Q16", "hot")],
                8 => &[
                    Option("Q19", "belysning"),
                    Option("Q19", "roja"),
                    Option("Q19", "polis"),
                    Option("Q19", "stada"),
                    Option("Q19", "info"),
                    Option("Q19", "liv"),
                ],
                _ => &[],
            };
            inspector.resident.answer_all(answers).await;
            inspector.inspect(&format!("part {part}")).await;
        }
        inspector.resident.next().await;
        inspector.inspect("review").await;
        inspector.resident.press("summary").await;
        inspector.inspect("review, opened").await;
        inspector.resident.press(".change a[href=\"#del-1\"]").await;
        inspector.resident.answer(Option("X02", "man")).await;
        inspector.resident.next().await;
        assert!(inspector.resident.is_on("utanfor").await);
        inspector.inspect("screen-out").await;
    }
    inspector.report();
}

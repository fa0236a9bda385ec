//! Answering, as a browser without script does it.

use reqwest::StatusCode;
use trygghetsdialog::survey::answers::Codes;

use crate::support::resident::{FORM, client, form, hand_in, post, receipt, run, stored_answers, texts};
use crate::support::service::{Sandbox, Service};

/// Letters that wait.
fn waiting(sandbox: &Sandbox) -> usize {
    texts(&sandbox.open().dialogue, "SELECT 'one' AS text FROM letter").len()
}

/// Mixes everything, whatever the week.
fn mix(sandbox: &Sandbox) {
    sandbox.let_weeks_pass();
    sandbox.mix();
}

async fn page(service: &Service, path: &str) -> String {
    client().get(service.url(path)).send().await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn answers_travel_from_the_form_to_a_row_without_free_text() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    let full = form(&[
        ("Q05", "buss"),
        ("Q05", "gang"),
        ("Q07.dag", "mycket_trygg"),
        ("Q13", "morkt"),
        ("Q13", "annat"),
        ("Q13.annat", "Hunden Bamse"),
        ("Q14", "belyst"),
        ("Q22", "Rad ett\r\nrad två"),
    ]);
    let response = post(&client(), &url, full).await.unwrap();
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], "/sv/tack");
    assert_eq!(response.headers()["clear-site-data"], "\"cache\"");
    for _ in 1..20 {
        hand_in(&client(), &url, form(&[])).await;
    }
    mix(&sandbox);
    let database = sandbox.open().dialogue;
    let stored = stored_answers(&database);
    assert_eq!(stored.len(), 20);
    let full = stored.iter().find(|answers| answers.0.contains_key("Q05")).unwrap();
    assert_eq!(full.0["Q05"], Codes::Several(vec![1, 3]));
    assert_eq!(full.0["Q07.dag"], Codes::One(1));
    assert_eq!(full.0["Q13"], Codes::Several(vec![1, 90]));
    assert!(!full.0.contains_key("Q14"), "an answer off path was stored");
    assert!(!full.0.contains_key("Q13.annat") && !full.0.contains_key("Q22"), "free text lies with the answers");
    let mut comments = texts(&database, "SELECT question || ': ' || text AS text FROM comment");
    comments.sort();
    assert_eq!(comments, ["Q13.annat: Hunden Bamse", "Q22: Rad ett\nrad två"]);
    assert_eq!(texts(&database, "SELECT DISTINCT channel AS text FROM response"), ["web"]);
    assert_eq!(texts(&database, "SELECT DISTINCT week AS text FROM response"), ["2019-W11"]);
}

#[tokio::test]
async fn what_is_to_mend_comes_back_with_everything_she_gave() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    let faulty = [
        ("X01", "folkbokford"),
        ("X02", "kvinna"),
        ("Q19", "belysning"),
        ("Q19", "roja"),
        ("Q19", "tunnlar"),
        ("Q19", "stada"),
        ("Q19", "polis"),
        ("Q19", "kamera"),
        ("Q22", &"å".repeat(1001)),
        ("ordning", "7"),
        ("kvitto", "0123456789abcdef0123456789abcdef"),
    ];
    let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(faulty).finish();
    let response = post(&client(), &url, body).await.unwrap();
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = response.text().await.unwrap();
    assert!(page.contains("Det finns 3 fel att rätta"));
    for linked in ["#X03", "#Q19", "#Q22"] {
        assert!(page.contains(&format!("href=\"{linked}")) || page.contains(&format!("href={linked}")), "{linked}");
    }
    assert!(page.contains(&"å".repeat(1001)), "her text is gone");
    assert_eq!(receipt(&page), "0123456789abcdef0123456789abcdef");
    assert_eq!(waiting(&sandbox), 0);
}

#[tokio::test]
async fn another_language_and_the_servers_review_keep_answers_and_store_nothing() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    for (action, says) in
        [("language-en", "Do you live in Värmdö"), ("language-ar", "dir=\"rtl\""), ("review", "Granska")]
    {
        let response = post(&client(), &url, form(&[("Q22", "Mitt eget ord"), ("action", action)])).await.unwrap();
        assert_eq!(response.status(), StatusCode::NON_AUTHORITATIVE_INFORMATION);
        let page = response.text().await.unwrap();
        assert!(page.contains(says), "{action}");
        assert!(page.contains("Mitt eget ord"), "{action}");
    }
    assert_eq!(waiting(&sandbox), 0);
}

#[tokio::test]
async fn who_is_not_meant_is_told_so_and_leaves_no_row() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let body = "X01=folkbokford&X02=kvinna&X03=under16".to_owned();
    let response = post(&client(), &service.url("/sv/enkat"), body).await.unwrap();
    assert_eq!(response.status(), StatusCode::NON_AUTHORITATIVE_INFORMATION);
    let page = response.text().await.unwrap();
    assert!(page.contains("116 111") && page.contains("Ändra svaret"));
    assert_eq!(waiting(&sandbox), 0);
}

#[tokio::test]
async fn a_double_submit_is_stored_once() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let page = page(&service, "/sv/enkat").await;
    let url = service.url("/sv/enkat");
    let client = client();
    let sent = form(&[("kvitto", receipt(&page))]);
    let posts = (0..8).map(|_| hand_in(&client, &url, sent.clone()));
    futures_util::future::join_all(posts).await;
    hand_in(&client, &url, sent.clone()).await;
    assert_eq!(waiting(&sandbox), 1);
    hand_in(&client, &url, form(&[])).await;
    assert_eq!(waiting(&sandbox), 2, "a hand-in without a receipt is taken");
}

#[tokio::test]
async fn receipts_and_orders_are_drawn_anew_for_each_page() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let mut receipts = std::collections::BTreeSet::new();
    for _ in 0..10 {
        receipts.insert(receipt(&page(&service, "/sv/enkat").await).to_owned());
    }
    assert_eq!(receipts.len(), 10);
}

#[tokio::test]
async fn what_no_page_of_ours_sends_is_refused_whole() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let url = service.url("/sv/enkat");
    let send = async |body: String| post(&client(), &url, body).await.unwrap().status();
    assert_eq!(send(form(&[("Q99", "x")])).await, 400);
    assert_eq!(send(form(&[("Q06", "nonsense")])).await, 400);
    assert_eq!(send(form(&[("Q11", "ja")])).await, 400, "two values of a single choice");
    assert_eq!(send(form(&[("action", "delete")])).await, 400);
    assert_eq!(send(form(&[("Q22", &"x".repeat(70_000))])).await, 413);
    let foreign = client().post(&url).header("Sec-Fetch-Site", "cross-site").body(form(&[])).send().await.unwrap();
    assert_eq!(foreign.status(), 403);
    assert!(foreign.text().await.unwrap().contains("annan webbplats"));
    assert_eq!(waiting(&sandbox), 0);
}

#[tokio::test]
async fn a_closed_dialogue_shows_so_and_still_takes_answers_under_way() {
    let sandbox = Sandbox::new();
    let mut service = sandbox.serve();
    let url = service.url("/sv/enkat");
    hand_in(&client(), &url, form(&[])).await;
    assert!(sandbox.run(&["close"]).status.success());
    hand_in(&client(), &url, form(&[])).await;
    assert_eq!(waiting(&sandbox), 2);
    assert!(service.terminate().success());
    let service = sandbox.serve();
    assert!(page(&service, "/sv/enkat").await.contains("Enkäten är stängd"));
    hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    let database = sandbox.open().dialogue;
    run(&database, "UPDATE dialogue SET closed_at = closed_at - 3601");
    let late = post(&client(), &service.url("/sv/enkat"), form(&[])).await.unwrap();
    assert_eq!(late.status(), StatusCode::GONE);
    assert!(late.text().await.unwrap().contains("Inget av det du skrev har sparats"));
    sandbox.mix();
    assert_eq!(stored_answers(&database).len(), 3);
    assert_eq!(FORM.len(), stored_answers(&database)[0].0.len());
}

#[tokio::test]
async fn a_paused_dialogue_shows_so_and_still_takes_answers_under_way() {
    let sandbox = Sandbox::new();
    assert!(sandbox.serve().terminate().success());
    let database = sandbox.open().dialogue;
    run(&database, "UPDATE dialogue SET state = 'paused', paused_at = opened_at");
    let service = sandbox.serve();
    for path in ["/sv/enkat", "/sv/vkod-2017/enkat"] {
        assert!(page(&service, path).await.contains("Enkäten har en paus"), "{path}");
    }
    hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    run(&database, "UPDATE dialogue SET paused_at = paused_at - 3601");
    let late = post(&client(), &service.url("/sv/enkat"), form(&[])).await.unwrap();
    assert_eq!(late.status(), StatusCode::GONE);
    assert!(late.text().await.unwrap().contains("Enkäten har en paus"));
    assert_eq!(waiting(&sandbox), 1);
}

#[tokio::test]
async fn a_simulated_dialogue_takes_no_resident_and_says_so() {
    let sandbox = Sandbox::new();
    assert!(sandbox.serve().terminate().success());
    let output = sandbox.run(&["simulate", "60", "--seed", "1"]);
    assert!(output.status.success(), "{output:?}");
    let service = sandbox.serve();
    let page = page(&service, "/sv/enkat").await;
    assert!(page.contains("påhittade"), "no banner");
    let sent = post(&client(), &service.url("/sv/enkat"), form(&[])).await.unwrap();
    assert_eq!(sent.status(), StatusCode::CONFLICT);
    assert!(sent.text().await.unwrap().contains("simulerad"));
}

#[tokio::test]
async fn simulated_residents_never_join_real_ones() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    hand_in(&client(), &service.url("/sv/enkat"), form(&[])).await;
    let output = sandbox.run(&["simulate", "60"]);
    assert!(!output.status.success());
    assert!(String::from_utf8_lossy(&output.stderr).contains("refused"));
    assert_eq!(waiting(&sandbox), 1);
}

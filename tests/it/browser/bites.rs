//! The checks that every page must pass do fail on a page that is broken on purpose.

use super::inspector::Inspector;
use crate::support::service::Sandbox;

/// What breaks the page, and what a check then says.
const BREAKS: [(&str, &str); 6] = [
    ("main.insertAdjacentHTML('beforeend', '<input name=unlabelled>')", "label (critical)"),
    ("main.querySelector('h1, h2').style.color = '#bbb'; document.body.style.background = '#fff'", "color-contrast"),
    ("document.documentElement.removeAttribute('lang')", "html-has-lang"),
    ("main.insertAdjacentHTML('beforeend', '<div style=\"inline-size:2000px\">wide</div>')", "pixels wide"),
    ("document.querySelector('.exit').style.cssText = 'min-block-size:0;padding:0;line-height:1'", "too small"),
    ("main.insertAdjacentHTML('beforeend', '<a href=\"#\" style=\"font-size:8px;padding:0\">x</a>')", "too small"),
];

#[tokio::test]
async fn what_is_broken_on_purpose_is_found() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    inspector.look_as(("sv", 320, "light")).await;
    for (breaking, complaint) in BREAKS {
        inspector.goto(&service.url("/sv/stod")).await;
        let before = inspector.wrong().await;
        assert!(before.is_empty(), "the page is sound before: {before:?}");
        // Styles set by script are no inline styles to the policy; those in markup are, and would be left out.
        let script = format!("const main = document.querySelector('main'); {breaking};
            for (const element of main.querySelectorAll('[style]')) element.style.cssText = element.getAttribute('style')");
        let () = inspector.resident.run(&script, vec![]).await;
        let found = inspector.wrong().await;
        assert!(found.iter().any(|wrong| wrong.contains(complaint)), "{breaking} is not found: {found:?}");
    }
}

#[tokio::test]
async fn what_is_kept_and_fetched_on_purpose_is_found() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(inspector) = Inspector::arrive().await else { return };
    let resident = &inspector.resident;
    inspector.goto(&service.url("/sv/stod")).await;
    assert_eq!(resident.kept().await, Vec::<String>::new());
    for (keeping, kept) in [
        ("document.cookie = 'mark=1'", "cookie"),
        ("localStorage.mark = 1", "local mark"),
        ("sessionStorage.mark = 1", "session mark"),
    ] {
        let () = resident.run(keeping, vec![]).await;
        let all = resident.kept().await;
        assert!(all.iter().any(|one| one.starts_with(kept)), "{keeping} is not seen: {all:?}");
    }

    assert!(resident.complaints().await.is_empty());
    let inside = |address: &String| address.starts_with(&service.url("/"));
    assert!(resident.fetched().await.iter().all(inside));
    // The policy refuses what lies outside, and the browser says so: that is a complaint, too.
    let () = resident
        .run(
            "const image = new Image(); image.src = 'http://127.0.0.1:1/mark.png'; document.body.append(image)",
            vec![],
        )
        .await;
    let mut refused = Vec::new();
    for _ in 0..100 {
        refused.extend(resident.complaints().await);
        if !refused.is_empty() || !resident.fetched().await.iter().all(inside) {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(30)).await;
    }
    panic!("a request to the outside goes unnoticed");
}

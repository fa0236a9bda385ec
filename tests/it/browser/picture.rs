//! The README's picture, which every run takes; and where pictures go.
//!
//! With `TRYGGHET_WRITE_PICTURES=1` the pictures of the README and of the staff's guide are written to `docs/pictures`.

use std::path::{Path, PathBuf};

use serde_json::json;

use super::journey::Answer::{List, Option};
use super::journey::Resident;
use crate::support::browser::Scripts;
use crate::support::service::Sandbox;

/// A phone as many have it, in CSS pixels.
const PHONE: (u32, u32) = (390, 844);

/// The pictures side by side, as phones.
const SHOW: &str = "
    document.body.style = 'margin: 0; padding: 24px; display: flex; gap: 24px; background: #e8eef0';
    document.body.replaceChildren(...arguments[0].map(png => {
        const phone = new Image();
        phone.src = 'data:image/png;base64,' + png;
        phone.style = 'border: 3px solid #16242c; border-radius: 22px';
        return phone;
    }));
    return 0";

/// What the browser shows, as a PNG in base 64.
async fn screenshot(resident: &Resident) -> String {
    resident.browser.driver.screenshot_as_png_base64().await.expect("a picture")
}

/// Where the pictures of the documents lie.
pub(super) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures")
}

/// Keeps a picture under its name, where that is asked for.
pub(super) fn keep(name: &str, picture: &[u8]) {
    assert!(picture.starts_with(b"\x89PNG"), "{name} is a picture");
    if std::env::var_os("TRYGGHET_WRITE_PICTURES").is_some() {
        let file = folder().join(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, picture).expect("the picture is written");
    }
}

#[tokio::test]
async fn picture_of_the_survey() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(resident) = Resident::arrive(Scripts::On, PHONE).await else { return };
    // A phone's lie over the page.
    resident.browser.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    resident.open_survey(&service, "sv").await;
    let mut pictures = vec![screenshot(&resident).await];
    resident.next().await;
    resident.answer_all(&[Option("X01", "folkbokford"), Option("X02", "kvinna"), Option("X03", "a35_44")]).await;
    resident.next().await;
    resident.answer_all(&[List("Q01", "mortnas"), Option("Q02", "bostadsratt"), Option("Q03", "arbetar")]).await;
    let top = "document.activeElement.blur(); scrollTo(0, 0); return 0";
    let _: u32 = resident.run(top, vec![]).await;
    pictures.push(screenshot(&resident).await);
    for _ in 0..6 {
        resident.next().await;
    }
    assert!(resident.address().await.ends_with("#granska"));
    let _: u32 = resident.run(top, vec![]).await;
    pictures.push(screenshot(&resident).await);
    // No page of ours may hold them: it would be a strange policy that let it.
    resident.goto("data:text/html,<title>Picture</title>").await;
    resident.browser.resize(3 * (PHONE.0 + 6) + 4 * 24, PHONE.1 + 6 + 2 * 24).await;
    let _: u32 = resident.run(SHOW, vec![json!(pictures)]).await;
    let png = resident.browser.driver.screenshot_as_png().await.expect("a picture");
    keep("survey.png", &png);
}

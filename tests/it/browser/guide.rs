//! The staff's guide, `docs/handledning.md`: what it calls things is what the pages call them, and its pictures are of pages
//! that are there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::inspector::Inspector;
use super::picture;
use super::staff::{posts, sign_in_as};
use crate::support::colleague::path_in;
use crate::support::service::{Sandbox, Service};

/// How wide the pictures are, in CSS pixels.
const WIDTH: u32 = 820;

/// How high the pictures are at most.
const HEIGHT: u32 = 1100;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn guide() -> String {
    std::fs::read_to_string(root().join("docs/handledning.md")).expect("the guide")
}

/// The guide's pictures: file name and what is said of it.
fn pictures(guide: &str) -> Vec<(String, String)> {
    let pictures = guide.lines().filter_map(|line| line.strip_prefix("![")?.strip_suffix(".png)"));
    let pictures =
        pictures.map(|picture| picture.split_once("](pictures/handledning/").expect("a picture of the guide"));
    pictures.map(|(said, name)| (name.to_owned(), said.to_owned())).collect()
}

/// Someone who takes the guide's pictures.
struct Photographer {
    inspector: Inspector,
    said: Vec<(String, String)>,
    taken: BTreeSet<String>,
}

impl Photographer {
    async fn goto(&self, service: &Service, path: &str) {
        self.inspector.goto(&service.url(path)).await;
    }

    /// Takes the page as it stands. What the guide says of the picture begins with the page's own heading.
    async fn take(&mut self, name: &str) {
        let said = self.said.iter().find(|(picture, _)| picture == name).map(|(_, said)| said.as_str());
        let said = said.unwrap_or_else(|| panic!("the guide has no picture named {name}"));
        let heading: String =
            self.inspector.resident.run("return document.querySelector('h1').innerText", vec![]).await;
        assert!(said.starts_with(&heading), "the picture {name} is of {heading:?}, not of {said:?}");
        let high: u32 = self.inspector.resident.run("return document.body.scrollHeight", vec![]).await;
        self.inspector.resident.browser.resize(WIDTH, high.clamp(300, HEIGHT)).await;
        let picture = self.inspector.resident.browser.driver.screenshot_as_png().await.expect("a picture");
        picture::keep(&format!("handledning/{name}.png"), &picture);
        self.taken.insert(name.to_owned());
    }
}

#[tokio::test]
async fn its_pictures_are_of_pages_that_are_there() {
    let sandbox = Sandbox::new();
    let service = sandbox.serve();
    let Some(mut inspector) = Inspector::arrive().await else { return };
    inspector.look_as(("sv", WIDTH, "light")).await;
    inspector.resident.browser.devtools("Emulation.setScrollbarsHidden", json!({ "hidden": true })).await;
    let mut photographer = Photographer { inspector, said: pictures(&guide()), taken: BTreeSet::new() };

    photographer.goto(&service, &path_in(&service.greeting(), "/personal/valkommen/")).await;
    photographer.take("konto").await;
    let (anna, ..) = sandbox.administrator(&service).await;
    sign_in_as(&photographer.inspector, &service, &anna).await;
    photographer.goto(&service, "/personal").await;
    photographer.take("start").await;
    photographer.goto(&service, "/personal/medarbetare/bjud-in").await;
    photographer.take("bjud-in").await;
    let draft = "/personal/dialoger/vkod-2018";
    let make = [("namn", "vkod-2018"), ("fran", "vkod-2017.yaml")];
    photographer.goto(&service, "/personal/dialoger/ny").await;
    posts(&photographer.inspector, "/personal/dialoger/ny", &make).await;
    for (path, name) in [
        ("/personal/dialoger".to_owned(), "dialoger"),
        (draft.to_owned(), "dialog"),
        (format!("{draft}/fragor/fraga/Q05"), "fraga"),
        (format!("{draft}/fragor/flode"), "flode"),
        (format!("{draft}/fragor"), "fil"),
        (format!("{draft}/texter"), "texter"),
        (format!("{draft}/kontroll"), "kontroll"),
        (format!("{draft}/mobil/ar?bredd=320"), "telefon"),
        (format!("{draft}/oppna"), "oppna"),
        ("/personal/dialoger/vkod-2017/uppfoljning".to_owned(), "uppfoljning"),
        ("/personal/logg".to_owned(), "logg"),
    ] {
        photographer.goto(&service, &path).await;
        photographer.take(name).await;
    }
    let keying = "/personal/dialoger/vkod-2017/inmatning";
    photographer.goto(&service, keying).await;
    posts(&photographer.inspector, &format!("{keying}/borja"), &[]).await;
    photographer.goto(&service, keying).await;
    photographer.take("inmatning").await;

    let named: BTreeSet<String> = photographer.said.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(named, photographer.taken, "pictures in the guide, and pictures that are taken");
    let folder = std::fs::read_dir(picture::folder().join("handledning")).expect("the pictures");
    let written = folder.map(|file| file.expect("a file").file_name().into_string().expect("a name"));
    let written: BTreeSet<String> = written.map(|name| name.trim_end_matches(".png").to_owned()).collect();
    assert_eq!(named, written, "pictures in the guide, and pictures in its folder");
}

#[test]
fn what_it_calls_things_is_what_the_pages_call_them() {
    let mut messages = BTreeSet::new();
    for file in std::fs::read_dir(root().join("src/i18n/sv")).expect("the messages") {
        let text = std::fs::read_to_string(file.expect("a file").path()).expect("messages");
        // What stands before a message's first variable is how people recognise it.
        let said = text.lines().filter_map(|line| line.split_once(" = ")).map(|(_, said)| said.split('{').next());
        messages.extend(said.flatten().map(|said| said.trim_end_matches([':', ' ']).to_owned()));
    }
    let guide = guide();
    let called: Vec<&str> = guide.split("**").skip(1).step_by(2).collect();
    assert!(called.len() > 20);
    let strange: Vec<&&str> = called.iter().filter(|name| **name != "fet stil" && !messages.contains(**name)).collect();
    assert!(strange.is_empty(), "no page says: {strange:?}");
}

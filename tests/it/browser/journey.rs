//! A resident in front of the real service: the moves that the journeys are made of.
//!
//! She clicks what she sees and types; nothing is set behind the page's back. A move that can't be made
//! by hand (an option that is hidden, a button under another) fails the test.

use std::time::Duration;

use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner};
use thirtyfour::{By, Key, WebElement};

use crate::support::browser::{Browser, Scripts};
use crate::support::require::{self, Missing};
use crate::support::service::Service;

/// The width of a small phone and of a desktop, in CSS pixels.
pub const PHONE: (u32, u32) = (320, 640);
/// See [`PHONE`].
pub const DESKTOP: (u32, u32) = (1280, 900);

/// What she does in a question.
#[derive(Debug, Clone, Copy)]
pub enum Answer {
    /// Chooses an option, by the name of its field and its value.
    Option(&'static str, &'static str),
    /// Chooses from a list.
    List(&'static str, &'static str),
    /// Writes.
    Text(&'static str, &'static str),
}

fn is_intercepted(error: &WebDriverError) -> bool {
    matches!(error.as_inner(), WebDriverErrorInner::ElementClickIntercepted(_))
}

/// A resident at her browser.
pub struct Resident {
    /// Her browser.
    pub browser: Browser,
}

impl Resident {
    /// A resident on a screen of `size`; nobody where the machine has no Chromium.
    pub async fn arrive(scripts: Scripts, size: (u32, u32)) -> Option<Self> {
        Self::arrive_with_text(scripts, size, 16).await
    }

    /// The same, with text of so many pixels by her browser's settings.
    pub async fn arrive_with_text(scripts: Scripts, size: (u32, u32), pixels: u32) -> Option<Self> {
        let browser: Result<Browser, Missing> = Browser::open_with_text(scripts, pixels).await;
        let resident = Self { browser: require::or_skip(browser)? };
        resident.browser.resize(size.0, size.1).await;
        // That scripts are off is what half of these tests rest on.
        resident.goto("data:text/html,<title>off</title><script>document.title='on'</script>").await;
        let runs = resident.browser.driver.title().await.expect("a title") == "on";
        assert_eq!(runs, scripts == Scripts::On, "a page's script runs only where scripts are on");
        Some(resident)
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.browser.driver.goto(address).await.expect("the page opens");
    }

    /// Opens the survey.
    pub async fn open_survey(&self, service: &Service, language: &str) {
        self.goto(&service.url(&format!("/{language}/enkat"))).await;
    }

    /// Runs a script of the test's and reads what it returns.
    pub async fn run<T: DeserializeOwned>(&self, script: &str, arguments: Vec<Value>) -> T {
        self.browser.run(script, arguments).await
    }

    /// The first element for `css` that can be seen, where there is one.
    pub async fn seen(&self, css: &str) -> Option<WebElement> {
        // Scrolled to the middle, as a person scrolls what she wants to press from under the exit.
        const SEEN: &str = "const seen = [...document.querySelectorAll(arguments[0])]
            .find(element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length);
            seen?.scrollIntoView({ block: 'center' });
            return seen";
        let found = self.browser.driver.execute(SEEN, vec![json!(css)]).await.expect("the script runs");
        (!found.json().is_null()).then(|| found.element().expect("an element"))
    }

    /// Clicks the first element for `css` that can be seen.
    pub async fn press(&self, css: &str) {
        for tries_left in (0..10).rev() {
            let element = self.seen(css).await.unwrap_or_else(|| panic!("{css} can't be seen"));
            match element.click().await {
                Ok(()) => return,
                // The page may still be on its way to a new screen's heading.
                Err(error) if tries_left > 0 && is_intercepted(&error) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
                Err(error) => panic!("{css} can't be clicked: {error}"),
            }
        }
    }

    /// Presses keys, wherever the focus is.
    pub async fn keys(&self, keys: impl AsRef<str>) {
        self.browser.driver.action_chain().send_keys(keys.as_ref()).perform().await.expect("keys are pressed");
    }

    /// Presses a key that is no character.
    pub async fn key(&self, key: Key) {
        self.keys(key.value().to_string()).await;
    }

    /// Gives one answer by hand.
    pub async fn answer(&self, answer: Answer) {
        match answer {
            Answer::Option(name, value) => {
                let input = format!("[name=\"{name}\"][value=\"{value}\"]");
                self.press(&format!("label:has(> {input}), [type=checkbox]{input} + label")).await;
            }
            Answer::List(name, value) => {
                let option = By::Css(format!("select[name=\"{name}\"] option[value=\"{value}\"]"));
                assert!(self.seen(&format!("select[name=\"{name}\"]")).await.is_some(), "{name} can't be seen");
                let option = self.browser.driver.find(option).await.expect("the list has the option");
                option.click().await.expect("the option can be chosen");
            }
            Answer::Text(name, text) => {
                let field = self.seen(&format!("input[name=\"{name}\"], textarea[name=\"{name}\"]")).await;
                let field = field.unwrap_or_else(|| panic!("{name} can't be seen"));
                field.send_keys(text).await.expect("she can write");
            }
        }
    }

    /// Gives answers that all stand on the screen before her.
    pub async fn answer_all(&self, answers: &[Answer]) {
        for given in answers {
            self.answer(*given).await;
        }
    }

    /// The primary button of the screen: begin, next, send.
    pub async fn next(&self) {
        self.press("#enkat .primary").await;
    }

    /// The screen before her: the sections that can be seen.
    pub async fn screens(&self) -> Vec<String> {
        self.run("return [...document.querySelectorAll('section')].filter(section => section.checkVisibility()).map(section => section.id)", vec![])
            .await
    }

    /// Whether she is on this screen and no other.
    pub async fn is_on(&self, screen: &str) -> bool {
        self.screens().await == [screen]
    }

    /// All text that can be seen.
    pub async fn text(&self) -> String {
        self.run("return document.body.innerText", vec![]).await
    }

    /// What the form holds: fields and values in the order of the page, its own fields left out.
    pub async fn holds(&self) -> Vec<(String, String)> {
        self.run(
            "return [...new FormData(document.getElementById('enkat'))]
                .filter(([name, value]) => value != '' && value != 'nej' && !['ordning', 'kvitto', 'dialog'].includes(name))",
            vec![],
        )
        .await
    }

    /// Whether the form on the page holds no answer: the mark of an unknown or empty page is that it fails here.
    pub async fn sees_an_empty_form(&self) -> bool {
        assert!(self.seen("#start, .part").await.is_some(), "no survey stands here: {}", self.text().await);
        self.holds().await.is_empty()
    }

    /// The browser's own Back.
    pub async fn back(&self) {
        self.browser.driver.back().await.expect("the browser goes back");
    }

    /// The address before her.
    pub async fn address(&self) -> String {
        self.browser.driver.current_url().await.expect("an address").to_string()
    }

    /// Waits until the address begins with `start`: where a script leads on, clicking does not wait.
    pub async fn arrives_at(&self, start: &str) {
        for _ in 0..100 {
            if self.address().await.starts_with(start) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("she is at {} and not at {start}:\n{}", self.address().await, self.text().await);
    }

    /// Waits until she is thanked, in `language`: the form names its dialogue, and so does the page after it.
    pub async fn is_thanked(&self, service: &Service, language: &str) {
        self.arrives_at(&service.url(&format!("/{language}/vkod-2017/tack"))).await;
    }

    /// Waits until `text` can be read.
    pub async fn reads(&self, text: &str) {
        for _ in 0..100 {
            if self.text().await.contains(text) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("she does not read “{text}” but:\n{}", self.text().await);
    }

    /// What the browser keeps of the site: cookies, storage, databases, caches, workers. Must be empty, always.
    pub async fn kept(&self) -> Vec<String> {
        let cookies = self.browser.devtools("Network.getAllCookies", json!({})).await;
        let mut kept: Vec<String> =
            cookies["cookies"].as_array().expect("cookies").iter().map(|cookie| format!("cookie {cookie}")).collect();
        const KEPT: &str = "const done = arguments[arguments.length - 1];
            (async () => [
                ...Object.keys(localStorage).map(key => 'local ' + key),
                ...Object.keys(sessionStorage).map(key => 'session ' + key),
                ...(await indexedDB.databases()).map(base => 'database ' + base.name),
                ...(await caches.keys()).map(key => 'cache ' + key),
                ...(await navigator.serviceWorker.getRegistrations()).map(worker => 'worker ' + worker.scope),
            ])().then(done, error => done(['error ' + error]))";
        let more = self.browser.driver.execute_async(KEPT, vec![]).await.expect("the script runs");
        kept.extend(more.convert::<Vec<String>>().expect("names"));
        kept
    }

    /// What the page has fetched, and itself: absolute addresses.
    pub async fn fetched(&self) -> Vec<String> {
        self.run(
            "return [location.href, ...performance.getEntriesByType('resource').map(entry => entry.name)].filter(name => !name.startsWith('data:'))",
            vec![],
        )
        .await
    }

    /// What of that lies elsewhere than at the service. Must be empty, always.
    pub async fn fetched_elsewhere(&self, service: &Service) -> Vec<String> {
        let own = service.url("/");
        self.fetched().await.into_iter().filter(|address| !address.starts_with(&own)).collect()
    }

    /// What the browser complained of since this was last asked: errors of scripts, refused by policy, not found.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.browser.driver.browser_log().await.expect("chromedriver keeps the console's log");
        // "Info" tells what `Clear-Site-Data` cleared.
        log.iter().filter(|entry| entry.level != "INFO").map(|entry| format!("{entry:?}")).collect()
    }
}

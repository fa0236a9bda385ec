//! Who looks at a page with all our eyes: axe-core, what scrolls sideways, what is too small to hit, what is kept or
//! fetched from elsewhere.
//!
//! `broken` shows that each of these eyes sees; `pages`, `states` and `zoom` use them.

use serde_json::json;

use super::journey::Resident;
use crate::support::browser::Scripts;
use crate::support::service::Service;
use crate::support::{axe, require};

/// A language, a width in CSS pixels and a colour scheme.
pub type View = (&'static str, u32, &'static str);

/// Views that differ in what can go wrong; together they cover each value twice.
pub const VIEWS: [View; 4] = [("sv", 320, "light"), ("ar", 320, "dark"), ("sv", 1280, "dark"), ("ar", 1280, "light")];

/// Targets that are too small: 24 px (WCAG 2.2, 2.5.8) but for links within text, 44 px for options and buttons; and
/// boxes and buttons that don't stand within the row that is their target.
const TARGETS: &str = "
    const seen = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
    const small = [];
    for (const element of document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea, label')) {
        if (!seen(element) || element.matches('label.t, .skip') || getComputedStyle(element).pointerEvents == 'none') continue;
        if (element.matches('[type=radio], [type=checkbox]')) {
            const box = element.getBoundingClientRect(), row = element.labels[0].getBoundingClientRect();
            if (box.top < row.top + 4 || box.bottom > row.bottom - 4) small.push(`out of its row: ${element.outerHTML}`);
            continue;
        }
        const inText = element.matches('p a:not(.button)');
        const box = element.getBoundingClientRect();
        const least = element.matches('label, .button, button:not([value^=language])') ? 44 : inText ? 0 : 24;
        if (box.height < least || box.width < least) small.push(`${box.width}x${box.height} ${element.outerHTML.slice(0, 120)}`);
    }
    return small";

/// How wide the page is, and how wide the window.
const WIDTHS: &str = "return [document.documentElement.scrollWidth, innerWidth]";

/// Sends a form of the test's own to the page's address.
const POST: &str = "const form = document.createElement('form');
    form.method = 'post'; form.action = location.pathname;
    for (const [name, value] of arguments[0]) {
        const field = document.createElement('textarea');
        field.name = name; field.value = value; form.append(field);
    }
    document.body.append(form); HTMLFormElement.prototype.submit.call(form)";

/// See the module.
pub struct Inspector {
    pub resident: Resident,
    pub view: View,
    axe: &'static str,
    found: Vec<String>,
}

impl Inspector {
    /// Somebody at a small window; nobody where the machine lacks Chromium or axe-core.
    pub async fn arrive() -> Option<Self> {
        let axe = require::or_skip(axe::source())?;
        let resident = Resident::arrive(Scripts::On, (320, 640)).await?;
        Some(Self { resident, axe, view: VIEWS[0], found: Vec::new() })
    }

    /// Takes another view.
    pub async fn look_as(&mut self, view: View) {
        self.view = view;
        self.resident.browser.resize(view.1, 800).await;
        let features = json!([{ "name": "prefers-color-scheme", "value": view.2 }]);
        self.resident.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.resident.goto(address).await;
    }

    /// Opens the survey as the server shows it to who sent `fields`.
    pub async fn post(&self, service: &Service, fields: &[(&str, &str)]) {
        let language = self.view.0;
        self.goto(&service.url(&format!("/{language}/enkat"))).await;
        let () = self.resident.run(POST, vec![json!(fields)]).await;
        // The page that was posted from is gone when its form is.
        for _ in 0..600 {
            let script = "return document.readyState == 'complete' && !document.querySelector('body > form')";
            if self.resident.run::<bool>(script, vec![]).await {
                return;
            }
            tokio::time::sleep(std::time::Duration::from_millis(30)).await;
        }
        panic!("no page came");
    }

    /// What is wrong with the page as it stands, one text each.
    pub async fn faults(&self) -> Vec<String> {
        let mut wrong = axe::violations(&self.resident.browser.driver, self.axe).await.expect("axe-core runs");
        wrong.extend(self.sideways().await);
        let small: Vec<String> = self.resident.run(TARGETS, vec![]).await;
        wrong.extend(small.into_iter().map(|target| format!("target: {target}")));
        wrong
    }

    /// Whether the page is wider than its window.
    pub async fn sideways(&self) -> Option<String> {
        let (wide, window): (f64, f64) = self.resident.run(WIDTHS, vec![]).await;
        (wide > window).then(|| format!("{wide} pixels wide in a window of {window}"))
    }

    /// Notes what is wrong with the page in this state.
    pub async fn inspect(&mut self, state: &str) {
        let wrong = self.faults().await;
        self.note(state, wrong);
    }

    /// Notes what somebody else found wrong in this state.
    pub fn note(&mut self, state: &str, wrong: impl IntoIterator<Item = String>) {
        let view = self.view;
        self.found.extend(wrong.into_iter().map(|wrong| format!("{state} {view:?}: {wrong}")));
    }

    /// Fails with everything that was found, so that one run tells all.
    pub fn report(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

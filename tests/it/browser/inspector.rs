//! Who looks at a page for all of us: axe-core's rules, sideways scrolling, the size of targets.

use serde_json::json;

use super::journey::Resident;
use crate::support::browser::Scripts;
use crate::support::{axe, require};

/// Languages, widths and colour schemes that differ in what can go wrong; together they cover each value twice.
pub const VIEWS: [(&str, u32, &str); 4] =
    [("sv", 320, "light"), ("ar", 320, "dark"), ("sv", 1280, "dark"), ("ar", 1280, "light")];

/// Targets that are too small: 24 px (WCAG 2.2, 2.5.8) but for links within text, 44 px for options and buttons.
const TARGETS: &str = "
    const seen = element => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length;
    const small = [];
    for (const element of document.querySelectorAll('a, button, summary, select, input:not([type=hidden]), textarea, label')) {
        if (!seen(element) || element.matches('label.t, .skip') || getComputedStyle(element).pointerEvents == 'none') continue;
        if (element.matches('[type=radio], [type=checkbox]')) continue;
        const inText = element.matches('p a:not(.button)');
        const box = element.getBoundingClientRect();
        const least = element.matches('label, .button, button:not([value^=language])') ? 44 : inText ? 0 : 24;
        if (box.height < least || box.width < least) small.push(`${box.width}x${box.height} ${element.outerHTML.slice(0, 120)}`);
    }
    return small";

/// Who looks at a page with all our eyes.
pub struct Inspector {
    /// Her browser.
    pub resident: Resident,
    axe: &'static str,
    /// Language, width and colour scheme.
    pub view: (&'static str, u32, &'static str),
    found: Vec<String>,
}

impl Inspector {
    /// Nobody where the machine has no Chromium or no axe-core.
    pub async fn arrive() -> Option<Self> {
        let axe = require::or_skip(axe::source())?;
        let resident = Resident::arrive(Scripts::On, (320, 640)).await?;
        Some(Self { resident, axe, view: VIEWS[0], found: Vec::new() })
    }

    /// Changes width and colour scheme; the language is for the test to ask for.
    pub async fn look_as(&mut self, view: (&'static str, u32, &'static str)) {
        self.view = view;
        self.resident.browser.resize(view.1, 800).await;
        let features = json!([{ "name": "prefers-color-scheme", "value": view.2 }]);
        self.resident.browser.devtools("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.resident.goto(address).await;
    }

    /// Looks at the page as it stands, called `state` in the report.
    pub async fn inspect(&mut self, state: &str) {
        let (wrong, view) = (self.wrong().await, self.view);
        self.found.extend(wrong.into_iter().map(|wrong| format!("{state} {view:?}: {wrong}")));
    }

    /// What is wrong with the page as it stands.
    pub async fn wrong(&self) -> Vec<String> {
        let mut wrong = axe::violations(&self.resident.browser.driver, self.axe).await.expect("axe-core runs");
        let (wide, window): (f64, f64) =
            self.resident.run("return [document.documentElement.scrollWidth, innerWidth]", vec![]).await;
        if wide > window {
            wrong.push(format!("{wide} pixels wide"));
        }
        let small: Vec<String> = self.resident.run(TARGETS, vec![]).await;
        wrong.extend(small.into_iter().map(|target| format!("too small: {target}")));
        wrong
    }

    /// Fails with everything that was found, so that one run tells all.
    pub fn report(self) {
        assert!(self.found.is_empty(), "{}", self.found.join("\n"));
    }
}

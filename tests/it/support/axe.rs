//! Accessibility rules, run inside a page by axe-core.
//!
//! axe-core (MPL-2.0) is a tool of the tests only: `npm ci` in `tests/` puts it into
//! `tests/node_modules`, and nothing of it reaches the product. It finds perhaps half of what can be
//! wrong; keyboard, focus and wording have tests of their own.

use std::path::Path;
use std::sync::OnceLock;

use serde::Deserialize;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverResult;

use super::require::Missing;

/// The rules that every page must pass: WCAG 2.0 to 2.2, A and AA, and what axe calls best practice.
const RULES: &[&str] = &["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/// Runs the rules and hands back, beside the violations, how many rules passed: a page on which none
/// did was not tested at all.
const RUN: &str = "
    const done = arguments[arguments.length - 1];
    const options = { runOnly: { type: 'tag', values: arguments[0] }, resultTypes: ['violations'] };
    axe.run(document, options).then(
        (result) => done({
            passed: result.passes.length,
            violations: result.violations.map((rule) => ({
                rule: rule.id,
                impact: rule.impact || 'unknown',
                help: rule.help,
                places: rule.nodes.map((node) => ({
                    target: node.target.flat().join(' '),
                    html: node.html,
                    summary: node.failureSummary || '',
                })),
            })),
        }),
        (error) => done({ passed: 0, violations: [], error: String(error) }),
    );
";

#[derive(Deserialize)]
struct Outcome {
    passed: usize,
    violations: Vec<Violation>,
    error: Option<String>,
}

#[derive(Deserialize)]
struct Violation {
    rule: String,
    impact: String,
    help: String,
    places: Vec<Place>,
}

#[derive(Deserialize)]
struct Place {
    target: String,
    html: String,
    summary: String,
}

/// The rules' source, read once.
///
/// # Errors
/// [`Missing`] where `npm ci` was not run in `tests/`.
pub fn source() -> Result<&'static str, Missing> {
    static SOURCE: OnceLock<Result<String, Missing>> = OnceLock::new();
    let source = SOURCE.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node_modules/axe-core/axe.min.js");
        std::fs::read_to_string(path).map_err(|_| Missing("axe-core (run `npm ci` in tests/)".into()))
    });
    source.as_deref().map_err(Clone::clone)
}

/// What the rules find in the page as it stands now, hidden parts left out: one text per rule broken,
/// with the places.
///
/// # Errors
/// Whatever the browser reports.
///
/// # Panics
/// Where the rules did not run, or none of them found anything to judge.
pub async fn violations(driver: &WebDriver, source: &str) -> WebDriverResult<Vec<String>> {
    driver.execute(source, Vec::new()).await?;
    let outcome: Outcome = driver.execute_async(RUN, vec![serde_json::json!(RULES)]).await?.convert()?;
    assert_eq!(outcome.error, None, "axe-core runs");
    assert!(outcome.passed > 0, "axe-core judged something");
    Ok(outcome.violations.iter().map(describe).collect())
}

fn describe(violation: &Violation) -> String {
    let places =
        violation.places.iter().map(|place| format!("\n  {}\n    {}\n    {}", place.target, place.html, place.summary));
    format!("{} ({}): {}{}", violation.rule, violation.impact, violation.help, places.collect::<String>())
}

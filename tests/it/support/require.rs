//! Tests that need more than a Rust toolchain: PostgreSQL, Chromium, the npm packages in `tests/`.
//!
//! A newcomer's `cargo test` must pass without them, and must not hide that something was left out;
//! CI must not pass without them. So a test that finds its tool missing says so on the terminal and
//! returns; with `TRYGGHET_TEST_REQUIRE_ALL=1` the same test fails.

use std::io::Write;

/// Why something that a test needs cannot be had on this machine.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Missing(pub String);

/// What was found; or nothing, after the current test was reported as not run.
///
/// ```ignore
/// let Some(cluster) = require::or_skip(postgres::shared()) else { return };
/// ```
///
/// # Panics
/// Where `TRYGGHET_TEST_REQUIRE_ALL=1` is set and the thing is missing.
pub fn or_skip<T>(found: Result<T, Missing>) -> Option<T> {
    match found {
        Ok(found) => Some(found),
        Err(missing) => {
            let test = std::thread::current().name().unwrap_or("a test").to_owned();
            assert!(!everything_required(), "{test} needs {missing} (TRYGGHET_TEST_REQUIRE_ALL is set)");
            // Straight to the handle: the test harness swallows what `eprintln!` says in a test that passes.
            let _ = writeln!(std::io::stderr(), "NOT RUN: {test} needs {missing}");
            None
        }
    }
}

/// Whether a missing tool is a failure.
pub fn everything_required() -> bool {
    std::env::var("TRYGGHET_TEST_REQUIRE_ALL").is_ok_and(|value| value == "1")
}

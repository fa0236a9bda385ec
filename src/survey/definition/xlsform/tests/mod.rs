//! Round trips, forms that others wrote, and files that are none.

mod constructed;
mod round_trip;

use super::super::source::Source;
use super::super::tests::SMALL;
use super::Reading;

/// What is read from a text that must be readable.
fn source(text: &str) -> Source {
    let (source, problems) = super::super::read("f.yaml", text);
    assert!(problems.is_empty(), "{:?}\n{text}", problems.into_sorted());
    source.expect("a questionnaire")
}

/// What is told of a form, one text a line.
fn told(reading: &Reading) -> Vec<String> {
    let findings = reading.findings.iter().map(ToString::to_string);
    findings.chain(reading.faults.iter().map(|fault| format!("fault: {fault}"))).collect()
}

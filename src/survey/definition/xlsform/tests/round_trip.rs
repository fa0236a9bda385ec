//! Ours to XLSForm and back is exact.

use super::{SMALL, source, told};
use crate::survey::definition::write::write;
use crate::survey::definition::{VKOD_2017, xlsform};

/// Writes, reads, compares; gives the bytes.
pub(super) fn exact(text: &str) -> Vec<u8> {
    let written = super::super::write::sheets(&source(text));
    let bytes = super::super::write::book(&written.sheets).expect("bytes");
    let back = xlsform::read(&bytes).expect("a form");
    // A draft may have faults; what is lost or decided it has not.
    assert_eq!(back.findings, [], "{:?}", told(&back));
    let (before, after) = (write(&source(text)), write(&source(&back.text)));
    let differs = before.lines().zip(after.lines()).find(|(before, after)| before != after);
    assert_eq!(differs, None, "\n{before}");
    assert!(source(&back.text) == source(text), "\n{before}\nbecame\n{after}");
    bytes
}

#[test]
fn the_real_survey_comes_back() {
    let bytes = exact(VKOD_2017.1);
    let back = xlsform::read(&bytes).expect("a form");
    assert_eq!(told(&back), [""; 0]);
    assert_eq!(bytes, exact(VKOD_2017.1), "the same questionnaire gives the same bytes");
}

#[test]
fn the_real_survey_with_its_module_comes_back() {
    let text = VKOD_2017.1.replacen("enabled: false", "enabled: true", 1);
    assert_ne!(text, VKOD_2017.1);
    exact(&text);
}

#[test]
fn a_small_one_with_everything_comes_back() {
    exact(SMALL);
}

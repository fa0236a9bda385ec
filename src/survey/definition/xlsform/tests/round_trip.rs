//! Ours to XLSForm and back is exact.

use super::{SMALL, source, told};
use crate::survey::definition::{VKOD_2017, xlsform};

/// Writes, reads, compares; gives the bytes.
fn exact(text: &str) -> Vec<u8> {
    let written = super::super::write::sheets(&source(text));
    let bytes = super::super::write::book(&written.sheets).expect("bytes");
    let back = xlsform::read(&bytes).expect("a form");
    assert_eq!(told(&back), [""; 0], "nothing is lost or decided");
    assert_eq!(source(&back.text), source(text), "{}", back.text);
    bytes
}

#[test]
fn the_real_survey_comes_back() {
    exact(VKOD_2017.1);
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

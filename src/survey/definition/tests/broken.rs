//! Broken files, and exactly what is said of each.
//!
//! `broken.txt` holds a case after an empty line: changes to `small.yaml` as in a diff (`-` and `+`
//! lines, several changes parted by `@@`), then the problems as they are shown.

use super::{SMALL, told};
use crate::survey::definition::VKOD_2017;
use crate::survey::routing::evaluate::MOST_OPTIONS;

const CASES: &str = include_str!("broken.txt");

/// The lines of `change` that begin with `sign`, with their line ends.
fn side(change: &str, sign: char) -> String {
    change.lines().filter_map(|line| line.strip_prefix(sign)).map(|line| format!("{line}\n")).collect()
}

/// `SMALL` with the changes made.
fn changed(changes: &str) -> String {
    let mut text = format!("\n{SMALL}");
    for change in changes.split("@@\n") {
        let (before, after) = (format!("\n{}", side(change, '-')), format!("\n{}", side(change, '+')));
        assert_eq!(text.matches(&before).count(), 1, "the lines to change, once:{before}");
        text = text.replacen(&before, &after, 1);
    }
    text.split_off(1)
}

#[test]
fn every_problem_is_told_with_its_place_and_a_hint() {
    let mut cases = 0;
    for case in CASES.split("\n\n").filter(|case| !case.starts_with("##")) {
        let start = case.find("f.yaml:").unwrap_or_else(|| panic!("a case without problems:\n{case}"));
        let (changes, expected) = case.split_at(start);
        let told = told(&changed(changes)).join("\n");
        assert_eq!(told, expected.trim_end(), "\nafter the change\n{changes}");
        cases += 1;
    }
    assert!(cases > 100, "{cases} cases were read");
}

#[test]
fn a_text_in_arabic_keeps_telephone_numbers_whole() {
    let text = VKOD_2017.1.replacen("114\u{a0}14", "114 14", 1);
    assert_ne!(text, VKOD_2017.1);
    let told = told(&text);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].contains("the text in `ar` parts the digits of a number by a space"), "{told:?}");
}

#[test]
fn there_is_a_limit_to_options() {
    let option = |n: usize| format!("          - {{id: o{n}, code: {n}, name: O{n}}}\n");
    let filled = |most: usize| {
        let options: String = (100..100 + most).map(option).collect();
        SMALL.replacen("          - from: B02\n", &options, 1)
    };
    assert_eq!(told(&filled(MOST_OPTIONS - 1)), [""; 0], "with \"will not say\", exactly as many as may be");
    let told = told(&filled(MOST_OPTIONS));
    assert_eq!(told, ["f.yaml:155:13: there are 64 options, more than 63"]);
}

#[test]
fn there_is_a_limit_to_the_file() {
    let text = format!("{SMALL}{}", "# padding\n".repeat(110_000));
    let told = told(&text);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("f.yaml:1:1: the file has 11"), "{told:?}");
}

#[test]
fn an_alias_bomb_is_refused_before_it_grows() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for level in 1..30 {
        let below = level - 1;
        bomb.push_str(&format!("a{level}: &a{level} [{}]\n", vec![format!("*a{below}"); 9].join(", ")));
    }
    let told = told(&bomb);
    assert_eq!(told.len(), 1);
    assert!(told[0].starts_with("f.yaml:1:9: anchors and aliases are not part of the format"), "{told:?}");
}

#[test]
fn deep_nesting_is_refused() {
    let nested = |depth: usize| told(&format!("title: {}{}\n", "[".repeat(depth), "]".repeat(depth)));
    assert_eq!(nested(100).len(), 1);
    assert!(nested(100)[0].contains("nested deeper than"), "{:?}", nested(100));
    assert_eq!(nested(100_000).len(), 1);
}

#[test]
fn whatever_the_file_is_it_is_answered() {
    for text in ["", "\n", "~", "- a\n- b\n", "text", "? [a]\n: b\n", "\u{feff}questionnaire: x\n", "a: b: c", "\0"] {
        assert!(!told(text).is_empty(), "{text:?}");
    }
    // Cut off at any line, the real survey is refused with a place in it, not with a crash.
    let lines: Vec<_> = VKOD_2017.1.lines().collect();
    for length in (0..lines.len()).step_by(37) {
        assert!(!told(&lines[..length].join("\n")).is_empty(), "cut at {length}");
    }
}

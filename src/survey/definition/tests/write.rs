//! The canonical writer: what is written reads as what was meant, and is written the same again.

use proptest::prelude::*;

use super::SMALL;
use crate::survey::definition::node::Located;
use crate::survey::definition::problem::Position;
use crate::survey::definition::source::{ItemSource, KindSource, Source};
use crate::survey::definition::{Text, VKOD_2017, canonical, load, read, write};

/// What is read from a text that must be readable.
fn source(text: &str) -> Source {
    let (source, problems) = read("f.yaml", text);
    assert!(problems.is_empty(), "{:?}\n{text}", problems.into_sorted());
    source.expect("a questionnaire")
}

/// Writes, reads again and compares; gives the text.
fn written(source_before: &Source) -> String {
    let text = write::write(source_before);
    let after = source(&text);
    assert_eq!(source_before, &after, "\n{text}");
    assert_eq!(text, write::write(&after), "writing is a fixed point");
    text
}

#[test]
fn the_real_survey_reads_the_same_after_writing() {
    let text = written(&source(VKOD_2017.1));
    assert!(load("canonical", &text).is_ok());
    assert!(text.contains("safetipin: lighting"), "what only the council reads is kept");
    assert!(text.contains("enabled: false"));
    assert!(text.contains("        relevant: Q11 != 'ja' and (Q06 in ['ganska_otrygg', 'mycket_otrygg'] or"));
    assert!(!text.contains('#'), "comments stay behind");
}

#[test]
fn a_small_one_reads_the_same_after_writing() {
    written(&source(SMALL));
}

#[test]
fn what_is_no_questionnaire_is_not_written() {
    assert!(canonical("f.yaml", "questionnaire: [").is_err());
    let unreadable = SMALL.replacen("minutes: 5", "minutes: soon", 1);
    let problems = canonical("f.yaml", &unreadable).err().unwrap_or_default();
    assert_eq!(problems.len(), 1);
    let contradictory = SMALL.replacen("- from: B02", "- from: B99", 1);
    assert!(canonical("f.yaml", &contradictory).is_ok_and(|text| text.contains("- from: B99")), "a draft can be saved");
}

#[test]
fn texts_stand_without_quotes_where_they_can() {
    let mut source = source(SMALL);
    for (said, expected) in [
        ("Ja, hela året", "sv: Ja, hela året\n"),
        ("16–24 år", "sv: 16–24 år\n"),
        ("… valt en annan väg?", "sv: … valt en annan väg?\n"),
        ("هل تسكنين هنا؟", "sv: هل تسكنين هنا؟\n"),
        ("Nattstopp: stiga av", "sv: \"Nattstopp: stiga av\"\n"),
        ("No", "sv: \"No\"\n"),
        ("1.0", "sv: \"1.0\"\n"),
        ("rad ett\nrad två", "sv: |-\n    rad ett\n    rad två\n"),
        ("\\ \"x\"", "sv: \"\\\\ \\\"x\\\"\"\n"),
        ("a # b", "sv: \"a # b\"\n"),
    ] {
        source.title.0.insert("sv".to_owned(), said.to_owned());
        let text = written(&source);
        assert!(text.contains(expected), "{said}: {}", text.lines().skip(3).take(3).collect::<Vec<_>>().join("\n"));
    }
}

/// Texts that a careless writer would get wrong.
pub(in crate::survey::definition) fn nasty() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("yes"),
        Just("no"),
        Just("~"),
        Just("null"),
        Just("1.0"),
        Just("0x1F"),
        Just("1e3"),
        Just("-"),
        Just("- "),
        Just(": "),
        Just(":"),
        Just(" #"),
        Just("#"),
        Just("'"),
        Just("\""),
        Just("\\"),
        Just("\n"),
        Just("\n\n"),
        Just("\r"),
        Just("\t"),
        Just(" "),
        Just("\u{a0}"),
        Just("\u{85}"),
        Just("\u{2028}"),
        Just("\u{feff}"),
        Just("\0"),
        Just("نعم"),
        Just("å"),
        Just("{"),
        Just("["),
        Just("&"),
        Just("*"),
        Just("!"),
        Just("|"),
        Just(">"),
        Just("%"),
        Just("@"),
        Just("`"),
        Just("---"),
        Just("..."),
        Just("? "),
        Just("<<"),
        Just("="),
        Just("\u{1f469}"),
        Just("_x0041_"),
        Just("${Q01}"),
        Just("2019-12-31"),
        Just("12:30"),
        Just("inf"),
        Just(".nan"),
    ]
    .prop_map(str::to_owned);
    prop::collection::vec(prop_oneof![3 => piece, 1 => any::<char>().prop_map(String::from)], 1..6)
        .prop_map(|pieces| pieces.concat())
        .prop_filter("a text says something", |text| !text.trim().is_empty())
}

/// A text in a language loses its end's blanks when it is read.
pub(in crate::survey::definition) fn trimmed(text: &str) -> String {
    text.trim_end().to_owned()
}

pub(in crate::survey::definition) fn located(value: &str) -> Located<String> {
    Located { at: Position { line: 1, column: 1 }, value: value.to_owned() }
}

pub(in crate::survey::definition) fn both(sv: &str, en: &str) -> Text {
    Text([("sv".to_owned(), trimmed(sv)), ("en".to_owned(), trimmed(en))].into())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_written_in_it_survives(said in prop::collection::vec(nasty(), 12)) {
        let mut source = source(SMALL);
        source.id = said[0].clone();
        source.case_number = said[1].clone();
        source.title = both(&said[2], &said[3]);
        source.texts.start = both(&said[3], &said[2]);
        source.groupings[0].0 = located(&said[4]);
        source.plan.sensitive[0] = located(&said[5]);
        source.plan.breakdowns[0].merge_order[0][0] = located(&said[6]);
        source.lists[0].name = located(&said[7]);
        source.options[0].id = located(&said[8]);
        source.parts[0].id = located(&said[9]);
        source.parts[0].notes = vec![("note", located(&said[10]))];
        let question = &mut source.parts[0].questions[0];
        question.help = Some(both(&said[5], &said[5]));
        question.notes = vec![("note", located(&said[0])), ("evidence", located(&said[11]))];
        if let KindSource::Single { options, .. } = &mut question.kind {
            options[0] = ItemSource::Shared(located(&said[8]));
            if let ItemSource::Own(option) = &mut options[1] {
                option.id = located(&said[4]);
                option.text = both(&said[6], &said[6]);
                option.addresses = vec![located(&said[1]), located(&said[2])];
            }
        }
        written(&source);
    }
}

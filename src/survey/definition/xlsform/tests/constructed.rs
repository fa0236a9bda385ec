//! Questionnaires put together by chance: each comes back exactly.

use proptest::prelude::*;

use super::round_trip::exact;
use super::{SMALL, source};
use crate::survey::definition::source::{ItemSource, KindSource};
use crate::survey::definition::tests::write::{both, located, nasty};
use crate::survey::definition::write::write;
use crate::survey::definition::{load, xlsform};

/// Decisions, one after another; all the same once they are used up.
struct Tape<'t>(std::slice::Iter<'t, u8>);

impl Tape<'_> {
    fn below(&mut self, most: usize) -> usize {
        usize::from(self.0.next().copied().unwrap_or(0)) % most.max(1)
    }

    fn yes(&mut self) -> bool {
        self.below(2) == 1
    }
}

/// A question that rules and options may refer to: its id, its options' ids, whether it takes several.
#[derive(Clone)]
struct Earlier(String, Vec<String>, bool);

/// Builds a questionnaire's YAML out of decisions.
struct Construction<'t> {
    tape: Tape<'t>,
    text: String,
    number: usize,
    earlier: Vec<Earlier>,
}

const HEAD: &str = "
case_number: K/1
title: {sv: Titel, en: Title}
target_population: {sv: Alla, en: All}
minutes: 5
languages:
  - {code: sv, name: Svenska, reviewed: true}
  - {code: en, name: English}
texts:
  start: {sv: S, en: S}
  thanks: {sv: T, en: T}
  screened_out: {sv: O, en: O}
  support: {sv: H, en: H}
  exit_button: {sv: L, en: L}
  exit_prefix: {sv: N, en: N}
  exit_help: {sv: T, en: T}
  focus_groups: {sv: D, en: J}
options:
  vill_ej_svara: {code: -9, sv: Vill inte svara, en: Prefer not to answer}
  vet_ej: {code: -8, note: ett skäl, sv: Vet inte, en: Do not know}
  ja: {code: 1, sv: Ja, en: 'Yes'}
lists:
  korta:
    note: en anteckning
    options:
      - {id: kort, code: 11, evidence: seen, sv: Kort, en: Short}
      - {id: lang, code: 12, sv: Lång, en: Long}
  langa:
    options:
      - {id: a, code: 21, name: A}
      - {id: b, code: 22, text_max: 30, sv: B, en: Bee}
      - vet_ej
      - vill_ej_svara
  namn:
    options:
      - {id: ett, code: 1, name: Ett}
";

impl Construction<'_> {
    fn line(&mut self, indent: usize, line: &str) {
        self.text.push_str(&format!("{}{line}\n", " ".repeat(indent)));
    }

    /// The options below `key`; gives their ids.
    fn options(&mut self, indent: usize, key: &str, several: bool, screens: bool, beside: bool) -> Vec<String> {
        self.line(indent, &format!("{key}:"));
        let mut ids: Vec<String> = Vec::new();
        if beside && self.tape.below(4) == 0 {
            self.line(indent + 2, "- list: langa");
            return ["a", "b", "vet_ej", "vill_ej_svara"].map(str::to_owned).into();
        }
        if self.tape.yes() {
            self.line(indent + 2, "- list: korta");
            ids.extend(["kort", "lang"].map(str::to_owned));
        }
        if self.tape.yes() {
            self.line(indent + 2, "- ja");
            ids.push("ja".to_owned());
        }
        for number in 0..=self.tape.below(3) {
            let mut option = format!("id: o{number}, code: {}", 30 + number);
            // The first one counts, so that something can be taken from the question.
            if several && number > 0 && self.tape.below(3) == 0 {
                option.push_str(", exclusive: true");
            }
            if screens && number == 0 && self.tape.below(3) == 0 {
                option.push_str(", screen_out: true");
            }
            if beside && self.tape.below(3) == 0 {
                option.push_str(", text_max: 40");
            }
            if self.tape.yes() {
                option.push_str(", actor: någon");
            }
            self.line(indent + 2, &format!("- {{{option}, sv: Val {number}, en: Choice {number}}}"));
            ids.push(format!("o{number}"));
        }
        if self.tape.yes() {
            self.line(indent + 2, "- vet_ej");
            ids.push("vet_ej".to_owned());
        }
        self.line(indent + 2, "- vill_ej_svara");
        ids.push("vill_ej_svara".to_owned());
        ids
    }

    /// A rule on earlier questions, where there are any.
    fn rule(&mut self, depth: usize) -> Option<String> {
        if self.earlier.is_empty() {
            return None;
        }
        if depth > 0 && self.tape.below(3) == 0 {
            let (left, right) = (self.rule(depth - 1)?, self.rule(depth - 1)?);
            return Some(match self.tape.below(3) {
                0 => format!("{left} and {right}"),
                1 => format!("({left} or {right})"),
                _ => format!("not ({left} and {right})"),
            });
        }
        let index = self.tape.below(self.earlier.len());
        let Earlier(id, options, several) = self.earlier[index].clone();
        let option = options[self.tape.below(options.len())].clone();
        Some(match (several, self.tape.below(4)) {
            (_, 0) => format!("answered({id})"),
            (true, 1) => format!("count({id}) >= 2"),
            (true, 2) => format!("any_selected({id})"),
            (true, _) => format!("not selected({id}, '{option}')"),
            (false, 1) => format!("{id} in ['{option}', '{}']", options[0]),
            (false, 2) => format!("{id} != '{option}'"),
            (false, _) => format!("{id} == '{option}'"),
        })
    }

    fn question(&mut self, indent: usize, top: bool) {
        self.number += 1;
        let id = format!("Q{:02}", self.number);
        self.line(indent, &format!("- id: {id}"));
        let indent = indent + 2;
        if let Some(rule) = (self.tape.below(3) == 0).then(|| self.rule(2)).flatten() {
            self.line(indent, &format!("relevant: \"{rule}\""));
        }
        if self.tape.below(4) == 0 {
            self.line(indent, "note: \"till: rådet\"");
        }
        self.line(indent, &format!("sv: Fråga {id}"));
        self.line(indent, &format!("en: Question {id}"));
        if self.tape.below(4) == 0 {
            self.line(indent, "help: {sv: Hjälp, en: Help}");
        }
        match self.tape.below(if top { 7 } else { 5 }) {
            0 | 1 => {
                self.line(indent, "type: single");
                let options = self.options(indent, "options", false, top, true);
                self.earlier.push(Earlier(id, options, false));
            }
            2 => {
                self.line(indent, "type: several");
                if self.tape.yes() {
                    self.line(indent, "randomise: true");
                }
                if self.tape.yes() {
                    self.line(indent, "max_selected: 1");
                }
                let options = self.options(indent, "options", true, false, true);
                self.earlier.push(Earlier(id, options, true));
            }
            3 => {
                self.line(indent, "type: text");
                self.line(indent, "max: 50");
                if self.tape.yes() {
                    self.line(indent, "suggestions: namn");
                }
            }
            4 => {
                self.line(indent, "type: single");
                let several = self.earlier.iter().filter(|Earlier(_, _, several)| *several).map(|e| e.0.clone());
                let several: Vec<String> = several.collect();
                self.line(indent, "options:");
                match several.is_empty() {
                    true => self.line(indent + 2, "- ja"),
                    false => {
                        let from = &several[self.tape.below(several.len())];
                        self.line(indent + 2, &format!("- from: {from}"));
                    }
                }
                self.line(indent + 2, "- vill_ej_svara");
            }
            5 => {
                self.line(indent, "type: matrix");
                self.line(indent, "required: true");
                self.line(indent, "rows:");
                self.line(indent + 2, "- {id: dag, benchmark: x, sv: Dag, en: Day}");
                self.line(indent + 2, "- {id: natt, sv: Natt, en: Night}");
                let options = self.options(indent, "columns", false, false, false);
                self.earlier.push(Earlier(format!("{id}.natt"), options, false));
            }
            _ => {
                self.line(indent, "type: repeat");
                self.line(indent, "places: 2");
                self.line(indent, "add_label: {sv: Lägg till, en: Add}");
                self.line(indent, "items:");
                let before = self.earlier.len();
                for _ in 0..=self.tape.below(3) {
                    self.question(indent + 2, false);
                }
                self.earlier.truncate(before);
            }
        }
    }

    fn whole(mut self) -> String {
        self.text.push_str("questionnaire: slump\nversion: 7");
        self.text.push_str(HEAD);
        self.line(0, "parts:");
        for part in 0..=self.tape.below(3) {
            self.line(2, &format!("- id: del_{part}"));
            self.line(4, &format!("title: {{sv: Del {part}, en: Part {part}}}"));
            for mark in ["sensitive", "support", "continues"] {
                if self.tape.below(3) == 0 && part > 0 {
                    self.line(4, &format!("{mark}: true"));
                }
            }
            if let Some(rule) = (self.tape.below(3) == 0).then(|| self.rule(1)).flatten() {
                self.line(4, &format!("relevant: \"{rule}\""));
            }
            self.line(4, "questions:");
            for _ in 0..=self.tape.below(4) {
                self.question(6, true);
            }
        }
        self.line(0, "analysis_plan: {population: \"answered(Q01)\", tables: [Q01]}");
        self.text
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_put_together_comes_back(tape in prop::collection::vec(any::<u8>(), 160)) {
        let construction =
            Construction { tape: Tape(tape.iter()), text: String::new(), number: 0, earlier: Vec::new() };
        exact(&construction.whole());
    }

    #[test]
    fn whatever_is_said_comes_back(said in prop::collection::vec(nasty(), 9)) {
        let mut source = source(SMALL);
        source.title = both(&said[0], &said[1]);
        source.texts.start = both(&said[1], &said[2]);
        source.texts.support = both(&said[2], &said[3]);
        source.parts[0].title = both(&said[3], &said[4]);
        source.parts[0].notes = vec![("note", located(&said[4]))];
        source.lists[0].notes = vec![("evidence", located(&said[8]))];
        source.options[0].text = both(&said[5], &said[6]);
        source.options[0].notes = vec![("note", located(&said[6]))];
        let question = &mut source.parts[0].questions[0];
        question.text = both(&said[7], &said[8]);
        question.help = Some(both(&said[5], &said[5]));
        question.notes = vec![("note", located(&said[0])), ("evidence", located(&said[7]))];
        if let KindSource::Single { options, .. } = &mut question.kind
            && let ItemSource::Own(option) = &mut options[1]
        {
            option.text = both(&said[6], &said[6]);
        }
        exact(&write(&source));
    }
}

/// The construction makes questionnaires, too, not only things that come back; those are written.
#[test]
fn what_is_put_together_and_sound_is_written() {
    let mut sound = 0;
    for seed in 0..256_u64 {
        // Decisions that look like chance and are always the same.
        let tape: Vec<u8> = (1..=160_u64).map(|n| (((seed + 1) * n * 2_654_435_761) >> 17) as u8).collect();
        let construction =
            Construction { tape: Tape(tape.iter()), text: String::new(), number: 0, earlier: Vec::new() };
        let text = construction.whole();
        if load("slump", &text).is_ok() {
            sound += 1;
            assert!(xlsform::write("slump", &text).is_ok(), "{text}");
        }
    }
    assert!(sound > 8, "{sound} of 256");
}

//! One routing, two readings: what stands visible in Chromium, what the review shows, what the server calls on path
//! and what it would store are the same, over several hundred random states of answers.

use std::collections::BTreeMap;

use rand::RngExt;
use serde::Deserialize;
use serde_json::json;
use trygghetsdialog::id::{Draw, SeededRandomness};
use trygghetsdialog::survey::answers::Codes;
use trygghetsdialog::survey::definition::{Field, FieldKind, Questionnaire};
use trygghetsdialog::survey::form::{self, Checked, FaultKind};
use trygghetsdialog::survey::routing::evaluate::{Routed, Selections, holds, route};

use super::stage::{Stage, questionnaire};
use crate::support::browser::{Browser, Scripts};
use crate::support::require;

/// How many states are tried.
const STATES: usize = 300;

/// What Chromium tells of one state.
#[derive(Deserialize)]
struct Seen {
    /// Kind, name, value.
    items: Vec<(String, String, String)>,
    /// Per screen, `1` for each item that is seen.
    screens: Vec<String>,
    /// What the form would send.
    body: String,
}

/// Answers by the name of their field, as a form has them.
type State = BTreeMap<String, Vec<String>>;

/// A random state: also answers that a resident could only reach by going back, and far too many of them.
fn random_state(questionnaire: &Questionnaire, draw: &mut Draw<'_>) -> State {
    let density = *[0.05, 0.2, 0.5].get(draw.random_range(0..3_usize)).unwrap();
    let screened_in = draw.random_bool(0.85);
    let mut state = State::new();
    for field in &questionnaire.fields {
        let mut values = Vec::new();
        match &field.kind {
            FieldKind::Single { options, .. } => {
                let screening = options.iter().any(|option| option.screen_out);
                if screening && screened_in {
                    let staying: Vec<_> = options.iter().filter(|option| !option.screen_out).collect();
                    values.push(staying[draw.random_range(0..staying.len())].id.clone());
                } else if draw.random_bool(0.75) {
                    values.push(options[draw.random_range(0..options.len())].id.clone());
                }
            }
            FieldKind::Multi { options, .. } => {
                // Exclusive options rarely: they hide all the rest.
                let chosen =
                    options.iter().filter(|option| draw.random_bool(if option.exclusive { 0.08 } else { density }));
                values.extend(chosen.map(|option| option.id.clone()));
            }
            FieldKind::Text { suggestions, .. } => match draw.random_range(0..3) {
                0 => {}
                1 if !suggestions.is_empty() => {
                    let suggestion = &suggestions[draw.random_range(0..suggestions.len())];
                    values.push(suggestion.text.in_language("sv").to_owned());
                }
                _ => values.push("morkt".to_owned()),
            },
            FieldKind::Toggle if draw.random_bool(0.6) => values.push("ja".to_owned()),
            FieldKind::Toggle => {}
        }
        state.insert(field.name.clone(), values);
    }
    state
}

/// What the server makes of a state, in the terms of the page.
struct Expected<'a> {
    questionnaire: &'a Questionnaire,
    routed: Routed,
    screened_out: bool,
}

impl Expected<'_> {
    fn part_is_on(&self, part: usize) -> bool {
        holds(self.questionnaire, &self.questionnaire.parts[part].relevant, &self.routed.chosen)
    }

    /// The first screen on path after the part, or before it.
    fn after(&self, part: usize) -> String {
        let next = (part + 1..self.questionnaire.parts.len()).find(|part| self.part_is_on(*part));
        let end = if self.screened_out { "utanfor" } else { "granska" };
        next.map_or(end.to_owned(), |part| format!("del-{}", part + 1))
    }

    fn before(&self, part: usize) -> String {
        let earlier = (0..part).rev().find(|part| self.part_is_on(*part));
        earlier.map_or("start".to_owned(), |part| format!("del-{}", part + 1))
    }

    /// Too many options chosen.
    fn over_limit(&self, index: usize) -> bool {
        let field = &self.questionnaire.fields[index];
        let FieldKind::Multi { options, max: Some(max), .. } = &field.kind else { return false };
        let chosen = |option: usize| self.routed.chosen.0[index] & (1 << option) != 0;
        (0..options.len()).filter(|option| chosen(*option) && !options[*option].exclusive).count() > *max
    }

    /// Whether an item is to be seen on the screen of a part (or on the review, where there is none).
    fn shows(&self, screen: Option<usize>, (kind, name, value): &(String, String, String)) -> bool {
        let review = screen.is_none();
        let section = |part: usize| *name == format!("del-{}", part + 1);
        match kind.as_str() {
            "option" | "control" => {
                let (index, field) = self.field(|field| field.name == *name);
                let here = review || screen == Some(field.part);
                let chosen = self.routed.chosen.0[index];
                let seen = match &field.kind {
                    FieldKind::Toggle => !review,
                    FieldKind::Multi { .. } | FieldKind::Single { grouped: None, .. } => {
                        let option = field.options().iter().position(|option| option.id == *value).unwrap();
                        let set = if review { chosen } else { self.routed.offered[index] };
                        set & (1 << option) != 0
                    }
                    FieldKind::Single { .. } | FieldKind::Text { .. } => !review || chosen != 0,
                };
                here && self.routed.on_path[index] && seen
            }
            "u" => {
                let (index, _) = self.field(|field| field.name.replace('.', "-") == *name);
                review && self.routed.on_path[index] && self.routed.chosen.0[index] == 0
            }
            "limit" => {
                let (index, field) = self.field(|field| field.name.replace('.', "-") == *name);
                (review || screen == Some(field.part)) && self.routed.on_path[index] && self.over_limit(index)
            }
            "next" if name == "granska" => review && self.screened_out,
            "back" if name == "skicka" => {
                review && !self.screened_out && *value == self.before(self.questionnaire.parts.len())
            }
            "next" => screen.is_some_and(|part| section(part) && *value == self.after(part)),
            "back" => screen.is_some_and(|part| section(part) && *value == self.before(part)),
            "na" => screen.is_some_and(|part| section(part) && !self.part_is_on(part)),
            "change" => {
                review && (0..self.questionnaire.parts.len()).any(|part| section(part) && self.part_is_on(part))
            }
            "send" => review && !self.screened_out,
            other => panic!("an item of an unknown kind: {other}"),
        }
    }

    fn field(&self, is: impl Fn(&Field) -> bool) -> (usize, &Field) {
        self.questionnaire
            .fields
            .iter()
            .enumerate()
            .find(|(_, field)| is(field))
            .expect("the page has fields of ours only")
    }

    /// What the server does with the form that the browser would send.
    fn check_stored(&self, body: &str) {
        let posted = form::read(self.questionnaire, body.as_bytes()).expect("the browser sends only what the page has");
        let selections = Selections::from_raw(self.questionnaire, &posted.raw);
        assert_eq!(route(self.questionnaire, &selections), self.routed, "the form says what the page was set to");
        match form::check(self.questionnaire, &posted.raw) {
            Checked::ScreenedOut => assert!(self.screened_out),
            Checked::Faulty(faults) => {
                for fault in faults {
                    let field = &self.questionnaire.fields[fault.field];
                    match fault.kind {
                        FaultKind::Missing => assert!(field.required && self.routed.chosen.0[fault.field] == 0),
                        FaultKind::TooMany(_) => assert!(self.over_limit(fault.field)),
                        FaultKind::TooLong(_) => panic!("no text is that long"),
                    }
                }
            }
            Checked::Valid(valid) => {
                let mut stored = BTreeMap::new();
                let mut written = 0;
                for (index, field) in self.questionnaire.fields.iter().enumerate() {
                    let chosen = self.routed.chosen.0[index];
                    let options = field.options().iter().enumerate();
                    let mut codes: Vec<i16> = options
                        .filter(|(option, _)| chosen & (1 << option) != 0)
                        .map(|(_, option)| option.code)
                        .collect();
                    codes.sort_unstable();
                    if !codes.is_empty() {
                        stored.insert(field.name.clone(), codes);
                    } else if chosen != 0 && !matches!(field.kind, FieldKind::Toggle) {
                        written += 1;
                    }
                }
                let told: BTreeMap<String, Vec<i16>> = valid
                    .answers
                    .0
                    .iter()
                    .map(|(name, codes): (&String, &Codes)| (name.clone(), codes.as_slice().to_vec()))
                    .collect();
                assert_eq!(told, stored, "what is on path is what is stored");
                assert_eq!(valid.comments.len(), written);
            }
        }
    }
}

#[actix_web::test]
async fn the_page_the_review_and_the_server_agree_on_what_is_on_path() {
    let Some(browser) = require::or_skip(Browser::open(Scripts::On).await) else { return };
    let questionnaire = questionnaire();
    let stage = Stage::open(&questionnaire, false);
    browser.driver.goto(stage.url("/sv/enkat")).await.unwrap();
    let parts = questionnaire.parts.len();
    let fragments: Vec<String> = (1..=parts).map(|part| format!("del-{part}")).chain(["granska".to_owned()]).collect();
    let randomness = SeededRandomness::new(2017);
    let mut draw = Draw(&randomness);
    let mut screened_out = 0;
    let mut items_seen = 0;
    for number in 0..STATES {
        let state = random_state(&questionnaire, &mut draw);
        let seen: Seen = browser.run(include_str!("conformity.js"), vec![json!(state), json!(fragments)]).await;
        let mut raw = state.clone();
        // An unticked box says `nej`, by the hidden field before it.
        for field in questionnaire.fields.iter().filter(|field| matches!(field.kind, FieldKind::Toggle)) {
            let values = raw.entry(field.name.clone()).or_default();
            if values.is_empty() {
                values.push("nej".to_owned());
            }
        }
        let routed = route(&questionnaire, &Selections::from_raw(&questionnaire, &raw));
        let expected = Expected {
            questionnaire: &questionnaire,
            screened_out: form::screened_out(&questionnaire, &routed),
            routed,
        };
        screened_out += usize::from(expected.screened_out);
        for (screen, visible) in seen.screens.iter().enumerate() {
            let part = (screen < parts).then_some(screen);
            for (item, visible) in seen.items.iter().zip(visible.bytes()) {
                assert_eq!(
                    visible == b'1',
                    expected.shows(part, item),
                    "state {number}: {item:?} on #{}\n{state:?}",
                    fragments[screen],
                );
                items_seen += usize::from(visible == b'1');
            }
        }
        expected.check_stored(&seen.body);
    }
    assert!(screened_out > STATES / 50, "few states ended the survey: {screened_out}");
    assert!(items_seen > STATES * 100, "next to nothing was seen: {items_seen}");
}

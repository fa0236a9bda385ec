//! The form asks what the questionnaire asks: XLSForm's expressions and our routing are read over the same
//! answers, chosen by chance within what the form allows.

use std::collections::BTreeMap;

use super::{SMALL, source};
use crate::survey::answers::RawAnswers;
use crate::survey::definition::xlsform::sheet::{Row, Table};
use crate::survey::definition::xlsform::write::sheets;
use crate::survey::definition::xlsform::xpath::{Expr, parse};
use crate::survey::definition::{Field, FieldKind, Questionnaire, VKOD_2017, load};
use crate::survey::routing::evaluate::{Selections, route};

/// What an expression is worth.
#[derive(Debug, Clone, PartialEq)]
enum Worth {
    Truth(bool),
    Number(usize),
    Chosen(Vec<String>),
}

/// What names stand for.
struct Scope<'s> {
    answers: &'s BTreeMap<String, Vec<String>>,
    /// `.`: the answer that is being checked.
    own: &'s [String],
    /// The row of the choices that is being filtered.
    choice: Option<&'s Row>,
}

impl Scope<'_> {
    fn holds(&self, written: &str) -> bool {
        if written.is_empty() {
            return true;
        }
        match self.worth(&parse(written).unwrap_or_else(|| panic!("not readable: {written}"))) {
            Worth::Truth(truth) => truth,
            other => panic!("{written} is {other:?}"),
        }
    }

    fn worth(&self, expression: &Expr) -> Worth {
        let truth = |inner: &Expr| match self.worth(inner) {
            Worth::Truth(truth) => truth,
            other => panic!("{inner:?} is {other:?}"),
        };
        match expression {
            Expr::Or(members) => Worth::Truth(members.iter().any(truth)),
            Expr::And(members) => Worth::Truth(members.iter().all(truth)),
            Expr::Ref(name) => Worth::Chosen(self.answers.get(name).cloned().unwrap_or_default()),
            Expr::Dot => Worth::Chosen(self.own.to_vec()),
            Expr::Literal(text) if text.is_empty() => Worth::Chosen(Vec::new()),
            Expr::Literal(text) => Worth::Chosen(vec![text.clone()]),
            Expr::Number(number) => Worth::Number(number.parse().expect("a number")),
            Expr::Name(column) => {
                let cell = self.choice.map(|row| row.text(column)).unwrap_or_default();
                Worth::Chosen(if cell.is_empty() { Vec::new() } else { vec![cell] })
            }
            Expr::Compare(sign, left, right) => {
                let (left, right) = (self.worth(left), self.worth(right));
                Worth::Truth(match (*sign, &left, &right) {
                    ("=", ..) => left == right,
                    ("!=", ..) => left != right,
                    (">=", Worth::Number(left), Worth::Number(right)) => left >= right,
                    ("<=", Worth::Number(left), Worth::Number(right)) => left <= right,
                    (">", Worth::Number(left), Worth::Number(right)) => left > right,
                    _ => panic!("{left:?} {sign} {right:?}"),
                })
            }
            Expr::Call(name, arguments) => match (name.as_str(), arguments.as_slice()) {
                ("not", [inner]) => Worth::Truth(!truth(inner)),
                ("true", []) => Worth::Truth(true),
                ("false", []) => Worth::Truth(false),
                ("count-selected", [question]) => match self.worth(question) {
                    Worth::Chosen(chosen) => Worth::Number(chosen.len()),
                    other => panic!("{other:?}"),
                },
                ("selected", [question, option]) => match (self.worth(question), self.worth(option)) {
                    (Worth::Chosen(chosen), Worth::Chosen(option)) => {
                        Worth::Truth(option.iter().any(|option| chosen.contains(option)))
                    }
                    other => panic!("{other:?}"),
                },
                _ => panic!("{name}"),
            },
            Expr::Arithmetic => panic!("arithmetic"),
        }
    }
}

/// Chance that is always the same.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % most.max(1)
    }
}

/// What someone met who filled in the form.
#[derive(Default)]
struct Filled {
    answers: BTreeMap<String, Vec<String>>,
    asked: BTreeMap<String, bool>,
    offered: BTreeMap<String, Vec<String>>,
}

/// Fills in the form by chance; of a repeated block, the first round.
fn fill(survey: &Table, choices: &Table, chance: &mut Chance) -> Filled {
    let mut filled = Filled::default();
    let mut within = vec![true];
    for row in &survey.rows {
        let (kind, name) = (row.text("type"), row.text("name"));
        let scope = Scope { answers: &filled.answers, own: &[], choice: None };
        let asked = within.iter().all(|open| *open) && scope.holds(&row.text("relevant"));
        if kind.starts_with("begin_") {
            within.push(asked);
        } else if kind.starts_with("end_") {
            within.pop();
        } else {
            filled.asked.insert(name.clone(), asked);
        }
        let Some(list) = kind.strip_prefix("select_one ").or(kind.strip_prefix("select_multiple ")) else { continue };
        let offered: Vec<String> = choices
            .rows
            .iter()
            .filter(|choice| choice.text("list_name") == list)
            .filter(|choice| Scope { choice: Some(choice), ..scope }.holds(&row.text("choice_filter")))
            .map(|choice| choice.text("name"))
            .collect();
        if !asked || offered.is_empty() {
            continue;
        }
        let wanted = if kind.starts_with("select_one") { chance.below(2) } else { chance.below(5) };
        let mut chosen: Vec<String> = Vec::new();
        for _ in 0..wanted {
            let option = &offered[chance.below(offered.len())];
            let more: Vec<String> = offered.iter().filter(|o| *o == option || chosen.contains(o)).cloned().collect();
            if (Scope { own: &more, ..scope }).holds(&row.text("constraint")) {
                chosen = more;
            }
        }
        filled.offered.insert(name.clone(), offered);
        filled.answers.insert(name, chosen);
    }
    filled
}

/// A field's name in the form; none for what the form has not.
fn name(field: &Field) -> Option<String> {
    match (&field.kind, field.place) {
        (FieldKind::Toggle, _) | (_, Some(2..)) => None,
        (_, Some(_)) => field.question.split_once('.').map(|(_, item)| item.replace('.', "_")),
        (_, None) => Some(field.name.replace('.', "_")),
    }
}

fn compare(text: &str, rounds: u64) {
    let questionnaire: Questionnaire = load("f.yaml", text).expect("a questionnaire");
    let mut written = sheets(&source(text)).sheets.into_iter().map(|sheet| sheet.grid().table().expect("a table"));
    let (survey, choices) = (written.next().expect("survey"), written.next().expect("choices"));
    let mut both = BTreeMap::new();
    for seed in 0..rounds {
        let filled = fill(&survey, &choices, &mut Chance(seed));
        let mut raw = RawAnswers::default();
        for field in &questionnaire.fields {
            if let Some(chosen) =
                name(field).and_then(|name| filled.answers.get(&name)).filter(|chosen| !chosen.is_empty())
            {
                raw.insert(field.name.clone(), chosen.clone());
            }
        }
        let routed = route(&questionnaire, &Selections::from_raw(&questionnaire, &raw));
        for (index, field) in questionnaire.fields.iter().enumerate() {
            let Some(name) = name(field) else { continue };
            let asked = filled.asked[&name];
            assert_eq!(routed.on_path[index], asked, "{name} with {:?}", filled.answers);
            both.entry(name.clone()).or_insert([false; 2])[usize::from(asked)] = true;
            let exclusive = |option: &String| field.option(option).is_some_and(|option| option.exclusive);
            let closed = matches!(field.kind, FieldKind::Single { .. } | FieldKind::Multi { .. });
            if !asked || !closed || filled.answers.get(&name).is_some_and(|chosen| chosen.iter().any(exclusive)) {
                continue;
            }
            let ours = field.options().iter().enumerate().filter(|(bit, _)| routed.offered[index] & 1 << bit != 0);
            let ours: Vec<&str> = ours.map(|(_, option)| option.id.as_str()).collect();
            let theirs = filled.offered.get(&name).map_or(&[][..], Vec::as_slice);
            assert_eq!(ours, theirs, "{name} offers with {:?}", filled.answers);
        }
    }
    // Chance has met every question, and every question with a rule both ways.
    for (field, name) in questionnaire.fields.iter().filter_map(|field| Some((field, name(field)?))) {
        let [not_asked, asked] = both[&name];
        assert!(asked, "{name} was never asked");
        assert!(not_asked || field.part == 0 && field.relevant == crate::survey::routing::Condition::Always, "{name}");
    }
}

#[test]
fn the_real_survey_asks_the_same_in_other_programs() {
    compare(VKOD_2017.1, 1500);
}

#[test]
fn the_small_one_asks_the_same_in_other_programs() {
    compare(SMALL, 500);
}

//! The page's reading against the server's, without a browser: a reader of just the CSS that
//! [`selector`] writes. A browser test holds the same against Chromium.

use super::{many_answers, small, survey};
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::{Selections, route};
use crate::survey::routing::selector::{element_id, selector};

/// A page: what is ticked, whether or not it is on path.
struct Page<'a> {
    questionnaire: &'a Questionnaire,
    ticked: &'a Selections,
}

impl Page<'_> {
    /// Whether a compound selector matches the form; panics at CSS that it does not know.
    fn matches(&self, css: &str) -> bool {
        let mut rest = css;
        let mut all = true;
        while !rest.is_empty() {
            let (name, inner, after) = pseudo_class(rest);
            all &= match name {
                "has" => self.has(inner),
                "not" => !alternatives(inner).into_iter().any(|one| self.matches(one)),
                "is" => alternatives(inner).into_iter().any(|one| one == "*" || self.matches(one)),
                other => panic!(":{other}() in {css}"),
            };
            rest = after;
        }
        all
    }

    fn has(&self, inner: &str) -> bool {
        if let Some((id, value)) = inner.split_once(" [value=") {
            // An option of a list.
            let value = value.strip_suffix("]:checked").expect("a list's option");
            return self.field_is_ticked(id, value);
        }
        if let Some(boxes) = inner.strip_suffix(" .c:checked") {
            // Any box, or one at certain places.
            let (id, places) = boxes.split_once('>').map_or((boxes, None), |(id, places)| (id, Some(places)));
            return self.counted(id).any(|place| places.is_none_or(|places| stands_at(places, place)));
        }
        let id = inner.strip_suffix(":checked").expect("something checked");
        self.box_is_ticked(id)
    }

    fn fields_with_id<'a>(&'a self, id: &'a str) -> impl Iterator<Item = usize> {
        let id = id.strip_prefix('#').expect("an element's id");
        let fields = self.questionnaire.fields.iter().enumerate();
        fields.filter(move |(_, field)| element_id(&field.name) == id).map(|(index, _)| index)
    }

    fn field_is_ticked(&self, id: &str, option: &str) -> bool {
        let index = self.fields_with_id(id).next().expect("a field");
        let field = &self.questionnaire.fields[index];
        let option = field.options().iter().position(|candidate| candidate.id == option).expect("an option");
        self.ticked.0[index] & (1 << option) != 0
    }

    /// The places of the labels whose box is ticked and counts. The label of an option's text takes a place, too.
    fn counted(&self, id: &str) -> impl Iterator<Item = usize> {
        let index = self.fields_with_id(id).next().expect("a field");
        let field = &self.questionnaire.fields[index];
        let mut place = 0;
        let mut places = Vec::new();
        for (option, choice) in field.options().iter().enumerate() {
            place += 1;
            if self.ticked.0[index] & (1 << option) != 0 && choice.counts() {
                places.push(place);
            }
            let text = format!("{}.{}", field.name, choice.id);
            place += usize::from(self.questionnaire.field(&text).is_some());
        }
        places.into_iter()
    }

    /// A radio button or check box `#Q06-ja`, or the toggle `#Q12-2`.
    fn box_is_ticked(&self, id: &str) -> bool {
        let toggle =
            self.fields_with_id(id).find(|index| matches!(self.questionnaire.fields[*index].kind, FieldKind::Toggle));
        if let Some(index) = toggle {
            return self.ticked.0[index] & 1 == 0;
        }
        let (field, option) = id.rsplit_once('-').expect("an option's id");
        self.field_is_ticked(field, option)
    }
}

/// Whether the label at `place`, from 1, is among `:nth-of-type(…)`, or `:is(…)` or `:not(…)` of such.
fn stands_at(places: &str, place: usize) -> bool {
    let (name, inner, after) = pseudo_class(places);
    assert_eq!(after, "", "{places}");
    let any = || alternatives(inner).into_iter().any(|one| stands_at(one, place));
    match name {
        "is" => any(),
        "not" => !any(),
        "nth-of-type" => {
            let Some((factor, first)) = inner.split_once("n+") else { return inner.parse() == Ok(place) };
            let first: usize = first.parse().expect("a number");
            match factor {
                "-" => place <= first,
                "" => place >= first,
                period => place >= first && (place - first).is_multiple_of(period.parse().expect("a number")),
            }
        }
        other => panic!(":{other}() in {places}"),
    }
}

/// `:name(inner)after`.
fn pseudo_class(css: &str) -> (&str, &str, &str) {
    let (name, rest) = css.strip_prefix(':').and_then(|css| css.split_once('(')).expect("a pseudo-class");
    let mut depth = 1;
    let end = rest.find(|character| {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        depth == 0
    });
    let end = end.expect("closed");
    (name, &rest[..end], &rest[end + 1..])
}

/// The parts of a list of selectors.
fn alternatives(list: &str) -> Vec<&str> {
    let (mut depth, mut start, mut parts) = (0, 0, Vec::new());
    for (index, character) in list.char_indices() {
        match character {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&list[start..index]);
                start = index + 1;
            }
            _ => {}
        }
    }
    parts.push(&list[start..]);
    parts
}

/// All conditions as CSS, compiled once: per field by itself and within its part, per option within its field.
struct Compiled {
    part: Vec<Option<String>>,
    field: Vec<Option<String>>,
    field_in_part: Vec<Option<String>>,
    options: Vec<Vec<Option<String>>>,
}

fn compile(questionnaire: &Questionnaire) -> Compiled {
    let css = |condition: &Condition, context: &Condition| selector(questionnaire, condition, context);
    let fields = || questionnaire.fields.iter();
    let part_of = |part: usize| &questionnaire.parts[part].relevant;
    Compiled {
        part: questionnaire.parts.iter().map(|part| css(&part.relevant, &Condition::Always)).collect(),
        field: fields().map(|field| css(&field.relevant, &Condition::Always)).collect(),
        field_in_part: fields().map(|field| css(&field.relevant, part_of(field.part))).collect(),
        options: fields()
            .map(|field| field.options().iter().map(|option| css(&option.relevant, &field.relevant)).collect())
            .collect(),
    }
}

fn check_readings(questionnaire: &Questionnaire, seed: u64, count: usize) {
    let compiled = compile(questionnaire);
    for ticked in many_answers(questionnaire, seed, count) {
        let routed = route(questionnaire, &ticked);
        let page = Page { questionnaire, ticked: &ticked };
        let shown = |css: &Option<String>| css.as_ref().is_none_or(|css| page.matches(css));
        for (index, field) in questionnaire.fields.iter().enumerate() {
            let on_path = routed.on_path[index];
            assert_eq!(shown(&compiled.field[index]), on_path, "{}: {:?}", field.name, compiled.field[index]);
            let nested = shown(&compiled.part[field.part]) && shown(&compiled.field_in_part[index]);
            assert_eq!(nested, on_path, "{} in its part", field.name);
            // What an exclusive option hides is hidden by the page's own rule.
            let exclusive = field.options().iter().any(|option| option.exclusive);
            for (option, choice) in field.options().iter().enumerate().filter(|_| on_path && !exclusive) {
                let offered = routed.offered[index] & (1 << option) != 0;
                let closed = !matches!(field.kind, FieldKind::Text { .. });
                assert!(!closed || shown(&compiled.options[index][option]) == offered, "{}: {}", field.name, choice.id);
            }
        }
    }
}

#[test]
fn page_and_server_agree_on_the_real_survey() {
    check_readings(&survey(), 1, 120);
}

#[test]
fn page_and_server_agree_on_nested_rules() {
    let option = |n: usize| format!("{{id: o{n}, code: {n}, name: O}}");
    let several = format!(
        "[{}, {}, {}, {{id: x, code: 9, exclusive: true, name: X}}, {{id: y, code: -8, name: Y}}]",
        option(1),
        option(2),
        option(3)
    );
    let single = format!("[{}, {}, {}]", option(1), option(2), option(3));
    let rules = [
        "A02 in ['o1', 'o2'] and not (A02 == 'o1' or count(A01) >= 2)",
        "not any_selected(A01) or answered(B01)",
        "not (selected(A01, 'x') or selected(A01, 'y')) and not answered(A02)",
        "count(A01) >= 2 and not (answered(B02) and answered(B03))",
        "not (answered(B01) or not answered(B02)) or B04 != 'o3' and selected(A01, 'o3')",
        "count(A01) >= 3 or answered(B01)",
        "count(A01) >= 2",
    ];
    let mut questions = format!(
        "      - {{id: A01, type: several, no_refusal: true, sv: x, options: {several}}}\n      - {{id: A02, type: single, no_refusal: true, sv: x, options: {single}}}\n"
    );
    for (index, rule) in rules.iter().enumerate() {
        questions.push_str(&format!(
            "      - {{id: B0{}, type: single, no_refusal: true, relevant: \"{rule}\", sv: x, options: {single}}}\n",
            index + 1
        ));
    }
    check_readings(&small(&questions), 2, 300);
}

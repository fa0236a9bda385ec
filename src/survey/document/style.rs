//! Compiles routing into the survey's style sheet.
//!
//! One rule per condition hides what that condition does not allow; elements with the same condition share it.
//! `static/survey.css` has what is the same for every questionnaire.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use crate::http::assets::BASE_STYLE;
use crate::survey::definition::{FieldKind, QuestionKind, Questionnaire};
use crate::survey::document::layout::{self, Link, Shown};
use crate::survey::document::taken::InStep;
use crate::survey::routing::Condition;
use crate::survey::routing::selector::{element_id, selector};

/// What is the same for every questionnaire.
const SURVEY_STYLE: &str = include_str!("../../../static/survey.css");

/// The survey's style sheet: the base, the survey's look, and the rules of this questionnaire.
pub fn sheet(questionnaire: &Questionnaire) -> String {
    let survey = expand_custom_selectors(SURVEY_STYLE);
    let rules = rules(questionnaire);
    format!("{BASE_STYLE}\n{survey}\n@media screen {{ @supports selector(:has(*)) {{\n{rules}}} }}\n")
}

/// Replaces the names that `@custom-selector :--name …;` declares: part of CSS to come, which browsers lack.
fn expand_custom_selectors(source: &str) -> String {
    let mut names = Vec::new();
    let mut rest = String::new();
    for line in source.lines() {
        match line.strip_prefix("@custom-selector ").and_then(|declaration| declaration.split_once(' ')) {
            Some((name, selector)) => names.push((name, selector.trim_end_matches(';'))),
            None => {
                rest.push_str(line);
                rest.push('\n');
            }
        }
    }
    names.into_iter().fold(rest, |style, (name, selector)| style.replace(name, selector))
}

/// Elements by the selector that hides them.
struct Rules<'q> {
    questionnaire: &'q Questionnaire,
    /// What ids in each place of a repeated block begin with: `#Q12-1-`.
    places: Vec<String>,
    hidden: BTreeMap<String, BTreeSet<String>>,
}

impl<'q> Rules<'q> {
    fn new(questionnaire: &'q Questionnaire) -> Self {
        let questions = questionnaire.parts.iter().flat_map(|part| &part.questions);
        let places = questions.flat_map(|question| match &question.kind {
            QuestionKind::Repeat { places, .. } => {
                let id = element_id(&question.id);
                places.iter().map(|place| format!("#{id}-{}-", place.number)).collect()
            }
            _ => Vec::new(),
        });
        Self { questionnaire, places: places.collect(), hidden: BTreeMap::new() }
    }

    /// Hides `element` wherever `when` does not hold (given that `within` does).
    fn hide_unless(&mut self, element: &str, when: &Condition, within: &Condition) {
        let Some(shows) = selector(self.questionnaire, when, within) else { return };
        let hides = match when {
            Condition::Not(inner) => selector(self.questionnaire, inner, within),
            _ => None,
        };
        self.hide(&hides.unwrap_or_else(|| format!(":not({shows})")), element);
    }

    /// The options of a field whose only rule is that the option at the same place of an earlier question is ticked.
    fn in_step(&self, index: usize) -> Option<InStep> {
        let field = &self.questionnaire.fields[index];
        let step = InStep::of(self.questionnaire, index)?;
        let source = element_id(&self.questionnaire.fields[step.source].name);
        let plain = |option: &usize| {
            let relevant = &field.options()[*option].relevant;
            // What else the rule says holds wherever the question is on path.
            let shows = selector(self.questionnaire, relevant, &field.relevant);
            shows.is_some_and(|shows| {
                shows.starts_with(&format!(":has(#{source} [value=")) && shows.matches(':').count() == 2
            })
        };
        step.options.iter().all(plain).then_some(step)
    }

    /// Hides the options that are in step with an earlier question's, by their places. Returns the elements for which that
    /// is said.
    fn hide_in_step(&mut self) -> BTreeSet<String> {
        let mut said = BTreeSet::new();
        for (index, field) in self.questionnaire.fields.iter().enumerate() {
            let Some(InStep { source, places, options }) = self.in_step(index) else { continue };
            let source = element_id(&self.questionnaire.fields[source].name);
            for place in places {
                let ticked = format!(":not(:has(#{source}>:nth-of-type({place}) :checked))");
                self.hide(&ticked, &format!("#{}>label:nth-of-type({place})", element_id(&field.name)));
            }
            said.extend(options.iter().map(|option| layout::option_element(field, &field.options()[*option].id)));
        }
        said
    }

    /// When an option that is still there is ticked; none where that always holds.
    fn answered(&self, index: usize) -> Option<String> {
        let field = &self.questionnaire.fields[index];
        let Some(InStep { source, places, options }) = self.in_step(index) else {
            return selector(self.questionnaire, &layout::answered(index, field), &field.relevant);
        };
        let (id, source) = (element_id(&field.name), element_id(&self.questionnaire.fields[source].name));
        let both =
            |place| format!(":has(#{source}>:nth-of-type({place}) :checked):has(#{id}>:nth-of-type({place}) :checked)");
        let others = (0..field.options().len()).filter(|option| !options.contains(option));
        let others = others.map(|option| Condition::Chosen { field: index, option });
        let others = others.map(|chosen| selector(self.questionnaire, &chosen, &field.relevant));
        let ways = places.into_iter().map(|place| Some(both(place))).chain(others).collect::<Option<Vec<_>>>()?;
        Some(format!(":is({})", ways.join(",")))
    }

    /// Hides `element` wherever the form matches `condition`.
    ///
    /// What only concerns one place of a repeated block is said of the place's box instead of the form, and without the
    /// place's number: then one rule serves all places.
    fn hide(&mut self, condition: &str, element: &str) {
        let local = self.places.iter().find(|place| {
            condition.matches('#').count() == condition.matches(place.as_str()).count()
                && (element.starts_with(place.as_str()) || element.starts_with(&format!("[for={}", &place[1..])))
        });
        let (subject, element) = match local {
            Some(place) => (
                format!(".place{}", without_number(condition, place)),
                without_number(&element.replace(&format!("[for={}", &place[1..]), "[for$=-"), place),
            ),
            None => (format!("form{condition}"), element.to_owned()),
        };
        self.hidden.entry(subject).or_default().insert(element);
    }

    fn write(&self) -> String {
        let mut style = String::new();
        for (subject, elements) in &self.hidden {
            let elements: Vec<&str> = elements.iter().map(String::as_str).collect();
            let elements =
                if let [only] = elements[..] { only.to_owned() } else { format!(":is({})", elements.join(",")) };
            // Above every other rule, the review's included. Writing into a String can't fail.
            let _ = writeln!(style, "{subject} {elements}{{display:none!important}}");
        }
        style
    }
}

/// `#Q12-1-P06` becomes `[id$=-P06]`.
fn without_number(selector: &str, place: &str) -> String {
    let mut pieces = selector.split(place);
    let mut local = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_').unwrap_or(piece.len());
        let _ = write!(local, "[id$=-{}]{}", &piece[..end], &piece[end..]);
    }
    local
}

fn rules(questionnaire: &Questionnaire) -> String {
    let mut rules = Rules::new(questionnaire);
    let in_step = rules.hide_in_step();
    for Shown { element, when, within } in layout::dependent(questionnaire) {
        if !in_step.contains(&element) {
            rules.hide_unless(&element, &when, &within);
        }
    }
    for index in 0..questionnaire.parts.len() {
        let section = format!("#{}", layout::fragment(index));
        for Link { target, when } in
            layout::next(questionnaire, index).iter().chain(&layout::back(questionnaire, index))
        {
            rules.hide_unless(&format!("{section} .button[href=\"#{target}\"]"), when, &Condition::Always);
        }
    }
    for (index, part) in layout::dependent_parts(questionnaire) {
        let section = format!("#{}", layout::fragment(index));
        rules.hide_unless(&format!("{section}>.q"), &part.relevant, &Condition::Always);
        rules.hide_unless(&format!("{section}>.na"), &part.relevant.clone().negate(), &Condition::Always);
    }
    for Link { target, when } in layout::back(questionnaire, questionnaire.parts.len()) {
        rules.hide_unless(&format!("#skicka [href=\"#{target}\"]"), &when, &Condition::Always);
    }
    if let Some(out) = layout::screened_out(questionnaire) {
        rules.hide_unless("#granska>.go", &out, &Condition::Always);
    }
    // On the review: "not answered" where a ticked option may have gone since.
    for (index, field) in questionnaire.fields.iter().enumerate() {
        if layout::options_depend(field)
            && let Some(answered) = rules.answered(index)
        {
            rules.hide(&answered, &format!("#{}>.u", element_id(&field.name)));
        }
    }
    rules.write() + &review(questionnaire) + &limits(questionnaire)
}

/// On the review: no part that is off path, and no Send for whom the survey is not for.
fn review(questionnaire: &Questionnaire) -> String {
    let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let parts = layout::dependent_parts(questionnaire)
        .map(|(index, part)| (format!("#{}", layout::fragment(index)), part.relevant.clone()));
    for (section, relevant) in parts.chain([("#skicka".to_owned(), layout::not_screened_out(questionnaire))]) {
        if let Some(on) = selector(questionnaire, &relevant, &Condition::Always) {
            sections.entry(on).or_default().push(section);
        }
    }
    let mut style = String::new();
    for (on, sections) in sections {
        let _ = writeln!(style, ":--review:not({on})>:is({}){{display:none}}", sections.join(","));
    }
    expand_custom_selectors(&format!("{}\n{style}", declaration()))
}

/// The declaration of the review's name in the survey's style.
fn declaration() -> &'static str {
    SURVEY_STYLE.lines().find(|line| line.starts_with("@custom-selector :--review")).unwrap_or_default()
}

/// "Choose at most n": a message where more are ticked. An exclusive option hides the others, and the message.
fn limits(questionnaire: &Questionnaire) -> String {
    let mut fields: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for field in &questionnaire.fields {
        if let FieldKind::Multi { max: Some(max), .. } = field.kind {
            fields.entry(max).or_default().push(format!("#{}", element_id(&field.name)));
        }
    }
    let mut style = String::new();
    for (max, fields) in fields {
        let more = vec!["label:has(:checked)"; max + 1].join("~");
        let fields = fields.join(",");
        let _ = writeln!(style, ":is({fields}):not(:has(.x:checked))>{more}~.limit{{display:block}}");
    }
    style
}

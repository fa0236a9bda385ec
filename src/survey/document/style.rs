//! Compiles routing into the survey's style sheet.
//!
//! One rule per condition hides what that condition does not allow; elements with the same condition share it.
//! `static/survey.css` has what is the same for every questionnaire.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::http::assets::BASE_STYLE;
use crate::survey::definition::{FieldKind, Questionnaire};
use crate::survey::document::layout::{self, Link, Shown};
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

/// Elements by the selector of the form that hides them.
#[derive(Default)]
struct Rules(BTreeMap<String, Vec<String>>);

impl Rules {
    /// Hides `element` wherever `when` does not hold (given that `within` does).
    fn hide_unless(&mut self, questionnaire: &Questionnaire, element: String, when: &Condition, within: &Condition) {
        let form = match when {
            Condition::Not(inner) => selector(questionnaire, inner, within).map(|inner| format!("form{inner}")),
            when => selector(questionnaire, when, within).map(|when| format!("form:not({when})")),
        };
        if let Some(form) = form {
            self.0.entry(form).or_default().push(element);
        }
    }

    fn write(&self) -> String {
        let mut style = String::new();
        for (form, elements) in &self.0 {
            let elements =
                if elements.len() == 1 { elements[0].clone() } else { format!(":is({})", elements.join(",")) };
            // Writing into a String can't fail.
            let _ = writeln!(style, "{form} {elements}{{display:none}}");
        }
        style
    }
}

fn rules(questionnaire: &Questionnaire) -> String {
    let mut rules = Rules::default();
    for Shown { element, when, within } in layout::dependent(questionnaire) {
        rules.hide_unless(questionnaire, element, &when, &within);
    }
    for (index, part) in questionnaire.parts.iter().enumerate() {
        let section = format!("#{}", layout::fragment(index));
        for Link { target, when } in
            layout::next(questionnaire, index).iter().chain(&layout::back(questionnaire, index))
        {
            rules.hide_unless(
                questionnaire,
                format!("{section} [href=\"#{target}\"].button"),
                when,
                &Condition::Always,
            );
        }
        let relevant = &part.relevant;
        rules.hide_unless(questionnaire, format!("{section}>.q"), relevant, &Condition::Always);
        rules.hide_unless(questionnaire, format!("{section}>.na"), &relevant.clone().negate(), &Condition::Always);
    }
    for Link { target, when } in layout::back(questionnaire, questionnaire.parts.len()) {
        rules.hide_unless(questionnaire, format!("#skicka [href=\"#{target}\"]"), &when, &Condition::Always);
    }
    let mut style = rules.write();
    style.push_str(&review(questionnaire));
    style.push_str(&limits(questionnaire));
    style
}

/// On the review: no part that is off path, "not answered" where options come and go, no Send for whom the survey
/// is not for.
fn review(questionnaire: &Questionnaire) -> String {
    let mut style = String::new();
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (index, part) in layout::dependent_parts(questionnaire) {
        if let Some(on) = selector(questionnaire, &part.relevant, &Condition::Always) {
            parts.entry(on).or_default().push(format!("#{}", layout::fragment(index)));
        }
    }
    if let Some(on) = selector(questionnaire, &layout::not_screened_out(questionnaire), &Condition::Always) {
        parts.entry(on.clone()).or_default().push("#skicka".to_owned());
        let _ = writeln!(style, "form{on} #granska>.go{{display:none}}");
    }
    for (on, sections) in parts {
        let _ = writeln!(style, ":--review:not({on})>:is({}){{display:none}}", sections.join(","));
    }
    let mut style = expand_custom_selectors(&format!("{}\n{style}", declaration()));
    for (index, field) in questionnaire.fields.iter().enumerate() {
        if layout::options_depend(field)
            && let Some(answered) = selector(questionnaire, &layout::answered(index, field), &field.relevant)
        {
            let _ = writeln!(style, "form{answered} #{}>.u{{display:none}}", element_id(&field.name));
        }
    }
    style
}

/// The declaration of the review's name in the survey's style.
fn declaration() -> &'static str {
    SURVEY_STYLE.lines().find(|line| line.starts_with("@custom-selector :--review")).unwrap_or_default()
}

/// "Choose at most n": a message where more are ticked. An exclusive option hides the others, and the message.
fn limits(questionnaire: &Questionnaire) -> String {
    let mut style = String::new();
    for field in &questionnaire.fields {
        if let FieldKind::Multi { max: Some(max), .. } = field.kind {
            let more = vec![":checked"; max + 1].join("~");
            let id = element_id(&field.name);
            let _ = writeln!(style, "#{id}:has(>{more}):not(:has(>.x:checked))>.limit{{display:block}}");
        }
    }
    style
}

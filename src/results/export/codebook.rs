//! The codebook as CSV: a line for each stored variable and code, and for each table and cell.

use crate::i18n;
use crate::results::asked;
use crate::results::export::convention::{Columns, Convention, LANGUAGE, Value};
use crate::results::export::tables::flag;
use crate::results::export::{Edition, ExportError};
use crate::results::wording::wording;
use crate::results::{Label, Release};
use crate::survey::definition::{Choice, DerivedRule, Field, FieldKind, Questionnaire, Text};

/// A variable as it is stored: one per question as exports name it.
#[derive(Debug)]
pub(super) struct Variable<'q> {
    /// `Q12.P01`.
    pub name: &'q str,
    /// The names it is stored under: `Q12.1.P01` …
    pub stored: Vec<&'q str>,
    /// Its wording.
    pub text: Text,
    /// The first of its fields.
    pub field: &'q Field,
}

/// The variables of a questionnaire, in its order.
pub(super) fn variables(questionnaire: &Questionnaire) -> Vec<Variable<'_>> {
    let mut variables: Vec<Variable<'_>> = Vec::new();
    for field in questionnaire.fields.iter().filter(|field| !matches!(field.kind, FieldKind::Toggle)) {
        match variables.iter_mut().find(|variable| variable.name == field.question) {
            Some(variable) => variable.stored.push(&field.name),
            None => variables.push(Variable {
                name: &field.question,
                stored: vec![&field.name],
                text: wording(questionnaire, &field.question),
                field,
            }),
        }
    }
    variables
}

/// How a derived variable is computed, in words.
pub(super) fn rule(questionnaire: &Questionnaire, rule: &DerivedRule, language: &str) -> String {
    let words = |condition| asked::in_words(questionnaire, condition, language);
    match rule {
        DerivedRule::Share { numerator, denominator } => i18n::text_with(
            language,
            "codebook-share",
            &[("numerator", words(numerator).into()), ("denominator", words(denominator).into())],
        ),
        DerivedRule::Groups { questions, .. } => {
            i18n::text_with(language, "codebook-groups", &[("questions", questions.join(", ").into())])
        }
        DerivedRule::FirstOf { cases } => {
            let cases: Vec<_> = cases
                .iter()
                .map(|case| format!("{} {}: {}", case.code, case.text.in_language(language), words(&case.when)))
                .collect();
            format!("{} {}", i18n::text(language, "codebook-first-of"), cases.join("; "))
        }
    }
}

/// What a line describes.
#[derive(Default)]
enum Scope {
    /// An answer as it is stored.
    #[default]
    Stored,
    /// A cell of a table.
    Table,
}

/// One line, before it is written in a convention.
#[derive(Default)]
struct Line<'a> {
    scope: Scope,
    variable: &'a str,
    stored: String,
    kind: Option<(&'static str, &'static str)>,
    condition: String,
    code: Option<i16>,
    answer: &'a str,
    missing: bool,
    group: &'a str,
    question: Option<&'a Text>,
    label: Option<&'a Text>,
}

/// The file.
pub(super) fn csv(
    questionnaire: &Questionnaire,
    release: &Release,
    edition: Edition,
    convention: Convention,
) -> Result<Vec<u8>, ExportError> {
    // Programs' users read English more often than Swedish.
    let rules = convention.choose(LANGUAGE, questionnaire.language("en").map_or(LANGUAGE, |english| &english.code));
    let variables = variables(questionnaire);
    let stored = variables.iter().flat_map(|variable| variable_lines(questionnaire, variable, rules));
    let tables = release.tables().iter().flat_map(|table| table_lines(questionnaire, &table.label, rules));
    let mut columns = Columns::<Line<'_>>::new(convention);
    columns.add("column-case-number", "case_number", |_| Value::text(release.case_number()));
    columns.add("column-simulated", "simulated", |_| flag(convention, edition.simulated));
    columns.add("codebook-scope", "scope", |line| match line.scope {
        Scope::Stored => convention.word("codebook-stored", "stored"),
        Scope::Table => convention.word("column-table", "table"),
    });
    columns.add("codebook-variable", "variable", |line| Value::text(line.variable));
    columns.add("codebook-stored-as", "stored_as", |line| Value::text(&line.stored));
    columns.add("codebook-type", "type", |line| {
        line.kind.map_or(Value::Empty, |(key, plain)| convention.word(key, plain))
    });
    columns.add("codebook-condition", "condition", |line| Value::text(&line.condition));
    columns.add("codebook-code", "code", |line| line.code.map_or(Value::Empty, |code| Value::Number(code.into())));
    columns.add("codebook-answer-id", "answer", |line| Value::text(line.answer));
    columns
        .add("codebook-missing", "missing", |line| line.code.map_or(Value::Empty, |_| flag(convention, line.missing)));
    columns.add("codebook-group", "group", |line| Value::text(line.group));
    add_text(&mut columns, convention, ("column-question", "question"), questionnaire, |line| line.question);
    add_text(&mut columns, convention, ("codebook-label", "label"), questionnaire, |line| line.label);
    columns.file(stored.chain(tables))
}

/// Adds a text: for Excel in its one language, for programs a column a language.
fn add_text<'c>(
    columns: &mut Columns<'c, Line<'c>>,
    convention: Convention,
    (key, plain): (&str, &'static str),
    questionnaire: &'c Questionnaire,
    text: fn(&Line<'c>) -> Option<&'c Text>,
) {
    let says =
        move |line: &Line<'c>, language: &str| Value::text(text(line).map_or("", |text| text.in_language(language)));
    if convention == Convention::SwedishExcel {
        columns.add(key, plain, move |line| says(line, LANGUAGE));
    }
    for language in &questionnaire.languages {
        columns.add_for_programs(&format!("{plain}_{}", language.code), move |line| says(line, &language.code));
    }
}

/// The type of a stored variable: the message's key and the plain word.
pub(super) fn kind(field: &Field) -> (&'static str, &'static str) {
    match field.kind {
        FieldKind::Single { .. } => ("type-single", "single"),
        FieldKind::Multi { .. } => ("type-several", "several"),
        FieldKind::Text { .. } | FieldKind::Toggle => ("type-text", "text"),
    }
}

fn variable_lines<'a>(questionnaire: &'a Questionnaire, variable: &'a Variable<'a>, language: &str) -> Vec<Line<'a>> {
    let line = |option: Option<&'a Choice>| Line {
        scope: Scope::Stored,
        variable: variable.name,
        stored: variable.stored.join(" "),
        kind: Some(kind(variable.field)),
        condition: asked::in_words(questionnaire, &variable.field.relevant, language),
        code: option.map(|option| option.code),
        answer: option.map_or("", |option| &option.id),
        missing: option.is_some_and(|option| option.code < 0),
        group: option.and_then(|option| option.group.as_deref()).unwrap_or_default(),
        question: Some(&variable.text),
        label: option.map(|option| &option.text),
    };
    let options = variable.field.options();
    // Who was screened out is not stored.
    let stored = options.iter().filter(|option| !option.screen_out);
    if options.is_empty() { vec![line(None)] } else { stored.map(|option| line(Some(option))).collect() }
}

fn table_lines<'a>(questionnaire: &'a Questionnaire, label: &'a Label, language: &str) -> Vec<Line<'a>> {
    let derived = questionnaire.derived.iter().find(|derived| derived.id == label.id);
    let kind = match (derived, label.several) {
        (Some(_), _) => ("type-derived", "derived"),
        (None, true) => ("type-several", "several"),
        (None, false) => ("type-single", "single"),
    };
    label
        .cells
        .iter()
        .map(|cell| Line {
            scope: Scope::Table,
            variable: &label.id,
            kind: Some(kind),
            condition: derived.map(|derived| rule(questionnaire, &derived.rule, language)).unwrap_or_default(),
            code: Some(cell.code),
            answer: &cell.id,
            question: Some(&label.text),
            label: Some(&cell.text),
            ..Line::default()
        })
        .collect()
}

//! The codebook for people: how to read the tables, and every question, code and rule.

use std::fmt::{self, Write};

use fluent_bundle::FluentValue;

use crate::i18n;
use crate::results::asked;
use crate::results::export::Edition;
use crate::results::export::codebook::{Variable, rule, variables};
use crate::results::export::convention::LANGUAGE;
use crate::results::{CellLabel, Release};
use crate::survey::definition::{FieldKind, Group, Questionnaire};

/// The text, in Markdown.
pub(super) fn codebook(questionnaire: &Questionnaire, release: &Release, edition: Edition) -> String {
    let mut text = String::new();
    // Writing to a String cannot fail.
    let _ = write_codebook(&mut text, questionnaire, release, edition);
    text
}

fn message(key: &str, arguments: &[(&str, FluentValue<'_>)]) -> String {
    i18n::text_with(LANGUAGE, key, arguments)
}

/// A text as one line that Markdown takes for nothing else.
fn plain(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    line.chars().fold(String::with_capacity(line.len()), |mut escaped, character| {
        if matches!(character, '\\' | '|' | '*' | '_' | '`' | '<' | '[' | '#') {
            escaped.push('\\');
        }
        escaped.push(character);
        escaped
    })
}

fn names(groups: &[Group]) -> String {
    groups.iter().map(|group| group.text.in_language(LANGUAGE)).collect::<Vec<_>>().join(", ")
}

fn write_codebook(out: &mut String, questionnaire: &Questionnaire, release: &Release, edition: Edition) -> fmt::Result {
    let title = plain(release.title().in_language(LANGUAGE));
    writeln!(out, "# {}\n", message("codebook-title", &[("title", title.into())]))?;
    if edition.simulated {
        writeln!(out, "**{}**\n", message("codebook-simulated", &[]))?;
    }
    let (id, version) = release.questionnaire();
    let made = [
        ("case", release.case_number().into()),
        ("questionnaire", id.into()),
        ("version", version.to_string().into()),
        ("date", edition.date.to_string().into()),
    ];
    writeln!(out, "{}\n", message("codebook-edition", &made))?;
    reading(out, questionnaire, release)?;
    breakdowns(out, release)?;
    writeln!(out, "## {}\n", message("codebook-variables", &[]))?;
    for variable in variables(questionnaire) {
        write_variable(out, questionnaire, &variable)?;
    }
    writeln!(out, "## {}\n", message("codebook-derived", &[]))?;
    for derived in &questionnaire.derived {
        writeln!(out, "### {} {}\n", derived.id, plain(derived.text.in_language(LANGUAGE)))?;
        writeln!(out, "{}\n", plain(&rule(questionnaire, &derived.rule, LANGUAGE)))?;
        if let Some(table) = release.tables().iter().find(|table| table.label.id == derived.id) {
            write_cells(out, &table.label.cells)?;
        }
    }
    Ok(())
}

/// How to read the tables.
fn reading(out: &mut String, questionnaire: &Questionnaire, release: &Release) -> fmt::Result {
    writeln!(out, "## {}\n", message("codebook-reading", &[]))?;
    let population = asked::in_words(questionnaire, &questionnaire.plan.population, LANGUAGE);
    writeln!(out, "- {}", message("codebook-population", &[("population", plain(&population).into())]))?;
    let limits = release.limits();
    let limits = [("base", limits.base().to_string().into()), ("cell", limits.cell().to_string().into())];
    writeln!(out, "- {}", message("codebook-hidden", &limits))?;
    for key in ["codebook-base", "codebook-no-answer", "codebook-several", "codebook-mentions", "codebook-weights"] {
        writeln!(out, "- {}", message(key, &[]))?;
    }
    writeln!(out)
}

fn breakdowns(out: &mut String, release: &Release) -> fmt::Result {
    writeln!(out, "## {}\n", message("codebook-breakdowns", &[]))?;
    for breakdown in release.breakdowns() {
        let groups: Vec<_> = breakdown.groups.iter().map(|(_, text)| text.in_language(LANGUAGE)).collect();
        let arguments = [
            ("name", breakdown.text.in_language(LANGUAGE).into()),
            ("question", breakdown.question.as_str().into()),
            ("groups", plain(&groups.join(", ")).into()),
        ];
        writeln!(out, "- {}", message("codebook-breakdown-by", &arguments))?;
    }
    writeln!(out)
}

fn write_variable(out: &mut String, questionnaire: &Questionnaire, variable: &Variable<'_>) -> fmt::Result {
    writeln!(out, "### {} {}\n", variable.name, plain(variable.text.in_language(LANGUAGE)))?;
    for note in notes(questionnaire, variable) {
        writeln!(out, "- {}", plain(&note))?;
    }
    writeln!(out)?;
    let options = variable.field.options().iter().filter(|option| !option.screen_out);
    let cells: Vec<_> = options
        .map(|option| CellLabel { code: option.code, id: option.id.clone(), text: option.text.clone() })
        .collect();
    write_cells(out, &cells)
}

/// What is to be known of a variable besides its codes.
fn notes(questionnaire: &Questionnaire, variable: &Variable<'_>) -> Vec<String> {
    let condition = asked::in_words(questionnaire, &variable.field.relevant, LANGUAGE);
    let mut notes = vec![message("codebook-asked", &[("condition", condition.into())])];
    match &variable.field.kind {
        FieldKind::Multi { max: Some(max), .. } => {
            notes.push(message("codebook-several-at-most", &[("number", max.to_string().into())]));
        }
        FieldKind::Multi { max: None, .. } => notes.push(message("codebook-several-allowed", &[])),
        FieldKind::Text { suggestions, .. } if suggestions.is_empty() => notes.push(message("codebook-text", &[])),
        FieldKind::Text { .. } => notes.push(message("codebook-suggestions", &[])),
        FieldKind::Single { .. } | FieldKind::Toggle => {}
    }
    if variable.stored.len() > 1 {
        let stored =
            [("number", variable.stored.len().to_string().into()), ("names", variable.stored.join(", ").into())];
        notes.push(message("codebook-places", &stored));
    }
    if crate::results::plan::is_sensitive(questionnaire, variable.name) {
        notes.push(message("codebook-sensitive", &[]));
    }
    if let Some(groups) = questionnaire.plan.published_as.get(variable.name) {
        notes.push(message("codebook-published-as", &[("groups", names(groups).into())]));
    } else if let Some(groups) = crate::results::plan::geography(questionnaire, variable.field) {
        notes.push(message("codebook-published-areas", &[("groups", names(groups).into())]));
    }
    notes
}

fn write_cells(out: &mut String, cells: &[CellLabel]) -> fmt::Result {
    if cells.is_empty() {
        return Ok(());
    }
    writeln!(out, "| {} | {} |\n|--:|---|", message("codebook-code", &[]), message("codebook-label", &[]))?;
    for cell in cells {
        writeln!(out, "| {} | {} |", cell.code, plain(cell.text.in_language(LANGUAGE)))?;
    }
    writeln!(out)
}

//! Every figure of a release, a line each.

use crate::results::export::convention::{Convention, LANGUAGE, Value};
use crate::results::export::{Edition, ExportError};
use crate::results::{Label, Release, Table, Unit};
use crate::statistics::disclosure::{Breakdown, Cell, Outside, Row, Status};
use crate::survey::answers::missing;

/// The file.
pub(super) fn csv(release: &Release, edition: Edition, convention: Convention) -> Result<Vec<u8>, ExportError> {
    let lines = release.tables().iter().flat_map(|table| lines(release, edition, convention, table));
    convention.file(&columns(convention), lines)
}

fn columns(convention: Convention) -> Vec<Value<'static>> {
    let mut columns = vec![
        convention.word("column-case-number", "case_number"),
        convention.word("column-simulated", "simulated"),
        convention.word("column-table", "table"),
        convention.word("column-question", "question"),
        convention.word("column-unit", "unit"),
        convention.word("column-breakdown", "breakdown"),
        convention.word("column-group", "group"),
        convention.word("column-kind", "kind"),
        convention.word("column-answer", "answer"),
        convention.word("column-count", "count"),
        convention.word("column-percent", "percent"),
        convention.word("column-base", "base"),
        convention.word("column-respondents", "respondents"),
    ];
    if convention == Convention::Rfc4180 {
        columns.insert(8, Value::text("code"));
        columns.extend([Value::text("status"), Value::text("base_status")]);
    }
    columns
}

/// The unit's word.
pub(super) fn unit(convention: Convention, unit: Unit) -> Value<'static> {
    match unit {
        Unit::Respondents => convention.word("unit-respondents", "respondents"),
        Unit::Mentions => convention.word("unit-mentions", "mentions"),
    }
}

/// Yes or no.
pub(super) fn flag(convention: Convention, flag: bool) -> Value<'static> {
    if flag { convention.word("flag-yes", "true") } else { convention.word("flag-no", "false") }
}

fn lines<'a>(
    release: &'a Release,
    edition: Edition,
    convention: Convention,
    table: &'a Table,
) -> impl Iterator<Item = Vec<Value<'a>>> {
    let everyone = (convention.word("breakdown-none", ""), convention.word("group-everyone", ""));
    let mut rows: Vec<(Value<'a>, Value<'a>, &Row)> = vec![(everyone.0, everyone.1, table.figures.one_way())];
    for (label, breakdown) in release.breakdowns().iter().zip(table.figures.breakdowns()) {
        let Breakdown::Published(published) = breakdown else { continue };
        let name = Value::text(convention.choose(label.text.in_language(LANGUAGE), &label.id));
        let known =
            label.groups.iter().map(|(id, text)| Value::text(convention.choose(text.in_language(LANGUAGE), id)));
        let groups = known.chain(std::iter::once(convention.word("group-unknown", "unknown")));
        let there = groups.zip(published).filter_map(|(group, row)| Some((name.clone(), group, row.as_ref()?)));
        rows.extend(there);
    }
    let head = vec![
        Value::text(release.case_number()),
        flag(convention, edition.simulated),
        Value::text(&table.label.id),
        Value::text(convention.choose(table.label.text.in_language(LANGUAGE), &table.label.question)),
        unit(convention, table.label.unit),
    ];
    rows.into_iter().flat_map(move |(breakdown, group, row)| {
        let start = [head.clone(), vec![breakdown, group]].concat();
        figures(convention, &table.label, row).map(move |figure| [start.clone(), figure].concat())
    })
}

/// The part of a line that a figure fills: from its kind to its status.
fn figures<'a>(convention: Convention, label: &'a Label, row: &'a Row) -> impl Iterator<Item = Vec<Value<'a>>> {
    let answers = label.cells.iter().zip(row.cells()).map(move |(cell, count)| {
        let answer = Value::text(convention.choose(cell.text.in_language(LANGUAGE), &cell.id));
        (convention.word("kind-answer", "answer"), Some(cell.code), answer, *count, true)
    });
    let outside = Outside::ALL.into_iter().zip(row.outside()).filter_map(move |(kind, count)| {
        let (code, answer) = outside_base(convention, label, kind);
        Some((convention.word("kind-outside", "outside"), code, answer, count?, false))
    });
    answers.chain(outside).map(move |(kind, code, answer, count, in_base)| {
        let percent = if in_base { Value::Percent { part: count, base: row.base() } } else { Value::Empty };
        let mut values = vec![
            kind,
            answer,
            Value::Figure(count),
            percent,
            Value::Figure(row.base()),
            Value::Figure(row.respondents()),
        ];
        if convention == Convention::Rfc4180 {
            values.insert(1, code.map_or(Value::Empty, |code| Value::Number(code.into())));
            values.extend([status(count), status(row.base())]);
        }
        values
    })
}

/// The code and word of a cell outside the base. A derived indicator has one, of any reason, without
/// a code.
fn outside_base(convention: Convention, label: &Label, kind: Outside) -> (Option<i16>, Value<'static>) {
    match kind {
        Outside::NotAsked if label.derived => {
            (None, convention.word("outside-not-in-denominator", "not_in_denominator"))
        }
        Outside::DoesNotKnow => {
            (Some(missing::DOES_NOT_KNOW), convention.word("outside-does-not-know", "does_not_know"))
        }
        Outside::NoAnswer => (Some(missing::NOT_ANSWERED), convention.word("outside-no-answer", "no_answer")),
        Outside::NotAsked => (Some(missing::SKIPPED), convention.word("outside-not-asked", "not_asked")),
    }
}

fn status(cell: Cell) -> Value<'static> {
    Value::text(match cell.status() {
        Status::Shown => "shown",
        Status::Zero => "zero",
        Status::Hidden => "hidden",
    })
}

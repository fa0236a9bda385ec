//! What became of each table and breakdown: a reader must not wonder whether a table was forgotten.

use crate::results::export::convention::{Columns, Convention, LANGUAGE, Value};
use crate::results::export::tables::{flag, question, unit};
use crate::results::export::{Edition, ExportError};
use crate::results::{Release, Table};
use crate::statistics::disclosure::{Breakdown, Status};

/// A line: a table, and one way of breaking it down.
struct Line<'a> {
    table: &'a Table,
    breakdown: Value,
    status: Value,
}

/// The file: a line for the one-way table and each breakdown of every table.
pub(super) fn csv(release: &Release, edition: Edition, convention: Convention) -> Result<Vec<u8>, ExportError> {
    let mut columns = Columns::<Line<'_>>::new(convention);
    columns.add("column-case-number", "case_number", |_| Value::text(release.case_number()));
    columns.add("column-simulated", "simulated", |_| flag(convention, edition.simulated));
    columns.add("column-table", "table", |line| Value::text(&line.table.label.id));
    columns.add("column-question", "question", |line| question(convention, &line.table.label));
    columns.add("column-unit", "unit", |line| unit(convention, line.table.label.unit));
    columns.add("column-breakdown", "breakdown", |line| line.breakdown.clone());
    columns.add("column-status", "status", |line| line.status.clone());
    let lines = release.tables().iter().flat_map(|table| {
        let breakdown = convention.word("breakdown-none", "");
        let first = Line { table, breakdown, status: one_way(convention, table) };
        let breakdowns = release.breakdowns().iter().zip(table.figures.breakdowns()).map(move |(label, breakdown)| {
            let name = convention.choose(label.text.in_language(LANGUAGE), &label.id);
            Line { table, breakdown: Value::text(name), status: outcome(convention, breakdown) }
        });
        std::iter::once(first).chain(breakdowns)
    });
    columns.file(lines)
}

fn one_way(convention: Convention, table: &Table) -> Value {
    let row = table.figures.one_way();
    let hidden = row.cells().iter().any(|cell| cell.status() == Status::Hidden);
    match (hidden, row.base().status()) {
        (false, _) => convention.word("status-published", "published"),
        (true, Status::Hidden) => convention.word("status-withheld", "withheld"),
        (true, _) => convention.word("status-base-only", "base_only"),
    }
}

fn outcome(convention: Convention, breakdown: &Breakdown) -> Value {
    match breakdown {
        Breakdown::Published(_) => convention.word("status-published", "published"),
        Breakdown::Withheld => convention.word("status-withheld", "withheld"),
        Breakdown::NotPlanned => convention.word("status-not-planned", "not_planned"),
    }
}

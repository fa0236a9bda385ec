//! What became of each table and breakdown: a reader must not wonder whether a table was forgotten.

use crate::results::export::convention::{Convention, LANGUAGE, Value};
use crate::results::export::tables::{flag, unit};
use crate::results::export::{Edition, ExportError};
use crate::results::{Release, Table};
use crate::statistics::disclosure::{Breakdown, Status};

/// The file: a line for the one-way table and each breakdown of every table.
pub(super) fn csv(release: &Release, edition: Edition, convention: Convention) -> Result<Vec<u8>, ExportError> {
    let columns = [
        convention.word("column-case-number", "case_number"),
        convention.word("column-simulated", "simulated"),
        convention.word("column-table", "table"),
        convention.word("column-question", "question"),
        convention.word("column-unit", "unit"),
        convention.word("column-breakdown", "breakdown"),
        convention.word("column-status", "status"),
    ];
    let lines = release.tables().iter().flat_map(|table| {
        let one_way = (convention.word("breakdown-none", ""), one_way(convention, table));
        let breakdowns = release.breakdowns().iter().zip(table.figures.breakdowns()).map(move |(label, breakdown)| {
            let name = convention.choose(label.text.in_language(LANGUAGE), &label.id);
            (Value::text(name), outcome(convention, breakdown))
        });
        std::iter::once(one_way).chain(breakdowns).map(move |(breakdown, status)| {
            vec![
                Value::text(release.case_number()),
                flag(convention, edition.simulated),
                Value::text(&table.label.id),
                Value::text(convention.choose(table.label.text.in_language(LANGUAGE), &table.label.question)),
                unit(convention, table.label.unit),
                breakdown,
                status,
            ]
        })
    });
    convention.file(&columns, lines)
}

fn one_way(convention: Convention, table: &Table) -> Value<'static> {
    let row = table.figures.one_way();
    let hidden = row.cells().iter().any(|cell| cell.status() == Status::Hidden);
    match (hidden, row.base().status()) {
        (false, _) => convention.word("status-published", "published"),
        (true, Status::Hidden) => convention.word("status-withheld", "withheld"),
        (true, _) => convention.word("status-base-only", "base_only"),
    }
}

fn outcome(convention: Convention, breakdown: &Breakdown) -> Value<'static> {
    match breakdown {
        Breakdown::Published(_) => convention.word("status-published", "published"),
        Breakdown::Withheld => convention.word("status-withheld", "withheld"),
        Breakdown::NotPlanned => convention.word("status-not-planned", "not_planned"),
    }
}

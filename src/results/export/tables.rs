//! Every figure of a release, a line each.

use crate::results::export::convention::{Columns, Convention, LANGUAGE, Value};
use crate::results::export::{Edition, ExportError};
use crate::results::{Label, Release, Table, Unit};
use crate::statistics::disclosure::{Breakdown, Cell, Outside, Row, Status};
use crate::survey::answers::missing;

/// A line: one figure.
struct Line<'a> {
    label: &'a Label,
    breakdown: Value,
    group: Value,
    row: &'a Row,
    kind: Value,
    code: Option<i16>,
    answer: Value,
    count: Cell,
    /// Whether it is a part of the row's base.
    in_base: bool,
}

/// The file.
pub(super) fn csv(release: &Release, edition: Edition, convention: Convention) -> Result<Vec<u8>, ExportError> {
    let mut columns = Columns::<Line<'_>>::new(convention);
    columns.add("column-case-number", "case_number", |_| Value::text(release.case_number()));
    columns.add("column-simulated", "simulated", |_| flag(convention, edition.simulated));
    columns.add("column-table", "table", |line| Value::text(&line.label.id));
    columns.add("column-question", "question", |line| question(convention, line.label));
    columns.add("column-unit", "unit", |line| unit(convention, line.label.unit));
    columns.add("column-breakdown", "breakdown", |line| line.breakdown.clone());
    columns.add("column-group", "group", |line| line.group.clone());
    columns.add("column-kind", "kind", |line| line.kind.clone());
    columns.add_for_programs("code", |line| line.code.map_or(Value::Empty, |code| Value::Number(code.into())));
    columns.add("column-answer", "answer", |line| line.answer.clone());
    columns.add("column-count", "count", |line| Value::Figure(line.count));
    columns.add("column-percent", "percent", |line| match line.in_base {
        true => Value::Percent { part: line.count, base: line.row.base() },
        false => Value::Empty,
    });
    columns.add("column-base", "base", |line| Value::Figure(line.row.base()));
    columns.add("column-respondents", "respondents", |line| Value::Figure(line.row.respondents()));
    columns.add_for_programs("status", |line| status(line.count));
    columns.add_for_programs("base_status", |line| status(line.row.base()));
    columns.file(release.tables().iter().flat_map(|table| lines(release, convention, table)))
}

/// A table's question: its wording, or its name.
pub(super) fn question(convention: Convention, label: &Label) -> Value {
    Value::text(convention.choose(label.text.in_language(LANGUAGE), &label.question))
}

/// The unit's word.
pub(super) fn unit(convention: Convention, unit: Unit) -> Value {
    match unit {
        Unit::Respondents => convention.word("unit-respondents", "respondents"),
        Unit::Mentions => convention.word("unit-mentions", "mentions"),
    }
}

/// Yes or no.
pub(super) fn flag(convention: Convention, flag: bool) -> Value {
    if flag { convention.word("flag-yes", "true") } else { convention.word("flag-no", "false") }
}

fn lines<'a>(release: &'a Release, convention: Convention, table: &'a Table) -> impl Iterator<Item = Line<'a>> {
    let everyone = (convention.word("breakdown-none", ""), convention.word("group-everyone", ""));
    let mut rows: Vec<(Value, Value, &Row)> = vec![(everyone.0, everyone.1, table.figures.one_way())];
    for (label, breakdown) in release.breakdowns().iter().zip(table.figures.breakdowns()) {
        let Breakdown::Published(published) = breakdown else { continue };
        let name = Value::text(convention.choose(label.text.in_language(LANGUAGE), &label.id));
        let known =
            label.groups.iter().map(|(id, text)| Value::text(convention.choose(text.in_language(LANGUAGE), id)));
        let groups = known.chain(std::iter::once(convention.word("group-unknown", "unknown")));
        let there = groups.zip(published).filter_map(|(group, row)| Some((name.clone(), group, row.as_ref()?)));
        rows.extend(there);
    }
    rows.into_iter().flat_map(move |(breakdown, group, row)| figures(convention, &table.label, breakdown, group, row))
}

/// A line for each figure of a row: its answers, then what is outside its base.
fn figures<'a>(
    convention: Convention,
    label: &'a Label,
    breakdown: Value,
    group: Value,
    row: &'a Row,
) -> impl Iterator<Item = Line<'a>> {
    let answers = label.cells.iter().zip(row.cells()).map(move |(cell, count)| {
        let answer = Value::text(convention.choose(cell.text.in_language(LANGUAGE), &cell.id));
        (convention.word("kind-answer", "answer"), Some(cell.code), answer, *count, true)
    });
    let outside = Outside::ALL.into_iter().zip(row.outside()).filter_map(move |(kind, count)| {
        let (code, answer) = outside_base(convention, label, kind);
        Some((convention.word("kind-outside", "outside"), code, answer, count?, false))
    });
    answers.chain(outside).map(move |(kind, code, answer, count, in_base)| {
        let (breakdown, group) = (breakdown.clone(), group.clone());
        Line { label, breakdown, group, row, kind, code, answer, count, in_base }
    })
}

/// The code and word of a cell outside the base. A derived indicator has one, of any reason, without
/// a code.
fn outside_base(convention: Convention, label: &Label, kind: Outside) -> (Option<i16>, Value) {
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

fn status(cell: Cell) -> Value {
    Value::text(match cell.status() {
        Status::Shown => "shown",
        Status::Zero => "zero",
        Status::Hidden => "hidden",
    })
}

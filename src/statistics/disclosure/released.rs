//! Tables that have been judged. Nothing outside this module can make one.

use super::Limits;
use super::candidate::{Candidate, Frame, Link, Tally};
use super::linked::{decide, planned};
use super::primary::{base_is_safe, groups_are_safe, kinds, outside};

/// One figure that has been judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell(Option<u64>);

/// What is said of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It is shown.
    Shown,
    /// It is zero, and that is shown.
    Zero,
    /// It is not shown.
    Hidden,
}

impl Cell {
    const HIDDEN: Self = Self(None);

    /// The count, unless it is hidden.
    pub fn count(self) -> Option<u64> {
        self.0
    }

    /// Whether it is shown.
    pub fn status(self) -> Status {
        match self.0 {
            None => Status::Hidden,
            Some(0) => Status::Zero,
            Some(_) => Status::Shown,
        }
    }
}

/// One group's figures in one table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    respondents: Cell,
    base: Cell,
    cells: Vec<Cell>,
    outside: [Option<Cell>; 3],
}

impl Row {
    /// The group's size: respondents in the population, whether or not they answered.
    pub fn respondents(&self) -> Cell {
        self.respondents
    }

    /// The unweighted base: those who answered (mentions, in a table of mentions).
    pub fn base(&self) -> Cell {
        self.base
    }

    /// The cells, in the table's order.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Those not in the base, in the order of [`super::Outside::ALL`]; `None` where there can be nobody.
    pub fn outside(&self) -> [Option<Cell>; 3] {
        self.outside
    }
}

/// What became of a table's breakdown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Breakdown {
    /// A row per group; `None` for the unknown group where nobody is in it.
    Published(Vec<Option<Row>>),
    /// Not published: a figure in it, or one that it gives away, is too small.
    Withheld,
    /// Not in the analysis plan.
    NotPlanned,
}

/// A table that may leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    one_way: Row,
    breakdowns: Vec<Breakdown>,
}

impl Released {
    /// Everyone in the population.
    pub fn one_way(&self) -> &Row {
        &self.one_way
    }

    /// The breakdowns, in the frame's order.
    pub fn breakdowns(&self) -> &[Breakdown] {
        &self.breakdowns
    }
}

/// Judges tables that are published together, in their order.
///
/// All tables of a release are judged at once, for they know of each other.
pub fn release(frame: &Frame, candidates: &[Candidate], links: &[Link], limits: Limits) -> Vec<Released> {
    let allowed = decide(frame, candidates, links, limits);
    let population = groups_are_safe(frame, 0, limits);
    let judged = candidates.iter().enumerate().map(|(table, candidate)| {
        let one_way = if allowed[0][table] {
            shown(candidate, frame, 0, 0)
        } else {
            let whole = frame.sizes[0];
            let base = population
                && !entangled(table, candidates, links)
                && base_is_safe(candidate, whole, &candidate.tallies[0], limits);
            hidden(candidate, population.then_some(whole), base.then_some(candidate.tallies[0].base))
        };
        let breakdowns = frame.levels().skip(1).map(|level| {
            if !planned(candidate, level) {
                return Breakdown::NotPlanned;
            }
            if !allowed[level][table] {
                return Breakdown::Withheld;
            }
            let slots = frame.breakdowns[level - 1].clone();
            let counted = frame.slots(level);
            Breakdown::Published(
                slots.map(|slot| counted.contains(&slot).then(|| shown(candidate, frame, level, slot))).collect(),
            )
        });
        Released { one_way, breakdowns: breakdowns.collect() }
    });
    judged.collect()
}

/// Whether other tables say something of this one's base.
fn entangled(table: usize, candidates: &[Candidate], links: &[Link]) -> bool {
    let candidate = &candidates[table];
    candidate.twin.is_some()
        || !candidate.parents.is_empty()
        || !candidate.sources.is_empty()
        || links.iter().any(|link| link.members.contains(&table))
        || candidates.iter().any(|other| other.parents.contains(&table) || other.sources.contains(&table))
}

fn shown(candidate: &Candidate, frame: &Frame, level: usize, slot: usize) -> Row {
    let tally: &Tally = &candidate.tallies[slot];
    let (counts, kinds) = (outside(tally, level), kinds(candidate, level));
    Row {
        respondents: Cell(Some(frame.sizes[slot])),
        base: Cell(Some(tally.base)),
        cells: tally.cells.iter().map(|count| Cell(Some(*count))).collect(),
        outside: std::array::from_fn(|kind| kinds[kind].then_some(Cell(Some(counts[kind])))),
    }
}

fn hidden(candidate: &Candidate, respondents: Option<u64>, base: Option<u64>) -> Row {
    Row {
        respondents: Cell(respondents),
        base: Cell(base),
        cells: vec![Cell::HIDDEN; candidate.tallies[0].cells.len()],
        outside: candidate.outside.map(|exists| exists.then_some(Cell::HIDDEN)),
    }
}

//! The rules for a figure by itself.

use std::collections::BTreeMap;

use super::Limits;
use super::candidate::{Candidate, Frame, Link, Observation, Outside, Tally};

/// A count that is too small to show, or that leaves too few of `whole` beside it.
pub(super) fn tells(count: u64, whole: u64, limits: Limits) -> bool {
    count > 0 && (count < limits.cell() || whole.saturating_sub(count) < limits.cell())
}

/// The counts outside the base as a level tells them: in breakdowns −8 has joined "no answer".
pub(super) fn outside(tally: &Tally, level: usize) -> [u64; 3] {
    if level == 0 {
        return tally.outside;
    }
    let mut coarse = [0; 3];
    for (kind, count) in Outside::ALL.into_iter().zip(tally.outside) {
        let place = Outside::ALL.iter().position(|other| *other == kind.coarse());
        coarse[place.unwrap_or_default()] += count;
    }
    coarse
}

/// The kinds of cells outside the base that a level has.
pub(super) fn kinds(candidate: &Candidate, level: usize) -> [bool; 3] {
    if level == 0 {
        return candidate.outside;
    }
    let [does_not_know, no_answer, not_asked] = candidate.outside;
    [false, does_not_know || no_answer, not_asked]
}

/// Whether the base of a row, and with it the number outside, tells on nobody.
pub(super) fn base_is_safe(candidate: &Candidate, size: u64, tally: &Tally, limits: Limits) -> bool {
    let beside: u64 = tally.outside.iter().sum();
    let all_answered = beside == 0 && candidate.sensitive && candidate.outside.contains(&true);
    size >= limits.base() && tally.base >= limits.base() && !tells(beside, size, limits) && !all_answered
}

/// Whether every figure of a row may be shown.
pub(super) fn row_is_safe(candidate: &Candidate, frame: &Frame, level: usize, slot: usize, limits: Limits) -> bool {
    let tally = &candidate.tallies[slot];
    let size = frame.sizes[slot];
    if size < limits.base() || tally.base < limits.base() {
        return false;
    }
    let hides_zero = |cell: usize| candidate.sensitive && candidate.offered_to_nobody[slot] & (1 << cell) == 0;
    let cells = tally.cells.iter().enumerate();
    let cells_are_safe =
        cells.into_iter().all(|(cell, count)| !tells(*count, tally.base, limits) && (*count > 0 || !hides_zero(cell)));
    let outside_is_safe = outside(tally, level)
        .into_iter()
        .zip(kinds(candidate, level))
        .filter(|(_, exists)| *exists)
        .all(|(count, _)| !tells(count, size, limits) && (count > 0 || !candidate.sensitive));
    cells_are_safe && outside_is_safe
}

/// Whether the sizes of the groups of a level may be shown.
pub(super) fn groups_are_safe(frame: &Frame, level: usize, limits: Limits) -> bool {
    let whole = frame.sizes[0];
    frame.slots(level).into_iter().all(|slot| {
        let size = frame.sizes[slot];
        size >= limits.base() && (level == 0 || !tells(size, whole, limits))
    })
}

/// Whether the common refinement of some of a link's tables is safe in every group of a level.
///
/// It is asked where others of the link are withheld, so a class that nobody is in is not safe either:
/// that all of a cell stand in its other classes is what a withheld table says.
pub(super) fn refinement_is_safe(link: &Link, kept: &[usize], frame: &Frame, level: usize, limits: Limits) -> bool {
    let members = link.members.iter().enumerate();
    let places: Vec<usize> = members.filter(|(_, member)| kept.contains(member)).map(|(place, _)| place).collect();
    let mut joint: BTreeMap<Vec<Observation>, Vec<u64>> = BTreeMap::new();
    for class in &link.classes {
        let key = places.iter().map(|place| {
            let observation = class.observations[*place];
            if level == 0 { observation } else { observation.coarse() }
        });
        let counts = joint.entry(key.collect()).or_insert_with(|| vec![0; frame.sizes.len()]);
        for (sum, count) in counts.iter_mut().zip(&class.counts) {
            *sum += count;
        }
    }
    let slots = frame.slots(level);
    let safe = |count: u64, size: u64| count > 0 && !tells(count, size, limits);
    joint.values().all(|counts| slots.iter().all(|slot| safe(counts[*slot], frame.sizes[*slot])))
}

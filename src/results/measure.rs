//! Reading one respondent's routed answers as a place in a table.
//!
//! Everything that can be known from the questionnaire alone is worked out when a tabulator is made:
//! what is left for each response is a few operations on sets of option indices.

use crate::statistics::disclosure::{Observation, Outside};
use crate::survey::answers::missing;
use crate::survey::definition::{Choice, Field, Group, Questionnaire};
use crate::survey::routing::Condition;
use crate::survey::routing::evaluate::{Routed, holds};

/// How a table reads a respondent.
#[derive(Debug, Clone)]
pub(super) enum Measure {
    /// One closed field; a cell per option that is an answer, or per group of them.
    Field(Reader),
    /// The same item of a repeated block; in cells are those who say it of any place.
    Respondents(Vec<Reader>),
    /// The same, each place by itself: what is counted is places, not respondents.
    Mentions(Vec<Reader>),
    /// Groups of the options chosen in any of several fields; one respondent counts once in each.
    Groups(Vec<Reader>),
    /// Cell 0: the numerator holds; cell 1: it does not. Base: the denominator holds.
    Share { numerator: Condition, denominator: Condition },
    /// The first condition that holds.
    FirstOf(Vec<Condition>),
}

/// Reads one closed field.
#[derive(Debug, Clone)]
pub(super) struct Reader {
    /// Index into the questionnaire's fields.
    pub field: usize,
    /// The options that are answers (codes from 0 up), as a set of option indices.
    answers: u64,
    /// The options that say "does not know" (−8).
    does_not_know: u64,
    /// Per cell, the options that put a respondent there.
    cells: Cells,
}

#[derive(Debug, Clone)]
enum Cells {
    /// The first options are the cells, one each.
    Options,
    /// A set of options per cell.
    Sets(Vec<u64>),
}

/// The options of `field` that `wanted` holds for.
pub(super) fn set_of(field: &Field, wanted: impl Fn(&Choice) -> bool) -> u64 {
    field.options().iter().enumerate().filter(|(_, option)| wanted(option)).fold(0, |set, (index, _)| set | 1 << index)
}

/// Whether an option belongs to a group: by the option's own word, else by the group's list.
pub(super) fn belongs(option: &Choice, group: &Group) -> bool {
    option.group.as_ref().map_or_else(|| group.members.contains(&option.id), |own| *own == group.id)
}

impl Reader {
    /// A cell per option that is an answer.
    pub fn options(questionnaire: &Questionnaire, field: usize) -> Self {
        let answers = set_of(&questionnaire.fields[field], |option| option.code >= 0);
        // Usually the answers come before "does not know" and "will not say".
        let cells = if answers & answers.wrapping_add(1) == 0 {
            Cells::Options
        } else {
            Cells::Sets((0..u64::BITS).map(|bit| answers & (1 << bit)).filter(|set| *set != 0).collect())
        };
        Self::new(questionnaire, field, cells)
    }

    /// A cell per set of options.
    pub fn sets(questionnaire: &Questionnaire, field: usize, sets: Vec<u64>) -> Self {
        Self::new(questionnaire, field, Cells::Sets(sets))
    }

    fn new(questionnaire: &Questionnaire, field: usize, cells: Cells) -> Self {
        let of = &questionnaire.fields[field];
        Self {
            field,
            answers: set_of(of, |option| option.code >= 0),
            does_not_know: set_of(of, |option| option.code == missing::DOES_NOT_KNOW),
            cells,
        }
    }

    /// The cells of options, as bits.
    pub fn cells_of(&self, options: u64) -> u64 {
        match &self.cells {
            Cells::Options => options & self.answers,
            Cells::Sets(sets) => sets
                .iter()
                .enumerate()
                .filter(|(_, set)| options & **set != 0)
                .fold(0, |cells, (cell, _)| cells | 1 << cell),
        }
    }

    /// The cells that routing offered.
    pub fn offered(&self, routed: &Routed) -> u64 {
        self.cells_of(routed.offered[self.field])
    }

    /// Where a respondent stands.
    pub fn observe(&self, routed: &Routed) -> Observation {
        let chosen = routed.chosen.0[self.field];
        Observation::Outside(if !routed.on_path[self.field] {
            Outside::NotAsked
        } else if chosen & self.answers != 0 {
            return Observation::Cells(self.cells_of(chosen));
        } else if chosen & self.does_not_know != 0 {
            Outside::DoesNotKnow
        } else {
            Outside::NoAnswer
        })
    }
}

impl Measure {
    /// The fields that are read, where answers to them are the table's cells.
    pub fn readers(&self) -> &[Reader] {
        match self {
            Self::Field(reader) => std::slice::from_ref(reader),
            Self::Respondents(readers) | Self::Mentions(readers) | Self::Groups(readers) => readers,
            Self::Share { .. } | Self::FirstOf(_) => &[],
        }
    }

    /// Where a respondent stands. For [`Measure::Mentions`] use [`Measure::mentions`].
    pub fn observe(&self, questionnaire: &Questionnaire, routed: &Routed) -> Observation {
        let outside = || Observation::Outside(Outside::NotAsked);
        match self {
            Self::Field(reader) => reader.observe(routed),
            Self::Respondents(readers) | Self::Mentions(readers) => any_of(readers, routed),
            // Whoever is not in a derived indicator's base is outside, whatever the reason.
            Self::Groups(readers) => match any_of(readers, routed) {
                Observation::Outside(_) => outside(),
                cells @ Observation::Cells(_) => cells,
            },
            Self::Share { numerator, denominator } => {
                if !holds(questionnaire, denominator, &routed.chosen) {
                    return outside();
                }
                let holds = holds(questionnaire, numerator, &routed.chosen);
                Observation::Cells(if holds { 0b01 } else { 0b10 })
            }
            Self::FirstOf(cases) => cases
                .iter()
                .position(|case| holds(questionnaire, case, &routed.chosen))
                .map_or_else(outside, |case| Observation::Cells(1 << case)),
        }
    }

    /// The cells of each place that was described, for a table in mentions.
    pub fn mentions<'a>(&'a self, routed: &'a Routed) -> Option<impl Iterator<Item = u64> + 'a> {
        let Self::Mentions(readers) = self else { return None };
        Some(readers.iter().filter_map(|reader| match reader.observe(routed) {
            Observation::Cells(cells) => Some(cells),
            Observation::Outside(_) => None,
        }))
    }
}

/// Any answer counts; else the strongest reason why there is none.
fn any_of(readers: &[Reader], routed: &Routed) -> Observation {
    let mut cells = None;
    let mut outside = Outside::NotAsked;
    for reader in readers {
        match reader.observe(routed) {
            Observation::Cells(more) => cells = Some(cells.unwrap_or(0) | more),
            // Does not know, then no answer, then not asked.
            Observation::Outside(reason) => outside = outside.min(reason),
        }
    }
    cells.map_or(Observation::Outside(outside), Observation::Cells)
}

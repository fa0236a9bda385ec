//! What the engine judges: counts, and how tables know of each other.

use std::ops::Range;

/// The groups that all tables are counted in.
///
/// Slot 0 is everyone in the population; each breakdown has a slot for each of its groups and a last
/// one for respondents whose group is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Respondents per slot.
    pub sizes: Vec<u64>,
    /// The slots of each breakdown.
    pub breakdowns: Vec<Range<usize>>,
}

/// Why a respondent is not in a table's base.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outside {
    /// −8.
    DoesNotKnow,
    /// −9, or −6: answered other questions.
    NoAnswer,
    /// −7; for a derived indicator, everyone who is not in its denominator.
    NotAsked,
}

impl Outside {
    /// All of them, in the order of [`Tally::outside`].
    pub const ALL: [Self; 3] = [Self::DoesNotKnow, Self::NoAnswer, Self::NotAsked];

    /// The kind as breakdowns tell it: "does not know" is "no answer" there.
    pub fn coarse(self) -> Self {
        match self {
            Self::DoesNotKnow | Self::NoAnswer => Self::NoAnswer,
            Self::NotAsked => Self::NotAsked,
        }
    }
}

/// Where one respondent stands in one table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Observation {
    /// In the base, and in these cells (bit 0 is the first one); at least one.
    Cells(u64),
    /// Not in the base.
    Outside(Outside),
}

impl Observation {
    /// As breakdowns tell it.
    pub fn coarse(self) -> Self {
        match self {
            Self::Cells(_) => self,
            Self::Outside(outside) => Self::Outside(outside.coarse()),
        }
    }
}

/// One table's counts in one slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    /// Those who answered.
    pub base: u64,
    /// Of these, per cell. They sum to the base only where one answer excludes the others.
    pub cells: Vec<u64>,
    /// Those who are not in the base, in the order of [`Outside::ALL`].
    pub outside: [u64; 3],
}

/// A table before it has been judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Zeros are hidden too.
    pub sensitive: bool,
    /// Which kinds of [`Outside`] the table has at all: one that routing rules out is no cell.
    pub outside: [bool; 3],
    /// Which breakdowns are planned.
    pub planned: Vec<bool>,
    /// Counts per slot of the frame.
    pub tallies: Vec<Tally>,
    /// Per slot, the cells (as bits) that routing offered nobody: their zeros say nothing.
    pub offered_to_nobody: Vec<u64>,
    /// Tables whose answers decide who is asked.
    pub parents: Vec<usize>,
    /// Tables of the questions that a derived indicator is computed from.
    pub sources: Vec<usize>,
    /// The table in respondents, for one in mentions.
    pub twin: Option<usize>,
}

/// Derived indicators and the tables of the single questions they share, with their joint counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Tables; the indicators first, then by importance: the last ones are withdrawn first.
    pub members: Vec<usize>,
    /// The combinations that can occur, whether or not anyone is in them; none where they are too many
    /// to keep.
    pub classes: Vec<Class>,
}

/// Respondents who stand alike in all tables of a [`Link`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// Where, per member.
    pub observations: Vec<Observation>,
    /// How many, per slot.
    pub counts: Vec<u64>,
}

impl Frame {
    /// The slots that one level of tables shows: level 0 is the one-way table, level n the n-th
    /// breakdown. The slot for an unknown group counts where someone is in it.
    pub(super) fn slots(&self, level: usize) -> Vec<usize> {
        let Some(breakdown) = level.checked_sub(1) else { return vec![0] };
        let Some(slots) = self.breakdowns.get(breakdown) else { return Vec::new() };
        slots.clone().filter(|slot| slot + 1 != slots.end || self.sizes[*slot] > 0).collect()
    }

    /// The levels: the one-way table and each breakdown.
    pub(super) fn levels(&self) -> Range<usize> {
        0..self.breakdowns.len() + 1
    }
}

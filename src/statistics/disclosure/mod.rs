//! Disclosure control: which figures may leave.
//!
//! The engine takes counts ([`Candidate`]s in a [`Frame`]) and gives back [`Released`] tables, whose
//! [`Cell`]s can be made nowhere else: a writer that takes a `Released` cannot print a figure that
//! has not been judged. This is the first form, step 2 of the rules, with the withdrawal of whole
//! breakdowns in the place of secondary suppression: safe first, generous later.
//!
//! # What is judged
//! Every table sorts the respondents of a group: those who gave an answer (the *base*, codes from 0
//! up) into cells, and the others into cells *outside* the base: did not know (−8), gave no answer
//! (−9 and −6 together, for a refusal and a blank say the same of her, and apart they are two small
//! cells), was not asked (−7). Within breakdowns −8 joins "no answer". A row is safe when
//! - the group and the base are [`Limits::base`] or more,
//! - no cell is 1 … [`Limits::cell`] − 1, and none leaves so few of the base, or nobody, beside it,
//! - no cell outside the base is so small, so a difference of bases tells on nobody: the non-response
//!   of a group is the group less the base, and the number who were not asked is a count too,
//! - on sensitive tables no cell is zero, but for zeros by routing.
//!
//! An unsafe row shows its base only; a breakdown with an unsafe row is not published for that table.
//! Respondents whose group is unknown are a row like the others: it is what remains when the known
//! groups are taken from the whole.
//!
//! # Why withdrawal is enough for one table
//! Someone who knows the one-way table and the sizes of the groups knows the margins of the table
//! that was withdrawn, nothing else. A cell with margins r and c of a total N then lies anywhere in
//! an interval of width min(r, c, N − r, N − c) (Fréchet), at least [`Limits::cell`], for margins are
//! judged themselves.
//!
//! # Tables that know of each other
//! - *Routing*: how many were asked a question is a count over the answers to others. A table is
//!   published only where the tables of the questions that it is routed by are ([`Candidate::parents`]).
//! - *Derived indicators*: where an indicator is withdrawn, the tables of the questions it is computed
//!   from are. An indicator of several-choice questions is published alone or with all of them, and only
//!   where the base of each is safe. An indicator of single questions may stand beside some of them when their common refinement, all
//!   that their counts can give, is safe in every group ([`Link`]).
//! - *Mentions*: a table in mentions is published only where its twin in respondents is, for six
//!   mentions may be two women's.
//!
//! # What is accepted
//! How often a woman named the same kind of place twice (mentions less respondents) and how many
//! chose two options of several (from sums of options) are not tabulated and not protected.

mod candidate;
mod linked;
mod primary;
mod released;

pub use candidate::{Candidate, Class, Frame, Link, Observation, Outside, Tally};
pub use released::{Breakdown, Cell, Released, Row, Status, release};

/// The smallest figures that may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    base: u64,
    cell: u64,
}

/// A limit under [`Limits::LEAST`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a disclosure limit of {0} is under {least}", least = Limits::LEAST)]
pub struct LimitTooLow(pub u64);

impl Limits {
    /// No limit may be lower than this.
    pub const LEAST: u64 = 5;

    /// No group or base under `base` and no count under `cell` leaves.
    ///
    /// # Errors
    /// [`LimitTooLow`] where one is under [`Limits::LEAST`].
    pub fn new(base: u64, cell: u64) -> Result<Self, LimitTooLow> {
        match base.min(cell) {
            lowest if lowest < Self::LEAST => Err(LimitTooLow(lowest)),
            _ => Ok(Self { base, cell }),
        }
    }

    /// The least unweighted base.
    pub fn base(self) -> u64 {
        self.base
    }

    /// The least count, and the least remainder of the base beside it.
    pub fn cell(self) -> u64 {
        self.cell
    }
}

impl Default for Limits {
    /// The rules' own: bases from 10 up, counts from 5 up.
    fn default() -> Self {
        Self { base: 10, cell: 5 }
    }
}

#[cfg(test)]
mod tests;

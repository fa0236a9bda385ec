//! Results: from responses to tables that expose no one.
//!
//! A [`Tabulator`] takes the responses of a dialogue one by one, in memory that depends on the
//! analysis plan alone, and ends in a [`Release`]: the plan's tables after disclosure control. Counts
//! that have not been judged never leave this module.

mod asked;
mod breakdown;
pub mod export;
mod links;
mod measure;
mod plan;
mod release;
mod tabulator;
mod wording;

pub use plan::{CellLabel, Label, Unit};
pub use release::{BreakdownLabel, Release, Table};
pub use tabulator::Tabulator;

//! Staff's pages over dialogues and their questionnaires.
//!
//! They need both staff (who is there, the log) and the survey (what a dialogue is), and these two never name each
//! other: so the pages live above both. Every change goes the way of [`change`]: one transaction for the change and the
//! log's line, then this copy of the service shows it.

mod change;
pub mod dialogues;
pub mod editor;
pub mod keying;
pub mod monitoring;
pub mod papers;
pub mod preview;
pub mod questionnaire;
pub mod wording;

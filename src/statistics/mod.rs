//! Pure statistics: no I/O, no clock, no database, no questionnaire.
//!
//! [`disclosure`] is the one gate that figures pass on their way out.

pub mod disclosure;

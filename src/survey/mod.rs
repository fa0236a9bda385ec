//! The anonymous survey: definition, routing, document, letterbox, mixing.
//!
//! Never imports `focus_groups`, nor the other way round.

pub mod answers;
pub mod definition;
pub mod routing;

//! The anonymous survey: definition, routing, document, letterbox, mixing.
//!
//! Never imports `focus_groups`, nor the other way round.

pub mod answers;
mod batch;
pub mod definition;
pub mod dialogue;
pub mod document;
pub mod form;
pub mod keying;
pub mod keys;
pub mod launch;
pub mod letterbox;
pub mod mixing;
pub mod pages;
pub mod paper;
pub mod progress;
pub mod receipt;
pub mod response;
pub mod routing;
pub mod simulation;
pub mod standard;

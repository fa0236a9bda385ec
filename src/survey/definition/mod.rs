//! Questionnaires: the file people write, its checks, and the checked model.

pub mod model;

pub use model::*;

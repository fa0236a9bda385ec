//! Routing: which questions are on path.
//!
//! One abstract syntax tree, [`Condition`], with two readings that a browser test holds together:
//! [`evaluate`] for the server (review, storing, export) and [`selector`] for the page, where the
//! same rules are CSS. "An answer off path counts as absent" is part of both.

mod condition;
pub mod evaluate;
pub mod possible;
pub mod selector;

pub use condition::Condition;

#[cfg(test)]
mod tests;

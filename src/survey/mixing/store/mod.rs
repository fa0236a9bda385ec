//! Mixing, in the database.

pub(super) mod channels;
pub(super) mod chunk;
pub(super) mod rewrite;

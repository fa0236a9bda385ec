//! Staff: getting in, who may what, and the log, through the real service.

mod dialogues;
mod getting_in;

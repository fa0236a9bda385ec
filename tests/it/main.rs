//! All integration tests, in one binary.

mod disclosure;
mod residents;

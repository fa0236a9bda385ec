//! The integration tests: one binary, so that it is linked once; one module per subject.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod anonymity;
mod architecture;
mod browser;
mod databases;
mod deployment;
mod dialogues;
mod disclosure;
mod exports;
mod http;
mod keying;
mod letterbox;
mod licences;
mod messages;
mod mixing;
mod paper;
mod progress;
mod readme;
mod residents;
mod results;
mod staff;
mod support;
mod xlsform;

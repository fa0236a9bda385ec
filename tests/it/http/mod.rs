//! The service as HTTP sees it, on the real binary.

mod pages;
mod start;
mod survey;

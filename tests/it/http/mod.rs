//! The service as HTTP sees it, on the real binary.

mod crash;
mod pages;
mod start;
mod survey;

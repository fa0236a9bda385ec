//! The service as HTTP sees it, on the real binary.

mod anonymity;
mod crash;
mod pages;
mod start;
mod survey;

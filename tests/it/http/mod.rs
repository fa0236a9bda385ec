//! The service as HTTP sees it, on the real binary.

mod anonymity;
mod copies;
mod crash;
mod outage;
mod pages;
mod start;
mod survey;

//! The survey's document in Chromium: what is seen, what can be reached, what it weighs in work.

mod bites;
mod conformity;
mod inspector;
mod journey;
mod journey_connection;
mod journey_faults;
mod journey_leaving;
mod journey_whole;
mod keyboard;
mod old;
mod pages;
mod stage;
mod zoom;

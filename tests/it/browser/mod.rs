//! The survey's document in Chromium: what is seen, what can be reached, what it weighs in work.

mod conformity;
mod keyboard;
mod old;
mod stage;

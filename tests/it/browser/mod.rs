//! The survey's document, and staff's pages, in Chromium: what is seen, what can be reached, what it weighs in work.

mod broken;
mod conformity;
mod guide;
mod inspector;
mod journey;
mod journey_connection;
mod journey_faults;
mod journey_leaving;
mod journey_whole;
mod keyboard;
mod old;
mod old_service;
mod pages;
mod picture;
mod staff;
mod staff_dialogues;
mod staff_editor;
mod staff_provider;
mod stage;
mod states;
mod zoom;

//! Staff: getting in, who may what, and the log, through the real service.

mod colleagues;
mod dialogues;
mod editor;
mod getting_in;
mod limits;
mod log;
mod mail;
mod questionnaire;
mod roles;
mod sessions;

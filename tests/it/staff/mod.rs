//! Staff: getting in, who may what, and the log, through the real service.

mod colleagues;
mod dialogues;
mod editor;
mod errors;
mod getting_in;
mod keying;
mod limits;
mod log;
mod mail;
mod papers;
mod provider;
mod provider_wrong;
mod questionnaire;
mod roles;
mod sessions;
mod wording;

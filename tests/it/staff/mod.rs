//! Staff: getting in, who may what, and the log, through the real service.

mod colleagues;
mod dialogues;
mod getting_in;
mod limits;
mod log;
mod mail;
mod provider;
mod provider_wrong;
mod questionnaire;
mod roles;
mod sessions;
mod wording;

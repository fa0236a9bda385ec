//! Trygghetsdialog: the service that carries a municipality's citizen dialogue on safety outdoors.
//!
//! See `docs/architecture.md` for the house and its tower of imports.

pub mod administration;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod http;
pub mod i18n;
pub mod id;
pub mod mail;
pub mod results;
pub mod server;
pub mod staff;
pub mod statistics;
pub mod survey;

//! Trygghetsdialog: the service that carries a municipality's citizen dialogue on safety outdoors.
//!
//! See `docs/architecture.md` for the house and its tower of imports.

pub mod clock;
pub mod id;
pub mod survey;

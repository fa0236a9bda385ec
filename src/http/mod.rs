//! What every page shares: headers, language, origin, errors, totals.
//!
//! Nothing here logs a request: on residents' routes an access log would hold addresses and moments.

pub mod error;
pub mod headers;
pub mod language;
pub mod origin;
pub mod totals;

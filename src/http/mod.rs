//! What every page shares: frame, assets, encodings, forms, headers, language, origin, errors, totals.
//!
//! Nothing here logs a request: on residents' routes an access log would hold addresses and moments.

pub mod assets;
pub mod body;
pub mod csv;
pub mod encoding;
pub mod error;
pub mod form;
pub mod frame;
pub mod headers;
pub mod language;
pub mod minify;
pub mod origin;
pub mod prose;
pub mod site;
pub mod totals;
pub mod upload;

//! What every page shares: headers, language, origin, errors, totals.

pub mod assets;
pub mod encoding;
pub mod frame;
pub mod minify;

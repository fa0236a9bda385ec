//! What every page shares: headers, language, errors, rendering.

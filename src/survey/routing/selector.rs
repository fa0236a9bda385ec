//! The page's reading of routing: CSS.

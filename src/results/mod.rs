//! Tables for the analysis plan, and their exports.

//! Old.

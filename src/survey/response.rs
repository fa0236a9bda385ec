//! Stored responses, and who may read them.

//! Dialogues: what stands in the database about each, and its states.

//! Settings, from a file and from the environment.

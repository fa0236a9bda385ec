//! The weeks' keys: the public half in the database, the private half in a file of its own.

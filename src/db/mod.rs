//! Connections to the two databases, over SQLite and PostgreSQL.

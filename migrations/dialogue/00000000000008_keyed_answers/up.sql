-- Answers that staff key in from paper, on SQLite. `up.postgres.sql` makes the same tables.
-- WITHOUT ROWID: a row id would number the rows in the order in which they were keyed.

-- A sitting: one person at one browser keys in for one dialogue. It bears no moment; when it is over is told by the
-- session, which has moments of its own.
CREATE TABLE keying_sitting (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    account BYTEA NOT NULL,
    session BYTEA NOT NULL,
    UNIQUE (dialogue, session)
) WITHOUT ROWID;

-- The letter that was keyed last in a sitting, sealed as all letters are. It becomes a row of `letter` with the next
-- one, at the end of the sitting, or when its batch is closed: its batch can't go before.
CREATE TABLE held_letter (
    sitting BYTEA NOT NULL PRIMARY KEY,
    batch BYTEA NOT NULL REFERENCES batch (id),
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL
) WITHOUT ROWID;

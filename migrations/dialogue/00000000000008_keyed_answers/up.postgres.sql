-- Answers that staff key in from paper, on PostgreSQL. `up.sql` makes the same tables, and says what they are for.

-- A sitting: one person at one browser keys in for one dialogue. It bears no moment; when it is over is told by the
-- session, which has moments of its own.
CREATE TABLE keying_sitting (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    account BYTEA NOT NULL,
    session BYTEA NOT NULL,
    UNIQUE (dialogue, session)
);

-- The letter that was keyed last in a sitting, sealed as all letters are. It becomes a row of `letter` with the next
-- one, at the end of the sitting, or when its batch is closed: its batch can't go before.
CREATE TABLE held_letter (
    sitting BYTEA NOT NULL PRIMARY KEY,
    batch BYTEA NOT NULL REFERENCES batch (id),
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL
);

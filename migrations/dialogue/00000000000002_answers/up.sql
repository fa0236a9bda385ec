-- The tables that residents' answers pass through, on SQLite. `up.postgres.sql` makes the same ones.
-- WITHOUT ROWID: a row id would number the rows in the order of their arrival.

CREATE TABLE letter (
    batch BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (batch, id)
) WITHOUT ROWID;

CREATE TABLE spent_receipt (
    hmac BYTEA NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE response (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    version INTEGER NOT NULL,
    channel TEXT NOT NULL,
    week TEXT,
    answers TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE comment (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL
) WITHOUT ROWID;

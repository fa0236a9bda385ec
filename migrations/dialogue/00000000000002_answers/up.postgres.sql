-- The tables that residents' answers pass through, on PostgreSQL. `up.sql` makes the same ones.

-- A partition per batch, made with the batch and dropped when its letters have been mixed, so that
-- no dead row of it stays. Sealed letters can't be compressed: no attempt is made.
CREATE TABLE letter (
    batch BYTEA NOT NULL,
    id BYTEA NOT NULL,
    sealed BYTEA NOT NULL,
    PRIMARY KEY (batch, id)
) PARTITION BY LIST (batch);
ALTER TABLE letter ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE spent_receipt (
    hmac BYTEA NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL
);

CREATE TABLE response (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    version INTEGER NOT NULL,
    channel TEXT NOT NULL,
    week TEXT,
    answers TEXT NOT NULL
);

CREATE TABLE comment (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    question TEXT NOT NULL,
    text TEXT NOT NULL
);

-- Portable SQL: BYTEA is PostgreSQL's type, and in SQLite a name under which blobs stay blobs.

-- Says which of the two databases this is, so that swapped or equal addresses are refused at start.
CREATE TABLE identity (
    name TEXT NOT NULL PRIMARY KEY
);
INSERT INTO identity (name) VALUES ('dialogue');

-- The moments (Unix seconds) are acts of staff, never of residents.
CREATE TABLE dialogue (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closing', 'closed')),
    origin TEXT CHECK (origin IN ('real', 'simulated')),
    opened_at BIGINT,
    closes_at BIGINT,
    closed_at BIGINT,
    last_week TEXT
);

-- The definition as it was written, so that a later start, and a later reader of responses, finds it.
CREATE TABLE questionnaire (
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    version INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    PRIMARY KEY (dialogue, version)
);

-- A week's key. `label` is decided when the batch is closed: the week that its responses will bear.
-- `empty` is a batch that was closed with no letter in it.
CREATE TABLE batch (
    id BYTEA NOT NULL PRIMARY KEY,
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    week TEXT NOT NULL,
    public_key BYTEA NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'closed', 'empty')),
    label TEXT
);
CREATE INDEX batch_of_dialogue ON batch (dialogue, week);

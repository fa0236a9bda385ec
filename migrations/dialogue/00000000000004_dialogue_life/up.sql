-- A dialogue's whole life: reviewed before it opens, paused, archived, purged. On SQLite a CHECK can only be
-- changed by making the table anew; `up.postgres.sql` makes the same one.

-- Batches, questionnaires and answers refer to dialogues, and find them again before the end.
PRAGMA defer_foreign_keys = ON;

CREATE TEMPORARY TABLE kept AS SELECT * FROM dialogue;
DROP TABLE dialogue;

-- `revision` counts the changes that staff made, so that two who edit at the same time don't overwrite each
-- other. `edited_by` and `reviewed_by` are accounts of staff; empty where it was the command line.
CREATE TABLE dialogue (
    id BYTEA NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (
        state IN ('draft', 'reviewed', 'open', 'paused', 'closing', 'closed', 'archived', 'purged')
    ),
    origin TEXT CHECK (origin IN ('real', 'simulated')),
    opened_at BIGINT,
    closes_at BIGINT,
    closed_at BIGINT,
    last_week TEXT,
    revision INTEGER NOT NULL DEFAULT 0,
    edited_by BYTEA,
    reviewed_by BYTEA,
    paused_at BIGINT,
    retention_decision TEXT
);
INSERT INTO dialogue (id, slug, state, origin, opened_at, closes_at, closed_at, last_week)
    SELECT id, slug, state, origin, opened_at, closes_at, closed_at, last_week FROM kept;
DROP TABLE kept;

-- A text correction while the dialogue is open is a new text version beside the old ones. A response bears the
-- structural version only: the hours in which a text was live would tell when it came.
CREATE TEMPORARY TABLE kept AS SELECT * FROM questionnaire;
DROP TABLE questionnaire;
CREATE TABLE questionnaire (
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    version INTEGER NOT NULL,
    file_name TEXT NOT NULL,
    definition TEXT NOT NULL,
    text_version INTEGER NOT NULL,
    PRIMARY KEY (dialogue, version, text_version)
);
INSERT INTO questionnaire (dialogue, version, file_name, definition, text_version)
    SELECT dialogue, version, file_name, definition, 1 FROM kept;
DROP TABLE kept;

-- What a purge leaves: how much there was, and on whose decision it went. `rewritten` is 1 when the tables have been
-- written anew since, so that freed pages hold nothing.
CREATE TABLE purge_receipt (
    dialogue BYTEA NOT NULL PRIMARY KEY REFERENCES dialogue (id),
    decision TEXT NOT NULL,
    purged_at BIGINT NOT NULL,
    responses BIGINT NOT NULL,
    comments BIGINT NOT NULL,
    rewritten INTEGER NOT NULL
);

-- A dialogue's whole life, on PostgreSQL. `up.sql` makes the same tables, and explains the columns.

ALTER TABLE dialogue
    DROP CONSTRAINT dialogue_state_check,
    ADD CONSTRAINT dialogue_state_check CHECK (
        state IN ('draft', 'reviewed', 'open', 'paused', 'closing', 'closed', 'archived', 'purged')
    ),
    ADD COLUMN revision INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN edited_by BYTEA,
    ADD COLUMN reviewed_by BYTEA,
    ADD COLUMN paused_at BIGINT,
    ADD COLUMN retention_decision TEXT;

ALTER TABLE questionnaire ADD COLUMN text_version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE questionnaire
    ALTER COLUMN text_version DROP DEFAULT,
    DROP CONSTRAINT questionnaire_pkey,
    ADD PRIMARY KEY (dialogue, version, text_version);

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

-- What is said to residents beside the questionnaire. Whom to ask, and what is said of a dialogue that is closed, are
-- replaced when they are edited: the audit log has the difference.
CREATE TABLE dialogue_contact (
    dialogue BYTEA NOT NULL PRIMARY KEY REFERENCES dialogue (id),
    name TEXT NOT NULL,
    mail TEXT NOT NULL,
    phone TEXT NOT NULL
);

CREATE TABLE closed_text (
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (dialogue, language)
);

-- The privacy notice and the accessibility statement, version by version: what residents were told stays. The moment is
-- an act of staff.
CREATE TABLE statement (
    dialogue BYTEA NOT NULL REFERENCES dialogue (id),
    kind TEXT NOT NULL CHECK (kind IN ('privacy', 'accessibility')),
    number INTEGER NOT NULL,
    published_at BIGINT NOT NULL,
    published_by BYTEA,
    PRIMARY KEY (dialogue, kind, number)
);

CREATE TABLE statement_text (
    dialogue BYTEA NOT NULL,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    language TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (dialogue, kind, number, language),
    FOREIGN KEY (dialogue, kind, number) REFERENCES statement (dialogue, kind, number)
);

-- Staff: accounts, ways in, and the log of what they did.
-- Moments are Unix seconds and belong to staff, never to residents. Tokens and codes are here as hashes only.

CREATE TABLE staff_account (
    id BYTEA NOT NULL PRIMARY KEY,
    mail TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'inactive')),
    -- Argon2id with its parameters; none before the invitation is accepted.
    password TEXT,
    -- The one-time codes' secret, sealed to a key that is not in this database, and the latest step used.
    totp_secret BYTEA,
    totp_step BIGINT
);

CREATE TABLE staff_role (
    account BYTEA NOT NULL REFERENCES staff_account (id),
    role TEXT NOT NULL CHECK (role IN ('administrator', 'coordinator', 'analyst', 'comment_reader', 'secretary')),
    PRIMARY KEY (account, role)
);

CREATE TABLE staff_recovery_code (
    account BYTEA NOT NULL REFERENCES staff_account (id),
    code BYTEA NOT NULL,
    PRIMARY KEY (account, code)
);

-- Links that were sent. The one that makes the first administrator belongs to no account yet.
CREATE TABLE staff_link (
    token BYTEA NOT NULL PRIMARY KEY,
    account BYTEA REFERENCES staff_account (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('first', 'welcome', 'reset')),
    expires_at BIGINT NOT NULL
);

-- `password` is a sign-in that still waits for its second step.
CREATE TABLE staff_session (
    id BYTEA NOT NULL PRIMARY KEY,
    account BYTEA NOT NULL REFERENCES staff_account (id),
    token BYTEA NOT NULL UNIQUE,
    stage TEXT NOT NULL CHECK (stage IN ('password', 'full')),
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL
);

-- Browsers that an account has signed in from: others' failed tries don't count against them.
CREATE TABLE staff_device (
    token BYTEA NOT NULL PRIMARY KEY,
    account BYTEA NOT NULL REFERENCES staff_account (id),
    expires_at BIGINT NOT NULL
);

-- Failed tries by account, device or source, each as a keyed hash; forgotten after a day.
CREATE TABLE staff_attempt (
    subject BYTEA NOT NULL PRIMARY KEY,
    failures INTEGER NOT NULL,
    latest_at BIGINT NOT NULL
);

-- What staff did. Only ever added to: each row's hash covers the row and the hash before it.
CREATE TABLE audit_entry (
    number BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    actor_kind TEXT NOT NULL CHECK (actor_kind IN ('staff', 'command_line', 'service')),
    actor BYTEA,
    action TEXT NOT NULL,
    object_kind TEXT,
    object TEXT,
    detail TEXT NOT NULL,
    hash BYTEA NOT NULL
);

-- Where the chain ends. One row.
CREATE TABLE audit_head (
    name TEXT NOT NULL PRIMARY KEY CHECK (name = 'head'),
    number BIGINT NOT NULL,
    hash BYTEA NOT NULL
);

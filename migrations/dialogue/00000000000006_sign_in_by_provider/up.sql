-- Signing in through the municipality's OpenID Connect provider.

-- Who an account is at a provider: remembered at the first sign-in, so that an address that is given to someone else
-- later lets nobody in.
CREATE TABLE staff_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    account BYTEA NOT NULL REFERENCES staff_account (id),
    PRIMARY KEY (issuer, subject),
    UNIQUE (account, issuer)
);

-- Journeys to a provider that are over, as hashes of their tokens: each comes back once.
CREATE TABLE staff_journey (
    token BYTEA NOT NULL PRIMARY KEY,
    expires_at BIGINT NOT NULL
);

-- How a sign-in began that waits for its second step.
ALTER TABLE staff_session ADD COLUMN way TEXT NOT NULL DEFAULT 'password' CHECK (way IN ('password', 'provider'));

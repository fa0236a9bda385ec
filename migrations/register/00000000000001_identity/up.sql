-- Says which of the two databases this is, so that swapped or equal addresses are refused at start.
CREATE TABLE identity (
    name TEXT NOT NULL PRIMARY KEY
);
INSERT INTO identity (name) VALUES ('register');

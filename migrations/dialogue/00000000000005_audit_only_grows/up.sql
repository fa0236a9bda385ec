-- The audit log begins, and from here on the database itself refuses to change or delete an entry. On SQLite;
-- `up.postgres.sql` does the same.

CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry
BEGIN
    SELECT RAISE(ABORT, 'the audit log is only ever added to');
END;

INSERT INTO audit_head (name, number, hash)
VALUES ('head', 0, X'0000000000000000000000000000000000000000000000000000000000000000');

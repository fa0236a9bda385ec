-- The audit log begins, and from here on the database itself refuses to change or delete an entry. On PostgreSQL; `up.sql`
-- does the same.

CREATE FUNCTION audit_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is only ever added to';
END
$$;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_only_grows();

CREATE TRIGGER audit_entry_remains BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_only_grows();

INSERT INTO audit_head (name, number, hash)
VALUES ('head', 0, decode(repeat('00', 32), 'hex'));

-- Every act of staff and every look at what is private, written in the transaction of the act.
-- Nobody can change or remove a line, the person who acted least of all.
CREATE TABLE audit_log (
    id bigint PRIMARY KEY DEFAULT next_id(),
    at timestamptz NOT NULL,
    actor_account_id bigint,                 -- NULL: the server itself, by clock or rule
    capacity text NOT NULL DEFAULT '',       -- the role in which somebody acted, in words
    verb text NOT NULL,                      -- suspend, read_evidence, …
    subject_kind text NOT NULL,              -- account, status, case, server, …
    subject_id text NOT NULL,                -- an id, or a domain
    case_id bigint,
    reason text NOT NULL DEFAULT '',
    details jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_log_subject ON audit_log (subject_kind, subject_id, id DESC);
CREATE INDEX audit_log_actor ON audit_log (actor_account_id, id DESC);
CREATE INDEX audit_log_case ON audit_log (case_id, id DESC) WHERE case_id IS NOT NULL;

CREATE FUNCTION audit_log_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit log is append-only';
END
$$;
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE ON audit_log
    FOR EACH ROW EXECUTE FUNCTION audit_log_is_append_only();
CREATE TRIGGER audit_log_keep BEFORE TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_log_is_append_only();

-- Mastodon's bits, and above bit 32 ours (accounts/model.py: Permission).
UPDATE roles SET permissions = permissions | (127::bigint << 32) WHERE name IN ('Moderator', 'Admin');
INSERT INTO roles (id, name, position, permissions, is_highlighted) VALUES
    (4, 'Trainee moderator', 5, 3::bigint << 32, false),
    (5, 'Head moderator', 20, 1308 | 8704 | (255::bigint << 32), true),
    (6, 'Infrastructure', 10, 2 | 8 | 64, true),
    (7, 'Head of infrastructure', 20, 2 | 8 | 64 | 32768 | (256::bigint << 32), true);

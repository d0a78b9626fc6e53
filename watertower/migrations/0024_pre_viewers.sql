-- Web processes remember who is behind a token (accounts/access/known_viewers.py). Whatever is part
-- of that answer says so here when it changes, so that no action can forget to.
CREATE FUNCTION viewer_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('watertower_live', json_build_object(
        'event', 'viewer', TG_ARGV[0],
        CASE TG_ARGV[0] WHEN 'token_id' THEN OLD.id
                        ELSE (to_jsonb(OLD) ->> TG_ARGV[1])::bigint END)::text);
    RETURN NULL;
END
$$;

CREATE FUNCTION all_viewers_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('watertower_live', '{"event": "viewer"}');
    RETURN NULL;
END
$$;

CREATE TRIGGER viewer_of_token_changed AFTER UPDATE OF revoked_at, scopes, login_id, token_hash
    ON oauth_tokens FOR EACH ROW EXECUTE FUNCTION viewer_changed('token_id');
CREATE TRIGGER viewer_of_token_gone AFTER DELETE
    ON oauth_tokens FOR EACH ROW EXECUTE FUNCTION viewer_changed('token_id');

-- Everything about a login but what is noted while it is used.
CREATE TRIGGER viewer_of_login_changed AFTER UPDATE ON logins FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{last_active_at,current_ip}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{last_active_at,current_ip}'::text[])
    EXECUTE FUNCTION viewer_changed('account_id', 'account_id');

CREATE TRIGGER viewer_of_account_changed
    AFTER UPDATE OF username, suspended_at, is_memorial, moved_to_account_id ON accounts FOR EACH ROW
    WHEN (OLD.domain IS NULL)
    EXECUTE FUNCTION viewer_changed('account_id', 'id');

CREATE TRIGGER viewers_of_roles_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE
    ON roles FOR EACH STATEMENT EXECUTE FUNCTION all_viewers_changed();
CREATE TRIGGER viewers_of_duties_changed AFTER INSERT OR UPDATE OR DELETE
    ON site_settings FOR EACH STATEMENT EXECUTE FUNCTION all_viewers_changed();

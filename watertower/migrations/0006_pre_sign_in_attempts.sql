-- Failed sign-ins, counted over all processes: one row for each thing an attempt is counted under.
-- An attempt that succeeds takes its rows back.
CREATE TABLE sign_in_attempts (
    attempt_id bigint NOT NULL,
    key text NOT NULL,                       -- 'login:…', 'ip:…', 'login:… ip:…', 'code:…'
    made_at timestamptz NOT NULL
);
CREATE INDEX sign_in_attempts_key ON sign_in_attempts (key, made_at);
CREATE INDEX sign_in_attempts_attempt ON sign_in_attempts (attempt_id);
CREATE INDEX sign_in_attempts_age ON sign_in_attempts (made_at);

CREATE INDEX oauth_tokens_grant ON oauth_tokens (grant_id) WHERE grant_id IS NOT NULL;
CREATE INDEX oauth_tokens_application ON oauth_tokens (application_id);

-- What somebody told the moderators about an account. One row for each telling; what moderators
-- make of several together is another table's matter and points here.
CREATE TABLE reports (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,         -- who reports
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,  -- about whom
    category text NOT NULL DEFAULT 'other' CHECK (category IN ('other', 'spam', 'legal', 'violation')),
    comment text NOT NULL DEFAULT '',
    status_ids bigint[] NOT NULL DEFAULT '{}',
    rule_ids bigint[] NOT NULL DEFAULT '{}',
    is_forwarded boolean NOT NULL DEFAULT false,  -- the reporter wants the servers concerned told
    uri text UNIQUE,                              -- of the Flag, for reports from elsewhere
    application_id bigint,
    assigned_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    resolved_at timestamptz,
    resolved_by_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX reports_target ON reports (target_account_id, id DESC);
CREATE INDEX reports_account ON reports (account_id, id DESC);
CREATE INDEX reports_open ON reports (id DESC) WHERE resolved_at IS NULL;

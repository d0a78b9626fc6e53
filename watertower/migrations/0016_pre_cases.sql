-- A case is what moderators make of one or more reports, or of their own research.
CREATE TABLE cases (
    id bigint PRIMARY KEY DEFAULT next_id(),
    kind text NOT NULL DEFAULT 'report' CHECK (kind IN ('report', 'research', 'pattern', 'practice')),
    state text NOT NULL DEFAULT 'filed' CHECK (state IN (
        'filed', 'triaged', 'assigned', 'needs_info', 'analysis', 'discussion', 'decided', 'closed',
        'merged')),
    title text NOT NULL DEFAULT '',
    target_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    target_domain text,                      -- of a case about a whole server
    language text,
    tags text[] NOT NULL DEFAULT '{}',
    -- the rating, revisable; NULL: not rated yet
    scope smallint,                          -- 0 one person … 3 the whole community
    severity smallint,                       -- 0 nuisance … 3 egregious
    is_escalating boolean NOT NULL DEFAULT false,
    harm_done text NOT NULL DEFAULT '',
    is_time_critical boolean NOT NULL DEFAULT false,
    is_graphic boolean NOT NULL DEFAULT false,
    -- who is expected to act next, and by when
    assigned_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    due_at timestamptz,
    outcome text,                            -- the strongest decision, or 'none'
    outcome_reason text NOT NULL DEFAULT '',
    opened_by_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    merged_into_case_id bigint REFERENCES cases(id),
    first_looked_at timestamptz,
    decided_at timestamptz,
    closed_at timestamptz,
    retained_until timestamptz,              -- evidence is destroyed after this …
    held_until timestamptz,                  -- … and not before this (legal hold)
    held_reason text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX cases_open ON cases (due_at NULLS LAST, id) WHERE closed_at IS NULL;
CREATE INDEX cases_target ON cases (target_account_id, id DESC);
CREATE INDEX cases_target_domain ON cases (target_domain, id DESC) WHERE target_domain IS NOT NULL;
CREATE INDEX cases_assigned ON cases (assigned_account_id, id DESC) WHERE closed_at IS NULL;

ALTER TABLE reports ADD COLUMN case_id bigint REFERENCES cases(id);
CREATE INDEX reports_case ON reports (case_id, id);

-- What is said about a case. Four threads that never mix: who reads one does not read another.
CREATE TABLE case_messages (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    thread text NOT NULL CHECK (thread IN ('team', 'reported', 'reporter', 'remote_staff')),
    -- the person the thread is with; NULL for the team's own
    with_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    with_address text,                       -- e-mail of staff elsewhere or of somebody locked out
    from_team boolean NOT NULL,
    author_account_id bigint,                -- who wrote it; never shown outside the team
    text text NOT NULL,
    media_keys text[] NOT NULL DEFAULT '{}',
    came_by text NOT NULL DEFAULT 'page' CHECK (came_by IN ('page', 'mail', 'api', 'server')),
    mail_id text UNIQUE,                     -- Message-ID of a mail that came in: sent twice, kept once
    read_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX case_messages_case ON case_messages (case_id, thread, id);
CREATE INDEX case_messages_with ON case_messages (with_account_id, id DESC) WHERE with_account_id IS NOT NULL;

-- Copies that outlive what they are copies of. The hash is over the canonical JSON and every file.
CREATE TABLE evidence (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint REFERENCES cases(id),
    server_review_id bigint,                 -- 0019
    kind text NOT NULL CHECK (kind IN ('status', 'profile', 'thread', 'media', 'note', 'document', 'action')),
    subject_id text NOT NULL,
    is_private boolean NOT NULL DEFAULT false,   -- of a post that is not public: every look is logged
    is_graphic boolean NOT NULL DEFAULT false,
    content jsonb NOT NULL,
    files jsonb NOT NULL DEFAULT '[]',       -- [{"key", "sha256", "content_type", "bytes"}]
    sha256 bytea NOT NULL,
    taken_by_account_id bigint,
    taken_at timestamptz NOT NULL,
    destroyed_at timestamptz,                -- content emptied, hash kept: proof that it is gone
    UNIQUE (case_id, kind, subject_id, sha256)
);
CREATE INDEX evidence_case ON evidence (case_id, id);

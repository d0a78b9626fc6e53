-- An appeal is a conversation about one action on an account, with an end. (Who was refused when
-- signing up appeals there: the application is open again.)
CREATE TABLE appeals (
    id bigint PRIMARY KEY DEFAULT next_id(),
    action_id bigint NOT NULL REFERENCES moderation_actions(id) ON DELETE CASCADE,
    kind text NOT NULL,                      -- of the action: suspend, freeze …
    case_id bigint REFERENCES cases(id),
    account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,   -- whose it is
    decider_account_id bigint,               -- who decided what is appealed; NULL: the server
    round smallint NOT NULL CHECK (round IN (1, 2)),  -- 2: once more, with new facts
    claim text NOT NULL CHECK (claim IN ('error', 'agree')),
    filed_by text NOT NULL CHECK (filed_by IN ('member', 'remote', 'remote_staff')),
    state text NOT NULL CHECK (state IN (
        'filed', 'contact_verified', 'identity_proved', 'assigned', 'conversation', 'decided', 'closed')),
    outcome text CHECK (outcome IN (
        'accepted', 'changed', 'rejected', 'returned', 'withdrawn', 'lapsed')),
    outcome_message text NOT NULL DEFAULT '',
    contact_email text NOT NULL DEFAULT '',
    contact_verified_at timestamptz,
    code_hash bytea,
    code_until timestamptz,
    code_tries smallint NOT NULL DEFAULT 0,
    identity_proof text NOT NULL DEFAULT '', -- how somebody elsewhere proved who they are
    assigned_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    is_same_moderator boolean NOT NULL DEFAULT false,  -- nobody else is there; said to the person
    waits_for text NOT NULL DEFAULT 'team' CHECK (waits_for IN ('team', 'person')),
    verified_at timestamptz,                 -- the clocks below begin here
    answer_due_at timestamptz,
    answered_at timestamptz,
    decision_due_at timestamptz,
    reminded text[] NOT NULL DEFAULT '{}',   -- reminders that went out: answer-50, decision-out …
    escalated_at timestamptz,
    proposal jsonb,                          -- a decision that waits for a second moderator
    proposed_by_account_id bigint,
    proposed_at timestamptz,
    decided_by_account_id bigint,
    seconded_by_account_id bigint,
    decided_at timestamptz,
    new_action_id bigint REFERENCES moderation_actions(id) ON DELETE SET NULL,
    closed_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
-- Form, link and mail lead to the same appeal. What lapsed or was withdrawn may be filed anew.
CREATE UNIQUE INDEX appeals_one ON appeals (action_id, round)
    WHERE outcome IS NULL OR outcome NOT IN ('lapsed', 'withdrawn');
CREATE INDEX appeals_open ON appeals (id DESC) WHERE closed_at IS NULL;
CREATE INDEX appeals_account ON appeals (account_id, id DESC);
CREATE INDEX appeals_assigned ON appeals (assigned_account_id, id DESC) WHERE closed_at IS NULL;
CREATE INDEX appeals_case ON appeals (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX appeals_closed ON appeals (closed_at) WHERE contact_email <> '';

CREATE TABLE appeal_messages (
    id bigint PRIMARY KEY DEFAULT next_id(),
    appeal_id bigint NOT NULL REFERENCES appeals(id) ON DELETE CASCADE,
    from_team boolean NOT NULL,
    author_account_id bigint,                -- of the team; never shown outside it
    text text NOT NULL,
    files jsonb NOT NULL DEFAULT '[]',       -- [{"name", "key", "content_type", "bytes"}]
    came_by text NOT NULL CHECK (came_by IN ('page', 'mail', 'api', 'server')),
    mail_id text UNIQUE,                     -- Message-ID: sent twice, kept once
    once_key text,                           -- of a form: sent twice, kept once
    created_at timestamptz NOT NULL,
    UNIQUE (appeal_id, once_key)
);
CREATE INDEX appeal_messages_appeal ON appeal_messages (appeal_id, id);

-- What the team says among itself: another table, so that no query can show it by mistake.
CREATE TABLE appeal_notes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    appeal_id bigint NOT NULL REFERENCES appeals(id) ON DELETE CASCADE,
    author_account_id bigint NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX appeal_notes_appeal ON appeal_notes (appeal_id, id);

-- Programs elsewhere that hear of what happens here.
CREATE TABLE webhooks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    url text NOT NULL,
    events text[] NOT NULL,
    secret text NOT NULL,                    -- sealed with the server's key
    template text NOT NULL DEFAULT '',
    is_enabled boolean NOT NULL DEFAULT true,
    failures integer NOT NULL DEFAULT 0,     -- in a row
    made_by_account_id bigint,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX webhooks_events ON webhooks USING gin (events) WHERE is_enabled;
CREATE TABLE webhook_deliveries (
    id bigint PRIMARY KEY DEFAULT next_id(),
    webhook_id bigint NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE,
    event text NOT NULL,
    object_id bigint NOT NULL,
    created_at timestamptz NOT NULL,
    tries integer NOT NULL DEFAULT 0,
    status integer,                          -- of the last answer; NULL: none came
    problem text NOT NULL DEFAULT '',
    delivered_at timestamptz
);
CREATE INDEX webhook_deliveries_webhook ON webhook_deliveries (webhook_id, id DESC);
CREATE INDEX webhook_deliveries_age ON webhook_deliveries (created_at);

-- Somebody else than who decided looks at an appeal; that takes more people than those who lead.
UPDATE roles SET permissions = permissions | 512 WHERE name = 'Moderator';

-- What the audit log is searched by.
CREATE INDEX audit_log_verb ON audit_log (verb, id DESC);
CREATE INDEX audit_log_kind ON audit_log (subject_kind, id DESC);
CREATE INDEX audit_log_at ON audit_log (at, id);

-- A freeze is a request with a way back: what is asked of somebody, by when, and how far it is.
CREATE TABLE freezes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    action_id bigint NOT NULL UNIQUE REFERENCES moderation_actions(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    case_id bigint REFERENCES cases(id),
    state text NOT NULL DEFAULT 'awaiting_response' CHECK (state IN (
        'awaiting_response', 'in_progress', 'submitted', 'appealed',
        'restored', 'withdrawn', 'suspended', 'limited', 'left')),
    begun_at timestamptz NOT NULL,
    respond_by timestamptz NOT NULL,
    complete_by timestamptz NOT NULL,
    extensions smallint NOT NULL DEFAULT 0,
    -- the clock that runs now, and when somebody has to be told about it next; NULL: it stands still
    clock_begun_at timestamptz NOT NULL,
    clock_due_at timestamptz,
    look_at timestamptz,
    answered_at timestamptz,
    submitted_at timestamptz,
    submitted_as text CHECK (submitted_as IN ('done', 'error')),
    statement text NOT NULL DEFAULT '',      -- what the person said when handing in
    escalated_at timestamptz,                -- a deadline was missed; a lead decides
    kept_at timestamptz,                     -- a lead decided: it stays frozen, without a clock
    ended_at timestamptz,
    agreed text NOT NULL DEFAULT ''          -- what was agreed when it ended
);
CREATE UNIQUE INDEX freezes_open ON freezes (account_id) WHERE ended_at IS NULL;
CREATE INDEX freezes_account ON freezes (account_id, id DESC);
CREATE INDEX freezes_look ON freezes (look_at) WHERE ended_at IS NULL AND look_at IS NOT NULL;
CREATE INDEX freezes_begun ON freezes (id DESC);

CREATE TABLE freeze_tasks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    freeze_id bigint NOT NULL REFERENCES freezes(id) ON DELETE CASCADE,
    position smallint NOT NULL,
    kind text NOT NULL CHECK (kind IN (
        'delete_status', 'change_profile', 'read', 'leave_conversation', 'agree')),
    text text NOT NULL DEFAULT '',           -- what is asked, or the statement to agree to
    status_id bigint,                        -- to be deleted, or in the conversation to be left
    url text NOT NULL DEFAULT '',            -- to be read
    minutes smallint,                        -- about how long it takes
    profile_before text,                     -- a fingerprint of the profile when it was asked
    done_at timestamptz,
    done_by text CHECK (done_by IN ('system', 'person')),
    statement text NOT NULL DEFAULT '',      -- what the person said about it
    created_at timestamptz NOT NULL
);
CREATE INDEX freeze_tasks_freeze ON freeze_tasks (freeze_id, position);
CREATE INDEX freeze_tasks_status ON freeze_tasks (status_id) WHERE status_id IS NOT NULL AND done_at IS NULL;

-- What moderators did about an account. A warning is a message and nothing else: it is never counted.
CREATE TABLE moderation_actions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint REFERENCES cases(id),
    kind text NOT NULL CHECK (kind IN (
        'none', 'warning', 'freeze', 'limit', 'sensitize', 'remove_statuses', 'mark_statuses_sensitive',
        'suspend')),
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    actor_account_id bigint,                 -- NULL: the server, by clock or rule
    reason text NOT NULL DEFAULT '',         -- for the team
    message text NOT NULL DEFAULT '',        -- for the person
    rule_ids bigint[] NOT NULL DEFAULT '{}',
    status_ids bigint[] NOT NULL DEFAULT '{}',
    ends_at timestamptz,                     -- undone by the clock at this time
    review_at timestamptz,                   -- somebody has to look again
    is_emergency boolean NOT NULL DEFAULT false, -- by one person alone; a second one looks at it
    is_mailed boolean NOT NULL DEFAULT true,   -- whether the person is told by mail too
    confirmed_at timestamptz,                -- the second look
    confirmed_by_account_id bigint,
    undoing jsonb NOT NULL DEFAULT '{}',     -- what is needed to restore the exact state before
    undone_at timestamptz,
    undone_by_account_id bigint,
    undone_reason text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);
CREATE INDEX moderation_actions_target ON moderation_actions (target_account_id, id DESC);
CREATE INDEX moderation_actions_case ON moderation_actions (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX moderation_actions_ending ON moderation_actions (ends_at) WHERE undone_at IS NULL AND ends_at IS NOT NULL;
CREATE INDEX moderation_actions_review ON moderation_actions (review_at)
    WHERE undone_at IS NULL AND review_at IS NOT NULL;
CREATE INDEX accounts_suspended ON accounts (suspended_at)
    WHERE suspended_at IS NOT NULL AND deleted_at IS NULL AND domain IS NULL;

-- Posts that staff took away: marked as deleted, so that nobody sees them, and kept to be given back.
CREATE TABLE withheld_statuses (
    status_id bigint PRIMARY KEY REFERENCES statuses(id) ON DELETE CASCADE,
    withheld_at timestamptz NOT NULL,
    kept_until timestamptz NOT NULL,
    boost_ids bigint[] NOT NULL,             -- boosts that went with it
    pinned_at timestamptz                    -- when it had been pinned
);

-- People elsewhere who are refused before they ever come here, whatever the standing of their server.
CREATE TABLE refusals_in_advance (
    id bigint PRIMARY KEY DEFAULT next_id(),
    username text NOT NULL,
    domain text NOT NULL,
    standing text NOT NULL CHECK (standing IN ('suspend', 'limit', 'sensitize')),
    reason text NOT NULL DEFAULT '',
    made_by_account_id bigint,
    account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,  -- once it came
    created_at timestamptz NOT NULL
);
CREATE UNIQUE INDEX refusals_in_advance_name ON refusals_in_advance (lower(username), lower(domain));

-- Files that are not served while what they belong to is suspended or removed. They stay where
-- they are: nothing is lost, and whatever copies them for evidence or an archive still can.
CREATE TABLE withheld_files (
    key text NOT NULL,
    holder text NOT NULL,                    -- account:… or status:…
    PRIMARY KEY (key, holder)
);
CREATE INDEX withheld_files_holder ON withheld_files (holder);

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
    undoing jsonb NOT NULL DEFAULT '{}',     -- what is needed to restore the exact state before
    undone_at timestamptz,
    undone_by_account_id bigint,
    undone_reason text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL
);
CREATE INDEX moderation_actions_target ON moderation_actions (target_account_id, id DESC);
CREATE INDEX moderation_actions_case ON moderation_actions (case_id, id) WHERE case_id IS NOT NULL;
CREATE INDEX moderation_actions_ending ON moderation_actions (ends_at) WHERE undone_at IS NULL AND ends_at IS NOT NULL;

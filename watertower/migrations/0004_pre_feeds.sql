-- Fan-out on write: what stands in whose home. Why: docs/decisions/fan-out.md
CREATE TABLE home_feed (
    account_id bigint NOT NULL,
    status_id bigint NOT NULL,
    author_id bigint NOT NULL,
    reblog_of_id bigint,
    PRIMARY KEY (account_id, status_id)
);
CREATE INDEX home_feed_reblog ON home_feed (account_id, reblog_of_id) WHERE reblog_of_id IS NOT NULL;

CREATE TABLE notifications (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    from_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind text NOT NULL,
    status_id bigint REFERENCES statuses(id) ON DELETE CASCADE,
    subject_id bigint NOT NULL DEFAULT 0,    -- what makes it one of its kind: favourite, follow … id
    group_key text NOT NULL,
    is_filtered boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, kind, from_account_id, subject_id)
);
CREATE INDEX notifications_list ON notifications (account_id, id DESC) WHERE NOT is_filtered;
CREATE INDEX notifications_filtered ON notifications (account_id, from_account_id, id DESC) WHERE is_filtered;
CREATE INDEX notifications_status ON notifications (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX notifications_from ON notifications (from_account_id);

CREATE TABLE notification_policies (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    for_not_following text NOT NULL DEFAULT 'accept',
    for_not_followers text NOT NULL DEFAULT 'accept',
    for_new_accounts text NOT NULL DEFAULT 'accept',
    for_private_mentions text NOT NULL DEFAULT 'filter',
    for_limited_accounts text NOT NULL DEFAULT 'filter',
    for_bots text NOT NULL DEFAULT 'accept'
);

-- Senders whom a member accepted: what they send is no longer kept aside.
CREATE TABLE notification_permissions (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    from_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, from_account_id)
);

CREATE TABLE markers (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    timeline text NOT NULL CHECK (timeline IN ('home', 'notifications')),
    last_read_id bigint NOT NULL,
    version integer NOT NULL DEFAULT 1,
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, timeline)
);

CREATE TABLE lists (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    title text NOT NULL,
    replies_policy text NOT NULL DEFAULT 'list' CHECK (replies_policy IN ('followed', 'list', 'none')),
    is_exclusive boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX lists_account ON lists (account_id);

CREATE TABLE list_accounts (
    list_id bigint NOT NULL REFERENCES lists(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    id bigint NOT NULL DEFAULT next_id(),
    PRIMARY KEY (list_id, account_id)
);
CREATE INDEX list_accounts_account ON list_accounts (account_id);

CREATE TABLE filters (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    title text NOT NULL,
    contexts text[] NOT NULL,
    action text NOT NULL DEFAULT 'warn' CHECK (action IN ('warn', 'hide', 'blur')),
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX filters_account ON filters (account_id);

CREATE TABLE filter_keywords (
    id bigint PRIMARY KEY DEFAULT next_id(),
    filter_id bigint NOT NULL REFERENCES filters(id) ON DELETE CASCADE,
    keyword text NOT NULL,
    is_whole_word boolean NOT NULL DEFAULT true
);
CREATE INDEX filter_keywords_filter ON filter_keywords (filter_id);

CREATE TABLE filter_statuses (
    id bigint PRIMARY KEY DEFAULT next_id(),
    filter_id bigint NOT NULL REFERENCES filters(id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    UNIQUE (filter_id, status_id)
);

-- A member's view of a private exchange: who is in it, what came last.
CREATE TABLE inbox_conversations (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    conversation_id bigint NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    participant_ids bigint[] NOT NULL,       -- sorted, without the member
    status_ids bigint[] NOT NULL DEFAULT '{}',
    last_status_id bigint,
    is_unread boolean NOT NULL DEFAULT false,
    UNIQUE (account_id, conversation_id, participant_ids)
);
CREATE INDEX inbox_conversations_conversation ON inbox_conversations (conversation_id);
CREATE INDEX inbox_conversations_list ON inbox_conversations (account_id, last_status_id DESC);

CREATE TABLE announcements (
    id bigint PRIMARY KEY DEFAULT next_id(),
    text text NOT NULL,
    starts_at timestamptz,
    ends_at timestamptz,
    is_all_day boolean NOT NULL DEFAULT false,
    published_at timestamptz,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE announcement_reads (
    announcement_id bigint NOT NULL REFERENCES announcements(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (announcement_id, account_id)
);

CREATE TABLE announcement_reactions (
    announcement_id bigint NOT NULL REFERENCES announcements(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (announcement_id, name, account_id)
);

CREATE TABLE tag_follows (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    tag_id bigint NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    UNIQUE (account_id, tag_id)
);
CREATE INDEX tag_follows_tag ON tag_follows (tag_id);

CREATE TABLE featured_tags (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    tag_id bigint NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, tag_id)
);

CREATE TABLE push_subscriptions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    token_id bigint NOT NULL UNIQUE REFERENCES oauth_tokens(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    endpoint text NOT NULL,
    p256dh text NOT NULL,
    auth text NOT NULL,
    is_standard boolean NOT NULL DEFAULT false,
    alerts jsonb NOT NULL DEFAULT '{}',
    policy text NOT NULL DEFAULT 'all',
    sealed_token text NOT NULL DEFAULT '',   -- the access token, readable with the server's key only
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX push_subscriptions_account ON push_subscriptions (account_id);

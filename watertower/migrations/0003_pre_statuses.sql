CREATE TABLE media_attachments (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    status_id bigint,                        -- NULL until the post is published
    scheduled_status_id bigint,
    kind text NOT NULL DEFAULT 'unknown' CHECK (kind IN ('image', 'gifv', 'video', 'audio', 'unknown')),
    state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued', 'processing', 'done', 'failed')),
    original_key text,                       -- storage keys
    small_key text,
    source_key text,                         -- the upload as it came, until it is processed
    content_type text NOT NULL DEFAULT '',
    file_bytes bigint NOT NULL DEFAULT 0,
    remote_url text,
    remote_preview_url text,
    meta jsonb NOT NULL DEFAULT '{}',        -- {"original":{…},"small":{…},"focus":{"x","y"}}
    description text,
    blurhash text,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX media_attachments_status ON media_attachments (status_id) WHERE status_id IS NOT NULL;
CREATE INDEX media_attachments_orphans ON media_attachments (created_at)
    WHERE status_id IS NULL AND scheduled_status_id IS NULL;
CREATE INDEX media_attachments_account ON media_attachments (account_id);

CREATE TABLE custom_emojis (
    id bigint PRIMARY KEY DEFAULT next_id(),
    shortcode text NOT NULL,
    domain text,
    image_key text,
    static_key text,
    remote_url text,
    uri text,
    category text,
    is_visible boolean NOT NULL DEFAULT true,
    is_disabled boolean NOT NULL DEFAULT false,
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX custom_emojis_code ON custom_emojis (shortcode, coalesce(domain, ''));
CREATE INDEX custom_emojis_remote ON custom_emojis (remote_url) WHERE remote_url IS NOT NULL;

CREATE TABLE conversations (
    id bigint PRIMARY KEY DEFAULT next_id(),
    uri text UNIQUE
);

CREATE TABLE statuses (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    uri text NOT NULL UNIQUE,
    url text,
    text text NOT NULL DEFAULT '',           -- as typed (ours)
    content_html text NOT NULL DEFAULT '',
    content_warning text NOT NULL DEFAULT '',
    visibility smallint NOT NULL,            -- 0 public, 1 unlisted, 2 private, 3 direct
    is_sensitive boolean NOT NULL DEFAULT false,
    language text,
    in_reply_to_id bigint,
    in_reply_to_account_id bigint,
    reblog_of_id bigint REFERENCES statuses(id) ON DELETE CASCADE,
    quoted_status_id bigint,
    quote_state text,
    quote_policy text NOT NULL DEFAULT 'public',
    conversation_id bigint NOT NULL REFERENCES conversations(id),
    application_id bigint,
    poll_id bigint,
    card_id bigint,
    media_ids bigint[] NOT NULL DEFAULT '{}',
    emojis jsonb NOT NULL DEFAULT '[]',      -- CustomEmoji entities used in text and warning
    is_local boolean NOT NULL,
    is_local_only boolean NOT NULL DEFAULT false,
    has_media boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    edited_at timestamptz,
    deleted_at timestamptz,
    version integer NOT NULL DEFAULT 1,      -- grows with every change that shows
    CHECK (visibility BETWEEN 0 AND 3)
);
CREATE INDEX statuses_account ON statuses (account_id, id DESC) WHERE deleted_at IS NULL;
CREATE INDEX statuses_local ON statuses (id DESC)
    WHERE is_local AND visibility = 0 AND reblog_of_id IS NULL AND deleted_at IS NULL;
CREATE INDEX statuses_remote ON statuses (id DESC)
    WHERE NOT is_local AND visibility = 0 AND reblog_of_id IS NULL AND deleted_at IS NULL;
CREATE INDEX statuses_replies ON statuses (in_reply_to_id) WHERE in_reply_to_id IS NOT NULL;
CREATE INDEX statuses_conversation ON statuses (conversation_id);
CREATE UNIQUE INDEX statuses_reblog ON statuses (reblog_of_id, account_id)
    WHERE reblog_of_id IS NOT NULL AND deleted_at IS NULL;
CREATE INDEX statuses_quotes ON statuses (quoted_status_id) WHERE quoted_status_id IS NOT NULL;
-- Words, and who wrote them and when: '@account' and '~stretch of 6.2 days' (feeds/queries/search.py).
CREATE INDEX statuses_search ON statuses USING gin ((
    to_tsvector('simple', folded(content_warning || ' ' || text))
    || array_to_tsvector(ARRAY['@' || account_id::text, '~' || (id >> 45)::text])
))
    WHERE is_local AND reblog_of_id IS NULL AND deleted_at IS NULL;
CREATE INDEX statuses_poll ON statuses (poll_id) WHERE poll_id IS NOT NULL;
CREATE INDEX statuses_url ON statuses (url) WHERE url IS NOT NULL;

CREATE TABLE status_stats (
    status_id bigint PRIMARY KEY REFERENCES statuses(id) ON DELETE CASCADE,
    replies_count integer NOT NULL DEFAULT 0,
    reblogs_count integer NOT NULL DEFAULT 0,
    favourites_count integer NOT NULL DEFAULT 0,
    quotes_count integer NOT NULL DEFAULT 0
) WITH (fillfactor = 70);

CREATE TABLE status_edits (
    id bigint PRIMARY KEY DEFAULT next_id(),
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    account_id bigint NOT NULL,
    text text NOT NULL,
    content_html text NOT NULL,
    content_warning text NOT NULL,
    is_sensitive boolean NOT NULL,
    media jsonb NOT NULL DEFAULT '[]',       -- [{"id","description"}] as they were
    poll_options text[],
    emojis jsonb NOT NULL DEFAULT '[]',
    created_at timestamptz NOT NULL
);
CREATE INDEX status_edits_status ON status_edits (status_id, id);

CREATE TABLE mentions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    is_silent boolean NOT NULL DEFAULT false,
    UNIQUE (status_id, account_id)
);
CREATE INDEX mentions_account ON mentions (account_id, status_id);

CREATE TABLE tags (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL UNIQUE,
    shown_name text NOT NULL,
    is_usable boolean NOT NULL DEFAULT true,
    is_listable boolean NOT NULL DEFAULT true,
    is_trendable boolean,
    created_at timestamptz NOT NULL DEFAULT now(),
    last_status_at timestamptz
);
CREATE INDEX tags_prefix ON tags (name text_pattern_ops);

CREATE TABLE status_tags (
    tag_id bigint NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    PRIMARY KEY (tag_id, status_id)
);
CREATE INDEX status_tags_status ON status_tags (status_id);

-- How often a tag was used on a day, and by how many people: Mastodon's "history".
CREATE TABLE tag_days (
    tag_id bigint NOT NULL REFERENCES tags(id) ON DELETE CASCADE,
    day date NOT NULL,
    account_id bigint NOT NULL,
    uses integer NOT NULL DEFAULT 1,
    PRIMARY KEY (tag_id, day, account_id)
);

CREATE TABLE favourites (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    uri text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, status_id)
);
CREATE INDEX favourites_status ON favourites (status_id, id);
CREATE INDEX favourites_account ON favourites (account_id, id);

CREATE TABLE bookmarks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, status_id)
);
CREATE INDEX bookmarks_account ON bookmarks (account_id, id);

CREATE TABLE status_pins (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, status_id)
);

CREATE TABLE conversation_mutes (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    conversation_id bigint NOT NULL REFERENCES conversations(id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, conversation_id)
);

CREATE TABLE polls (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    status_id bigint REFERENCES statuses(id) ON DELETE CASCADE,
    options text[] NOT NULL,
    tallies integer[] NOT NULL,
    voters_count integer,
    is_multiple boolean NOT NULL DEFAULT false,
    hides_totals boolean NOT NULL DEFAULT false,
    expires_at timestamptz,
    closed_at timestamptz,                   -- set once, when the end was announced
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE poll_votes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    poll_id bigint NOT NULL REFERENCES polls(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    choice smallint NOT NULL,
    uri text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (poll_id, account_id, choice)
);

CREATE TABLE scheduled_statuses (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    scheduled_at timestamptz NOT NULL,
    params jsonb NOT NULL,
    application_id bigint,
    idempotency_key text,
    published_status_id bigint
);
CREATE INDEX scheduled_statuses_due ON scheduled_statuses (scheduled_at) WHERE published_status_id IS NULL;
CREATE INDEX scheduled_statuses_account ON scheduled_statuses (account_id, id);

-- One row for each submission, so that sending twice has one effect (OPS-08).
CREATE TABLE submissions (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    key text NOT NULL,                       -- 'key:…' from the app, or 'same:…' the content's hash
    status_id bigint,
    scheduled_status_id bigint,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, key)
);
CREATE INDEX submissions_age ON submissions (created_at);

CREATE TABLE preview_cards (
    id bigint PRIMARY KEY DEFAULT next_id(),
    url text NOT NULL UNIQUE,
    kind text NOT NULL DEFAULT 'link',
    title text NOT NULL DEFAULT '',
    description text NOT NULL DEFAULT '',
    language text,
    author_name text NOT NULL DEFAULT '',
    author_url text NOT NULL DEFAULT '',
    provider_name text NOT NULL DEFAULT '',
    provider_url text NOT NULL DEFAULT '',
    html text NOT NULL DEFAULT '',
    width integer NOT NULL DEFAULT 0,
    height integer NOT NULL DEFAULT 0,
    image_key text,
    image_description text NOT NULL DEFAULT '',
    embed_url text NOT NULL DEFAULT '',
    blurhash text,
    published_at timestamptz,
    author_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    state text NOT NULL DEFAULT 'wanted' CHECK (state IN ('wanted', 'fetched', 'none')),
    fetched_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE tombstones (                    -- deleted posts of other servers must not come back
    uri text PRIMARY KEY,
    account_id bigint,
    created_at timestamptz NOT NULL DEFAULT now()
);

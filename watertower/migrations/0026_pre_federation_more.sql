-- Who may quote what across servers (FEP-044f): the stamps that authors gave, ours and others'.
-- A quote between two members needs no row: its stamp follows from the quoting status.
CREATE TABLE quote_stamps (
    id bigint PRIMARY KEY DEFAULT next_id(),
    uri text NOT NULL UNIQUE,                -- where the stamp is read
    quoting_uri text NOT NULL,               -- perhaps of a status that we do not have
    quoted_status_id bigint NOT NULL REFERENCES statuses(id) ON DELETE CASCADE,
    given_at timestamptz NOT NULL,
    revoked_at timestamptz,
    UNIQUE (quoting_uri, quoted_status_id)
);
CREATE INDEX quote_stamps_quoted ON quote_stamps (quoted_status_id);

-- Followers-only activities carry a digest of the followers on the receiving server (FEP-8fcf).
ALTER TABLE outgoing_activities ADD COLUMN syncs_followers boolean NOT NULL DEFAULT false;

-- Relays: servers that pass public posts on, from everybody to everybody who subscribed.
CREATE TABLE relays (
    id bigint PRIMARY KEY DEFAULT next_id(),
    inbox_url text NOT NULL UNIQUE,
    actor_uri text,                          -- known from the start only for LitePub
    style text NOT NULL CHECK (style IN ('mastodon', 'litepub')),
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'accepted', 'rejected')),
    created_at timestamptz NOT NULL,
    answered_at timestamptz
);

-- Which servers were sent a post (TRA-17): one row for each post, because there are many servers.
ALTER TABLE outgoing_activities ADD COLUMN status_id bigint;  -- of a Create: whose arrival is kept
CREATE INDEX outgoing_activities_status ON outgoing_activities (status_id) WHERE status_id IS NOT NULL;
CREATE TABLE status_servers (
    status_id bigint PRIMARY KEY REFERENCES statuses(id) ON DELETE CASCADE,
    received text[] NOT NULL DEFAULT '{}',   -- hosts; one may stand here twice
    given_up text[] NOT NULL DEFAULT '{}'
);

-- When somebody here opened a thread that lives elsewhere, and we looked there for its answers.
CREATE TABLE thread_looks (
    status_id bigint PRIMARY KEY REFERENCES statuses(id) ON DELETE CASCADE,
    looked_at timestamptz NOT NULL,
    finished_at timestamptz,
    found integer NOT NULL DEFAULT 0
);
-- When we last read the recent posts of an account that somebody here began to follow.
CREATE TABLE outbox_looks (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    looked_at timestamptz NOT NULL
);

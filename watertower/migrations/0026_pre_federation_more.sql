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

-- Activities received from other servers, kept until processed and for a while after.
CREATE TABLE received_activities (
    id bigint PRIMARY KEY DEFAULT next_id(),
    activity_uri text,
    kind text NOT NULL,
    sender_uri text NOT NULL,
    origin text NOT NULL,                    -- host of the sender: the lane
    document bytea NOT NULL,                 -- JSON as received
    inbox_account_id bigint,                 -- NULL: shared inbox
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'ignored', 'refused', 'failed')),
    reason text NOT NULL DEFAULT '',
    attempts smallint NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    received_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE UNIQUE INDEX received_activities_once ON received_activities (sender_uri, activity_uri) WHERE activity_uri IS NOT NULL;
CREATE INDEX received_activities_due ON received_activities (origin, id) WHERE state = 'waiting';
CREATE INDEX received_activities_held ON received_activities (origin, leased_until)
    WHERE state = 'waiting' AND leased_until IS NOT NULL;
CREATE INDEX received_activities_old ON received_activities (finished_at) WHERE state <> 'waiting';

-- The host and the domains above it: a policy for a domain holds for all below it.
CREATE FUNCTION host_and_parents(host text) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT array_agg(array_to_string(parts[n:], '.'))
    FROM (SELECT string_to_array(lower(host), '.') AS parts) AS split,
         generate_series(1, cardinality(split.parts)) AS n
$$;

-- One row for each activity sent; the body is stored once.
CREATE TABLE outgoing_activities (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL,              -- who signs
    document bytea NOT NULL,
    object_uri text,                         -- a newer activity about the same object replaces an older
    once_key text UNIQUE,                    -- a reaction that runs twice sends once
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX outgoing_activities_object ON outgoing_activities (object_uri) WHERE object_uri IS NOT NULL;
CREATE INDEX outgoing_activities_age ON outgoing_activities (created_at);

-- One row for each (activity, inbox).
CREATE TABLE deliveries (
    id bigint PRIMARY KEY DEFAULT next_id(),
    activity_id bigint NOT NULL REFERENCES outgoing_activities(id) ON DELETE CASCADE,
    inbox_url text NOT NULL,
    host text NOT NULL,                      -- the lane
    attempts smallint NOT NULL DEFAULT 0,
    due_at timestamptz NOT NULL DEFAULT now(),
    leased_until timestamptz,
    last_error text NOT NULL DEFAULT '',
    UNIQUE (activity_id, inbox_url)
);
CREATE INDEX deliveries_due ON deliveries (host, due_at, id);

CREATE TABLE delivery_hosts (
    host text PRIMARY KEY,
    scheme text,                             -- the signature scheme it last accepted
    failures integer NOT NULL DEFAULT 0,     -- in a row
    failing_since timestamptz,
    next_try_at timestamptz,
    is_paused boolean NOT NULL DEFAULT false,
    last_error text NOT NULL DEFAULT '',
    last_ok_at timestamptz
);

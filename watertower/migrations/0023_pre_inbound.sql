-- Rules about what arrives. A rule is switched on for one version of itself; every version stays.
CREATE TABLE inbound_rules (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL,
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'live', 'ended')),
    version integer NOT NULL DEFAULT 1,
    conditions jsonb NOT NULL,
    effects jsonb NOT NULL,
    reason text NOT NULL DEFAULT '',
    simulated_version integer,               -- only what was simulated can go live
    simulation jsonb,                        -- what it showed
    simulation_asked_at timestamptz,
    live_since timestamptz,
    expires_at timestamptz,                  -- a live rule always has one
    ended_at timestamptz,
    wave_id bigint,                          -- the wave it was made from
    created_by_account_id bigint,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX inbound_rules_live ON inbound_rules (expires_at) WHERE state = 'live';

CREATE TABLE inbound_rule_versions (
    rule_id bigint NOT NULL REFERENCES inbound_rules(id) ON DELETE CASCADE,
    version integer NOT NULL,
    conditions jsonb NOT NULL,
    effects jsonb NOT NULL,
    reason text NOT NULL DEFAULT '',
    written_by_account_id bigint,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (rule_id, version)
);

-- What waits for a decision. It is not in statuses: nothing can show it before it is released.
CREATE TABLE inbound_held (
    id bigint PRIMARY KEY DEFAULT next_id(),
    rule_id bigint NOT NULL REFERENCES inbound_rules(id),
    rule_version integer NOT NULL,
    kind text NOT NULL CHECK (kind IN ('post', 'edit', 'draft')),   -- a draft is a member's own
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    domain text,                             -- NULL: a member's
    uri text NOT NULL,                       -- of a draft: its fingerprint
    received jsonb NOT NULL,                 -- emptied when it is refused or taken back
    announces boolean NOT NULL DEFAULT true,
    pile bigint NOT NULL,                    -- the same for what is nearly the same
    sample text NOT NULL DEFAULT '',         -- the first characters, without markup
    state text NOT NULL DEFAULT 'waiting'
        CHECK (state IN ('waiting', 'released', 'refused', 'taken_back')),
    status_id bigint,                        -- what it became
    decided_at timestamptz,
    decided_by_account_id bigint,
    created_at timestamptz NOT NULL,
    UNIQUE (account_id, uri, kind)
);
CREATE INDEX inbound_held_waiting ON inbound_held (pile, id) WHERE state = 'waiting';
CREATE INDEX inbound_held_rule ON inbound_held (rule_id, id);
CREATE INDEX inbound_held_uri ON inbound_held (uri) WHERE state = 'waiting';

-- What a rule did, each thing once, with what undoing it needs.
CREATE TABLE inbound_matches (
    id bigint PRIMARY KEY DEFAULT next_id(),
    rule_id bigint NOT NULL REFERENCES inbound_rules(id),
    rule_version integer NOT NULL,
    effect text NOT NULL CHECK (effect IN ('hold', 'limit', 'sensitise', 'tag', 'quiet')),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    status_id bigint,
    held_id bigint,
    action_id bigint,                        -- of moderation_actions
    tag text,
    changed boolean NOT NULL DEFAULT true,   -- false: it was so already, there is nothing to undo
    undone_at timestamptz,
    undone_by_account_id bigint,
    created_at timestamptz NOT NULL
);
CREATE INDEX inbound_matches_rule ON inbound_matches (rule_id, id);
CREATE INDEX inbound_matches_tag ON inbound_matches (tag, id) WHERE tag IS NOT NULL AND undone_at IS NULL;
CREATE UNIQUE INDEX inbound_matches_status ON inbound_matches (status_id, rule_id, effect)
    WHERE status_id IS NOT NULL;
CREATE UNIQUE INDEX inbound_matches_held ON inbound_matches (held_id, rule_id) WHERE held_id IS NOT NULL;

-- How posts look when names, numbers and addresses are taken away: four numbers that near-identical
-- texts share. Kept for a week, to see waves.
CREATE TABLE post_shapes (
    status_id bigint PRIMARY KEY,
    account_id bigint NOT NULL,
    domain text,
    sketches bigint[] NOT NULL,
    wave_id bigint
);
CREATE INDEX post_shapes_sketches ON post_shapes USING gin (sketches) WITH (fastupdate = off);
CREATE INDEX post_shapes_wave ON post_shapes (wave_id, status_id) WHERE wave_id IS NOT NULL;
CREATE INDEX post_shapes_wave_accounts ON post_shapes (wave_id, account_id) WHERE wave_id IS NOT NULL;
CREATE INDEX post_shapes_account ON post_shapes (account_id) WHERE wave_id IS NOT NULL;

CREATE TABLE waves (
    id bigint PRIMARY KEY DEFAULT next_id(),
    kind text NOT NULL CHECK (kind IN ('posts', 'reports')),
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'deciding', 'decided', 'harmless')),
    sample text NOT NULL,
    hosts text[] NOT NULL DEFAULT '{}',      -- that the posts link to
    sketches bigint[] NOT NULL,
    posts_count integer NOT NULL DEFAULT 0,
    accounts_count integer NOT NULL DEFAULT 0,
    servers_count integer NOT NULL DEFAULT 0,
    first_at timestamptz NOT NULL,
    last_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by_account_id bigint
);
CREATE INDEX waves_open ON waves (last_at DESC) WHERE state IN ('open', 'deciding');
CREATE INDEX waves_sketches ON waves USING gin (sketches) WITH (fastupdate = off);

-- One decision for all of a wave, worked off in pieces; what it did can be undone as a whole.
CREATE TABLE wave_decisions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    wave_id bigint NOT NULL REFERENCES waves(id) ON DELETE CASCADE,
    actor_account_id bigint NOT NULL,
    decision jsonb NOT NULL,
    total_accounts integer NOT NULL DEFAULT 0,
    done_accounts integer NOT NULL DEFAULT 0,
    closed_reports integer NOT NULL DEFAULT 0,
    refused jsonb NOT NULL DEFAULT '[]',     -- accounts that could not be acted on, and why
    after_account_id bigint NOT NULL DEFAULT 0,
    state text NOT NULL DEFAULT 'working' CHECK (state IN ('working', 'done', 'undoing', 'undone')),
    created_at timestamptz NOT NULL,
    finished_at timestamptz
);
CREATE INDEX wave_decisions_wave ON wave_decisions (wave_id, id);
CREATE TABLE wave_actions (
    decision_id bigint NOT NULL REFERENCES wave_decisions(id) ON DELETE CASCADE,
    action_id bigint NOT NULL,
    PRIMARY KEY (decision_id, action_id)
);

-- What reports say when they say nearly the same, as for posts.
CREATE TABLE report_shapes (
    report_id bigint PRIMARY KEY REFERENCES reports(id) ON DELETE CASCADE,
    account_id bigint NOT NULL,
    sketches bigint[] NOT NULL,
    wave_id bigint
);
CREATE INDEX report_shapes_sketches ON report_shapes USING gin (sketches) WITH (fastupdate = off);
CREATE INDEX report_shapes_wave ON report_shapes (wave_id, report_id) WHERE wave_id IS NOT NULL;

-- How far the look for waves has come.
CREATE TABLE wave_marks (
    name text PRIMARY KEY,
    last_id bigint NOT NULL
);

-- Research without a report: whom and what is being watched, within a case of kind 'research'.
CREATE TABLE research_watches (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('account', 'server')),
    subject text NOT NULL,                   -- an account id, or a domain
    note text NOT NULL DEFAULT '',
    added_by_account_id bigint,
    created_at timestamptz NOT NULL,
    ended_at timestamptz,
    UNIQUE (case_id, kind, subject)
);
CREATE INDEX research_watches_subject ON research_watches (kind, subject) WHERE ended_at IS NULL;

-- The reviews of what may trend; tags have theirs in tags.is_trendable.
ALTER TABLE statuses ADD COLUMN is_trendable boolean;
ALTER TABLE preview_cards ADD COLUMN is_trendable boolean;
CREATE TABLE preview_card_providers (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL UNIQUE,
    is_trendable boolean,
    reviewed_at timestamptz,
    requested_review_at timestamptz
);

-- On which days each member was here: for the numbers of the desk, and for nothing else. Two
-- years are kept. The row of the day is written when the day's first sign of life is.
CREATE TABLE active_days (
    day date NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (day, account_id)
);
CREATE INDEX active_days_account ON active_days (account_id);
INSERT INTO active_days
SELECT (last_active_at AT TIME ZONE 'UTC')::date, account_id FROM logins
WHERE last_active_at IS NOT NULL;

CREATE FUNCTION note_active_day() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO active_days VALUES ((NEW.last_active_at AT TIME ZONE 'UTC')::date, NEW.account_id)
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER logins_note_active_day AFTER UPDATE OF last_active_at ON logins
    FOR EACH ROW WHEN (
        NEW.last_active_at IS NOT NULL AND (
            OLD.last_active_at IS NULL
            OR (OLD.last_active_at AT TIME ZONE 'UTC')::date
                <> (NEW.last_active_at AT TIME ZONE 'UTC')::date
        )
    )
    EXECUTE FUNCTION note_active_day();
CREATE TRIGGER logins_note_first_day AFTER INSERT ON logins
    FOR EACH ROW WHEN (NEW.last_active_at IS NOT NULL) EXECUTE FUNCTION note_active_day();

CREATE INDEX reports_resolved ON reports (resolved_at) WHERE resolved_at IS NOT NULL;
CREATE INDEX logins_made ON logins (created_at);

-- The site that a link leads to.
CREATE FUNCTION card_host(url text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(lower(substring(url FROM '^https?://(?:www\.)?([^/:?#@]+)')), '')
$$;

-- What a translation service answered, so that a post is translated once. Kept for 30 days.
CREATE TABLE translations (
    digest bytea PRIMARY KEY,                -- of the texts, their language, the wanted one
    source text NOT NULL,
    texts text[] NOT NULL,
    provider text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX translations_age ON translations (created_at);

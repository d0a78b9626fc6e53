-- Every server of which an account was ever seen. The registry that pages about servers list.
CREATE TABLE servers (
    domain text PRIMARY KEY,
    first_seen_at timestamptz NOT NULL,
    met_at timestamptz                       -- when its first account was fetched; announced once
);
INSERT INTO servers (domain, first_seen_at, met_at)
SELECT lower(domain), min(created_at), now() FROM accounts WHERE domain IS NOT NULL GROUP BY 1;

CREATE FUNCTION note_server() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO servers (domain, first_seen_at) VALUES (lower(NEW.domain), now())
    ON CONFLICT DO NOTHING;
    RETURN NULL;
END
$$;
CREATE TRIGGER accounts_note_server AFTER INSERT ON accounts
    FOR EACH ROW WHEN (NEW.domain IS NOT NULL) EXECUTE FUNCTION note_server();

-- Pages through the accounts of one server.
DROP INDEX accounts_domain;
CREATE INDEX accounts_domain ON accounts (lower(domain), id) WHERE domain IS NOT NULL;

-- The present policy. Who decided it, when, why and on what evidence: server_decisions.
ALTER TABLE server_policies
    ADD COLUMN id bigint NOT NULL DEFAULT next_id() UNIQUE,
    ADD COLUMN is_decision boolean NOT NULL DEFAULT true,  -- false: only on the allow list
    ADD COLUMN covers_subdomains boolean NOT NULL DEFAULT true,
    ADD COLUMN obfuscates boolean NOT NULL DEFAULT false,
    ADD COLUMN is_listed boolean NOT NULL DEFAULT true,    -- on the public list
    ADD COLUMN decision_id bigint,
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT now(),
    ADD COLUMN allow_id bigint UNIQUE,
    ADD COLUMN allowed_at timestamptz;

-- What stands on an account only because of its server; lifted with the server's policy.
ALTER TABLE accounts
    ADD COLUMN suspended_by_server boolean NOT NULL DEFAULT false,
    ADD COLUMN limited_by_server boolean NOT NULL DEFAULT false;

-- What one member lost when one server was cut off.
CREATE TABLE severances (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    domain text NOT NULL,                    -- as the policy names it
    policy_at timestamptz NOT NULL,          -- which suspension of that domain
    followers_count integer NOT NULL DEFAULT 0,
    following_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    notified_at timestamptz,
    UNIQUE (account_id, domain, policy_at)
);
CREATE INDEX severances_untold ON severances (domain) WHERE notified_at IS NULL;

-- The follows and requests themselves, kept whole until they can come back.
CREATE TABLE severed_relations (
    id bigint PRIMARY KEY DEFAULT next_id(),
    severance_id bigint NOT NULL REFERENCES severances(id) ON DELETE CASCADE,
    member_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    remote_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('following', 'follower', 'asked', 'asked_by')),
    follow_id bigint NOT NULL,
    shows_reblogs boolean NOT NULL,
    notifies boolean NOT NULL,
    languages text[],
    uri text,
    is_endorsed boolean NOT NULL DEFAULT false,
    followed_at timestamptz NOT NULL,
    asked_at timestamptz,                    -- a Follow was sent again; the other side decides
    asks smallint NOT NULL DEFAULT 0,        -- how often it was sent since
    settled_at timestamptz,
    outcome text CHECK (outcome IN ('restored', 'declined', 'ended'))
);
CREATE UNIQUE INDEX severed_relations_open ON severed_relations (remote_id, member_id, kind)
    WHERE settled_at IS NULL;
CREATE INDEX severed_relations_asked ON severed_relations (asked_at)
    WHERE settled_at IS NULL AND asked_at IS NOT NULL;
CREATE INDEX severed_relations_severance ON severed_relations (severance_id, id);
CREATE INDEX severed_relations_member ON severed_relations (member_id, id);

-- Every decision about a server that was ever made. Nothing is deleted here: a block without a
-- record is what this table makes impossible.
CREATE TABLE server_decisions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('noop', 'limit', 'suspend')),
    rejects_media boolean NOT NULL DEFAULT false,
    rejects_reports boolean NOT NULL DEFAULT false,
    covers_subdomains boolean NOT NULL DEFAULT true,
    obfuscates boolean NOT NULL DEFAULT false,
    is_lifting boolean NOT NULL DEFAULT false,   -- back to nothing special
    public_comment text NOT NULL DEFAULT '',
    private_comment text NOT NULL DEFAULT '',    -- why, for the team
    evidence text NOT NULL DEFAULT '',           -- links and notes; captured files: evidence.server_review_id
    criteria text[] NOT NULL DEFAULT '{}',       -- the criteria it rests on, with their version
    publicity text NOT NULL DEFAULT 'listed'
        CHECK (publicity IN ('silent', 'listed', 'listed_with_reason', 'announced', 'blogged')),
    publicity_reason text NOT NULL DEFAULT '',
    cause text NOT NULL DEFAULT 'moderators' CHECK (cause IN (
        'moderators', 'blocklist', 'clean_up', 'software_rule', 'incident', 'first_contact', 'end')),
    cause_id bigint,
    review_id bigint,
    actor_account_id bigint,                     -- NULL: the server, by clock or rule
    agreed_account_ids bigint[] NOT NULL DEFAULT '{}',
    confirm_by timestamptz,                      -- decided by one: somebody else looks by then
    effect jsonb NOT NULL DEFAULT '{}',          -- the numbers of the preview
    review_at timestamptz,
    ends_at timestamptz,
    ended_at timestamptz,                        -- another decision took its place
    created_at timestamptz NOT NULL
);
CREATE INDEX server_decisions_domain ON server_decisions (domain, id DESC);
CREATE INDEX server_decisions_ending ON server_decisions (ends_at)
    WHERE ended_at IS NULL AND ends_at IS NOT NULL;
CREATE INDEX server_decisions_cause ON server_decisions (cause, cause_id) WHERE cause_id IS NOT NULL;
CREATE INDEX server_decisions_confirm ON server_decisions (confirm_by) WHERE confirm_by IS NOT NULL;
CREATE INDEX server_decisions_review ON server_decisions (review_at)
    WHERE ended_at IS NULL AND review_at IS NOT NULL;

-- What is known of a server beyond its name. Counted by the clock, and anew for its page.
CREATE TABLE server_facts (
    domain text PRIMARY KEY,
    accounts integer NOT NULL DEFAULT 0,
    followed_accounts integer NOT NULL DEFAULT 0,    -- of theirs, followed by members
    following_members integer NOT NULL DEFAULT 0,    -- distinct members who follow somebody there
    follower_accounts integer NOT NULL DEFAULT 0,    -- of theirs, who follow members
    followed_members integer NOT NULL DEFAULT 0,     -- distinct members followed from there
    statuses integer NOT NULL DEFAULT 0,
    reports_about integer NOT NULL DEFAULT 0,
    reports_from integer NOT NULL DEFAULT 0,
    counted_at timestamptz,
    software text NOT NULL DEFAULT '',
    software_version text NOT NULL DEFAULT '',
    open_registrations boolean,
    users_total integer,
    asked_at timestamptz,                            -- for its NodeInfo
    answered_at timestamptz,
    failing_since timestamptz,
    is_watched boolean NOT NULL DEFAULT false,
    watched_reason text NOT NULL DEFAULT '',
    is_high_impact boolean NOT NULL DEFAULT false,
    sells_data boolean NOT NULL DEFAULT false,       -- without consent: "federate" is no outcome
    passive_until timestamptz,                       -- looked at: only passive, until then
    is_harmful boolean NOT NULL DEFAULT false,       -- a seed of the friendly-federator analysis
    note text NOT NULL DEFAULT ''
);
CREATE INDEX server_facts_software ON server_facts (software, software_version);

-- Staff elsewhere, and what was written to and by them.
CREATE TABLE server_contacts (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    address text NOT NULL,
    source text NOT NULL DEFAULT '',                 -- where they published it
    created_at timestamptz NOT NULL,
    UNIQUE (domain, address)
);
CREATE TABLE server_notices (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    decision_id bigint REFERENCES server_decisions(id),
    is_ours boolean NOT NULL,
    address text NOT NULL,
    author_account_id bigint,
    text text NOT NULL,
    created_at timestamptz NOT NULL,
    sent_at timestamptz
);
CREATE INDEX server_notices_domain ON server_notices (domain, id);

-- Members (and staff elsewhere) who ask to decide again.
CREATE TABLE server_requests (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    decision_id bigint REFERENCES server_decisions(id),
    kind text NOT NULL DEFAULT 'reconsider' CHECK (kind IN ('reconsider', 'concern')),
    account_id bigint REFERENCES accounts(id) ON DELETE CASCADE,
    address text NOT NULL DEFAULT '',
    text text NOT NULL,
    state text NOT NULL DEFAULT 'acknowledged' CHECK (state IN ('acknowledged', 'assigned', 'answered')),
    assigned_account_id bigint,
    outcome text CHECK (outcome IN ('kept', 'changed')),
    answer text NOT NULL DEFAULT '',
    due_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    answered_at timestamptz
);
CREATE INDEX server_requests_domain ON server_requests (domain, id);
CREATE INDEX server_requests_open ON server_requests (due_at) WHERE state <> 'answered';
CREATE UNIQUE INDEX server_requests_once ON server_requests (account_id, domain, kind)
    WHERE state <> 'answered' AND account_id IS NOT NULL;

-- A named incident: servers limited for it are listed on one public page, released together.
CREATE TABLE server_incidents (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL,
    text text NOT NULL DEFAULT '',
    opened_by_account_id bigint,
    review_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    closed_at timestamptz
);

-- Servers that do not answer any more, cleaned up in one batch that can be taken back.
CREATE TABLE clean_ups (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domains text[] NOT NULL,
    text text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'drafted' CHECK (state IN ('drafted', 'cleaned', 'restored')),
    drafted_by_account_id bigint,
    created_at timestamptz NOT NULL,
    cleaned_at timestamptz,
    restorable_until timestamptz
);

-- Cut off what runs an unsafe version, until it reports a repaired one.
CREATE TABLE software_rules (
    id bigint PRIMARY KEY DEFAULT next_id(),
    software text NOT NULL,
    below_version text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('limit', 'suspend')),
    reason text NOT NULL,
    notifies boolean NOT NULL DEFAULT true,
    author_account_id bigint,
    created_at timestamptz NOT NULL,
    ended_at timestamptz
);

-- What others decided. Nothing of it applies by itself.
CREATE TABLE blocklists (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL,
    url text NOT NULL DEFAULT '',                    -- '': a file that was handed in
    format text NOT NULL CHECK (format IN ('mastodon_csv', 'gotosocial_json', 'fires')),
    is_subscribed boolean NOT NULL DEFAULT false,
    refresh_at timestamptz,
    refreshed_at timestamptz,
    trouble text NOT NULL DEFAULT '',
    author_account_id bigint,
    created_at timestamptz NOT NULL
);
CREATE TABLE blocklist_entries (
    blocklist_id bigint NOT NULL REFERENCES blocklists(id) ON DELETE CASCADE,
    domain text NOT NULL,
    severity text NOT NULL CHECK (severity IN ('noop', 'limit', 'suspend')),
    rejects_media boolean NOT NULL DEFAULT false,
    rejects_reports boolean NOT NULL DEFAULT false,
    obfuscates boolean NOT NULL DEFAULT false,
    public_comment text NOT NULL DEFAULT '',
    private_comment text NOT NULL DEFAULT '',
    source text NOT NULL DEFAULT '',
    state text NOT NULL DEFAULT 'draft' CHECK (state IN ('draft', 'applied', 'ignored')),
    is_retracted boolean NOT NULL DEFAULT false,
    decision_id bigint REFERENCES server_decisions(id),
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (blocklist_id, domain)
);
CREATE INDEX blocklist_entries_domain ON blocklist_entries (domain);

-- The criteria that decisions cite, by version.
CREATE TABLE federation_criteria (
    id bigint PRIMARY KEY DEFAULT next_id(),
    kind text NOT NULL CHECK (kind IN ('moderation', 'infrastructure', 'principle')),
    version integer NOT NULL,
    points text[] NOT NULL,
    author_account_id bigint,
    created_at timestamptz NOT NULL,
    UNIQUE (kind, version)
);
INSERT INTO federation_criteria (kind, version, points, created_at) VALUES
    ('moderation', 1, ARRAY[
        'No extremist content',
        'No illegal content',
        'No trolling or brigading',
        'No stalking or harassment of servers or people',
        'No making money from people''s data without their informed consent',
        'No "friendly federation" with any of these'], now()),
    ('infrastructure', 1, ARRAY[
        'Not a source of spam',
        'Not a source of excessive traffic (denial of service)',
        'Not a source of other malicious traffic or of attempts on servers or data'], now());

-- A review of a server: W15.
CREATE TABLE server_reviews (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    state text NOT NULL CHECK (state IN (
        'opened', 'researching', 'proposed', 'decided', 'announced', 'blogged', 'monitoring')),
    cause text NOT NULL,                             -- first_contact, research, report_volume, …
    reason text NOT NULL DEFAULT '',
    is_high_impact boolean NOT NULL DEFAULT false,
    is_promised boolean NOT NULL DEFAULT false,      -- the community was told when
    is_cohesive boolean NOT NULL DEFAULT false,
    override_reason text NOT NULL DEFAULT '',        -- acting on a small server as a whole
    opened_by_account_id bigint,
    proposed_by_account_id bigint,
    proposal text CHECK (proposal IN (
        'federate', 'monitor', 'limit', 'reject_media', 'suspend', 'accounts_only')),
    proposal_text text NOT NULL DEFAULT '',
    criteria text[] NOT NULL DEFAULT '{}',
    agreed_account_ids bigint[] NOT NULL DEFAULT '{}',
    is_emergency boolean NOT NULL DEFAULT false,
    publicity text NOT NULL DEFAULT 'listed',
    publicity_reason text NOT NULL DEFAULT '',
    decision_id bigint REFERENCES server_decisions(id),
    warning_signs text NOT NULL DEFAULT '',
    next_review_at timestamptz,
    act_by timestamptz,                              -- 14 days after opening
    blog_by timestamptz,                             -- 30 days after the decision
    act_breached_at timestamptz,
    blog_breached_at timestamptz,
    facts_before jsonb NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    announced_at timestamptz,
    blogged_at timestamptz,
    closed_at timestamptz
);
CREATE INDEX server_reviews_domain ON server_reviews (domain, id DESC);
CREATE UNIQUE INDEX server_reviews_open ON server_reviews (domain) WHERE closed_at IS NULL;
CREATE INDEX server_reviews_clock ON server_reviews (act_by) WHERE closed_at IS NULL;

CREATE TABLE review_findings (
    id bigint PRIMARY KEY DEFAULT next_id(),
    review_id bigint NOT NULL REFERENCES server_reviews(id),
    is_server_level boolean NOT NULL,
    text text NOT NULL,
    url text NOT NULL DEFAULT '',
    evidence_id bigint,
    author_account_id bigint,
    created_at timestamptz NOT NULL
);
CREATE INDEX review_findings_review ON review_findings (review_id, id);

-- Dated copies of a server's own rules, compared from review to review.
CREATE TABLE policy_texts (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('terms', 'privacy', 'moderation')),
    url text NOT NULL,
    text text NOT NULL,
    sha256 bytea NOT NULL,
    note text NOT NULL DEFAULT '',
    taken_at timestamptz NOT NULL
);
CREATE INDEX policy_texts_domain ON policy_texts (domain, kind, id DESC);

-- Wording that was reminded of, once for each deadline and share of it.
CREATE TABLE server_reminders (
    subject text NOT NULL,
    moment timestamptz NOT NULL,
    PRIMARY KEY (subject, moment)
);

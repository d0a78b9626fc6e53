-- Who has which power when (docs/decisions/capacities.md). The role of a login is its power; what
-- is lent for a few hours and what is locked stands beside it and is read in the same row.
ALTER TABLE logins
    ADD COLUMN lent_permissions bigint NOT NULL DEFAULT 0,
    ADD COLUMN lent_until timestamptz,
    ADD COLUMN powers_locked_from timestamptz;   -- a new covenant or training was not accepted
CREATE INDEX logins_lent ON logins (lent_until) WHERE lent_until IS NOT NULL;

-- Where duties are separated nobody else can decide about servers and blocked networks.
UPDATE roles SET permissions = permissions | 32 | 128 | 512 | 4096 WHERE name = 'Head moderator';
UPDATE roles SET permissions = permissions | 512 WHERE name = 'Moderator';

-- Teams beyond those that are shipped (moderation, infrastructure).
CREATE TABLE teams (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_-]{1,30}$'),
    title text NOT NULL,
    purpose text NOT NULL DEFAULT '',
    lead_role_id bigint NOT NULL,
    member_role_id bigint NOT NULL,
    created_by_account_id bigint,
    created_at timestamptz NOT NULL
);
CREATE TABLE team_memberships (
    id bigint PRIMARY KEY DEFAULT next_id(),
    team text NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN ('onboarding', 'active', 'paused', 'left')),
    is_lead boolean NOT NULL DEFAULT false,
    role_id bigint NOT NULL,                     -- what the login is given while it may use it
    mentor_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    joined_at timestamptz NOT NULL,
    confirmed_at timestamptz,
    paused_at timestamptz,
    left_at timestamptz,
    left_because text NOT NULL DEFAULT '',
    is_announced boolean NOT NULL DEFAULT false  -- whether the public page says that they left
);
-- One team at a time, whoever asks and however fast.
CREATE UNIQUE INDEX team_memberships_one ON team_memberships (account_id) WHERE state <> 'left';
CREATE UNIQUE INDEX team_memberships_lead ON team_memberships (team)
    WHERE is_lead AND state IN ('active', 'paused');
CREATE INDEX team_memberships_team ON team_memberships (team, state, id);
-- Leaving before three months for another team: both leads said yes, and why.
CREATE TABLE team_exceptions (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    from_team text NOT NULL,
    to_team text NOT NULL,
    agreed_by_account_id bigint NOT NULL,
    as_lead_of text NOT NULL,
    reason text NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, from_team, to_team, as_lead_of)
);
-- What somebody can take on, and what they will not look at.
CREATE TABLE team_availability (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    cases_a_day smallint NOT NULL DEFAULT 10 CHECK (cases_a_day BETWEEN 0 AND 200),
    hours smallint[] NOT NULL DEFAULT '{}',      -- of the week, 0 = Monday 00:00 UTC … 167
    languages text[] NOT NULL DEFAULT '{}',
    refuses text[] NOT NULL DEFAULT '{}',        -- tags, or 'graphic': never given to them
    away_from timestamptz,
    away_until timestamptz,
    updated_at timestamptz NOT NULL
);

-- Who was given which case when: the share of each, and the daily cap.
CREATE TABLE case_shares (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    because text NOT NULL,
    at timestamptz NOT NULL
);
CREATE INDEX case_shares_account ON case_shares (account_id, at DESC);
CREATE INDEX case_shares_case ON case_shares (case_id);

-- Covenant and training: version 1 is shipped, later ones stand here.
CREATE TABLE team_papers (
    team text NOT NULL,
    name text NOT NULL,                          -- covenant, or a module of the training
    version int NOT NULL CHECK (version > 1),
    title text NOT NULL,
    text text NOT NULL,
    published_by_account_id bigint,
    published_at timestamptz NOT NULL,
    binding_from timestamptz NOT NULL,           -- powers of who did not accept lock then
    PRIMARY KEY (team, name, version)
);
CREATE TABLE team_acceptances (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    team text NOT NULL,
    name text NOT NULL,
    version int NOT NULL,
    accepted_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, team, name, version)
);

CREATE TABLE volunteer_calls (
    id bigint PRIMARY KEY DEFAULT next_id(),
    team text NOT NULL,
    words text NOT NULL,
    concepts jsonb NOT NULL,                     -- questions
    examples jsonb NOT NULL CHECK (jsonb_array_length(examples) = 2),
    opened_by_account_id bigint,
    opened_at timestamptz NOT NULL,
    closes_at timestamptz NOT NULL
);
CREATE INDEX volunteer_calls_team ON volunteer_calls (team, closes_at);
CREATE TABLE volunteer_applications (
    id bigint PRIMARY KEY DEFAULT next_id(),
    call_id bigint NOT NULL REFERENCES volunteer_calls(id),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'applied' CHECK (state IN (
        'applied', 'in_review', 'accepted', 'declined', 'withdrawn')),
    interest text NOT NULL,
    languages text[] NOT NULL,
    availability text NOT NULL,
    experience text NOT NULL DEFAULT '' ,
    concepts jsonb NOT NULL,                     -- answers, in the order of the call
    examples jsonb NOT NULL,
    decided_by_account_id bigint,
    decided_words text NOT NULL DEFAULT '',
    due_at timestamptz NOT NULL,
    reminded smallint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    decided_at timestamptz,
    UNIQUE (call_id, account_id)
);
CREATE INDEX volunteer_applications_open ON volunteer_applications (due_at)
    WHERE state IN ('applied', 'in_review');
CREATE TABLE volunteer_reviews (
    application_id bigint NOT NULL REFERENCES volunteer_applications(id) ON DELETE CASCADE,
    reviewer_account_id bigint NOT NULL,
    alignment text NOT NULL,                     -- with what this community stands for
    is_for boolean NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (application_id, reviewer_account_id)
);
-- Voluntary, without a name, an order or a moment: only counts are ever read.
CREATE TABLE volunteer_lives (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    team text NOT NULL,
    question text NOT NULL,
    answer text NOT NULL
);

-- Closed cases, copied with the people made anonymous, to practise on.
CREATE TABLE practice_tickets (
    id bigint PRIMARY KEY DEFAULT next_id(),
    source_case_id bigint UNIQUE,                -- no reference: the copy outlives the case
    title text NOT NULL,
    situation jsonb NOT NULL,                    -- [{"what", "text"}], anonymous
    outcome text NOT NULL,
    outcome_words text NOT NULL,
    language text,
    is_graphic boolean NOT NULL DEFAULT false,
    made_by_account_id bigint,
    created_at timestamptz NOT NULL,
    retired_at timestamptz
);
CREATE TABLE practice_analyses (
    id bigint PRIMARY KEY DEFAULT next_id(),
    ticket_id bigint NOT NULL REFERENCES practice_tickets(id),
    author_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    situation text NOT NULL,
    would_do text NOT NULL,
    would_not_do text NOT NULL,
    why text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (ticket_id, author_account_id)
);
CREATE INDEX practice_analyses_author ON practice_analyses (author_account_id);
CREATE TABLE practice_feedback (
    id bigint PRIMARY KEY DEFAULT next_id(),
    analysis_id bigint NOT NULL REFERENCES practice_analyses(id) ON DELETE CASCADE,
    author_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    by_lead boolean NOT NULL,
    text text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX practice_feedback_analysis ON practice_feedback (analysis_id, id);

-- Powers of the other team, for four hours, with somebody else's word.
CREATE TABLE break_glass (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    team text NOT NULL,                          -- whose powers
    reason text NOT NULL,
    state text NOT NULL DEFAULT 'asked' CHECK (state IN (
        'asked', 'open', 'ended', 'reviewed', 'declined')),
    asked_at timestamptz NOT NULL,
    agreed_by_account_id bigint,
    agreed_at timestamptz,
    until timestamptz,
    ended_at timestamptz,
    review_due_at timestamptz,
    reminded smallint NOT NULL DEFAULT 0,
    reviewed_by_account_id bigint,
    review_words text NOT NULL DEFAULT '',
    reviewed_at timestamptz
);
CREATE UNIQUE INDEX break_glass_one ON break_glass (account_id) WHERE state IN ('asked', 'open');
CREATE INDEX break_glass_until ON break_glass (until) WHERE state = 'open';
CREATE INDEX break_glass_review ON break_glass (review_due_at) WHERE state = 'ended';
-- What the nightly check found: roles that nobody gave.
CREATE TABLE power_findings (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL,
    role_id bigint NOT NULL,
    what text NOT NULL,
    found_at timestamptz NOT NULL,
    settled_at timestamptz
);
CREATE UNIQUE INDEX power_findings_open ON power_findings (account_id, role_id)
    WHERE settled_at IS NULL;

CREATE TABLE trusted_reporters (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    state text NOT NULL CHECK (state IN (
        'candidate', 'invited', 'active', 'paused', 'ended', 'declined')),
    good_reports int NOT NULL DEFAULT 0,         -- that led to action, with posts and explanation
    candidate_at timestamptz,
    chosen_by bigint[] NOT NULL DEFAULT '{}',    -- a lead and a moderator before anybody is asked
    chosen_because text NOT NULL DEFAULT '',
    invited_at timestamptz,
    invitation_ends_at timestamptz,
    trained_at timestamptz,
    active_since timestamptz,
    renew_by timestamptz,
    renewed_by_member_at timestamptz,
    renewed_by_lead_at timestamptz,
    to_review_since timestamptz,                 -- three urgent words without ground, or a drop
    to_review_because text NOT NULL DEFAULT '',
    ended_because text NOT NULL DEFAULT '',
    updated_at timestamptz NOT NULL
);
CREATE INDEX trusted_reporters_state ON trusted_reporters (state, account_id);
CREATE TABLE urgent_words (
    report_id bigint PRIMARY KEY,
    case_id bigint,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    is_time_critical boolean NOT NULL,
    paged bigint[] NOT NULL,                     -- the duty pair
    paged_at timestamptz NOT NULL,
    looked_at timestamptz,
    was_founded boolean,                         -- NULL: nobody said yet
    judged_by_account_id bigint
);
CREATE INDEX urgent_words_account ON urgent_words (account_id, paged_at DESC);
CREATE INDEX urgent_words_case ON urgent_words (case_id) WHERE case_id IS NOT NULL;

-- What somebody has to hold so that the place stands, and who does when they fall silent.
CREATE TABLE positions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL UNIQUE,
    title text NOT NULL,
    state text NOT NULL DEFAULT 'held' CHECK (state IN (
        'held', 'named', 'shadowing', 'transferred', 'confirmed')),
    holder_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    deputy_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    successor_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    checklist jsonb NOT NULL DEFAULT '[]',       -- [{"text", "done_at", "done_by"}]
    is_public boolean NOT NULL DEFAULT true,
    held_since timestamptz,
    shadowing_since timestamptz,
    acting_since timestamptz,                    -- the deputy acts: the holder is silent
    acting_confirmed_by bigint,
    updated_at timestamptz NOT NULL
);

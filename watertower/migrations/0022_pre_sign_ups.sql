-- Who may knock. Moderators decide, the accounts room enforces at sign-up and at the door.

CREATE TABLE email_domain_blocks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    domain text NOT NULL UNIQUE,             -- lower case; what is below it is meant too
    allows_with_approval boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL
);

-- Attempts to sign up with an address of a blocked domain: how many, from how many networks.
CREATE TABLE email_domain_attempts (
    domain text NOT NULL,
    day date NOT NULL,
    network text NOT NULL,
    uses integer NOT NULL DEFAULT 1,
    PRIMARY KEY (domain, day, network)
);

CREATE TABLE ip_blocks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    network cidr NOT NULL UNIQUE,
    severity text NOT NULL CHECK (severity IN (
        'sign_up_requires_approval', 'sign_up_block', 'no_access')),
    comment text NOT NULL DEFAULT '',
    expires_at timestamptz,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX ip_blocks_network ON ip_blocks USING gist (network inet_ops);

CREATE TABLE canonical_email_blocks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    hash text NOT NULL UNIQUE,               -- SHA-256 of the canonical address, in hexadecimal
    created_at timestamptz NOT NULL
);

CREATE INDEX logins_created ON logins (created_at);
CREATE INDEX logins_sign_up_ip ON logins USING gist (sign_up_ip inet_ops);

-- A proof of work is good once.
CREATE TABLE used_proofs (
    hash bytea PRIMARY KEY,
    expires_at timestamptz NOT NULL
);
CREATE INDEX used_proofs_expiry ON used_proofs (expires_at);

-- Applications. What the login says (confirmed, approved) is the truth of whether somebody is in;
-- this is what was said and decided on the way. A row is made with the first thing that happens.
CREATE TABLE sign_ups (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN (
        'pending', 'questioned', 'answered', 'approved', 'refused')),
    reason text NOT NULL DEFAULT '',         -- of the last decision, told to the applicant
    decided_at timestamptz,
    decided_by_account_id bigint,
    refused_by_account_id bigint,            -- kept after an appeal: somebody else decides that
    appealed_at timestamptz,
    forgotten_at timestamptz,                -- when a refusal becomes final and the name is free
    reminded_stage smallint NOT NULL DEFAULT 0,  -- 1: half of the time is over, 2: nine tenths, 3: all
    updated_at timestamptz NOT NULL
);
CREATE INDEX sign_ups_forgotten ON sign_ups (forgotten_at) WHERE state = 'refused';

CREATE TABLE sign_up_messages (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('question', 'answer', 'approval', 'refusal', 'appeal', 'note')),
    author_account_id bigint,                -- never shown to the applicant
    text text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sign_up_messages_account ON sign_up_messages (account_id, id);

-- A member is asked, privately, whether they know the applicant.
CREATE TABLE vouches (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,  -- the applicant
    named text NOT NULL,                     -- as the applicant wrote it, in lower case
    -- NULL: nobody here has that name; the applicant does not learn that
    member_account_id bigint REFERENCES accounts(id) ON DELETE CASCADE,
    answer text CHECK (answer IN ('yes', 'no')),
    comment text NOT NULL DEFAULT '',
    asked_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    answered_at timestamptz,
    UNIQUE (account_id, named)
);
CREATE INDEX vouches_member ON vouches (member_account_id, id DESC);

-- An account elsewhere that an applicant says is theirs.
CREATE TABLE sign_up_proofs (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    handle text NOT NULL,
    other_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    code_hash bytea,                         -- of the code that was sent there
    problem text NOT NULL DEFAULT '',
    tries integer NOT NULL DEFAULT 0,
    sent_at timestamptz,
    proven_at timestamptz,
    proven_by text CHECK (proven_by IN ('message', 'rel_me')),
    created_at timestamptz NOT NULL,
    UNIQUE (account_id, handle)
);

-- Every time sign-up was made harder or closed, and why. Load is never a reason.
CREATE TABLE sign_up_gates (
    id bigint PRIMARY KEY DEFAULT next_id(),
    kind text NOT NULL CHECK (kind IN ('friction', 'closing')),
    level smallint NOT NULL DEFAULT 0,       -- of friction: 1 proof of work and limits, 2 approval too
    reason text NOT NULL,                    -- for the team
    public_note text NOT NULL DEFAULT '',
    mode_before text NOT NULL DEFAULT '',    -- of closing: what re-opening restores
    opened_by_account_id bigint,             -- NULL: the server, from signals of abuse
    opened_at timestamptz NOT NULL,
    looked_at timestamptz NOT NULL,          -- the last time somebody said that it is needed
    review_at timestamptz NOT NULL,          -- of friction: when it relaxes by itself
    reminded_stage smallint NOT NULL DEFAULT 0,
    ended_at timestamptz,
    ended_by_account_id bigint,
    end_reason text NOT NULL DEFAULT '',
    announcement_id bigint
);
CREATE UNIQUE INDEX sign_up_gates_open ON sign_up_gates (kind) WHERE ended_at IS NULL;

CREATE TABLE sign_up_gate_reviews (
    id bigint PRIMARY KEY DEFAULT next_id(),
    gate_id bigint NOT NULL REFERENCES sign_up_gates(id) ON DELETE CASCADE,
    reviewer_account_id bigint,
    public_note text NOT NULL,
    review_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX sign_up_gate_reviews_gate ON sign_up_gate_reviews (gate_id, id);

-- Who asked to be told when the door opens again, in order.
CREATE TABLE sign_up_waiting_list (
    id bigint PRIMARY KEY DEFAULT next_id(),
    email text NOT NULL,
    network text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    invited_at timestamptz
);
CREATE UNIQUE INDEX sign_up_waiting_list_email ON sign_up_waiting_list (lower(email));
CREATE INDEX sign_up_waiting_list_waiting ON sign_up_waiting_list (id) WHERE invited_at IS NULL;

-- What an account may post by machine. The statuses room reads it with the author; whoever has no
-- row may post as people do.
CREATE TABLE posting_rules (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    refusal text NOT NULL DEFAULT '',        -- why nothing may be posted at present
    most_a_day integer,                      -- NULL: not counted
    counts_all boolean NOT NULL DEFAULT false, -- false: only what was scheduled
    required_tags text[] NOT NULL DEFAULT '{}',
    only_summoned boolean NOT NULL DEFAULT false,
    refused_count integer NOT NULL DEFAULT 0,  -- posts that went over the limit
    refused_at timestamptz,
    updated_at timestamptz NOT NULL
);

-- What counted towards most_a_day; a post that is deleted again has been made all the same.
CREATE TABLE counted_posts (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    counted_at timestamptz NOT NULL
);
CREATE INDEX counted_posts_account ON counted_posts (account_id, counted_at);

-- Declared types of accounts and their approval (W13). No row: general.
CREATE TABLE account_types (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    types text[] NOT NULL,
    state text NOT NULL CHECK (state IN (
        'declared', 'applied', 'in_review', 'refused', 'approved', 'under_notice', 'renewal_due',
        'revoked', 'lapsed')),
    category text NOT NULL DEFAULT '',       -- on the page of approved accounts
    answers jsonb NOT NULL DEFAULT '{}',     -- question to answer
    is_private boolean NOT NULL DEFAULT false,
    private_reason text NOT NULL DEFAULT '',
    expectations_version integer,            -- the one that was accepted last
    expectations_accepted_at timestamptz,
    domain text,
    domain_verified_at timestamptz,
    staff_count integer,                     -- of an organisation, for the fee
    fee_waived_reason text NOT NULL DEFAULT '',
    fee_paid_until date,
    limit_exempt_reason text NOT NULL DEFAULT '',
    first_approver_account_id bigint,        -- where two have to agree
    decided_by_account_id bigint,
    refused_by_account_id bigint,
    reason text NOT NULL DEFAULT '',         -- of the last decision
    due_at timestamptz,                      -- of the state: answer, notice, renewal, leaving
    appealed_at timestamptz,
    applied_at timestamptz,
    approved_at timestamptz,
    reminded_stage smallint NOT NULL DEFAULT 0,
    declared_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX account_types_state ON account_types (state, due_at);
CREATE INDEX account_types_domain ON account_types (lower(domain)) WHERE domain IS NOT NULL;

-- The thread of an application, public unless it is private; and every change of state.
CREATE TABLE account_type_messages (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('message', 'change')),
    from_team boolean NOT NULL,
    author_account_id bigint,
    state text NOT NULL DEFAULT '',          -- of a change: what it became
    text text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX account_type_messages_account ON account_type_messages (account_id, id);

CREATE TABLE account_type_expectations (
    version integer PRIMARY KEY,
    text text NOT NULL,
    author_account_id bigint,
    created_at timestamptz NOT NULL
);

CREATE TABLE corporate_invitations (
    id bigint PRIMARY KEY DEFAULT next_id(),
    code text NOT NULL UNIQUE,
    organisation text NOT NULL,
    author_account_id bigint,
    used_by_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    expires_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL
);

-- Hashtags that mean something here, so that people can filter by them.
CREATE TABLE reserved_hashtags (
    name text PRIMARY KEY,                   -- lower case, without #
    purpose text NOT NULL,
    account_type text,                       -- whose posts have to carry it
    author_account_id bigint,
    created_at timestamptz NOT NULL
);

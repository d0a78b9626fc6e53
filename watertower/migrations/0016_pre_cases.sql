-- A case is what moderators make of one or more reports, or of their own research.
CREATE TABLE cases (
    id bigint PRIMARY KEY DEFAULT next_id(),
    kind text NOT NULL DEFAULT 'report' CHECK (kind IN ('report', 'research', 'pattern', 'practice')),
    state text NOT NULL DEFAULT 'filed' CHECK (state IN (
        'filed', 'triaged', 'assigned', 'needs_info', 'analysis', 'discussion', 'decided', 'closed',
        'merged')),
    title text NOT NULL DEFAULT '',
    target_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    target_domain text,                      -- of a case about a whole server
    language text,
    tags text[] NOT NULL DEFAULT '{}',
    -- the rating, revisable; NULL: not rated yet
    scope smallint,                          -- 0 one person … 3 the whole community
    severity smallint,                       -- 0 nuisance … 3 egregious
    is_escalating boolean NOT NULL DEFAULT false,
    harm_done text NOT NULL DEFAULT '',
    is_time_critical boolean NOT NULL DEFAULT false,
    is_graphic boolean NOT NULL DEFAULT false,
    -- who is expected to act next, and by when
    assigned_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    due_at timestamptz,
    outcome text,                            -- the strongest decision, or 'none'
    outcome_reason text NOT NULL DEFAULT '',
    opened_by_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    merged_into_case_id bigint REFERENCES cases(id),
    first_looked_at timestamptz,
    decided_at timestamptz,
    closed_at timestamptz,
    retained_until timestamptz,              -- evidence is destroyed after this …
    held_until timestamptz,                  -- … and not before this (legal hold)
    held_reason text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX cases_open ON cases (due_at NULLS LAST, id) WHERE closed_at IS NULL;
CREATE INDEX cases_target ON cases (target_account_id, id DESC);
CREATE INDEX cases_target_domain ON cases (target_domain, id DESC) WHERE target_domain IS NOT NULL;
CREATE INDEX cases_assigned ON cases (assigned_account_id, id DESC) WHERE closed_at IS NULL;

-- What the desk is searched by. Suggested: looks like another case, nobody confirmed it yet; the
-- queue shows one line for a case and all that look like it.
ALTER TABLE cases
    ADD COLUMN suggested_case_id bigint REFERENCES cases(id),
    ADD COLUMN suggested_because text NOT NULL DEFAULT '',
    ADD COLUMN state_before_pause text,      -- needs_info pauses; this is where it goes on
    ADD COLUMN reopened_at timestamptz,
    ADD COLUMN reopened_because text NOT NULL DEFAULT '',
    ADD COLUMN due_since timestamptz,        -- when the clock of due_at began
    ADD COLUMN reminders smallint NOT NULL DEFAULT 0,  -- 1 at half of the time, 2 at 90 %, 3 over
    ADD COLUMN asks_for_money boolean NOT NULL DEFAULT false,
    ADD COLUMN mutual_aid_checked_by bigint REFERENCES accounts(id) ON DELETE SET NULL,
    ADD COLUMN mutual_aid_words text NOT NULL DEFAULT '',
    -- high first: what is time-critical, then by what the rating adds up to
    ADD COLUMN urgency smallint NOT NULL DEFAULT 3;
CREATE INDEX cases_queue ON cases ((0 - urgency), (coalesce(due_at, 'infinity'::timestamptz)), id)
    WHERE closed_at IS NULL AND merged_into_case_id IS NULL AND suggested_case_id IS NULL;
CREATE INDEX cases_due ON cases (due_at) WHERE closed_at IS NULL AND reminders < 3;
CREATE INDEX cases_suggested ON cases (suggested_case_id, id) WHERE suggested_case_id IS NOT NULL;
CREATE INDEX cases_merged ON cases (merged_into_case_id, id) WHERE merged_into_case_id IS NOT NULL;
CREATE INDEX cases_tags ON cases USING gin (tags);
CREATE INDEX cases_outcome ON cases (outcome, id DESC) WHERE outcome IS NOT NULL;
CREATE INDEX cases_retained ON cases (retained_until) WHERE retained_until IS NOT NULL;
CREATE INDEX cases_opener ON cases (opened_by_account_id) WHERE opened_by_account_id IS NOT NULL;

-- A report about a whole server names no account; one about a conversation names the thread.
ALTER TABLE reports
    ADD COLUMN case_id bigint REFERENCES cases(id),
    ALTER COLUMN target_account_id DROP NOT NULL,
    ADD COLUMN target_domain text,
    ADD COLUMN conversation_id bigint,
    ADD COLUMN language text,                        -- of what is reported
    ADD COLUMN translation text NOT NULL DEFAULT '', -- by the reporter
    ADD COLUMN context text NOT NULL DEFAULT '',     -- what a translator would miss
    ADD COLUMN is_graphic boolean NOT NULL DEFAULT false,  -- posts left out, on purpose
    ADD COLUMN is_time_critical boolean NOT NULL DEFAULT false,
    ADD COLUMN forward_domains text[] NOT NULL DEFAULT '{}',
    ADD COLUMN forward_reason text NOT NULL DEFAULT '',
    ADD COLUMN advice text NOT NULL DEFAULT '',      -- how to make the next one more useful
    ADD COLUMN once_key text UNIQUE;                 -- the form of our page: sent twice, filed once
CREATE INDEX reports_case ON reports (case_id, id);
CREATE INDEX reports_domain ON reports (target_domain, id DESC) WHERE target_domain IS NOT NULL;
CREATE INDEX reports_rules ON reports USING gin (rule_ids);
CREATE INDEX reports_conversation ON reports (conversation_id, id) WHERE conversation_id IS NOT NULL;

-- Rules bind members; a global one is also a ground to act on people elsewhere.
ALTER TABLE rules ADD COLUMN is_global boolean NOT NULL DEFAULT true;

-- Who steps aside: to them the case does not exist any more.
CREATE TABLE case_conflicts (
    case_id bigint NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    reason text NOT NULL DEFAULT '',
    declared_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, account_id)
);
-- Somebody who is let into one case for a while, a translator for instance.
CREATE TABLE case_guests (
    case_id bigint NOT NULL REFERENCES cases(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    invited_by_account_id bigint,
    reason text NOT NULL,
    until timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, account_id)
);
CREATE TABLE case_analyses (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    author_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    situation text NOT NULL,                 -- how I understand it
    would_do text NOT NULL,
    would_not_do text NOT NULL,
    why text NOT NULL,
    created_at timestamptz NOT NULL
);
CREATE INDEX case_analyses_case ON case_analyses (case_id, id);
-- A decision that somebody proposes. With as many who agree as policy asks for it is carried out;
-- in an emergency it is carried out at once and has to be reviewed.
CREATE TABLE case_proposals (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    author_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    kind text NOT NULL,
    decision jsonb NOT NULL,
    needed smallint NOT NULL,                -- how many have to agree, the author counted
    state text NOT NULL DEFAULT 'open' CHECK (state IN (
        'open', 'carried', 'withdrawn', 'to_review', 'reviewed', 'overturned')),
    is_emergency boolean NOT NULL DEFAULT false,
    action_id bigint,                        -- moderation_actions, once it was carried out
    due_at timestamptz,
    created_at timestamptz NOT NULL,
    settled_at timestamptz
);
CREATE INDEX case_proposals_case ON case_proposals (case_id, id);
CREATE INDEX case_proposals_due ON case_proposals (due_at) WHERE state IN ('open', 'to_review');
CREATE UNIQUE INDEX case_proposals_one ON case_proposals (case_id) WHERE state = 'open';
CREATE TABLE case_agreements (
    proposal_id bigint NOT NULL REFERENCES case_proposals(id),
    account_id bigint NOT NULL,
    agrees boolean NOT NULL,
    words text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    PRIMARY KEY (proposal_id, account_id)
);
CREATE TABLE case_links (
    case_id bigint NOT NULL REFERENCES cases(id),
    other_case_id bigint NOT NULL REFERENCES cases(id),
    note text NOT NULL DEFAULT '',
    by_account_id bigint,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, other_case_id),
    CHECK (case_id < other_case_id)
);
-- Who a case touches: in a pile-on no single post may break a rule.
CREATE TABLE case_people (
    case_id bigint NOT NULL REFERENCES cases(id),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    harm_caused text NOT NULL DEFAULT '',
    harm_received text NOT NULL DEFAULT '',
    by_account_id bigint,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (case_id, account_id)
);
-- Accounts that may be one person's, with what speaks for it.
CREATE TABLE suspected_alternates (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    other_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    confidence smallint NOT NULL CHECK (confidence BETWEEN 1 AND 3),  -- possible, likely, certain
    because text NOT NULL,
    case_id bigint REFERENCES cases(id),
    by_account_id bigint,
    created_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, other_account_id),
    CHECK (account_id < other_account_id)
);
CREATE INDEX suspected_alternates_other ON suspected_alternates (other_account_id);

-- What other servers were told about a case, in whose choice, and with which of the evidence.
CREATE TABLE case_forwards (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    domain text NOT NULL,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,  -- to whose inbox
    comment text NOT NULL,
    status_uris text[] NOT NULL DEFAULT '{}',
    risk_words text NOT NULL,                -- why it is safe to tell them
    by_account_id bigint,
    created_at timestamptz NOT NULL,
    withdrawn_at timestamptz
);
CREATE INDEX case_forwards_case ON case_forwards (case_id, id);
-- Who wants to be given cases with graphic content; nobody else is offered them.
CREATE TABLE case_opt_ins (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    content text NOT NULL CHECK (content IN ('graphic')),
    since timestamptz NOT NULL,
    PRIMARY KEY (account_id, content)
);

-- What went wrong on our side: suspected → confirmed → reversed → followed up → policy reviewed.
CREATE TABLE mistakes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    action_id bigint,
    state text NOT NULL DEFAULT 'suspected' CHECK (state IN (
        'suspected', 'confirmed', 'reversed', 'followed_up', 'policy_reviewed', 'refuted')),
    suspicion text NOT NULL,
    suspected_by_account_id bigint,
    confirmed_by bigint[] NOT NULL DEFAULT '{}',
    confirmed_at timestamptz,
    reversed_at timestamptz,
    follow_up text NOT NULL DEFAULT '',      -- what was said, or why nothing was
    followed_up_at timestamptz,
    policy_due_at timestamptz,
    policy_words text NOT NULL DEFAULT '',
    reviewed_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX mistakes_case ON mistakes (case_id, id);
CREATE UNIQUE INDEX mistakes_action ON mistakes (action_id) WHERE action_id IS NOT NULL AND state <> 'refuted';
CREATE INDEX mistakes_due ON mistakes (policy_due_at) WHERE reviewed_at IS NULL AND policy_due_at IS NOT NULL;

-- Words that are used again, by what is done, rule and language.
CREATE TABLE message_templates (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL,
    action text NOT NULL DEFAULT '',         -- a kind of action, 'closed', 'question' …
    rule_id bigint REFERENCES rules(id) ON DELETE CASCADE,
    language text NOT NULL DEFAULT 'en',
    text text NOT NULL,
    updated_by_account_id bigint,
    updated_at timestamptz NOT NULL,
    UNIQUE (name, language)
);

-- What is said about a case. Four kinds of thread that never mix: who reads one does not read
-- another. A thread is with one account, or with one address.
CREATE TABLE case_threads (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    thread text NOT NULL CHECK (thread IN ('team', 'reported', 'reporter', 'remote_staff')),
    with_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    with_address text,
    muted_at timestamptz,                    -- what comes in is kept, and calls nobody
    closed_at timestamptz,                   -- nothing more comes in
    created_at timestamptz NOT NULL
);
CREATE INDEX case_threads_case ON case_threads (case_id);
CREATE UNIQUE INDEX case_threads_one
    ON case_threads (case_id, thread, coalesce(with_account_id, 0), coalesce(with_address, ''));
CREATE INDEX case_threads_with ON case_threads (with_account_id, id DESC)
    WHERE with_account_id IS NOT NULL;

CREATE TABLE case_messages (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    thread_id bigint NOT NULL REFERENCES case_threads(id),
    thread text NOT NULL CHECK (thread IN ('team', 'reported', 'reporter', 'remote_staff')),
    -- the person the thread is with; NULL for the team's own
    with_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    with_address text,                       -- e-mail of staff elsewhere or of somebody locked out
    from_team boolean NOT NULL,
    author_account_id bigint,                -- who wrote it; never shown outside the team
    text text NOT NULL,
    media_keys text[] NOT NULL DEFAULT '{}',
    template_id bigint,
    is_from_elsewhere boolean NOT NULL DEFAULT false,  -- by mail, from another address than we know
    came_by text NOT NULL DEFAULT 'page' CHECK (came_by IN ('page', 'mail', 'api', 'server')),
    mail_id text UNIQUE,                     -- Message-ID of a mail that came in: sent twice, kept once
    read_at timestamptz,
    created_at timestamptz NOT NULL
);
CREATE INDEX case_messages_case ON case_messages (case_id, thread, id);
CREATE INDEX case_messages_thread ON case_messages (thread_id, id);
CREATE INDEX case_messages_with ON case_messages (with_account_id, id DESC) WHERE with_account_id IS NOT NULL;

-- Copies that outlive what they are copies of. The hash is over the canonical JSON and every file.
CREATE TABLE evidence (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint REFERENCES cases(id),
    server_review_id bigint,                 -- 0020
    kind text NOT NULL CHECK (kind IN ('status', 'profile', 'thread', 'media', 'note', 'document', 'action')),
    subject_id text NOT NULL,
    is_private boolean NOT NULL DEFAULT false,   -- of a post that is not public: every look is logged
    is_graphic boolean NOT NULL DEFAULT false,
    content jsonb NOT NULL,
    files jsonb NOT NULL DEFAULT '[]',       -- [{"key", "sha256", "content_type", "bytes"}]
    sha256 bytea NOT NULL,
    taken_by_account_id bigint,
    taken_at timestamptz NOT NULL,
    destroyed_at timestamptz,                -- content emptied, hash kept: proof that it is gone
    UNIQUE (case_id, kind, subject_id, sha256)
);
CREATE INDEX evidence_case ON evidence (case_id, id);
CREATE INDEX evidence_review ON evidence (server_review_id, id) WHERE server_review_id IS NOT NULL;
CREATE INDEX evidence_seal ON evidence (sha256);
CREATE INDEX evidence_subject ON evidence (kind, subject_id, id);

-- Files that a case has yet to copy. Nothing removes them before that, whoever deletes the post.
CREATE TABLE evidence_copies (
    id bigint PRIMARY KEY DEFAULT next_id(),
    case_id bigint NOT NULL REFERENCES cases(id),
    subject_id text NOT NULL,                -- the media, or 'avatar'
    source_key text,
    remote_url text,
    is_private boolean NOT NULL,
    content jsonb NOT NULL,
    done_at timestamptz,
    problem text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL,
    UNIQUE (case_id, subject_id)
);
CREATE INDEX evidence_copies_open ON evidence_copies (id) WHERE done_at IS NULL;

-- Keys that may not be removed from the store yet (media/steps/hold.py).
CREATE TABLE held_files (
    key text NOT NULL,
    holder text NOT NULL,
    held_at timestamptz NOT NULL,
    PRIMARY KEY (key, holder)
);

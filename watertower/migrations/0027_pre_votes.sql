-- Community votes (W20). docs/decisions/votes.md says why ballots are kept as they are.
CREATE TABLE votes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    state text NOT NULL CHECK (state IN ('needed', 'not_needed', 'drafted', 'heralded', 'open',
                                         'collected', 'decided', 'published', 'cancelled')),
    subject text NOT NULL,                   -- what it is about, one line
    why text NOT NULL,                       -- why members are asked, or why they are not
    about_domain text,                       -- the server that it is about, if any
    raised_by_account_id bigint,             -- who did what stays written when an account goes
    raised_at timestamptz NOT NULL,
    question text NOT NULL DEFAULT '',
    explanation text NOT NULL DEFAULT '',
    options text[] NOT NULL DEFAULT '{}',    -- without "No opinion", which is always the last
    is_multiple boolean NOT NULL DEFAULT false,
    is_binding boolean NOT NULL DEFAULT false,
    quorum_percent smallint NOT NULL DEFAULT 0 CHECK (quorum_percent BETWEEN 0 AND 100),
    drafted_by_account_id bigint,
    drafted_at timestamptz,
    read_by_account_id bigint,               -- the second reader
    read_at timestamptz,
    opens_at timestamptz,                    -- as promised; never before the post is a day old
    heralded_by_account_id bigint,
    heralded_at timestamptz,
    herald_status_id bigint,
    posted_at timestamptz,                   -- when the post that a survey is coming was out
    opened_at timestamptz,
    closes_at timestamptz,                   -- this instant decides, whenever a job runs
    announcement_id bigint,
    ballot_key bytea,                        -- gone once the results are there
    collected_at timestamptz,
    eligible_count integer,
    voters_count integer,
    counts integer[],                        -- for each option, the last is "No opinion"
    reminded smallint NOT NULL DEFAULT 0,
    decided_by_account_id bigint,
    decided_at timestamptz,
    decision text NOT NULL DEFAULT '',
    reasons text NOT NULL DEFAULT '',
    departs boolean NOT NULL DEFAULT false,
    published_by_account_id bigint,
    published_at timestamptz,
    cancelled_by_account_id bigint,
    cancelled_at timestamptz,
    cancel_reason text NOT NULL DEFAULT '',
    CHECK ((opened_at IS NULL) = (closes_at IS NULL)),
    CHECK (closes_at = opened_at + interval '72 hours'),
    CHECK (state NOT IN ('collected', 'decided', 'published')
           OR (counts IS NOT NULL AND voters_count IS NOT NULL AND eligible_count IS NOT NULL
               AND ballot_key IS NULL))
);
CREATE INDEX votes_clock ON votes (state) WHERE state IN ('heralded', 'open', 'collected', 'decided');

-- Who could answer when it opened, and who came back and answered later. No reference: somebody
-- who leaves stays counted. Emptied when the results are there.
CREATE TABLE vote_roll (
    vote_id bigint NOT NULL REFERENCES votes(id) ON DELETE CASCADE,
    account_id bigint NOT NULL,
    PRIMARY KEY (vote_id, account_id)
);

-- One row for each who answered. `mark` is a keyed hash of the account: it finds one's own answer
-- again and names nobody. No id and no time, which could be compared with those of other things.
-- Emptied when the results are there.
CREATE TABLE vote_ballots (
    vote_id bigint NOT NULL REFERENCES votes(id) ON DELETE CASCADE,
    mark bytea NOT NULL,
    choices smallint[] NOT NULL,
    PRIMARY KEY (vote_id, mark)
);

CREATE FUNCTION keep_what_was_asked_and_answered() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.opened_at IS NOT NULL
       AND (NEW.opened_at, NEW.closes_at, NEW.question, NEW.options, NEW.is_multiple,
            NEW.is_binding, NEW.quorum_percent)
           IS DISTINCT FROM
           (OLD.opened_at, OLD.closes_at, OLD.question, OLD.options, OLD.is_multiple,
            OLD.is_binding, OLD.quorum_percent) THEN
        RAISE EXCEPTION 'a vote that was opened is not changed';
    END IF;
    IF OLD.collected_at IS NOT NULL
       AND (NEW.collected_at, NEW.counts, NEW.voters_count, NEW.eligible_count)
           IS DISTINCT FROM
           (OLD.collected_at, OLD.counts, OLD.voters_count, OLD.eligible_count) THEN
        RAISE EXCEPTION 'the results of a vote are not changed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER votes_stay BEFORE UPDATE ON votes
    FOR EACH ROW EXECUTE FUNCTION keep_what_was_asked_and_answered();

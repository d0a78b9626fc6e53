-- What members do with all they have here: bring it, take it along, move, let old posts go.

CREATE TABLE imports (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    kind text NOT NULL,
    overwrites boolean NOT NULL DEFAULT false, -- what is not in the file goes
    file_name text NOT NULL DEFAULT '',
    total_count integer NOT NULL,
    done_count integer NOT NULL DEFAULT 0,
    failed_count integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    is_cleared boolean NOT NULL DEFAULT false, -- what had to go first is gone
    finished_at timestamptz
);
CREATE INDEX imports_account ON imports (account_id, id DESC);
CREATE INDEX imports_age ON imports (created_at);

-- Rows still to be done, and those that failed; what is done needs no row.
CREATE TABLE import_rows (
    id bigint PRIMARY KEY DEFAULT next_id(),
    import_id bigint NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
    data jsonb NOT NULL,
    problem text                             -- NULL: to be done
);
CREATE INDEX import_rows_import ON import_rows (import_id, id);

CREATE TABLE archives (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    file_key text,                           -- NULL: not made yet
    file_bytes bigint NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz
);
CREATE INDEX archives_account ON archives (account_id, id DESC);

CREATE TABLE account_moves (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_moves_account ON account_moves (account_id, id DESC);

-- Which of a member's old posts are deleted by themselves.
CREATE TABLE cleanup_policies (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    is_enabled boolean NOT NULL DEFAULT false,
    min_age_days integer NOT NULL DEFAULT 14,
    keeps_direct boolean NOT NULL DEFAULT true,
    keeps_pinned boolean NOT NULL DEFAULT true,
    keeps_polls boolean NOT NULL DEFAULT false,
    keeps_media boolean NOT NULL DEFAULT false,
    keeps_own_favourites boolean NOT NULL DEFAULT true,
    keeps_own_bookmarks boolean NOT NULL DEFAULT true,
    keeps_from_favourites integer,           -- posts with at least as many stay
    keeps_from_boosts integer,
    looked_at_id bigint NOT NULL DEFAULT 0,  -- how far the last run came
    looked_at timestamptz
);
CREATE INDEX cleanup_policies_enabled ON cleanup_policies (looked_at) WHERE is_enabled;

-- What members have here beyond Mastodon (docs/api/extensions.md).
ALTER TABLE statuses
    ADD COLUMN content_type text NOT NULL DEFAULT 'text/plain',   -- in which the author typed it
    ADD COLUMN reply_policy text NOT NULL DEFAULT 'public'        -- who may answer, beside who is named
        CHECK (reply_policy IN ('public', 'followers', 'mentioned', 'nobody'));

CREATE TABLE bookmark_folders (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    name text NOT NULL,
    created_at timestamptz NOT NULL,
    UNIQUE (account_id, name)
);
ALTER TABLE bookmarks ADD COLUMN folder_id bigint REFERENCES bookmark_folders(id) ON DELETE SET NULL;
CREATE INDEX bookmarks_folder ON bookmarks (folder_id, id) WHERE folder_id IS NOT NULL;

CREATE TABLE drafts (                        -- posts begun, and not to be published by the clock
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    draft jsonb NOT NULL,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
);
CREATE INDEX drafts_account ON drafts (account_id, id);

-- Public selections of accounts that a member recommends (FEP-7aa9).
CREATE TABLE account_collections (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,   -- who selects
    name text NOT NULL,
    description text NOT NULL DEFAULT '',
    language text,
    is_sensitive boolean NOT NULL DEFAULT false,
    is_discoverable boolean NOT NULL DEFAULT true,
    tag_name text,                                                          -- as typed, without #
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_collections_account ON account_collections (account_id, id DESC);

-- Who was taken out at their own wish stays here as revoked, so that nobody puts them in again.
CREATE TABLE collection_items (
    id bigint PRIMARY KEY DEFAULT next_id(),
    collection_id bigint NOT NULL REFERENCES account_collections(id) ON DELETE CASCADE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    state text NOT NULL DEFAULT 'accepted' CHECK (state IN ('pending', 'accepted', 'rejected', 'revoked')),
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (collection_id, account_id)
);
CREATE INDEX collection_items_account ON collection_items (account_id, collection_id);

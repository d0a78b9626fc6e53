CREATE TABLE accounts (
    id bigint PRIMARY KEY DEFAULT next_id(),
    username text NOT NULL,
    domain text,                             -- NULL: ours
    actor_type text NOT NULL DEFAULT 'Person',
    display_name text NOT NULL DEFAULT '',
    note text NOT NULL DEFAULT '',           -- as typed (ours); HTML already made safe (others)
    note_html text NOT NULL DEFAULT '',
    fields jsonb NOT NULL DEFAULT '[]',      -- [{"name","value","html","verified_at"}]
    emojis jsonb NOT NULL DEFAULT '[]',      -- CustomEmoji entities used in name, note and fields
    avatar_key text,                         -- storage keys of our copies
    avatar_static_key text,
    avatar_remote_url text,
    avatar_description text NOT NULL DEFAULT '',
    header_key text,
    header_static_key text,
    header_remote_url text,
    header_description text NOT NULL DEFAULT '',
    is_locked boolean NOT NULL DEFAULT false,
    is_bot boolean NOT NULL DEFAULT false,
    is_discoverable boolean,
    is_indexable boolean NOT NULL DEFAULT false,
    hides_collections boolean NOT NULL DEFAULT false,
    shows_media boolean NOT NULL DEFAULT true,
    shows_media_replies boolean NOT NULL DEFAULT true,
    shows_featured boolean NOT NULL DEFAULT true,
    attribution_domains text[] NOT NULL DEFAULT '{}',
    also_known_as text[] NOT NULL DEFAULT '{}',
    moved_to_account_id bigint REFERENCES accounts(id) ON DELETE SET NULL,
    is_memorial boolean NOT NULL DEFAULT false,
    -- addresses are stored, never computed
    uri text NOT NULL UNIQUE,
    url text NOT NULL,
    inbox_url text NOT NULL DEFAULT '',
    shared_inbox_url text NOT NULL DEFAULT '',
    outbox_url text NOT NULL DEFAULT '',
    followers_url text NOT NULL DEFAULT '',
    following_url text NOT NULL DEFAULT '',
    featured_url text NOT NULL DEFAULT '',
    -- standing: what moderation decided
    suspended_at timestamptz,
    suspended_by_origin boolean NOT NULL DEFAULT false,
    limited_at timestamptz,
    sensitized_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    fetched_at timestamptz,
    deleted_at timestamptz,
    version integer NOT NULL DEFAULT 1       -- grows with every change that shows
);
CREATE UNIQUE INDEX accounts_handle ON accounts (lower(username), coalesce(lower(domain), ''));
CREATE INDEX accounts_domain ON accounts (lower(domain)) WHERE domain IS NOT NULL;
CREATE INDEX accounts_url ON accounts (url);
CREATE INDEX accounts_search ON accounts USING gin (folded(username || ' ' || display_name) gin_trgm_ops);

CREATE TABLE account_stats (
    account_id bigint PRIMARY KEY REFERENCES accounts(id) ON DELETE CASCADE,
    statuses_count integer NOT NULL DEFAULT 0,
    following_count integer NOT NULL DEFAULT 0,
    followers_count integer NOT NULL DEFAULT 0,
    last_status_at timestamptz
) WITH (fillfactor = 70);

CREATE TABLE account_keys (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    key_id text NOT NULL UNIQUE,             -- the address in signatures
    kind text NOT NULL DEFAULT 'rsa',
    public_pem text NOT NULL,
    private_pem text,                        -- ours only
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz,
    revoked_at timestamptz
);
CREATE INDEX account_keys_account ON account_keys (account_id);

CREATE TABLE roles (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL UNIQUE,
    color text NOT NULL DEFAULT '',
    position integer NOT NULL DEFAULT 0,
    permissions bigint NOT NULL DEFAULT 0,
    is_highlighted boolean NOT NULL DEFAULT false,
    requires_second_factor boolean NOT NULL DEFAULT false
);
INSERT INTO roles (id, name, position, permissions, is_highlighted) VALUES
    (-99, '', -1, 65536, false),             -- everyone: may invite
    (1, 'Moderator', 10, 1308, true),
    (2, 'Admin', 100, 983036, true),
    (3, 'Owner', 1000, 1, true);

CREATE TABLE invites (
    id bigint PRIMARY KEY DEFAULT next_id(),
    code text NOT NULL UNIQUE,
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    max_uses integer,
    uses integer NOT NULL DEFAULT 0,
    expires_at timestamptz,
    follows_inviter boolean NOT NULL DEFAULT false,
    comment text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE logins (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL UNIQUE REFERENCES accounts(id) ON DELETE CASCADE,
    email text NOT NULL,
    unconfirmed_email text,
    password_hash text NOT NULL,
    role_id bigint NOT NULL DEFAULT -99 REFERENCES roles(id),
    locale text NOT NULL DEFAULT 'en',
    time_zone text NOT NULL DEFAULT '',
    settings jsonb NOT NULL DEFAULT '{}',    -- preferences by their names in model.py
    chosen_languages text[],
    confirmed_at timestamptz,
    approved_at timestamptz,
    frozen_at timestamptz,                   -- "disabled" in Mastodon's words
    sign_up_reason text NOT NULL DEFAULT '',
    sign_up_ip inet,
    age_checked_at timestamptz,
    agreed_at timestamptz,
    invite_id bigint REFERENCES invites(id) ON DELETE SET NULL,
    application_id bigint,
    otp_secret text,                         -- encrypted with the server's key
    otp_enabled_at timestamptz,
    otp_last_step bigint NOT NULL DEFAULT 0, -- a code is good once
    recovery_hashes text[] NOT NULL DEFAULT '{}',
    created_at timestamptz NOT NULL DEFAULT now(),
    last_active_at timestamptz,
    current_ip inet,
    filters_version integer NOT NULL DEFAULT 0  -- grows when filters change; 0: has none
);
CREATE UNIQUE INDEX logins_email ON logins (lower(email));
CREATE INDEX logins_pending ON logins (id) WHERE approved_at IS NULL;

CREATE TABLE sessions (
    id bigint PRIMARY KEY DEFAULT next_id(),
    login_id bigint NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    user_agent text NOT NULL DEFAULT '',
    ip inet,
    created_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_login ON sessions (login_id);

-- Links in mails: confirm an address, reset a password. Only the hash is kept.
CREATE TABLE mail_tokens (
    id bigint PRIMARY KEY DEFAULT next_id(),
    login_id bigint NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    token_hash bytea NOT NULL UNIQUE,
    purpose text NOT NULL,
    email text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);
CREATE INDEX mail_tokens_login ON mail_tokens (login_id);

CREATE TABLE oauth_applications (
    id bigint PRIMARY KEY DEFAULT next_id(),
    name text NOT NULL,
    website text,
    client_id text NOT NULL UNIQUE,
    client_secret text NOT NULL,
    redirect_uris text[] NOT NULL,
    scopes text[] NOT NULL,
    owner_login_id bigint REFERENCES logins(id) ON DELETE SET NULL,
    is_superapp boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE oauth_grants (
    id bigint PRIMARY KEY DEFAULT next_id(),
    code_hash bytea NOT NULL UNIQUE,
    application_id bigint NOT NULL REFERENCES oauth_applications(id) ON DELETE CASCADE,
    login_id bigint NOT NULL REFERENCES logins(id) ON DELETE CASCADE,
    redirect_uri text NOT NULL,
    scopes text[] NOT NULL,
    code_challenge text,
    created_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    used_at timestamptz
);

CREATE TABLE oauth_tokens (
    id bigint PRIMARY KEY DEFAULT next_id(),
    token_hash bytea NOT NULL UNIQUE,        -- SHA-256 of the token
    application_id bigint NOT NULL REFERENCES oauth_applications(id) ON DELETE CASCADE,
    login_id bigint REFERENCES logins(id) ON DELETE CASCADE,
    grant_id bigint REFERENCES oauth_grants(id) ON DELETE SET NULL,
    scopes text[] NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    revoked_at timestamptz,
    used_at timestamptz,
    used_ip inet
);
CREATE INDEX oauth_tokens_login ON oauth_tokens (login_id) WHERE revoked_at IS NULL;

CREATE TABLE follows (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    shows_reblogs boolean NOT NULL DEFAULT true,
    notifies boolean NOT NULL DEFAULT false,
    languages text[],
    uri text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, target_account_id)
);
CREATE INDEX follows_target ON follows (target_account_id, id);
CREATE INDEX follows_account ON follows (account_id, id);

CREATE TABLE follow_requests (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    shows_reblogs boolean NOT NULL DEFAULT true,
    notifies boolean NOT NULL DEFAULT false,
    languages text[],
    uri text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, target_account_id)
);
CREATE INDEX follow_requests_target ON follow_requests (target_account_id, id);

CREATE TABLE blocks (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    uri text,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, target_account_id)
);
CREATE INDEX blocks_target ON blocks (target_account_id);

CREATE TABLE mutes (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    hides_notifications boolean NOT NULL DEFAULT true,
    expires_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, target_account_id)
);
CREATE INDEX mutes_expiry ON mutes (expires_at) WHERE expires_at IS NOT NULL;
CREATE INDEX mutes_target ON mutes (target_account_id);

CREATE TABLE domain_mutes (                  -- "domain blocks" of one member
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    domain text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, domain)
);
CREATE INDEX domain_mutes_domain ON domain_mutes (domain);

CREATE TABLE account_notes (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    comment text NOT NULL,
    PRIMARY KEY (account_id, target_account_id)
);

CREATE TABLE endorsements (
    id bigint PRIMARY KEY DEFAULT next_id(),
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    UNIQUE (account_id, target_account_id)
);

CREATE TABLE dismissed_suggestions (
    account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    target_account_id bigint NOT NULL REFERENCES accounts(id) ON DELETE CASCADE,
    PRIMARY KEY (account_id, target_account_id)
);

-- What this community decided about other servers. Absent: nothing special.
CREATE TABLE server_policies (
    domain text PRIMARY KEY,
    severity text NOT NULL DEFAULT 'noop' CHECK (severity IN ('noop', 'limit', 'suspend')),
    rejects_media boolean NOT NULL DEFAULT false,
    rejects_reports boolean NOT NULL DEFAULT false,
    is_allowed boolean NOT NULL DEFAULT false,
    public_comment text NOT NULL DEFAULT '',
    private_comment text NOT NULL DEFAULT '',
    created_at timestamptz NOT NULL DEFAULT now()
);

-- Decisions of the community about itself: registration mode, name, description, contact …
CREATE TABLE site_settings (
    name text PRIMARY KEY,
    value jsonb NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE rules (
    id bigint PRIMARY KEY DEFAULT next_id(),
    position integer NOT NULL DEFAULT 0,
    text text NOT NULL,
    hint text NOT NULL DEFAULT '',
    translations jsonb NOT NULL DEFAULT '{}',
    deleted_at timestamptz
);

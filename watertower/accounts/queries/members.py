"""A new member's rows, and whether a name or address is free."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

HAS_USERNAME = """
    SELECT EXISTS (
        SELECT FROM accounts WHERE lower(username) = lower($1) AND coalesce(lower(domain), '') = ''
    )
"""


async def has_username(tx: Reading, *, username: str) -> bool:
    """Whether somebody here has, or once had, this name."""
    return bool(await tx.fetch_value(HAS_USERNAME, username))


HAS_EMAIL = "SELECT EXISTS (SELECT FROM logins WHERE lower(email) = lower($1))"


async def has_email(tx: Reading, *, email: str) -> bool:
    """Whether a login has this address."""
    return bool(await tx.fetch_value(HAS_EMAIL, email))


# Addresses hold the number, not the name: Mastodon's scheme since 4.5.
INSERT_LOCAL_ACCOUNT = """
    INSERT INTO accounts (id, username, uri, url, inbox_url, shared_inbox_url, outbox_url,
                          followers_url, following_url, featured_url, created_at, updated_at)
    SELECT new.id, $1, new.uri, $2 || '/@' || $1, new.uri || '/inbox', $2 || '/inbox',
           new.uri || '/outbox', new.uri || '/followers', new.uri || '/following',
           new.uri || '/collections/featured', $3, $3
    FROM (SELECT made.id, $2 || '/ap/users/' || made.id AS uri FROM (SELECT next_id() AS id) made)
        AS new
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_local_account(
    tx: Transaction, *, username: str, base_url: str, at: datetime
) -> int | None:
    """The id of the new account, None if the name is taken."""
    new_id: int | None = await tx.fetch_value(INSERT_LOCAL_ACCOUNT, username, base_url, at)
    return new_id


INSERT_ACCOUNT_PARTS = """
    WITH stats AS (
        INSERT INTO account_stats (account_id) VALUES ($1)
    )
    INSERT INTO account_keys (account_id, key_id, public_pem, private_pem, created_at)
    SELECT id, uri || '#main-key', $2, $3, $4
    FROM accounts
    WHERE id = $1
"""


async def insert_account_parts(
    tx: Transaction, *, account_id: int, public_pem: str, private_pem: str, at: datetime
) -> None:
    """What every account of ours has beside its row: counts and a key."""
    await tx.execute(INSERT_ACCOUNT_PARTS, account_id, public_pem, private_pem, at)


INSERT_LOGIN = """
    INSERT INTO logins (account_id, email, password_hash, role_id, locale, confirmed_at,
                        approved_at, sign_up_reason, sign_up_ip, age_checked_at, agreed_at,
                        invite_id, application_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text::inet, $10, $11, $12, $13, $14)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_login(
    tx: Transaction,
    *,
    account_id: int,
    email: str,
    password_hash: str,
    role_id: int,
    locale: str,
    confirmed_at: datetime | None,
    approved_at: datetime | None,
    sign_up_reason: str,
    sign_up_ip: str | None,
    age_checked_at: datetime | None,
    agreed_at: datetime | None,
    invite_id: int | None,
    application_id: int | None,
    at: datetime,
) -> int | None:
    """The id of the new login, None if the address is taken."""
    new_id: int | None = await tx.fetch_value(
        INSERT_LOGIN,
        account_id,
        email,
        password_hash,
        role_id,
        locale,
        confirmed_at,
        approved_at,
        sign_up_reason,
        sign_up_ip,
        age_checked_at,
        agreed_at,
        invite_id,
        application_id,
        at,
    )
    return new_id

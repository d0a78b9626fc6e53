"""Accounts of other servers, written as their servers describe them."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from watertower.accounts.received import ReceivedAccount, ReceivedKey
from watertower.base.db.transaction import Transaction
from watertower.base.json import to_json

# What shows: a change of one of these is a new version.
_SHOWN = (
    "username",
    "domain",
    "actor_type",
    "display_name",
    "note_html",
    "fields",
    "emojis",
    "avatar_remote_url",
    "avatar_description",
    "header_remote_url",
    "header_description",
    "is_locked",
    "is_bot",
    "is_discoverable",
    "is_indexable",
    "shows_media",
    "shows_media_replies",
    "shows_featured",
    "is_memorial",
    "attribution_domains",
    "also_known_as",
    "url",
)
_PLAIN = (
    "inbox_url",
    "shared_inbox_url",
    "outbox_url",
    "followers_url",
    "following_url",
    "featured_url",
)
_NAMES = _SHOWN + _PLAIN
_FIRST = 4  # $1 uri, $2 now, $3 suspended by its server
_MARKS = ", ".join(
    f"${n}::jsonb" if name in {"fields", "emojis"} else f"${n}"
    for n, name in enumerate(_NAMES, start=_FIRST)
)
_OLD = ", ".join(f"a.{name}" for name in _SHOWN)
_NEW = ", ".join(f"excluded.{name}" for name in _SHOWN)

UPSERT_REMOTE_ACCOUNT = f"""
    INSERT INTO accounts AS a (uri, fetched_at, updated_at, suspended_at, suspended_by_origin,
                               {", ".join(_NAMES)}, created_at)
    VALUES ($1, $2, $2, CASE WHEN $3 THEN $2::timestamptz END, $3, {_MARKS},
            ${_FIRST + len(_NAMES)})
    ON CONFLICT (uri) DO UPDATE
    SET {", ".join(f"{name} = excluded.{name}" for name in _NAMES)},
        fetched_at = excluded.fetched_at,
        updated_at = CASE WHEN ({_OLD}) IS DISTINCT FROM ({_NEW}) THEN excluded.updated_at
                          ELSE a.updated_at END,
        -- our copies of pictures that were replaced are worth nothing
        avatar_key = CASE WHEN a.avatar_remote_url IS NOT DISTINCT FROM excluded.avatar_remote_url
                          THEN a.avatar_key END,
        avatar_static_key =
            CASE WHEN a.avatar_remote_url IS NOT DISTINCT FROM excluded.avatar_remote_url
                 THEN a.avatar_static_key END,
        header_key = CASE WHEN a.header_remote_url IS NOT DISTINCT FROM excluded.header_remote_url
                          THEN a.header_key END,
        header_static_key =
            CASE WHEN a.header_remote_url IS NOT DISTINCT FROM excluded.header_remote_url
                 THEN a.header_static_key END,
        -- its own server's suspension comes and goes with it, ours stays
        suspended_at = CASE WHEN excluded.suspended_by_origin
                            THEN coalesce(a.suspended_at, excluded.suspended_at)
                            WHEN a.suspended_by_origin THEN NULL
                            ELSE a.suspended_at END,
        suspended_by_origin = excluded.suspended_by_origin
                              AND (a.suspended_at IS NULL OR a.suspended_by_origin),
        version = a.version + CASE
            WHEN ({_OLD}, a.suspended_by_origin)
                 IS DISTINCT FROM ({_NEW}, excluded.suspended_by_origin) THEN 1 ELSE 0 END
    WHERE a.domain IS NOT NULL AND a.deleted_at IS NULL
    RETURNING a.id, a.version, a.xmax = 0 AS is_new,
              (SELECT old.version FROM accounts old WHERE old.uri = $1) AS old_version,
              (a.avatar_remote_url IS NOT NULL AND a.avatar_key IS NULL)
              OR (a.header_remote_url IS NOT NULL AND a.header_key IS NULL) AS is_wanting_pictures
"""


class Remembered(NamedTuple):
    """What became of a received profile. `old_version` is None for a new account."""

    id: int
    version: int
    is_new: bool
    old_version: int | None
    is_wanting_pictures: bool


async def upsert_remote_account(
    tx: Transaction,
    *,
    received: ReceivedAccount,
    emojis: Sequence[Mapping[str, Any]],
    at: datetime,
) -> Remembered | None:
    """Write the account; None for one of ours and for one that was deleted for good."""
    values = {name: getattr(received, name, None) for name in _NAMES}
    values |= {
        "fields": to_json(list(received.fields)),
        "emojis": to_json(list(emojis)),
        "is_bot": received.actor_type in {"Service", "Application"},
        "attribution_domains": list(received.attribution_domains),
        "also_known_as": list(received.also_known_as),
    }
    row = await tx.fetch_one(
        UPSERT_REMOTE_ACCOUNT,
        received.uri,
        at,
        received.is_suspended,
        *(values[name] for name in _NAMES),
        received.created_at or at,
    )
    return row and Remembered(*row.values())


INSERT_STATS = "INSERT INTO account_stats (account_id) VALUES ($1) ON CONFLICT DO NOTHING"


async def insert_stats(tx: Transaction, *, account_id: int) -> None:
    """Begin to count."""
    await tx.execute(INSERT_STATS, account_id)


FIND_OTHER_OF_NAME = """
    SELECT id FROM accounts
    WHERE lower(username) = lower($1) AND coalesce(lower(domain), '') = lower($2) AND uri <> $3
"""
RELEASE_NAME = """
    UPDATE accounts SET username = username || '_' || id, version = version + 1
    WHERE id = $1
"""


async def find_other_of_name(
    tx: Transaction, *, username: str, domain: str, uri: str
) -> int | None:
    """Another account that has this name."""
    found: int | None = await tx.fetch_value(FIND_OTHER_OF_NAME, username, domain, uri)
    return found


async def release_name(tx: Transaction, *, account_id: int) -> None:
    """Take a name from an account whose server gave it to another."""
    await tx.execute(RELEASE_NAME, account_id)


DELETE_OTHER_KEYS = """
    DELETE FROM account_keys WHERE account_id = $1 AND key_id <> ALL($2::text[])
"""
UPSERT_KEYS = """
    INSERT INTO account_keys AS k (account_id, key_id, public_pem)
    SELECT $1, n.key_id, n.public_pem
    FROM unnest($2::text[], $3::text[]) AS n(key_id, public_pem)
    ON CONFLICT (key_id) DO UPDATE SET public_pem = excluded.public_pem
    WHERE k.account_id = excluded.account_id AND k.public_pem <> excluded.public_pem
"""


async def replace_keys(tx: Transaction, *, account_id: int, keys: Sequence[ReceivedKey]) -> None:
    """The keys that the account's document lists now, and no others."""
    names = [key.key_id for key in keys]
    await tx.execute(DELETE_OTHER_KEYS, account_id, names)
    await tx.execute(UPSERT_KEYS, account_id, names, [key.public_pem for key in keys])


UPDATE_MOVED = """
    UPDATE accounts SET moved_to_account_id = $2, version = version + 1
    WHERE id = $1 AND moved_to_account_id IS DISTINCT FROM $2
"""


async def update_moved(tx: Transaction, *, account_id: int, target_id: int) -> bool:
    """Note where the account has gone; False if that was known."""
    return bool(await tx.execute(UPDATE_MOVED, account_id, target_id))


# The row stays, emptied: its uri must not come back as somebody else, and others point to it.
EMPTY_REMOTE_ACCOUNT = """
    UPDATE accounts
    SET deleted_at = $2, suspended_at = coalesce(suspended_at, $2), display_name = '', note = '',
        note_html = '', fields = '[]', emojis = '[]', avatar_key = NULL, avatar_static_key = NULL,
        avatar_remote_url = NULL, avatar_description = '', header_key = NULL,
        header_static_key = NULL, header_remote_url = NULL, header_description = '',
        username = 'deleted_' || id, version = version + 1
    WHERE id = $1 AND domain IS NOT NULL AND deleted_at IS NULL
"""
DELETE_TIES = (
    """
    WITH gone AS (
        DELETE FROM follows WHERE account_id = $1 OR target_account_id = $1
        RETURNING account_id, target_account_id
    )
    UPDATE account_stats s
    SET following_count = greatest(0, s.following_count - x.following),
        followers_count = greatest(0, s.followers_count - x.followers)
    FROM (
        SELECT id, sum(following)::int AS following, sum(followers)::int AS followers
        FROM (
            SELECT account_id AS id, 1 AS following, 0 AS followers FROM gone
            UNION ALL
            SELECT target_account_id, 0, 1 FROM gone
        ) both_sides GROUP BY id
    ) x
    WHERE s.account_id = x.id
    """,
    "DELETE FROM follow_requests WHERE account_id = $1 OR target_account_id = $1",
    "DELETE FROM blocks WHERE account_id = $1 OR target_account_id = $1",
    "DELETE FROM mutes WHERE account_id = $1 OR target_account_id = $1",
    "DELETE FROM account_keys WHERE account_id = $1",
)


async def empty_remote_account(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Take away all that an account showed and all its ties; False if that was done before."""
    if not await tx.execute(EMPTY_REMOTE_ACCOUNT, account_id, at):
        return False
    for statement in DELETE_TIES:
        await tx.execute(statement, account_id)
    return True

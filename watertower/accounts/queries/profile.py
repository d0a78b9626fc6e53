"""A member's own profile: read it whole, change it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watertower.accounts.model import Account, Preferences, Role
from watertower.accounts.queries.accounts import COLUMNS, account_of
from watertower.accounts.queries.preferences import preferences_of
from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import to_json


@dataclass(frozen=True)
class OwnProfile:
    """An account as its owner sees it."""

    account: Account
    preferences: Preferences
    role: Role
    everyone_permissions: int
    follow_requests_count: int


FIND_OWN_PROFILE = f"""
    SELECT {COLUMNS}, l.settings, r.id AS role_id, r.name AS role_name, r.color, r.position,
           r.permissions, r.is_highlighted,
           coalesce((SELECT permissions FROM roles WHERE id = -99), 0) AS everyone_permissions,
           (SELECT count(*) FROM follow_requests q
            JOIN accounts asker ON asker.id = q.account_id
            WHERE q.target_account_id = a.id
              AND asker.suspended_at IS NULL AND asker.deleted_at IS NULL) AS requests_count
    FROM accounts a
    JOIN logins l ON l.account_id = a.id
    JOIN roles r ON r.id = l.role_id
    WHERE a.id = $1
"""


async def find_own_profile(tx: Reading, *, account_id: int) -> OwnProfile | None:
    """The member's profile, preferences and role; None for accounts that have no login."""
    row = await tx.fetch_one(FIND_OWN_PROFILE, account_id)
    if row is None:
        return None
    account = account_of(row)
    role = Role(
        row["role_id"],
        row["role_name"],
        row["color"],
        row["position"],
        row["permissions"],
        row["is_highlighted"],
    )
    preferences = preferences_of(row["settings"], is_locked=account.is_locked)
    return OwnProfile(
        account, preferences, role, row["everyone_permissions"], row["requests_count"]
    )


FIND_ACCOUNT_TO_CHANGE = f"""
    SELECT {COLUMNS}
    FROM accounts a
    WHERE a.id = $1 AND a.domain IS NULL AND a.deleted_at IS NULL
    FOR NO KEY UPDATE
"""


async def find_account_to_change(tx: Transaction, *, account_id: int) -> Account | None:
    """One of our accounts, held so that nobody else changes it meanwhile."""
    row = await tx.fetch_one(FIND_ACCOUNT_TO_CHANGE, account_id)
    return row and account_of(row)


# The columns that a member can change, in the order of the parameters from $3.
CHANGEABLE = (
    "display_name",
    "note",
    "note_html",
    "fields",
    "emojis",
    "is_locked",
    "is_bot",
    "actor_type",
    "is_discoverable",
    "is_indexable",
    "hides_collections",
    "shows_media",
    "shows_media_replies",
    "shows_featured",
    "attribution_domains",
    "avatar_key",
    "avatar_static_key",
    "avatar_description",
    "header_key",
    "header_static_key",
    "header_description",
)
_JSON = frozenset({"fields", "emojis"})
_SET = ",\n        ".join(f"{name} = ${place}" for place, name in enumerate(CHANGEABLE, 3))
UPDATE_PROFILE = f"""
    UPDATE accounts SET
        {_SET},
        updated_at = $2,
        version = version + 1
    WHERE id = $1
"""


async def update_profile_columns(
    tx: Transaction, *, account_id: int, columns: Mapping[str, Any], at: datetime
) -> None:
    """Write a profile whole: `columns` has a value for each name in CHANGEABLE."""
    values = [to_json(columns[n]) if n in _JSON else columns[n] for n in CHANGEABLE]
    await tx.execute(UPDATE_PROFILE, account_id, at, *values)


UPDATE_FIELDS = """
    UPDATE accounts SET fields = $2, version = version + 1 WHERE id = $1 AND fields = $3
"""


async def update_fields(
    tx: Transaction,
    *,
    account_id: int,
    fields: Sequence[Mapping[str, Any]],
    before: Sequence[Mapping[str, Any]],
) -> bool:
    """Replace the fields, unless the member changed them meanwhile (False)."""
    return bool(await tx.execute(UPDATE_FIELDS, account_id, to_json(fields), to_json(before)))


LIST_WITH_LINKS = """
    SELECT id
    FROM accounts
    WHERE id > $1 AND domain IS NULL AND deleted_at IS NULL AND suspended_at IS NULL
      AND fields <> '[]' AND fields::text LIKE '%://%'
    ORDER BY id
    LIMIT $2
"""


async def list_with_links(tx: Reading, *, after_id: int, limit: int) -> list[int]:
    """Ids of our accounts that have links among their fields, in order, from `after_id` on."""
    rows: list[Row] = await tx.fetch_all(LIST_WITH_LINKS, after_id, limit)
    return [row["id"] for row in rows]


UPDATE_IS_BOT = """
    UPDATE accounts SET is_bot = true, actor_type = 'Service', version = version + 1
    WHERE id = $1 AND domain IS NULL AND NOT is_bot
"""


async def update_is_bot(tx: Transaction, *, account_id: int) -> bool:
    """Mark an account of ours as automated; whether it was not so before."""
    return bool(await tx.execute(UPDATE_IS_BOT, account_id))

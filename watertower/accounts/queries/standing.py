"""How an account stands with this community."""

from dataclasses import dataclass
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction


@dataclass(frozen=True)
class Standing:
    """What was decided about an account."""

    is_suspended: bool
    is_frozen: bool
    is_limited: bool


@dataclass(frozen=True)
class Marks:
    """What was decided about an account, and since when. `frozen_at` only for members here."""

    account_id: int
    domain: str | None
    suspended_at: datetime | None
    is_suspended_by_origin: bool
    limited_at: datetime | None
    sensitized_at: datetime | None
    frozen_at: datetime | None
    deleted_at: datetime | None


FIND_STANDING = """
    SELECT a.suspended_at IS NOT NULL AS is_suspended,
           l.frozen_at IS NOT NULL AS is_frozen,
           a.limited_at IS NOT NULL AS is_limited
    FROM accounts a
    LEFT JOIN logins l ON l.account_id = a.id
    WHERE a.id = $1
"""


async def find_standing(tx: Reading, *, account_id: int) -> Standing | None:
    """The standing of this account, None if there is no such account."""
    row = await tx.fetch_one(FIND_STANDING, account_id)
    return row and Standing(row["is_suspended"], row["is_frozen"], row["is_limited"])


# Decisions about one account come one after the other.
HOLD_MARKS = """
    SELECT a.id, a.domain, a.suspended_at, a.suspended_by_origin, a.limited_at, a.sensitized_at,
           (SELECT l.frozen_at FROM logins l WHERE l.account_id = a.id), a.deleted_at
    FROM accounts a
    WHERE a.id = $1
    FOR NO KEY UPDATE
"""


async def hold_marks(tx: Transaction, *, account_id: int) -> Marks | None:
    """The marks of this account, which nobody else changes until the transaction ends."""
    row = await tx.fetch_one(HOLD_MARKS, account_id)
    return row and Marks(*row.values())


# What its own server suspended becomes ours as well: a profile that comes back does not lift it.
# The same with what it suffers only because its server is suspended.
UPDATE_SUSPENDED = """
    UPDATE accounts
    SET suspended_at = CASE WHEN suspended_by_origin OR suspended_by_server THEN suspended_at
                            ELSE $2 END,
        suspended_by_origin = false, suspended_by_server = false, version = version + 1
    WHERE id = $1 AND deleted_at IS NULL
      AND (suspended_at IS NULL OR suspended_by_origin OR suspended_by_server)
"""
# What its server suffers holds for the account once nothing of its own does.
_OF_SERVER = """
    coalesce((
        SELECT p.severity
        FROM server_policies p
        WHERE p.is_decision
          AND p.domain = ANY(host_and_parents(a.domain))
          AND (p.covers_subdomains OR p.domain = lower(a.domain))
        ORDER BY length(p.domain) DESC
        LIMIT 1
    ), 'noop')
"""
UPDATE_RESTORED = f"""
    UPDATE accounts a
    SET suspended_at = CASE WHEN $2 OR held.is_held THEN a.suspended_at END,
        suspended_by_origin = $2, suspended_by_server = NOT $2 AND held.is_held,
        version = version + 1
    FROM (SELECT {_OF_SERVER} = 'suspend' AS is_held FROM accounts a WHERE a.id = $1) held
    WHERE a.id = $1 AND a.deleted_at IS NULL AND a.suspended_at IS NOT NULL
      AND NOT a.suspended_by_origin AND NOT a.suspended_by_server
"""


async def update_suspended(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Suspend; False if we had, or if the account was deleted."""
    return bool(await tx.execute(UPDATE_SUSPENDED, account_id, at))


async def update_restored(tx: Transaction, *, account_id: int, is_left_to_origin: bool) -> bool:
    """Lift our suspension; False if there was none, or if the account was deleted."""
    return bool(await tx.execute(UPDATE_RESTORED, account_id, is_left_to_origin))


UPDATE_LIMITED = f"""
    UPDATE accounts a
    SET limited_at = coalesce($2, CASE WHEN held.is_held THEN a.limited_at END),
        limited_by_server = $2::timestamptz IS NULL AND held.is_held,
        version = version + 1
    FROM (SELECT {_OF_SERVER} = 'limit' AS is_held FROM accounts a WHERE a.id = $1) held
    WHERE a.id = $1 AND a.deleted_at IS NULL
      AND (a.limited_at IS NULL OR a.limited_by_server) = ($2::timestamptz IS NOT NULL)
"""
UPDATE_SENSITIZED = """
    UPDATE accounts SET sensitized_at = $2, version = version + 1
    WHERE id = $1 AND deleted_at IS NULL
      AND (sensitized_at IS NULL) = ($2::timestamptz IS NOT NULL)
"""
# Nothing of a freeze shows to others, so there is no new version of the account.
UPDATE_FROZEN = """
    UPDATE logins SET frozen_at = $2
    WHERE account_id = $1 AND (frozen_at IS NULL) = ($2::timestamptz IS NOT NULL)
"""


async def update_limited(tx: Transaction, *, account_id: int, at: datetime | None) -> bool:
    """Limit, or None: no longer; False if that is how it was."""
    return bool(await tx.execute(UPDATE_LIMITED, account_id, at))


async def update_sensitized(tx: Transaction, *, account_id: int, at: datetime | None) -> bool:
    """Mark all media as sensitive, or None: no longer; False if that is how it was."""
    return bool(await tx.execute(UPDATE_SENSITIZED, account_id, at))


async def update_frozen(tx: Transaction, *, account_id: int, at: datetime | None) -> bool:
    """Freeze a member, or None: no longer; False if that is how it was, or for others."""
    return bool(await tx.execute(UPDATE_FROZEN, account_id, at))

"""Servers that we know, and what their policy does to their accounts."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction

LIST_BELOW = """
    SELECT domain
    FROM servers
    WHERE domain = $1 OR right(domain, length($1) + 1) = '.' || $1
    ORDER BY domain
    LIMIT 50000
"""


async def list_servers_below(tx: Reading, *, domain: str) -> list[str]:
    """The known servers of this name and of names below it, whether a policy covers them or not."""
    return [row["domain"] for row in await tx.fetch_all(LIST_BELOW, domain)]


FIND_SERVER = "SELECT first_seen_at FROM servers WHERE domain = $1"


async def find_first_seen(tx: Reading, *, domain: str) -> datetime | None:
    """When an account of this server was first seen; None if none ever was."""
    found: datetime | None = await tx.fetch_value(FIND_SERVER, domain)
    return found


UPDATE_MET = "UPDATE servers SET met_at = $2 WHERE domain = $1 AND met_at IS NULL"


async def update_met(tx: Transaction, *, domain: str, at: datetime) -> bool:
    """Note that a server was met; True the first time only."""
    return bool(await tx.execute(UPDATE_MET, domain.lower(), at))


# A page of a server's accounts is brought in line with what was decided about the server. What
# was decided about an account itself stays.
APPLY_TO_ACCOUNTS = """
    WITH page AS (
        SELECT id FROM accounts
        WHERE lower(domain) = $1 AND id > $2
        ORDER BY id
        LIMIT $5
    ), changed AS (
        UPDATE accounts a
        SET suspended_at = CASE WHEN $3 THEN coalesce(a.suspended_at, $6)
                                WHEN a.suspended_by_server THEN NULL
                                ELSE a.suspended_at END,
            suspended_by_server = $3 AND (a.suspended_at IS NULL OR a.suspended_by_server),
            limited_at = CASE WHEN $4 THEN coalesce(a.limited_at, $6)
                              WHEN a.limited_by_server THEN NULL
                              ELSE a.limited_at END,
            limited_by_server = $4 AND (a.limited_at IS NULL OR a.limited_by_server),
            version = version + 1
        FROM page
        WHERE a.id = page.id AND a.deleted_at IS NULL
          AND (($3 AND a.suspended_at IS NULL) OR (NOT $3 AND a.suspended_by_server)
               OR ($4 AND a.limited_at IS NULL) OR (NOT $4 AND a.limited_by_server))
        RETURNING a.id
    )
    SELECT page.id, changed.id IS NOT NULL AS is_changed
    FROM page
    LEFT JOIN changed ON changed.id = page.id
    ORDER BY page.id
"""


async def apply_to_accounts(
    tx: Transaction,
    *,
    domain: str,
    after_id: int,
    suspends: bool,
    limits: bool,
    limit: int,
    at: datetime,
) -> Sequence[int]:
    """Mark or unmark the next accounts of a server; the ids of all that were looked at."""
    rows = await tx.fetch_all(APPLY_TO_ACCOUNTS, domain, after_id, suspends, limits, limit, at)
    return [row["id"] for row in rows]


# A new account begins as its server stands.
APPLY_TO_NEW = """
    UPDATE accounts a
    SET limited_at = $2, limited_by_server = true, version = version + 1
    WHERE a.id = $1 AND a.limited_at IS NULL
      AND 'limit' = (
          SELECT p.severity
          FROM server_policies p
          WHERE p.is_decision
            AND p.domain = ANY(host_and_parents(a.domain))
            AND (p.covers_subdomains OR p.domain = lower(a.domain))
          ORDER BY length(p.domain) DESC
          LIMIT 1
      )
"""


async def apply_to_new_account(tx: Transaction, *, account_id: int, at: datetime) -> bool:
    """Limit a new account of a limited server."""
    return bool(await tx.execute(APPLY_TO_NEW, account_id, at))

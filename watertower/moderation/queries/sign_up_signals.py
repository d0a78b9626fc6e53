"""What an application has in common with others. For people to look at; nothing is decided by it."""

from datetime import datetime, timedelta

from watertower.base.db.transaction import Reading, Row
from watertower.moderation.model.sign_ups import Alike, SignUp, state_of
from watertower.moderation.queries.sign_ups import NETWORK

TEXTS_WITHIN = timedelta(days=60)
NETWORK_WITHIN = timedelta(days=7)
MINUTES = timedelta(minutes=10)
LIKENESS = 0.5
MOST = 10

COLUMNS = """
    l.account_id, a.username, l.approved_at IS NOT NULL AS is_approved,
    l.confirmed_at IS NOT NULL AS is_confirmed, s.state, l.created_at
"""
TABLES = """
    FROM logins l
    JOIN accounts a ON a.id = l.account_id AND a.deleted_at IS NULL
    LEFT JOIN sign_ups s ON s.account_id = l.account_id
"""

LIST_SIMILAR_TEXTS = f"""
    SELECT {COLUMNS}, similarity(l.sign_up_reason, $2) AS likeness
    {TABLES}
    WHERE l.created_at > $3 AND l.account_id <> $1 AND length(l.sign_up_reason) >= 20
      AND similarity(l.sign_up_reason, $2) >= $4
    ORDER BY likeness DESC, l.account_id
    LIMIT $5
"""
LIST_SAME_NETWORK = f"""
    SELECT {COLUMNS}, 0::real AS likeness
    {TABLES}
    WHERE l.created_at > $3 AND l.account_id <> $1 AND {NETWORK} = $2::text::cidr
    ORDER BY l.created_at DESC
    LIMIT $4
"""
LIST_SAME_MINUTES = f"""
    SELECT {COLUMNS}, 0::real AS likeness
    {TABLES}
    WHERE l.created_at BETWEEN $2 AND $3 AND l.account_id <> $1
    ORDER BY l.created_at DESC
    LIMIT $4
"""
COUNT_SAME_EMAIL_DOMAIN = """
    SELECT count(*) FROM logins l
    WHERE l.created_at > $2 AND l.account_id <> $1
      AND lower(split_part(l.email, '@', 2)) = lower(split_part($3, '@', 2))
"""


async def list_similar_texts(tx: Reading, sign_up: SignUp, *, now: datetime) -> list[Alike]:
    """Sign-ups of the last two months with nearly the same text, the likest first."""
    if len(sign_up.text) < 20:
        return []
    rows = await tx.fetch_all(
        LIST_SIMILAR_TEXTS, sign_up.account_id, sign_up.text, now - TEXTS_WITHIN, LIKENESS, MOST
    )
    return [_alike(row) for row in rows]


async def list_same_network(tx: Reading, sign_up: SignUp, *, now: datetime) -> list[Alike]:
    """Sign-ups of the last week from the same neighbourhood, newest first."""
    if sign_up.network is None:
        return []
    since = now - NETWORK_WITHIN
    rows = await tx.fetch_all(LIST_SAME_NETWORK, sign_up.account_id, sign_up.network, since, MOST)
    return [_alike(row) for row in rows]


async def list_same_minutes(tx: Reading, sign_up: SignUp) -> list[Alike]:
    """Sign-ups within ten minutes of this one."""
    rows = await tx.fetch_all(
        LIST_SAME_MINUTES,
        sign_up.account_id,
        sign_up.created_at - MINUTES,
        sign_up.created_at + MINUTES,
        MOST,
    )
    return [_alike(row) for row in rows]


async def count_same_email_domain(tx: Reading, sign_up: SignUp, *, now: datetime) -> int:
    """How many others signed up in the last week with an address of the same domain."""
    found: int = await tx.fetch_value(
        COUNT_SAME_EMAIL_DOMAIN, sign_up.account_id, now - NETWORK_WITHIN, sign_up.email
    )
    return found


def _alike(row: Row) -> Alike:
    return Alike(
        row["account_id"],
        row["username"],
        state_of(
            is_approved=row["is_approved"], is_confirmed=row["is_confirmed"], noted=row["state"]
        ),
        row["created_at"],
        round(float(row["likeness"]), 2),
    )

"""Quotes: who may quote what, and what was quoted by whom."""

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

# The author always; others if what they quote is for everybody and its policy lets them.
MAY_QUOTE = """
    SELECT s.account_id = $1 OR (
        s.visibility <= 1 AND (
            s.quote_policy = 'public'
            OR (s.quote_policy = 'followers' AND EXISTS (
                SELECT 1 FROM follows f
                WHERE f.account_id = $1 AND f.target_account_id = s.account_id
            ))
        )
    )
    FROM statuses s
    WHERE s.id = $2
"""


async def may_quote(tx: Reading, *, account_id: int, status_id: int) -> bool:
    """Whether this account may quote the status without being asked about it."""
    return bool(await tx.fetch_value(MAY_QUOTE, account_id, status_id))


QUOTING = """
    SELECT q.id, q.id AS sort
    FROM statuses q
    WHERE q.quoted_status_id = $2 AND q.quote_state = 'accepted' AND q.deleted_at IS NULL
      AND q.id < $3 AND q.id > $4
    ORDER BY q.id DESC
    LIMIT $5
"""
QUOTING_UPWARDS = QUOTING.replace("DESC", "ASC")


async def list_quoting(
    tx: Reading, *, status_id: int, viewer_id: int | None, page: Page
) -> list[StatusLine]:
    """What quotes this status, newest first."""
    source = QUOTING_UPWARDS if page.upwards else QUOTING
    bounds = (status_id, page.before_id, page.after_id, page.limit)
    return await list_lines(tx, source, *bounds, viewer_id=viewer_id, only_wanted=True)


UPDATE_QUOTE_REVOKED = """
    WITH revoked AS (
        UPDATE statuses SET quote_state = 'revoked', version = version + 1
        WHERE id = $1 AND quoted_status_id = $2 AND quote_state = 'accepted'
          AND deleted_at IS NULL
        RETURNING visibility
    ), counted AS (
        UPDATE status_stats SET quotes_count = greatest(0, quotes_count - 1)
        WHERE status_id = $2 AND EXISTS (SELECT 1 FROM revoked WHERE visibility <= 1)
    )
    SELECT EXISTS (SELECT 1 FROM revoked)
"""


async def update_quote_revoked(tx: Transaction, *, status_id: int, quoted_status_id: int) -> bool:
    """Take the quoted status out of the quoting one; False if it does not quote it."""
    return bool(await tx.fetch_value(UPDATE_QUOTE_REVOKED, status_id, quoted_status_id))


# What is quoted counts only those that show it, and that everybody may see.
UPDATE_QUOTE_STATE = """
    WITH old AS (
        SELECT id, quoted_status_id, quote_state, visibility FROM statuses
        WHERE id = $1 AND quoted_status_id IS NOT NULL AND quote_state <> $2
          AND deleted_at IS NULL
        FOR UPDATE
    ), changed AS (
        UPDATE statuses s SET quote_state = $2, version = s.version + 1
        FROM old WHERE s.id = old.id
    ), fewer AS (
        UPDATE status_stats t SET quotes_count = greatest(0, t.quotes_count - 1)
        FROM old
        WHERE t.status_id = old.quoted_status_id AND old.quote_state = 'accepted'
          AND old.visibility <= 1
    ), more AS (
        INSERT INTO status_stats (status_id, quotes_count)
        SELECT quoted_status_id, 1 FROM old WHERE $2 = 'accepted' AND visibility <= 1
        ON CONFLICT (status_id) DO UPDATE SET quotes_count = status_stats.quotes_count + 1
    )
    SELECT EXISTS (SELECT 1 FROM old)
"""


async def update_quote_state(tx: Transaction, *, status_id: int, state: str) -> bool:
    """Say whether the status may show what it quotes; False if that was so already."""
    return bool(await tx.fetch_value(UPDATE_QUOTE_STATE, status_id, state))


UPDATE_QUOTE_POLICY = """
    UPDATE statuses SET quote_policy = $2, version = version + 1
    WHERE id = $1 AND quote_policy <> $2
"""


async def update_quote_policy(tx: Transaction, *, status_id: int, policy: str) -> bool:
    """Say who may quote the status; False if that was so already."""
    return bool(await tx.execute(UPDATE_QUOTE_POLICY, status_id, policy))

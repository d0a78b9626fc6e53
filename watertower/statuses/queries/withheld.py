"""Statuses that staff took away: marked as deleted, and given back with all that went with them.

The counts follow the rules of queries/deletions.py, in both directions.
"""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction

WITHHOLD = """
    WITH gone AS (
        UPDATE statuses SET deleted_at = $2, version = version + 1
        WHERE id = $1 AND deleted_at IS NULL
        RETURNING id, account_id, visibility, in_reply_to_id, reblog_of_id, quoted_status_id,
                  quote_state
    ), boosts AS (
        UPDATE statuses SET deleted_at = $2, version = version + 1
        WHERE reblog_of_id = $1 AND deleted_at IS NULL AND EXISTS (SELECT 1 FROM gone)
        RETURNING id, account_id
    ), fewer AS (
        SELECT account_id, count(*) AS statuses
        FROM (
            SELECT account_id FROM gone WHERE visibility < 3
            UNION ALL
            SELECT account_id FROM boosts
        ) each_one
        GROUP BY account_id
        ORDER BY account_id
    ), counted AS (
        UPDATE account_stats SET statuses_count = greatest(0, statuses_count - fewer.statuses)
        FROM fewer
        WHERE account_stats.account_id = fewer.account_id
    ), answered AS (
        UPDATE status_stats SET replies_count = greatest(0, replies_count - 1)
        FROM gone
        WHERE status_id = gone.in_reply_to_id AND gone.visibility <= 1
    ), boosted AS (
        UPDATE status_stats SET reblogs_count = greatest(0, reblogs_count - 1)
        FROM gone
        WHERE status_id = gone.reblog_of_id
    ), quoted AS (
        UPDATE status_stats SET quotes_count = greatest(0, quotes_count - 1)
        FROM gone
        WHERE status_id = gone.quoted_status_id AND gone.quote_state = 'accepted'
          AND gone.visibility <= 1
    ), unpinned AS (
        DELETE FROM status_pins WHERE status_id IN (SELECT id FROM gone)
        RETURNING created_at
    )
    INSERT INTO withheld_statuses (status_id, withheld_at, kept_until, boost_ids, pinned_at)
    SELECT id, $2, $3, ARRAY(SELECT id FROM boosts ORDER BY id),
           (SELECT max(created_at) FROM unpinned)
    FROM gone
    ON CONFLICT (status_id) DO UPDATE
    SET withheld_at = excluded.withheld_at, kept_until = excluded.kept_until,
        boost_ids = excluded.boost_ids, pinned_at = excluded.pinned_at
"""


async def withhold_row(
    tx: Transaction, *, status_id: int, at: datetime, kept_until: datetime
) -> bool:
    """Take a status and its boosts away, to be given back; False if it is gone already."""
    return bool(await tx.execute(WITHHOLD, status_id, at, kept_until))


# Not what its author, or its author's server, deleted meanwhile; nor boosts of people who left.
GIVE_BACK = """
    WITH kept AS (
        DELETE FROM withheld_statuses w
        USING statuses s, accounts a
        WHERE w.status_id = $1 AND s.id = w.status_id AND a.id = s.account_id
          AND s.deleted_at IS NOT NULL AND a.deleted_at IS NULL
          AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = s.uri)
          AND NOT EXISTS (
              SELECT 1 FROM statuses again
              WHERE again.reblog_of_id = s.reblog_of_id AND again.account_id = s.account_id
                AND again.deleted_at IS NULL
          )
        RETURNING w.status_id, w.boost_ids, w.pinned_at
    ), back AS (
        UPDATE statuses SET deleted_at = NULL, version = version + 1
        FROM kept
        WHERE statuses.id = kept.status_id
        RETURNING statuses.id, account_id, visibility, in_reply_to_id, reblog_of_id,
                  quoted_status_id, quote_state
    ), boosts AS (
        UPDATE statuses SET deleted_at = NULL, version = version + 1
        FROM kept
        WHERE statuses.id = ANY(kept.boost_ids) AND statuses.deleted_at IS NOT NULL
          AND EXISTS (
              SELECT 1 FROM accounts a
              WHERE a.id = statuses.account_id AND a.deleted_at IS NULL
          )
          AND NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.uri = statuses.uri)
        RETURNING account_id
    ), more AS (
        SELECT account_id, count(*) AS statuses
        FROM (
            SELECT account_id FROM back WHERE visibility < 3
            UNION ALL
            SELECT account_id FROM boosts
        ) each_one
        GROUP BY account_id
        ORDER BY account_id
    ), counted AS (
        UPDATE account_stats SET statuses_count = statuses_count + more.statuses
        FROM more
        WHERE account_stats.account_id = more.account_id
    ), answered AS (
        UPDATE status_stats SET replies_count = replies_count + 1
        FROM back
        WHERE status_id = back.in_reply_to_id AND back.visibility <= 1
    ), boosted AS (
        UPDATE status_stats SET reblogs_count = reblogs_count + 1
        FROM back
        WHERE status_id = back.reblog_of_id
    ), quoted AS (
        UPDATE status_stats SET quotes_count = quotes_count + 1
        FROM back
        WHERE status_id = back.quoted_status_id AND back.quote_state = 'accepted'
          AND back.visibility <= 1
    ), pinned AS (
        INSERT INTO status_pins (account_id, status_id, created_at)
        SELECT back.account_id, back.id, kept.pinned_at FROM back, kept
        WHERE kept.pinned_at IS NOT NULL
        ON CONFLICT DO NOTHING
    )
    SELECT EXISTS (SELECT 1 FROM back)
"""


async def give_back_row(tx: Transaction, *, status_id: int) -> bool:
    """Bring a withheld status back, with its boosts, its pin and every count; False: it is gone."""
    return bool(await tx.fetch_value(GIVE_BACK, status_id))


# In the order of their ids, so that two decisions at once never wait for one another in turn.
LOCK_NAMED = """
    SELECT id, account_id, uri, is_sensitive, reblog_of_id IS NOT NULL AS is_boost, visibility,
           deleted_at IS NOT NULL AS is_gone, edited_at
    FROM statuses
    WHERE id = ANY($1::bigint[])
    ORDER BY id
    FOR NO KEY UPDATE
"""


async def lock_named(tx: Transaction, *, status_ids: Sequence[int]) -> list[Row]:
    """These statuses, deleted ones included, with nobody else changing them until the commit."""
    return await tx.fetch_all(LOCK_NAMED, list(status_ids))


LIST_OF_AUTHOR = """
    SELECT id FROM statuses WHERE id = ANY($1::bigint[]) AND account_id = $2 LIMIT 1000
"""


async def list_of_author(
    tx: Reading, *, status_ids: Sequence[int], account_id: int
) -> frozenset[int]:
    """Which of these statuses, deleted ones included, are by this account."""
    rows = await tx.fetch_all(LIST_OF_AUTHOR, list(status_ids), account_id)
    return frozenset(row["id"] for row in rows)


UPDATE_COVERED = """
    UPDATE statuses SET is_sensitive = $2, version = version + 1
    WHERE id = ANY($1::bigint[]) AND is_sensitive <> $2
    RETURNING id
"""


async def update_covered(
    tx: Transaction, *, status_ids: Sequence[int], is_sensitive: bool
) -> list[int]:
    """Cover the media of these statuses, or no longer; which of them changed."""
    rows = await tx.fetch_all(UPDATE_COVERED, list(status_ids), is_sensitive)
    return sorted(row["id"] for row in rows)


UPDATE_KEPT_UNTIL = """
    UPDATE withheld_statuses SET kept_until = $2 WHERE status_id = ANY($1::bigint[])
"""


async def update_kept_until(
    tx: Transaction, *, status_ids: Sequence[int], kept_until: datetime
) -> int:
    """Keep withheld statuses until another moment; how many there are."""
    return await tx.execute(UPDATE_KEPT_UNTIL, list(status_ids), kept_until)


LET_GO_OF_ACCOUNT = """
    DELETE FROM withheld_statuses
    WHERE status_id IN (SELECT id FROM statuses WHERE account_id = $1)
"""


async def let_go_of_account(tx: Transaction, *, account_id: int) -> int:
    """An account left for good: what was withheld of it is swept like what it deleted itself."""
    return await tx.execute(LET_GO_OF_ACCOUNT, account_id)


HAS_WITHHELD = "SELECT EXISTS (SELECT 1 FROM withheld_statuses WHERE status_id = $1)"


async def has_withheld(tx: Reading, *, status_id: int) -> bool:
    """Whether staff withholds this status."""
    return bool(await tx.fetch_value(HAS_WITHHELD, status_id))


LET_GO_OLD = """
    DELETE FROM withheld_statuses
    WHERE status_id IN (
        SELECT status_id FROM withheld_statuses WHERE kept_until <= $1
        ORDER BY kept_until
        LIMIT $2
    )
    RETURNING status_id
"""


async def let_go_old(tx: Transaction, *, at: datetime, most: int) -> list[int]:
    """What was kept for long enough is no longer kept; which statuses these are."""
    return [row["status_id"] for row in await tx.fetch_all(LET_GO_OLD, at, most)]

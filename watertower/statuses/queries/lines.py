"""Lines of statuses for one viewer: ids, versions, counts and flags, in one query.

A list is described by its source: a SELECT that gives `id` (of the status or boost) and `sort`
(the id to page by). Whatever the source, visibility is decided here, once, for the status and
for what it boosts.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any

from watertower.accounts.model import AccountLine
from watertower.base.db.transaction import Reading, Row
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.visible import visible, wanted


@cache
def lines_sql(source: str, *, only_wanted: bool) -> str:
    """The query for the lines of a source; `only_wanted` leaves out muted and blocked authors."""
    choice = f"AND {wanted()} AND (s.reblog_of_id IS NULL OR {wanted('o', 'oa')})"
    return f"""
    WITH page AS MATERIALIZED ({source})
    SELECT page.sort, s.id, s.version, s.account_id, s.reblog_of_id,
           a.version AS account_version, sas.statuses_count, sas.following_count,
           sas.followers_count, sas.last_status_at,
           o.id AS o_id, o.version AS o_version, o.account_id AS o_account_id, o.poll_id,
           o.quoted_status_id,
           oa.version AS o_account_version, oas.statuses_count AS o_statuses_count,
           oas.following_count AS o_following_count, oas.followers_count AS o_followers_count,
           oas.last_status_at AS o_last_status_at,
           coalesce(st.replies_count, 0) AS replies_count,
           coalesce(st.reblogs_count, 0) AS reblogs_count,
           coalesce(st.favourites_count, 0) AS favourites_count,
           coalesce(st.quotes_count, 0) AS quotes_count,
           fav.id IS NOT NULL AS is_favourited, reb.id IS NOT NULL AS is_reblogged,
           boo.id IS NOT NULL AS is_bookmarked, mut.account_id IS NOT NULL AS is_muted,
           pin.id IS NOT NULL AS is_pinned,
           CASE WHEN o.visibility > 1 AND o.account_id IS DISTINCT FROM $1 THEN 'denied'
                WHEN o.account_id = $1 OR o.quote_policy = 'public' THEN 'automatic'
                WHEN o.quote_policy = 'followers' AND EXISTS (
                    SELECT 1 FROM follows q
                    WHERE q.account_id = $1 AND q.target_account_id = o.account_id
                ) THEN 'automatic'
                ELSE 'denied' END AS may_quote
    FROM page
    JOIN statuses s ON s.id = page.id
    JOIN accounts a ON a.id = s.account_id
    LEFT JOIN account_stats sas ON sas.account_id = s.account_id
    JOIN statuses o ON o.id = coalesce(s.reblog_of_id, s.id)
    JOIN accounts oa ON oa.id = o.account_id
    LEFT JOIN account_stats oas ON oas.account_id = o.account_id
    LEFT JOIN status_stats st ON st.status_id = o.id
    LEFT JOIN favourites fav ON fav.account_id = $1 AND fav.status_id = o.id
    LEFT JOIN statuses reb
           ON reb.reblog_of_id = o.id AND reb.account_id = $1 AND reb.deleted_at IS NULL
    LEFT JOIN bookmarks boo ON boo.account_id = $1 AND boo.status_id = o.id
    LEFT JOIN conversation_mutes mut
           ON mut.account_id = $1 AND mut.conversation_id = o.conversation_id
    LEFT JOIN status_pins pin ON pin.account_id = $1 AND pin.status_id = o.id
    WHERE {visible()}
      AND (s.reblog_of_id IS NULL OR {visible("o", "oa")})
      {choice if only_wanted else ""}
    ORDER BY page.sort DESC
    """


async def list_lines(
    tx: Reading, source: str, *args: Any, viewer_id: int | None, only_wanted: bool = False
) -> list[StatusLine]:
    """Lines of a source, highest sort first. The source's own parameters begin at $2."""
    rows = await tx.fetch_all(lines_sql(source, only_wanted=only_wanted), viewer_id, *args)
    return [line_of(row) for row in rows]


# The public sources that need no table of their own.
BY_IDS = "SELECT id, id AS sort FROM unnest($2::bigint[]) AS id"


async def list_lines_by_ids(
    tx: Reading, *, status_ids: Sequence[int], viewer_id: int | None
) -> list[StatusLine]:
    """Lines of these statuses as far as the viewer may see them, newest id first."""
    return await list_lines(tx, BY_IDS, list(status_ids), viewer_id=viewer_id)


def line_of(row: Row) -> StatusLine:
    """A row as a line, with the line of what it boosts inside."""
    original = StatusLine(
        row["o_id"],
        row["o_version"],
        AccountLine(
            row["o_account_id"],
            row["o_account_version"],
            row["o_statuses_count"] or 0,
            row["o_following_count"] or 0,
            row["o_followers_count"] or 0,
            row["o_last_status_at"],
        ),
        row["replies_count"],
        row["reblogs_count"],
        row["favourites_count"],
        row["quotes_count"],
        row["is_favourited"],
        row["is_reblogged"],
        row["is_bookmarked"],
        row["is_muted"],
        row["is_pinned"],
        row["may_quote"],
        row["poll_id"],
        row["quoted_status_id"],
        None,
        row["sort"],
    )
    if row["reblog_of_id"] is None:
        return original
    booster = AccountLine(
        row["account_id"],
        row["account_version"],
        row["statuses_count"] or 0,
        row["following_count"] or 0,
        row["followers_count"] or 0,
        row["last_status_at"],
    )
    return StatusLine(
        row["id"],
        row["version"],
        booster,
        0,
        original.reblogs_count,
        0,
        0,
        original.is_favourited,
        original.is_reblogged,
        original.is_bookmarked,
        original.is_muted,
        False,
        "denied",
        None,
        None,
        original,
        row["sort"],
    )

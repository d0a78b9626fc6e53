"""Lines of statuses for one viewer: ids, versions, counts and flags, in one query.

A list is described by its source: a SELECT that gives `id` (of the status or boost) and `sort`
(the id to page by). Whatever the source, visibility is decided here, once, for the status and
for what it boosts.
"""

from collections.abc import Sequence
from functools import cache
from operator import attrgetter
from typing import Any

from watertower.accounts.model import AccountLine
from watertower.base.db.transaction import Reading, Row
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.visible import visible, wanted


@cache
def lines_sql(source: str, *, only_wanted: bool) -> str:
    """The query for the lines of a source; `only_wanted` leaves out muted and blocked authors.

    A boost gives two rows, its own and that of what it boosts, so that every row is looked up
    and judged in the same way.

    A page has few rows, but the database cannot know how few: without statistics, or with a plan
    for any limit, it would rather read whole tables. OFFSET 0 keeps it from changing the order:
    each row of the page looks up what it needs by key. Flags of the viewer are asked once for the
    whole page, as arrays: they hold few ids, and a subquery for each row costs more than all else.
    """
    return f"""
    WITH page AS MATERIALIZED (
        SELECT source.sort, source.id, entry.reblog_of_id
        FROM ({source}) source
        CROSS JOIN LATERAL (
            SELECT reblog_of_id FROM statuses WHERE id = source.id OFFSET 0
        ) entry
    ), shown_ids AS MATERIALIZED (
        SELECT array_agg(id) || array_agg(reblog_of_id) FILTER (WHERE reblog_of_id IS NOT NULL)
               AS ids
        FROM page
    )
    SELECT page.sort, page.id AS entry_id, s.id, s.version, s.account_id, page.reblog_of_id,
           s.poll_id, s.quoted_status_id, a.version AS account_version,
           coalesce(sas.statuses_count, 0) AS statuses_count,
           coalesce(sas.following_count, 0) AS following_count,
           coalesce(sas.followers_count, 0) AS followers_count, sas.last_status_at,
           coalesce(st.replies_count, 0) AS replies_count,
           coalesce(st.reblogs_count, 0) AS reblogs_count,
           coalesce(st.favourites_count, 0) AS favourites_count,
           coalesce(st.quotes_count, 0) AS quotes_count,
           s.id = ANY (ARRAY(
               SELECT x.status_id FROM favourites x
               WHERE x.account_id = $1 AND x.status_id = ANY ((SELECT ids FROM shown_ids)::bigint[])
           )) AS is_favourited,
           s.id = ANY (ARRAY(
               SELECT x.reblog_of_id FROM statuses x
               WHERE x.account_id = $1 AND x.reblog_of_id = ANY ((SELECT ids FROM shown_ids)::bigint[])
                 AND x.deleted_at IS NULL
           )) AS is_reblogged,
           s.id = ANY (ARRAY(
               SELECT x.status_id FROM bookmarks x
               WHERE x.account_id = $1 AND x.status_id = ANY ((SELECT ids FROM shown_ids)::bigint[])
           )) AS is_bookmarked,
           (s.conversation_id = ANY (ARRAY(
               SELECT x.conversation_id FROM conversation_mutes x WHERE x.account_id = $1
           ))) IS TRUE AS is_muted,
           (s.account_id = $1 AND EXISTS (
               SELECT 1 FROM status_pins x WHERE x.account_id = $1 AND x.status_id = s.id
           )) IS TRUE AS is_pinned,
           CASE WHEN s.visibility > 1 AND s.account_id IS DISTINCT FROM $1 THEN 'denied'
                WHEN s.account_id = $1 OR s.quote_policy = 'public' THEN 'automatic'
                WHEN s.quote_policy = 'followers' AND EXISTS (
                    SELECT 1 FROM follows q
                    WHERE q.account_id = $1 AND q.target_account_id = s.account_id
                ) THEN 'automatic'
                ELSE 'denied' END AS may_quote
    FROM page
    CROSS JOIN LATERAL (VALUES (page.id), (page.reblog_of_id)) AS shown(id)
    CROSS JOIN LATERAL (SELECT * FROM statuses WHERE id = shown.id OFFSET 0) s
    CROSS JOIN LATERAL (SELECT * FROM accounts WHERE id = s.account_id OFFSET 0) a
    LEFT JOIN LATERAL (
        SELECT * FROM account_stats WHERE account_id = s.account_id OFFSET 0
    ) sas ON true
    LEFT JOIN LATERAL (SELECT * FROM status_stats WHERE status_id = s.id OFFSET 0) st ON true
    WHERE {visible()}
      {"AND " + wanted() if only_wanted else ""}
    """


async def list_lines(
    tx: Reading, source: str, *args: Any, viewer_id: int | None, only_wanted: bool = False
) -> list[StatusLine]:
    """Lines of a source, highest sort first. The source's own parameters begin at $2."""
    rows = await tx.fetch_all(lines_sql(source, only_wanted=only_wanted), viewer_id, *args)
    return lines_of(rows)


# The public sources that need no table of their own.
BY_IDS = "SELECT id, id AS sort FROM unnest($2::bigint[]) AS id"


async def list_lines_by_ids(
    tx: Reading, *, status_ids: Sequence[int], viewer_id: int | None
) -> list[StatusLine]:
    """Lines of these statuses as far as the viewer may see them, newest id first."""
    return await list_lines(tx, BY_IDS, list(status_ids), viewer_id=viewer_id)


def lines_of(rows: Sequence[Row]) -> list[StatusLine]:
    """Rows as lines, highest sort first; a boost is left out unless what it boosts is there."""
    boosted = {row["entry_id"]: row for row in rows if row["id"] != row["entry_id"]}
    lines = []
    for row in rows:
        if row["id"] != row["entry_id"]:
            continue
        if row["reblog_of_id"] is None:
            lines.append(_line(row, None))
        elif (original := boosted.get(row["entry_id"])) is not None:
            lines.append(_line(row, _line(original, None)))
    lines.sort(key=_sort, reverse=True)
    return lines


_sort = attrgetter("sort")


def _line(row: Row, original: StatusLine | None) -> StatusLine:
    """A row as a line. A boost shows the flags of what it boosts, and counts of its own: none."""
    return StatusLine(
        row["id"],
        row["version"],
        AccountLine(
            row["account_id"],
            row["account_version"],
            row["statuses_count"],
            row["following_count"],
            row["followers_count"],
            row["last_status_at"],
        ),
        row["replies_count"],
        row["reblogs_count"] if original is None else original.reblogs_count,
        row["favourites_count"],
        row["quotes_count"],
        row["is_favourited"] if original is None else original.is_favourited,
        row["is_reblogged"] if original is None else original.is_reblogged,
        row["is_bookmarked"] if original is None else original.is_bookmarked,
        row["is_muted"] if original is None else original.is_muted,
        row["is_pinned"],
        row["may_quote"] if original is None else "denied",
        row["poll_id"],
        row["quoted_status_id"],
        original,
        row["sort"],
    )

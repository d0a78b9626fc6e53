"""Lines of statuses for many viewers, in one query: for streams, where many look at once.

The text of the query is that of lines.py with the viewer as a column instead of a parameter, so
that visibility is still written once.
"""

from collections import defaultdict
from collections.abc import Collection
from functools import cache

from watertower.base.db.transaction import Reading, Row
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import lines_of, lines_sql

ONE_STATUS = "SELECT $2 AS id, $2 AS sort"


@cache
def lines_for_each_sql() -> str:
    """The query: $1 holds the viewers' account ids, $2 the status of each.

    LATERAL around a query with a WITH of its own makes PostgreSQL plan it as it does for one
    viewer, by index, and repeat that; joined freely it has read all accounts instead.
    """
    one = lines_sql(ONE_STATUS, only_wanted=True)
    one = one.replace("$1::bigint", "viewer.id").replace("$1", "viewer.id")
    one = one.replace("$2", "viewer.status_id")
    return f"""
    SELECT viewer.id AS viewer_id, viewer.status_id, line.*
    FROM unnest($1::bigint[], $2::bigint[]) AS viewer(id, status_id)
    CROSS JOIN LATERAL ({one}) line
    """


async def list_lines_for_each(
    tx: Reading, *, wanted: Collection[tuple[int, int]]
) -> dict[int, dict[int, StatusLine]]:
    """Lines by status and viewer, for pairs of (status, viewer).

    Only of those who may see the status and did not mute or block its author.
    """
    viewer_ids = [viewer_id for _, viewer_id in wanted]
    status_ids = [status_id for status_id, _ in wanted]
    rows: dict[tuple[int, int], list[Row]] = defaultdict(list)
    for row in await tx.fetch_all(lines_for_each_sql(), viewer_ids, status_ids):
        rows[row["status_id"], row["viewer_id"]].append(row)
    lines: dict[int, dict[int, StatusLine]] = defaultdict(dict)
    for (status_id, viewer_id), own in rows.items():
        for line in lines_of(own):
            lines[status_id][viewer_id] = line
    return dict(lines)


LIST_VOTES_FOR_EACH = """
    SELECT poll_id, account_id, choice
    FROM poll_votes
    WHERE poll_id = ANY($1::bigint[]) AND account_id = ANY($2::bigint[])
    ORDER BY poll_id, account_id, choice
"""


async def list_votes_for_each(
    tx: Reading, *, poll_ids: Collection[int], account_ids: Collection[int]
) -> dict[tuple[int, int], list[int]]:
    """What each of these accounts chose in each of these polls, by (poll, account)."""
    votes: dict[tuple[int, int], list[int]] = {}
    for row in await tx.fetch_all(LIST_VOTES_FOR_EACH, list(poll_ids), list(account_ids)):
        votes.setdefault((row["poll_id"], row["account_id"]), []).append(row["choice"])
    return votes

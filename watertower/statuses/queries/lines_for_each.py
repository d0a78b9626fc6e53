"""The line of one status for many viewers, in one query: for streams, where many look at once.

The text of the query is that of lines.py with the viewer as a column instead of a parameter, so
that visibility is still written once.
"""

from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from watertower.base.db.transaction import Reading, Row
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import lines_of, lines_sql

ONE_STATUS = "SELECT $2::bigint AS id, $2::bigint AS sort"


@cache
def lines_for_each_sql() -> str:
    """The query: $1 holds the viewers' account ids, $2 the status.

    LATERAL around a query with a WITH of its own makes PostgreSQL plan it as it does for one
    viewer, by index, and repeat that; joined freely it has read all accounts instead.
    """
    one = lines_sql(ONE_STATUS, only_wanted=True)
    one = one.replace("$1::bigint", "viewer.id").replace("$1", "viewer.id")
    return f"""
    SELECT viewer.id AS viewer_id, line.*
    FROM unnest($1::bigint[]) AS viewer(id)
    CROSS JOIN LATERAL ({one}) line
    """


async def list_lines_for_each(
    tx: Reading, *, status_id: int, viewer_ids: Sequence[int]
) -> dict[int, StatusLine]:
    """The status's line by viewer: those who may see it and did not mute or block its author."""
    rows: dict[int, list[Row]] = defaultdict(list)
    for row in await tx.fetch_all(lines_for_each_sql(), list(viewer_ids), status_id):
        rows[row["viewer_id"]].append(row)
    return {viewer_id: line for viewer_id, own in rows.items() for line in lines_of(own)}


LIST_VOTES_FOR_EACH = """
    SELECT account_id, choice
    FROM poll_votes
    WHERE poll_id = $1 AND account_id = ANY($2::bigint[])
    ORDER BY account_id, choice
"""


async def list_votes_for_each(
    tx: Reading, *, poll_id: int, account_ids: Sequence[int]
) -> dict[int, list[int]]:
    """What each of these accounts chose in a poll; those who did not vote are left out."""
    votes: dict[int, list[int]] = {}
    for row in await tx.fetch_all(LIST_VOTES_FOR_EACH, poll_id, list(account_ids)):
        votes.setdefault(row["account_id"], []).append(row["choice"])
    return votes

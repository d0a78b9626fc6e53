"""Votes in polls."""

from collections import defaultdict
from collections.abc import Sequence

from watertower.base.db.transaction import Reading

LIST_VOTES = """
    SELECT poll_id, choice
    FROM poll_votes
    WHERE account_id = $1 AND poll_id = ANY($2::bigint[])
"""


async def list_votes(
    tx: Reading, *, poll_ids: Sequence[int], account_id: int
) -> dict[int, list[int]]:
    """Choices of this account by poll id."""
    votes: dict[int, list[int]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_VOTES, account_id, list(poll_ids)):
        votes[row["poll_id"]].append(row["choice"])
    return votes

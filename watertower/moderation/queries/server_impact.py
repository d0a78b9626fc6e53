"""What lies between members and some servers, counted without doubles."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading
from watertower.moderation.model.servers import Impact

_TIES = """
    theirs AS MATERIALIZED (
        SELECT id FROM accounts WHERE lower(domain) = ANY($1::text[]) AND deleted_at IS NULL
    ), following AS MATERIALIZED (
        SELECT f.account_id AS member_id, f.target_account_id AS remote_id
        FROM theirs t
        JOIN follows f ON f.target_account_id = t.id
        JOIN accounts m ON m.id = f.account_id AND m.domain IS NULL
    ), followers AS MATERIALIZED (
        SELECT f.target_account_id AS member_id, f.account_id AS remote_id
        FROM theirs t
        JOIN follows f ON f.account_id = t.id
        JOIN accounts m ON m.id = f.target_account_id AND m.domain IS NULL
    )
"""

COUNT_IMPACT = f"""
    WITH {_TIES}
    , listed AS (
        SELECT l.list_id, l.account_id
        FROM theirs t
        JOIN list_accounts l ON l.account_id = t.id
    )
    SELECT
        (SELECT count(DISTINCT member_id) FROM following)::int,
        (SELECT count(DISTINCT remote_id) FROM following)::int,
        (SELECT count(DISTINCT remote_id) FROM followers)::int,
        (SELECT count(DISTINCT member_id) FROM followers)::int,
        (SELECT count(*) FROM (
            SELECT member_id FROM following UNION SELECT member_id FROM followers
        ) AS either)::int,
        (SELECT count(*) FROM following)::int,
        (SELECT count(*) FROM followers)::int,
        (SELECT count(*) FROM theirs t
         JOIN follow_requests r ON r.account_id = t.id OR r.target_account_id = t.id)::int,
        (SELECT count(DISTINCT list_id) FROM listed)::int,
        (SELECT count(*) FROM listed)::int
"""


async def count_impact(tx: Reading, *, servers: Sequence[str]) -> Impact:
    """Who would lose what if these servers (lower case) were cut off; reads all their follows."""
    row = await tx.fetch_one(COUNT_IMPACT, list(servers))
    return Impact(*row.values()) if row else Impact()


LIST_MOST_FOLLOWED = f"""
    WITH {_TIES}
    SELECT a.username || '@' || a.domain AS acct, count(*)::int AS members
    FROM following f
    JOIN accounts a ON a.id = f.remote_id
    GROUP BY a.id
    ORDER BY count(*) DESC, a.id
    LIMIT 10
"""


async def list_most_followed(tx: Reading, *, servers: Sequence[str]) -> list[tuple[str, int]]:
    """Accounts there with the number of members who follow them, most first."""
    rows = await tx.fetch_all(LIST_MOST_FOLLOWED, list(servers))
    return [(row["acct"], row["members"]) for row in rows]


# Which of the known servers a policy for this name would cover. A decision of its own, or one
# between the two names, is more particular and goes on holding.
LIST_COVERED = """
    SELECT s.domain, EXISTS (
        SELECT 1 FROM server_policies p
        WHERE p.is_decision AND length(p.domain) > length($1)
          AND p.domain = ANY(host_and_parents(s.domain))
          AND (p.covers_subdomains OR p.domain = s.domain)
    ) AS is_excepted
    FROM servers s
    WHERE s.domain = $1 OR ($2 AND right(s.domain, length($1) + 1) = '.' || $1)
    ORDER BY s.domain
    LIMIT 5000
"""


async def list_covered(
    tx: Reading, *, domain: str, covers_subdomains: bool
) -> tuple[list[str], list[str]]:
    """(covered, excepted) of the known servers."""
    rows = await tx.fetch_all(LIST_COVERED, domain, covers_subdomains)
    return (
        [row["domain"] for row in rows if not row["is_excepted"]],
        [row["domain"] for row in rows if row["is_excepted"]],
    )

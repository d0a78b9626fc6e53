"""Follows: who follows whom, and the two counts that go with every row.

Counts change in the statement that changes the row, through one INSERT ... ON CONFLICT whose
rows are sorted by account: concurrent statements lock the counters in the same order, so they
wait for one another and never block each other for good.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from watertower.accounts.queries.pages import Listed, list_page
from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page


def counted(changed: str, by: str) -> str:
    """CTEs that add `by` (1 or -1) to the counts of every row of the CTE `changed`."""
    return f"""
    , shares AS (
        SELECT account_id, sum(following) AS following, sum(followers) AS followers
        FROM (
            SELECT account_id, {by} AS following, 0 AS followers FROM {changed}
            UNION ALL
            SELECT target_account_id, 0, {by} FROM {changed}
        ) AS halves
        GROUP BY account_id
        ORDER BY account_id
    ), counted AS (
        INSERT INTO account_stats AS s (account_id, following_count, followers_count)
        SELECT account_id, greatest(0, following), greatest(0, followers)
        FROM shares
        ORDER BY account_id
        ON CONFLICT (account_id) DO UPDATE SET
            following_count = greatest(0, s.following_count + (
                SELECT following FROM shares WHERE shares.account_id = s.account_id
            )),
            followers_count = greatest(0, s.followers_count + (
                SELECT followers FROM shares WHERE shares.account_id = s.account_id
            ))
    )"""


INSERT_FOLLOW = f"""
    WITH new AS (
        INSERT INTO follows
            (account_id, target_account_id, shows_reblogs, notifies, languages, uri, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (account_id, target_account_id) DO NOTHING
        RETURNING id, account_id, target_account_id
    ){counted("new", "1")}
    SELECT id FROM new
"""


async def insert_follow(
    tx: Transaction,
    *,
    actor_id: int,
    target_id: int,
    shows_reblogs: bool,
    notifies: bool,
    languages: Sequence[str] | None,
    uri: str | None,
    at: datetime,
) -> int | None:
    """Begin a follow and count it; None if there is one already."""
    wanted = None if languages is None else list(languages)
    found: int | None = await tx.fetch_value(
        INSERT_FOLLOW, actor_id, target_id, shows_reblogs, notifies, wanted, uri, at
    )
    return found


UPDATE_FOLLOW = """
    UPDATE follows
    SET shows_reblogs = coalesce($3, shows_reblogs),
        notifies = coalesce($4, notifies),
        languages = CASE WHEN $5::text[] IS NULL THEN languages
                         ELSE nullif($5::text[], '{}') END,
        uri = coalesce($6, uri)
    WHERE account_id = $1 AND target_account_id = $2
"""


async def update_follow(
    tx: Transaction,
    *,
    actor_id: int,
    target_id: int,
    shows_reblogs: bool | None,
    notifies: bool | None,
    languages: Sequence[str] | None,
    uri: str | None,
) -> bool:
    """Change what is not None; an empty list of languages means all. False: there is none."""
    wanted = None if languages is None else list(languages)
    return bool(
        await tx.execute(UPDATE_FOLLOW, actor_id, target_id, shows_reblogs, notifies, wanted, uri)
    )


DELETE_FOLLOW = f"""
    WITH gone AS (
        DELETE FROM follows
        WHERE account_id = $1 AND target_account_id = $2
        RETURNING account_id, target_account_id, uri
    ){counted("gone", "-1")}
    , featured AS (
        DELETE FROM endorsements e USING gone
        WHERE e.account_id = gone.account_id AND e.target_account_id = gone.target_account_id
    )
    SELECT coalesce(uri, '') FROM gone
"""


async def delete_follow(tx: Transaction, *, actor_id: int, target_id: int) -> str | None:
    """End a follow, with the endorsement that rested on it; its uri, or None if there was none."""
    found: str | None = await tx.fetch_value(DELETE_FOLLOW, actor_id, target_id)
    return found


class Ended(NamedTuple):
    """A follow or request that was deleted."""

    actor_id: int
    target_id: int
    uri: str


DELETE_FOLLOWS_WITH_DOMAIN = f"""
    WITH chosen AS (
        SELECT f.id
        FROM follows f
        JOIN accounts a ON a.id = f.target_account_id AND lower(a.domain) = $2
        WHERE f.account_id = $1
        UNION
        SELECT f.id
        FROM follows f
        JOIN accounts a ON a.id = f.account_id AND lower(a.domain) = $2
        WHERE f.target_account_id = $1
        LIMIT $3
    ), gone AS (
        DELETE FROM follows f USING chosen
        WHERE f.id = chosen.id
        RETURNING f.account_id, f.target_account_id, f.uri
    ){counted("gone", "-1")}
    , featured AS (
        DELETE FROM endorsements e USING gone
        WHERE e.account_id = gone.account_id AND e.target_account_id = gone.target_account_id
    )
    SELECT account_id, target_account_id, coalesce(uri, '') AS uri FROM gone
"""


async def delete_follows_with_domain(
    tx: Transaction, *, account_id: int, domain: str, limit: int
) -> list[Ended]:
    """End up to `limit` follows between the account and a server, in both directions."""
    rows = await tx.fetch_all(DELETE_FOLLOWS_WITH_DOMAIN, account_id, domain, limit)
    return [Ended(*row.values()) for row in rows]


COUNT_FOLLOWS_WITH_DOMAIN = """
    SELECT
        (SELECT count(*) FROM follows f
         JOIN accounts a ON a.id = f.target_account_id AND lower(a.domain) = $2
         WHERE f.account_id = $1) AS following,
        (SELECT count(*) FROM follows f
         JOIN accounts a ON a.id = f.account_id AND lower(a.domain) = $2
         WHERE f.target_account_id = $1) AS followers
"""


async def count_follows_with_domain(
    tx: Reading, *, account_id: int, domain: str
) -> tuple[int, int]:
    """How many on this server the account follows, and how many there follow it."""
    row = await tx.fetch_one(COUNT_FOLLOWS_WITH_DOMAIN, account_id, domain)
    return (row["following"], row["followers"]) if row else (0, 0)


FIND_FOLLOW_URI = """
    SELECT coalesce(uri, '') FROM follows WHERE account_id = $1 AND target_account_id = $2
"""


async def find_follow_uri(tx: Reading, *, actor_id: int, target_id: int) -> str | None:
    """The ActivityPub id of a follow ('' if it has none); None if there is no such follow."""
    found: str | None = await tx.fetch_value(FIND_FOLLOW_URI, actor_id, target_id)
    return found


# Whom the viewer ($2) blocked, muted, or is blocked by, does not stand on other people's lists.
_SHOWN = """
      AND a.suspended_at IS NULL AND a.deleted_at IS NULL
      AND ($2::bigint IS NULL OR $2 = $1 OR NOT (
          EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = $2 AND b.target_account_id = a.id)
          OR EXISTS (SELECT 1 FROM blocks b WHERE b.account_id = a.id AND b.target_account_id = $2)
          OR EXISTS (SELECT 1 FROM mutes m WHERE m.account_id = $2 AND m.target_account_id = a.id
                       AND (m.expires_at IS NULL OR m.expires_at > now()))
      ))
"""

LIST_FOLLOWERS = f"""
    SELECT f.account_id, f.id AS sort
    FROM follows f
    JOIN accounts a ON a.id = f.account_id
    WHERE f.target_account_id = $1 AND f.id < $3 AND f.id > $4
      {_SHOWN}
    ORDER BY f.id DESC
    LIMIT $5
"""


async def list_followers(
    tx: Reading, *, account_id: int, viewer_id: int | None, page: Page
) -> list[Listed]:
    """Who follows this account, latest first, as far as the viewer wants to see them."""
    return await list_page(tx, LIST_FOLLOWERS, account_id, viewer_id, page=page)


LIST_FOLLOWING = f"""
    SELECT f.target_account_id AS account_id, f.id AS sort
    FROM follows f
    JOIN accounts a ON a.id = f.target_account_id
    WHERE f.account_id = $1 AND f.id < $3 AND f.id > $4
      {_SHOWN}
    ORDER BY f.id DESC
    LIMIT $5
"""


async def list_following(
    tx: Reading, *, account_id: int, viewer_id: int | None, page: Page
) -> list[Listed]:
    """Whom this account follows, latest first, as far as the viewer wants to see them."""
    return await list_page(tx, LIST_FOLLOWING, account_id, viewer_id, page=page)

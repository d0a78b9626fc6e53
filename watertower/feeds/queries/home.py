"""The home feed: what stands in whose home."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.paging import Page
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

HOME = """
    SELECT h.status_id AS id, h.status_id AS sort
    FROM home_feed h
    WHERE h.account_id = $1 AND h.status_id < $2 AND h.status_id > $3
    ORDER BY h.status_id DESC
    LIMIT $4
"""
HOME_UPWARDS = HOME.replace("DESC", "ASC")


async def list_home(tx: Reading, *, account_id: int, page: Page) -> list[StatusLine]:
    """A page of this account's home, newest first."""
    source = HOME_UPWARDS if page.upwards else HOME
    bounds = (page.before_id, page.after_id, page.limit)
    return await list_lines(tx, source, *bounds, viewer_id=account_id, only_wanted=True)


# Followers who were here lately, unless they hide the author, its boosts or its language.
# A post by somebody else's follower list is written once; running again changes nothing.
INSERT_HOME_OF_FOLLOWERS = """
    INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
    SELECT f.account_id, s.id, s.account_id, s.reblog_of_id
    FROM statuses s
    JOIN follows f ON f.target_account_id = s.account_id
    JOIN logins l ON l.account_id = f.account_id
    WHERE s.id = $1
      AND s.deleted_at IS NULL
      AND l.last_active_at > now() - interval '30 days'
      AND (s.reblog_of_id IS NULL OR f.shows_reblogs)
      AND (f.languages IS NULL OR s.language IS NULL OR s.language = ANY(f.languages))
      AND (
          s.in_reply_to_account_id IS NULL
          OR s.in_reply_to_account_id = s.account_id
          OR s.in_reply_to_account_id = f.account_id
          OR EXISTS (
              SELECT 1 FROM follows other
              WHERE other.account_id = f.account_id
                AND other.target_account_id = s.in_reply_to_account_id
          )
      )
      AND (s.visibility < 3 OR EXISTS (
          SELECT 1 FROM mentions m WHERE m.status_id = s.id AND m.account_id = f.account_id
      ))
    ON CONFLICT DO NOTHING
"""
INSERT_HOME_OF_AUTHOR = """
    INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
    SELECT s.account_id, s.id, s.account_id, s.reblog_of_id
    FROM statuses s
    JOIN logins l ON l.account_id = s.account_id
    WHERE s.id = $1 AND s.deleted_at IS NULL
    ON CONFLICT DO NOTHING
"""


async def insert_home_of_followers(tx: Transaction, *, status_id: int) -> int:
    """Put a status into the homes of its author's followers; answers how many are new."""
    return await tx.execute(INSERT_HOME_OF_FOLLOWERS, status_id)


async def insert_home_of_author(tx: Transaction, *, status_id: int) -> int:
    """Put a status into its author's own home, which must show it at once."""
    return await tx.execute(INSERT_HOME_OF_AUTHOR, status_id)


LIST_HOMES_WITH = """
    SELECT account_id FROM home_feed
    WHERE status_id = $1 AND account_id = ANY($2::bigint[])
"""


async def list_homes_with(tx: Reading, *, status_id: int, account_ids: Sequence[int]) -> list[int]:
    """Which of these accounts have the status in their home: whom a stream tells."""
    rows = await tx.fetch_all(LIST_HOMES_WITH, status_id, list(account_ids))
    return [row["account_id"] for row in rows]

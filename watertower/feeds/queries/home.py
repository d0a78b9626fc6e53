"""The home feed: what stands in whose home, and reading it."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.base.ids import first_id_at
from watertower.base.paging import Page
from watertower.feeds.rules import OWN_STATUSES_UNTIL
from watertower.statuses.model import StatusLine
from watertower.statuses.queries.lines import list_lines

# What a member wrote a moment ago may not have been fanned out yet; it is shown all the same.
# Boosts are not, because whether a boost stands in a home is decided by the fan-out.
HOME = """
    SELECT id, id AS sort
    FROM (
        (
            SELECT h.status_id AS id
            FROM home_feed h
            WHERE h.account_id = $1 AND h.status_id < $2 AND h.status_id > $3
            ORDER BY h.status_id DESC
            LIMIT $4
        )
        UNION
        (
            SELECT mine.id
            FROM statuses mine
            WHERE mine.account_id = $1 AND mine.deleted_at IS NULL AND mine.reblog_of_id IS NULL
              AND mine.id < $2 AND mine.id > greatest($3, $5)
            ORDER BY mine.id DESC
            LIMIT $4
        )
    ) merged
    ORDER BY id DESC
    LIMIT $4
"""
HOME_UPWARDS = HOME.replace("DESC", "ASC")


async def list_home(tx: Reading, *, account_id: int, page: Page, now: datetime) -> list[StatusLine]:
    """A page of this account's home, newest first."""
    source = HOME_UPWARDS if page.upwards else HOME
    own_since = first_id_at(now - OWN_STATUSES_UNTIL)
    bounds = (page.before_id, page.after_id, page.limit, own_since)
    return await list_lines(tx, source, *bounds, viewer_id=account_id, only_wanted=True)


INSERT_HOME_OF_AUTHOR = """
    INSERT INTO home_feed (account_id, status_id, author_id, reblog_of_id)
    SELECT s.account_id, s.id, s.account_id, s.reblog_of_id
    FROM statuses s
    JOIN logins l ON l.account_id = s.account_id
    WHERE s.id = $1 AND s.deleted_at IS NULL
      AND (s.reblog_of_id IS NULL OR NOT EXISTS (
          SELECT 1
          FROM (
              SELECT h.status_id, h.reblog_of_id
              FROM home_feed h
              WHERE h.account_id = s.account_id
              ORDER BY h.status_id DESC
              LIMIT 40
          ) newest
          WHERE newest.status_id = s.reblog_of_id OR newest.reblog_of_id = s.reblog_of_id
      ))
    ON CONFLICT DO NOTHING
"""


async def insert_home_of_author(tx: Transaction, *, status_id: int) -> int:
    """Put a status into its author's own home; running again changes nothing."""
    return await tx.execute(INSERT_HOME_OF_AUTHOR, status_id)


DELETE_AUTHOR_FROM_HOME = "DELETE FROM home_feed WHERE account_id = $1 AND author_id = $2"


async def delete_author_from_home(tx: Transaction, *, account_id: int, author_id: int) -> int:
    """Take everything that this author posted and boosted out of a home."""
    return await tx.execute(DELETE_AUTHOR_FROM_HOME, account_id, author_id)


# By follower and not by status: the key of a home begins with whose it is.
DELETE_STATUS_FROM_HOMES = """
    DELETE FROM home_feed h
    USING (
        SELECT f.account_id FROM follows f WHERE f.target_account_id = $2
        UNION
        SELECT $2
        UNION
        SELECT tf.account_id
        FROM status_tags st
        JOIN tag_follows tf ON tf.tag_id = st.tag_id
        WHERE st.status_id = $1
    ) homes
    WHERE h.account_id = homes.account_id AND h.status_id = $1
"""


async def delete_status_from_homes(tx: Transaction, *, status_id: int, author_id: int) -> int:
    """Take a deleted status out of the homes it stands in; what is missed is never shown."""
    return await tx.execute(DELETE_STATUS_FROM_HOMES, status_id, author_id)


# A turn over some members: the rows past the newest so many, or all of those who are away.
DELETE_OLD_FROM_HOMES = """
    WITH chunk AS (
        SELECT l.account_id, l.last_active_at
        FROM logins l
        WHERE l.account_id > $1
        ORDER BY l.account_id
        LIMIT $2
    ), ends AS (
        SELECT chunk.account_id,
               CASE WHEN chunk.last_active_at > $4 THEN (
                   SELECT h.status_id
                   FROM home_feed h
                   WHERE h.account_id = chunk.account_id
                   ORDER BY h.status_id DESC
                   OFFSET $3
                   LIMIT 1
               ) ELSE 9223372036854775807 END AS last_id
        FROM chunk
    ), gone AS (
        DELETE FROM home_feed h
        USING ends
        WHERE h.account_id = ends.account_id AND h.status_id <= ends.last_id
    )
    SELECT max(account_id) FROM chunk
"""


async def delete_old_from_homes(
    tx: Transaction, *, after_account_id: int, members: int, keep: int, away_since: datetime
) -> int | None:
    """Trim the homes of the next members; answers the last one's id, None at the end."""
    last: int | None = await tx.fetch_value(
        DELETE_OLD_FROM_HOMES, after_account_id, members, keep, away_since
    )
    return last


DELETE_SERVER_FROM_HOME = """
    DELETE FROM home_feed h
    USING accounts a
    WHERE h.account_id = $1 AND a.id = h.author_id AND a.domain = $2
"""


async def delete_server_from_home(tx: Transaction, *, account_id: int, domain: str) -> int:
    """Take everything from one server out of a home."""
    return await tx.execute(DELETE_SERVER_FROM_HOME, account_id, domain)

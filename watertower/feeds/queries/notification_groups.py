"""Notifications shown as one: pages of groups, single groups, how many are new.

A kind that may be grouped has a key by what it is about and when (steps/notify.py); everything
else is a group of its own, named by its id.
"""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.paging import Page
from watertower.feeds.model import UNGROUPED, NotificationGroup
from watertower.feeds.queries.notification_lines import SHOWN

SAMPLE = 8  # accounts that a group names

_KEY = f"CASE WHEN n.kind = ANY($8::text[]) THEN n.group_key ELSE '{UNGROUPED}' || n.id END"
_WANTED = f"""
    n.account_id = $1 AND n.id < $2 AND n.id > $3
    AND ($5::text[] IS NULL OR n.kind = ANY($5::text[]))
    AND ($6::text[] IS NULL OR n.kind <> ALL($6::text[]))
    AND ($7::bigint IS NULL OR n.from_account_id = $7)
    AND NOT n.is_filtered
    {SHOWN}
"""
# From one group to the next: the newest that belongs to none of the groups found before. Each
# step goes on where the last one ended, so that a page reads every notification at most once.
LIST_GROUPS = f"""
    WITH RECURSIVE page AS (
        (
            SELECT n.id, {_KEY} AS key, ARRAY[{_KEY}] AS keys
            FROM notifications n
            JOIN accounts a ON a.id = n.from_account_id
            WHERE {_WANTED}
            ORDER BY n.id DESC
            LIMIT 1
        )
        UNION ALL
        SELECT older.id, older.key, page.keys || older.key
        FROM page
        CROSS JOIN LATERAL (
            SELECT n.id, {_KEY} AS key
            FROM notifications n
            JOIN accounts a ON a.id = n.from_account_id
            WHERE {_WANTED} AND n.id < page.id AND {_KEY} <> ALL(page.keys)
            ORDER BY n.id DESC
            LIMIT 1
        ) older
        WHERE cardinality(page.keys) < $4
    ),
    bounds AS (
        SELECT CASE WHEN count(*) < $4 THEN $3::bigint + 1 ELSE min(id) END AS lowest,
               CASE WHEN $9 THEN max(id) ELSE $2::bigint - 1 END AS highest
        FROM page
    )
    SELECT page.key, page.id AS sort, one.kind, one.status_id, one.subject_id, whole.*
    FROM page
    CROSS JOIN bounds
    JOIN notifications one ON one.id = page.id
    CROSS JOIN LATERAL (
        SELECT count(*) AS notifications, max(n.id) AS newest_id,
               (array_agg(n.from_account_id ORDER BY n.id DESC))[1:{SAMPLE}] AS from_account_ids,
               min(n.id) FILTER (WHERE n.id BETWEEN lowest AND highest) AS page_min_id,
               max(n.id) FILTER (WHERE n.id BETWEEN lowest AND highest) AS page_max_id,
               max(n.created_at) FILTER (WHERE n.id BETWEEN lowest AND highest) AS page_newest_at
        FROM notifications n
        JOIN accounts a ON a.id = n.from_account_id
        WHERE n.account_id = $1 AND n.group_key = one.group_key
          AND (n.id = one.id OR page.key = one.group_key)
          AND NOT n.is_filtered
          {SHOWN}
    ) whole
    ORDER BY page.id DESC
"""
# Each as a text of its own: a condition that depends on a parameter would keep the planner from
# the index of those that are not kept aside.
LIST_WITH_FILTERED = LIST_GROUPS.replace("AND NOT n.is_filtered", "")


def _upwards(sql: str) -> str:
    return sql.replace(
        "ORDER BY n.id DESC\n            LIMIT 1", "ORDER BY n.id\n            LIMIT 1"
    ).replace("AND n.id < page.id", "AND n.id > page.id")


async def list_groups(
    tx: Reading,
    *,
    account_id: int,
    page: Page,
    grouped_kinds: Sequence[str],
    kinds: Sequence[str] | None = None,
    without_kinds: Sequence[str] | None = None,
    from_account_id: int | None = None,
    with_filtered: bool = False,
) -> list[NotificationGroup]:
    """A page of a member's groups, newest first; one query."""
    sql = LIST_WITH_FILTERED if with_filtered else LIST_GROUPS
    rows = await tx.fetch_all(
        _upwards(sql) if page.upwards else sql,
        account_id,
        page.before_id,
        page.after_id,
        page.limit,
        kinds and list(kinds),
        without_kinds and list(without_kinds),
        from_account_id,
        list(grouped_kinds),
        page.upwards,
    )
    return [_group_of(row) for row in rows]


FIND_GROUP = f"""
    SELECT $2 AS key, whole.*, one.kind, one.status_id, one.subject_id, whole.newest_id AS sort
    FROM (
        SELECT count(*) AS notifications, max(n.id) AS newest_id,
               (array_agg(n.from_account_id ORDER BY n.id DESC))[1:{SAMPLE}] AS from_account_ids
        FROM notifications n
        JOIN accounts a ON a.id = n.from_account_id
        WHERE n.account_id = $1 AND ($3::bigint IS NULL OR n.id = $3)
          AND ($3::bigint IS NOT NULL OR n.group_key = $2)
          {SHOWN}
    ) whole
    JOIN notifications one ON one.id = whole.newest_id
"""


async def find_group(tx: Reading, *, account_id: int, key: str) -> NotificationGroup | None:
    """One group with all that is in it."""
    row = await tx.fetch_one(FIND_GROUP, account_id, key, _lone_id(key))
    return None if row is None else _group_of(row)


LIST_ACCOUNTS_OF_GROUP = f"""
    SELECT n.from_account_id, n.id
    FROM notifications n
    JOIN accounts a ON a.id = n.from_account_id
    WHERE n.account_id = $1 AND ($3::bigint IS NULL OR n.id = $3)
      AND ($3::bigint IS NOT NULL OR n.group_key = $2)
      AND n.id < $4 AND n.id > $5
      {SHOWN}
    ORDER BY n.id DESC
    LIMIT $6
"""
LIST_ACCOUNTS_OF_GROUP_UPWARDS = LIST_ACCOUNTS_OF_GROUP.replace("DESC", "ASC")


async def list_accounts_of_group(
    tx: Reading, *, account_id: int, key: str, page: Page
) -> list[tuple[int, int]]:
    """Who caused a group: (account, id to page by), newest first."""
    rows = await tx.fetch_all(
        LIST_ACCOUNTS_OF_GROUP_UPWARDS if page.upwards else LIST_ACCOUNTS_OF_GROUP,
        account_id,
        key,
        _lone_id(key),
        page.before_id,
        page.after_id,
        page.limit,
    )
    found = [(row["from_account_id"], row["id"]) for row in rows]
    return found[::-1] if page.upwards else found


DELETE_GROUP = """
    DELETE FROM notifications
    WHERE account_id = $1 AND ($3::bigint IS NULL OR id = $3)
      AND ($3::bigint IS NOT NULL OR group_key = $2)
"""


async def delete_group(tx: Transaction, *, account_id: int, key: str) -> int:
    """A member dismisses a group."""
    return await tx.execute(DELETE_GROUP, account_id, key, _lone_id(key))


# Looks at a bounded number of notifications, because it is asked for all the time.
COUNT_UNREAD_GROUPS = f"""
    SELECT least(count(DISTINCT key), $2)
    FROM (
        SELECT CASE WHEN n.kind = ANY($6::text[]) THEN n.group_key
                    ELSE '{UNGROUPED}' || n.id END AS key
        FROM notifications n
        JOIN accounts a ON a.id = n.from_account_id
        WHERE n.account_id = $1
          AND n.id > coalesce((
              SELECT last_read_id FROM markers
              WHERE account_id = $1 AND timeline = 'notifications'
          ), 0)
          AND ($3::text[] IS NULL OR n.kind = ANY($3::text[]))
          AND ($4::text[] IS NULL OR n.kind <> ALL($4::text[]))
          AND ($5::bigint IS NULL OR n.from_account_id = $5)
          AND NOT n.is_filtered
          {SHOWN}
        ORDER BY n.id DESC
        LIMIT 10000
    ) unread
"""


async def count_unread_groups(
    tx: Reading,
    *,
    account_id: int,
    most: int,
    grouped_kinds: Sequence[str],
    kinds: Sequence[str] | None,
    without_kinds: Sequence[str] | None,
    from_account_id: int | None,
) -> int:
    """How many groups have something above the member's marker, counted up to a limit."""
    found: int = await tx.fetch_value(
        COUNT_UNREAD_GROUPS,
        account_id,
        most,
        kinds and list(kinds),
        without_kinds and list(without_kinds),
        from_account_id,
        list(grouped_kinds),
    )
    return found


def _lone_id(key: str) -> int | None:
    number = key.removeprefix(UNGROUPED)
    is_lone = key.startswith(UNGROUPED) and number.isascii() and number.isdigit()
    return int(number) if is_lone and len(number) < 19 else None


def _group_of(row: Row) -> NotificationGroup:
    return NotificationGroup(
        key=row["key"],
        kind=row["kind"],
        status_id=row["status_id"],
        subject_id=row["subject_id"],
        from_account_ids=row["from_account_ids"],
        count=row["notifications"],
        newest_id=row["newest_id"],
        sort=row["sort"],
        page_min_id=row.get("page_min_id"),
        page_max_id=row.get("page_max_id"),
        page_newest_at=row.get("page_newest_at"),
    )

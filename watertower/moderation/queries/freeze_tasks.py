"""The tasks of a freeze, and what the system itself sees of them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.moderation.model.freeze import NewTask, Task, TaskKind

# What others see of a profile. Follows, counts and what moderators marked are no part of it.
PROFILE = """
    SELECT md5(jsonb_build_array(
        a.display_name, a.note, jsonb_path_query_array(a.fields, '$[*].name'),
        jsonb_path_query_array(a.fields, '$[*].value'), a.avatar_key, a.avatar_description, a.header_key,
        a.header_description, a.is_bot)::text)
    FROM accounts a
    WHERE a.id = $1
"""

INSERT_TASKS = f"""
    INSERT INTO freeze_tasks (
        freeze_id, position, kind, text, status_id, url, minutes, created_at, profile_before)
    VALUES ($2, $3, $4, $5, $6, $7, $8, $9,
            CASE WHEN $4 = 'change_profile' THEN ({PROFILE}) END)
"""


async def insert_tasks(
    tx: Transaction,
    *,
    account_id: int,
    freeze_id: int,
    tasks: Sequence[NewTask],
    first: int,
    at: datetime,
) -> None:
    """Set tasks, in this order, from the place `first` on."""
    await tx.execute_many(
        INSERT_TASKS,
        [
            (
                account_id,
                freeze_id,
                place,
                str(task.kind),
                task.text,
                task.status_id,
                task.url,
                task.minutes,
                at,
            )
            for place, task in enumerate(tasks, start=first)
        ],
    )


# A post is gone as soon as it is gone, whether or not the reaction that notes it has run.
_TASK = """
    SELECT t.id, t.freeze_id, t.kind, t.text, t.status_id, t.url, t.minutes, t.done_at, t.done_by,
           t.statement,
           t.done_at IS NOT NULL OR (t.kind = 'delete_status' AND NOT EXISTS (
               SELECT 1 FROM statuses s WHERE s.id = t.status_id AND s.deleted_at IS NULL
           )) AS is_done
    FROM freeze_tasks t
"""
LIST_TASKS = f"{_TASK} WHERE t.freeze_id = ANY($1::bigint[]) ORDER BY t.freeze_id, t.position, t.id"


async def list_tasks(tx: Reading, *, freeze_ids: Sequence[int]) -> dict[int, list[Task]]:
    """The tasks of these freezes in their order, by freeze."""
    found: dict[int, list[Task]] = defaultdict(list)
    for row in await tx.fetch_all(LIST_TASKS, list(freeze_ids)):
        found[row["freeze_id"]].append(_task_of(row))
    return found


FIND_TASK = f"{_TASK} WHERE t.id = $1 AND t.freeze_id = $2"


async def find_task(tx: Reading, *, freeze_id: int, task_id: int) -> Task | None:
    """One task of a freeze."""
    row = await tx.fetch_one(FIND_TASK, task_id, freeze_id)
    return row and _task_of(row)


UPDATE_TASK_DONE = """
    UPDATE freeze_tasks SET done_at = $2, done_by = $3, statement = $4
    WHERE id = $1 AND done_at IS NULL
"""


async def update_task_done(
    tx: Transaction, *, task_id: int, at: datetime, by: str, statement: str = ""
) -> bool:
    """Tick a task; False if it was. `by` is "system" or "person"."""
    return bool(await tx.execute(UPDATE_TASK_DONE, task_id, at, by, statement))


LIST_FREEZES_ASKING = """
    SELECT DISTINCT t.freeze_id
    FROM freeze_tasks t
    JOIN freezes z ON z.id = t.freeze_id AND z.ended_at IS NULL
    WHERE t.status_id = $1 AND t.kind = 'delete_status' AND t.done_at IS NULL
    LIMIT 10
"""
TICK_DELETED = """
    UPDATE freeze_tasks SET done_at = $3, done_by = 'system'
    WHERE freeze_id = $1 AND status_id = $2 AND kind = 'delete_status' AND done_at IS NULL
"""


async def list_freezes_asking(tx: Reading, *, status_id: int) -> list[int]:
    """Open freezes in which somebody is still asked to delete this post."""
    return [row["freeze_id"] for row in await tx.fetch_all(LIST_FREEZES_ASKING, status_id)]


async def tick_deleted(tx: Transaction, *, freeze_id: int, status_id: int, at: datetime) -> bool:
    """Tick what asked for this post to be deleted; False if it was."""
    return bool(await tx.execute(TICK_DELETED, freeze_id, status_id, at))


HAS_NEW_PROFILE = f"""
    SELECT t.profile_before IS DISTINCT FROM ({PROFILE}) FROM freeze_tasks t WHERE t.id = $2
"""


async def has_new_profile(tx: Reading, *, account_id: int, task_id: int) -> bool:
    """Whether the profile is another one than when the task was set."""
    return bool(await tx.fetch_value(HAS_NEW_PROFILE, account_id, task_id))


LIST_OWN_STATUSES = """
    SELECT id FROM statuses WHERE id = ANY($1::bigint[]) AND account_id = $2 AND deleted_at IS NULL
"""


async def list_own_statuses(tx: Reading, *, status_ids: Sequence[int], account_id: int) -> set[int]:
    """Which of these are posts of the account that are still there."""
    rows = await tx.fetch_all(LIST_OWN_STATUSES, list(status_ids), account_id)
    return {row["id"] for row in rows}


HAS_STATUS = """
    SELECT EXISTS (SELECT 1 FROM statuses WHERE id = $1 AND deleted_at IS NULL)
"""


async def has_status(tx: Reading, *, status_id: int) -> bool:
    """Whether there is such a post."""
    return bool(await tx.fetch_value(HAS_STATUS, status_id))


def _task_of(row: Row) -> Task:
    return Task(
        id=row["id"],
        freeze_id=row["freeze_id"],
        kind=TaskKind(row["kind"]),
        text=row["text"],
        status_id=row["status_id"],
        url=row["url"],
        minutes=row["minutes"],
        is_done=row["is_done"],
        done_at=row["done_at"],
        done_by=row["done_by"],
        statement=row["statement"],
    )


LIST_STATUS_URLS = """
    SELECT id, coalesce(nullif(url, ''), uri) AS url FROM statuses WHERE id = ANY($1::bigint[])
"""


async def list_status_urls(tx: Reading, *, status_ids: Sequence[int]) -> dict[int, str]:
    """Where these posts are to be seen, deleted ones too."""
    rows = await tx.fetch_all(LIST_STATUS_URLS, list(status_ids))
    return {row["id"]: row["url"] for row in rows}

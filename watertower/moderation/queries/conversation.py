"""Threads and messages of cases."""

from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.conversation import CaseMessage, CaseThread

THREAD_COLUMNS = ", ".join(f"t.{f.name}" for f in fields(CaseThread))
MESSAGE_COLUMNS = ", ".join(f"m.{f.name}" for f in fields(CaseMessage))

UPSERT_THREAD = f"""
    INSERT INTO case_threads AS t (case_id, thread, with_account_id, with_address, created_at)
    VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (case_id, thread, coalesce(with_account_id, 0), coalesce(with_address, ''))
    DO UPDATE SET thread = excluded.thread
    RETURNING {THREAD_COLUMNS}
"""


async def upsert_thread(
    tx: Transaction,
    *,
    case_id: int,
    thread: str,
    with_account_id: int | None,
    with_address: str | None,
    at: datetime,
) -> CaseThread:
    """The thread with this account or address, begun if there is none; held until the commit."""
    row = await tx.fetch_one(UPSERT_THREAD, case_id, thread, with_account_id, with_address, at)
    assert row is not None  # noqa: S101  # an upsert returns its row
    return CaseThread(*row.values())


INSERT_MESSAGE = """
    INSERT INTO case_messages (
        case_id, thread_id, thread, with_account_id, with_address, from_team, author_account_id,
        text, media_keys, template_id, is_from_elsewhere, came_by, mail_id, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
    ON CONFLICT (mail_id) DO NOTHING
    RETURNING id
"""


async def insert_message(
    tx: Transaction,
    *,
    thread: CaseThread,
    from_team: bool,
    author_id: int | None,
    text: str,
    media_keys: Sequence[str],
    template_id: int | None,
    is_from_elsewhere: bool,
    came_by: str,
    mail_id: str | None,
    at: datetime,
) -> int | None:
    """A message; its id, None for a mail that came before."""
    made: int | None = await tx.fetch_value(
        INSERT_MESSAGE,
        thread.case_id,
        thread.id,
        thread.thread,
        thread.with_account_id,
        thread.with_address,
        from_team,
        author_id,
        text,
        list(media_keys),
        template_id,
        is_from_elsewhere,
        came_by,
        mail_id,
        at,
    )
    return made


COUNT_SAID_SINCE = """
    SELECT count(*) FROM case_messages
    WHERE thread_id = $1 AND created_at > $2 AND NOT from_team
"""


async def count_said_since(tx: Reading, *, thread_id: int, since: datetime) -> int:
    """How many messages the other side wrote in this thread since then."""
    found: int = await tx.fetch_value(COUNT_SAID_SINCE, thread_id, since)
    return found


FIND_THREAD = f"SELECT {THREAD_COLUMNS} FROM case_threads t WHERE t.id = $1"


async def find_thread(tx: Reading, *, thread_id: int) -> CaseThread | None:
    """One thread."""
    row = await tx.fetch_one(FIND_THREAD, thread_id)
    return row and CaseThread(*row.values())


LIST_THREADS = (
    f"SELECT {THREAD_COLUMNS} FROM case_threads t WHERE t.case_id = $1 ORDER BY t.id LIMIT 200"
)


async def list_threads(tx: Reading, *, case_id: int) -> list[CaseThread]:
    """The threads of a case."""
    return [CaseThread(*row.values()) for row in await tx.fetch_all(LIST_THREADS, case_id)]


LIST_MESSAGES = f"""
    SELECT {MESSAGE_COLUMNS} FROM case_messages m WHERE m.case_id = $1 ORDER BY m.id LIMIT 500
"""


async def list_messages(tx: Reading, *, case_id: int) -> list[CaseMessage]:
    """Everything said about a case, oldest first. For the team."""
    return [CaseMessage(*row.values()) for row in await tx.fetch_all(LIST_MESSAGES, case_id)]


LIST_MESSAGES_OF_THREAD = f"""
    SELECT {MESSAGE_COLUMNS} FROM case_messages m WHERE m.thread_id = $1 ORDER BY m.id LIMIT 200
"""


async def list_messages_of_thread(tx: Reading, *, thread_id: int) -> list[CaseMessage]:
    """What was said in one thread, oldest first."""
    rows = await tx.fetch_all(LIST_MESSAGES_OF_THREAD, thread_id)
    return [CaseMessage(*row.values()) for row in rows]


FIND_MESSAGE = f"SELECT {MESSAGE_COLUMNS} FROM case_messages m WHERE m.id = $1"


async def find_message(tx: Reading, *, message_id: int) -> CaseMessage | None:
    """One message."""
    row = await tx.fetch_one(FIND_MESSAGE, message_id)
    return row and CaseMessage(*row.values())


LIST_THREADS_WITH = f"""
    SELECT {THREAD_COLUMNS} FROM case_threads t
    WHERE t.with_account_id = $1
      AND EXISTS (SELECT 1 FROM case_messages m WHERE m.thread_id = t.id)
    ORDER BY t.id DESC LIMIT 50
"""


async def list_threads_with(tx: Reading, *, account_id: int) -> list[CaseThread]:
    """The conversations that an account has with the team, newest first."""
    return [CaseThread(*row.values()) for row in await tx.fetch_all(LIST_THREADS_WITH, account_id)]


UPDATE_READ = """
    UPDATE case_messages SET read_at = $2
    WHERE thread_id = $1 AND read_at IS NULL AND from_team = $3
"""


async def update_read(tx: Transaction, *, thread_id: int, at: datetime, is_from_team: bool) -> int:
    """The other side has seen what this side said."""
    return await tx.execute(UPDATE_READ, thread_id, at, is_from_team)


UPDATE_THREAD = """
    UPDATE case_threads SET muted_at = $2, closed_at = $3 WHERE id = $1
"""


async def update_thread(
    tx: Transaction, *, thread_id: int, muted_at: datetime | None, closed_at: datetime | None
) -> int:
    """Mute or close a thread, or neither."""
    return await tx.execute(UPDATE_THREAD, thread_id, muted_at, closed_at)


MOVE_THREADS = """
    UPDATE case_threads t SET case_id = $2
    WHERE t.case_id = $1 AND NOT EXISTS (
        SELECT 1 FROM case_threads same
        WHERE same.case_id = $2 AND same.thread = t.thread
          AND coalesce(same.with_account_id, 0) = coalesce(t.with_account_id, 0)
          AND coalesce(same.with_address, '') = coalesce(t.with_address, '')
    )
"""
MOVE_MESSAGES = """
    UPDATE case_messages m
    SET case_id = $2, thread_id = kept.id
    FROM case_threads old
    JOIN case_threads kept
      ON kept.case_id = $2 AND kept.thread = old.thread
     AND coalesce(kept.with_account_id, 0) = coalesce(old.with_account_id, 0)
     AND coalesce(kept.with_address, '') = coalesce(old.with_address, '')
    WHERE m.case_id = $1 AND old.id = m.thread_id
"""


async def move_conversation(tx: Transaction, *, from_case_id: int, to_case_id: int) -> None:
    """What was said goes with the case into another one; the same person keeps one thread."""
    await tx.execute(MOVE_THREADS, from_case_id, to_case_id)
    await tx.execute(MOVE_MESSAGES, from_case_id, to_case_id)


LIST_CASES_WITH_THREADS = """
    SELECT DISTINCT case_id FROM case_threads WHERE case_id = ANY($1::bigint[]) ORDER BY case_id
"""


async def list_cases_with_threads(tx: Reading, *, case_ids: Sequence[int]) -> list[int]:
    """In which of these cases anything was said."""
    rows = await tx.fetch_all(LIST_CASES_WITH_THREADS, list(case_ids))
    return [row["case_id"] for row in rows]


FIND_CALLED = """
    SELECT l.email
    FROM case_messages m
    JOIN case_threads t ON t.id = m.thread_id
    JOIN cases c ON c.id = m.case_id
    JOIN logins l ON l.account_id = c.assigned_account_id
    WHERE m.id = $1 AND t.muted_at IS NULL
"""


async def find_called(tx: Reading, *, message_id: int) -> str | None:
    """The address of the moderator whom a message calls; None where the thread is muted."""
    found: str | None = await tx.fetch_value(FIND_CALLED, message_id)
    return found

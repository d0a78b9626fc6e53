"""What is said in an appeal: messages of both sides, and the team's notes in a table of their own."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Row, Transaction
from watertower.base.json import from_json, to_json
from watertower.moderation.model.appeals import AppealMessage, AppealNote, StoredFile

INSERT_MESSAGE = """
    INSERT INTO appeal_messages (
        appeal_id, from_team, author_account_id, text, files, came_by, mail_id, once_key, created_at)
    VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9)
    ON CONFLICT DO NOTHING
    RETURNING id
"""


async def insert_message(
    tx: Transaction,
    *,
    appeal_id: int,
    from_team: bool,
    author_id: int | None,
    text: str,
    files: Sequence[StoredFile],
    came_by: str,
    mail_id: str | None,
    once_key: str | None,
    at: datetime,
) -> int | None:
    """Keep a message; None if this very mail or form was kept before."""
    made: int | None = await tx.fetch_value(
        INSERT_MESSAGE,
        appeal_id,
        from_team,
        author_id,
        text,
        to_json(list(files)),
        came_by,
        mail_id,
        once_key,
        at,
    )
    return made


HAS_MAIL = "SELECT EXISTS (SELECT FROM appeal_messages WHERE mail_id = $1)"


async def has_mail(tx: Reading, *, mail_id: str) -> bool:
    """Whether this mail was kept before."""
    return bool(await tx.fetch_value(HAS_MAIL, mail_id))


COUNT_MESSAGES = "SELECT count(*) FROM appeal_messages WHERE appeal_id = $1"


async def count_messages(tx: Reading, *, appeal_id: int) -> int:
    """How much was said."""
    return int(await tx.fetch_value(COUNT_MESSAGES, appeal_id))


_COLUMNS = "id, appeal_id, from_team, author_account_id, text, files, came_by, created_at"
LIST_MESSAGES = f"""
    SELECT {_COLUMNS} FROM appeal_messages WHERE appeal_id = $1 ORDER BY id LIMIT 500
"""


async def list_messages(tx: Reading, *, appeal_id: int) -> list[AppealMessage]:
    """What was said, oldest first."""
    return [_message(row) for row in await tx.fetch_all(LIST_MESSAGES, appeal_id)]


FIND_MESSAGE = f"SELECT {_COLUMNS} FROM appeal_messages WHERE id = $1"


async def find_message(tx: Reading, *, message_id: int) -> AppealMessage | None:
    """One message."""
    row = await tx.fetch_one(FIND_MESSAGE, message_id)
    return row and _message(row)


def _message(row: Row) -> AppealMessage:
    files = tuple(StoredFile(**one) for one in from_json(row["files"]))
    return AppealMessage(**(dict(row) | {"files": files}))


INSERT_NOTE = """
    INSERT INTO appeal_notes (appeal_id, author_account_id, text, created_at)
    VALUES ($1, $2, $3, $4)
    RETURNING id
"""


async def insert_note(
    tx: Transaction, *, appeal_id: int, author_id: int, text: str, at: datetime
) -> int:
    """Keep a note of the team."""
    made: int = await tx.fetch_value(INSERT_NOTE, appeal_id, author_id, text, at)
    return made


LIST_NOTES = """
    SELECT id, author_account_id, text, created_at FROM appeal_notes
    WHERE appeal_id = $1
    ORDER BY id
    LIMIT 500
"""


async def list_notes(tx: Reading, *, appeal_id: int) -> list[AppealNote]:
    """What the team said among itself, oldest first."""
    return [AppealNote(**dict(row)) for row in await tx.fetch_all(LIST_NOTES, appeal_id)]

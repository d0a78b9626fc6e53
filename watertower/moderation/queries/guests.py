"""Helpers in a case, as the helpers see it."""

from datetime import datetime

from watertower.base.db.transaction import Reading, Row
from watertower.moderation.queries.case_walls import unhidden

_GUEST = f"""
    SELECT g.case_id, g.reason, g.until, c.language
    FROM case_guests g JOIN cases c ON c.id = g.case_id
    WHERE g.account_id = $1 AND g.until > $2 AND c.closed_at IS NULL AND {unhidden("c", "$1")}
"""
LIST_CASES_OF_GUEST = f"{_GUEST} ORDER BY g.until, g.case_id LIMIT 50"


async def list_cases_of_guest(tx: Reading, *, account_id: int, at: datetime) -> list[Row]:
    """Open cases that somebody is let into: case_id, reason, until, language."""
    return await tx.fetch_all(LIST_CASES_OF_GUEST, account_id, at)


FIND_GUEST = f"{_GUEST} AND g.case_id = $3"


async def find_guest(tx: Reading, *, case_id: int, account_id: int, at: datetime) -> Row | None:
    """One of them."""
    return await tx.fetch_one(FIND_GUEST, account_id, at, case_id)


LIST_GUEST_NOTES = """
    SELECT text, created_at FROM case_messages
    WHERE case_id = $1 AND thread = 'team' AND author_account_id = $2
    ORDER BY id LIMIT 200
"""


async def list_guest_notes(tx: Reading, *, case_id: int, account_id: int) -> list[Row]:
    """What the helper said to the team: text, created_at."""
    return await tx.fetch_all(LIST_GUEST_NOTES, case_id, account_id)

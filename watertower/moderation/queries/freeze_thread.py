"""What a frozen person and the team said to one another."""

from watertower.base.db.transaction import Reading
from watertower.moderation.model.conversation import CaseMessage
from watertower.moderation.queries.conversation import MESSAGE_COLUMNS

# The newest are the ones that count; they are shown oldest first.
LIST_SAID = f"""
    SELECT {MESSAGE_COLUMNS}
    FROM case_messages m
    WHERE m.case_id = $1 AND m.thread = 'reported' AND m.with_account_id = $2
    ORDER BY m.id DESC
    LIMIT 100
"""


async def list_said(tx: Reading, *, case_id: int, account_id: int) -> list[CaseMessage]:
    """The last hundred messages of the thread with this person, oldest first."""
    rows = await tx.fetch_all(LIST_SAID, case_id, account_id)
    return [CaseMessage(*row.values()) for row in reversed(rows)]

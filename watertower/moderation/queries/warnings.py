"""What a member's own apps and pages show of a decision beyond the decision: its appeal."""

from collections.abc import Sequence

from watertower.base.db.transaction import Reading

# The newest appeal of each action, with what it began with.
LIST_APPEALS_OF_ACTIONS = """
    SELECT DISTINCT ON (p.action_id) p.action_id, p.outcome, p.closed_at IS NOT NULL AS is_closed,
           coalesce((
               SELECT m.text FROM appeal_messages m
               WHERE m.appeal_id = p.id AND NOT m.from_team
               ORDER BY m.id
               LIMIT 1
           ), '') AS text
    FROM appeals p
    WHERE p.action_id = ANY($1::bigint[])
    ORDER BY p.action_id, p.id DESC
"""


async def list_appeals_of_actions(
    tx: Reading, *, action_ids: Sequence[int]
) -> dict[int, tuple[str, str]]:
    """(text, state) by action; a state is pending, approved or rejected, as apps know them."""
    rows = await tx.fetch_all(LIST_APPEALS_OF_ACTIONS, list(action_ids))
    return {row["action_id"]: (row["text"], _state(row["outcome"])) for row in rows}


def _state(outcome: str | None) -> str:
    if outcome is None:
        return "pending"
    return "approved" if outcome in {"accepted", "changed"} else "rejected"


FIND_PRESET = "SELECT text FROM message_templates WHERE id = $1"


async def find_preset(tx: Reading, *, preset_id: int) -> str | None:
    """The words of a template."""
    text: str | None = await tx.fetch_value(FIND_PRESET, preset_id)
    return text

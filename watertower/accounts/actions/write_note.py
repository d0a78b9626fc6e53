"""Write a note: a member remembers something about somebody, for its own eyes only."""

from watertower.accounts.errors import AccountNotFound
from watertower.accounts.queries.notes import update_note
from watertower.accounts.queries.relations import find_pair
from watertower.base.context import Context
from watertower.base.errors import Invalid

LONGEST_NOTE = 2000  # characters


async def write_note(ctx: Context, *, actor_id: int, target_id: int, comment: str) -> None:
    """Keep this comment in place of the old one; an empty one forgets it.

    Raises AccountNotFound and Invalid.
    """
    if len(comment) > LONGEST_NOTE:
        problem = f"is too long (maximum is {LONGEST_NOTE} characters)"
        raise Invalid(
            f"Validation failed: Comment {problem}",
            details={"comment": [("ERR_TOO_LONG", problem)]},
        )
    async with ctx.transaction() as tx:
        if await find_pair(tx, actor_id=actor_id, target_id=target_id) is None:
            raise AccountNotFound
        await update_note(tx, actor_id=actor_id, target_id=target_id, comment=comment)

"""Mark a server: watched, of high impact, known to sell data, harmful; a note for the team."""

from collections.abc import Mapping
from typing import Any

from watertower.base.context import Context
from watertower.moderation.errors.servers import CommentTooLong
from watertower.moderation.model.servers import LONGEST_REASON
from watertower.moderation.queries.server_facts import update_marks
from watertower.moderation.steps.log import log
from watertower.moderation.steps.servers import named_server


async def mark_server(
    ctx: Context, *, actor_id: int, domain: str, marks: Mapping[str, Any]
) -> None:
    """Write the marks that are given.

    They are is_watched, watched_reason, is_high_impact, sells_data, is_harmful, note. A watched
    server is not cut off by that: its first contact opens a review.

    Raises WrongDomain, OwnServer, CommentTooLong.
    """
    name = named_server(ctx, domain)
    if any(isinstance(one, str) and len(one) > LONGEST_REASON for one in marks.values()):
        raise CommentTooLong
    async with ctx.transaction() as tx:
        await update_marks(tx, domain=name, marks=marks)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="mark_server",
            subject=("server", name),
            details={key: value for key, value in marks.items() if isinstance(value, bool)},
        )

"""Change the criteria of federation: a new version of a set; decisions keep citing the old one."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.queries.server_findings import (
    insert_criteria,
    list_criteria,
)
from watertower.moderation.steps.log import log

KINDS = ("moderation", "infrastructure", "principle")
MOST_POINTS, LONGEST_POINT = 30, 500


async def change_criteria(ctx: Context, *, actor_id: int, kind: str, points: Sequence[str]) -> None:
    """Put the points of a set in force.

    A principle that is not empty takes the place of both lists; emptied, the lists count again.
    The same as before changes nothing. Raises Invalid.
    """
    wanted = [" ".join(point.split()) for point in points if point.strip()]
    if kind not in KINDS or len(wanted) > MOST_POINTS:
        raise Invalid("Validation failed: There are too many criteria")
    if any(len(point) > LONGEST_POINT for point in wanted):
        raise Invalid("Validation failed: A criterion is too long")
    if not wanted and kind != "principle":
        raise Invalid("Validation failed: A set of criteria can't be empty")
    async with ctx.transaction() as tx:
        held = {one[0]: list(one[2]) for one in await list_criteria(tx)}
        if held.get(kind, []) == wanted:
            return
        version = await insert_criteria(
            tx, kind=kind, points=wanted, actor_id=actor_id, at=ctx.now()
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="change_criteria",
            subject=("criteria", kind),
            details={"version": version},
        )

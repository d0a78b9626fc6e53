"""Remember how far a member has read."""

from collections.abc import Mapping

from watertower.base.context import Context
from watertower.feeds.errors import MarkerMoved
from watertower.feeds.model import Marker
from watertower.feeds.queries.markers import upsert_marker


async def move_markers(
    ctx: Context, *, account_id: int, positions: Mapping[str, tuple[int, int | None]]
) -> list[Marker]:
    """Move markers: timeline to (last read id, version it must still have or None).

    Raises MarkerMoved, and moves none, if another app was faster.
    """
    moved = []
    async with ctx.transaction() as tx:
        for timeline, (last_read_id, version) in sorted(positions.items()):
            marker = await upsert_marker(
                tx,
                account_id=account_id,
                timeline=timeline,
                last_read_id=last_read_id,
                at=ctx.now(),
                expected_version=version,
            )
            if marker is None:
                raise MarkerMoved
            moved.append(marker)
    return moved

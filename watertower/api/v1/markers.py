"""/api/v1/markers: how far one has read home and notifications."""

from collections.abc import Sequence

from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.ids import MAX_ID
from watertower.base.web import Response, json_response
from watertower.feeds.access.markers import markers_of
from watertower.feeds.actions.move_markers import move_markers
from watertower.feeds.errors import MarkerMoved
from watertower.feeds.model import Marker

TIMELINES = ("home", "notifications")


async def get_markers(request: ApiRequest) -> Response:
    """The markers of the timelines asked for."""
    found = await markers_of(
        request.ctx, account_id=request.my_account_id, timelines=request.texts("timeline")
    )
    return _answer(found)


async def post_markers(request: ApiRequest) -> Response:
    """Move markers. An app that names the version it saw is told when another was faster."""
    positions: dict[str, tuple[int, int | None]] = {}
    for timeline in TIMELINES:
        asked = request.group(timeline)
        last_read_id = asked.number("last_read_id", least=0, most=MAX_ID)
        if last_read_id is not None:
            positions[timeline] = (last_read_id, asked.number("version", most=2**31 - 1))
    try:
        moved = await move_markers(
            request.ctx, account_id=request.my_account_id, positions=positions
        )
    except MarkerMoved as refused:
        return json_response({"error": refused.says}, 409)
    return _answer(moved)


def _answer(markers: Sequence[Marker]) -> Response:
    return json_response(
        {
            marker.timeline: {
                "last_read_id": str(marker.last_read_id),
                "version": marker.version,
                "updated_at": moment(marker.updated_at),
            }
            for marker in markers
        }
    )

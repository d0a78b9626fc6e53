"""GET /@name/:id/deliveries: which servers received a post, for its author (TRA-17)."""

from watertower.base.errors import NotFound
from watertower.base.web import Response
from watertower.statuses.access.reach import reach_of
from watertower.web.pages import page
from watertower.web.public.profile import person_in_path
from watertower.web.request import WebRequest


async def get_deliveries(request: WebRequest) -> Response:
    """The servers, those that wait first. Nobody but the author sees it: for others it is not there."""
    account = await person_in_path(request)
    if request.viewer is None or request.viewer.account_id != account.id:
        raise NotFound
    found = await reach_of(request.ctx, viewer_id=account.id, status_id=request.path_id())
    parts = [
        (heading, [one for one in found if one.state == state])
        for state, heading in (
            ("waiting", "Still on its way"),
            ("given_up", "Given up"),
            ("received", "Received"),
        )
    ]
    return page(
        request,
        "deliveries.html",
        path=f"/@{account.username}/{request.path_id()}",
        parts=[(heading, servers) for heading, servers in parts if servers],
        count=sum(one.state == "received" for one in found),
    )

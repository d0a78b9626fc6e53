"""What a community keeps for its members: what is posted here, if it decided so."""

from watertower.accounts.access.site import decided
from watertower.api.gate import MemberNeeded
from watertower.api.request import ApiRequest


async def may_read_local(request: ApiRequest) -> bool:
    """Whether the viewer may read feeds of what is posted here; no query for members."""
    viewer = request.viewer
    if viewer is not None and viewer.account_id is not None:
        return True
    return await decided(request.ctx, name="shows_local_timeline", default=True)


async def require_may_read_local(request: ApiRequest) -> None:
    """Raise MemberNeeded unless the viewer may read what is posted here."""
    if not await may_read_local(request):
        raise MemberNeeded

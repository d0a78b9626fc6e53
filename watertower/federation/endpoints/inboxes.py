"""Where other servers post: each member's inbox, and the one that all share."""

from watertower.base.web import Response
from watertower.federation.endpoints.own import account_of
from watertower.federation.gate import receive
from watertower.federation.request import FederationRequest


async def post_shared_inbox(request: FederationRequest) -> Response:
    """An activity for whomever it concerns."""
    return await receive(request)


async def post_inbox(request: FederationRequest) -> Response:
    """An activity for one member; what it concerns is read in itself."""
    account = await account_of(request, shows_suspended=True)
    return await receive(request, inbox_account_id=account.id)

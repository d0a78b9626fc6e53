"""GET /api/v1/accounts/relationships and familiar_followers."""

from watertower.accounts.access.people import familiar_followers_for
from watertower.accounts.access.relationships import relationships_for
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.api.shapes.relationship import relationship_shape
from watertower.base.web import Response, json_response

MOST_FAMILIAR = 40


async def get_relationships(request: ApiRequest) -> Response:
    """How one stands to these accounts; one query for any number."""
    found = await relationships_for(
        request.ctx,
        account_id=request.my_account_id,
        target_ids=request.ids("id"),
        with_suspended=request.is_on("with_suspended"),
    )
    return json_response([relationship_shape(relationship) for relationship in found])


async def get_familiar_followers(request: ApiRequest) -> Response:
    """For each account, whom of its followers one follows oneself."""
    target_ids = request.ids("id")[:MOST_FAMILIAR]
    found = await familiar_followers_for(
        request.ctx, account_id=request.my_account_id, target_ids=target_ids
    )
    everybody = sorted({follower for followers in found.values() for follower in followers})
    accounts = await render_accounts(request.ctx, everybody)
    return json_response(
        [
            {
                "id": str(target_id),
                "accounts": [raw(accounts[i]) for i in found.get(target_id, ()) if i in accounts],
            }
            for target_id in target_ids
        ]
    )

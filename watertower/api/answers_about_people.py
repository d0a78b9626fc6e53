"""Answers that several endpoints about people give."""

from collections.abc import Sequence

from watertower.accounts.access.relationships import relationship_for
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw_list, raw_response
from watertower.api.shapes.relationship import relationship_shape
from watertower.base.web import Response, json_response


async def answer_with_relationship(request: ApiRequest, target_id: int) -> Response:
    """How the viewer stands to this account now; 404 if there is none."""
    found = await relationship_for(
        request.ctx, account_id=request.my_account_id, target_id=target_id
    )
    return json_response(relationship_shape(found))


async def answer_with_people(request: ApiRequest, account_ids: Sequence[int]) -> Response:
    """A list of accounts that is not paged by id."""
    accounts = await render_accounts(request.ctx, account_ids)
    return raw_response(raw_list([accounts[i] for i in account_ids if i in accounts]))

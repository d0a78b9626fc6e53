"""Quotes: list and revoke them, and say who may quote."""

from watertower.api.answers import answer_with_status, answer_with_statuses
from watertower.api.request import ApiRequest, invalid
from watertower.api.v1.statuses.draft import QUOTE_POLICIES
from watertower.base.web import Response
from watertower.statuses.access.quotes import quotes_for
from watertower.statuses.actions.change_quoting import change_quote_policy, revoke_quote


async def get_quotes(request: ApiRequest) -> Response:
    """What quotes an own status, newest first."""
    page = request.page()
    lines = await quotes_for(
        request.ctx, viewer_id=request.my_account_id, status_id=request.path_id(), page=page
    )
    return await answer_with_statuses(request, lines, page, filter_context=None, goes_on=True)


async def post_revoke_quote(request: ApiRequest) -> Response:
    """Take an own status out of one that quotes it; the answer is the latter."""
    quoting_id = request.path_id("quoting_status_id")
    await revoke_quote(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=request.path_id(),
        quoting_status_id=quoting_id,
    )
    return await answer_with_status(request, quoting_id)


async def put_interaction_policy(request: ApiRequest) -> Response:
    """Say who may quote an own status."""
    policy = request.one_of("quote_approval_policy", QUOTE_POLICIES)
    if policy is None:
        raise invalid("quote_approval_policy", "can't be blank", "ERR_BLANK")
    await change_quote_policy(
        request.ctx,
        actor_id=request.my_account_id,
        status_id=request.path_id(),
        policy=policy,
    )
    return await answer_with_status(request, request.path_id())

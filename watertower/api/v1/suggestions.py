"""GET /api/v1/suggestions, /api/v2/suggestions; DELETE /api/v1/suggestions/:account_id."""

from watertower.accounts.access.people import suggestions_for
from watertower.accounts.actions.dismiss_suggestion import dismiss_suggestion
from watertower.api.answers_about_people import answer_with_people
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.raw import raw
from watertower.base.web import Response, json_response

FURTHEST = 1000


async def _suggested(request: ApiRequest) -> list[tuple[int, bool]]:
    return await suggestions_for(
        request.ctx,
        account_id=request.my_account_id,
        limit=request.page(default=40, most=80).limit,
        offset=request.number("offset", 0, most=FURTHEST) or 0,
    )


async def get_suggestions_v1(request: ApiRequest) -> Response:
    """People one could follow."""
    return await answer_with_people(request, [i for i, _ in await _suggested(request)])


async def get_suggestions(request: ApiRequest) -> Response:
    """People one could follow, and why."""
    found = await _suggested(request)
    accounts = await render_accounts(request.ctx, [i for i, _ in found])
    return json_response(
        [
            {
                "source": "past_interactions" if by_friends else "global",
                "sources": ["friends_of_friends" if by_friends else "most_followed"],
                "account": raw(accounts[i]),
            }
            for i, by_friends in found
            if i in accounts
        ]
    )


async def delete_suggestion(request: ApiRequest) -> Response:
    """Hear no more of somebody."""
    await dismiss_suggestion(
        request.ctx,
        account_id=request.my_account_id,
        target_id=request.path_id("account_id"),
    )
    return json_response({})

"""GET /api/v1/accounts, /:id, /lookup, and what hangs on one account and is short."""

from watertower.accounts.access.people import people_for, person_for, person_of_handle
from watertower.api.answers_about_people import answer_with_people
from watertower.api.request import ApiRequest
from watertower.api.shapes.account import render_account
from watertower.api.shapes.raw import raw_response
from watertower.base.web import Response, json_response

MOST_AT_ONCE = 40


async def get_accounts(request: ApiRequest) -> Response:
    """Several accounts by id; those that do not exist are left out."""
    wanted = request.ids("id")[:MOST_AT_ONCE]
    return await answer_with_people(request, await people_for(request.ctx, account_ids=wanted))


async def get_account(request: ApiRequest) -> Response:
    """One account; a suspended one shows that it is."""
    account = await person_for(request.ctx, account_id=request.path_id())
    return raw_response(await render_account(request.ctx, account.id))


async def get_lookup(request: ApiRequest) -> Response:
    """The account of a handle that is known here already."""
    handle = request.text("acct", limit=1000) or ""
    account = await person_of_handle(request.ctx, handle=handle)
    return raw_response(await render_account(request.ctx, account.id))


async def get_identity_proofs(request: ApiRequest) -> Response:
    """Nothing: proofs were given up in Mastodon 3.5, apps still ask."""
    await person_for(request.ctx, account_id=request.path_id())
    return json_response([])

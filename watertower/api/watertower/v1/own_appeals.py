"""/api/watertower/v1/appeals/mine: a member appeals from an app, frozen or not."""

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.appeal import appeal_shape
from watertower.base.web import Response, json_response
from watertower.moderation.access.appeals import own_appeal, own_appeals
from watertower.moderation.actions.appeals.contact import send_code, verify_contact
from watertower.moderation.actions.appeals.file import file_appeal
from watertower.moderation.actions.appeals.say import answer
from watertower.moderation.actions.appeals.withdraw import withdraw_appeal
from watertower.moderation.errors.appeals import AppealNotFound
from watertower.moderation.model.appeals import CLAIM_WORDS, LONGEST_TEXT, Filing


async def get_appeals(request: ApiRequest) -> Response:
    """One's appeals, newest first."""
    page = request.page()
    found = await own_appeals(request.ctx, account_id=request.my_account_id, page=page)
    return json_response(
        [appeal_shape(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def post_appeal(request: ApiRequest) -> Response:
    """File one: `action_id`, `claim` (error, agree), `text`, `email`, files in `files[]`.

    While one runs against the same action, this is a message in it.
    """
    action_id = request.id("action_id")
    if action_id is None:
        raise invalid("action_id", "can't be blank", "ERR_BLANK")
    await file_appeal(
        request.ctx,
        account_id=request.my_account_id,
        filing=Filing(
            action_id=action_id,
            claim=request.one_of("claim", tuple(CLAIM_WORDS), "") or "",
            text=request.required_text("text", limit=LONGEST_TEXT),
            contact_email=request.text("email", limit=254) or "",
            came_by="api",
            once_key=request.headers.get("idempotency-key", "")[:100] or None,
        ),
        uploads=request.uploads,
    )
    return await _answer(request, action_id)


async def get_appeal(request: ApiRequest) -> Response:
    """The newest appeal against the action of this id."""
    return await _answer(request, request.path_id())


async def post_message(request: ApiRequest) -> Response:
    """Say something more: `text`, files in `files[]`."""
    appeal_id = await _running(request)
    await answer(
        request.ctx,
        account_id=request.my_account_id,
        appeal_id=appeal_id,
        text=request.required_text("text", limit=LONGEST_TEXT),
        uploads=request.uploads,
        came_by="api",
        once_key=request.headers.get("idempotency-key", "")[:100] or None,
    )
    return await _answer(request, request.path_id())


async def post_contact(request: ApiRequest) -> Response:
    """Have a code mailed to the address, or to another one in `email`."""
    await send_code(
        request.ctx,
        account_id=request.my_account_id,
        appeal_id=await _running(request),
        email=request.text("email", limit=254) or None,
    )
    return await _answer(request, request.path_id())


async def post_code(request: ApiRequest) -> Response:
    """The `code` that was mailed."""
    await verify_contact(
        request.ctx,
        account_id=request.my_account_id,
        appeal_id=await _running(request),
        code=request.required_text("code", limit=20),
    )
    return await _answer(request, request.path_id())


async def post_withdraw(request: ApiRequest) -> Response:
    """Take it back."""
    await withdraw_appeal(
        request.ctx, account_id=request.my_account_id, appeal_id=await _running(request)
    )
    return await _answer(request, request.path_id())


async def _running(request: ApiRequest) -> int:
    found = await own_appeal(
        request.ctx, account_id=request.my_account_id, action_id=request.path_id()
    )
    if found.appeal is None:
        raise AppealNotFound
    return found.appeal.id


async def _answer(request: ApiRequest, action_id: int) -> Response:
    found = await own_appeal(request.ctx, account_id=request.my_account_id, action_id=action_id)
    if found.appeal is None:
        raise AppealNotFound
    return json_response(appeal_shape(found.appeal, found.messages))

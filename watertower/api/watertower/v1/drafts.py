"""/api/watertower/v1/drafts: posts that a member began. Parameters are those of a status."""

from collections.abc import Sequence
from typing import Any

from watertower.api.answers import answer_with_status
from watertower.api.links import link_header
from watertower.api.request import ApiRequest
from watertower.api.shapes.media import media_shape
from watertower.api.shapes.scheduled_status import draft_params
from watertower.api.shapes.times import moment
from watertower.api.v1.statuses.draft import draft_of as draft_in
from watertower.base.errors import Refused
from watertower.base.web import Response, json_response
from watertower.moderation.actions.inbound.publish_checked import publish_checked
from watertower.statuses.access.drafts import draft_of, drafts_of, media_of_drafts
from watertower.statuses.actions.keep_draft import (
    change_draft,
    drop_draft,
    give_back_draft,
    keep_draft,
    take_draft,
)
from watertower.statuses.actions.publish import PublishedStatus
from watertower.statuses.draft import unpack_draft
from watertower.statuses.model import KeptDraft


async def get_drafts(request: ApiRequest) -> Response:
    """All that were begun, newest first."""
    page = request.page()
    found = await drafts_of(request.ctx, account_id=request.my_account_id, page=page)
    links = link_header(request, [one.id for one in found], page)
    return json_response(await _shapes(request, found), headers=links)


async def get_draft(request: ApiRequest) -> Response:
    """One of them."""
    return await _answer(request, request.path_id())


async def post_draft(request: ApiRequest) -> Response:
    """Keep a post as it is; nothing is checked but its length and media."""
    draft_id = await keep_draft(
        request.ctx, account_id=request.my_account_id, draft=draft_in(request)
    )
    return await _answer(request, draft_id)


async def put_draft(request: ApiRequest) -> Response:
    """Keep this instead."""
    await change_draft(
        request.ctx,
        account_id=request.my_account_id,
        draft_id=request.path_id(),
        draft=draft_in(request),
    )
    return await _answer(request, request.path_id())


async def delete_draft(request: ApiRequest) -> Response:
    """Throw it away."""
    await drop_draft(request.ctx, account_id=request.my_account_id, draft_id=request.path_id())
    return json_response({})


async def post_publish(request: ApiRequest) -> Response:
    """Publish it now; answers the status. Refused as a new status would be: then it stays."""
    ctx, me, draft_id = request.ctx, request.my_account_id, request.path_id()
    draft = await take_draft(ctx, account_id=me, draft_id=draft_id)
    try:
        made = await publish_checked(
            ctx,
            author_id=me,
            draft=draft,
            application_id=request.me.application_id,
            idempotency_key=f"draft:{draft_id}",
        )
    except Refused:
        await give_back_draft(ctx, account_id=me, draft_id=draft_id, draft=draft)
        raise
    await drop_draft(ctx, account_id=me, draft_id=draft_id)
    assert isinstance(made, PublishedStatus)  # noqa: S101  # drafts have no time of their own
    return await answer_with_status(request, made.status_id)


async def _answer(request: ApiRequest, draft_id: int) -> Response:
    found = await draft_of(request.ctx, account_id=request.my_account_id, draft_id=draft_id)
    return json_response((await _shapes(request, [found]))[0])


async def _shapes(request: ApiRequest, drafts: Sequence[KeptDraft]) -> list[dict[str, Any]]:
    media = await media_of_drafts(request.ctx, draft_ids=[one.id for one in drafts])
    return [
        {
            "id": str(one.id),
            "updated_at": moment(one.updated_at),
            "params": draft_params(unpack_draft(one.draft), None),
            "media_attachments": [media_shape(request.ctx, m) for m in media.get(one.id, [])],
        }
        for one in drafts
    ]

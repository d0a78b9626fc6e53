"""/api/watertower/v1/webhooks: addresses elsewhere that hear of events."""

from typing import Any

from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.actions.webhooks.keep import (
    change_webhook,
    create_webhook,
    remove_webhook,
    webhook,
    webhooks,
)
from watertower.moderation.model.webhooks import LONGEST_URL, Webhook


async def get_webhooks(request: ApiRequest) -> Response:
    """All of them, without their secrets."""
    return json_response([_shape(one) for one in await webhooks(request.ctx)])


async def post_webhook(request: ApiRequest) -> Response:
    """Make one: `url`, `events[]`. The answer holds the secret."""
    webhook_id = await create_webhook(
        request.ctx,
        actor=request.me,
        url=request.required_text("url", limit=LONGEST_URL),
        events=request.texts("events", limit=100),
    )
    return await _answer(request, webhook_id)


async def get_webhook(request: ApiRequest) -> Response:
    """One, with its secret and what was sent lately. The look is logged."""
    return await _answer(request, request.path_id())


async def put_webhook(request: ApiRequest) -> Response:
    """Change what is given: `url`, `events[]`, `enabled`, `new_secret`."""
    await change_webhook(
        request.ctx,
        actor=request.me,
        webhook_id=request.path_id(),
        url=request.text("url", limit=LONGEST_URL),
        events=request.texts("events", limit=100) if "events" in request.params else None,
        is_enabled=request.flag("enabled"),
        has_new_secret=request.is_on("new_secret"),
    )
    return await _answer(request, request.path_id())


async def delete_webhook(request: ApiRequest) -> Response:
    """Remove it."""
    await remove_webhook(request.ctx, actor_id=request.my_account_id, webhook_id=request.path_id())
    return json_response({})


async def _answer(request: ApiRequest, webhook_id: int) -> Response:
    found, secret, sent = await webhook(
        request.ctx, actor_id=request.my_account_id, webhook_id=webhook_id
    )
    return json_response(
        _shape(found)
        | {
            "secret": secret,
            "deliveries": [
                {
                    "id": str(one.id),
                    "event": one.event,
                    "object_id": str(one.object_id),
                    "created_at": moment(one.created_at),
                    "tries": one.tries,
                    "status": one.status,
                    "problem": one.problem,
                    "delivered_at": moment(one.delivered_at),
                }
                for one in sent
            ],
        }
    )


def _shape(found: Webhook) -> dict[str, Any]:
    return {
        "id": str(found.id),
        "url": found.url,
        "events": list(found.events),
        "enabled": found.is_enabled,
        "failures": found.failures,
        "created_at": moment(found.created_at),
    }

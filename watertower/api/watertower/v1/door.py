"""/api/watertower/v1/door: how open sign-up is; friction, closing, re-opening."""

from datetime import timedelta
from typing import Any

from watertower.api.request import ApiRequest
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.sign_up_gate import door_for
from watertower.moderation.actions.sign_ups.gate import (
    close,
    look_again,
    raise_friction,
    relax_friction,
    reopen,
)
from watertower.moderation.model.sign_up_gate import Gate

LONGEST = 2000


async def get_door(request: ApiRequest) -> Response:
    """What is in force, what is unusual, and what was."""
    door = await door_for(request.ctx)
    return json_response(
        {
            "mode": door.rules.mode.value,
            "friction": _gate(door.friction),
            "closing": _gate(door.closing),
            "signals": {
                "from_network": door.signals.from_network,
                "with_new_email_domain": door.signals.with_new_email_domain,
                "with_same_text": door.signals.with_same_text,
                "unusual": list(door.signals.says),
            },
            "waiting_count": door.waiting_count,
            "history": [_gate(one) for one in door.history],
        }
    )


async def post_raise(request: ApiRequest) -> Response:
    """Raise friction for some hours; it relaxes by itself."""
    await raise_friction(
        request.ctx,
        actor_id=request.my_account_id,
        level=request.number("level", 1, most=9) or 0,
        reason=request.required_text("reason", limit=LONGEST),
        lasts=_hours(request, 6),
    )
    return await get_door(request)


async def post_relax(request: ApiRequest) -> Response:
    """Relax friction now."""
    reason = request.text("reason", limit=LONGEST) or ""
    await relax_friction(request.ctx, actor_id=request.my_account_id, reason=reason)
    return await get_door(request)


async def post_close(request: ApiRequest) -> Response:
    """Close for an incident; somebody looks again within a day."""
    await close(
        request.ctx,
        actor_id=request.my_account_id,
        reason=request.required_text("reason", limit=LONGEST),
        public_note=request.required_text("public_note", limit=LONGEST),
        review_in=_hours(request, 12),
    )
    return await get_door(request)


async def post_look_again(request: ApiRequest) -> Response:
    """It has to stay closed, and why."""
    await look_again(
        request.ctx,
        actor_id=request.my_account_id,
        public_note=request.required_text("public_note", limit=LONGEST),
        review_in=_hours(request, 12),
    )
    return await get_door(request)


async def post_reopen(request: ApiRequest) -> Response:
    """Open the door as it was before."""
    reason = request.required_text("reason", limit=LONGEST)
    await reopen(request.ctx, actor_id=request.my_account_id, reason=reason)
    return await get_door(request)


def _hours(request: ApiRequest, default: int) -> timedelta:
    return timedelta(hours=request.number("hours", default, least=1, most=168) or default)


def _gate(gate: Gate | None) -> dict[str, Any] | None:
    if gate is None:
        return None
    return {
        "id": str(gate.id),
        "kind": gate.kind,
        "level": gate.level,
        "reason": gate.reason,
        "public_note": gate.public_note,
        "by_server": gate.opened_by_account_id is None,
        "opened_at": moment(gate.opened_at),
        "review_at": moment(gate.review_at),
        "ended_at": moment(gate.ended_at),
        "end_reason": gate.end_reason,
    }

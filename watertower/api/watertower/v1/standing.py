"""/api/watertower/v1/standing, /actions and /refusals: decisions about accounts.

Mastodon's admin API has one action at a time, without an end and without a way to read what was
decided. This has all that the desk has.
"""

from typing import Any

from watertower.accounts.model import Refusal
from watertower.api.links import link_header
from watertower.api.request import ApiRequest, invalid
from watertower.api.shapes.times import moment
from watertower.base.web import Response, json_response
from watertower.moderation.access.refusals import refusals
from watertower.moderation.access.standing import (
    OwnDecision,
    action_for,
    actions_about,
    actions_due,
    own_standing,
)
from watertower.moderation.actions.standing.act import act_on_several
from watertower.moderation.actions.standing.look_again import change_terms, confirm
from watertower.moderation.actions.standing.refuse import (
    KINDS,
    refuse_in_advance,
    withdraw_refusal,
)
from watertower.moderation.actions.standing.undo import undo
from watertower.moderation.model.standing import Action, Decision, Kind

MOST_TOGETHER = 50
LONGEST = 6000


async def get_own(request: ApiRequest) -> Response:
    """How one stands oneself, with every decision and the way to answer it."""
    page = request.page(default=40, most=80)
    standing = await own_standing(request.ctx, account_id=request.my_account_id, page=page)
    body = {
        "suspended_at": moment(standing.suspended_at),
        "purged_at": moment(standing.purged_at),
        "is_held": standing.is_held,
        "decisions": [_own(request, one) for one in standing.decisions],
    }
    decisions = [one.id for one in standing.decisions]
    return json_response(body, headers=link_header(request, decisions, page))


async def get_actions(request: ApiRequest) -> Response:
    """What was decided about an account, newest first; without one, what is due for a look."""
    me, account_id = request.my_account_id, request.id("account_id")
    if account_id is None:
        due = await actions_due(request.ctx, viewer_id=me)
        return json_response([action_shape(one) for one in due])
    page = request.page(default=40, most=80)
    found = await actions_about(request.ctx, viewer_id=me, account_id=account_id, page=page)
    headers = link_header(request, [one.id for one in found], page)
    return json_response([action_shape(one) for one in found], headers=headers)


async def get_action(request: ApiRequest) -> Response:
    """One of them."""
    return await _answer(request)


async def post_action(request: ApiRequest) -> Response:
    """Act on one account, or on several at once: all or none, each an action of its own."""
    kind = request.one_of("kind", tuple(str(one) for one in Kind))
    account_ids = request.ids("account_ids", most=MOST_TOGETHER)
    if kind is None:
        raise invalid("kind", "can't be blank", "ERR_BLANK")
    if not account_ids:
        raise invalid("account_ids", "can't be blank", "ERR_BLANK")
    made = await act_on_several(
        request.ctx,
        actor_id=request.my_account_id,
        account_ids=account_ids,
        decision=Decision(
            kind=Kind(kind),
            target_account_id=account_ids[0],
            case_id=request.id("case_id"),
            reason=(request.text("reason", limit=LONGEST) or "").strip(),
            message=(request.text("message", limit=LONGEST) or "").strip(),
            rule_ids=request.ids("rule_ids"),
            status_ids=request.ids("status_ids", most=500),
            ends_at=request.moment("ends_at"),
            review_at=request.moment("review_at"),
            # What one person does alone is looked at by another.
            is_emergency=kind == Kind.SUSPEND or request.is_on("emergency"),
            is_mailed=request.flag("mail", True) is not False,
        ),
    )
    me = request.my_account_id
    shown = [await action_for(request.ctx, viewer_id=me, action_id=one) for one in made]
    return json_response([action_shape(one) for one in shown])


async def post_undo(request: ApiRequest) -> Response:
    """Take it back; what was before is there again."""
    await undo(
        request.ctx,
        actor_id=request.my_account_id,
        action_id=request.path_id(),
        reason=request.text("reason", limit=LONGEST) or "",
    )
    return await _answer(request)


async def post_confirm(request: ApiRequest) -> Response:
    """The second look at what one person did alone."""
    await confirm(
        request.ctx,
        actor_id=request.my_account_id,
        action_id=request.path_id(),
        reason=request.text("reason", limit=LONGEST) or "",
    )
    return await _answer(request)


async def put_action(request: ApiRequest) -> Response:
    """Another end, or another day to look again; what is left out is taken away."""
    await change_terms(
        request.ctx,
        actor_id=request.my_account_id,
        action_id=request.path_id(),
        ends_at=request.moment("ends_at"),
        review_at=request.moment("review_at"),
        reason=request.text("reason", limit=LONGEST) or "",
    )
    return await _answer(request)


async def get_refusals(request: ApiRequest) -> Response:
    """People elsewhere who are refused before they ever come."""
    page = request.page(default=40, most=80)
    found = await refusals(request.ctx, page=page)
    return json_response(
        [_refusal(one) for one in found],
        headers=link_header(request, [one.id for one in found], page),
    )


async def post_refusal(request: ApiRequest) -> Response:
    """Refuse `handle`; who is known here is acted on at once."""
    kind = request.one_of("kind", tuple(str(one) for one in KINDS), "suspend")
    made = await refuse_in_advance(
        request.ctx,
        actor_id=request.my_account_id,
        handle=request.required_text("handle", limit=500),
        kind=Kind(kind or "suspend"),
        reason=request.text("reason", limit=LONGEST) or "",
    )
    return json_response({"action_id": _id(made.action_id), "refusal_id": _id(made.refusal_id)})


async def remove_refusal(request: ApiRequest) -> Response:
    """Let them come."""
    await withdraw_refusal(
        request.ctx,
        actor_id=request.my_account_id,
        refusal_id=request.path_id(),
        reason=request.text("reason", limit=LONGEST) or "",
    )
    return json_response({})


async def _answer(request: ApiRequest) -> Response:
    found = await action_for(
        request.ctx, viewer_id=request.my_account_id, action_id=request.path_id()
    )
    return json_response(action_shape(found))


def action_shape(action: Action) -> dict[str, Any]:
    """An action as staff sees it."""
    return {
        "id": str(action.id),
        "kind": str(action.kind),
        "account_id": str(action.target_account_id),
        "case_id": _id(action.case_id),
        "by_account_id": _id(action.actor_account_id),
        "reason": action.reason,
        "message": action.message,
        "rule_ids": [str(one) for one in action.rule_ids],
        "status_ids": [str(one) for one in action.status_ids],
        "in_force": action.is_in_force,
        "ends_at": moment(action.ends_at),
        "review_at": moment(action.review_at),
        "emergency": action.is_emergency,
        "confirmed_at": moment(action.confirmed_at),
        "confirmed_by_account_id": _id(action.confirmed_by_account_id),
        "undone_at": moment(action.undone_at),
        "undone_by_account_id": _id(action.undone_by_account_id),
        "undone_reason": action.undone_reason,
        "created_at": moment(action.created_at),
    }


def _own(request: ApiRequest, one: OwnDecision) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "kind": str(one.kind),
        "message": one.message,
        "rules": list(one.rules),
        "status_ids": [str(status_id) for status_id in one.status_ids],
        "in_force": one.is_in_force,
        "ends_at": moment(one.ends_at),
        "undone_at": moment(one.undone_at),
        "created_at": moment(one.created_at),
        "appeal_url": f"{request.ctx.settings.base_url}/appeals/{one.appeal_token}",
    }


def _refusal(one: Refusal) -> dict[str, Any]:
    return {
        "id": str(one.id),
        "handle": f"{one.username}@{one.domain}",
        "kind": one.standing,
        "reason": one.reason,
        "by_account_id": _id(one.made_by_account_id),
        "created_at": moment(one.created_at),
    }


def _id(value: int | None) -> str | None:
    return None if value is None else str(value)

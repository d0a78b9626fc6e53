"""/api/watertower/v1/freezes: freezing members, and every step of the team on the way back."""

from typing import Any

from watertower.api.links import link_header
from watertower.api.request import ApiRequest, id_of, invalid
from watertower.api.shapes.freeze import render_freeze, render_freezes
from watertower.base.web import Response, json_response
from watertower.moderation.access.freeze import ended_freezes, freeze_for, open_freezes
from watertower.moderation.actions.freeze.accept import accept
from watertower.moderation.actions.freeze.ask_more import ask_more
from watertower.moderation.actions.freeze.decide_missed import decide_missed
from watertower.moderation.actions.freeze.extend import extend
from watertower.moderation.actions.freeze.freeze import freeze
from watertower.moderation.actions.freeze.withdraw import withdraw
from watertower.moderation.model.freeze import (
    EXTENSION_DAYS,
    LONGEST_EXTENSION_DAYS,
    MOST_TASKS,
    NewFreeze,
    NewTask,
    Outcome,
    TaskKind,
)

MOST_TYPED = 5000  # characters
MOST_OPEN = 200


async def get_freezes(request: ApiRequest) -> Response:
    """Those that hold: missed deadlines first, then by what is due. `ended`: the others."""
    if request.is_on("ended"):
        page = request.page()
        listed = await ended_freezes(request.ctx, viewer_id=request.my_account_id, page=page)
        ids = [one.freeze.id for one in listed]
        return json_response(
            await render_freezes(request.ctx, listed), headers=link_header(request, ids, page)
        )
    limit = request.number("limit", 40, least=1, most=MOST_OPEN) or 40
    skips = request.number("offset", 0, most=1_000_000) or 0
    listed = await open_freezes(
        request.ctx, viewer_id=request.my_account_id, most=limit, skips=skips
    )
    return json_response(await render_freezes(request.ctx, listed))


async def get_freeze(request: ApiRequest) -> Response:
    """One freeze with its thread. The look is logged."""
    return await _answer(request, request.path_id())


async def post_freeze(request: ApiRequest) -> Response:
    """Freeze a member.

    `account_id`, `text` (the message), `case_id`, `reason`, `rule_ids[]`, `status_ids[]`, `tasks[]`
    (objects with `kind`, `text`, `status_id`, `url`, `minutes`), `respond_by`, `complete_by`,
    `egregious`.
    """
    account_id = request.id("account_id")
    if account_id is None:
        raise invalid("account_id", "can't be blank", "ERR_BLANK")
    freeze_id = await freeze(
        request.ctx,
        actor_id=request.my_account_id,
        wanted=NewFreeze(
            account_id=account_id,
            case_id=request.id("case_id"),
            message=request.text("text", limit=MOST_TYPED) or "",
            reason=request.text("reason", limit=MOST_TYPED) or "",
            rule_ids=request.ids("rule_ids"),
            status_ids=request.ids("status_ids"),
            tasks=_tasks(request),
            respond_by=request.moment("respond_by"),
            complete_by=request.moment("complete_by"),
            is_egregious=request.is_on("egregious"),
        ),
    )
    return await _answer(request, freeze_id)


async def post_accept(request: ApiRequest) -> Response:
    """Restore the account, with a note of what was `agreed`."""
    await accept(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        agreed=request.text("agreed", limit=MOST_TYPED) or "",
    )
    return await _answer(request, request.path_id())


async def post_ask_more(request: ApiRequest) -> Response:
    """Say in `text` exactly what is missing; perhaps with more `tasks[]`."""
    await ask_more(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        text=request.text("text", limit=MOST_TYPED) or "",
        tasks=_tasks(request),
    )
    return await _answer(request, request.path_id())


async def post_extend(request: ApiRequest) -> Response:
    """More time: `days`, and a `reason`."""
    days = request.number("days", EXTENSION_DAYS, least=1, most=LONGEST_EXTENSION_DAYS)
    await extend(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        reason=request.text("reason", limit=MOST_TYPED) or "",
        days=days or EXTENSION_DAYS,
    )
    return await _answer(request, request.path_id())


async def post_withdraw(request: ApiRequest) -> Response:
    """Take the freeze back: `reason` for the team, `text` for the person."""
    await withdraw(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        reason=request.text("reason", limit=MOST_TYPED) or "",
        message=request.text("text", limit=MOST_TYPED) or "",
    )
    return await _answer(request, request.path_id())


async def post_decide(request: ApiRequest) -> Response:
    """After a missed deadline: `outcome` remain, limit or suspend, with a `reason`."""
    outcome = request.one_of("outcome", [str(one) for one in Outcome])
    if outcome is None:
        raise invalid("outcome", "can't be blank", "ERR_BLANK")
    await decide_missed(
        request.ctx,
        actor_id=request.my_account_id,
        freeze_id=request.path_id(),
        outcome=Outcome(outcome),
        reason=request.text("reason", limit=MOST_TYPED) or "",
        message=request.text("text", limit=MOST_TYPED) or "",
    )
    return await _answer(request, request.path_id())


async def _answer(request: ApiRequest, freeze_id: int) -> Response:
    whole = await freeze_for(request.ctx, viewer_id=request.my_account_id, freeze_id=freeze_id)
    return json_response(await render_freeze(request.ctx, whole, viewer=request.me, for_team=True))


def _tasks(request: ApiRequest) -> list[NewTask]:
    """The tasks as they were sent. Raises Invalid for what is none."""
    return [_task(value) for value in request.list_of("tasks", most=MOST_TASKS)]


def _task(value: Any) -> NewTask:
    if not isinstance(value, dict):
        raise invalid("tasks", "must be objects")
    kind, text, url = value.get("kind"), value.get("text") or "", value.get("url") or ""
    if kind not in {str(one) for one in TaskKind}:
        raise invalid("tasks", f"must be one of {', '.join(TaskKind)}", "ERR_INCLUSION")
    if not isinstance(text, str) or not isinstance(url, str):
        raise invalid("tasks", "must have a text")
    minutes = value.get("minutes")
    status_id = value.get("status_id")
    found = NewTask(
        TaskKind(kind),
        text,
        None if status_id in (None, "") else id_of(status_id),
        url,
        None if minutes in (None, "") else id_of(minutes),
    )
    if (status_id not in (None, "") and found.status_id is None) or (
        minutes not in (None, "") and found.minutes is None
    ):
        raise invalid("tasks", "name what is no number")
    return found

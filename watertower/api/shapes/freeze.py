"""A freeze, as its person and moderators are shown it."""

from typing import Any

import msgspec

from watertower.accounts.model import Viewer
from watertower.api.shapes.account import render_accounts
from watertower.api.shapes.status import render_statuses
from watertower.api.shapes.times import moment
from watertower.base.context import Context
from watertower.moderation.access.freeze import ListedFreeze, WholeFreeze
from watertower.moderation.model.freeze import MOST_EXTENSIONS, Freeze, Task
from watertower.statuses.access.statuses import lines_for


async def render_freeze(
    ctx: Context, whole: WholeFreeze, *, viewer: Viewer, for_team: bool = False
) -> dict[str, Any]:
    """All of it. For the team also whom it is about, and why by their own words."""
    lines = await lines_for(ctx, viewer=viewer, status_ids=whole.status_ids)
    statuses = await render_statuses(ctx, lines, viewer=viewer)
    shown: dict[str, Any] = _line(whole.freeze) | {
        "message": whole.action.message,
        "rules": [{"id": str(rule.id), "text": rule.text} for rule in whole.rules],
        "status_ids": [str(one) for one in whole.status_ids],
        "statuses": [msgspec.Raw(status) for status in statuses],
        "tasks": [_task(task) for task in whole.tasks],
        "messages": [
            {
                "id": str(message.id),
                "from_team": message.from_team,
                "text": message.text,
                "created_at": moment(message.created_at),
            }
            for message in whole.messages
        ],
        "ends_at": moment(whole.action.ends_at),
    }
    if for_team:
        accounts = await render_accounts(ctx, [whole.account.id])
        return shown | {
            "account": msgspec.Raw(accounts[whole.account.id]),
            "reason": whole.action.reason,
        }
    base = ctx.settings.base_url
    return shown | {
        "url": f"{base}/account/frozen",
        "appeal_url": f"{base}/appeals/new?action_id={whole.freeze.action_id}",
    }


async def render_freezes(ctx: Context, listed: list[ListedFreeze]) -> list[dict[str, Any]]:
    """Lines of a list, with the account and how far the tasks are."""
    accounts = await render_accounts(ctx, [one.account.id for one in listed])
    return [
        _line(one.freeze)
        | {
            "account": msgspec.Raw(accounts[one.account.id]),
            "tasks_done": one.tasks_done,
            "tasks_count": one.tasks_count,
        }
        for one in listed
        if one.account.id in accounts
    ]


def _line(freeze: Freeze) -> dict[str, Any]:
    return {
        "id": str(freeze.id),
        "action_id": str(freeze.action_id),
        "case_id": None if freeze.case_id is None else str(freeze.case_id),
        "state": str(freeze.state),
        "begun_at": moment(freeze.begun_at),
        "respond_by": moment(freeze.respond_by),
        "complete_by": moment(freeze.complete_by),
        "due_at": moment(freeze.clock_due_at),  # of what is waited for now; null: no clock runs
        "extensions_left": max(MOST_EXTENSIONS - freeze.extensions, 0),
        "answered_at": moment(freeze.answered_at),
        "submitted_at": moment(freeze.submitted_at),
        "submitted_as": freeze.submitted_as,
        "escalated": freeze.is_escalated,
        "ended_at": moment(freeze.ended_at),
        "agreed": freeze.agreed,
    }


def _task(task: Task) -> dict[str, Any]:
    return {
        "id": str(task.id),
        "kind": str(task.kind),
        "text": task.text,
        "status_id": None if task.status_id is None else str(task.status_id),
        "url": task.url,
        "minutes": task.minutes,
        "done": task.is_done,
        "done_at": moment(task.done_at),
        "statement": task.statement,
    }

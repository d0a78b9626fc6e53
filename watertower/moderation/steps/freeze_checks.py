"""Whether a freeze that is to be makes sense: its clocks and its tasks."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from watertower.base.db.transaction import Reading
from watertower.moderation.errors.freeze import EgregiousHarm, WrongClock, WrongTask
from watertower.moderation.model.freeze import (
    COMPLETE_WITHIN,
    EGREGIOUS,
    LONGEST,
    LONGEST_TASK,
    LONGEST_URL,
    MINUTES,
    MOST_TASKS,
    RESPOND_WITHIN,
    SHORTEST,
    NewTask,
    TaskKind,
)
from watertower.moderation.queries.cases import find_case
from watertower.moderation.queries.freeze_tasks import has_status, list_own_statuses

_INVALID = "ERR_INVALID"


async def require_no_egregious_harm(tx: Reading, *, case_id: int) -> None:
    """Raise EgregiousHarm for such a case: that is answered with a suspension, not with tasks."""
    case = await find_case(tx, case_id=case_id)
    if case is not None and case.severity is not None and case.severity >= EGREGIOUS:
        raise EgregiousHarm


def clocks_of(
    now: datetime, respond_by: datetime | None, complete_by: datetime | None
) -> tuple[datetime, datetime]:
    """Both deadlines: a week to answer, and a week more, unless said otherwise. Raises WrongClock."""
    respond = respond_by or now + RESPOND_WITHIN
    complete = complete_by or respond + COMPLETE_WITHIN
    if respond < now + SHORTEST:
        raise _wrong_clock("respond_by", "must leave at least a day to answer")
    if complete < respond + SHORTEST:
        raise _wrong_clock("complete_by", "must be at least a day after the answer is due")
    if complete > now + LONGEST:
        raise _wrong_clock("complete_by", f"must be within {LONGEST.days} days")
    return respond, complete


async def require_good_tasks(tx: Reading, *, account_id: int, tasks: Sequence[NewTask]) -> None:
    """Raise WrongTask for what cannot be asked of this account."""
    if len(tasks) > MOST_TASKS:
        raise _wrong_task(f"can be at most {MOST_TASKS}")
    for task in tasks:
        _require_good(task)
    named = [
        task.status_id
        for task in tasks
        if task.kind is TaskKind.DELETE_STATUS and task.status_id is not None
    ]
    if len(set(named)) < len(named):
        raise _wrong_task("ask for the same post twice")
    if set(named) - await list_own_statuses(tx, status_ids=named, account_id=account_id):
        raise _wrong_task("can only ask to delete posts of this account that are still there")
    for task in tasks:
        if (
            task.kind is TaskKind.LEAVE_CONVERSATION
            and task.status_id is not None
            and not await has_status(tx, status_id=task.status_id)
        ):
            raise _wrong_task("name a conversation that is not there")


def _require_good(task: NewTask) -> None:
    if len(task.text) > LONGEST_TASK or len(task.url) > LONGEST_URL:
        raise _wrong_task("are too long")
    if task.kind is TaskKind.DELETE_STATUS and task.status_id is None:
        raise _wrong_task("must say which post is to be deleted")
    if task.kind in {TaskKind.CHANGE_PROFILE, TaskKind.AGREE} and not task.text.strip():
        raise _wrong_task("must say what is asked")
    if task.kind is TaskKind.LEAVE_CONVERSATION and not (task.text.strip() or task.status_id):
        raise _wrong_task("must say which conversation is to be left")
    if task.kind is TaskKind.READ and not (task.text.strip() or task.url):
        raise _wrong_task("must say what is to be read")
    if task.url and urlsplit(task.url).scheme not in {"http", "https"}:
        raise _wrong_task("must link to a web page")
    if task.minutes is not None and task.minutes not in MINUTES:
        raise _wrong_task(f"may take {MINUTES.start} to {MINUTES.stop - 1} minutes")


def _wrong_task(problem: str) -> WrongTask:
    return WrongTask(
        f"Validation failed: Tasks {problem}", details={"tasks": [(_INVALID, problem)]}
    )


def _wrong_clock(name: str, problem: str) -> WrongClock:
    shown = name.replace("_", " ").capitalize()
    return WrongClock(
        f"Validation failed: {shown} {problem}", details={name: [(_INVALID, problem)]}
    )

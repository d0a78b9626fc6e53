"""/desk/appeals/:id: one appeal, its conversation, and its decision."""

import secrets
from collections.abc import Awaitable
from datetime import timedelta

from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.appeals import judged_appeal, judged_file
from watertower.moderation.actions.appeals.assign import assign_appeal
from watertower.moderation.actions.appeals.decide import (
    decide_appeal,
    drop_proposal,
    second,
    verdict_of,
)
from watertower.moderation.actions.appeals.say import note, write
from watertower.moderation.model.appeals import (
    APPEALABLE,
    CLAIM_WORDS,
    LONGEST_TEXT,
    OUTCOME_WORDS,
    STATE_WORDS,
    TEAMS,
    Outcome,
    Verdict,
    is_lighter,
)
from watertower.moderation.model.freeze import TASK_WORDS, NewTask, TaskKind
from watertower.moderation.model.standing import OF_MEMBERS, WORDS, Kind
from watertower.web.appeals.files import download
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

NOTES = {
    "said": "Sent.",
    "noted": "Noted, for the team only.",
    "assigned": "Handed over.",
    "decided": "Decided. The person is told now.",
    "proposed": "Noted. It happens once a second moderator agrees; they are told.",
    "dropped": "The proposal is gone.",
}
MOST_TASKS = 4
SAYS = {
    Outcome.ACCEPTED: "Everything is as it was before the decision.",
    Outcome.CHANGED: "The decision is taken back, and something lighter is done instead.",
    Outcome.REJECTED: "The decision stands.",
    Outcome.RETURNED: "The account is frozen, with these tasks, instead.",
}


async def get_appeal(request: WebRequest) -> Response:
    """The appeal."""
    return await _page(request)


async def post_message(request: WebRequest) -> Response:
    """Write to the person."""
    return await _do(
        request,
        "said",
        write(
            request.ctx,
            actor_id=request.my_account_id,
            appeal_id=request.path_id(),
            text=request.text("text", LONGEST_TEXT + 1),
            uploads=request.uploads,
            once_key=request.line("once", 60) or None,
        ),
    )


async def post_note(request: WebRequest) -> Response:
    """Write to the team."""
    return await _do(
        request,
        "noted",
        note(
            request.ctx,
            actor_id=request.my_account_id,
            appeal_id=request.path_id(),
            text=request.text("note_text", LONGEST_TEXT + 1),
        ),
    )


async def post_assign(request: WebRequest) -> Response:
    """Take it, or hand it over."""
    to_id = id_of(request.params.get("to"))
    return await _do(
        request,
        "assigned",
        assign_appeal(
            request.ctx,
            actor_id=request.my_account_id,
            appeal_id=request.path_id(),
            to_id=request.my_account_id if to_id is None else to_id,
        ),
    )


async def post_decide(request: WebRequest) -> Response:
    """Decide, or propose where it takes two."""
    outcome, kind = request.text("outcome", 20), request.text("kind", 40)
    days = request.line("days", 4)
    try:
        is_done = await decide_appeal(
            request.ctx,
            actor_id=request.my_account_id,
            appeal_id=request.path_id(),
            verdict=Verdict(
                Outcome(outcome) if outcome in set(TEAMS) else Outcome.LAPSED,
                request.text("message", LONGEST_TEXT + 1),
                Kind(kind) if kind in set(Kind) else None,
                request.ctx.now() + timedelta(days=int(days))
                if days.isascii() and days.isdigit() and int(days) > 0
                else None,
                _tasks(request),
            ),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _page(request, wrong=refused.says)
    done = "decided" if is_done else "proposed"
    return redirect(f"/desk/appeals/{request.path_id()}?note={done}", 303)


async def post_second(request: WebRequest) -> Response:
    """Agree with a colleague."""
    return await _do(
        request,
        "decided",
        second(request.ctx, actor_id=request.my_account_id, appeal_id=request.path_id()),
    )


async def post_drop(request: WebRequest) -> Response:
    """Do not agree; say why."""
    return await _do(
        request,
        "dropped",
        drop_proposal(
            request.ctx,
            actor_id=request.my_account_id,
            appeal_id=request.path_id(),
            reason=request.text("reason", LONGEST_TEXT + 1),
        ),
    )


async def get_file(request: WebRequest) -> Response:
    """A file of the conversation."""
    place = id_of(request.path_params["place"])
    found = await judged_file(
        request.ctx,
        viewer_id=request.my_account_id,
        appeal_id=request.path_id(),
        message_id=request.path_id("message"),
        place=-1 if place is None else place,
    )
    return await download(request, found)


def _tasks(request: WebRequest) -> list[NewTask]:
    """The rows of the form that were filled in: a kind, and words, an address or a post."""
    found = []
    for place in range(MOST_TASKS):
        kind, text = request.text(f"task_kind_{place}", 30), request.line(f"task_{place}", 2000)
        if not text or kind not in set(TaskKind):
            continue
        link = text if text.startswith(("https://", "http://")) else ""
        post = id_of(text.rstrip("/").rpartition("/")[2])
        if kind == TaskKind.DELETE_STATUS:
            found.append(NewTask(TaskKind(kind), status_id=post or 0))
        elif kind == TaskKind.READ and link:
            found.append(NewTask(TaskKind(kind), url=link))
        else:
            found.append(NewTask(TaskKind(kind), text=text))
    return found


async def _do(request: WebRequest, said: str, doing: Awaitable[None]) -> Response:
    try:
        await doing
    except NotFound:
        raise
    except Refused as refused:
        return await _page(request, wrong=refused.says)
    return redirect(f"/desk/appeals/{request.path_id()}?note={said}", 303)


async def _page(request: WebRequest, *, wrong: str = "") -> Response:
    found = await judged_appeal(
        request.ctx, viewer_id=request.my_account_id, appeal_id=request.path_id()
    )
    appeal = found.appeal
    is_member = appeal.filed_by == "member"
    lighter = [
        (str(kind), WORDS[kind])
        for kind in Kind
        if kind in APPEALABLE | {Kind.WARNING}
        and kind is not Kind.FREEZE
        and is_lighter(kind, appeal.kind)
        and (is_member or kind not in OF_MEMBERS)
    ]
    outcomes = [
        (str(one), OUTCOME_WORDS[one], SAYS[one])
        for one in TEAMS
        if (one is not Outcome.CHANGED or lighter)
        and (one is not Outcome.RETURNED or (is_member and appeal.kind in RETURNABLE))
    ]
    return page(
        request,
        "desk/appeal.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note="" if wrong else NOTES.get(request.text("note", 20), ""),
        found=found,
        appeal=appeal,
        me=request.my_account_id,
        proposal=verdict_of(dict(appeal.proposal)) if appeal.proposal else None,
        words=WORDS,
        claims=CLAIM_WORDS,
        state_words=STATE_WORDS,
        outcome_words=OUTCOME_WORDS,
        outcomes=outcomes,
        lighter=lighter,
        task_kinds=[(str(kind), words) for kind, words in TASK_WORDS.items()],
        task_rows=range(MOST_TASKS),
        typed=request.text("text", LONGEST_TEXT + 1),
        message=request.text("message", LONGEST_TEXT + 1),
        once=secrets.token_hex(12),
    )


RETURNABLE = frozenset({Kind.SUSPEND, Kind.FREEZE})

"""/desk/accounts/:id/act: the form to decide about an account, or about several at once."""

from datetime import UTC, datetime, timedelta

from watertower.base.errors import Invalid, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.staff_accounts import accounts_named, what_to_act_on
from watertower.moderation.access.templates import templates_for
from watertower.moderation.actions.standing.act import act, act_on_several
from watertower.moderation.model.standing import (
    OF_MEMBERS,
    OF_STANDING,
    SEEN_BY,
    WORDS,
    Decision,
    Kind,
)
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of
from watertower.web.views.account import account_view
from watertower.web.views.status import status_views

ENDS = (
    ("", "No end"),
    ("1", "In 1 hour"),
    ("12", "In 12 hours"),
    ("24", "In 1 day"),
    ("72", "In 3 days"),
    ("168", "In 7 days"),
    ("720", "In 30 days"),
    ("at", "At the time below"),
)
MOST_TOGETHER = 50
# For several people at once: what ends by itself slows a conflict down, and blames nobody.
TOGETHER = frozenset({Kind.LIMIT, Kind.FREEZE, Kind.WARNING})


async def get_act(request: WebRequest) -> Response:
    """The form."""
    return await _form(request)


async def post_act(request: WebRequest) -> Response:
    """Do it."""
    account_id = request.path_id()
    try:
        decision = _decision(request, account_id)
        others = request.line("together", 5000).replace(",", " ").split()[:MOST_TOGETHER]
        if others:
            await _together(request, decision, others)
        else:
            await act(request.ctx, actor_id=request.my_account_id, decision=decision)
    except Refused as refused:
        return await _form(request, refused.says)
    return redirect(f"/desk/accounts/{account_id}?note=done", 303)


async def _together(request: WebRequest, decision: Decision, handles: list[str]) -> None:
    if decision.kind not in TOGETHER or decision.status_ids:
        raise Invalid("Only limits, freezes and warnings are for several people at once")
    ids, unknown = await accounts_named(request.ctx, handles=handles)
    if unknown:
        raise Invalid(f"Nobody here knows {', '.join(unknown)}")
    await act_on_several(
        request.ctx,
        actor_id=request.my_account_id,
        decision=decision,
        account_ids=[decision.target_account_id, *ids],
    )


def _decision(request: WebRequest, account_id: int) -> Decision:
    word = request.text("kind")
    if word not in {str(kind) for kind in Kind}:
        raise Invalid("Choose what to do")
    kind = Kind(word)
    return Decision(
        kind=kind,
        target_account_id=account_id,
        case_id=id_of(request.line("case_id", 30)),
        reason=request.text("reason", 6000).strip(),
        message=request.text("message", 6000).strip(),
        rule_ids=_ids(request, "rule_"),
        status_ids=_ids(request, "status_"),
        ends_at=None if kind in {Kind.NONE, Kind.WARNING} else _end(request),
        # One person alone: somebody else looks at it within a day.
        is_emergency=kind is Kind.SUSPEND,
        is_mailed=request.is_on("mail"),
    )


def _ids(request: WebRequest, prefix: str) -> list[int]:
    """Ticked boxes are named with the id, so that forms need no lists."""
    found = (id_of(name.removeprefix(prefix)) for name in request.params if _is(name, prefix))
    return [one for one in found if one is not None]


def _is(name: object, prefix: str) -> bool:
    return isinstance(name, str) and name.startswith(prefix)


def _end(request: WebRequest) -> datetime | None:
    word = request.text("ends")
    if word == "at":
        try:
            return datetime.fromisoformat(request.line("ends_at", 30)).replace(tzinfo=UTC)
        except ValueError as error:
            raise Invalid("The end is no date and time") from error
    if word not in dict(ENDS) or not word:
        return None
    # To the minute, so that the same form sent twice is the same decision.
    return request.ctx.now().replace(second=0, microsecond=0) + timedelta(hours=int(word))


async def _form(request: WebRequest, wrong: str = "") -> Response:
    account, lines, rules = await what_to_act_on(
        request.ctx, viewer=request.me, account_id=request.path_id()
    )
    kinds = [kind for kind in Kind if account.is_local or kind not in OF_MEMBERS]
    templates = await templates_for(request.ctx)
    chosen = id_of(request.text("template", 30))
    picked = next((one for one in templates if one.id == chosen), None)
    typed = {
        name: request.text(name, 6000)
        for name in ("kind", "reason", "message", "case_id", "ends", "ends_at", "together")
    }
    if picked is not None:
        typed["message"] = typed["message"] or picked.text
        typed["kind"] = typed["kind"] or picked.action
    return page(
        request,
        "desk/account_act.html",
        status=422 if wrong else 200,
        wrong=wrong,
        view=account_view(request.ctx, account),
        is_local=account.is_local,
        kinds=[(kind, WORDS[kind], SEEN_BY[kind], kind in OF_STANDING) for kind in kinds],
        rules=rules,
        posts=await status_views(request.ctx, lines),
        ends=ENDS,
        typed=typed,
        templates=[
            ("", "None"),
            *((str(one.id), f"{one.name} ({one.language})") for one in templates),
        ],
        chosen=str(chosen or ""),
        ticked={
            *_ids(request, "rule_"),
            *_ids(request, "status_"),
            *([picked.rule_id] if picked is not None and picked.rule_id else []),
        },
        is_mailed=request.method == "GET" or request.is_on("mail"),
    )

"""/desk/waves: the list, one wave with everything in it, and one decision for all of it."""

from watertower.accounts.model import Permission
from watertower.base.errors import Conflict, Invalid
from watertower.base.web import Response, redirect
from watertower.moderation.access.waves import accounts_of_wave, wave_for_desk, waves_for_desk
from watertower.moderation.actions.waves.decide import (
    call_harmless,
    decide_wave,
    undo_decision,
)
from watertower.moderation.model.waves import MOST_SERVERS, SERVER_HOURS, WaveDecision
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

POSTS = (("none", "Leave them"), ("cover", "Cover their media"), ("remove", "Remove them"))
ACCOUNTS = (
    ("none", "Leave them"),
    ("limit", "Limit them here"),
    ("suspend", "Suspend them here"),
)
HOURS = [
    (hours, f"{hours} hours" if hours < 48 else f"{hours // 24} days") for hours in SERVER_HOURS
]
WORDS = {
    "none": "left",
    "cover": "media covered",
    "remove": "removed",
    "limit": "limited",
    "suspend": "suspended",
}
ACCOUNTS_SHOWN = 100


async def get_waves(request: WebRequest) -> Response:
    """Waves that wait, or those that are over."""
    are_over = request.text("show") == "over"
    return page(
        request,
        "desk/waves_list.html",
        waves=await waves_for_desk(request.ctx, are_over=are_over),
        are_over=are_over,
    )


async def get_wave(request: WebRequest) -> Response:
    """One wave."""
    return await _show(request)


async def get_accounts(request: WebRequest) -> Response:
    """Everybody who takes part."""
    wave_id = request.path_id()
    found = await accounts_of_wave(
        request.ctx,
        wave_id=wave_id,
        after_id=id_of(request.params.get("min_id")) or 0,
        limit=ACCOUNTS_SHOWN + 1,
    )
    return page(
        request,
        "desk/waves_accounts.html",
        wave_id=wave_id,
        accounts=found[:ACCOUNTS_SHOWN],
        next_id=found[ACCOUNTS_SHOWN - 1].account_id if len(found) > ACCOUNTS_SHOWN else None,
    )


async def post_decide(request: WebRequest) -> Response:
    """Decide."""
    decision = WaveDecision(
        posts=request.text("posts", 20),
        accounts=request.text("accounts", 20),
        closes_reports=request.is_on("closes_reports"),
        includes_members=request.is_on("includes_members"),
        servers=tuple(_servers(request)),
        server_hours=id_of(request.params.get("server_hours")) or 24,
        reason=request.text("reason", 2000).strip(),
    )
    try:
        await decide_wave(
            request.ctx,
            actor_id=request.my_account_id,
            wave_id=request.path_id(),
            decision=decision,
            may_limit_servers=request.me.may(Permission.MANAGE_FEDERATION),
        )
    except (Invalid, Conflict) as refused:
        return await _show(request, decision=decision, wrong=f"{refused.says}.")
    return redirect(f"/desk/waves/{request.path_id()}", 303)


async def post_harmless(request: WebRequest) -> Response:
    """It is fine, or is not after all."""
    await call_harmless(
        request.ctx,
        actor_id=request.my_account_id,
        wave_id=request.path_id(),
        is_harmless=request.text("is_harmless") != "0",
    )
    return redirect("/desk/waves", 303)


async def post_undo(request: WebRequest) -> Response:
    """Put back what a decision did."""
    wave_id = await undo_decision(
        request.ctx,
        actor_id=request.my_account_id,
        decision_id=request.path_id(),
        reason=request.line("reason"),
    )
    return redirect(f"/desk/waves/{wave_id}", 303)


def _servers(request: WebRequest) -> list[str]:
    """The servers whose boxes are ticked: each has a field `server_NAME`."""
    names = (name.removeprefix("server_") for name in request.params if name.startswith("server_"))
    return [name[:255] for name in names if request.is_on(f"server_{name}")][:MOST_SERVERS]


async def _show(
    request: WebRequest, *, decision: WaveDecision | None = None, wrong: str = ""
) -> Response:
    seen = await wave_for_desk(request.ctx, wave_id=request.path_id())
    if decision is None:
        suggested = tuple(one.domain for one in seen.servers if one.is_suggested)
        decision = WaveDecision(posts="none", accounts="limit", servers=suggested)
    return page(
        request,
        "desk/waves_wave.html",
        status=422 if wrong else 200,
        seen=seen,
        wave=seen.wave,
        chosen=decision,
        posts=POSTS,
        accounts=ACCOUNTS,
        hours=HOURS,
        words=WORDS,
        may_limit_servers=request.me.may(Permission.MANAGE_FEDERATION),
        may_write_rules=request.me.may(Permission.WRITE_INBOUND_RULES),
        wrong=wrong,
    )

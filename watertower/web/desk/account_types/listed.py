"""/desk/account_types: special accounts by state, and the rules for all of them."""

from watertower.accounts.model import Permission
from watertower.base.errors import Forbidden, Invalid, NotFound
from watertower.base.web import Response, redirect
from watertower.moderation.access.account_types import approvals_for, type_rules
from watertower.moderation.actions.account_types.freeze import freeze_undeclared
from watertower.moderation.actions.account_types.rules import (
    invite_company,
    publish_expectations,
    question_account,
    release_tag,
    reserve_tag,
)
from watertower.moderation.model.account_types import SPECIAL, WORDS, State
from watertower.web.pages import page
from watertower.web.problems import said
from watertower.web.request import WebRequest
from watertower.web.views.approvals import STATE_WORDS

TABS = (
    ("waiting", "Waiting", (State.APPLIED, State.IN_REVIEW)),
    ("notice", "Notice and renewal", (State.UNDER_NOTICE, State.RENEWAL_DUE, State.REVOKED)),
    ("approved", "Approved", (State.APPROVED,)),
    ("other", "Others", (State.DECLARED, State.REFUSED, State.LAPSED)),
)


async def get_list(request: WebRequest) -> Response:
    """Accounts, what is due first."""
    return await _list(request)


async def post_question(request: WebRequest) -> Response:
    """Open a case about an account that is something else than it says, or says nothing."""
    try:
        does = question_account
        if request.text("decision", 20) == "freeze":
            if not request.me.may(Permission.DECIDE_CASES):
                raise Forbidden
            does = freeze_undeclared
        case_id = await does(
            request.ctx,
            actor_id=request.my_account_id,
            username=request.line("name", 100),
            perceived=request.line("perceived", 20),
            reason=request.text("text", 4000),
        )
    except Invalid as refused:
        return await _list(request, wrong=said(refused))
    except NotFound:
        return await _list(request, wrong="Nobody here has this name.")
    return redirect(f"/desk/cases/{case_id}", 303)


async def _list(request: WebRequest, *, wrong: str | None = None) -> Response:
    tab = next((one for one in TABS if one[0] == request.text("tab", 20)), TABS[0])
    return page(
        request,
        "desk/account_types.html",
        status=422 if wrong else 200,
        approvals=await approvals_for(request.ctx, states=tab[2]),
        tabs=TABS,
        tab=tab[0],
        types=SPECIAL,
        wrong=wrong,
        words=WORDS,
        state_words=STATE_WORDS,
    )


async def get_rules(request: WebRequest) -> Response:
    """Expectations, hashtags, invitations."""
    return await _rules(request)


async def post_rules(request: WebRequest) -> Response:
    """Publish expectations, reserve or release a hashtag, invite a company."""
    ctx, actor_id, verb = request.ctx, request.my_account_id, request.text("what", 20)
    try:
        if verb == "expectations":
            await publish_expectations(ctx, actor_id=actor_id, text=request.text("text", 10_000))
        elif verb == "reserve":
            await reserve_tag(
                ctx,
                actor_id=actor_id,
                name=request.line("name", 200),
                purpose=request.line("purpose", 500),
                account_type=request.line("account_type", 20),
            )
        elif verb == "release":
            await release_tag(ctx, actor_id=actor_id, name=request.line("name", 200))
        elif verb == "invite":
            await invite_company(
                ctx, actor_id=actor_id, organisation=request.line("organisation", 200)
            )
        else:
            raise NotFound
    except Invalid as refused:
        return await _rules(request, wrong=said(refused))
    return redirect("/desk/account_types/rules?done=1", 303)


async def _rules(request: WebRequest, *, wrong: str | None = None) -> Response:
    return page(
        request,
        "desk/account_types_rules.html",
        status=422 if wrong else 200,
        rules=await type_rules(request.ctx),
        types=SPECIAL,
        words=WORDS,
        was_done=request.is_on("done"),
        wrong=wrong,
    )

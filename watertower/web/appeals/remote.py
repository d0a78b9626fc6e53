"""/appeals/remote: people elsewhere appeal, after they or their moderators proved who they are."""

from watertower.accounts.access.accounts import account_for
from watertower.base.errors import NotFound, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.appeals import appealable_actions, own_token
from watertower.moderation.actions.appeals.file_remote import file_remote
from watertower.moderation.actions.appeals.prove import (
    ask,
    ask_staff,
    asked_handle,
    proof_link,
    prove_by_profile,
    proved,
)
from watertower.moderation.model.appeals import CLAIM_WORDS, LONGEST_TEXT
from watertower.moderation.model.standing import WORDS
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of


async def get_remote(request: WebRequest) -> Response:
    """Ask whose account it is."""
    return page(request, "appeal_remote.html", wrong="", handle="")


async def post_remote(request: WebRequest) -> Response:
    """Lead to the proof; every handle gets the same."""
    handle = request.line("handle", 400)
    try:
        ticket = ask(request.ctx, handle=handle)
    except Refused as refused:
        return page(request, "appeal_remote.html", status=422, wrong=refused.says, handle=handle)
    return redirect(f"/appeals/remote/{ticket}", 303)


async def get_proof(request: WebRequest) -> Response:
    """How to prove it."""
    return _proof(request)


async def post_proof(request: WebRequest) -> Response:
    """Look now, or write to the staff of that server."""
    ticket = request.path_params["ticket"]
    try:
        if request.text("by", 10) == "staff":
            await ask_staff(request.ctx, ticket=ticket, ip=request.ip)
            return redirect(f"/appeals/remote/{ticket}?sent=1", 303)
        made = await prove_by_profile(request.ctx, ticket=ticket, ip=request.ip)
    except NotFound:
        raise
    except Refused as refused:
        return _proof(request, wrong=refused.says)
    return redirect(f"/appeals/remote/proved/{made}", 303)


async def get_proved(request: WebRequest) -> Response:
    """What can be appealed, to whoever has proved themselves."""
    return await _proved(request)


async def post_proved(request: WebRequest) -> Response:
    """File it, and lead to the conversation."""
    ticket = request.path_params["ticket"]
    account_id, _ = proved(request.ctx, ticket=ticket)
    action_id = id_of(request.params.get("action_id"))
    if action_id is None:
        return await _proved(request, wrong="Please choose the decision.")
    try:
        await file_remote(
            request.ctx,
            ticket=ticket,
            action_id=action_id,
            claim=request.text("claim", 10),
            text=request.text("text", LONGEST_TEXT + 1),
            contact_email=request.line("email", 300),
        )
    except NotFound:
        raise
    except Refused as refused:
        return await _proved(request, wrong=refused.says)
    token = await own_token(request.ctx, account_id=account_id, action_id=action_id)
    return redirect(f"/appeals/{token}?note=filed", 303)


async def get_proof_link(request: WebRequest) -> Response:
    """Where the link on the profile leads: says what it is."""
    return page(request, "appeal_proof_link.html")


def _proof(request: WebRequest, *, wrong: str = "") -> Response:
    ticket = request.path_params["ticket"]
    return page(
        request,
        "appeal_proof.html",
        status=422 if wrong else 200,
        wrong=wrong,
        handle=asked_handle(request.ctx, ticket=ticket),
        link=proof_link(request.ctx, ticket=ticket),
        ticket=ticket,
        was_sent=request.is_on("sent"),
    )


async def _proved(request: WebRequest, *, wrong: str = "") -> Response:
    ticket = request.path_params["ticket"]
    account_id, how = proved(request.ctx, ticket=ticket)
    account = await account_for(request.ctx, account_id=account_id)
    actions = await appealable_actions(request.ctx, account_id=account_id)
    tokens = {
        one.id: await own_token(request.ctx, account_id=account_id, action_id=one.id)
        for one in actions
    }
    return page(
        request,
        "appeal_proved.html",
        status=422 if wrong else 200,
        wrong=wrong,
        acct=account.acct,
        is_staff=how == "staff",
        actions=actions,
        tokens=tokens,
        words=WORDS,
        claims=CLAIM_WORDS,
        ticket=ticket,
        typed=request.text("text", LONGEST_TEXT + 1),
        claim=request.text("claim", 10),
        email=request.line("email", 300),
        action_id=id_of(request.params.get("action_id")),
    )

"""/appeals/:token: one decision and the appeal against it, for its person, signed in or not.

The link stands in the mail of the decision. Whoever holds it may speak for the account about
this one decision, and do nothing else.
"""

import secrets
from collections.abc import Awaitable

from watertower.accounts.actions.sessions import SignedInAs
from watertower.base.context import Context
from watertower.base.errors import NotFound, NotSignedIn, Refused
from watertower.base.web import Response, redirect
from watertower.moderation.access.appeals import (
    OwnAppeal,
    appealable_actions,
    own_appeal,
    own_file,
    own_token,
)
from watertower.moderation.actions.appeals.ask_team import ask_team
from watertower.moderation.actions.appeals.contact import send_code, verify_contact
from watertower.moderation.actions.appeals.file import file_appeal
from watertower.moderation.actions.appeals.say import answer
from watertower.moderation.actions.appeals.withdraw import withdraw_appeal
from watertower.moderation.model.appeals import (
    CLAIM_WORDS,
    LONGEST_TEXT,
    OUTCOME_WORDS,
    STATE_WORDS,
    Filing,
)
from watertower.moderation.model.standing import WORDS, Kind
from watertower.moderation.steps.appeal_links import read_appeal_token
from watertower.web.appeals.files import download
from watertower.web.pages import page
from watertower.web.request import WebRequest, id_of

NOTES = {
    "filed": "Your appeal is here.",
    "said": "Sent.",
    "code": "We sent a code. It may take a minute.",
    "verified": "Thank you, the address is verified.",
    "withdrawn": "You took your appeal back.",
    "asked": "Sent. The team answers in your conversation with it.",
}


async def get_new(request: WebRequest) -> Response:
    """Lead who is signed in, locked out or not, to the decision that they want to appeal."""
    signed_in = _signed_in(request)
    account_id = signed_in.login.account_id
    action_id = id_of(request.params.get("action_id"))
    if action_id is None:
        found = await appealable_actions(request.ctx, account_id=account_id)
        if len(found) != 1:
            tokens = {
                one.id: await own_token(request.ctx, account_id=account_id, action_id=one.id)
                for one in found
            }
            return page(request, "appeal_new.html", actions=found, tokens=tokens, words=WORDS)
        action_id = found[0].id
    token = await own_token(request.ctx, account_id=account_id, action_id=action_id)
    return redirect(f"/appeals/{token}", 303)


async def get_appeal(request: WebRequest) -> Response:
    """The decision, and the appeal as it stands."""
    return await _page(request)


async def post_appeal(request: WebRequest) -> Response:
    """File it."""
    action_id, account_id = _behind(request)
    return await _do(
        request,
        "filed",
        file_appeal(
            request.ctx,
            account_id=account_id,
            filing=Filing(
                action_id=action_id,
                claim=request.text("claim", 10),
                text=request.text("text", LONGEST_TEXT + 1),
                contact_email=request.line("email", 300),
                once_key=request.line("once", 60) or None,
            ),
            uploads=request.uploads,
        ),
    )


async def post_message(request: WebRequest) -> Response:
    """Say something more."""
    appeal_id, account_id = await _running(request)
    return await _do(
        request,
        "said",
        answer(
            request.ctx,
            account_id=account_id,
            appeal_id=appeal_id,
            text=request.text("text", LONGEST_TEXT + 1),
            uploads=request.uploads,
            once_key=request.line("once", 60) or None,
        ),
    )


async def post_contact(request: WebRequest) -> Response:
    """Have a code sent, to another address if one was typed."""
    appeal_id, account_id = await _running(request)
    return await _do(
        request,
        "code",
        send_code(
            request.ctx,
            account_id=account_id,
            appeal_id=appeal_id,
            email=request.line("email", 300) or None,
        ),
    )


async def post_code(request: WebRequest) -> Response:
    """Type the code."""
    appeal_id, account_id = await _running(request)
    code = request.line("code", 20)
    return await _do(
        request,
        "verified",
        verify_contact(request.ctx, account_id=account_id, appeal_id=appeal_id, code=code),
    )


async def post_withdraw(request: WebRequest) -> Response:
    """Take it back."""
    appeal_id, account_id = await _running(request)
    return await _do(
        request,
        "withdrawn",
        withdraw_appeal(request.ctx, account_id=account_id, appeal_id=appeal_id),
    )


async def post_question(request: WebRequest) -> Response:
    """Ask the team about a warning."""
    action_id, account_id = _behind(request)
    text = request.text("text", LONGEST_TEXT + 1)
    return await _do(
        request,
        "asked",
        ask_team(request.ctx, account_id=account_id, action_id=action_id, text=text),
    )


async def get_file(request: WebRequest) -> Response:
    """A file of the conversation."""
    action_id, account_id = _behind(request)
    place = id_of(request.path_params["place"])
    found = await own_file(
        request.ctx,
        account_id=account_id,
        action_id=action_id,
        message_id=request.path_id("message"),
        place=-1 if place is None else place,
    )
    return await download(request, found)


async def _do(request: WebRequest, note: str, doing: Awaitable[object]) -> Response:
    """Do it and lead back; a refusal stands above the page with what was typed still in it."""
    try:
        await doing
    except NotFound:
        raise
    except Refused as refused:
        return await _page(request, wrong=refused.says)
    return redirect(f"/appeals/{request.path_params['token']}?note={note}", 303)


def _behind(request: WebRequest) -> tuple[int, int]:
    found = read_appeal_token(request.ctx, token=request.path_params["token"])
    if found is None:
        raise NotFound
    return found


async def _running(request: WebRequest) -> tuple[int, int]:
    action_id, account_id = _behind(request)
    found = await own_appeal(request.ctx, account_id=account_id, action_id=action_id)
    if found.appeal is None:
        raise NotFound
    return found.appeal.id, account_id


def _signed_in(request: WebRequest) -> SignedInAs:
    if request.signed_in is None:
        raise NotSignedIn
    return request.signed_in


async def _page(request: WebRequest, *, wrong: str = "") -> Response:
    action_id, account_id = _behind(request)
    found = await own_appeal(request.ctx, account_id=account_id, action_id=action_id)
    return page(
        request,
        "appeal.html",
        status=422 if wrong else 200,
        wrong=wrong,
        note="" if wrong else NOTES.get(request.text("note", 20), ""),
        token=request.path_params["token"],
        found=found,
        words=WORDS,
        claims=CLAIM_WORDS,
        state_words=STATE_WORDS,
        outcome_words=OUTCOME_WORDS,
        is_warning=found.action.kind in {Kind.WARNING, Kind.NONE},
        evidence_words=evidence_words(found),
        typed=request.text("text", LONGEST_TEXT + 1),
        claim=request.text("claim", 10),
        email=request.line("email", 300),
        once=secrets.token_hex(12),
        page_title=_title(request.ctx, found),
    )


EVIDENCE = {
    "status": ("copy of a post", "copies of posts"),
    "profile": ("copy of your profile", "copies of your profile"),
    "media": ("file", "files"),
    "note": ("note", "notes"),
    "document": ("document", "documents"),
    "action": ("record", "records"),
    "thread": ("thread", "threads"),
}


def evidence_words(found: OwnAppeal) -> list[str]:
    """`2 copies of posts`, and so on."""
    return [
        f"{count} {EVIDENCE.get(kind, (kind, kind))[count != 1]}"
        for kind, count in found.evidence.counts.items()
    ]


def _title(ctx: Context, found: OwnAppeal) -> str:
    what = WORDS[found.action.kind]
    return f"{what} · {ctx.settings.server.domain}"

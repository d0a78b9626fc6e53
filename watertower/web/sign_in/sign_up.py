"""GET and POST /auth/sign_up, GET /invite/:code: becoming a member, in two steps.

First the rules, then the form. Which fields it has, and whether there is one at all, is what
the community decided: open, by approval, by invitation, closed; an age; a reason.
"""

import asyncio
from datetime import date
from urllib.parse import quote

from watertower.accounts.access.accounts import account_for
from watertower.accounts.access.registrations import Registrations, registrations_of
from watertower.accounts.actions.create_member import create_member
from watertower.accounts.actions.invites import good_invite
from watertower.accounts.actions.sign_in import SignedIn, sign_in
from watertower.accounts.actions.use_proof import use_proof
from watertower.accounts.credentials import Invite
from watertower.accounts.errors import InviteNotFound, RegistrationsClosed
from watertower.accounts.model import RegistrationMode
from watertower.accounts.proof_of_work import BITS, new_challenge
from watertower.base.errors import Busy, Invalid
from watertower.base.web import Response, json_response, redirect
from watertower.moderation.access.sign_up_gate import closing_shown
from watertower.moderation.actions.sign_ups.gate import join_waiting_list
from watertower.web.pages import page
from watertower.web.problems import problems_of, said
from watertower.web.request import WebRequest
from watertower.web.sign_in.session import begin_session
from watertower.web.sign_in.sign_up_rate import count_sign_up, require_may_sign_up
from watertower.web.views.account import account_view

SLOW_SECONDS = 12.0  # then we say that it is slow, before the page's own deadline


async def get_invite(request: WebRequest) -> Response:
    """Somebody was invited: on to the sign-up with the invitation in hand; for apps as JSON."""
    code = request.path_params["code"][:64]
    await good_invite(request.ctx, code=code)
    if request.prefers_json:
        base = request.ctx.settings.base_url
        return json_response({"invite_code": code, "instance_api_url": f"{base}/api/v2/instance"})
    return redirect(f"/auth/sign_up?invite_code={quote(code)}")


async def get_sign_up(request: WebRequest) -> Response:
    """The rules first, then the form."""
    if request.signed_in is not None:
        return redirect("/")
    rules = await registrations_of(request.ctx)
    invite = await _invite(request)
    if not (rules.is_open or (invite and rules.lets_in_invited(invite.created_at))):
        return await _closed(request, rules)
    if request.site.rules and not request.is_on("agreed"):
        inviter = None
        if invite is not None:
            account = await account_for(request.ctx, account_id=invite.account_id)
            inviter = account_view(request.ctx, account)
        return page(request, "sign_up_rules.html", invite=invite, inviter=inviter)
    return _form(request, rules, invite)


async def post_sign_up(request: WebRequest) -> Response:
    """Make the account, sign its owner in, and say what happens next."""
    if request.signed_in is not None:
        return redirect("/", 303)
    rules = await registrations_of(request.ctx)
    invite = await _invite(request)
    password = request.secret("password")
    if password != request.secret("password_again"):
        return _form(request, rules, invite, {"password_again": "The two passwords differ."})
    require_may_sign_up(request.ctx, request.ip)
    username = request.line("username", 100)
    try:
        # The transaction is whole or not at all: who is told to press again has no account yet.
        async with asyncio.timeout(SLOW_SECONDS):
            await create_member(
                request.ctx,
                username=username,
                email=request.line("email", 300),
                password=password,
                reason=request.text("reason", 2000),
                locale=request.headers.get("accept-language", "en").split(",")[0].split(";")[0],
                ip=request.ip or None,
                invite_code=request.line("invite_code", 64) or None,
                date_of_birth=_date(request.line("date_of_birth", 20)),
                agreed=request.is_on("agreed"),
                has_proof=await _has_proof(request, rules),
            )
    except (Busy, TimeoutError):
        slow = _form(request, rules, invite, is_slow=True)
        slow.headers["retry-after"] = "10"
        return slow
    except RegistrationsClosed:
        return await _closed(request, rules)
    except Invalid as refused:
        return _form(request, rules, invite, problems_of(refused) or {"username": refused.says})
    count_sign_up(request.ip)
    outcome = await sign_in(
        request.ctx,
        email_or_name=username,
        password=password,
        ip=request.ip,
        user_agent=request.user_agent,
    )
    if isinstance(outcome, SignedIn):
        return begin_session(request, outcome, then="/")
    return redirect("/auth/sign_in", 303)


def _form(
    request: WebRequest,
    rules: Registrations,
    invite: Invite | None,
    problems: dict[str, str] | None = None,
    *,
    is_slow: bool = False,
) -> Response:
    asks = rules.mode is RegistrationMode.APPROVAL and invite is None
    friction = 0 if invite is not None else rules.friction_at(request.ctx.now())
    challenge = None
    if friction == 1 and not asks:
        challenge = new_challenge(request.ctx.secrets.key, now=request.ctx.now())
    return page(
        request,
        "sign_up.html",
        status=503 if is_slow else 422 if problems else 200,
        problems=problems or {},
        is_slow=is_slow,
        has_script=challenge is not None,
        challenge=challenge,
        bits=BITS,
        is_slowed=friction > 1 and not asks,
        asks_reason=asks,
        needs_reason=asks and rules.requires_reason,
        min_age=rules.min_age,
        invite_code=request.line("invite_code", 64),
        username=request.line("username", 100),
        email=request.line("email", 300),
        reason=request.text("reason", 2000),
        date_of_birth=request.line("date_of_birth", 20),
    )


async def post_waiting_list(request: WebRequest) -> Response:
    """Ask to be told when the door opens again."""
    email = request.line("email", 300)
    rules = await registrations_of(request.ctx)
    try:
        await join_waiting_list(request.ctx, email=email, ip=request.ip)
    except Invalid as refused:
        return await _closed(request, rules, wrong=said(refused))
    return redirect("/auth/sign_up?listed=1", 303)


async def _closed(
    request: WebRequest, rules: Registrations, *, wrong: str | None = None
) -> Response:
    return page(
        request,
        "sign_up_closed.html",
        status=422 if wrong else 403,
        by_invite=rules.mode is RegistrationMode.INVITE,
        says=rules.closed_message,
        gate=await closing_shown(request.ctx) if rules.closed_since else None,
        is_listed=request.is_on("listed"),
        wrong=wrong,
    )


async def _has_proof(request: WebRequest, rules: Registrations) -> bool:
    """Whether the work that friction asks for was done. Nothing is looked up where it asks none."""
    if not rules.friction_at(request.ctx.now()):
        return False
    return await use_proof(
        request.ctx,
        challenge=request.line("proof_challenge", 200),
        answer=request.line("proof_answer", 20),
    )


async def _invite(request: WebRequest) -> Invite | None:
    """The invitation, if a good one came along."""
    code = request.line("invite_code", 64)
    if not code:
        return None
    try:
        return await good_invite(request.ctx, code=code)
    except InviteNotFound:
        return None


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

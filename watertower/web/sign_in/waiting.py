"""GET /auth/waiting: signed in, but not let in: what is missing, and what can be done about it."""

from watertower.accounts.actions.addresses import resend_confirmation
from watertower.accounts.credentials import Login
from watertower.base.errors import Forbidden, Invalid, NotSignedIn
from watertower.base.web import Response, redirect
from watertower.moderation.access.sign_ups import own_application
from watertower.moderation.actions.sign_ups.apply import answer, appeal, name_voucher
from watertower.moderation.actions.sign_ups.prove import give_code, look_for_link, name_account
from watertower.moderation.model.sign_ups import OPEN, OwnApplication
from watertower.web.pages import page
from watertower.web.problems import problems_of, said
from watertower.web.request import WebRequest

NOTES = {
    "said": "Thank you. Somebody will read it.",
    "named": "Noted. If they are here, we ask them privately.",
    "proof": "Noted. It may take a minute until you see it here.",
}


async def get_waiting(request: WebRequest) -> Response:
    """The page that says why; the front page for those who wait for nothing."""
    return await _page(request)


async def post_waiting(request: WebRequest) -> Response:
    """Send the confirmation link again, to another address if one was typed."""
    email = request.line("email", 300)
    try:
        await resend_confirmation(request.ctx, login_id=request.login.id, email=email or None)
    except Invalid as refused:
        return await _page(request, wrong=problems_of(refused).get("email") or refused.says)
    return redirect("/auth/waiting?sent=1", 303)


async def post_answer(request: WebRequest) -> Response:
    """Answer a question of staff, or ask to have a refusal looked at again."""
    does = appeal if request.text("what") == "appeal" else answer
    try:
        await does(
            request.ctx, account_id=request.login.account_id, text=request.text("text", 4000)
        )
    except (Invalid, Forbidden) as refused:
        return await _page(request, wrong=_says(refused))
    return redirect("/auth/waiting?note=said", 303)


async def post_vouch(request: WebRequest) -> Response:
    """Name a member who can vouch."""
    try:
        await name_voucher(
            request.ctx, account_id=request.login.account_id, name=request.line("name", 200)
        )
    except (Invalid, Forbidden) as refused:
        return await _page(request, wrong=_says(refused))
    return redirect("/auth/waiting?note=named", 303)


async def post_proof(request: WebRequest) -> Response:
    """Name an account elsewhere, type the code that arrived there, or have its links read."""
    account_id, proof = request.login.account_id, request.line("proof", 20)
    try:
        if not proof.isdigit():
            handle = request.line("handle", 300)
            await name_account(request.ctx, account_id=account_id, handle=handle)
        elif request.line("code", 40):
            code = request.line("code", 40)
            await give_code(request.ctx, account_id=account_id, proof_id=int(proof), code=code)
        else:
            await look_for_link(request.ctx, account_id=account_id, proof_id=int(proof))
    except (Invalid, Forbidden) as refused:
        return await _page(request, wrong=_says(refused))
    return redirect("/auth/waiting?note=proof", 303)


def _says(refused: Invalid | Forbidden) -> str:
    return said(refused) if isinstance(refused, Invalid) else refused.says


async def _application(request: WebRequest, login: Login) -> OwnApplication | None:
    """What the applicant waits for; None while something else is in the way."""
    if login.confirmed_at is None or login.frozen_at or login.suspended_at:
        return None
    return await own_application(request.ctx, account_id=login.account_id)


async def _page(request: WebRequest, *, wrong: str | None = None) -> Response:
    if request.signed_in is None:
        raise NotSignedIn
    login = request.login
    if login.may_be_used:
        return redirect("/")
    return page(
        request,
        "waiting.html",
        status=422 if wrong else 200,
        login=login,
        email=login.unconfirmed_email or login.email,
        was_sent=request.is_on("sent"),
        wrong=wrong,
        application=await _application(request, login),
        note=NOTES.get(request.text("note"), ""),
        is_open=OPEN,
        own_url=f"{request.ctx.settings.base_url}/@{login.username}",
    )

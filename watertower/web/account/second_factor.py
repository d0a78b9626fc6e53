"""/auth/second_factor: a code from an authenticator app besides the password (RFC 6238)."""

import re
from collections.abc import Sequence

import segno

from watertower.accounts.actions.second_factor import (
    Enrolment,
    begin_second_factor,
    confirm_second_factor,
    disable_second_factor,
    renew_recovery_codes,
)
from watertower.accounts.codes import address_of
from watertower.accounts.errors import WrongCode, WrongPassword
from watertower.base.errors import TooMany
from watertower.base.web import Response, redirect
from watertower.web.pages import page
from watertower.web.request import WebRequest

_SECRET = re.compile(r"[A-Z2-7]{16,64}")


async def get_second_factor(request: WebRequest) -> Response:
    """On or off, and how to change it."""
    return _page(request)


async def post_begin(request: WebRequest) -> Response:
    """Show a new secret, as a picture and as text."""
    enrolment = await begin_second_factor(request.ctx, login_id=request.login.id)
    return _enrol(request, enrolment)


async def post_confirm(request: WebRequest) -> Response:
    """Switch it on with the first code; the recovery codes are shown this once."""
    try:
        codes = await confirm_second_factor(
            request.ctx, login_id=request.login.id, code=request.line("code", 64)
        )
    except (WrongCode, TooMany) as refused:
        # The secret comes from the form only to show the same picture again.
        secret = request.line("secret", 64)
        if not _SECRET.fullmatch(secret):
            return redirect("/auth/second_factor", 303)
        address = address_of(
            secret,
            username=request.login.username,
            domain=request.ctx.settings.server.domain,
        )
        return _enrol(request, Enrolment(secret, address), wrong=refused.says)
    return _codes(request, codes)


async def post_renew(request: WebRequest) -> Response:
    """New recovery codes; the old ones are worthless."""
    try:
        codes = await renew_recovery_codes(
            request.ctx, login_id=request.login.id, password=request.secret("renew_password")
        )
    except (WrongPassword, TooMany) as refused:
        return _page(request, {"renew_password": f"{refused.says}."})
    return _codes(request, codes)


async def post_disable(request: WebRequest) -> Response:
    """Switch it off."""
    try:
        await disable_second_factor(
            request.ctx, login_id=request.login.id, password=request.secret("disable_password")
        )
    except (WrongPassword, TooMany) as refused:
        return _page(request, {"disable_password": f"{refused.says}."})
    return redirect("/auth/second_factor", 303)


def _page(request: WebRequest, problems: dict[str, str] | None = None) -> Response:
    return page(
        request,
        "second_factor.html",
        status=422 if problems else 200,
        is_on=request.login.has_second_factor,
        problems=problems or {},
    )


def _enrol(request: WebRequest, enrolment: Enrolment, *, wrong: str | None = None) -> Response:
    picture = segno.make(enrolment.address, error="m", micro=False)
    return page(
        request,
        "second_factor_begin.html",
        status=422 if wrong else 200,
        picture=picture.svg_data_uri(border=2, scale=4),
        secret=enrolment.secret,
        address=enrolment.address,
        wrong=wrong,
    )


def _codes(request: WebRequest, codes: Sequence[str]) -> Response:
    return page(request, "recovery_codes.html", codes=codes)

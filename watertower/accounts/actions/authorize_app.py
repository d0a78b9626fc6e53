"""A member lets an app act for them: what the app asks for, and the member's yes or no.

For the page /oauth/authorize: `application_for` checks the request before anything is shown,
`grant` makes the code, `location_of` the address to send the browser to.
"""

from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.credentials import Application
from watertower.accounts.errors import MayNotAct
from watertower.accounts.oauth_errors import OAuthRefused, missing, wrong_client, wrong_scope
from watertower.accounts.oauth_rules import OUT_OF_BAND, is_challenge, is_registered, location_of
from watertower.accounts.queries.applications import find_application_by_client
from watertower.accounts.queries.grants import insert_grant
from watertower.accounts.queries.logins import find_login
from watertower.accounts.scopes import DEFAULT_SCOPES, exceeding, split_scopes, unknown_scopes
from watertower.accounts.tokens import hash_of, new_token
from watertower.base.context import Context
from watertower.base.text.clean import clean_text

CODE_LASTS = timedelta(minutes=10)


@dataclass(frozen=True)
class Asked:
    """What an app asks a member for. Proven: the app is known, the address is its own."""

    application: Application
    redirect_uri: str
    scopes: tuple[str, ...]
    code_challenge: str | None = None
    state: str | None = None

    @property
    def is_out_of_band(self) -> bool:
        """Whether the code is shown to the member, who carries it to the app."""
        return self.redirect_uri == OUT_OF_BAND


async def application_for(
    ctx: Context,
    *,
    client_id: str | None,
    redirect_uri: str | None,
    response_type: str | None = "code",
    scope: str | None = None,
    code_challenge: str | None = None,
    code_challenge_method: str | None = None,
    state: str | None = None,
) -> Asked:
    """The request, checked (RFC 6749 section 4.1.1). Raises OAuthRefused.

    Its `may_redirect` tells whether `refusal_location` may be used to answer the app.
    """
    if not client_id:
        raise missing("client_id")
    async with ctx.reading() as tx:
        application = await find_application_by_client(tx, client_id=clean_text(client_id))
    if application is None:
        raise wrong_client()
    if not redirect_uri:
        raise missing("redirect_uri")
    if not is_registered(redirect_uri, application.redirect_uris):
        raise OAuthRefused("invalid_redirect_uri", "The redirect address is not one of the app's.")
    if response_type != "code":
        raise OAuthRefused(
            "unsupported_response_type",
            "Only the response type `code` is supported.",
            may_redirect=True,
        )
    wanted = split_scopes(scope) or list(DEFAULT_SCOPES)
    if unknown_scopes(wanted) or exceeding(application.scopes, wanted):
        raise wrong_scope()
    if code_challenge and (code_challenge_method != "S256" or not is_challenge(code_challenge)):
        raise OAuthRefused(
            "invalid_request", "The code challenge must be of method S256.", may_redirect=True
        )
    return Asked(application, redirect_uri, tuple(wanted), code_challenge or None, state)


async def grant(ctx: Context, *, login_id: int, asked: Asked) -> str:
    """The member said yes: a code, good once and for ten minutes.

    Raises MayNotAct for a login that is unconfirmed, pending or suspended. What an app may do for
    somebody frozen is decided at the gate of the API.
    """
    code = new_token()
    async with ctx.transaction() as tx:
        login = await find_login(tx, login_id=login_id)
        if login is None or not login.may_be_used:
            raise MayNotAct
        await insert_grant(
            tx,
            code_hash=hash_of(code),
            application_id=asked.application.id,
            login_id=login_id,
            redirect_uri=asked.redirect_uri,
            scopes=asked.scopes,
            code_challenge=asked.code_challenge,
            at=ctx.now(),
            expires_at=ctx.now() + CODE_LASTS,
        )
    return code


def yes_location(asked: Asked, code: str) -> str:
    """Where to send the browser with the code. Not for out-of-band apps."""
    return location_of(asked.redirect_uri, code=code, state=asked.state)


def deny(asked: Asked) -> OAuthRefused:
    """The member said no: the refusal to answer the app with."""
    return OAuthRefused(
        "access_denied", f"The member did not allow {asked.application.name}.", may_redirect=True
    )


def refusal_location(redirect_uri: str, refused: OAuthRefused, *, state: str | None) -> str:
    """Where to send the browser with a refusal that may be redirected."""
    return location_of(
        redirect_uri, error=refused.code, error_description=refused.says, state=state
    )

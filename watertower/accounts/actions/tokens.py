"""Access tokens: look at one, revoke one, end what an app may do."""

from collections.abc import Sequence

from watertower.accounts.actions.exchange import Issued
from watertower.accounts.actions.issue_token import issue_token
from watertower.accounts.credentials import Application, AuthorizedApp, Token
from watertower.accounts.oauth_errors import OAuthRefused
from watertower.accounts.queries.applications import find_application
from watertower.accounts.queries.authorized_apps import list_authorized_apps
from watertower.accounts.queries.tokens import find_token
from watertower.accounts.scopes import unknown_scopes
from watertower.accounts.steps.client import require_client
from watertower.accounts.steps.own_application import own_application
from watertower.accounts.steps.revoke import revoke_tokens
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context
from watertower.base.errors import Invalid, NotFound


async def revoke_token(
    ctx: Context, *, client_id: str | None, client_secret: str | None, token: str | None
) -> None:
    """Revoke a token of this app (RFC 7009); an unknown or revoked one is no error.

    Raises OAuthRefused: invalid_client, or unauthorized_client for another app's token.
    """
    async with ctx.transaction() as tx:
        application = await require_client(tx, client_id=client_id, client_secret=client_secret)
        found = await find_token(tx, token_hash=hash_of(token or ""))
        if found is None:
            return
        if found.application_id != application.id:
            raise OAuthRefused(
                "unauthorized_client", "The token belongs to another client.", status=403
            )
        await revoke_tokens(tx, token_id=found.id, at=ctx.now())


async def token_seen_by_client(
    ctx: Context, *, client_id: str | None, client_secret: str | None, token: str | None
) -> Token | None:
    """A good token of this app (RFC 7662); None for any other. Raises OAuthRefused."""
    async with ctx.reading() as tx:
        application = await require_client(tx, client_id=client_id, client_secret=client_secret)
        found = await find_token(tx, token_hash=hash_of(token or ""))
    return _good_of(found, application.id)


async def token_seen_by_app(
    ctx: Context, *, application_id: int, token: str | None
) -> Token | None:
    """A good token of the app that asks with another of its tokens; None for any other."""
    async with ctx.reading() as tx:
        found = await find_token(tx, token_hash=hash_of(token or ""))
    return _good_of(found, application_id)


def _good_of(token: Token | None, application_id: int) -> Token | None:
    if token is None or token.revoked_at is not None or token.application_id != application_id:
        return None
    return token


async def application_of_token(ctx: Context, *, application_id: int) -> Application:
    """The app a token belongs to. Raises NotFound."""
    async with ctx.reading() as tx:
        found = await find_application(tx, application_id=application_id)
    if found is None:
        raise NotFound
    return found


async def authorized_apps(ctx: Context, *, login_id: int) -> Sequence[AuthorizedApp]:
    """Apps that may act for this member, the last used first."""
    async with ctx.reading() as tx:
        return await list_authorized_apps(tx, login_id=login_id)


async def revoke_app(ctx: Context, *, login_id: int, application_id: int) -> int:
    """End what an app may do for this member; how many tokens it held."""
    async with ctx.transaction() as tx:
        return await revoke_tokens(
            tx, login_id=login_id, application_id=application_id, at=ctx.now()
        )


async def token_by_operator(ctx: Context, *, login_id: int, scopes: Sequence[str]) -> str:
    """A token of the server's own application, for the operator's scripts. Raises Invalid."""
    if unknown := unknown_scopes(scopes):
        raise Invalid(f"There is no scope {', '.join(unknown)}")
    async with ctx.transaction() as tx:
        application = await own_application(tx, ctx)
        return await issue_token(
            tx, application_id=application.id, login_id=login_id, scopes=scopes, at=ctx.now()
        )


async def token_for_new_member(ctx: Context, *, login_id: int, application_id: int) -> Issued:
    """The token of the app somebody signed up with: with all scopes the app registered."""
    async with ctx.transaction() as tx:
        application = await find_application(tx, application_id=application_id)
        if application is None:
            raise NotFound
        now = ctx.now()
        token = await issue_token(
            tx,
            application_id=application_id,
            login_id=login_id,
            scopes=application.scopes,
            at=now,
        )
    return Issued(token, application.scopes, now)

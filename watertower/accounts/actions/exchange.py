"""Exchange what an app has for an access token: a code, or only its own secret."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watertower.accounts.actions.issue_token import issue_token
from watertower.accounts.oauth_errors import missing, wrong_grant, wrong_scope
from watertower.accounts.oauth_rules import fits_challenge
from watertower.accounts.queries.grants import lock_grant, update_grant_used
from watertower.accounts.queries.logins import find_login
from watertower.accounts.scopes import DEFAULT_SCOPES, exceeding, split_scopes, unknown_scopes
from watertower.accounts.steps.client import require_client
from watertower.accounts.steps.revoke import revoke_tokens
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context


@dataclass(frozen=True)
class Issued:
    """A new access token."""

    token: str
    scopes: Sequence[str]
    created_at: datetime


async def exchange_code(
    ctx: Context,
    *,
    client_id: str | None,
    client_secret: str | None,
    code: str | None,
    redirect_uri: str | None,
    code_verifier: str | None,
) -> Issued:
    """A member's token for a code. Raises OAuthRefused.

    A code that comes a second time was stolen by one of the two who hold it: the token of the
    first exchange is revoked (RFC 6749 section 4.1.2).
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        application = await require_client(tx, client_id=client_id, client_secret=client_secret)
        if not code:
            raise missing("code")
        if not redirect_uri:
            raise missing("redirect_uri")
        grant = await lock_grant(tx, code_hash=hash_of(code))
        if grant is None or grant.application_id != application.id:
            raise wrong_grant()
        was_used = grant.used_at is not None
        if was_used:
            # Refused below, after the commit: the revocation must stay.
            await revoke_tokens(tx, grant_id=grant.id, at=now)
        elif (
            grant.expires_at <= now
            or grant.redirect_uri != redirect_uri
            or not fits_challenge(code_verifier or None, grant.code_challenge)
        ):
            raise wrong_grant()
        else:
            login = await find_login(tx, login_id=grant.login_id)
            if login is None or not login.may_be_used:
                raise wrong_grant()
            await update_grant_used(tx, grant_id=grant.id, at=now)
            token = await issue_token(
                tx,
                application_id=application.id,
                login_id=grant.login_id,
                grant_id=grant.id,
                scopes=grant.scopes,
                at=now,
            )
    if was_used:
        raise wrong_grant()
    return Issued(token, grant.scopes, now)


async def token_for_app(
    ctx: Context, *, client_id: str | None, client_secret: str | None, scope: str | None
) -> Issued:
    """An app's own token, without a member. Raises OAuthRefused."""
    async with ctx.transaction() as tx:
        application = await require_client(tx, client_id=client_id, client_secret=client_secret)
        wanted = split_scopes(scope)
        if not wanted:
            # Without a word: `read` where the app has it, else what it registered.
            has_default = not exceeding(application.scopes, DEFAULT_SCOPES)
            wanted = list(DEFAULT_SCOPES if has_default else application.scopes)
        if unknown_scopes(wanted) or exceeding(application.scopes, wanted):
            raise wrong_scope()
        now = ctx.now()
        token = await issue_token(
            tx, application_id=application.id, login_id=None, scopes=wanted, at=now
        )
    return Issued(token, wanted, now)

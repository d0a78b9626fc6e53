"""Sessions of browsers: who is behind a cookie, and ending them."""

from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.actions.sign_in import SESSION_LASTS
from watertower.accounts.credentials import Login, Session
from watertower.accounts.errors import SessionNotFound
from watertower.accounts.model import Permission
from watertower.accounts.queries.sessions import (
    delete_session,
    delete_session_by_token,
    delete_sessions,
    find_session,
    list_sessions_of,
    update_session_seen,
)
from watertower.accounts.tokens import hash_of
from watertower.base.context import Context

NOTED_EVERY = timedelta(hours=1)


@dataclass(frozen=True)
class SignedInAs:
    """Who is behind a cookie. Whether the login may be used: `login.may_be_used`."""

    session: Session
    login: Login
    permissions: int

    @property
    def account_id(self) -> int:
        """The viewer of every read."""
        return self.login.account_id

    def may(self, permission: Permission) -> bool:
        """Whether the role grants this; administrators may everything."""
        return bool(self.permissions & (permission | Permission.ADMINISTRATOR))


async def session_of(ctx: Context, *, token: str, ip: str | None = None) -> SignedInAs | None:
    """Who is behind this cookie; None for nobody. Notes the visit once an hour."""
    if not token:
        return None
    now = ctx.now()
    async with ctx.reading() as tx:
        found = await find_session(tx, token_hash=hash_of(token), at=now)
    if found is None:
        return None
    session, login, permissions = found
    if now - session.seen_at >= NOTED_EVERY:
        async with ctx.transaction() as tx:
            await update_session_seen(
                tx, session_id=session.id, ip=ip, at=now, expires_at=now + SESSION_LASTS
            )
    return SignedInAs(session, login, permissions)


async def sign_out(ctx: Context, *, token: str) -> None:
    """End the session of this cookie. Twice is no error."""
    async with ctx.transaction() as tx:
        await delete_session_by_token(tx, token_hash=hash_of(token))


async def list_sessions(ctx: Context, *, login_id: int) -> list[Session]:
    """A member's sessions, the last used first."""
    async with ctx.reading() as tx:
        return await list_sessions_of(tx, login_id=login_id, at=ctx.now())


async def revoke_session(ctx: Context, *, login_id: int, session_id: int) -> None:
    """End one of the member's sessions. Raises SessionNotFound."""
    async with ctx.transaction() as tx:
        if not await delete_session(tx, session_id=session_id, login_id=login_id):
            raise SessionNotFound


async def revoke_other_sessions(ctx: Context, *, login_id: int, keep_session_id: int) -> int:
    """End all of the member's sessions but this one; how many they were."""
    async with ctx.transaction() as tx:
        return await delete_sessions(tx, login_id=login_id, but=keep_session_id)

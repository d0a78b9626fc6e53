"""Invitations: make one, look one up, end one."""

import secrets
from datetime import timedelta

from watertower.accounts.access.standing import require_may_interact
from watertower.accounts.credentials import Invite
from watertower.accounts.errors import InviteNotFound, MayNotInvite
from watertower.accounts.model import Permission
from watertower.accounts.queries.invites import (
    find_good_invite,
    insert_invite,
    list_invites,
    update_invite_expired,
)
from watertower.accounts.queries.roles import find_permissions
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.text.clean import clean_line

LONGEST_COMMENT = 420
MOST_USES = 10_000
# Without letters and digits that look alike on paper.
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


async def create_invite(
    ctx: Context,
    *,
    account_id: int,
    max_uses: int | None = None,
    lasts: timedelta | None = None,
    follows_inviter: bool = False,
    comment: str = "",
) -> Invite:
    """A new invitation. Raises MayNotInvite unless the member's role allows it, Invalid."""
    if max_uses is not None and not 1 <= max_uses <= MOST_USES:
        says = f"must be between 1 and {MOST_USES}"
        raise Invalid(
            f"Validation failed: Max uses {says}", details={"max_uses": [("ERR_INVALID", says)]}
        )
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=account_id)
        held = await find_permissions(tx, account_id=account_id)
        if not held & (Permission.INVITE_USERS | Permission.ADMINISTRATOR):
            raise MayNotInvite
        return await insert_invite(
            tx,
            code="".join(secrets.choice(ALPHABET) for _ in range(10)),
            account_id=account_id,
            max_uses=max_uses,
            expires_at=None if lasts is None else ctx.now() + lasts,
            follows_inviter=follows_inviter,
            comment=clean_line(comment, LONGEST_COMMENT),
            at=ctx.now(),
        )


async def good_invite(ctx: Context, *, code: str) -> Invite:
    """The invitation of this code. Raises InviteNotFound if it cannot be used (any more)."""
    async with ctx.reading() as tx:
        invite = await find_good_invite(tx, code=clean_line(code, 100), at=ctx.now())
    if invite is None:
        raise InviteNotFound
    return invite


async def invites_of(ctx: Context, *, account_id: int) -> list[Invite]:
    """A member's invitations, newest first."""
    async with ctx.reading() as tx:
        return await list_invites(tx, account_id=account_id)


async def end_invite(ctx: Context, *, account_id: int, invite_id: int) -> None:
    """End one of the member's invitations. Ended already is no error."""
    async with ctx.transaction() as tx:
        await update_invite_expired(tx, invite_id=invite_id, account_id=account_id, at=ctx.now())

"""Refuse in advance: a named account elsewhere is kept out before it ever comes here (FED-14)."""

import re
from dataclasses import dataclass

from watertower.accounts.domains import domain_name
from watertower.accounts.queries.accounts import find_account_by_handle
from watertower.accounts.queries.refusals import delete_refusal, insert_refusal
from watertower.base.context import Context
from watertower.moderation.errors.standing import MessageTooLong, NotAHandle, RefusalNotFound
from watertower.moderation.model.standing import LONGEST_MESSAGE, Decision, Kind
from watertower.moderation.steps.log import log
from watertower.moderation.steps.standing import act_in

KINDS = (Kind.SUSPEND, Kind.LIMIT, Kind.SENSITIZE)
HANDLE = re.compile(r"@?([\w.-]{1,128})@([\w.:-]{3,253})")


@dataclass(frozen=True)
class Refused:
    """What came of it: an action, if the account is known here, else a refusal in advance."""

    action_id: int | None
    refusal_id: int | None


async def refuse_in_advance(
    ctx: Context, *, actor_id: int, handle: str, kind: Kind, reason: str
) -> Refused:
    """Keep `name@server` out, whatever the standing of its server.

    Raises NotAHandle for what is none, for our own members and for kinds that are not for others;
    MessageTooLong, and what act_in raises for an account that is here.
    """
    found = HANDLE.fullmatch(handle.strip())
    domain = None if found is None else domain_name(found[2])
    if found is None or not domain or kind not in KINDS or domain == ctx.settings.server.domain:
        raise NotAHandle
    if len(reason) > LONGEST_MESSAGE:
        raise MessageTooLong
    username = found[1]
    async with ctx.transaction() as tx:
        known = await find_account_by_handle(tx, username=username, domain=domain)
        if known is not None and known.deleted_at is None:
            decision = Decision(kind=kind, target_account_id=known.id, reason=reason)
            return Refused(await act_in(tx, ctx, decision=decision, actor_id=actor_id), None)
        refusal_id = await insert_refusal(
            tx,
            username=username,
            domain=domain,
            standing=str(kind),
            reason=reason,
            made_by=actor_id,
            at=ctx.now(),
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"refuse in advance: {kind}",
            subject=("handle", f"{username}@{domain}".lower()),
            reason=reason,
        )
    return Refused(None, refusal_id)


async def withdraw_refusal(ctx: Context, *, actor_id: int, refusal_id: int, reason: str) -> None:
    """Let them come. Raises RefusalNotFound; what was done when they came is undone by itself."""
    async with ctx.transaction() as tx:
        gone = await delete_refusal(tx, refusal_id=refusal_id)
        if gone is None:
            raise RefusalNotFound
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="withdraw refusal",
            subject=("handle", f"{gone.username}@{gone.domain}".lower()),
            reason=reason[:LONGEST_MESSAGE],
        )

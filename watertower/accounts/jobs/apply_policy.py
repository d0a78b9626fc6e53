"""Brings the accounts of a server, and the follows with them, in line with what was decided.

Every page looks anew at what holds now, so however decisions overtake one another, the last one
wins; a page that is done again changes nothing.
"""

from datetime import timedelta

from watertower.accounts.events import (
    FollowAccepted,
    FollowAsked,
    RelationshipsSevered,
    Unfollowed,
)
from watertower.accounts.queries.returned import (
    ask_again,
    ask_unanswered,
    return_followers,
    settle,
    unask,
)
from watertower.accounts.queries.server_policies import find_effective_policy, lock_policies
from watertower.accounts.queries.servers import apply_to_accounts, list_servers_below
from watertower.accounts.queries.severed import sever
from watertower.accounts.steps.part import end_follow
from watertower.base.context import Context
from watertower.base.events import record
from watertower.base.queue.job import Lane, job

AT_ONCE = 200
ANSWERED_WITHIN = timedelta(days=1)
MOST_ASKS = 7


@job(Lane.LOCAL)
async def apply_server_policy(ctx: Context, *, domain: str) -> None:
    """Every server of this name and below it, a page of accounts in each transaction."""
    async with ctx.reading() as tx:
        servers = await list_servers_below(tx, domain=domain)
    for server in servers:
        last_id = 0
        while last_id >= 0:
            last_id = await _apply_page(ctx, server, last_id)
    async with ctx.transaction() as tx:
        await record(tx, RelationshipsSevered(domain=domain))


async def _apply_page(ctx: Context, server: str, after_id: int) -> int:
    """The last id of the page, -1 when there is no more."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        await lock_policies(tx)
        policy = await find_effective_policy(tx, domain=server)
        severity = policy.severity if policy else "noop"
        ids = await apply_to_accounts(
            tx,
            domain=server,
            after_id=after_id,
            suspends=severity == "suspend",
            limits=severity == "limit",
            limit=AT_ONCE,
            at=now,
        )
        if policy is not None and severity == "suspend":
            await unask(tx, account_ids=ids)
            await sever(
                tx,
                account_ids=ids,
                domain=policy.domain,
                policy_at=policy.changed_at or now,
                at=now,
            )
        elif ids:
            for came in await return_followers(tx, account_ids=ids, at=now):
                await record(tx, FollowAccepted(came.actor_id, came.target_id, came.uri))
            for asked in await ask_again(tx, account_ids=ids, at=now):
                await record(
                    tx, FollowAsked(asked.follow_request_id, asked.actor_id, asked.target_id)
                )
    return ids[-1] if len(ids) == AT_ONCE else -1


@job(Lane.LOCAL)
async def note_return(ctx: Context, *, follow_id: int, actor_id: int, target_id: int) -> None:  # noqa: ARG001
    """A follow began: if it was asked for again after a server came back, it is restored."""
    async with ctx.transaction() as tx:
        await settle(tx, actor_id=actor_id, target_id=target_id, at=ctx.now(), outcome="restored")


@job(Lane.LOCAL)
async def note_refusal(ctx: Context, *, actor_id: int, target_id: int, uri: str) -> None:  # noqa: ARG001
    """The other side did not want a follow back."""
    async with ctx.transaction() as tx:
        await settle(tx, actor_id=actor_id, target_id=target_id, at=ctx.now(), outcome="declined")


@job(Lane.SCHEDULED)
async def ask_unanswered_again(ctx: Context) -> None:
    """Run by the clock: nothing stays half accepted because an answer was lost."""
    now = ctx.now()
    async with ctx.transaction() as tx:
        for asked, is_over in await ask_unanswered(
            tx, before=now - ANSWERED_WITHIN, at=now, most_asks=MOST_ASKS, limit=AT_ONCE
        ):
            if is_over:
                uri = await end_follow(tx, actor_id=asked.actor_id, target_id=asked.target_id)
                await record(tx, Unfollowed(asked.actor_id, asked.target_id, uri or ""))
            else:
                await record(
                    tx, FollowAsked(asked.follow_request_id, asked.actor_id, asked.target_id)
                )

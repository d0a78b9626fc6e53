"""Ends the follows between a member and a server that it hides."""

from watertower.accounts.events import FollowRejected, Unfollowed
from watertower.accounts.queries.domain_mutes import has_domain_mute
from watertower.accounts.queries.follow_requests import delete_follow_requests_with_domain
from watertower.accounts.queries.follows import Ended, delete_follows_with_domain
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.base.queue.job import Lane, job

AT_ONCE = 200


@job(Lane.LOCAL)
async def part_with_domain(ctx: Context, *, account_id: int, domain: str) -> None:
    """A batch in each transaction. Stops when the member shows the server again."""
    async with ctx.transaction() as tx:
        if not await has_domain_mute(tx, account_id=account_id, domain=domain):
            return
        for ended in await delete_follow_requests_with_domain(
            tx, account_id=account_id, domain=domain
        ):
            await _announce(tx, account_id, ended)
    while True:
        async with ctx.transaction() as tx:
            if not await has_domain_mute(tx, account_id=account_id, domain=domain):
                return
            gone = await delete_follows_with_domain(
                tx, account_id=account_id, domain=domain, limit=AT_ONCE
            )
            for ended in gone:
                await _announce(tx, account_id, ended)
        if len(gone) < AT_ONCE:
            return


async def _announce(tx: Transaction, account_id: int, ended: Ended) -> None:
    """The member left, or sent somebody away."""
    event = Unfollowed if ended.actor_id == account_id else FollowRejected
    await record(tx, event(ended.actor_id, ended.target_id, ended.uri))

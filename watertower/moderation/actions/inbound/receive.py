"""Receive: what comes from other servers passes the rules of the moderators.

The federation door calls these instead of the actions of the room of statuses (a test of the
house sees to it). Without rules they are the same, and cost nothing.
"""

from watertower.base.context import Context
from watertower.moderation.queries.inbound_held import update_held_taken_back
from watertower.moderation.steps.inbound_judge import RuleJudge
from watertower.moderation.steps.inbound_live import live_rules
from watertower.statuses.actions.forget import forget
from watertower.statuses.actions.remember import remember
from watertower.statuses.actions.remember_edit import remember_edit
from watertower.statuses.received import ReceivedStatus


async def receive(
    ctx: Context, *, author_id: int, received: ReceivedStatus, announces: bool = True
) -> int | None:
    """Keep a status as remember() does; None also if a rule holds it."""
    rules = (await live_rules(ctx)).at(ctx.now(), is_local=False)
    judge = RuleJudge(ctx, rules, announces=announces) if rules else None
    return await remember(
        ctx, author_id=author_id, received=received, announces=announces, judge=judge
    )


async def receive_edit(ctx: Context, *, author_id: int, received: ReceivedStatus) -> int | None:
    """Change a status as remember_edit() does; while a rule holds the edit it stays as it was."""
    rules = (await live_rules(ctx)).at(ctx.now(), is_local=False)
    judge = RuleJudge(ctx, rules, kind="edit") if rules else None
    return await remember_edit(ctx, author_id=author_id, received=received, judge=judge)


async def receive_deletion(ctx: Context, *, uri: str, actor_id: int) -> bool:
    """Forget a status as forget() does, held or not."""
    found = await forget(ctx, uri=uri, actor_id=actor_id)
    if (await live_rules(ctx)).has_held:
        async with ctx.transaction() as tx:
            await update_held_taken_back(tx, uri=uri, account_id=actor_id, at=ctx.now())
    return found

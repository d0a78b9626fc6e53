"""Act: moderators decided something about one account, or about several at once."""

from collections.abc import Sequence
from dataclasses import replace

from watertower.base.context import Context
from watertower.moderation.model.standing import Decision
from watertower.moderation.steps.standing import act_in


async def act(ctx: Context, *, actor_id: int | None, decision: Decision) -> int:
    """Do what was decided; the action's id. Raises what act_in raises."""
    async with ctx.transaction() as tx:
        return await act_in(tx, ctx, decision=decision, actor_id=actor_id)


async def act_on_several(
    ctx: Context, *, actor_id: int, decision: Decision, account_ids: Sequence[int]
) -> list[int]:
    """The same for several people, all or none: a conflict is slowed down for everybody in it.

    Each has an action of their own and sees only that.
    """
    wanted = sorted(set(account_ids))  # two such decisions never wait for one another in turn
    async with ctx.transaction() as tx:
        return [
            await act_in(
                tx,
                ctx,
                decision=replace(decision, target_account_id=account_id),
                actor_id=actor_id,
            )
            for account_id in wanted
        ]

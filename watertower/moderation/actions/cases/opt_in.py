"""Ask to be given cases with graphic content, or not any more. Nobody has to."""

from watertower.base.context import Context
from watertower.moderation.queries.case_opt_ins import delete_opt_in, insert_opt_in
from watertower.moderation.steps.log import log


async def choose_graphic(ctx: Context, *, actor_id: int, wants: bool) -> None:
    """Such cases are listed for the actor from now on, or are not."""
    async with ctx.transaction() as tx:
        if wants:
            await insert_opt_in(tx, account_id=actor_id, content="graphic", at=ctx.now())
        else:
            await delete_opt_in(tx, account_id=actor_id, content="graphic")
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="opt_in" if wants else "opt_out",
            subject=("content", "graphic"),
        )

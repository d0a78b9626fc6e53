"""A guest of a case tells the team something: a translation, what a word means."""

from watertower.base.context import Context
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.queries.case_around import has_guest
from watertower.moderation.steps.cases import require_open_case
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log


async def help_out(ctx: Context, *, actor_id: int, case_id: int, text: str) -> None:
    """Say it in the team's thread, which a guest cannot read. Raises CaseNotFound, NothingSaid."""
    async with ctx.transaction() as tx:
        if not await has_guest(tx, case_id=case_id, account_id=actor_id, at=ctx.now()):
            raise CaseNotFound
        await require_open_case(tx, viewer_id=actor_id, case_id=case_id)
        await say(
            tx,
            ctx,
            case_id=case_id,
            thread="team",
            from_team=True,
            author_id=actor_id,
            text=text,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="help_out",
            subject=("case", case_id),
            case_id=case_id,
        )

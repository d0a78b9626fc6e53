"""A helper says something to the team: a translation, for instance."""

from watertower.base.context import Context
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.errors.team import WordsMissing
from watertower.moderation.queries.guests import find_guest
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.log import log


async def help_with(ctx: Context, *, account_id: int, case_id: int, text: str) -> None:
    """Write into the team's thread of a case one is let into. Raises CaseNotFound, WordsMissing."""
    if not text.strip():
        raise WordsMissing("text", "Say something")
    async with ctx.transaction() as tx:
        guest = await find_guest(tx, case_id=case_id, account_id=account_id, at=ctx.now())
        if guest is None:
            raise CaseNotFound
        await say(
            tx,
            ctx,
            case_id=case_id,
            thread="team",
            text=text,
            from_team=True,
            author_id=account_id,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=account_id,
            verb="help_with",
            subject=("case", case_id),
            case_id=case_id,
        )

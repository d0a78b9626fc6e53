"""Call for volunteers: a team says whom it looks for, and until when."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.moderation.errors.team import WordsMissing
from watertower.moderation.queries.volunteers import insert_call, update_call_closed
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import require_lead, team_named

MOST_CONCEPTS = 10
EXAMPLES = 2


async def open_call(
    ctx: Context,
    *,
    actor_id: int,
    team: str,
    words: str,
    concepts: Sequence[str],
    examples: Sequence[str],
    closes_at: datetime,
) -> int:
    """Open a call; its id. Questions about concepts, and exactly two examples to work out.

    Raises NotTheLead, TeamNotFound, WordsMissing, Invalid for an end that is over.
    """
    asked = [line.strip()[:500] for line in concepts if line.strip()][:MOST_CONCEPTS]
    worked = [text.strip()[:4000] for text in examples if text.strip()]
    if not words.strip():
        raise WordsMissing("words", "Say whom you look for")
    if not asked:
        raise WordsMissing("concepts", "Ask at least one question about a concept")
    if len(worked) != EXAMPLES:
        raise WordsMissing("examples", "Give two examples to work out")
    if closes_at <= ctx.now():
        raise Invalid("The end of the call is over already")
    async with ctx.transaction() as tx:
        await team_named(tx, name=team)
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        call_id = await insert_call(
            tx,
            team=team,
            words=words.strip()[:4000],
            concepts=asked,
            examples=worked,
            by=actor_id,
            at=ctx.now(),
            closes_at=closes_at,
        )
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="open_call",
            subject=("team", team),
            details={"call_id": str(call_id)},
        )
    return call_id


async def close_call(ctx: Context, *, actor_id: int, team: str, call_id: int) -> None:
    """End a call before its time; who applied stays. Twice is no error."""
    async with ctx.transaction() as tx:
        await require_lead(tx, at=ctx.now(), actor_id=actor_id, team=team)
        if await update_call_closed(tx, call_id=call_id, team=team, at=ctx.now()):
            await log(
                tx,
                at=ctx.now(),
                actor_id=actor_id,
                verb="close_call",
                subject=("team", team),
            )

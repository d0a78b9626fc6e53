"""Practise: write one's own analysis, and say something to those of others. Nothing is acted on."""

from watertower.base.context import Context
from watertower.base.errors import NotFound
from watertower.moderation.errors.team import (
    AnalysisFirst,
    NotForYourself,
    NotTheLead,
    WordsMissing,
)
from watertower.moderation.model.team import State
from watertower.moderation.queries.practice import (
    find_practice_analysis,
    find_ticket,
    insert_feedback,
    insert_practice_analysis,
    list_practice_analyses,
)
from watertower.moderation.queries.team import find_membership
from watertower.moderation.steps.log import log
from watertower.moderation.steps.team import tell

LONGEST = 10_000


async def analyse(
    ctx: Context,
    *,
    author_id: int,
    ticket_id: int,
    situation: str,
    would_do: str,
    would_not_do: str,
    why: str,
) -> None:
    """Write one's view of a ticket, once and for all; after it those of others are shown.

    Raises NotTheLead outside the team, NotFound, WordsMissing. The same form again changes nothing.
    """
    parts = {
        "situation": situation,
        "would_do": would_do,
        "would_not_do": would_not_do,
        "why": why,
    }
    for name, text in parts.items():
        if not text.strip():
            raise WordsMissing(name, "Every part needs some words")
    async with ctx.transaction() as tx:
        stay = await find_membership(tx, account_id=author_id)
        if stay is None or stay.team != "moderation" or stay.state is State.PAUSED:
            raise NotTheLead("Only people of the team practise here")
        if await find_ticket(tx, ticket_id=ticket_id) is None:
            raise NotFound
        made = await insert_practice_analysis(
            tx,
            ticket_id=ticket_id,
            author_id=author_id,
            at=ctx.now(),
            **{name: text.strip()[:LONGEST] for name, text in parts.items()},
        )
        if made is not None:
            await log(
                tx,
                at=ctx.now(),
                actor_id=author_id,
                verb="practise",
                subject=("practice_ticket", ticket_id),
            )
        if made is not None and stay.mentor_account_id is not None:
            await tell(
                tx,
                account_ids=[stay.mentor_account_id],
                subject=f"{stay.username} wrote an analysis",
                text="A practice ticket waits for what you think of it.",
                path=f"/desk/practice/{ticket_id}",
            )


async def give_feedback(ctx: Context, *, author_id: int, analysis_id: int, text: str) -> None:
    """Say something to somebody's analysis. The lead's word counts towards onboarding.

    Trainees speak to others' analyses once they wrote their own. Raises NotForYourself,
    AnalysisFirst, NotTheLead, WordsMissing, NotFound.
    """
    if not text.strip():
        raise WordsMissing("text", "Say something")
    async with ctx.transaction() as tx:
        stay = await find_membership(tx, account_id=author_id)
        if stay is None or stay.team != "moderation" or stay.state is State.PAUSED:
            raise NotTheLead("Only people of the team practise here")
        analysis = await find_practice_analysis(tx, analysis_id=analysis_id)
        if analysis is None:
            raise NotFound
        if analysis["author_account_id"] == author_id:
            raise NotForYourself("Others say what they think of it")
        if not stay.is_lead:
            written = await list_practice_analyses(
                tx, ticket_id=analysis["ticket_id"], viewer_id=author_id
            )
            if author_id not in {one["author_account_id"] for one in written}:
                raise AnalysisFirst
        if await insert_feedback(
            tx,
            analysis_id=analysis_id,
            author_id=author_id,
            by_lead=stay.is_lead and not stay.is_locked(ctx.now()),
            text=text.strip()[:LONGEST],
            at=ctx.now(),
        ):
            await log(
                tx,
                at=ctx.now(),
                actor_id=author_id,
                verb="say_to_practice",
                subject=("practice_ticket", analysis["ticket_id"]),
            )
            await tell(
                tx,
                account_ids=[analysis["author_account_id"]],
                subject="Somebody said something to your analysis",
                text="There is feedback on a practice ticket.",
                path=f"/desk/practice/{analysis['ticket_id']}",
            )

"""Practice for people of the team: others' analyses only after one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from watertower.base.context import Context
from watertower.base.db.transaction import Reading, Row
from watertower.base.errors import NotFound
from watertower.base.json import from_json
from watertower.base.paging import Page
from watertower.moderation.errors.team import NotTheLead
from watertower.moderation.model.team import Membership, State
from watertower.moderation.queries.practice import (
    find_ticket,
    list_feedback,
    list_practice_analyses,
    list_tickets,
)
from watertower.moderation.queries.team import find_membership


@dataclass(frozen=True)
class TicketSeen:
    """A ticket for one viewer. Before their own analysis: the situation, and nothing else."""

    id: int
    title: str
    situation: Sequence[Mapping[str, str]]
    language: str | None
    is_graphic: bool
    is_mine_written: bool
    analyses: Sequence[Row]
    feedback: Mapping[int, Sequence[Row]]  # by analysis
    outcome: str | None
    outcome_words: str
    i_lead: bool


async def practice_desk(
    ctx: Context, *, viewer_id: int, page: Page
) -> tuple[Membership, list[Row]]:
    """The viewer's stay and the tickets. Raises NotTheLead outside the team."""
    async with ctx.reading() as tx:
        stay = await _stay(tx, viewer_id)
        return stay, await list_tickets(tx, viewer_id=viewer_id, page=page)


async def ticket_for(ctx: Context, *, viewer_id: int, ticket_id: int) -> TicketSeen:
    """One ticket. Raises NotFound, NotTheLead."""
    async with ctx.reading() as tx:
        stay = await _stay(tx, viewer_id)
        found = await find_ticket(tx, ticket_id=ticket_id)
        if found is None:
            raise NotFound
        analyses = await list_practice_analyses(tx, ticket_id=ticket_id, viewer_id=viewer_id)
        is_written = any(one["author_account_id"] == viewer_id for one in analyses)
        sees_all = is_written or stay.is_lead
        said: dict[int, list[Row]] = {}
        if sees_all:
            for row in await list_feedback(tx, ticket_id=ticket_id):
                said.setdefault(row["analysis_id"], []).append(row)
    return TicketSeen(
        found["id"],
        found["title"],
        from_json(found["situation"]),
        found["language"],
        found["is_graphic"],
        is_written,
        analyses if sees_all else [],
        said,
        found["outcome"] if sees_all else None,
        found["outcome_words"] if sees_all else "",
        stay.is_lead,
    )


async def _stay(tx: Reading, viewer_id: int) -> Membership:
    stay = await find_membership(tx, account_id=viewer_id)
    if stay is None or stay.team != "moderation" or stay.state is State.PAUSED:
        raise NotTheLead("Only people of the moderation team practise here")
    return stay

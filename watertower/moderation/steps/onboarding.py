"""The three gates before powers, and the lock when something new was not accepted in time."""

from collections.abc import Sequence
from datetime import datetime

from watertower.base.db.transaction import Reading, Transaction
from watertower.moderation.model.team import (
    PRACTICE_TICKETS,
    Gates,
    Membership,
    Paper,
    State,
    Team,
)
from watertower.moderation.model.team_papers import COVENANT, merged, shipped_papers
from watertower.moderation.queries.practice import count_practised
from watertower.moderation.queries.team_papers import (
    list_acceptances,
    list_all_acceptances,
    list_published,
)
from watertower.moderation.steps.team import lock


async def papers_of(tx: Reading, *, team: str) -> list[Paper]:
    """The covenant and the training as they are now."""
    return merged(shipped_papers(team), await list_published(tx, team=team))


async def gates_of(tx: Reading, *, team: Team, account_ids: Sequence[int]) -> dict[int, Gates]:
    """How far each of these is, in three queries."""
    papers = await papers_of(tx, team=team.name)
    accepted = await list_all_acceptances(tx, account_ids=list(account_ids), team=team.name)
    practised = await count_practised(tx, account_ids=list(account_ids)) if team.practises else {}
    return {
        one: _gates(team, papers, accepted.get(one, {}), practised.get(one, 0))
        for one in account_ids
    }


def _gates(team: Team, papers: list[Paper], accepted: dict[str, int], practised: int) -> Gates:
    def is_done(paper: Paper) -> bool:
        return accepted.get(paper.name, 0) >= paper.version

    needed = PRACTICE_TICKETS if team.practises else 0
    return Gates(
        covenant=all(is_done(one) for one in papers if one.name == COVENANT),
        training=all(is_done(one) for one in papers if one.name != COVENANT),
        practice=practised >= needed,
        practised=practised,
        needed=needed,
    )


async def settle_lock(tx: Transaction, *, at: datetime, stay: Membership) -> datetime | None:
    """Lock or unlock the powers of an active member by what they accepted; from when, or None.

    A new version binds after its notice; who never accepted anything, like a first lead, is
    locked from the beginning.
    """
    if stay.state is not State.ACTIVE:
        return None
    papers = await papers_of(tx, team=stay.team)
    accepted = await list_acceptances(tx, account_id=stay.account_id, team=stay.team)
    moments = [
        paper.binding_from if paper.name in accepted and paper.binding_from else at
        for paper in papers
        if accepted.get(paper.name, 0) < paper.version
    ]
    locked_from = min(moments) if moments else None
    await lock(tx, account_ids=[stay.account_id], locked_from=locked_from)
    return locked_from

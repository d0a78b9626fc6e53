"""Cases for those who may see them: never about oneself, never one's own report."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Row
from watertower.base.ids import first_id_at
from watertower.moderation.errors.cases import CaseNotFound
from watertower.moderation.model.case_search import CaseLine, CaseSearch
from watertower.moderation.model.cases import Case
from watertower.moderation.model.policy import CasePolicy
from watertower.moderation.queries.case_lists import (
    count_cases,
    find_first_looks,
    has_opt_in,
    list_cases,
    list_tags,
)
from watertower.moderation.queries.case_names import list_rules_with_scope
from watertower.moderation.queries.case_team import list_team
from watertower.moderation.queries.cases import find_case_for
from watertower.moderation.steps.case_policy import case_policy


async def case_for(ctx: Context, *, viewer_id: int, case_id: int) -> Case:
    """The case; CaseNotFound for its target, its reporters and those who declared a conflict.

    The gate has checked that the viewer's role may read cases.
    """
    async with ctx.reading() as tx:
        found = await find_case_for(tx, viewer_id=viewer_id, case_id=case_id)
    if found is None:
        raise CaseNotFound
    return found


async def cases_for(
    ctx: Context,
    *,
    viewer_id: int,
    search: CaseSearch,
    after_id: int | None,
    limit: int,
    wants_graphic: bool | None = None,
) -> list[CaseLine]:
    """A page of the queue, or of a search; one more than `limit` where there are more.

    Graphic cases are listed for those who opted in to them, and for whoever asks in this moment.
    """
    async with ctx.reading() as tx:
        with_graphic = (
            await has_opt_in(tx, account_id=viewer_id, content="graphic")
            if wants_graphic is None
            else wants_graphic
        )
        return await list_cases(
            tx,
            viewer_id=viewer_id,
            search=search,
            with_graphic=with_graphic,
            after_id=after_id,
            limit=limit + 1,
            at=ctx.now(),
        )


@dataclass(frozen=True)
class QueueWords:
    """What stands above the queue: counts, and the words one can search by."""

    mine: int
    unassigned: int
    overdue: int
    open: int
    tags: Sequence[str]
    rules: Sequence[Row]
    team: Sequence[Row]
    wants_graphic: bool
    prevention: int  # cases of the last 30 days that began with research of ours
    reaction: int  # … and with a report
    first_look_minutes: int | None  # the median of those


async def queue_words(ctx: Context, *, viewer_id: int) -> QueueWords:
    """Counts and vocabulary for the page of the queue."""
    async with ctx.reading() as tx:
        counts = await count_cases(tx, viewer_id=viewer_id, at=ctx.now())
        looks = await find_first_looks(tx, since_id=first_id_at(ctx.now() - timedelta(days=30)))
        return QueueWords(
            mine=counts["mine"],
            unassigned=counts["unassigned"],
            overdue=counts["overdue"],
            open=counts["open"],
            tags=await list_tags(tx),
            rules=await list_rules_with_scope(tx, rule_ids=[]),
            team=await list_team(
                tx, permissions=int(Permission.READ_CASES | Permission.ADMINISTRATOR)
            ),
            wants_graphic=await has_opt_in(tx, account_id=viewer_id, content="graphic"),
            prevention=looks["prevention"],
            reaction=looks["reaction"],
            first_look_minutes=None if looks["minutes"] is None else round(looks["minutes"]),
        )


async def policy_of_cases(ctx: Context) -> CasePolicy:
    """How this community handles cases."""
    async with ctx.reading() as tx:
        return await case_policy(tx)

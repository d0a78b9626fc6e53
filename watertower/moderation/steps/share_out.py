"""Who is given a case: shared out by capacity, language and what people will not look at."""

from datetime import datetime

from watertower.base.db.transaction import Transaction
from watertower.moderation.model.team import hour_of_week
from watertower.moderation.queries.cases import assign_reports, update_case
from watertower.moderation.queries.team_availability import insert_share, list_takers
from watertower.moderation.queries.team_cases import list_open_cases_of
from watertower.moderation.steps.log import log


async def choose_moderator(
    tx: Transaction, *, at: datetime, case_id: int, but: tuple[int, ...] = ()
) -> int | None:
    """The moderator to give this case to; None if nobody may or can take it.

    First who is on duty at this hour, then who knows the language, then who carries least for
    what they can. Never somebody who is away, at their daily cap, behind a wall of the case, or
    who refuses what it holds. `but`: not these either. Nothing is written.
    """
    found = await list_takers(tx, case_id=case_id, at=at, hour=hour_of_week(at), but=list(but))
    return found[0]["account_id"] if found else None


async def choose_duty_pair(tx: Transaction, *, at: datetime, case_id: int) -> list[int]:
    """The two to call at once, caps or not: what cannot wait is somebody's. Fewer if fewer are."""
    found = await list_takers(
        tx, case_id=case_id, at=at, hour=hour_of_week(at), but=[], over_cap=True
    )
    return [row["account_id"] for row in found[:2]]


async def give_case(
    tx: Transaction, *, at: datetime, case_id: int, to_id: int | None, by: int | None, because: str
) -> None:
    """Say whose case it is, and count it for their day; None: everybody's again."""
    await update_case(tx, case_id=case_id, at=at, assigned_account_id=to_id)
    await assign_reports(tx, case_id=case_id, account_id=to_id, at=at)
    if to_id is not None:
        await insert_share(tx, case_id=case_id, account_id=to_id, because=because, at=at)
    await log(
        tx,
        at=at,
        actor_id=by,
        verb="share_out" if to_id is not None else "give_back",
        subject=("case", case_id),
        case_id=case_id,
        reason=because,
        details=None if to_id is None else {"to": str(to_id)},
    )


async def hand_over_cases(tx: Transaction, *, at: datetime, account_id: int, by: int | None) -> int:
    """Give the open cases of somebody who goes to others, one by one; how many they were."""
    case_ids = await list_open_cases_of(tx, account_id=account_id)
    for case_id in case_ids:
        to_id = await choose_moderator(tx, at=at, case_id=case_id, but=(account_id,))
        await give_case(tx, at=at, case_id=case_id, to_id=to_id, by=by, because="handed over")
    return len(case_ids)

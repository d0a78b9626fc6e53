"""Who of the team may do what with an appeal."""

from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.appeals import (
    AppealClosed,
    AppealNotFound,
    DecidedIt,
    NotTheSecond,
)
from watertower.moderation.model.appeals import Appeal
from watertower.moderation.queries.appeal_desk import lock_appeal_for
from watertower.moderation.steps.appeals import judges_of


async def require_seen(tx: Transaction, *, actor_id: int, appeal_id: int) -> Appeal:
    """The appeal, held; AppealNotFound behind a wall."""
    appeal = await lock_appeal_for(tx, viewer_id=actor_id, appeal_id=appeal_id)
    if appeal is None:
        raise AppealNotFound
    return appeal


async def require_judge(tx: Transaction, *, actor_id: int, appeal_id: int) -> Appeal:
    """The same, for whoever answers and decides: not who decided, unless nobody else is there.

    Raises AppealNotFound, DecidedIt, AppealClosed.
    """
    appeal = await require_seen(tx, actor_id=actor_id, appeal_id=appeal_id)
    if not appeal.is_open:
        raise AppealClosed
    if actor_id == appeal.decider_account_id:
        others, _ = await judges_of(tx, appeal=appeal)
        if others:
            raise DecidedIt
    return appeal


async def seconds_of(tx: Transaction, *, appeal: Appeal, first_id: int) -> list[int]:
    """Who could agree to a change of a suspension that `first_id` proposes; empty: nobody is there.

    Who made the decision only counts where nobody else does.
    """
    others, decider = await judges_of(tx, appeal=appeal)
    found = [one for one in others if one != first_id]
    return found or ([decider] if decider is not None and decider != first_id else [])


async def require_second(tx: Transaction, *, actor_id: int, appeal_id: int) -> Appeal:
    """The appeal with its proposal, for somebody else than who proposed. Raises NotTheSecond."""
    appeal = await require_seen(tx, actor_id=actor_id, appeal_id=appeal_id)
    if not appeal.is_open:
        raise AppealClosed
    first_id = appeal.proposed_by_account_id
    if first_id is None or actor_id not in await seconds_of(tx, appeal=appeal, first_id=first_id):
        raise NotTheSecond
    return appeal

"""Look again: a second moderator confirms an emergency, or somebody renews what was for a time."""

from datetime import datetime

from watertower.accounts.model import Permission
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.errors.standing import (
    ActionNotFound,
    AlreadyConfirmed,
    EndsInThePast,
    NotOnOneself,
    SamePerson,
)
from watertower.moderation.model.standing import LONGEST_MESSAGE, Action, Kind
from watertower.moderation.queries.reports import list_readers
from watertower.moderation.queries.standing import (
    hold_action,
    update_confirmed,
    update_terms,
)
from watertower.moderation.steps.log import log


async def confirm(ctx: Context, *, actor_id: int, action_id: int, reason: str) -> None:
    """The second look at what one person did alone; it stays.

    Raises ActionNotFound, NotOnOneself, AlreadyConfirmed, and SamePerson for who did it, as long
    as anybody else could look.
    """
    async with ctx.transaction() as tx:
        action = await _held(tx, actor_id=actor_id, action_id=action_id)
        if action.actor_account_id == actor_id and await _has_others(tx, action):
            raise SamePerson
        if not await update_confirmed(tx, action_id=action_id, actor_id=actor_id, at=ctx.now()):
            raise AlreadyConfirmed
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"confirm {action.kind}",
            subject=("account", action.target_account_id),
            case_id=action.case_id,
            reason=reason[:LONGEST_MESSAGE],
            details={"action_id": str(action_id)},
        )


async def change_terms(
    ctx: Context,
    *,
    actor_id: int,
    action_id: int,
    ends_at: datetime | None,
    review_at: datetime | None,
    reason: str,
) -> None:
    """Another end, or another day to look again. Raises ActionNotFound, NotOnOneself, EndsInThePast.

    A limit without an end keeps a day on which somebody looks at it (W4).
    """
    if any(moment is not None and moment <= ctx.now() for moment in (ends_at, review_at)):
        raise EndsInThePast
    async with ctx.transaction() as tx:
        action = await _held(tx, actor_id=actor_id, action_id=action_id)
        if not action.is_in_force:
            raise ActionNotFound
        if action.kind is Kind.LIMIT and ends_at is None and review_at is None:
            raise EndsInThePast("Validation failed: A limit needs an end or a day to look again")
        await update_terms(tx, action_id=action_id, ends_at=ends_at, review_at=review_at)
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb=f"change terms of {action.kind}",
            subject=("account", action.target_account_id),
            case_id=action.case_id,
            reason=reason[:LONGEST_MESSAGE],
            details={
                "action_id": str(action_id),
                "ends_at": ends_at and ends_at.isoformat(),
                "review_at": review_at and review_at.isoformat(),
            },
        )


async def _held(tx: Transaction, *, actor_id: int, action_id: int) -> Action:
    action = await hold_action(tx, action_id=action_id)
    if action is None:
        raise ActionNotFound
    if action.target_account_id == actor_id:
        raise NotOnOneself
    return action


async def _has_others(tx: Transaction, action: Action) -> bool:
    """Whether somebody else may decide: in a community of one, one looks again alone."""
    may_decide = Permission.ADMINISTRATOR | Permission.DECIDE_CASES
    readers = await list_readers(tx, permissions=int(may_decide))
    return bool(set(readers) - {action.actor_account_id, action.target_account_id})

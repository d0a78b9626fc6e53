"""What follows for freezes from what happens elsewhere: posts go, actions are taken and undone."""

from watertower.accounts.queries.standing import hold_marks
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.queue.job import Lane, job
from watertower.moderation.model.freeze import COMPLETE_WITHIN, RESPOND_WITHIN, Freeze, State
from watertower.moderation.model.standing import Action, Kind
from watertower.moderation.queries.freeze_tasks import list_freezes_asking, tick_deleted
from watertower.moderation.queries.freezes import (
    find_freeze_of_action,
    find_last_suspended,
    insert_freeze,
    lock_freeze,
    lock_open_freeze,
)
from watertower.moderation.queries.standing import find_action, list_in_force
from watertower.moderation.steps.freeze import begin_work, end, go_on, note


@job(Lane.LOCAL)
async def tick_deleted_status(
    ctx: Context,
    *,
    status_id: int,
    account_id: int,  # noqa: ARG001  # jobs take all of an event
    uri: str,  # noqa: ARG001
) -> None:
    """A post is gone, whichever app or page it was deleted with: the task is done."""
    await _tick(ctx, status_id)


@job(Lane.LOCAL)
async def tick_undone_boost(
    ctx: Context,
    *,
    status_id: int,
    reblog_of_id: int,  # noqa: ARG001  # jobs take all of an event
    actor_id: int,  # noqa: ARG001
    uri: str,  # noqa: ARG001
) -> None:
    """The same for a boost."""
    await _tick(ctx, status_id)


async def _tick(ctx: Context, status_id: int) -> None:
    now = ctx.now()
    async with ctx.transaction() as tx:
        for freeze_id in await list_freezes_asking(tx, status_id=status_id):
            freeze = await lock_freeze(tx, freeze_id=freeze_id)
            if freeze is None or not freeze.is_open:
                continue
            if not await tick_deleted(tx, freeze_id=freeze_id, status_id=status_id, at=now):
                continue
            await note(tx, freeze, at=now, actor_id=None, verb="finish task: delete_status")
            if freeze.state is State.AWAITING_RESPONSE:
                await begin_work(tx, freeze, at=now)


@job(Lane.LOCAL)
async def follow_action(ctx: Context, *, action_id: int) -> None:
    """A freeze that came without tasks, from an app of moderators, has a page all the same.

    A suspension ends a freeze; if it is undone, the freeze goes on (follow_undoing).
    """
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.undone_at is not None:
            return
        if action.kind is Kind.FREEZE:
            await hold_marks(tx, account_id=action.target_account_id)
            await _begin_bare(tx, action)
        elif action.kind is Kind.SUSPEND:
            await _end_open(tx, ctx, action.target_account_id, State.SUSPENDED)


@job(Lane.LOCAL)
async def follow_undoing(ctx: Context, *, action_id: int) -> None:
    """An action was taken back: by an appeal, an app of moderators, or because its time is over."""
    async with ctx.transaction() as tx:
        action = await find_action(tx, action_id=action_id)
        if action is None or action.undone_at is None:
            return
        marks = await hold_marks(tx, account_id=action.target_account_id)
        if action.kind is Kind.FREEZE:
            found = await find_freeze_of_action(tx, action_id=action_id)
            freeze = found and await lock_freeze(tx, freeze_id=found.id)
            if freeze is not None and freeze.is_open:
                by_clock = action.undone_by_account_id is None
                state = State.RESTORED if by_clock else State.WITHDRAWN
                await _end(tx, ctx, freeze, state, agreed=action.undone_reason)
            # Another one that still holds is what the person sees from now on.
            for other in await list_in_force(
                tx, account_id=action.target_account_id, kind=Kind.FREEZE
            ):
                await _begin_bare(tx, other)
        elif action.kind is Kind.SUSPEND and marks is not None and marks.suspended_at is None:
            await _reopen(tx, ctx, action.target_account_id)


@job(Lane.LOCAL)
async def end_freeze_of_member(ctx: Context, *, account_id: int) -> None:
    """The member left for good."""
    async with ctx.transaction() as tx:
        await _end_open(tx, ctx, account_id, State.LEFT)


async def _begin_bare(tx: Transaction, action: Action) -> None:
    """No tasks and no clock: nobody told the person of any."""
    begun = action.created_at
    await insert_freeze(
        tx,
        action_id=action.id,
        account_id=action.target_account_id,
        case_id=action.case_id,
        at=begun,
        respond_by=begun + RESPOND_WITHIN,
        complete_by=begun + RESPOND_WITHIN + COMPLETE_WITHIN,
        due_at=None,
        look_at=None,
    )


async def _end_open(tx: Transaction, ctx: Context, account_id: int, state: State) -> None:
    freeze = await lock_open_freeze(tx, account_id=account_id)
    if freeze is not None:
        await _end(tx, ctx, freeze, state)


async def _end(
    tx: Transaction, ctx: Context, freeze: Freeze, state: State, *, agreed: str = ""
) -> None:
    await note(tx, freeze, at=ctx.now(), actor_id=None, verb=f"end freeze: {state}")
    await end(tx, freeze, state=state, at=ctx.now(), agreed=agreed)


async def _reopen(tx: Transaction, ctx: Context, account_id: int) -> None:
    """A suspension was lifted and the freeze before it was not: it goes on, with a new clock."""
    if await lock_open_freeze(tx, account_id=account_id) is not None:
        return
    found = await find_last_suspended(tx, account_id=account_id)
    freeze = found and await lock_freeze(tx, freeze_id=found.id)
    if freeze is not None:
        await note(tx, freeze, at=ctx.now(), actor_id=None, verb="resume freeze")
        await go_on(tx, freeze, at=ctx.now())

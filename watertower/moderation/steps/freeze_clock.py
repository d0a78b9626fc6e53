"""The clocks of a freeze while its person appeals: they stop, and run again afterwards.

An appeal that is accepted undoes the action, which ends the freeze by itself.
"""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.moderation.model.freeze import Freeze, NewTask, State
from watertower.moderation.queries.freezes import find_freeze_of_action, lock_freeze
from watertower.moderation.steps.freeze import add_tasks, go_on, stop_clock


async def stop_for_appeal(tx: Transaction, ctx: Context, *, action_id: int) -> bool:
    """The person appeals the freeze that this action began: it stays, and its clocks stop.

    False if the action began no freeze that holds, or its clocks stand still already.
    """
    freeze = await _hold_freeze_of(tx, action_id=action_id)
    if freeze is None or freeze.state is State.APPEALED:
        return False
    await stop_clock(
        tx,
        freeze,
        state=State.APPEALED,
        answered_at=freeze.answered_at or ctx.now(),
        escalated_at=None,
        kept_at=None,
    )
    return True


async def resume_after_appeal(
    tx: Transaction, ctx: Context, *, action_id: int, tasks: Sequence[NewTask] = ()
) -> bool:
    """The appeal was rejected, taken back, or returned with `tasks`: the person goes on.

    The clock begins anew. False if the freeze was not appealed or is over.
    """
    freeze = await _hold_freeze_of(tx, action_id=action_id)
    if freeze is None or freeze.state is not State.APPEALED:
        return False
    if tasks:
        await add_tasks(tx, freeze, tasks=tasks, at=ctx.now())
    await go_on(tx, freeze, at=ctx.now())
    return True


async def _hold_freeze_of(tx: Transaction, *, action_id: int) -> Freeze | None:
    found = await find_freeze_of_action(tx, action_id=action_id)
    held = None if found is None else await lock_freeze(tx, freeze_id=found.id)
    return held if held is not None and held.is_open else None

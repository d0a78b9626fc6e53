"""Finish a task: the person says that it is done; what the system can see, it looks at."""

from watertower.base.context import Context
from watertower.base.db.transaction import Reading
from watertower.moderation.errors.freeze import TaskNotFound, TaskOpen
from watertower.moderation.model.freeze import LONGEST_TASK, Freeze, Step, Task, TaskKind
from watertower.moderation.queries.freeze_tasks import find_task, has_new_profile, update_task_done
from watertower.moderation.steps.freeze import begin_work, hold_own, note, require_step

STILL_THERE = "This post is still there. Delete it here, or in any app."
SAME_PROFILE = "Your profile is still the same as when you were asked."


async def finish_task(ctx: Context, *, account_id: int, task_id: int, statement: str = "") -> None:
    """Tick a task. Twice is no error.

    Raises FreezeNotFound, NotNow, TaskNotFound, and TaskOpen for what is visibly not done.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        freeze = await hold_own(tx, account_id=account_id)
        require_step(freeze, Step.WORK)
        task = await find_task(tx, freeze_id=freeze.id, task_id=task_id)
        if task is None:
            raise TaskNotFound
        await _require_done(tx, freeze, task)
        by = "system" if task.kind is TaskKind.DELETE_STATUS else "person"
        if await update_task_done(
            tx, task_id=task.id, at=now, by=by, statement=statement.strip()[:LONGEST_TASK]
        ):
            await note(tx, freeze, at=now, actor_id=account_id, verb=f"finish task: {task.kind}")
        await begin_work(tx, freeze, at=now)


async def _require_done(tx: Reading, freeze: Freeze, task: Task) -> None:
    if task.kind is TaskKind.DELETE_STATUS and not task.is_done:
        raise TaskOpen(STILL_THERE)
    if (
        task.kind is TaskKind.CHANGE_PROFILE
        and not task.is_done
        and not await has_new_profile(tx, account_id=freeze.account_id, task_id=task.id)
    ):
        raise TaskOpen(SAME_PROFILE)

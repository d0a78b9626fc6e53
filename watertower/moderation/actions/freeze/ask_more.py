"""Ask for more: what was handed in is not enough, and one message says exactly what is missing."""

from collections.abc import Sequence

from watertower.base.context import Context
from watertower.moderation.errors.freeze import WordsMissing
from watertower.moderation.model.freeze import NewTask, Step
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import add_tasks, case_of, go_on, hold_for_team, note
from watertower.moderation.steps.freeze_checks import require_good_tasks


async def ask_more(
    ctx: Context, *, actor_id: int, freeze_id: int, text: str, tasks: Sequence[NewTask] = ()
) -> None:
    """It is the person's turn again, with a week at least. Ticked tasks stay ticked.

    Raises FreezeNotFound, NotNow, WordsMissing, WrongTask.
    """
    now = ctx.now()
    async with ctx.transaction() as tx:
        freeze = await hold_for_team(
            tx, viewer_id=actor_id, freeze_id=freeze_id, step=Step.ASK_MORE
        )
        if not text.strip():
            raise WordsMissing("text")
        await require_good_tasks(tx, account_id=freeze.account_id, tasks=tasks)
        await add_tasks(tx, freeze, tasks=tasks, at=now)
        await say(
            tx,
            ctx,
            case_id=await case_of(tx, freeze, at=now),
            thread="reported",
            with_account_id=freeze.account_id,
            from_team=True,
            author_id=actor_id,
            text=f"{text.strip()}\n\n{ctx.settings.base_url}/account/frozen",
        )
        await note(tx, freeze, at=now, actor_id=actor_id, verb="ask more", reason=text)
        await go_on(tx, freeze, at=now)

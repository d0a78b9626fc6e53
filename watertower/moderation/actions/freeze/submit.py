"""Hand in: the person says that everything is done, or that this is a mistake."""

from watertower.base.context import Context
from watertower.moderation.errors.freeze import TasksOpen, WordsMissing
from watertower.moderation.jobs.freeze_mails import mail_team
from watertower.moderation.model.freeze import State, Step, Submission
from watertower.moderation.queries.freeze_tasks import list_tasks
from watertower.moderation.steps.conversation import say
from watertower.moderation.steps.freeze import case_of, hand_in, hold_own, note, require_step


async def submit(
    ctx: Context, *, account_id: int, said_as: Submission, statement: str = ""
) -> None:
    """The team looks at it within 72 hours; until then the person's clock stands still.

    Handing the same in twice changes nothing. Raises FreezeNotFound, NotNow, TasksOpen for "done"
    before it is, WordsMissing for a mistake that is not explained.
    """
    now = ctx.now()
    statement = statement.strip()
    async with ctx.transaction() as tx:
        freeze = await hold_own(tx, account_id=account_id)
        if freeze.state is State.SUBMITTED and freeze.submitted_as == said_as:
            return
        require_step(freeze, Step.SUBMIT)
        tasks = (await list_tasks(tx, freeze_ids=[freeze.id]))[freeze.id]
        if said_as is Submission.DONE and not all(task.is_done for task in tasks):
            raise TasksOpen
        if said_as is Submission.ERROR and not statement:
            raise WordsMissing("statement")
        if statement:
            await say(
                tx,
                ctx,
                case_id=await case_of(tx, freeze, at=now),
                thread="reported",
                with_account_id=account_id,
                from_team=False,
                author_id=account_id,
                text=statement,
            )
        await note(tx, freeze, at=now, actor_id=account_id, verb=f"hand in as {said_as}")
        await hand_in(tx, freeze, at=now, said_as=str(said_as), statement=statement)
        tx.enqueue(mail_team.queued(freeze_id=freeze.id, what="submitted"))

"""Say: both sides of an appeal write to one another, and the team among itself."""

from watertower.base.context import Context
from watertower.base.params import Upload
from watertower.moderation.actions.appeals.attach import forget_files, stored_files
from watertower.moderation.errors.appeals import AppealClosed
from watertower.moderation.model.appeals import Appeal, StoredFile
from watertower.moderation.queries.appeal_words import insert_note
from watertower.moderation.steps.appeal_judges import require_judge, require_seen
from watertower.moderation.steps.appeals import said, say_in
from watertower.moderation.steps.log import log
from watertower.moderation.steps.own_appeals import require_own


async def answer(
    ctx: Context,
    *,
    account_id: int,
    appeal_id: int,
    text: str,
    uploads: list[Upload] | None = None,
    came_by: str = "page",
    once_key: str | None = None,
) -> None:
    """The person writes. Raises AppealNotFound, AppealClosed, TextMissing, TextTooLong, BadFile."""
    words = said(text)
    files = await stored_files(ctx, uploads or [])
    try:
        async with ctx.transaction() as tx:
            appeal = _open(await require_own(tx, account_id=account_id, appeal_id=appeal_id))
            await say_in(
                tx,
                ctx,
                appeal=appeal,
                author_id=None,
                text=words,
                files=files,
                came_by=came_by,
                once_key=once_key,
            )
    except BaseException:
        await forget_files(ctx, files)
        raise


async def write(
    ctx: Context,
    *,
    actor_id: int,
    appeal_id: int,
    text: str,
    uploads: list[Upload] | None = None,
    came_by: str = "page",
    once_key: str | None = None,
) -> None:
    """The team writes to the person. Raises also DecidedIt, ContactNotVerified."""
    words = said(text)
    files: list[StoredFile] = await stored_files(ctx, uploads or [])
    try:
        async with ctx.transaction() as tx:
            appeal = _open(await require_judge(tx, actor_id=actor_id, appeal_id=appeal_id))
            message_id = await say_in(
                tx,
                ctx,
                appeal=appeal,
                author_id=actor_id,
                text=words,
                files=files,
                came_by=came_by,
                once_key=once_key,
            )
            if message_id is not None:
                await log(
                    tx,
                    at=ctx.now(),
                    actor_id=actor_id,
                    verb="write in appeal",
                    subject=("appeal", appeal_id),
                    case_id=appeal.case_id,
                )
    except BaseException:
        await forget_files(ctx, files)
        raise


async def note(ctx: Context, *, actor_id: int, appeal_id: int, text: str) -> None:
    """The team writes to itself; who made the decision may too, to say why."""
    words = said(text)
    async with ctx.transaction() as tx:
        appeal = await require_seen(tx, actor_id=actor_id, appeal_id=appeal_id)
        await insert_note(tx, appeal_id=appeal_id, author_id=actor_id, text=words, at=ctx.now())
        await log(
            tx,
            at=ctx.now(),
            actor_id=actor_id,
            verb="note on appeal",
            subject=("appeal", appeal_id),
            case_id=appeal.case_id,
        )


def _open(appeal: Appeal) -> Appeal:
    if not appeal.is_open:
        raise AppealClosed
    return appeal

"""Answer an invitation to be a trusted reporter, and go on after a year."""

from watertower.base.context import Context
from watertower.moderation.actions.reporters.choose import renew_in
from watertower.moderation.errors.team import NotYet, ReporterNotFound, WordsMissing
from watertower.moderation.model.trusted_reporters import RENEWAL_OPENS, RENEWED_EVERY
from watertower.moderation.queries.trusted_reporters import lock_trusted, update_trusted
from watertower.moderation.steps.log import log


async def accept_invitation(
    ctx: Context, *, account_id: int, agrees: bool, has_trained: bool
) -> None:
    """Accept the terms after the short training. Twice is no error.

    Raises ReporterNotFound without an invitation, NotYet when it is over, WordsMissing unless
    both boxes are ticked.
    """
    if not agrees or not has_trained:
        raise WordsMissing("agrees", "Tick both boxes: the terms, and that you read the training")
    at = ctx.now()
    async with ctx.transaction() as tx:
        found = await lock_trusted(tx, account_id=account_id)
        if found is None:
            raise ReporterNotFound
        if found["state"] == "active":
            return
        if found["state"] != "invited":
            raise ReporterNotFound
        if found["invitation_ends_at"] <= at:
            raise NotYet("The invitation is over")
        await update_trusted(
            tx,
            account_id=account_id,
            at=at,
            state="active",
            trained_at=at,
            active_since=at,
            renew_by=at + RENEWED_EVERY,
            to_review_since=None,
            ended_because="",
        )
        await log(
            tx,
            at=at,
            actor_id=account_id,
            verb="accept_trusted_reporter",
            subject=("account", account_id),
        )


async def decline_invitation(ctx: Context, *, account_id: int) -> None:
    """Say no. Nobody asks why, and nothing is held against anybody."""
    async with ctx.transaction() as tx:
        found = await lock_trusted(tx, account_id=account_id)
        if found is not None and found["state"] == "invited":
            await update_trusted(
                tx, account_id=account_id, at=ctx.now(), state="declined", chosen_by=[]
            )


async def go_on(ctx: Context, *, account_id: int) -> None:
    """Say that one wants to go on for another year; the lead says so too."""
    async with ctx.transaction() as tx:
        found = await lock_trusted(tx, account_id=account_id)
        if found is None or found["state"] not in {"active", "paused"} or not found["renew_by"]:
            raise ReporterNotFound
        if ctx.now() < found["renew_by"] - RENEWAL_OPENS:
            raise NotYet("The year is not nearly over")
        await update_trusted(
            tx, account_id=account_id, at=ctx.now(), renewed_by_member_at=ctx.now()
        )
        await renew_in(tx, ctx, account_id=account_id)

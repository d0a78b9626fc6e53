"""The reactions that tell webhooks of what is our own: freezes, servers, sign-ups, team, votes."""

from watertower.api.webhooks.deliver import tell
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.moderation.actions.webhooks.told import (
    approved_applicant,
    decision_told,
    has_applied,
    message_told,
    refused_applicant,
)


@job(Lane.LOCAL)
async def hook_server_decided(ctx: Context, *, decision_id: int) -> None:
    """server.decided, or server.lifted."""
    found = await decision_told(ctx, decision_id=decision_id)
    if found is not None:
        event = "server.lifted" if found.is_lifting else "server.decided"
        await tell(ctx, event, [decision_id])


@job(Lane.LOCAL)
async def hook_freeze_begun(ctx: Context, *, freeze_id: int) -> None:
    """freeze.begun."""
    await tell(ctx, "freeze.begun", [freeze_id])


@job(Lane.LOCAL)
async def hook_freeze_submitted(ctx: Context, *, freeze_id: int) -> None:
    """freeze.submitted."""
    await tell(ctx, "freeze.submitted", [freeze_id])


@job(Lane.LOCAL)
async def hook_freeze_ended(ctx: Context, *, freeze_id: int) -> None:
    """freeze.ended."""
    await tell(ctx, "freeze.ended", [freeze_id])


@job(Lane.LOCAL)
async def hook_sign_up_applied(ctx: Context, *, account_id: int) -> None:
    """sign_up.applied, if somebody has to decide."""
    if await has_applied(ctx, account_id=account_id):
        await tell(ctx, "sign_up.applied", [account_id])


@job(Lane.LOCAL)
async def hook_sign_up_approved(ctx: Context, *, login_id: int) -> None:
    """sign_up.approved."""
    account_id = await approved_applicant(ctx, login_id=login_id)
    if account_id is not None:
        await tell(ctx, "sign_up.approved", [account_id])


@job(Lane.LOCAL)
async def hook_sign_up_refused(ctx: Context, *, message_id: int) -> None:
    """sign_up.refused, if that is what the applicant was told."""
    account_id = await refused_applicant(ctx, message_id=message_id)
    if account_id is not None:
        await tell(ctx, "sign_up.refused", [account_id])


@job(Lane.LOCAL)
async def hook_team_changed(ctx: Context, *, account_id: int, team: str, change: str) -> None:
    """team.changed: where the member is by then."""
    del team, change
    await tell(ctx, "team.changed", [account_id])


@job(Lane.LOCAL)
async def hook_message_received(ctx: Context, *, message_id: int) -> None:
    """message.received; what the team writes is no news to it."""
    if await message_told(ctx, message_id=message_id) is not None:
        await tell(ctx, "message.received", [message_id])


@job(Lane.LOCAL)
async def hook_mistake_confirmed(ctx: Context, *, mistake_id: int) -> None:
    """mistake.confirmed."""
    await tell(ctx, "mistake.confirmed", [mistake_id])


@job(Lane.LOCAL)
async def hook_vote_opened(ctx: Context, *, vote_id: int) -> None:
    """vote.opened."""
    await tell(ctx, "vote.opened", [vote_id])


@job(Lane.LOCAL)
async def hook_vote_closed(ctx: Context, *, vote_id: int) -> None:
    """vote.closed."""
    await tell(ctx, "vote.closed", [vote_id])

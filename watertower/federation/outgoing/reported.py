"""A member reported somebody elsewhere and wants that server told: a Flag in our own name."""

from watertower.accounts.actions.own_keys import INSTANCE_ACCOUNT_ID
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.reported import find_forwarded, find_reported


@job(Lane.PUSH)
async def tell_of_report(ctx: Context, *, report_id: int) -> None:
    """Flag, to the server of the account. Who reported is not named."""
    async with ctx.reading() as tx:
        reported = await find_reported(tx, report_id=report_id)
    if reported is None:
        return
    base = ctx.settings.base_url
    to = [reported.target_account_id, *reported.further_account_ids]
    await send(
        ctx,
        account_id=INSTANCE_ACCOUNT_ID,
        activity={
            "id": f"{base}/ap/flags/{report_id}",
            "type": "Flag",
            "actor": f"{base}/actor",
            "content": reported.comment,
            "object": [reported.target_uri, *reported.status_uris],
            "to": [reported.target_uri],
        },
        audience=Audience(account_ids=to),
    )


@job(Lane.PUSH)
async def tell_of_forward(ctx: Context, *, forward_id: int) -> None:
    """Flag, to a server that moderators chose, with the words and posts they chose."""
    await _send_forward(ctx, forward_id=forward_id, is_undone=False)


@job(Lane.PUSH)
async def tell_of_withdrawal(ctx: Context, *, forward_id: int) -> None:
    """Undo of that Flag."""
    await _send_forward(ctx, forward_id=forward_id, is_undone=True)


async def _send_forward(ctx: Context, *, forward_id: int, is_undone: bool) -> None:
    async with ctx.reading() as tx:
        told = await find_forwarded(tx, forward_id=forward_id)
    if told is None:
        return
    base = ctx.settings.base_url
    flag: dict[str, object] = {
        "id": f"{base}/ap/forwards/{forward_id}",
        "type": "Flag",
        "actor": f"{base}/actor",
        "content": told.comment,
        "object": [told.target_uri, *told.status_uris],
        "to": [told.target_uri],
    }
    undo: dict[str, object] = {
        "id": f"{flag['id']}#undo",
        "type": "Undo",
        "actor": flag["actor"],
        "object": flag,
        "to": flag["to"],
    }
    await send(
        ctx,
        account_id=INSTANCE_ACCOUNT_ID,
        activity=undo if is_undone else flag,
        audience=Audience(account_ids=[told.target_account_id]),
    )

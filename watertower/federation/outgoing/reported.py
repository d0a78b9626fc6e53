"""A member reported somebody elsewhere and wants that server told: a Flag in our own name."""

from watertower.accounts.actions.own_keys import INSTANCE_ACCOUNT_ID
from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.reported import find_reported


@job(Lane.PUSH)
async def tell_of_report(ctx: Context, *, report_id: int) -> None:
    """Flag, to the server of the account. Who reported is not named."""
    async with ctx.reading() as tx:
        reported = await find_reported(tx, report_id=report_id)
    if reported is None:
        return
    base = ctx.settings.base_url
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
        audience=Audience(account_ids=[reported.target_account_id]),
    )

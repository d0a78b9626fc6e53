"""Once a week the kept rules of other servers are compared with what stands there now."""

import hashlib

from watertower.base.context import Context
from watertower.base.errors import Refused
from watertower.base.queue.job import Lane, job
from watertower.moderation.queries.policy_texts import insert_policy_text, list_watched_texts
from watertower.moderation.steps.page_text import fetch_text
from watertower.moderation.steps.server_reviews import open_review_in


@job(Lane.PULL)
async def look_at_policies(ctx: Context) -> None:
    """What changed is kept, dated, and its server's review is opened again."""
    async with ctx.reading() as tx:
        watched = await list_watched_texts(tx)
    for domain, kind, url in watched:
        try:
            text = await fetch_text(ctx, url)
        except Refused:
            continue  # a page that is away for a week is no change
        async with ctx.transaction() as tx:
            is_new = await insert_policy_text(
                tx,
                domain=domain,
                kind=kind,
                url=url,
                text=text,
                sha256=hashlib.sha256(text.encode("utf-8", "replace")).digest(),
                at=ctx.now(),
            )
            if is_new:
                await open_review_in(
                    tx,
                    ctx,
                    domain=domain,
                    cause="policy_change",
                    reason=f"Its {kind} text changed.",
                    actor_id=None,
                )

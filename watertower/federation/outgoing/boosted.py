"""A member boosted something, or took that back: followers and the author elsewhere hear."""

from typing import Any

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import announce, undo
from watertower.federation.model import PUBLIC
from watertower.federation.queries.told import ToldStatus, find_told_status
from watertower.statuses.model import Visibility


@job(Lane.PUSH)
async def tell_of_boost(ctx: Context, *, status_id: int, reblog_of_id: int) -> None:
    """Announce, to the followers and to the author of what was boosted."""
    found = await _both(ctx, status_id, reblog_of_id)
    if found is None:
        return
    boost, original = found
    if not boost.is_deleted and not original.is_deleted:
        await send(
            ctx,
            account_id=boost.account_id,
            activity=_announce(boost, original),
            audience=_audience(boost, original),
        )


@job(Lane.PUSH)
async def tell_of_unboost(
    ctx: Context, *, status_id: int, reblog_of_id: int, actor_id: int, uri: str
) -> None:
    """Undo, to the same."""
    del uri
    found = await _both(ctx, status_id, reblog_of_id)
    if found is None:
        return
    boost, original = found
    inner = _announce(boost, original)
    await send(
        ctx,
        account_id=actor_id,
        activity=undo(inner, to=[PUBLIC]),
        audience=_audience(boost, original),
    )


async def _both(
    ctx: Context, status_id: int, reblog_of_id: int
) -> tuple[ToldStatus, ToldStatus] | None:
    async with ctx.reading() as tx:
        boost = await find_told_status(tx, status_id=status_id)
        original = await find_told_status(tx, status_id=reblog_of_id)
    if boost is None or original is None or not boost.is_told:
        return None
    is_known_elsewhere = original.is_told or original.author_domain is not None
    return (boost, original) if is_known_elsewhere else None


def _announce(boost: ToldStatus, original: ToldStatus) -> dict[str, Any]:
    is_for_all = boost.visibility == Visibility.PUBLIC
    to, cc = [boost.author_followers_url], [original.author_uri]
    if is_for_all:
        to, cc = [PUBLIC], [original.author_uri, boost.author_followers_url]
    elif boost.visibility == Visibility.UNLISTED:
        cc = [PUBLIC, original.author_uri]
    return announce(
        uri=boost.uri,
        actor_uri=boost.author_uri,
        object_uri=original.uri,
        to=to,
        cc=cc,
        at=boost.created_at,
    )


def _audience(boost: ToldStatus, original: ToldStatus) -> Audience:
    return Audience(followers_of=boost.account_id, account_ids=[original.account_id])

"""Make our idea of who here follows somebody elsewhere the same as her server's (FEP-8fcf).

Her server announced a digest that is not ours. Its list is fetched, and only believed where it
has the digest that was announced: what changed meanwhile is left for the next time.
"""

import secrets
from datetime import timedelta

from watertower.accounts.actions.accept_follow import accept_follow
from watertower.accounts.actions.unfollow import unfollow
from watertower.base.context import Context
from watertower.base.errors import Refused, Unreachable
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import simple, undo
from watertower.federation.followers_digest import digest_of
from watertower.federation.model import Actor
from watertower.federation.queries.actors import find_actor, list_actors_by_uri
from watertower.federation.queries.followers_sync import list_local_followers_of
from watertower.federation.reading import id_of, same_host
from watertower.federation.remote.read_collection import read_collection

AFTER = timedelta(seconds=30)  # what came before the header is processed by then
MOST_PAGES, MOST_FOLLOWERS = 10, 30_000
MOST_CHANGES = 200  # in one run; the next activity brings the next


@job(Lane.PULL, attempts=3)
async def reconcile_followers(ctx: Context, *, account_id: int, url: str, digest: str) -> None:
    """Compare, and where it differs end the follows that she does not have, on either side."""
    async with ctx.reading() as tx:
        target = await find_actor(tx, account_id=account_id)
        known = await list_local_followers_of(tx, account_id=account_id)
    if target is None or target.is_local or target.is_deleted or not same_host(url, target.uri):
        return
    following = {one.uri: one.account_id for one in known if not one.is_asking}
    if digest_of(following) == digest:
        return
    try:
        items = await read_collection(
            ctx, url, owner_uri=target.uri, most_pages=MOST_PAGES, most_items=MOST_FOLLOWERS
        )
    except Unreachable:
        raise
    except Refused:
        return
    listed = {uri for one in items.found if (uri := id_of(one)) is not None}
    if not items.is_whole or digest_of(listed) != digest:
        return
    for uri in sorted(following.keys() - listed)[:MOST_CHANGES]:
        await unfollow(ctx, actor_id=following[uri], target_id=target.id)
    asking = {one.uri: one.account_id for one in known if one.is_asking}
    unknown = sorted(listed - following.keys())[:MOST_CHANGES]
    for uri in unknown:
        if uri in asking:  # her Accept was lost
            await accept_follow(ctx, actor_id=asking[uri], target_id=target.id)
    await _take_back(ctx, target, [uri for uri in unknown if uri not in asking])


async def _take_back(ctx: Context, target: Actor, uris: list[str]) -> None:
    """Tell her server that these members do not follow her."""
    async with ctx.reading() as tx:
        members = await list_actors_by_uri(tx, uris=uris)
    for member in members.values():
        if not member.is_local or member.is_deleted:
            continue
        follow = simple(
            "Follow",
            uri=f"{member.uri}#follows/{target.id}-{secrets.token_hex(8)}",
            actor_uri=member.uri,
            target=target.uri,
        )
        await send(
            ctx,
            account_id=member.id,
            activity=undo(follow),
            audience=Audience(account_ids=[target.id]),
        )

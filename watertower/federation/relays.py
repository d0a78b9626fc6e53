"""Relays: subscribing, leaving, and knowing them when they speak.

A relay passes public posts on to all who subscribed. Two kinds exist: those that are given whole
activities and forward them (Mastodon's: a Follow of Public), and those that boost what they are
told of (LitePub's: a Follow of the relay's actor, which follows back). What either brings is
fetched from its author's server; a relay is not believed.
"""

from collections.abc import Sequence

from watertower.accounts.actions.own_keys import INSTANCE_ACCOUNT_ID
from watertower.base.context import Context
from watertower.base.errors import Conflict, Forbidden, Invalid, NotFound
from watertower.federation.addresses import id_in_path, is_own
from watertower.federation.delivery.send import Audience, send
from watertower.federation.documents.activities import simple, undo
from watertower.federation.model import PUBLIC, Actor, Document
from watertower.federation.policies import require_served
from watertower.federation.queries.relays import (
    Relay,
    delete_relay,
    find_relay,
    find_relay_by_id,
    find_relay_of,
    insert_relay,
    list_relays,
    update_relay,
)
from watertower.federation.reading import host_of, id_of, same_host, uri_of
from watertower.federation.remote.actor import actor_by_uri

MARK = "#relays/"


async def relays(ctx: Context) -> Sequence[Relay]:
    """Those we subscribed to, whether they answered or not."""
    async with ctx.reading() as tx:
        return await list_relays(tx)


async def subscribe(ctx: Context, *, url: str, is_litepub: bool = False) -> Relay:
    """Ask a relay, named by its inbox, or with `is_litepub` by its actor.

    Raises Invalid, Conflict for one that we have, Forbidden on a server that talks only to some,
    and what fetching an actor raises.
    """
    address = uri_of(url)
    if address is None or is_own(ctx.settings, address):
        raise Invalid("Not the address of a relay")
    if ctx.settings.federation.limited:
        raise Forbidden("A server that talks only to those on its list has no relays")
    await require_served(ctx, host=host_of(address) or "")
    inbox, actor_uri = address, None
    if is_litepub:
        actor = await actor_by_uri(ctx, address, fresh_since=ctx.now())
        inbox, actor_uri = actor.inbox_url, actor.uri
    async with ctx.transaction() as tx:
        relay = await insert_relay(
            tx,
            inbox_url=inbox,
            actor_uri=actor_uri,
            style="litepub" if is_litepub else "mastodon",
            at=ctx.now(),
        )
    if relay is None:
        raise Conflict("This relay is there already")
    await _send(ctx, relay, _follow(ctx, relay))
    return relay


async def unsubscribe(ctx: Context, *, url: str) -> None:
    """Leave a relay. Raises NotFound."""
    async with ctx.reading() as tx:
        relay = await find_relay(tx, url=url)
    if relay is None:
        raise NotFound
    await _send(ctx, relay, undo(_follow(ctx, relay)))
    async with ctx.transaction() as tx:
        await delete_relay(tx, relay_id=relay.id)


async def relay_answered(ctx: Context, sender: Actor, activity: Document, *, state: str) -> bool:
    """Write down an Accept or Reject of our subscription; False if it is about something else."""
    uri = id_of(activity.get("object")) or ""
    beginning = f"{ctx.settings.base_url}/actor{MARK}"
    relay_id = id_in_path(uri.removeprefix(beginning)) if uri.startswith(beginning) else None
    if relay_id is None:
        return False
    async with ctx.transaction() as tx:
        relay = await find_relay_by_id(tx, relay_id=relay_id)
        if relay is None or not same_host(relay.inbox_url, sender.uri):
            return False
        if relay.actor_uri not in {None, sender.uri}:
            return False
        await update_relay(tx, relay_id=relay.id, state=state, actor_uri=sender.uri, at=ctx.now())
    return True


async def is_relay(ctx: Context, sender: Actor, *, is_pending: bool = False) -> bool:
    """Whether this is the actor of a relay that accepted us (or, `is_pending`, that we asked)."""
    async with ctx.reading() as tx:
        found = await find_relay_of(tx, actor_uri=sender.uri, inbox_url=sender.inbox_url)
    return found is not None and (
        found.state == "accepted" or (is_pending and found.state == "pending")
    )


async def relay_inboxes(ctx: Context, *, style: str) -> list[str]:
    """Where public posts are told of: relays of this style that accepted us."""
    if ctx.settings.federation.limited:
        return []
    return [
        one.inbox_url for one in await relays(ctx) if (one.style, one.state) == (style, "accepted")
    ]


def _follow(ctx: Context, relay: Relay) -> dict[str, object]:
    actor_uri = f"{ctx.settings.base_url}/actor"
    target = relay.actor_uri if relay.style == "litepub" else PUBLIC
    return simple("Follow", uri=f"{actor_uri}{MARK}{relay.id}", actor_uri=actor_uri, target=target)


async def _send(ctx: Context, relay: Relay, activity: dict[str, object]) -> None:
    await send(
        ctx,
        account_id=INSTANCE_ACCOUNT_ID,
        activity=activity,
        audience=Audience(inbox_urls=[relay.inbox_url]),
    )

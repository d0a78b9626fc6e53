"""Accounts of other servers: found, fetched when unknown, looked at again when old.

Every account enters through `_remember`, so the checks are in one place: the document lies
where its id says, the name is confirmed by its domain or else belongs to the actor's own host,
and nobody elsewhere can be one of us.
"""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from weakref import WeakKeyDictionary, WeakValueDictionary

from watertower.accounts.actions.remember_account import remember_account
from watertower.accounts.errors import AccountNotFound, HandleTaken
from watertower.base.context import Context
from watertower.base.errors import NotFound, Unreachable
from watertower.federation.addresses import is_own
from watertower.federation.errors import (
    DocumentGone,
    DocumentRefused,
    ServerRefused,
)
from watertower.federation.model import Actor, Document
from watertower.federation.policies import policy_for
from watertower.federation.queries.actors import (
    find_actor,
    find_actor_by_handle,
    find_actor_by_uri,
)
from watertower.federation.reading import host_of, id_of
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.read_actor import handle_of, read_actor
from watertower.federation.remote.webfinger import look_up, split_handle

STALE = timedelta(days=1)
_locks: WeakKeyDictionary[object, WeakValueDictionary[str, asyncio.Lock]] = WeakKeyDictionary()


async def actor_by_uri(ctx: Context, uri: str, *, fresh_since: datetime | None = None) -> Actor:
    """The account of this ActivityPub id, fetched if unknown, or not fetched since a moment.

    Raises NotFound, DocumentGone, DocumentRefused, ServerRefused, Unreachable.
    """
    async with ctx.reading() as tx:
        known = await find_actor_by_uri(tx, uri=uri)
    if known is not None and _is_fresh(known, fresh_since):
        return known
    if is_own(ctx.settings, uri):
        raise AccountNotFound
    # Many activities of a newcomer arrive at once; one of them fetches for all.
    lock = _locks.setdefault(asyncio.get_running_loop(), WeakValueDictionary()).setdefault(
        uri, asyncio.Lock()
    )
    async with lock:
        async with ctx.reading() as tx:
            known = await find_actor_by_uri(tx, uri=uri)
        if known is not None and _is_fresh(known, fresh_since):
            return known
        fetched = await fetch_document(ctx, uri)
        return await remember_actor(ctx, fetched.document)


async def actor_by_handle(ctx: Context, handle: str) -> Actor | None:
    """The account behind `name@domain`, or `name` for ours; None if there is none."""
    pair = split_handle(handle) if "@" in handle.removeprefix("@") else None
    if pair is None:
        username, domain = handle.removeprefix("@"), None
    else:
        username, domain = pair
        if domain in own_domains(ctx):
            domain = None
    async with ctx.reading() as tx:
        known = await find_actor_by_handle(tx, username=username, domain=domain)
    if domain is None or (known is not None and _is_fresh(known, ctx.now() - STALE)):
        return known
    try:
        finger = await look_up(ctx, username=username, domain=domain)
        if is_own(ctx.settings, finger.actor_uri):
            return None
        actor = await actor_by_uri(ctx, finger.actor_uri, fresh_since=ctx.now() - STALE)
    except (DocumentGone, DocumentRefused, NotFound, ServerRefused):
        return known
    except Unreachable:
        if known is not None:
            return known
        raise
    return actor


async def refresh_actor(ctx: Context, *, account_id: int) -> None:
    """Look at a profile again if that was long ago; what cannot be reached stays as it is."""
    async with ctx.reading() as tx:
        known = await find_actor(tx, account_id=account_id)
    if known is not None and not known.is_local and not known.is_deleted:
        await actor_by_uri(ctx, known.uri, fresh_since=ctx.now() - STALE)


async def remember_actor(ctx: Context, document: Document) -> Actor:
    """Write down an actor whose document was proved to lie at its id.

    Raises DocumentRefused for one without a usable name or with one that is another's.
    """
    uri = id_of(document) or ""
    own_host = host_of(uri)
    if own_host is None or is_own(ctx.settings, uri):
        raise DocumentRefused("The actor is not on another server")
    declared = handle_of(document)
    if declared is None:
        raise DocumentRefused("The actor has no name")
    username, domain = declared[0], declared[1] or own_host
    proves = False
    try:
        finger = await look_up(ctx, username=username, domain=domain)
        proves = finger.actor_uri == uri
        if proves:
            username, domain = finger.username, finger.domain
    except (DocumentGone, DocumentRefused, Unreachable):
        pass
    if not proves:
        # A name on a domain that does not confirm it may be anybody's; on its own host it is
        # at least the word of that host.
        domain = own_host
    if domain in own_domains(ctx):
        raise DocumentRefused("The actor claims to be one of ours")
    received = read_actor(document, username=username, domain=domain, proves_handle=proves)
    if (await policy_for(ctx, host=own_host)).rejects_media:
        received = replace(received, avatar_remote_url=None, header_remote_url=None, emojis=())
    try:
        account_id = await remember_account(ctx, received=received)
    except HandleTaken:
        raise DocumentRefused("Another account has this name") from None
    async with ctx.reading() as tx:
        found = await find_actor(tx, account_id=account_id)
    if found is None:
        raise AccountNotFound
    return found


def own_domains(ctx: Context) -> set[str]:
    """The domains that handles of ours may have."""
    server = ctx.settings.server
    return {server.domain.lower(), (server.web_domain or server.domain).lower()}


def _is_fresh(actor: Actor, since: datetime | None) -> bool:
    if actor.is_local or actor.is_deleted or since is None:
        return True
    return actor.fetched_at is not None and actor.fetched_at >= since

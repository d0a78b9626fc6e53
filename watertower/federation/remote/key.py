"""The key behind a signature: known, or fetched from where the signature says.

A key that could not be had is not asked for again at once: a flood of requests with made-up
keys must not make us flood somebody else.
"""

from datetime import datetime, timedelta

from watertower.base.context import Context
from watertower.base.errors import NotFound, Unreachable
from watertower.federation.addresses import is_own
from watertower.federation.errors import (
    DocumentGone,
    DocumentRefused,
    KeyUnreachable,
)
from watertower.federation.model import ACTOR_TYPES, SenderKey
from watertower.federation.queries.keys import find_sender_key
from watertower.federation.reading import id_of, kind_of, same_host, uri_of
from watertower.federation.remote.actor import actor_by_uri, remember_actor
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.signatures.errors import SignatureRefused

REFUSED_FOR, UNREACHABLE_FOR = timedelta(minutes=5), timedelta(seconds=30)
REFRESHED_AGAIN_AFTER = timedelta(minutes=5)
NOTED = 10_000


class UnknownKey(SignatureRefused):
    """There is no such key, or it is nobody's."""

    says = "The key of the signature is not known"


class _Notes:
    """Moments by key id, the oldest forgotten first."""

    def __init__(self) -> None:
        self._until: dict[str, datetime] = {}

    def note(self, key_id: str, until: datetime) -> None:
        self._until.pop(key_id, None)
        self._until[key_id] = until
        while len(self._until) > NOTED:
            del self._until[next(iter(self._until))]

    def holds(self, key_id: str, now: datetime) -> bool:
        until = self._until.get(key_id)
        return until is not None and until > now

    def clear(self) -> None:
        self._until.clear()


_refused, _unreachable, _refreshed = _Notes(), _Notes(), _Notes()


async def key_for(ctx: Context, key_id: str) -> SenderKey:
    """The key. Raises UnknownKey (401), KeyUnreachable (503), ServerRefused (403)."""
    async with ctx.reading() as tx:
        known = await find_sender_key(tx, key_id=key_id, now=ctx.now())
    if known is not None:
        return known
    now = ctx.now()
    if uri_of(key_id) is None or is_own(ctx.settings, key_id) or _refused.holds(key_id, now):
        raise UnknownKey
    if _unreachable.holds(key_id, now):
        raise KeyUnreachable
    try:
        await _fetch_owner(ctx, key_id)
    except (DocumentRefused, DocumentGone, NotFound):
        _refused.note(key_id, now + REFUSED_FOR)
        raise UnknownKey from None
    except Unreachable:
        _unreachable.note(key_id, now + UNREACHABLE_FOR)
        raise KeyUnreachable from None
    async with ctx.reading() as tx:
        known = await find_sender_key(tx, key_id=key_id, now=ctx.now())
    if known is None:
        _refused.note(key_id, now + REFUSED_FOR)
        raise UnknownKey
    return known


async def refreshed_key(ctx: Context, key: SenderKey) -> SenderKey | None:
    """The key as its owner's server shows it now, if it is another one than we knew.

    Asked for once in five minutes; None if nothing is new.
    """
    now = ctx.now()
    if _refreshed.holds(key.key_id, now):
        return None
    _refreshed.note(key.key_id, now + REFRESHED_AGAIN_AFTER)
    try:
        await actor_by_uri(ctx, key.account_uri, fresh_since=now)
    except (DocumentRefused, DocumentGone, NotFound):
        return None
    except Unreachable:
        raise KeyUnreachable from None
    async with ctx.reading() as tx:
        found = await find_sender_key(tx, key_id=key.key_id, now=ctx.now())
    return found if found is not None and found.public_pem != key.public_pem else None


async def _fetch_owner(ctx: Context, key_id: str) -> None:
    """Remember the account that a key id belongs to: at the address itself, or named there."""
    fetched = await fetch_document(ctx, key_id)
    if kind_of(fetched.document, ACTOR_TYPES) is not None:
        await remember_actor(ctx, fetched.document)
        return
    owner = id_of(fetched.document.get("owner")) or id_of(fetched.document.get("controller"))
    if owner is None or not same_host(owner, key_id):
        raise DocumentRefused("The key has no owner on its host")
    await actor_by_uri(ctx, owner, fresh_since=ctx.now())


def forget_notes() -> None:
    """Ask again at once (tests)."""
    for notes in (_refused, _unreachable, _refreshed):
        notes.clear()

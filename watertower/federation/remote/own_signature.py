"""The server's own signature, for asking other servers. Kept after the first use."""

from weakref import WeakKeyDictionary

from watertower.accounts.actions.own_keys import instance_key
from watertower.base.context import Context
from watertower.base.http.question import Sign
from watertower.federation.signatures.sign import SigningKey, signing_with

_kept: WeakKeyDictionary[object, SigningKey] = WeakKeyDictionary()


async def own_signature(ctx: Context) -> Sign:
    """What signs a request as the server itself."""
    key = _kept.get(ctx.db)
    if key is None:
        found = await instance_key(ctx)
        key = _kept[ctx.db] = SigningKey(found.key_id, found.private_pem)
    return signing_with(key, now=ctx.now)


def forget_own_signature() -> None:
    """Read the key again (tests that empty the database)."""
    _kept.clear()

"""The digest that goes with followers-only activities, for each server its own (FEP-8fcf).

All digests of an account are computed in one query, and kept as long as its followers are the
same ones. Accounts with very many followers send none, as with Mastodon.
"""

from watertower.base.context import Context
from watertower.base.versioned_cache import VersionedCache
from watertower.federation.followers_digest import HEADER, digest_of, origin_of, write_header
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.followers_sync import (
    find_followers_version,
    list_followers_digests,
)

MOST_FOLLOWERS = 25_000
NONE = digest_of(())
_kept: VersionedCache[tuple[int, dict[str, str]]] = VersionedCache(most_bytes=16_000_000)


async def followers_header(ctx: Context, *, account_id: int, inbox_url: str) -> dict[str, str]:
    """The header for a delivery of this account to this inbox; nothing where none is sent."""
    async with ctx.reading() as tx:
        newest, many = await find_followers_version(tx, account_id=account_id)
        if many > MOST_FOLLOWERS:
            return {}
        kept = _kept.get(account_id, newest)
        if kept is None or kept[0] != many:
            digests = await list_followers_digests(tx, account_id=account_id)
            kept = (many, digests)
            _kept.put(account_id, newest, kept, 200 * (len(digests) + 1))
        actor = await find_actor(tx, account_id=account_id)
    if actor is None:
        return {}
    return {
        HEADER: write_header(
            followers_url=actor.followers_url,
            url=f"{actor.uri}/followers_synchronization",
            digest=kept[1].get(origin_of(inbox_url), NONE),
        )
    }

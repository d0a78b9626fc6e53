"""Who is behind a token."""

from collections.abc import Sequence
from datetime import timedelta

from watertower.accounts.events import MemberReturned
from watertower.accounts.model import Viewer
from watertower.accounts.queries.token_use import note_token_use
from watertower.accounts.queries.viewers import find_viewer, list_viewers
from watertower.base.context import Context
from watertower.base.errors import NotSignedIn
from watertower.base.events import record

# After this long feeds no longer write the member's home: they rebuild it on the way back.
AWAY_AFTER = timedelta(days=30)


async def viewer_of(ctx: Context, *, token_hash: bytes, ip: str) -> Viewer:
    """The viewer; NotSignedIn for an unknown or revoked token. Notes the use once an hour."""
    async with ctx.reading() as tx:
        found = await find_viewer(tx, token_hash=token_hash, at=ctx.now())
    if found is None:
        raise NotSignedIn
    viewer, is_revoked, is_first_use = found
    if is_revoked:
        raise NotSignedIn("The access token was revoked")
    if is_first_use:
        async with ctx.transaction() as tx:
            now = ctx.now()
            returned = await note_token_use(
                tx, token_id=viewer.token_id, ip=ip, at=now, away_since=now - AWAY_AFTER
            )
            if returned is not None:
                await record(tx, MemberReturned(account_id=returned))
    return viewer


async def viewers_of_tokens(ctx: Context, *, token_ids: Sequence[int]) -> dict[int, Viewer]:
    """Who is behind tokens that are still good, by the token's id: for streams that stay open."""
    async with ctx.reading() as tx:
        return await list_viewers(tx, token_ids=token_ids, at=ctx.now())

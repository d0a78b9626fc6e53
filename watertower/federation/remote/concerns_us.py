"""Whether a status of another server is to be kept at all (Mastodon's acceptance filter)."""

from watertower.base.context import Context
from watertower.federation.model import Actor
from watertower.federation.queries.known import has_local_follower, has_local_uri
from watertower.federation.remote.own import known_status
from watertower.federation.remote.read_note import ReadNote
from watertower.statuses.model import Visibility


async def concerns_us(ctx: Context, sender: Actor, note: ReadNote) -> bool:
    """Whether somebody here follows the author, is addressed, or wrote what is answered or quoted."""
    addressed = [*note.addressed_uris, *note.mentioned_uris]
    parent = await known_status(ctx, note.in_reply_to_uri)
    quoted = await known_status(ctx, note.quoted_uri)
    async with ctx.reading() as tx:
        if addressed and await has_local_uri(tx, uris=addressed):
            return True
        if note.visibility is Visibility.DIRECT:
            return False
        if await has_local_follower(tx, account_id=sender.id):
            return True
        if note.visibility > Visibility.UNLISTED:
            return False
        if quoted is not None and quoted.is_local:
            return True
        if parent is None:
            return False
        return parent.is_local or await has_local_follower(tx, account_id=parent.account_id)

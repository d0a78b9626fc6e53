"""Boost: an account passes a status on to its followers.

Two doors lead here: a person taps the arrows in an app, or a remote server sends an Announce.
"""

from datetime import datetime

from watertower.accounts.errors import MayNotAct
from watertower.base.context import Context
from watertower.base.db.transaction import Transaction
from watertower.base.events import record
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import MayNotBoost, StatusNotFound
from watertower.statuses.events import StatusBoosted
from watertower.statuses.model import VISIBILITY_OF, Status, Visibility
from watertower.statuses.queries.authors import Author, find_author
from watertower.statuses.queries.boosts import find_boost, hold_status
from watertower.statuses.queries.deletions import has_tombstone
from watertower.statuses.queries.statuses import NewStatus, insert_status
from watertower.statuses.rules import may_boost


async def boost(
    ctx: Context,
    *,
    actor_id: int,
    status_id: int,
    visibility: Visibility | None = None,
    uri: str | None = None,
    at: datetime | None = None,
) -> int:
    """Pass the status on; answers the boost's id. Doing it twice gives the same boost.

    A boost of a boost is one of the original. `uri` and `at` are those of the Announce for an
    actor on another server. Raises StatusNotFound, MayNotBoost, MayNotAct.
    """
    async with ctx.transaction() as tx:
        actor = await find_author(tx, account_id=actor_id)
        if actor is None or not actor.may_act:
            raise MayNotAct
        status = await status_for(tx, viewer_id=actor_id, status_id=status_id)
        if status.reblog_of_id is not None:
            status = await status_for(tx, viewer_id=actor_id, status_id=status.reblog_of_id)
        if not may_boost(status, actor_id=actor_id):
            raise MayNotBoost
        if not await hold_status(tx, status_id=status.id):
            raise StatusNotFound  # deleted this moment
        if uri is not None and await has_tombstone(tx, uri=uri):
            raise MayNotBoost
        before = await find_boost(tx, status_id=status.id, account_id=actor_id)
        if before is not None:
            return before
        return await _write(tx, ctx, actor, status, visibility=visibility, uri=uri, at=at)


async def _write(
    tx: Transaction,
    ctx: Context,
    actor: Author,
    status: Status,
    *,
    visibility: Visibility | None,
    uri: str | None,
    at: datetime | None,
) -> int:
    written = await insert_status(
        tx,
        NewStatus(
            account_id=actor.id,
            visibility=_visibility(actor, status, visibility),
            created_at=min(at or ctx.now(), ctx.now()),
            reblog_of_id=status.id,
            conversation_id=status.conversation_id,
            is_local=uri is None,
            uri=uri,
            url=uri,
            uri_prefix=f"{actor.uri}/statuses/",
            url_prefix=f"{actor.uri}/statuses/",
            suffix="/activity",
        ),
    )
    if written is None:
        # Somebody sent the same at the same moment, and was first.
        first = await find_boost(tx, status_id=status.id, account_id=actor.id)
        if first is None:
            raise MayNotBoost
        return first
    await record(tx, StatusBoosted(status_id=written.status_id, reblog_of_id=status.id))
    return written.status_id


def _visibility(actor: Author, status: Status, asked: Visibility | None) -> Visibility:
    """As asked, else as preferred, never wider than what is boosted."""
    preferred = VISIBILITY_OF.get(actor.preferences.get("default_privacy", ""), Visibility.PUBLIC)
    wanted = preferred if asked is None else asked
    if wanted is Visibility.PUBLIC and actor.is_limited:
        wanted = Visibility.UNLISTED
    least = Visibility.PUBLIC if status.visibility <= Visibility.UNLISTED else status.visibility
    return min(max(wanted, least), Visibility.PRIVATE)

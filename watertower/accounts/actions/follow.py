"""Follow: an account wants to read what another one posts.

Two doors lead here: a person taps Follow in an app, or a remote server sends a Follow.
"""

import secrets
from collections.abc import Sequence

from watertower.accounts.errors import AccountNotFound, MayNotAct, MayNotFollow
from watertower.accounts.events import FollowAccepted, FollowAsked, Followed
from watertower.accounts.queries.follow_requests import (
    insert_follow_request,
    update_follow_request,
)
from watertower.accounts.queries.follows import insert_follow, update_follow
from watertower.accounts.queries.relations import Pair, find_pair, lock_pair
from watertower.base.context import Context
from watertower.base.errors import Invalid
from watertower.base.events import record

MOST_FOLLOWS = 7500  # beyond, one may follow a tenth more than follow back


async def follow(
    ctx: Context,
    *,
    actor_id: int,
    target_id: int,
    shows_reblogs: bool | None = None,
    notifies: bool | None = None,
    languages: Sequence[str] | None = None,
    uri: str | None = None,
) -> None:
    """Follow, or ask to, or change the options of a follow that is there.

    Locked targets, those elsewhere, and followers who were limited need an answer first. An
    option of None stays as it is; an empty list of languages means all. `uri` is the id of the
    Follow for an actor elsewhere. Raises AccountNotFound, MayNotAct, MayNotFollow, and Invalid
    beyond the limit.
    """
    async with ctx.transaction() as tx:
        await lock_pair(tx, actor_id=actor_id, target_id=target_id)
        pair = await find_pair(tx, actor_id=actor_id, target_id=target_id)
        if pair is None or not pair.target_is_there:
            raise AccountNotFound
        _require_may_follow(pair, is_self=actor_id == target_id)
        if pair.actor_is_local:
            uri = None  # ours keep the one that was made when they began
        if pair.is_following or pair.is_requested:
            update = update_follow if pair.is_following else update_follow_request
            await update(
                tx,
                actor_id=actor_id,
                target_id=target_id,
                shows_reblogs=shows_reblogs,
                notifies=notifies,
                languages=languages,
                uri=uri,
            )
            if pair.is_following and not pair.actor_is_local:
                # Their server asks again because it missed our answer.
                await record(tx, FollowAccepted(actor_id, target_id, uri or ""))
            return
        _require_room_for_more(pair)
        needs_answer = pair.target_is_locked or pair.actor_is_limited or not pair.target_is_local
        new_id = await (insert_follow_request if needs_answer else insert_follow)(
            tx,
            actor_id=actor_id,
            target_id=target_id,
            shows_reblogs=True if shows_reblogs is None else shows_reblogs,
            notifies=bool(notifies),
            languages=languages or None,
            uri=uri or f"{pair.actor_uri}#follows/{secrets.token_hex(8)}",
            at=ctx.now(),
        )
        if new_id is None:
            return
        if needs_answer:
            await record(tx, FollowAsked(new_id, actor_id, target_id))
            return
        await record(tx, Followed(new_id, actor_id, target_id))
        if not pair.actor_is_local:
            await record(tx, FollowAccepted(actor_id, target_id, uri or ""))


def _require_may_follow(pair: Pair, *, is_self: bool) -> None:
    if not pair.actor_may_act:
        raise MayNotAct
    if is_self or pair.is_blocked or pair.target_has_moved:
        raise MayNotFollow


def _require_room_for_more(pair: Pair) -> None:
    most = max(MOST_FOLLOWS, pair.followers_count * 11 // 10)
    if pair.actor_is_local and pair.following_count >= most:
        says = f"You cannot follow more than {most} people"
        raise Invalid(f"Validation failed: {says}", details={"base": [("ERR_LIMIT", says)]})

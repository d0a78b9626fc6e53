"""Vote: an account chooses in a poll.

A person votes in an app with all choices at once; a remote server sends a Note for each choice.
"""

from collections.abc import Sequence

from watertower.accounts.access.standing import require_may_interact
from watertower.base.context import Context
from watertower.base.events import record
from watertower.statuses.access.statuses import status_for
from watertower.statuses.errors import PollNotFound, StatusNotFound, refused
from watertower.statuses.events import PollVoted
from watertower.statuses.queries.polls import Poll, insert_votes, list_choices, lock_poll


async def vote(
    ctx: Context,
    *,
    actor_id: int,
    poll_id: int,
    choices: Sequence[int],
    uri: str | None = None,
) -> None:
    """Count the choices (places in the list of options, from 0).

    With `uri`, the id of a remote vote, further choices may follow in a poll of several.
    Raises PollNotFound, and Invalid for what is over, one's own, chosen before or not there.
    """
    wanted = sorted(set(choices))
    async with ctx.transaction() as tx:
        await require_may_interact(tx, account_id=actor_id)
        poll = await lock_poll(tx, poll_id=poll_id)
        if poll is None:
            raise PollNotFound
        try:
            await status_for(tx, viewer_id=actor_id, status_id=poll.status_id)
        except StatusNotFound as error:
            raise PollNotFound from error
        before = await list_choices(tx, poll_id=poll_id, account_id=actor_id)
        now = ctx.now()
        if poll.expires_at is not None and poll.expires_at <= now:
            raise refused("base", "The poll has already ended")
        if poll.account_id == actor_id:
            raise refused("base", "You cannot vote in your own polls")
        _check_choices(poll, wanted, before, one_by_one=uri is not None)
        await insert_votes(
            tx,
            poll_id=poll_id,
            account_id=actor_id,
            choices=wanted,
            uri=uri,
            at=now,
            is_new_voter=not before,
        )
        await record(tx, PollVoted(poll_id=poll_id, actor_id=actor_id, choices=wanted))


def _check_choices(
    poll: Poll, wanted: Sequence[int], before: set[int], *, one_by_one: bool
) -> None:
    if not wanted or not all(0 <= choice < len(poll.options) for choice in wanted):
        raise refused("base", "The chosen vote option does not exist")
    may_add = one_by_one and poll.is_multiple and not before.intersection(wanted)
    if before and not may_add:
        raise refused("base", "You have already voted on this poll")
    if len(wanted) > 1 and not poll.is_multiple:
        raise refused("base", "You have already voted on this poll")

"""A member voted in a poll from elsewhere: its author's server counts."""

from watertower.base.context import Context
from watertower.base.queue.job import Lane, job
from watertower.federation.delivery.send import Audience, send
from watertower.federation.queries.actors import find_actor
from watertower.federation.queries.told import find_told_poll, find_told_status


@job(Lane.PUSH)
async def tell_of_vote(ctx: Context, *, poll_id: int, actor_id: int, choices: list[int]) -> None:
    """Create of a Note with the name of the option, one for each choice."""
    async with ctx.reading() as tx:
        poll = await find_told_poll(tx, poll_id=poll_id)
        actor = await find_actor(tx, account_id=actor_id)
        if poll is None or actor is None:
            return
        status = await find_told_status(tx, status_id=poll.status_id)
    if status is None:
        return
    if not actor.is_local or status.author_domain is None:
        return
    for choice in choices:
        if not 0 <= choice < len(poll.options):
            continue
        uri = f"{actor.uri}#votes/{poll_id}-{choice}"
        note = {
            "id": uri,
            "type": "Note",
            "name": poll.options[choice],
            "attributedTo": actor.uri,
            "inReplyTo": status.uri,
            "to": status.author_uri,
        }
        await send(
            ctx,
            account_id=actor_id,
            activity={
                "id": f"{uri}/activity",
                "type": "Create",
                "actor": actor.uri,
                "to": status.author_uri,
                "object": note,
            },
            audience=Audience(account_ids=[status.account_id]),
        )

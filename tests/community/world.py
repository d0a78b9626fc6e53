"""Votes in tests: people who keep them, members who are asked, and a vote at any step."""

from datetime import timedelta

from tests.moderation.desk import LEAD
from tests.world import a_token, an_account, unique
from watertower.accounts.queries.site import set_site_setting
from watertower.community.actions.draft_vote import draft_vote, find_wording_neutral
from watertower.community.actions.herald_vote import herald_vote
from watertower.community.actions.open_vote import open_vote
from watertower.community.actions.raise_vote import raise_vote
from watertower.community.jobs.vote_posts import post_that_it_comes
from watertower.community.model import VoteDraft
from watertower.community.queries.votes import find_vote

LONG_AGO = timedelta(days=400)
OPTIONS = ("Keep it limited", "Suspend it", "Do nothing")


async def a_member(ctx, **choices):
    """Somebody who may answer."""
    return await an_account(ctx, **({"created_at": ctx.now() - LONG_AGO} | choices))


async def an_app(client, ctx, account):
    """An app of theirs."""
    return client.signed_in(await a_token(ctx, account))


async def keepers(ctx):
    """Two people who keep votes, and the account that speaks for the community."""
    official = await an_account(ctx, username=unique("official"))
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "official_username", official.username)
    first, second = await an_account(ctx, role_id=LEAD), await an_account(ctx, role_id=LEAD)
    return first, second, official


async def a_draft(ctx, first, **choices):
    """A vote that is drafted; its id."""
    vote_id = await raise_vote(
        ctx, actor_id=first.id, subject=unique("loud.example"), why="Many follow", is_needed=True
    )
    draft = VoteDraft("What about loud.example?", "Think of your friends.", OPTIONS, **choices)
    await draft_vote(ctx, actor_id=first.id, vote_id=vote_id, draft=draft)
    return vote_id


async def a_heralded(ctx, **choices):
    """(vote id, somebody who keeps votes): told that it opens in 24 hours, and the post is out."""
    first, second, _ = await keepers(ctx)
    vote_id = await a_draft(ctx, first, **choices)
    drafted_at = (await the_vote(ctx, vote_id)).drafted_at
    await find_wording_neutral(ctx, actor_id=second.id, vote_id=vote_id, seen=drafted_at)
    opens_at = ctx.now() + timedelta(hours=24, seconds=1)
    await herald_vote(ctx, actor_id=first.id, vote_id=vote_id, opens_at=opens_at)
    await post_that_it_comes.run(ctx, vote_id=vote_id)
    return vote_id, first


async def an_open_vote(ctx, clock, **choices):
    """(vote id, somebody who keeps votes); the clock is moved to its opening."""
    vote_id, first = await a_heralded(ctx, **choices)
    clock.ahead += timedelta(hours=24, seconds=2)
    await open_vote(ctx, actor_id=first.id, vote_id=vote_id)
    return vote_id, first


async def the_vote(ctx, vote_id):
    """As it is kept."""
    async with ctx.reading() as tx:
        return await find_vote(tx, vote_id=vote_id)


def move_to(ctx, clock, moment):
    """Let it be this moment."""
    clock.ahead += moment - ctx.now()


async def rows(ctx, sql, *args):
    """What the database says."""
    async with ctx.reading() as tx:
        return [tuple(row) for row in await tx.fetch_all(sql, *args)]


async def answer(app, vote_id, *choices):
    """Answer through the API."""
    return await app.post(
        f"/api/watertower/v1/votes/{vote_id}/answer", json={"choices": list(choices)}
    )

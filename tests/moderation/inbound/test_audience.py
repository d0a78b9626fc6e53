"""No rule ever shows a post to anybody who would not have seen it without the rule."""

import random

from tests.world import a_follow, a_token, an_account, unique
from watertower.moderation.actions.inbound.receive import receive
from watertower.moderation.jobs.inbound_release import release_held
from watertower.moderation.model.inbound import Conditions, Effects
from watertower.moderation.queries.inbound_held import (
    list_piles,
    update_held_decided,
)
from watertower.moderation.queries.inbound_rules import insert_rule, update_rule_live
from watertower.moderation.rules.inbound import check_rule
from watertower.moderation.steps.inbound_live import forget_live_rules
from watertower.statuses.model import Visibility
from watertower.statuses.queries.seen import find_visible_status
from watertower.statuses.received import ReceivedStatus


def some_effects(dice):
    """Any effects that a rule may have."""
    if dice.random() < 0.3:
        return Effects(hold=True, tag=dice.choice(["", "seen"]))
    return Effects(
        limit=dice.random() < 0.5,
        sensitise=dice.random() < 0.5,
        quiet=dice.random() < 0.5,
        tag="seen",
    )


async def test_no_rule_widens_an_audience(ctx, client, drain):
    dice = random.Random(20)
    moderator = await an_account(ctx, role_id=1)
    people = [await an_account(ctx) for _ in range(4)]
    viewers = [None, *(one.id for one in people)]

    for _ in range(25):
        author = await an_account(ctx, domain="far.example")
        for person in people:
            if dice.random() < 0.4:
                await a_follow(ctx, person, author)
        mentioned = [one.id for one in people if dice.random() < 0.3]
        word = unique("word")
        effects = some_effects(dice)
        conditions = Conditions(texts=(word,), mentions_at_least=len(mentioned) or None)
        check_rule(conditions, effects)
        visibility = dice.choice(list(Visibility))

        def received(n, visibility=visibility, mentioned=mentioned, word=word, author=author):
            return ReceivedStatus(
                uri=f"{author.uri}/{n}",
                visibility=visibility,
                created_at=ctx.now(),
                content_html=f"<p>A post with the {word} in it</p>",
                mentioned_ids=mentioned,
            )

        plain_id = await receive(ctx, author_id=author.id, received=received(1))
        async with ctx.transaction() as tx:
            rule_id = await insert_rule(
                tx,
                name=word,
                conditions=conditions,
                effects=effects,
                reason="",
                wave_id=None,
                by=moderator.id,
                at=ctx.now(),
            )
            await update_rule_live(
                tx, rule_id=rule_id, at=ctx.now(), expires_at=ctx.now().replace(year=2099)
            )
        forget_live_rules()
        ruled_id = await receive(ctx, author_id=author.id, received=received(2))

        before = await seen_by(ctx, plain_id, viewers)
        if effects.hold:
            assert ruled_id is None
            async with ctx.transaction() as tx:
                (pile,) = await list_piles(tx, limit=5)
                held_ids = await update_held_decided(
                    tx, pile=pile.pile, state="released", at=ctx.now(), by=moderator.id
                )
            await release_held.run(ctx, held_ids=held_ids)
            async with ctx.reading() as tx:
                ruled_id = await tx.fetch_value(
                    "SELECT status_id FROM inbound_held WHERE id = $1", held_ids[0]
                )
        assert await seen_by(ctx, ruled_id, viewers) == before
        listed = await public_ids(ctx, client, people[0])
        assert str(ruled_id) not in listed or str(plain_id) in listed
        async with ctx.transaction() as tx:
            await tx.execute("UPDATE inbound_rules SET state = 'ended' WHERE id = $1", rule_id)
        forget_live_rules()


async def seen_by(ctx, status_id, viewers):
    """Who may see it."""
    async with ctx.reading() as tx:
        return {
            viewer
            for viewer in viewers
            if await find_visible_status(tx, viewer_id=viewer, status_id=status_id) is not None
        }


async def public_ids(ctx, client, person):
    """What the public timeline shows a member."""
    mine = client.signed_in(await a_token(ctx, person))
    return {one["id"] for one in (await mine.get("/api/v1/timelines/public?limit=40")).json}

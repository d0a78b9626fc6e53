"""A community as an app may meet it: every kind of account and post, so every attribute shows."""

from dataclasses import dataclass

from tests.conformance.walk import Walker
from tests.media.files import picture
from tests.world import a_follow, a_status, a_token, an_account
from watertower.accounts.model import Account
from watertower.base.context import Context
from watertower.statuses.model import Status, Visibility

FIELDS = '[{"name": "Home", "value": "https://alice.example", "html": "alice.example", "verified_at": "2026-01-02T03:04:05.000Z"}]'


@dataclass
class World:
    """Who is there. `alice` owns the server; everything is seen by her unless said otherwise."""

    ctx: Context
    walker: Walker
    drain: object
    alice: Account
    bob: Account
    far: Account
    odd: dict[str, Account]  # moved, suspended, limited, memorial
    post: Status  # by bob, with everything that happens to a post
    far_post: Status

    async def run(self, sql: str, *args: object) -> object:
        """Write a row that no endpoint writes; answers its first value."""
        async with self.ctx.transaction() as tx:
            return await tx.fetch_value(sql, *args)


async def a_world(ctx: Context, walker: Walker, drain: object) -> World:
    """Build it."""
    alice = await an_account(
        ctx, "alice", role_id=3, fields=FIELDS, note="Hi", note_html="<p>Hi</p>"
    )
    bob = await an_account(ctx, "bob")
    far = await an_account(ctx, "carol", domain="far.example", is_bot=True)
    odd = {
        "moved": await an_account(ctx, "mona", moved_to_account_id=bob.id),
        "suspended": await an_account(ctx, "susan", suspended_at=ctx.now()),
        "limited": await an_account(ctx, "lily", limited_at=ctx.now()),
        "memorial": await an_account(ctx, "mary", is_memorial=True),
    }
    for who, whom in ((alice, bob), (bob, alice), (far, alice), (alice, far), (bob, far)):
        await a_follow(ctx, who, whom)
    walker.tokens["alice"] = await a_token(ctx, alice)
    walker.tokens["bob"] = await a_token(ctx, bob)
    walker.tokens["app"] = await a_token(ctx, None)
    far_post = await a_status(ctx, by=far, text="From afar", mentions=(alice,))
    post = await a_status(ctx, by=bob, text="Read this")
    world = World(ctx, walker, drain, alice, bob, far, odd, post, far_post)
    await world.run(
        "INSERT INTO custom_emojis (shortcode, image_key, static_key, category) "
        "VALUES ('tower', 'custom_emojis/tower.png', 'custom_emojis/tower.png', 'Places')"
    )
    await world.run(
        "INSERT INTO rules (text, hint, position) VALUES ('Be kind', 'To everybody', 1)"
    )
    await world.run(
        "INSERT INTO announcements (text, starts_at, ends_at, published_at) "
        "VALUES ('Soup today', now(), now() + interval '1 day', now())"
    )
    return world


PICTURE = picture(320, 200)
DIRECT = Visibility.DIRECT

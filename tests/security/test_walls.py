"""What a community keeps for its members, it keeps whichever way a visitor asks."""

import pytest

from tests.feeds.world import a_member, a_tag
from tests.world import a_status, a_token, an_account, unique
from watertower.accounts.queries.site import set_site_setting
from watertower.api.described import DESCRIBED, INSTANCE
from watertower.web.views.site import forget_site

PUBLIC = "/api/v1/timelines/public"
MEMBERS_ONLY = {"error": "This method requires an authenticated user"}


@pytest.fixture
async def walled(ctx):
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "shows_local_timeline", False)
    forget_site()
    yield ctx
    async with ctx.transaction() as tx:
        await set_site_setting(tx, "shows_local_timeline", None)
    forget_site()


async def test_visitors_do_not_read_what_is_posted_here_through_the_api(walled, client):
    ctx = walled
    tag = unique("walled")
    ours = await a_status(ctx, by=await an_account(ctx))
    far = await a_status(ctx, by=await an_account(ctx, domain="walled.example"))
    await a_tag(ctx, tag, ours, far)
    app = client.signed_in(await a_token(ctx, None))
    _, member = await a_member(ctx, client)
    shut = [PUBLIC, f"{PUBLIC}?local=true", f"/api/v1/timelines/tag/{tag}"]
    shut += [f"/api/v1/timelines/tag/{tag}?local=true"]
    link = await client.get("/api/v1/timelines/link?url=https://a.example/")
    assert (link.status, link.json) == (422, MEMBERS_ONLY)

    for path in shut:
        for who in (client, app):
            answer = await who.get(path)
            assert (answer.status, answer.json) == (422, MEMBERS_ONLY), path
        answer = await member.get(path)
        assert str(ours.id) in [one["id"] for one in answer.json]
    for path in (f"{PUBLIC}?remote=true", f"/api/v1/timelines/tag/{tag}?remote=true"):
        ids = [one["id"] for one in (await client.get(path)).json]
        assert str(far.id) in ids
        assert str(ours.id) not in ids
    assert (await client.get("/api/v1/trends/statuses")).json == []


async def test_the_instance_says_so(walled, client):
    DESCRIBED.forget()
    INSTANCE.forget()
    try:
        said = (await client.get("/api/v2/instance")).json["configuration"]["timelines_access"]
    finally:
        DESCRIBED.forget()
        INSTANCE.forget()

    shut = {"local": "authenticated", "remote": "public"}
    names = ("live_feeds", "hashtag_feeds", "trending_link_feeds")
    assert [said[name] for name in names] == [shut] * 3

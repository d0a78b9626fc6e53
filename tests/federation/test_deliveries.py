"""Members see which servers received a post (TRA-17), and nobody else does."""

from tests.federation.far import FarServer
from tests.web.visit import signed_in
from tests.world import a_follow, a_token, an_account, unique
from watertower.accounts.queries.accounts import find_account
from watertower.statuses.actions.publish import publish
from watertower.statuses.draft import Draft


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def test_an_author_sees_where_a_post_arrived_and_where_not(ctx, far, settle, client):
    visit, alice = await signed_in(ctx, client)
    slow, gone = FarServer(), FarServer()
    for server, status in ((far, 202), (slow, 503), (gone, 404)):
        if server is not far:
            await server.start()
        await a_follow(ctx, await met(ctx, server, server.actor()), alice)
        server.status = status
    app = client.signed_in(await a_token(ctx, alice))

    written = await publish(ctx, author_id=alice.id, draft=Draft(text=unique("out")))
    await settle()

    path = f"/api/watertower/v1/statuses/{written.status_id}/deliveries"
    answer = (await app.get(path)).json
    states = {one["domain"]: (one["state"], one["error"]) for one in answer["servers"]}
    assert states == {
        far.host: ("received", None),
        slow.host: ("waiting", "status 503"),
        gone.host: ("given_up", None),
    }
    assert (answer["received"], answer["waiting"], answer["given_up"]) == (1, 1, 1)
    post = f"/@{alice.username}/{written.status_id}"
    assert f'href="{post}/deliveries"' in (await visit.get(post)).text
    page = (await visit.get(f"{post}/deliveries")).text
    assert "1 other server received it." in page
    assert all(host in page for host in states)
    other = client.signed_in(await a_token(ctx, await an_account(ctx)))
    assert (await other.get(path)).status == 404
    assert (await client.get(f"{post}/deliveries")).status == 404
    assert "/deliveries" not in (await client.get(post)).text
    await slow.stop()
    await gone.stop()


async def test_a_post_that_stayed_here_says_so(ctx, far, settle, client):
    visit, alice = await signed_in(ctx, client)
    written = await publish(ctx, author_id=alice.id, draft=Draft(text=unique("in")))
    await settle()

    page = (await visit.get(f"/@{alice.username}/{written.status_id}/deliveries")).text

    assert "It left this server for no other." in page

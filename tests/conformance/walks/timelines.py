"""Timelines, conversations, search and trends."""

from tests.conformance.world import DIRECT, World
from tests.world import a_status, an_account
from watertower.feeds.access.links import forget_trending_links


async def walk(w: World) -> None:
    """Read."""
    check = w.walker.check
    await w.drain()
    bob = w.walker.client.signed_in(w.walker.tokens["bob"])
    await bob.post("/api/v1/statuses", json={"status": "New #soup"})
    await w.drain()
    await check("GET /api/v1/timelines/home", "", "[status]")
    await check("GET /api/v1/timelines/public", "", "[status]", by=None)
    await check("GET /api/v1/timelines/tag/:hashtag", "/api/v1/timelines/tag/soup", "[status]")
    lists = await check("GET /api/v1/lists", "", "[list]")
    await check(
        "GET /api/v1/timelines/list/:list_id",
        f"/api/v1/timelines/list/{lists[0]['id']}",
        "[status]",
    )

    await bob.post("/api/v1/statuses", json={"status": "@alice psst", "visibility": "direct"})
    await w.drain()
    found = await check("GET /api/v1/conversations", "", "[conversation]")
    path = f"/api/v1/conversations/{found[0]['id']}"
    await check("POST /api/v1/conversations/:id/read", f"{path}/read", "conversation")
    await check("POST /api/v1/conversations/:id/unread", f"{path}/unread", "conversation")
    await check("DELETE /api/v1/conversations/:id", path, "{}")

    await check("GET /api/v2/search", "/api/v2/search?q=soup", "search")
    await check("GET /api/v2/search", "/api/v2/search?q=bob", "search")
    await a_status(w.ctx, by=w.far, visibility=DIRECT, mentions=(w.alice,))
    await check("GET /api/v1/trends/tags", "", "[tag]", by=None, some=False)
    await check("GET /api/v1/trends/tags", "", "[tag]", some=False)
    await check("GET /api/v1/trends/statuses", "", "[status]", by=None, some=False)
    another = await an_account(w.ctx)
    card = await w.run("SELECT card_id FROM statuses WHERE id = $1", w.post.id)
    await a_status(w.ctx, by=another, card_id=card)
    forget_trending_links()
    await check("GET /api/v1/trends/links", "", "[trends/link]", by=None)
    link = "/api/v1/timelines/link?url=https://news.example/1"
    await check("GET /api/v1/timelines/link", link, "[status]")

"""Posting, what is done to posts, media and polls."""

from tests.conformance.walks.people import aiohttp_form
from tests.conformance.world import PICTURE, World
from tests.translator import a_translator

ONE = "/api/v1/statuses/:id"


async def walk_media(w: World) -> None:
    """Uploads on their own."""
    check = w.walker.check
    made = await check(
        "POST /api/v2/media", "", "media_attachment", data=aiohttp_form(file=PICTURE)
    )
    path = f"/api/v1/media/{made['id']}"
    await check("GET /api/v1/media/:id", path, "media_attachment")
    await check(
        "PUT /api/v1/media/:id",
        path,
        "media_attachment",
        json={"description": "A wall", "focus": "0.1,0.2"},
    )
    await check("DELETE /api/v1/media/:id", path, "{}")


async def walk(w: World) -> None:
    """A post with everything, and everything that can be done with it."""
    check = w.walker.check
    alice = w.walker.client.signed_in(w.walker.tokens["alice"])
    media = (await alice.post("/api/v2/media", data=aiohttp_form(file=PICTURE))).json
    full = await check(
        "POST /api/v1/statuses",
        "",
        "status",
        json={
            "status": "Soup :tower: #soup with @bob",
            "media_ids": [media["id"]],
            "spoiler_text": "Food",
            "sensitive": True,
            "language": "en",
            "quote_approval_policy": "public",
        },
    )
    mine = f"/api/v1/statuses/{full['id']}"
    poll = await check(
        "POST /api/v1/statuses",
        "",
        "status",
        by="bob",
        json={"status": "Which?", "poll": {"options": ["a", "b :tower:"], "expires_in": 3600}},
    )
    number = poll["poll"]["id"]
    await check("GET /api/v1/polls/:id", f"/api/v1/polls/{number}", "poll")
    await check(
        "POST /api/v1/polls/:id/votes",
        f"/api/v1/polls/{number}/votes",
        "poll",
        json={"choices": [1]},
    )
    reply = await check(
        "POST /api/v1/statuses",
        "",
        "status",
        by="bob",
        json={"status": "@alice Tasty", "in_reply_to_id": full["id"]},
    )
    quoting = await check(
        "POST /api/v1/statuses",
        "",
        "status",
        by="bob",
        json={"status": "Look", "quoted_status_id": full["id"]},
    )
    await w.drain()
    outer = await check(
        "POST /api/v1/statuses",
        "",
        "status",
        json={"status": "Deeper", "quoted_status_id": quoting["id"]},
    )
    await w.drain()
    await check(f"GET {ONE}", f"/api/v1/statuses/{outer['id']}", "status")
    await with_card(w)

    await check(f"GET {ONE}", mine, "status")
    await check(f"GET {ONE}", mine, "status", by=None)
    await check(
        "GET /api/v1/statuses", f"/api/v1/statuses?id[]={full['id']}&id[]={reply['id']}", "[status]"
    )
    await check(f"GET {ONE}/context", f"{mine}/context", "context")
    theirs = f"/api/v1/statuses/{w.post.id}"
    for verb in ("favourite", "unfavourite", "bookmark", "unbookmark", "mute", "unmute"):
        await check(f"POST {ONE}/{verb}", f"{theirs}/{verb}", "status")
    await check(f"POST {ONE}/reblog", f"{theirs}/reblog", "status")
    await check(f"GET {ONE}/reblogged_by", f"{theirs}/reblogged_by", "[account]")
    await check(f"POST {ONE}/unreblog", f"{theirs}/unreblog", "status")
    await alice.post(f"{theirs}/favourite")
    await alice.post(f"{theirs}/bookmark")
    await check(f"GET {ONE}/favourited_by", f"{theirs}/favourited_by", "[account]")
    await check("GET /api/v1/favourites", "", "[status]")
    await check("GET /api/v1/bookmarks", "", "[status]")
    for verb in ("pin", "unpin"):
        await check(f"POST {ONE}/{verb}", f"{mine}/{verb}", "status")
    await check(f"GET {ONE}/source", f"{mine}/source", "status_source")
    await check(
        f"PUT {ONE}",
        mine,
        "status",
        json={"status": "More soup :tower: #soup", "media_ids": [media["id"]]},
    )
    await check(f"GET {ONE}/history", f"{mine}/history", "[status_edit]")
    await check(f"GET {ONE}/history", f"/api/v1/statuses/{poll['id']}/history", "[status_edit]")
    await check(
        f"PUT {ONE}/interaction_policy",
        f"{mine}/interaction_policy",
        "status",
        json={"quote_approval_policy": "public"},
    )
    await check(f"GET {ONE}/quotes", f"{mine}/quotes", "[status]")
    await check(
        f"POST {ONE}/quotes/:quoting_status_id/revoke",
        f"{mine}/quotes/{quoting['id']}/revoke",
        "status",
    )
    async with a_translator(w.ctx):
        await check(f"POST {ONE}/translate", f"{theirs}/translate", "translation")

    later = "2027-12-01T10:00:00.000Z"
    media = (await alice.post("/api/v2/media", data=aiohttp_form(file=PICTURE))).json
    await check(
        "POST /api/v1/statuses",
        "",
        "scheduled_status",
        json={"status": "Later", "scheduled_at": later, "media_ids": [media["id"]]},
    )
    waiting = await check("GET /api/v1/scheduled_statuses", "", "[scheduled_status]")
    path = f"/api/v1/scheduled_statuses/{waiting[0]['id']}"
    await check("GET /api/v1/scheduled_statuses/:id", path, "scheduled_status")
    await check(
        "PUT /api/v1/scheduled_statuses/:id",
        path,
        "scheduled_status",
        json={"scheduled_at": "2027-12-02T10:00:00.000Z"},
    )
    await check("DELETE /api/v1/scheduled_statuses/:id", path, "{}")
    await check(f"DELETE {ONE}", f"/api/v1/statuses/{outer['id']}", "status")


async def with_card(w: World) -> None:
    """A post whose link has a card."""
    card = await w.run(
        "INSERT INTO preview_cards (url, title, state, fetched_at, author_name, author_url, published_at) "
        "VALUES ('https://news.example/1', 'News', 'fetched', now(), 'Ann', 'https://news.example/ann', now()) RETURNING id"
    )
    await w.run(
        "UPDATE statuses SET card_id = $1, version = version + 1 WHERE id = $2", card, w.post.id
    )
    await w.walker.check(f"GET {ONE}", f"/api/v1/statuses/{w.post.id}", "status")

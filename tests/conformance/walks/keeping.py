"""What members keep: lists, markers, tags, filters, collections, push."""

from tests.conformance.shapes import check_value
from tests.conformance.world import World


async def walk(w: World) -> None:
    """Lists, markers, tags, push."""
    check = w.walker.check
    made = (await check("GET /api/v1/lists", "", "[list]"))[0]
    path = f"/api/v1/lists/{made['id']}"
    await check("GET /api/v1/lists/:id", path, "list")
    await check(
        "PUT /api/v1/lists/:id", path, "list", json={"title": "Best friends", "exclusive": True}
    )
    await check("GET /api/v1/lists/:id/accounts", f"{path}/accounts", "[account]")
    await check(
        "DELETE /api/v1/lists/:id/accounts", f"{path}/accounts?account_ids[]={w.bob.id}", "{}"
    )
    await check("DELETE /api/v1/lists/:id", path, "{}")

    moved = await check(
        "POST /api/v1/markers", "", "object", json={"home": {"last_read_id": str(w.post.id)}}
    )
    w.walker.tell("POST /api/v1/markers", "" if "home" in moved else "no home")
    read = await check("GET /api/v1/markers", "/api/v1/markers?timeline[]=home", "object")
    w.walker.score.note("GET /api/v1/markers", check_value(read["home"], "marker", "marker"))

    tag = await check("GET /api/v1/tags/:name", "/api/v1/tags/soup", "tag")
    await check("GET /api/v1/tags/:name", "/api/v1/tags/soup", "tag", by=None)
    await check("POST /api/v1/tags/:name/follow", "/api/v1/tags/soup/follow", "tag")
    await check("GET /api/v1/followed_tags", "", "[tag]")
    await check("POST /api/v1/tags/:name/unfollow", "/api/v1/tags/soup/unfollow", "tag")
    await check("POST /api/v1/tags/:id/feature", f"/api/v1/tags/{tag['name']}/feature", "tag")
    await check("POST /api/v1/tags/:id/unfeature", f"/api/v1/tags/{tag['name']}/unfeature", "tag")
    shown = await check("POST /api/v1/featured_tags", "", "featured_tag", json={"name": "soup"})
    await check("GET /api/v1/featured_tags", "", "[featured_tag]")
    await check("DELETE /api/v1/featured_tags/:id", f"/api/v1/featured_tags/{shown['id']}", "{}")
    await check("GET /api/v1/featured_tags/suggestions", "", "[tag]")

    keys = {
        "p256dh": "BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM",
        "auth": "tBHItJI5svbpez7KI4CCXg",
    }
    push = "/api/v1/push/subscription"
    await check(
        f"POST {push}",
        "",
        "web_push_subscription",
        json={
            "subscription": {"endpoint": "https://push.example/1", "keys": keys, "standard": True},
            "data": {"alerts": {"mention": True}},
        },
    )
    await check(f"GET {push}", "", "web_push_subscription")
    await check(
        f"PUT {push}",
        "",
        "web_push_subscription",
        json={"data": {"alerts": {"follow": True}, "policy": "followed"}},
    )
    await check(f"DELETE {push}", "", "{}")


async def walk_filters(w: World) -> None:
    """Filters of the second kind, and the posts they mark."""
    check = w.walker.check
    made = await check(
        "POST /api/v2/filters",
        "",
        "filter",
        json={
            "title": "Soup",
            "context": ["home"],
            "filter_action": "warn",
            "keywords_attributes": [{"keyword": "soup", "whole_word": True}],
        },
    )
    path = f"/api/v2/filters/{made['id']}"
    await check("GET /api/v2/filters", "", "[filter]")
    await check("GET /api/v2/filters/:id", path, "filter")
    await check(
        "PUT /api/v2/filters/:id", path, "filter", json={"title": "Soups", "expires_in": 3600}
    )
    words, posts = "/api/v2/filters/:filter_id/keywords", "/api/v2/filters/:filter_id/statuses"
    word = await check(
        f"POST {words}", f"{path}/keywords", "filter_keyword", json={"keyword": "read"}
    )
    await check(f"GET {words}", f"{path}/keywords", "[filter_keyword]")
    one = f"/api/v2/filters/keywords/{word['id']}"
    await check("GET /api/v2/filters/keywords/:id", one, "filter_keyword")
    await check(
        "PUT /api/v2/filters/keywords/:id",
        one,
        "filter_keyword",
        json={"keyword": "read", "whole_word": False},
    )
    post = await check(
        f"POST {posts}", f"{path}/statuses", "filter_status", json={"status_id": str(w.post.id)}
    )
    await check(f"GET {posts}", f"{path}/statuses", "[filter_status]")
    one_post = f"/api/v2/filters/statuses/{post['id']}"
    await check("GET /api/v2/filters/statuses/:id", one_post, "filter_status")
    await check("GET /api/v1/statuses/:id", f"/api/v1/statuses/{w.post.id}", "status")
    await check("DELETE /api/v2/filters/statuses/:id", one_post, "{}")
    await check("DELETE /api/v2/filters/keywords/:id", one, "{}")
    await check("DELETE /api/v2/filters/:id", path, "{}")
    await w.walker.client.signed_in(w.walker.tokens["alice"]).post(
        "/api/v1/filters", json={"phrase": "soup", "context": ["home"]}
    )
    await w.walker.look("/api/v1/filters", "[v1/filter]")


async def walk_collections(w: World) -> None:
    """Collections: made, filled, left."""
    check, base = w.walker.check, "/api/v1/collections"
    made = await check(
        f"POST {base}",
        "",
        "_wrapped_collection",
        json={
            "name": "Cooks",
            "description": "They cook",
            "language": "en",
            "tag_name": "soup",
            "account_ids": [str(w.alice.id)],
        },
    )
    number = made["collection"]["id"]
    added = await check(
        f"POST {base}/:collection_id/items",
        f"{base}/{number}/items",
        "_wrapped_collection_item",
        json={"account_id": str(w.bob.id)},
    )
    await w.drain()
    await check(f"GET {base}/:id", f"{base}/{number}", "collection_with_accounts", by=None)
    changed = {"name": "Good cooks", "sensitive": True}
    await check(f"PATCH {base}/:id", f"{base}/{number}", "_wrapped_collection", json=changed)
    for whose, who in (("collections", w.alice), ("in_collections", w.bob)):
        by = "bob" if who is w.bob else None
        pattern = f"GET /api/v1/accounts/:account_id/{whose}"
        await check(pattern, f"/api/v1/accounts/{who.id}/{whose}", "_collections", by=by)
    for path in ("/api/v1/notifications", "/api/v2/notifications"):
        kind = "[notification]" if "v1" in path else "dedup_notification_group"
        await check(f"GET {path}", f"{path}?types[]=added_to_collection", kind, by="bob")
    item = f"{base}/{number}/items/{added['collection_item']['id']}"
    await check(f"POST {base}/:collection_id/items/:id/revoke", f"{item}/revoke", "{}", by="bob")
    own = made["collection"]["items"][0]["id"]
    await check(f"DELETE {base}/:collection_id/items/:id", f"{base}/{number}/items/{own}", "{}")
    await check(f"DELETE {base}/:id", f"{base}/{number}", "{}")

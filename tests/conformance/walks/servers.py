"""Addresses of other servers: documents, discovery, inboxes."""

from tests.conformance.world import World
from tests.world import a_status

UNSIGNED = {
    "id": "https://far.example/likes/1",
    "type": "Like",
    "actor": "https://far.example/users/carol",
    "object": "https://far.example/1",
}
WANTS = {"headers": {"Accept": "application/activity+json"}, "by": None}


async def walk(w: World) -> None:
    """Everything that another server may fetch. Shapes have tests of their own."""
    check = w.walker.check
    host = w.ctx.settings.server.domain
    await check(
        "GET /.well-known/webfinger",
        f"/.well-known/webfinger?resource=acct:alice@{host}",
        "object",
        by=None,
    )
    await check("GET /.well-known/host-meta", "", None, by=None)
    await check("GET /.well-known/host-meta.json", "", "object", by=None)
    await check("GET /.well-known/nodeinfo", "", "object", by=None)
    await check("GET /nodeinfo/2.0", "", "object", by=None)
    await check("GET /.well-known/change-password", "", None, by=None, status=302)
    post = await a_status(w.ctx, by=w.alice, text="For others")
    for base, mine in (
        ("/users/:username", "/users/alice"),
        ("/ap/users/:id", f"/ap/users/{w.alice.id}"),
    ):
        here = f"{mine}/statuses/{post.id}"
        suffix = " (activity+json)"
        await check(f"GET {base}{suffix}", mine, "object", **WANTS)
        await check(f"POST {base}/inbox", f"{mine}/inbox", None, by=None, status=401, json=UNSIGNED)
        await check(f"GET {base}/outbox[?page=true]", f"{mine}/outbox", "object", **WANTS)
        await check(f"GET {base}/outbox[?page=true]", f"{mine}/outbox?page=true", "object", **WANTS)
        both = f"GET {base}/followers , /following[?page=]"
        await check(both, f"{mine}/followers", "object", **WANTS)
        await check(both, f"{mine}/following", "object", **WANTS)
        await check(
            f"GET {base}/collections/featured", f"{mine}/collections/featured", "object", **WANTS
        )
        await check(f"GET {base}/collections/tags", f"{mine}/collections/tags", "object", **WANTS)
        pair = f"GET {base}/statuses/:id , /statuses/:id/activity"
        await check(pair, here, "object", **WANTS)
        await check(pair, f"{here}/activity", "object", **WANTS)
        await check(
            f"GET {base}/statuses/:id/replies[?page&min_id&only_other_accounts]",
            f"{here}/replies",
            "object",
            **WANTS,
        )
        counts = f"GET {base}/statuses/:id/likes , /shares"
        await check(counts, f"{here}/likes", "object", **WANTS)
        await check(counts, f"{here}/shares", "object", **WANTS)
    await check("POST /inbox", "", None, by=None, status=401, json=UNSIGNED)
    actor = "GET|POST /actor , /actor/inbox , /actor/outbox"
    await check(actor, "/actor", "object", **WANTS)
    await check(actor, "/actor/outbox", "object", **WANTS)

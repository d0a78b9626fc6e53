"""Notifications, one by one and grouped, who may notify, and reports."""

from tests.conformance.world import World
from tests.world import a_status, an_account

ONE_BY_ONE = "/api/v1/notifications"
GROUPED = "/api/v2/notifications"


async def walk(w: World) -> None:
    """What happened to alice, seen in every way."""
    check = w.walker.check
    alice = w.walker.client.signed_in(w.walker.tokens["alice"])
    mine = (await alice.post("/api/v1/statuses", json={"status": "Popular"})).json
    bob = w.walker.client.signed_in(w.walker.tokens["bob"])
    await bob.post(f"/api/v1/statuses/{mine['id']}/favourite")
    await bob.post("/api/v1/statuses", json={"status": "@alice hello"})
    await w.drain()
    shown = await check(f"GET {ONE_BY_ONE}", "", "[notification]")
    await check(f"GET {ONE_BY_ONE}/:id", f"{ONE_BY_ONE}/{shown[0]['id']}", "notification")
    await check(f"GET {ONE_BY_ONE}/unread_count", "", "_count")
    grouped = await check(
        f"GET {GROUPED}",
        f"{GROUPED}?expand_accounts=partial_avatars&limit=40",
        "dedup_notification_group",
    )
    await check(f"GET {GROUPED}", "", "dedup_notification_group")
    await check(f"GET {GROUPED}/unread_count", "", "_count")
    if isinstance(grouped, dict) and grouped.get("notification_groups"):
        key = grouped["notification_groups"][0]["group_key"]
        await check(f"GET {GROUPED}/:group_key", f"{GROUPED}/{key}", "dedup_notification_group")
        await check(f"GET {GROUPED}/:group_key/accounts", f"{GROUPED}/{key}/accounts", "[account]")
        await check(f"POST {GROUPED}/:group_key/dismiss", f"{GROUPED}/{key}/dismiss", "{}")
    await policy(w)
    await requests(w)
    await report(w)
    shown = await check(f"GET {ONE_BY_ONE}", "", "[notification]")
    await check(f"POST {ONE_BY_ONE}/:id/dismiss", f"{ONE_BY_ONE}/{shown[0]['id']}/dismiss", "{}")
    await check(f"POST {ONE_BY_ONE}/clear", "", "{}")
    await check(f"POST {GROUPED}/clear", "", "{}")


async def policy(w: World) -> None:
    """Who may notify."""
    check = w.walker.check
    await check("GET /api/v2/notifications/policy", "", "notification_policy")
    await check(
        "PATCH /api/v2/notifications/policy",
        "",
        "notification_policy",
        json={"for_not_following": "filter"},
    )
    await w.walker.look("/api/v1/notifications/policy", "v1/notification_policy")


async def requests(w: World) -> None:
    """Strangers write, are kept aside, and let in or thrown out, alone or together."""
    check, base = w.walker.check, "/api/v1/notifications/requests"
    strangers = [await an_account(w.ctx, f"stranger{n}") for n in range(4)]
    for stranger in strangers:
        post = await a_status(w.ctx, by=stranger, text="@alice hi", mentions=(w.alice,))
        await w.run(
            "INSERT INTO notifications (account_id, from_account_id, kind, status_id, subject_id, group_key, is_filtered) "
            "VALUES ($1, $2, 'mention', $3, $3, 'ungrouped-' || $3::bigint, true)",
            w.alice.id,
            stranger.id,
            post.id,
        )
    found = await check(f"GET {base}", "", "[notification_request]")
    ids = [one["id"] for one in found]
    await check(f"GET {base}/:id", f"{base}/{ids[0]}", "notification_request")
    await check(
        "GET /api/v1/notifications", "/api/v1/notifications?include_filtered=true", "[notification]"
    )
    await check(f"POST {base}/:id/accept", f"{base}/{ids[0]}/accept", "{}")
    await check(f"POST {base}/:id/dismiss", f"{base}/{ids[1]}/dismiss", "{}")
    await check(f"POST {base}/accept", "", "{}", json={"id": [ids[2]]})
    await check(f"POST {base}/dismiss", "", "{}", json={"id": [ids[3]]})
    await check(f"GET {base}/merged", "", "_merged")


async def report(w: World) -> None:
    """Tell the moderators."""
    await w.walker.check(
        "POST /api/v1/reports",
        "",
        "report",
        by="bob",
        json={
            "account_id": str(w.far.id),
            "status_ids": [str(w.far_post.id)],
            "comment": "Spam",
            "category": "spam",
            "forward": True,
        },
    )
    await w.drain()
    await w.walker.check(
        "GET /api/v1/notifications", "/api/v1/notifications?types[]=admin.report", "[notification]"
    )
    await w.walker.check(
        "GET /api/v2/notifications",
        "/api/v2/notifications?types[]=admin.report",
        "dedup_notification_group",
    )

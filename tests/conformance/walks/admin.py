"""What moderators' apps use."""

from tests.conformance.world import World

REPORTS = "/api/v1/admin/reports"
ACCOUNTS = "/api/v1/admin/accounts"


async def walk(w: World) -> None:
    """Look at accounts, and handle the report that bob filed."""
    check = w.walker.check
    invite = await w.run(
        "INSERT INTO invites (code, account_id) VALUES ('for-bob', $1) RETURNING id", w.alice.id
    )
    await w.run(
        "UPDATE logins SET invite_id = $2, application_id = 1, sign_up_reason = 'Soup', "
        "current_ip = '192.0.2.7', last_active_at = now() "
        "WHERE account_id = $1",
        w.bob.id,
        invite,
    )
    await check(f"GET {ACCOUNTS}", "", "[admin/account]")
    await check(f"GET {ACCOUNTS}/:id", f"{ACCOUNTS}/{w.bob.id}", "admin/account")
    await check(f"GET {ACCOUNTS}/:id", f"{ACCOUNTS}/{w.far.id}", "admin/account")
    await check(
        "GET /api/v2/admin/accounts", "/api/v2/admin/accounts?origin=local", "[admin/account]"
    )
    waiting = await check(f"GET {REPORTS}", "", "[admin/report]")
    one = f"{REPORTS}/{waiting[0]['id']}"
    rule = (await w.walker.client.get("/api/v1/instance/rules")).json[0]["id"]
    await check(f"GET {REPORTS}/:id", one, "admin/report")
    changed = {"category": "violation", "rule_ids": [rule]}
    await check(f"PUT {REPORTS}/:id", one, "admin/report", json=changed)
    for verb in ("assign_to_self", "resolve", "reopen", "unassign"):
        await check(f"POST {REPORTS}/:id/{verb}", f"{one}/{verb}", "admin/report")
    await tags(w)


async def tags(w: World) -> None:
    """Review hashtags."""
    check, base = w.walker.check, "/api/v1/admin"
    known = await check(f"GET {base}/tags", "", "[admin/tag]")
    one = known[0]["id"]
    await check(f"GET {base}/tags/:id", f"{base}/tags/{one}", "admin/tag")
    await check(f"PUT {base}/tags/:id", f"{base}/tags/{one}", "admin/tag", json={"listable": False})
    await check(f"GET {base}/trends/tags", "", "[admin/tag]", some=False)
    for verb in ("reject", "approve"):
        path = f"{base}/trends/tags/{one}/{verb}"
        await check(f"POST {base}/trends/tags/:id/{verb}", path, "admin/tag")

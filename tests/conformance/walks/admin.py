"""What moderators' apps use."""

from tests.conformance.world import World
from tests.world import a_status, an_account
from watertower.moderation.jobs.note_publishers import note_publishers

PUBLISHER = "admin/trends/links/preview_card_provider"
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
    await numbers(w)
    await standing(w)
    await knocking(w)
    await servers(w)


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


async def knocking(w: World) -> None:
    """Decide who may sign up: applicants, mail domains, addresses, networks."""
    check, base = w.walker.check, "/api/v1/admin"
    for verb in ("approve", "reject"):
        applicant = await an_account(w.ctx, is_approved=False)
        path = f"{ACCOUNTS}/{applicant.id}/{verb}"
        await check(f"POST {ACCOUNTS}/:id/{verb}", path, "admin/account")

    name, kind = f"{base}/email_domain_blocks", "admin/email_domain_block"
    made = await check(f"POST {name}", "", kind, json={"domain": "spam.example"})
    await check(f"GET {name}", "", f"[{kind}]")
    await check(f"GET {name}/:id", f"{name}/{made['id']}", kind)
    await check(f"DELETE {name}/:id", f"{name}/{made['id']}", "{}")

    name, kind = f"{base}/ip_blocks", "admin/ip_block"
    block = {"ip": "192.0.2.0/24", "severity": "no_access", "comment": "Bots", "expires_in": 3600}
    made = await check(f"POST {name}", "", kind, json=block)
    await check(f"GET {name}", "", f"[{kind}]")
    await check(f"GET {name}/:id", f"{name}/{made['id']}", kind)
    change = {"severity": "sign_up_block"}
    await check(f"PUT {name}/:id", f"{name}/{made['id']}", kind, json=change)
    await check(f"DELETE {name}/:id", f"{name}/{made['id']}", "{}")

    name, kind = f"{base}/canonical_email_blocks", "admin/canonical_email_block"
    made = await check(f"POST {name}", "", kind, json={"email": "so.me+one@example.test"})
    asked = {"email": "SOME@example.test"}
    await check(f"POST {name}/test", "", f"[{kind}]", json=asked)
    await check(f"GET {name}", "", f"[{kind}]")
    await check(f"GET {name}/:id", f"{name}/{made['id']}", kind)
    await check(f"DELETE {name}/:id", f"{name}/{made['id']}", "{}")


async def servers(w: World) -> None:
    """Decide about servers, and keep the allow list."""
    check, base = w.walker.check, "/api/v1/admin"
    limit = {"domain": "loud.example", "severity": "silence", "public_comment": "Too loud"}
    made = await check(f"POST {base}/domain_blocks", "", "admin/domain_block", json=limit)
    await check(
        f"POST {base}/domain_blocks",
        "",
        "admin/existing_domain_block_error",
        json=limit,
        status=422,
    )
    one = f"{base}/domain_blocks/{made['id']}"
    await check(f"GET {base}/domain_blocks", "", "[admin/domain_block]")
    await check(f"GET {base}/domain_blocks/:id", one, "admin/domain_block")
    suspend = {"severity": "suspend", "private_comment": "It went on"}
    await check(f"PUT {base}/domain_blocks/:id", one, "admin/domain_block", json=suspend)
    await check(f"DELETE {base}/domain_blocks/:id", one, "{}")
    made = await check(
        f"POST {base}/domain_allows", "", "admin/domain_allow", json={"domain": "kind.example"}
    )
    one = f"{base}/domain_allows/{made['id']}"
    await check(f"GET {base}/domain_allows", "", "[admin/domain_allow]")
    await check(f"GET {base}/domain_allows/:id", one, "admin/domain_allow")
    await check(f"DELETE {base}/domain_allows/:id", one, "{}")


async def standing(w: World) -> None:
    """Act on an account that nobody else needs, take it back, and delete it for good."""
    check = w.walker.check
    someone = await w.run(
        "INSERT INTO accounts (username, domain, uri, url) VALUES "
        "('rude', 'rude.example', 'https://rude.example/rude', 'https://rude.example/@rude') "
        "RETURNING id"
    )
    one = f"{ACCOUNTS}/{someone}"
    for word, undone in (
        ("sensitive", "unsensitive"),
        ("silence", "unsilence"),
        ("suspend", "unsuspend"),
    ):
        await check(f"POST {ACCOUNTS}/:id/action", f"{one}/action", "{}", json={"type": word})
        await check(f"POST {ACCOUNTS}/:id/{undone}", f"{one}/{undone}", "admin/account")
    await check(f"POST {ACCOUNTS}/:id/enable", f"{one}/enable", "admin/account")
    await check(f"POST {ACCOUNTS}/:id/action", f"{one}/action", "{}", json={"type": "suspend"})
    await check(f"DELETE {ACCOUNTS}/:id", one, "admin/account")


async def numbers(w: World) -> None:
    """What the dashboard shows, and what may trend."""
    check, base = w.walker.check, "/api/v1/admin"
    about = {"domain": "far.example"}
    tag = {"id": str(await w.run("SELECT min(id) FROM tags"))}
    keys = [
        "active_users", "new_users", "interactions", "opened_reports", "resolved_reports",
        "tag_accounts", "tag_uses", "tag_servers", "instance_accounts",
        "instance_media_attachments", "instance_reports", "instance_statuses", "instance_follows",
        "instance_followers",
    ]  # fmt: skip
    sent = {
        "keys": keys,
        **{key: tag for key in keys if key.startswith("tag_")},
        **{key: about for key in keys if key.startswith("instance_")},
    }
    found = await check(f"POST {base}/measures", "", "[admin/measure]", json=sent)
    missing = set(keys) - {one["key"] for one in found}
    w.walker.tell(f"POST {base}/measures", f"no {missing}" if missing else "")
    keys = [
        "languages", "sources", "servers", "space_usage", "software_versions", "tag_servers",
        "tag_languages", "instance_accounts", "instance_languages",
    ]  # fmt: skip
    sent = {
        "keys": keys,
        **{key: tag for key in keys if key.startswith("tag_")},
        **{key: about for key in keys if key.startswith("instance_")},
    }
    found = await check(f"POST {base}/dimensions", "", "[admin/dimension]", json=sent)
    missing = set(keys) - {one["key"] for one in found}
    w.walker.tell(f"POST {base}/dimensions", f"no {missing}" if missing else "")
    await check(f"POST {base}/retention", "", "[admin/cohort]", json={"frequency": "month"})
    await trends(w)


async def trends(w: World) -> None:
    """Review posts, links and publishers."""
    check, base = w.walker.check, "/api/v1/admin/trends"
    for who in (w.alice, w.bob, w.far):
        await w.run(
            "INSERT INTO favourites (account_id, status_id) VALUES ($1, $2) "
            "ON CONFLICT DO NOTHING RETURNING id",
            who.id,
            w.post.id,
        )
    shown = await check(f"GET {base}/statuses", "", "[admin/trends/status]")
    card = await w.run(
        "INSERT INTO preview_cards (url, title, provider_name, author_name, state, image_key) "
        "VALUES ('https://news.example/soup', 'Soup', 'News', 'Ann', 'fetched', 'a.png') "
        "ON CONFLICT (url) DO UPDATE SET title = 'Soup' RETURNING id"
    )
    for who in (w.alice, w.bob):
        await a_status(w.ctx, by=who, text="Look", card_id=card)
    await note_publishers.run(w.ctx)
    await check(f"GET {base}/links", "", "[admin/trends/link]")
    sites = await check(f"GET {base}/links/publishers", "", f"[{PUBLISHER}]")
    for verb in ("reject", "approve"):
        one = f"{base}/statuses/{shown[0]['id']}/{verb}"
        await check(f"POST {base}/statuses/:id/{verb}", one, "admin/trends/status")
        await check(
            f"POST {base}/links/:id/{verb}", f"{base}/links/{card}/{verb}", "admin/trends/link"
        )
        one = f"{base}/links/publishers/{sites[0]['id']}/{verb}"
        await check(f"POST {base}/links/publishers/:id/{verb}", one, PUBLISHER)

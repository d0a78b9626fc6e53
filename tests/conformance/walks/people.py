"""Accounts, relations between them, and one's own account."""

import aiohttp

from tests.conformance.world import PICTURE, World
from tests.world import a_token, an_account


async def walk(w: World) -> None:
    """Look at people and decide how to stand to them."""
    check, bob = w.walker.check, f"/api/v1/accounts/{w.bob.id}"
    one = "GET /api/v1/accounts/:id"
    await check(one, bob, "account")
    await check(one, bob, "account", by=None)
    for account in w.odd.values():
        await check(one, f"/api/v1/accounts/{account.id}", "account")
    await check(
        "GET /api/v1/accounts", f"/api/v1/accounts?id[]={w.bob.id}&id[]={w.far.id}", "[account]"
    )
    await check("GET /api/v1/accounts/search", "/api/v1/accounts/search?q=bob", "[account]")
    await check("GET /api/v1/accounts/lookup", "/api/v1/accounts/lookup?acct=bob", "account")
    await check(
        "GET /api/v1/accounts/relationships",
        f"/api/v1/accounts/relationships?id[]={w.bob.id}",
        "[relationship]",
    )
    await check(
        "GET /api/v1/accounts/familiar_followers",
        f"/api/v1/accounts/familiar_followers?id[]={w.far.id}",
        "[familiar_followers]",
    )
    await check("GET /api/v1/accounts/:id/statuses", f"{bob}/statuses", "[status]")
    await check("GET /api/v1/accounts/:id/followers", f"{bob}/followers", "[account]")
    await check("GET /api/v1/accounts/:id/following", f"{bob}/following", "[account]")
    await check(
        "POST /api/v1/accounts/:id/follow",
        f"{bob}/follow",
        "relationship",
        json={"reblogs": True, "notify": True, "languages": ["en"]},
    )
    await check("POST /api/v1/accounts/:id/endorse", f"{bob}/endorse", "relationship")
    await check("GET /api/v1/endorsements", "", "[account]")
    await check(
        "GET /api/v1/accounts/:id/endorsements",
        f"/api/v1/accounts/{w.alice.id}/endorsements",
        "[account]",
    )
    await check("POST /api/v1/accounts/:id/unendorse", f"{bob}/unendorse", "relationship")
    await check(
        "POST /api/v1/accounts/:id/note",
        f"{bob}/note",
        "relationship",
        json={"comment": "Met at the fair"},
    )
    made = await check(
        "POST /api/v1/lists", "", "list", json={"title": "Friends", "replies_policy": "list"}
    )
    await check(
        "POST /api/v1/lists/:id/accounts",
        f"/api/v1/lists/{made['id']}/accounts",
        "{}",
        json={"account_ids": [str(w.bob.id)]},
    )
    await check("GET /api/v1/accounts/:id/lists", f"{bob}/lists", "[list]")
    await w.walker.client.signed_in(w.walker.tokens["bob"]).post(
        "/api/v1/featured_tags", json={"name": "soup"}
    )
    await check(
        "GET /api/v1/accounts/:id/featured_tags", f"{bob}/featured_tags", "[featured_tag]", by=None
    )
    await check(
        "POST /api/v1/accounts/:account_id/email_subscriptions",
        f"{bob}/email_subscriptions",
        "_error",
        by=None,
        status=404,
    )

    far = f"/api/v1/accounts/{w.far.id}"
    await check(
        "POST /api/v1/accounts/:id/mute", f"{far}/mute", "relationship", json={"duration": 3600}
    )
    await check("GET /api/v1/mutes", "", "[muted_account]")
    for odd in ("moved", "suspended", "limited", "memorial"):
        await w.walker.client.signed_in(w.walker.tokens["alice"]).post(
            f"/api/v1/accounts/{w.odd[odd].id}/mute"
        )
    await check("GET /api/v1/mutes", "", "[muted_account]")
    await check("POST /api/v1/accounts/:id/unmute", f"{far}/unmute", "relationship")
    await check(
        "POST /api/v1/accounts/:id/remove_from_followers",
        f"{far}/remove_from_followers",
        "relationship",
    )
    await check("POST /api/v1/accounts/:id/unfollow", f"{far}/unfollow", "relationship")
    await check("POST /api/v1/accounts/:id/block", f"{far}/block", "relationship")
    await check("GET /api/v1/blocks", "", "[account]")
    await check("POST /api/v1/accounts/:id/unblock", f"{far}/unblock", "relationship")
    await check(
        "GET /api/v1/domain_blocks/preview",
        "/api/v1/domain_blocks/preview?domain=far.example",
        "domain_block_preview",
    )
    await check("POST /api/v1/domain_blocks", "", "{}", json={"domain": "rude.example"})
    await check("GET /api/v1/domain_blocks", "", "[text]")
    await check("DELETE /api/v1/domain_blocks", "/api/v1/domain_blocks?domain=rude.example", "{}")

    for name in ("eve", "ed"):
        asker = await an_account(w.ctx, name)
        await w.run(
            "INSERT INTO follow_requests (account_id, target_account_id) VALUES ($1, $2)",
            asker.id,
            w.alice.id,
        )
        await check("GET /api/v1/follow_requests", "", "[account]")
        verb = "authorize" if name == "eve" else "reject"
        await check(
            f"POST /api/v1/follow_requests/:account_id/{verb}",
            f"/api/v1/follow_requests/{asker.id}/{verb}",
            "relationship",
        )
    await check("GET /api/v1/directory", "/api/v1/directory?order=new", "[account]", by=None)
    found = await check("GET /api/v2/suggestions", "", "[suggestion]")
    if found:
        await check(
            "DELETE /api/v1/suggestions/:account_id",
            f"/api/v1/suggestions/{found[0]['account']['id']}",
            "{}",
        )


async def walk_own(w: World) -> None:
    """One's own account."""
    check = w.walker.check
    await check("GET /api/v1/accounts/verify_credentials", "", "credential_account")
    await check(
        "PATCH /api/v1/accounts/update_credentials",
        "",
        "credential_account",
        json={
            "display_name": "Alice :tower:",
            "note": "Hello #soup",
            "fields_attributes": [{"name": "Home", "value": "here"}],
        },
    )
    for odd in ("moved", "limited", "memorial"):
        w.walker.tokens[odd] = await a_token(w.ctx, w.odd[odd])
    await check("GET /api/v1/accounts/verify_credentials", "", "credential_account", by="moved")
    await check("GET /api/v1/accounts/verify_credentials", "", "credential_account", by="limited")
    form = aiohttp_form(avatar=PICTURE)
    await check("PATCH /api/v1/profile", "", "profile", data=form)
    await check("PATCH /api/v1/profile", "", "profile", data=aiohttp_form(header=PICTURE))
    await w.walker.client.signed_in(w.walker.tokens["alice"]).post(
        "/api/v1/featured_tags", json={"name": "bread"}
    )
    await check("GET /api/v1/profile", "", "profile")
    await check("DELETE /api/v1/profile/avatar", "", "credential_account")
    await check("DELETE /api/v1/profile/header", "", "credential_account")
    await check("GET /api/v1/preferences", "", "preferences")


def aiohttp_form(**files: bytes) -> object:
    """A multipart form with pictures."""
    form = aiohttp.FormData()
    for name, content in files.items():
        form.add_field(name, content, filename=f"{name}.jpg", content_type="image/jpeg")
    return form

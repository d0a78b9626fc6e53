"""What remains: small endpoints of pages, sessions and federation."""

from tests.conformance.walks.pages import expect
from tests.conformance.world import PICTURE, World
from tests.federation.far import FarServer
from tests.web.visit import Visit, a_member
from tests.world import a_status, a_token, an_account
from watertower.media.access.addresses import proxy_key
from watertower.moderation.actions.appeals.file import file_appeal
from watertower.moderation.model.appeals import Filing

ACTIVITY = {"Accept": "application/activity+json"}


async def walk(w: World) -> None:
    """Each once."""
    check = w.walker.check
    await check("GET /remote_interaction_helper", "", None, by=None)
    far = FarServer()
    await far.start()
    far.files["/a.png"] = PICTURE
    media = await w.run(
        "INSERT INTO media_attachments (account_id, status_id, kind, state, remote_url) "
        "VALUES ($1, $2, 'image', 'done', $3) RETURNING id",
        w.far.id,
        w.far_post.id,
        f"{far.base}/a.png",
    )
    path = f"/media_proxy/{media}/original?key={proxy_key(w.ctx, media_id=media)}"
    await check("GET /media_proxy/:id/(original|small)", path, None, by=None, status=302)
    await far.stop()
    await check("GET /api/web/embeds/:id", f"/api/web/embeds/{w.post.id}", "_oembed", by=None)
    emoji = "GET /emojis/:id"
    await check(emoji, "/emojis/tower", None, by=None, headers=ACTIVITY)
    await check("GET /tags/:tag (activity+json)", "/tags/soup", None, by=None, headers=ACTIVITY)
    await walk_sessions(w)


async def walk_sessions(w: World) -> None:
    """What one does signed in on the web."""
    member = await a_member(w.ctx)
    visit = Visit(w.walker.client)
    await visit.sign_in(member.username)
    app = (
        await w.walker.client.post(
            "/api/v1/apps",
            json={"client_name": "Gone", "redirect_uris": "urn:ietf:wg:oauth:2.0:oob"},
        )
    ).json
    ask = f"client_id={app['client_id']}&response_type=code&redirect_uri=urn:ietf:wg:oauth:2.0:oob"
    await visit.get(f"/oauth/authorize?{ask}&scope=read")
    agreed = await visit.submit("/oauth/authorize", decision="allow")
    code = agreed.headers["location"].rpartition("code=")[2].partition("&")[0]
    await w.walker.client.post(
        "/oauth/token",
        json={
            "grant_type": "authorization_code",
            "code": code,
            "client_id": app["client_id"],
            "client_secret": app["client_secret"],
            "redirect_uri": "urn:ietf:wg:oauth:2.0:oob",
        },
    )
    page = await visit.get("/oauth/authorized_applications")
    number = page.text.split("/oauth/authorized_applications/")[1].split("/")[0]
    hidden = visit.hidden(f"/oauth/authorized_applications/{number}/revoke")
    gone = await visit._call("DELETE", f"/oauth/authorized_applications/{number}", hidden, {})
    await expect(w, "DELETE /oauth/authorized_applications/:id", gone, 303)
    await visit.get(f"/oauth/authorize?{ask}&scope=read")
    hidden = visit.hidden("/oauth/authorize")
    refused = await visit._call("DELETE", "/oauth/authorize", hidden, {})
    await expect(w, "DELETE /oauth/authorize", refused, 303)


async def walk_told(w: World) -> None:
    """What moderation tells members: a warning, and follows that were cut off. The last walk."""
    alice = w.walker.client.signed_in(w.walker.tokens["alice"])
    action = f"/api/v1/admin/accounts/{w.bob.id}/action"
    await alice.post(action, json={"type": "sensitive", "text": "Please cover this"})
    await w.drain()
    told = "/api/v1/notifications?types[]=moderation_warning"
    found = await w.walker.look(told, "[notification]", by="bob")
    warning = int(found[0]["moderation_warning"]["id"]) if found else 0
    await w.walker.look(told.replace("v1", "v2"), "dedup_notification_group", by="bob")
    await file_appeal(
        w.ctx,
        account_id=w.bob.id,
        filing=Filing(action_id=warning, claim="error", text="It was only soup"),
    )
    appealed = await w.walker.look(told, "[notification]", by="bob")
    assert appealed[0]["moderation_warning"]["appeal"]["state"] == "pending"
    suspend = {"domain": "far.example", "severity": "suspend"}
    await alice.post("/api/v1/admin/domain_blocks", json=suspend)
    await w.drain()
    cut = "/api/v1/notifications?types[]=severed_relationships"
    assert await w.walker.look(cut, "[notification]", by="bob")
    await w.walker.look(cut.replace("v1", "v2"), "dedup_notification_group", by="bob")
    post = await a_status(w.ctx, by=w.bob, text="Liked by several")
    for _ in range(2):
        someone = await an_account(w.ctx)
        app = w.walker.client.signed_in(await a_token(w.ctx, someone))
        await app.post(f"/api/v1/statuses/{post.id}/favourite")
    await w.drain()
    partial = "/api/v2/notifications?expand_accounts=partial_avatars"
    await w.walker.look(partial, "dedup_notification_group", by="bob")

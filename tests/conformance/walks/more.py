"""What remains: small endpoints of pages, sessions and federation."""

from tests.conformance.walks.pages import expect
from tests.conformance.world import PICTURE, World
from tests.federation.far import FarServer
from tests.web.visit import Visit, a_member
from watertower.media.access.addresses import proxy_key

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

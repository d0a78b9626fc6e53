"""Addresses that browsers, feed readers and apps open outside the API."""

from tests.conformance.world import World
from tests.web.visit import Visit, a_member
from watertower.accounts.actions.choose_mails import unsubscribe_ticket
from watertower.web.views.site import forget_site


async def walk(w: World) -> None:
    """Open each page; the pages themselves have tests of their own."""
    check = w.walker.check
    forget_site()
    await ways_in(w)
    await check("GET /@:username/:id/embed", f"/@bob/{w.post.id}/embed", None, by=None)
    await check("GET /@:username.rss", "/@bob.rss", None, by=None)
    await check("GET /tags/:tag.rss", "/tags/soup.rss", None, by=None)
    for end in ("/with_replies.rss", "/media.rss"):
        await check(f"GET /@:username{end}", f"/@bob{end}", None, by=None)
    await check("GET /@:username/tagged/:tag.rss", "/@bob/tagged/soup.rss", None, by=None)
    await check("GET /manifest", "", "object", by=None)
    documents = "GET /privacy-policy , /terms-of-service[/:date] , /about"
    for path in ("/privacy-policy", "/terms-of-service", "/about"):
        await check(documents, path, None, by=None)
    await w.run("INSERT INTO invites (code, account_id) VALUES ('welcome1', $1)", w.alice.id)
    code = "GET /invite/:code (Accept: application/json)"
    await check(code, "/invite/welcome1", "object", by=None, headers={"Accept": "application/json"})
    await walk_signed_in(w)


async def ways_in(w: World) -> None:
    """What buttons of other sites and small programs ask for."""
    check = w.walker.check
    await check("GET /oauth/applications", "", None, by=None, status=403)
    await check(
        "GET /.well-known/proxy", "/.well-known/proxy?uri=web%2Bap://a.example/b", status=302
    )
    intent = "/intent?uri=web%2Bmastodon%3A%2F%2Fshare%3Ftext%3DHi"
    await check("GET /intent?uri=web+mastodon:", intent, None, by=None, status=302)
    await check("GET /custom.css , /css/:id", "/custom.css", None, by=None)
    leaving = "GET /redirect/{accounts,statuses,collections}/:id"
    for path in (f"/redirect/accounts/{w.far.id}", f"/redirect/statuses/{w.far_post.id}"):
        await check(leaving, path, None, by=None)
    ticket = unsubscribe_ticket(w.ctx, account_id=w.bob.id, kind="follow")
    path = f"/unsubscribe?token={ticket}"
    await check("GET|POST /unsubscribe", path, None, by=None)
    posted = await w.walker.client.post(path)
    w.walker.tell("GET|POST /unsubscribe", "" if posted.status == 200 else str(posted.status))


async def walk_signed_in(w: World) -> None:
    """What one does on the web before and after apps are used."""
    member = await a_member(w.ctx)
    visit = Visit(w.walker.client)
    await visit.sign_in(member.username)
    code = "urn:ietf:wg:oauth:2.0:oob"
    app = (
        await w.walker.client.post(
            "/api/v1/apps", json={"client_name": "Web", "redirect_uris": code}
        )
    ).json
    ask = f"client_id={app['client_id']}&response_type=code&redirect_uri={code}&scope=read"
    await expect(w, "GET /oauth/authorize", await visit.get(f"/oauth/authorize?{ask}"), 200)
    agreed = await visit.submit("/oauth/authorize")
    await expect(w, "POST /oauth/authorize", agreed, 303)
    shown = await visit.follow(agreed.headers.get("location", "/"))
    await expect(w, "GET /oauth/authorize/native", shown, 200)
    await expect(w, "GET /share?text=", await visit.get("/share?text=Hello"), 200)
    seen = await visit.get(f"/authorize_interaction?uri={w.post.uri}")
    await expect(w, "GET /authorize_interaction?uri=", seen, 302)
    await expect(
        w,
        "GET /oauth/authorized_applications",
        await visit.get("/oauth/authorized_applications"),
        200,
    )


async def expect(w: World, operation: str, answer: object, status: int) -> None:
    """Keep score of an answer that a browser got."""
    w.walker.tell(operation, "" if answer.status == status else f"{answer.status}, not {status}")

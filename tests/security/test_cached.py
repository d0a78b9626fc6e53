"""No answer that is kept on the way reaches a viewer who may not see it."""

from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.federation.far import FarServer
from tests.feeds.world import a_member
from tests.security.walk import api_paths, web_paths
from tests.security.walk_world import build
from tests.world import a_follow, a_status, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.api.routes import ROUTES as API_ROUTES
from watertower.federation.signatures.sign import SigningKey, sign_request
from watertower.statuses.model import Visibility
from watertower.web.routes import ROUTES as WEB_ROUTES

ACCEPT = "application/activity+json"


def may_be_kept_for_others(answer):
    """Whether a shared cache may hand this answer to somebody else (RFC 9111, 3)."""
    said = answer.headers.get("cache-control", "").lower()
    return not ("private" in said or "no-store" in said)


async def test_what_may_be_kept_says_the_same_to_everybody(empty, client):
    world = await build(empty)
    calls = [
        path for row in API_ROUTES if row.method == "GET" for path in api_paths(world, row.path)
    ]
    pages = [
        path for row in WEB_ROUTES if row.method == "GET" for path in web_paths(world, row.path)
    ]
    app = client.signed_in(world.tokens["alice"])
    cookie = {"Cookie": f"watertower_session={world.sessions['alice']}"}

    kept = 0
    for who, paths, headers in ((app, calls, {}), (client, pages, cookie)):
        for path in paths:
            answer = await who.get(path, headers=headers)
            if answer.status != 200:
                continue
            if who is app or may_be_kept_for_others(answer):
                public = await client.get(path)
                if may_be_kept_for_others(answer) or may_be_kept_for_others(public):
                    if answer.status == public.status == 200:
                        kept += 1
                        named = answer.headers.get("vary", "").lower()
                        told_apart = "authorization" in named or "cookie" in named
                        assert answer.body == public.body or told_apart, path
                    assert not may_be_kept_for_others(answer) or public.status == 200, path
    assert kept > 5


async def test_pages_of_members_are_kept_by_nobody(ctx, client):
    member, _ = await a_member(ctx, client)
    from tests.feeds.world import sql
    from watertower.accounts.actions.sign_in import open_session

    await sql(ctx, "UPDATE logins SET role_id = 3 WHERE account_id = $1", member.id)
    login_id = await sql(ctx, "SELECT id FROM logins WHERE account_id = $1", member.id)
    token = (await open_session(ctx, login_id=login_id)).session_token
    cookie = {"Cookie": f"watertower_session={token}"}
    looked = 0
    for row in WEB_ROUTES:
        if row.method != "GET" or not (row.needs_login or row.needs_member or row.permission):
            continue
        path = "/".join(
            "1" if part.startswith((":", "*")) else part for part in row.path.split("/")
        )
        answer = await client.get(path, headers=cookie)
        assert answer.status < 500, path
        assert "no-store" in answer.headers["cache-control"], path
        looked += answer.status == 200
    assert looked > 40


async def test_who_names_what_another_was_given_learns_nothing(ctx, client):
    """An ETag of somebody who may see it, sent by somebody who may not."""
    author, author_app = await a_member(ctx, client)
    _, stranger = await a_member(ctx, client)
    for visibility in (Visibility.PRIVATE, Visibility.DIRECT):
        status = await a_status(ctx, by=author, visibility=visibility)
        for path in (
            f"/api/v1/statuses/{status.id}",
            f"/@{author.username}/{status.id}",
            f"/ap/users/{author.id}/statuses/{status.id}",
        ):
            seen = await author_app.get(path, headers={"Accept": ACCEPT})
            tags = [seen.headers.get("etag", "*"), f'W/"{status.id}-1-0-0"', "*"]
            for who in (client, stranger):
                for tag in tags:
                    answer = await who.get(path, headers={"If-None-Match": tag, "Accept": ACCEPT})
                    assert answer.status == 404, (path, tag)


async def test_a_document_for_followers_is_kept_by_nobody_and_shown_to_no_other(ctx, far, client):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    for actor in (bob, mallory):
        found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
        if actor is bob:
            async with ctx.reading() as tx:
                await a_follow(ctx, await find_account(tx, account_id=found), alice)
    status = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    path = urlsplit(status.uri).path

    async def asked(actor, **more):
        headers = {"Accept": ACCEPT}
        signed = sign_request(
            SigningKey(actor.key_id, actor.private_pem),
            method="GET",
            url=ctx.settings.base_url + path,
            body=b"",
            now=datetime.now(UTC),
            headers=headers,
        )
        return await client.get(path, headers=headers | signed | more)

    theirs = await asked(bob)
    assert theirs.status == 200
    assert theirs.headers["cache-control"] == "private, no-store"
    assert theirs.headers["vary"] == "Accept, Signature"
    tag = {"If-None-Match": theirs.headers.get("etag", "*")}
    assert (await asked(mallory)).status == 404
    assert (await asked(mallory, **tag)).status == 404
    assert (await client.get(path, headers={"Accept": ACCEPT} | tag)).status == 404
    assert isinstance(far, FarServer)

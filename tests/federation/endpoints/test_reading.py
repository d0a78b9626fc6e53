"""What other servers read of us."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tests.federation.far import KEYS, PUBLIC
from tests.world import a_follow, a_status, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.federation.signatures.sign import SigningKey, sign_request
from watertower.statuses.actions.delete_status import delete_status
from watertower.statuses.model import Visibility

AP = {"Accept": "application/activity+json"}
PAGE = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def path_of(ctx, uri):
    return uri.removeprefix(ctx.settings.base_url)


@pytest.fixture
def signed(ctx, client):
    """`await signed(actor, path)` asks as somebody far away."""

    async def ask(actor, path):
        headers = sign_request(
            SigningKey(actor.key_id, actor.private_pem),
            method="GET",
            url=ctx.settings.base_url + path,
            now=datetime.now(UTC),
        )
        return await client.get(path, headers=AP | headers)

    return ask


async def test_an_actor_is_whole_in_both_forms(ctx, client):
    alice = await an_account(
        ctx,
        note_html="<p>hi</p>",
        fields='[{"name": "Home", "value": "x", "html": "<b>x</b>", "verified_at": null}]',
    )

    answer = await client.get(f"/ap/users/{alice.id}", headers=AP)
    by_name = await client.get(f"/users/{alice.username}", headers=AP)
    by_page = await client.get(f"/@{alice.username}", headers=AP)

    assert answer.status == 200
    assert (by_name.body, by_page.body) == (answer.body, answer.body)
    assert answer.headers["Content-Type"] == "application/activity+json; charset=utf-8"
    assert answer.headers["Cache-Control"] == "public, max-age=180"
    assert answer.headers["Vary"] == "Accept, Signature"
    actor = answer.json
    assert actor.pop("@context")[0] == "https://www.w3.org/ns/activitystreams"
    key = actor.pop("publicKey")
    assert (key["id"], key["owner"]) == (f"{alice.uri}#main-key", alice.uri)
    assert key["publicKeyPem"].startswith("-----BEGIN PUBLIC KEY-----")
    assert actor == {
        "id": alice.uri,
        "webfinger": f"{alice.username}@{ctx.settings.server.domain}",
        "type": "Person",
        "following": f"{alice.uri}/following",
        "followers": f"{alice.uri}/followers",
        "inbox": f"{alice.uri}/inbox",
        "outbox": f"{alice.uri}/outbox",
        "featured": f"{alice.uri}/collections/featured",
        "featuredTags": f"{alice.uri}/collections/tags",
        "preferredUsername": alice.username,
        "name": alice.display_name,
        "summary": "<p>hi</p>",
        "url": alice.url,
        "manuallyApprovesFollowers": False,
        "discoverable": True,
        "indexable": False,
        "published": alice.created_at.strftime("%Y-%m-%dT00:00:00Z"),
        "memorial": False,
        "showFeatured": True,
        "showMedia": True,
        "showRepliesInMedia": True,
        "tag": [],
        "attachment": [{"type": "PropertyValue", "name": "Home", "value": "<b>x</b>"}],
        "endpoints": {"sharedInbox": f"{ctx.settings.base_url}/inbox"},
    }


async def test_who_has_it_need_not_get_it_again(ctx, client, queries):
    alice = await an_account(ctx)
    path = f"/ap/users/{alice.id}"
    first = await client.get(path, headers=AP)
    queries.clear()

    again = await client.get(path, headers=AP | {"If-None-Match": first.headers["ETag"]})

    assert (again.status, again.body, len(queries)) == (304, b"", 1)


async def test_browsers_are_led_to_the_page(ctx, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)

    profile = await client.get(f"/ap/users/{alice.id}", headers=PAGE)
    post = await client.get(path_of(ctx, status.uri), headers=PAGE)

    assert (profile.status, profile.headers["Location"]) == (302, alice.url)
    assert (post.status, post.headers["Location"]) == (302, f"{alice.url}/{status.id}")


async def test_suspended_deleted_and_unknown_members(ctx, client):
    suspended = await an_account(ctx, suspended_at=ctx.now(), note_html="<p>secret</p>")
    gone = await an_account(ctx, deleted_at=ctx.now())

    shown = await client.get(f"/ap/users/{suspended.id}", headers=AP)
    outbox = await client.get(f"/ap/users/{suspended.id}/outbox", headers=AP)

    assert (shown.json["suspended"], shown.json["summary"]) == (True, "")
    assert outbox.status == 403
    assert (await client.get(f"/ap/users/{gone.id}", headers=AP)).status == 410
    for missing in ("/ap/users/1", "/ap/users/x", "/users/nobody_at_all", "/ap/users/-99"):
        assert (await client.get(missing, headers=AP)).status == 404


async def test_the_server_itself_is_an_actor(ctx, client):
    actor = (await client.get("/actor", headers=AP)).json

    assert (actor["id"], actor["type"]) == (f"{ctx.settings.base_url}/actor", "Application")
    assert actor["publicKey"]["owner"] == actor["id"]
    assert (await client.get("/actor/outbox", headers=AP)).json["totalItems"] == 0


async def test_a_note_is_whole(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    first = await a_status(ctx, by=bob)
    status = await a_status(
        ctx, by=alice, text="Hello", reply_to=first, mentions=(bob,), content_warning="careful"
    )

    answer = await client.get(path_of(ctx, status.uri), headers=AP)

    note = answer.json
    assert answer.headers["Cache-Control"] == "public, max-age=180"
    assert (note["id"], note["type"], note["attributedTo"]) == (status.uri, "Note", alice.uri)
    assert (note["content"], note["summary"]) == ("<p>Hello</p>", "careful")
    assert (note["to"], note["cc"]) == ([PUBLIC], [alice.followers_url, bob.uri])
    assert note["inReplyTo"] == first.uri
    assert note["likes"] == {"id": f"{status.uri}/likes", "type": "Collection", "totalItems": 0}
    assert note["shares"]["totalItems"] == 0
    create = (await client.get(path_of(ctx, status.uri) + "/activity", headers=AP)).json
    assert (create["type"], create["object"]["id"]) == ("Create", status.uri)
    replies = (await client.get(path_of(ctx, first.uri) + "/replies", headers=AP)).json
    others = (await client.get(path_of(ctx, replies["first"]["next"]), headers=AP)).json
    assert (replies["first"]["items"], others["items"]) == ([], [status.uri])


async def test_a_note_costs_two_small_queries_once_it_is_rendered(ctx, client, queries):
    status = await a_status(ctx, by=await an_account(ctx))
    await client.get(path_of(ctx, status.uri), headers=AP)
    queries.clear()

    await client.get(path_of(ctx, status.uri), headers=AP)

    assert len(queries) == 2


async def test_private_posts_are_for_followers_who_sign(ctx, client, far, signed):
    alice, bob, carol = await an_account(ctx), far.actor(), far.actor()
    hidden = await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    bob_id = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    async with ctx.reading() as tx:
        await a_follow(ctx, await find_account(tx, account_id=bob_id), alice)
    path = path_of(ctx, hidden.uri)

    follower, stranger = await signed(bob, path), await signed(carol, path)
    anybody = await client.get(path, headers=AP)
    forged = await signed(replace(bob, private_pem=KEYS[1][0]), path)

    assert (follower.status, follower.json["id"]) == (200, hidden.uri)
    assert follower.headers["Cache-Control"] == "private, no-store"
    assert [one.status for one in (stranger, anybody, forged)] == [404, 404, 404]


async def test_deleted_posts_are_gone_and_local_ones_never_were(ctx, client):
    alice = await an_account(ctx)
    deleted, hidden = (
        await a_status(ctx, by=alice),
        await a_status(ctx, by=alice, visibility=Visibility.PRIVATE),
    )
    for status in (deleted, hidden):
        await delete_status(ctx, actor_id=alice.id, status_id=status.id)
    local = await a_status(ctx, by=alice, is_local_only=True)

    assert (await client.get(path_of(ctx, deleted.uri), headers=AP)).status == 410
    assert (await client.get(path_of(ctx, hidden.uri), headers=AP)).status == 404
    assert (await client.get(path_of(ctx, local.uri), headers=AP)).status == 404


async def test_a_post_is_not_shown_under_another_member(ctx, client):
    alice, bob = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=alice)

    answer = await client.get(f"/ap/users/{bob.id}/statuses/{status.id}", headers=AP)

    assert answer.status == 404


async def test_authorized_fetch_asks_for_a_signature_but_not_for_the_server_s_key(
    ctx, client, far, signed
):
    alice, bob = await an_account(ctx), far.actor()
    status = await a_status(ctx, by=alice)
    settings = ctx.settings
    ctx.settings = replace(settings, federation=replace(settings.federation, authorized_fetch=True))
    try:
        anybody = [
            (await client.get(path, headers=AP)).status
            for path in (f"/ap/users/{alice.id}", path_of(ctx, status.uri), "/actor")
        ]
        somebody = await signed(bob, f"/ap/users/{alice.id}")
    finally:
        ctx.settings = settings

    assert anybody == [401, 401, 200]
    assert (somebody.status, somebody.headers["Cache-Control"]) == (200, "private, no-store")


async def test_collections_show_counts_and_pages(ctx, client, far):
    alice, bob, hider = (
        await an_account(ctx),
        await an_account(ctx),
        await an_account(ctx, hides_collections=True),
    )
    await a_follow(ctx, bob, alice)
    await a_follow(ctx, bob, hider)

    whole = (await client.get(path_of(ctx, alice.followers_url), headers=AP)).json
    page = (await client.get(path_of(ctx, whole["first"]), headers=AP)).json
    hidden = (await client.get(path_of(ctx, hider.followers_url) + "?page=1", headers=AP)).json
    following = (await client.get(path_of(ctx, bob.following_url), headers=AP)).json

    assert (whole["type"], whole["totalItems"]) == ("OrderedCollection", 1)
    assert page["orderedItems"] == [bob.uri]
    assert (hidden["totalItems"], "orderedItems" in hidden) == (1, False)
    assert following["totalItems"] == 2


async def test_the_outbox_holds_what_anybody_may_read(ctx, client):
    alice = await an_account(ctx)
    public = await a_status(ctx, by=alice, text="one")
    await a_status(ctx, by=alice, visibility=Visibility.PRIVATE)
    await a_status(ctx, by=alice, visibility=Visibility.DIRECT)

    whole = (await client.get(path_of(ctx, alice.outbox_url), headers=AP)).json
    page = (await client.get(path_of(ctx, whole["first"]), headers=AP)).json

    assert [one["object"]["id"] for one in page["orderedItems"]] == [public.uri]


async def test_pinned_posts_are_the_featured_collection(ctx, client):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO status_pins (account_id, status_id) VALUES ($1, $2)", alice.id, status.id
        )

    featured = (await client.get(path_of(ctx, alice.featured_url), headers=AP)).json
    tags = (await client.get(f"/ap/users/{alice.id}/collections/tags", headers=AP)).json

    assert [one["id"] for one in featured["orderedItems"]] == [status.uri]
    assert tags["items"] == []

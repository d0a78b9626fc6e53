"""Finding accounts and statuses of others, and what is not believed of them."""

import json

import pytest
from aiohttp import web

from tests.federation.far import AS
from tests.world import a_status, an_account, unique
from watertower.accounts.queries.accounts import find_account
from watertower.base.http.errors import WrongType
from watertower.federation.errors import DocumentGone, DocumentRefused
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.fetch_document import fetch_document
from watertower.federation.remote.note import status_by_uri


async def account_of(ctx, account_id):
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=account_id)


async def test_a_handle_leads_to_an_account_with_everything(ctx, far):
    bob = far.actor()
    bob.more |= {
        "type": ["Service", "Person"],
        "attachment": [
            {"type": "PropertyValue", "name": "Home", "value": '<a href="javascript:x">x</a>'},
            {"type": "Note", "name": "not a field"},
        ],
        "icon": [{"type": "Image", "url": f"{far.base}/me.png", "summary": "me"}],
        "manuallyApprovesFollowers": True,
        "alsoKnownAs": f"{far.base}/users/old",
        "url": [{"type": "Link", "href": f"{far.base}/@bob", "mediaType": "text/html"}],
        "tag": {"type": "Emoji", "name": ":blob:", "icon": {"url": f"{far.base}/blob.png"}},
    }

    found = await account_of(ctx, await ctx.remote.find_account(f"@{bob.name}@{far.host}"))

    assert (found.username, found.domain, found.actor_type) == (bob.name, far.host, "Service")
    assert (found.is_bot, found.is_locked) == (True, True)
    assert found.note_html == "<p>From  away</p>"
    assert [(field["name"], field["html"]) for field in found.fields] == [("Home", "x")]
    assert (found.avatar_remote_url, found.avatar_description) == (f"{far.base}/me.png", "me")
    assert list(found.also_known_as) == [f"{far.base}/users/old"]
    assert found.url == f"{far.base}/@bob"
    assert [emoji["shortcode"] for emoji in found.emojis] == ["blob"]
    assert found.shared_inbox_url == f"{far.base}/inbox"
    assert found.version == 1


async def test_what_is_known_and_fresh_is_not_asked_for_again(ctx, far):
    bob = far.actor()
    first = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    asked = len(far.asked)

    again = await ctx.remote.find_account(f"{bob.name}@{far.host}")
    by_url = await ctx.remote.find_by_url(bob.uri)
    by_page = await ctx.remote.find_by_url(f"{far.base}/@{bob.name}")

    assert (again, by_url, by_page) == (first, ("account", first), ("account", first))
    assert len(far.asked) == asked


async def test_a_name_that_its_domain_does_not_confirm_belongs_to_the_actor_s_host(ctx, far):
    bob = far.actor()
    bob.more["webfinger"] = "victim@127.0.0.1"

    found = await actor_by_uri(ctx, bob.uri)

    assert (found.username, found.domain) == ("victim", far.host)


async def test_nobody_elsewhere_is_one_of_us(ctx, far):
    alice, bob = await an_account(ctx), far.actor()
    bob.more["webfinger"] = f"{alice.username}@{ctx.settings.server.domain}"

    found = await actor_by_uri(ctx, bob.uri)

    assert found.domain == far.host
    assert await ctx.remote.find_by_url(f"{ctx.settings.base_url}/ap/users/1") is None


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"id": "https://victim.example/users/x"}, None),
        ({"type": "Note"}, "Not an actor"),
        ({"inbox": "https://victim.example/inbox"}, "The actor has no inbox on its own host"),
        ({"inbox": None}, "The actor has no inbox on its own host"),
        ({"preferredUsername": "a b"}, "The actor has no name"),
    ],
)
async def test_actors_that_contradict_themselves_are_refused(ctx, far, more, says):
    bob = far.actor()
    bob.more |= more

    with pytest.raises(Exception) as refused:
        await actor_by_uri(ctx, bob.uri)

    if says is not None:
        assert (type(refused.value), refused.value.says) == (DocumentRefused, says)
    assert await ctx.remote.find_by_url(bob.uri) is None


async def test_keys_on_other_hosts_or_of_others_are_not_kept(ctx, far):
    bob = far.actor()
    pem = bob.public_pem
    bob.more["publicKey"] = [
        {"id": f"{bob.uri}#main-key", "owner": bob.uri, "publicKeyPem": pem},
        {"id": "https://victim.example/u#key", "owner": bob.uri, "publicKeyPem": pem},
        {"id": f"{far.base}/k", "owner": f"{far.base}/users/other", "publicKeyPem": pem},
    ]

    found = await actor_by_uri(ctx, bob.uri)

    async with ctx.reading() as tx:
        rows = await tx.fetch_all("SELECT key_id FROM account_keys WHERE account_id = $1", found.id)
    assert [row["key_id"] for row in rows] == [f"{bob.uri}#main-key"]


async def test_a_document_under_another_address_is_fetched_at_its_own(ctx, far):
    note = far.actor().note()
    far.documents["/alias"] = note

    fetched = await fetch_document(ctx, f"{far.base}/alias")

    assert fetched.id == note["id"]
    assert [path for _, path in far.asked][-2:] == ["/alias", note["id"].removeprefix(far.base)]


async def test_documents_of_another_type_or_gone_are_not_believed(ctx, far):
    async def odd(request):
        body = json.dumps({"@context": AS, "id": str(request.url), "type": "Note"})
        return web.Response(text=body, content_type="application/json")

    async def gone_for_ever(_request):
        return web.Response(status=410)

    app = web.Application()
    app.router.add_get("/json", odd)
    app.router.add_get("/410", gone_for_ever)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        with pytest.raises(WrongType):
            await fetch_document(ctx, f"{base}/json")
        with pytest.raises(DocumentGone) as gone:
            await fetch_document(ctx, f"{base}/410")
    finally:
        await runner.cleanup()
    assert gone.value.is_for_ever


async def test_a_status_elsewhere_is_found_by_its_address(ctx, far):
    note = far.actor().note("<p>found</p>")

    kind, status_id = await ctx.remote.find_by_url(note["id"])
    known = await status_by_uri(ctx, note["id"])

    assert (kind, status_id) == ("status", known.id)


async def test_our_own_addresses_are_never_asked_for(ctx, far):
    alice = await an_account(ctx)
    status = await a_status(ctx, by=alice)

    assert await ctx.remote.find_by_url(status.uri) == ("status", status.id)
    assert await ctx.remote.find_by_url(alice.uri) == ("account", alice.id)
    assert await ctx.remote.find_by_url(alice.url) == ("account", alice.id)
    assert await ctx.remote.find_by_url(f"{ctx.settings.base_url}/nothing") is None
    assert await ctx.remote.find_account(alice.username) == alice.id
    domain = ctx.settings.server.domain
    assert await ctx.remote.find_account(f"{alice.username}@{domain}") == alice.id


async def test_a_name_that_changed_hands_goes_to_whom_the_domain_names(ctx, far):
    name = unique("heir")
    old = far.actor(name)
    first = await ctx.remote.find_account(f"{name}@{far.host}")
    heir = far.actor(unique("uri"))
    heir.more["preferredUsername"] = name
    far.actors[name] = heir

    found = await actor_by_uri(ctx, heir.uri)

    assert (found.username, found.id != first) == (name, True)
    assert (await account_of(ctx, first)).username == f"{name}_{first}"
    del old


async def test_unreachable_servers_find_nobody(ctx, far):
    await far.stop()

    assert await ctx.remote.find_account(f"bob@{far.host}") is None
    assert await ctx.remote.find_account("not a handle at all") is None
    assert await ctx.remote.find_by_url("http://127.0.0.1:1/x") is None
    assert await ctx.remote.find_by_url("javascript:alert(1)") is None

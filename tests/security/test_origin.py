"""No document is believed whose id, host, type or content type disagrees with where it came from."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web

from tests.federation.far import AS, PUBLIC, FarServer
from tests.world import a_follow, a_status, an_account
from watertower.accounts.queries.accounts import find_account
from watertower.base.errors import Refused
from watertower.federation.errors import DocumentRefused
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.fetch_document import document_address_in, fetch_document
from watertower.federation.remote.note import status_by_uri
from watertower.statuses.model import Visibility

ACTIVITY = "application/activity+json"


@pytest.fixture
async def evil(ctx, far):
    """A second server; what it answers for a path is (status, headers, body)."""
    answers, asked = {}, []

    async def answer(request):
        asked.append(request.path)
        status, headers, body = answers.get(request.path, (404, {}, ""))
        return web.Response(status=status, headers=headers, text=body)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()

    class Evil:
        base = f"http://127.0.0.1:{runner.addresses[0][1]}"

        def says(self, path, document, kind=ACTIVITY):
            answers[path] = (200, {"Content-Type": kind}, json.dumps(document))
            return self.base + path

        def leads(self, path, to, status=302):
            answers[path] = (status, {"Location": to}, "")
            return self.base + path

        def shows(self, path, page):
            answers[path] = (200, {"Content-Type": "text/html"}, page)
            return self.base + path

    found = Evil()
    found.asked = asked
    yield found
    await runner.cleanup()


async def status_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_one("SELECT * FROM statuses WHERE uri = $1", uri)


async def count(ctx, table):
    async with ctx.reading() as tx:
        return await tx.fetch_value(f"SELECT count(*) FROM {table}")


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def test_what_lies_elsewhere_under_the_id_of_another_is_asked_for_at_its_own(ctx, far, evil):
    victim = far.actor()
    true = victim.note("<p>true</p>")
    lie = evil.says("/lie", true | {"content": "<p>false</p>"})

    fetched = await fetch_document(ctx, lie)
    await status_by_uri(ctx, lie)

    assert (fetched.id, fetched.document["content"]) == (true["id"], "<p>true</p>")
    assert (await status_of(ctx, true["id"]))["content_html"] == "<p>true</p>"
    assert await status_of(ctx, lie) is None


async def test_an_actor_elsewhere_cannot_take_over_one_who_is_known(ctx, far, evil):
    victim = far.actor()
    before = await met(ctx, far, victim)
    lie = evil.says("/lie", victim.document() | {"name": "Mallory", "inbox": f"{evil.base}/inbox"})

    await actor_by_uri(ctx, lie)

    async with ctx.reading() as tx:
        after = await find_account(tx, account_id=before.id)
    assert (after.display_name, after.inbox_url) == (before.display_name, before.inbox_url)


async def test_where_a_redirect_ends_is_who_it_is(ctx, far, evil):
    victim = far.actor()
    note = victim.note("<p>true</p>")
    posing = {"@context": AS, "id": note["id"], "type": "Note", "attributedTo": victim.uri,
              "to": [PUBLIC], "content": "<p>false</p>"}  # fmt: skip
    evil.says("/end", posing)
    # From the victim's own host somebody is led away (an open redirect), and the other way round.
    for path in (evil.leads("/away", f"{evil.base}/end"), evil.leads("/in", note["id"], 301)):
        fetched = await fetch_document(ctx, path)
        assert (fetched.id, fetched.document["content"]) == (note["id"], "<p>true</p>")
    # A document that is never at the address it names is nobody's.
    evil.says("/nowhere", posing | {"id": f"{evil.base}/other"})
    evil.says("/other", posing | {"id": f"{evil.base}/third"})
    with pytest.raises(DocumentRefused):
        await fetch_document(ctx, f"{evil.base}/nowhere")


IDS = [None, "", 7, True, {}, [], ["x"], [[]], {"id": None}, "not an address", "ftp://x.example/1",
       "javascript:alert(1)", "data:,x", "//x.example/1", "https://", "https://a@b.example/1"]  # fmt: skip


@pytest.mark.parametrize("odd", IDS, ids=repr)
async def test_what_has_no_address_as_its_id_was_not_fetched(ctx, far, evil, odd):
    document = {"@context": AS, "id": odd, "type": "Note", "attributedTo": f"{evil.base}/u",
                "to": [PUBLIC], "content": "x"}  # fmt: skip
    with pytest.raises(DocumentRefused):
        await fetch_document(ctx, evil.says("/x", document))
    document.pop("id")
    with pytest.raises(DocumentRefused):
        await fetch_document(ctx, evil.says("/x", document))


async def test_an_id_that_is_several_or_wrapped_is_none(ctx, far, evil):
    note = far.actor().note("<p>true</p>")
    for odd in ([note["id"], f"{evil.base}/x"], [f"{evil.base}/x"], {"id": f"{evil.base}/x"}):
        with pytest.raises(DocumentRefused):
            await fetch_document(ctx, evil.says("/x", note | {"id": odd}))


KINDS = ["application/json", "text/html", "text/plain", "application/octet-stream", "image/png",
         "application/ld+json", 'application/ld+json; profile="https://evil.example/"', ""]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
async def test_only_activitypubs_own_types_are_documents(ctx, far, evil, kind):
    path = "/upload.json"
    document = {"@context": AS, "id": evil.base + path, "type": "Person"}
    with pytest.raises(Refused):
        await fetch_document(ctx, evil.says(path, document, kind))


async def test_a_page_leads_to_a_document_that_is_asked_for_where_it_is(ctx, far, evil):
    victim = far.actor()
    note = victim.note("<p>true</p>")
    lie = evil.says("/lie", note | {"content": "<p>false</p>"})
    link = f'<link rel="alternate" type="{ACTIVITY}" href="{{}}">'
    to_lie = evil.shows("/page", link.format(lie))
    to_true = evil.shows("/page2", link.format(note["id"]))

    with pytest.raises(DocumentRefused):  # one step is taken and no second
        await fetch_document(ctx, to_lie, finds_pages=True)
    fetched = await fetch_document(ctx, to_true, finds_pages=True)
    assert fetched.document["content"] == "<p>true</p>"
    assert await ctx.remote.find_by_url(to_lie) is None


def test_hostile_pages_are_searched_for_their_document_in_bounded_time():
    import time

    from multidict import CIMultiDict, CIMultiDictProxy

    from watertower.base.http.answer import Answer

    for piece in ("<link ", "<link a='", "<link rel=alternate ", "<", "<link" + " a=b" * 400):
        headers = CIMultiDictProxy(CIMultiDict({"Link": "<" * 4000 + ";" * 4000}))
        body = (piece * (1_000_000 // len(piece))).encode()
        started = time.process_time()
        assert document_address_in(Answer(200, headers, body, "https://x.example/")) is None
        assert time.process_time() - started < 2


async def test_addresses_of_an_actor_on_other_hosts_are_left_out(ctx, far):
    bob = far.actor()
    other = "https://victim.example"
    bob.more |= {
        "outbox": f"{other}/outbox",
        "followers": f"{other}/followers",
        "following": f"{other}/following",
        "featured": f"{other}/featured",
        "endpoints": {"sharedInbox": f"{other}/inbox"},
        "url": f"{other}/@president",
    }

    found = await met(ctx, far, bob)

    assert found.url == bob.uri
    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM accounts WHERE id = $1", found.id)
    for name in ("outbox_url", "followers_url", "following_url", "featured_url"):
        assert row[name] == "", name
    assert row["shared_inbox_url"] in {"", row["inbox_url"]}


async def test_a_post_is_not_shown_under_an_address_on_another_host(ctx, far, post, settle):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note(url="https://bank.example/login")

    await post(bob, bob.activity("Create", note))
    await settle()

    assert (await status_of(ctx, note["id"]))["url"] == note["id"]


async def test_terms_that_are_spelt_otherwise_mean_nothing(ctx, far):
    bob = far.actor()
    bob.more |= {
        "@context": [AS, {"x": "http://joinmastodon.org/ns#attributionDomains", "ssb": "inbox"}],
        "x": ["victim.example"],
        "toot:attributionDomains": ["victim.example"],
        "http://joinmastodon.org/ns#attributionDomains": ["victim.example"],
        "as:alsoKnownAs": ["https://victim.example/users/x"],
        "as:publicKey": {"id": "https://victim.example/key", "publicKeyPem": "x"},
    }

    found = await met(ctx, far, bob)

    async with ctx.reading() as tx:
        row = await tx.fetch_one(
            "SELECT attribution_domains, also_known_as FROM accounts WHERE id = $1", found.id
        )
        keys = await tx.fetch_all("SELECT key_id FROM account_keys WHERE account_id = $1", found.id)
    assert (list(row["attribution_domains"]), list(row["also_known_as"])) == ([], [])
    assert [key["key_id"] for key in keys] == [bob.key_id]


async def test_nobody_changes_the_post_of_another_on_the_same_host(ctx, far, post, settle):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note("<p>before</p>")
    await post(bob, bob.activity("Create", note))
    await settle()
    later = (datetime.now(UTC) + timedelta(seconds=5)).strftime("%Y-%m-%dT%H:%M:%SZ")
    forged = note | {"content": "<p>after</p>", "updated": later}

    for document in (forged, forged | {"attributedTo": mallory.uri}, [forged]):
        await post(mallory, mallory.activity("Update", document))
    await settle()

    found = await status_of(ctx, note["id"])
    assert (found["content_html"], found["edited_at"]) == ("<p>before</p>", None)


async def test_nobody_on_another_host_deletes_changes_or_announces_in_a_name_that_is_not_theirs(
    ctx, far, post, settle
):
    other = FarServer()
    await other.start()
    try:
        alice, bob, mallory = await an_account(ctx), far.actor(), other.actor()
        await a_follow(ctx, alice, await met(ctx, far, bob))
        note = bob.note("<p>mine</p>")
        await post(bob, bob.activity("Create", note))
        await settle()
        for kind in ("Delete", "Update", "Create"):
            answer = await post(mallory, mallory.activity(kind, note | {"content": "x"}))
            assert answer.status == 400, kind
            # Said to be bob's, signed by mallory.
            said = bob.activity(kind, note | {"content": "x"})
            assert (await post(mallory, said)).status == 401, kind
        await settle()
    finally:
        await other.stop()

    found = await status_of(ctx, note["id"])
    assert (found["content_html"], found["deleted_at"]) == ("<p>mine</p>", None)


async def test_what_is_said_to_be_ours_is_never_taken_from_others(ctx, far, post, settle, evil):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    ours = await a_status(ctx, by=alice, text="ours")
    base = ctx.settings.base_url
    for uri in (ours.uri, f"{base}/ap/users/{alice.id}/statuses/77", f"{base}/@nobody/1"):
        forged = bob.note("<p>false</p>") | {"id": uri}
        assert (await post(bob, bob.activity("Create", forged))).status == 400
        forged["attributedTo"] = alice.uri
        assert (await post(bob, bob.activity("Update", forged))).status == 400
        for address in (evil.says("/ours", forged), f"{base}/@nobody/1"):
            with pytest.raises(Refused):
                await fetch_status(ctx, address, known=ours)
    with pytest.raises(Refused):
        await actor_by_uri(
            ctx, evil.says("/me", far.actor().document() | {"id": f"{base}/ap/users/{alice.id}9"})
        )
    await settle()
    assert (await status_of(ctx, ours.uri))["content_html"] == "<p>ours</p>"


async def fetch_status(ctx, address, *, known):
    """The status of this address; what leads to the true one of ours is no lie."""
    found = await status_by_uri(ctx, address)
    if found.id == known.id:
        raise DocumentRefused("it is the true one")


async def test_a_key_that_lies_where_it_is_asked_for_but_has_another_id_is_not_kept(
    ctx, far, post, evil, client
):
    from watertower.federation.signatures.sign import SigningKey

    bob = far.actor()
    alice = await an_account(ctx)
    follow = bob.activity("Follow", alice.uri)
    for path, document in {
        "/key": {"id": f"{evil.base}/another", "type": "Key", "owner": bob.uri,
                 "publicKeyPem": bob.public_pem},
        "/key2": {"id": f"{evil.base}/key2", "type": "Key", "owner": bob.uri,
                  "publicKeyPem": bob.public_pem},
        "/key3": bob.document() | {"id": f"{evil.base}/key3"},
    }.items():  # fmt: skip
        key = SigningKey(evil.says(path, document), bob.private_pem)
        answer = await post(bob, follow, key=key)
        assert answer.status == 401, path
    async with ctx.reading() as tx:
        kept = await tx.fetch_all(
            "SELECT key_id FROM account_keys WHERE key_id LIKE $1", f"{evil.base}%"
        )
    assert kept == []


async def test_nothing_happens_before_the_signature_is_known_to_be_the_actors(
    ctx, far, post, settle
):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await met(ctx, far, bob)
    await met(ctx, far, mallory)
    status = await a_status(ctx, by=alice)
    before = [await count(ctx, table) for table in ("received_activities", "favourites", "follows")]
    asked = len(far.asked)

    for activity in (
        bob.activity("Follow", alice.uri),
        bob.activity("Like", status.uri),
        bob.activity("Delete", bob.uri),
    ):
        assert (await post(mallory, activity)).status == 401
    await settle()

    after = [await count(ctx, table) for table in ("received_activities", "favourites", "follows")]
    assert (after, len(far.asked)) == (before, asked)


@pytest.mark.parametrize(
    "key_id",
    ["http://10.0.0.1/key", "http://[::ffff:169.254.169.254]/k", "http://2130706433/k",
     "https://[::1]/k", "file:///etc/passwd", "gopher://x.example/", "data:,x"],
)  # fmt: skip
async def test_a_key_at_a_private_address_is_not_asked_for(ctx, far, post, key_id):
    from watertower.federation.signatures.sign import SigningKey

    bob = far.actor()
    activity = bob.activity("Follow", (await an_account(ctx)).uri)

    answers = [await post(bob, activity, key=SigningKey(key_id, bob.private_pem)) for _ in "12"]

    assert {answer.status for answer in answers} <= {400, 401, 503}
    assert far.asked == []
    assert await count_of(ctx, activity) == 0


async def count_of(ctx, activity):
    async with ctx.reading() as tx:
        return await tx.fetch_value(
            "SELECT count(*) FROM received_activities WHERE activity_uri = $1", activity["id"]
        )


async def test_a_stamp_or_an_answer_of_somebody_else_settles_nothing(ctx, far, post, settle):
    alice, author, quoter, mallory = await an_account(ctx), *(far.actor() for _ in range(3))
    await a_follow(ctx, alice, await met(ctx, far, quoter))
    quoted = author.note("<p>quoted</p>")
    stamp = {"id": f"{mallory.uri}/stamps/1", "type": "QuoteAuthorization",
             "attributedTo": mallory.uri, "interactionTarget": quoted["id"]}  # fmt: skip
    quote = quoter.note(
        "<p>look</p>", quote=quoted["id"], quoteAuthorization={**stamp, "attributedTo": author.uri}
    )
    await post(quoter, quoter.activity("Create", quote))
    await post(mallory, mallory.activity("Accept", {"type": "QuoteRequest", "object": quoted["id"],
                                                    "instrument": quote["id"]}, result=stamp))  # fmt: skip
    await settle()

    found = await status_of(ctx, quote["id"])
    assert found["quote_state"] != "accepted"
    assert found["visibility"] == Visibility.PUBLIC


async def test_things_that_nobody_asked_for_are_not_believed(ctx, far, post, settle, outcome_of):
    """A community's ban, a foreign list, an Accept of what nobody asked: nothing changes."""
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    account = await met(ctx, far, bob)
    follow_id = await a_follow(ctx, alice, account)
    await met(ctx, far, mallory)
    for activity in (
        mallory.activity("Block", bob.uri, target=f"{far.base}/c/1"),
        mallory.activity("Remove", bob.uri, target=f"{far.base}/c/1/followers"),
        mallory.activity("Add", alice.uri, target=f"{alice.uri}/collections/featured"),
        mallory.activity("Create", {"id": f"{mallory.uri}/lists/1", "type": "Playlist",
                                    "attributedTo": bob.uri, "to": [PUBLIC]}),
        mallory.activity("Accept", f"{ctx.settings.base_url}/actor#relay-follow"),
        mallory.activity("Accept", f"{ctx.settings.base_url}/follows/{follow_id}"),
        mallory.activity("Accept", {"type": "Follow", "actor": alice.uri, "object": mallory.uri}),
        mallory.activity("Reject", {"type": "Follow", "actor": alice.uri, "object": bob.uri}),
        mallory.activity("Undo", {"type": "Follow", "actor": bob.uri, "object": alice.uri}),
    ):  # fmt: skip
        await post(mallory, activity)
        await settle()
        state, reason = await outcome_of(activity)
        assert state in {"ignored", "refused"}, (activity["type"], state, reason)
    async with ctx.reading() as tx:
        follows = await tx.fetch_all(
            "SELECT target_account_id FROM follows WHERE account_id = $1", alice.id
        )
    assert [row["target_account_id"] for row in follows] == [account.id]

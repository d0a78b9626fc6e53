"""However much others send, and however it is nested, what it costs us is bounded."""

import re
import time

import pytest
from aiohttp import web

from tests.federation.far import AS, PUBLIC
from tests.feeds.world import sql
from tests.world import a_follow, a_status, a_token, an_account, unique
from watertower.accounts.queries.accounts import find_account
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.note import ANCESTORS_FETCHED

MANY, LONGEST_BLURHASH = 10_000, 200


async def met(ctx, far, actor):
    found = await ctx.remote.find_account(f"{actor.name}@{far.host}")
    async with ctx.reading() as tx:
        return await find_account(tx, account_id=found)


async def row_of(ctx, uri):
    async with ctx.reading() as tx:
        return await tx.fetch_one("SELECT * FROM statuses WHERE uri = $1", uri)


async def test_an_actor_with_far_too_much_of_everything_is_cut(ctx, far, client):
    bob = far.actor()
    long = "x" * 30_000
    bob.more |= {
        "name": long,
        "summary": f"<p>{long}</p>",
        "attachment": [
            {"type": "PropertyValue", "name": f"n{n}", "value": long[:3000]} for n in range(50)
        ]
        + [{"type": "PropertyValue", "name": f"m{n}", "value": "v"} for n in range(5000)],
        "tag": [
            {"type": "Emoji", "name": f":e{n}:", "icon": {"url": f"{far.base}/e{n}.png"}}
            for n in range(2000)
        ],
        "alsoKnownAs": [f"{far.base}/users/a{n}" for n in range(5000)],
        "attributionDomains": [f"d{n}.example" for n in range(5000)],
        "publicKey": [
            {"id": f"{bob.uri}#k{n}", "owner": bob.uri, "publicKeyPem": bob.public_pem}
            for n in range(50)
        ],
    }

    found = await actor_by_uri(ctx, bob.uri)

    async with ctx.reading() as tx:
        account = await find_account(tx, account_id=found.id)
        keys = await tx.fetch_value(
            "SELECT count(*) FROM account_keys WHERE account_id = $1", found.id
        )
    assert len(account.display_name) == 2048
    assert len(account.note_html) <= 20_000
    assert len(account.fields) <= 50
    assert max(len(one["html"]) for one in account.fields) <= 2047
    assert len(account.emojis) <= 100
    assert len(account.also_known_as) <= 256
    assert keys <= 10
    assert len((await client.get(f"/api/v1/accounts/{found.id}")).body) < 400_000


async def test_a_post_with_far_too_much_of_everything_is_cut(ctx, far, post, settle, client):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    note = bob.note(
        "<p>" + "y" * 200_000,
        summary="w" * 50_000,
        tag=[{"type": "Hashtag", "name": f"#t{n}"} for n in range(3000)]
        + [{"type": "Mention", "href": f"{far.base}/users/nobody{n}"} for n in range(3000)],
        attachment=[
            {"type": "Image", "url": f"{far.base}/{n}.png", "mediaType": "image/png",
             "name": "d" * 15_000, "blurhash": "b" * 5000}
            for n in range(12)
        ],
        conversation="c" * 50_000,
    )  # fmt: skip
    del far.documents[note["id"].removeprefix(far.base)]
    asked = len(far.asked)

    answer = await post(bob, bob.activity("Create", note))
    await settle()

    assert answer.status == 202
    row = await row_of(ctx, note["id"])
    assert len(row["content_html"]) <= 65_536
    assert len(row["content_warning"]) <= 2000
    assert len(row["media_ids"]) == 4
    tags = "SELECT count(*) FROM status_tags WHERE status_id = $1"
    assert await sql(ctx, tags, row["id"]) <= 100
    media = "SELECT max(length(blurhash)) FROM media_attachments WHERE status_id = $1"
    assert (await sql(ctx, media, row["id"]) or 0) <= LONGEST_BLURHASH
    assert len(far.asked) - asked < 30
    app = client.signed_in(await a_token(ctx, alice))
    assert (await app.get("/api/v1/timelines/home")).status == 200


async def test_a_flag_of_thousands_is_one_small_report(ctx, far, post, settle, client):
    alice, other, bob = await an_account(ctx), await an_account(ctx), far.actor()
    own = [await a_status(ctx, by=alice) for _ in range(3)]
    foreign = [await a_status(ctx, by=other) for _ in range(2)]
    things = [alice.uri, *(s.uri for s in own + foreign)]
    things += [f"https://x.example/{n}" for n in range(MANY)]
    words = "<script>alert(1)</script>" + "z" * 100_000

    await post(bob, bob.activity("Flag", things, content=words))
    await settle()

    async with ctx.reading() as tx:
        rows = await tx.fetch_all("SELECT * FROM reports WHERE target_account_id = $1", alice.id)
        others = await tx.fetch_all("SELECT * FROM reports WHERE target_account_id = $1", other.id)
    assert (len(rows), others) == (1, [])
    assert sorted(rows[0]["status_ids"]) == sorted(status.id for status in own)
    assert len(rows[0]["comment"]) <= 5000


async def test_answers_without_end_are_followed_only_so_far(ctx, far, post, settle):
    """Each answered post answers another that the hostile server makes up when it is asked."""
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    made = []

    class Endless(dict):
        def get(self, path, default=None):
            if "/endless/" not in path:
                return super().get(path, default)
            number = int(path.rpartition("/")[2])
            made.append(number)
            author = far.actor(f"liar{number}_{mark}")
            return {
                "@context": AS,
                "id": far.base + path,
                "type": "Note",
                "attributedTo": author.uri,
                "to": [PUBLIC],
                "content": "x",
                "inReplyTo": f"{far.base}/endless/{number + 1}",
                "tag": [
                    {"type": "Mention", "href": f"{far.base}/users/{far.actor().name}"}
                    for _ in range(50)
                ],
            }

    mark = unique("m").rsplit("_", 1)[1]
    far.documents = Endless(far.documents)
    async with ctx.reading() as tx:
        before = await tx.fetch_value("SELECT count(*) FROM accounts")

    await post(bob, bob.activity("Create", bob.note(inReplyTo=f"{far.base}/endless/0")))
    await settle()

    async with ctx.reading() as tx:
        kept = await tx.fetch_value(
            "SELECT count(*) FROM statuses WHERE uri LIKE $1", f"{far.base}/endless/%"
        )
        after = await tx.fetch_value("SELECT count(*) FROM accounts")
        waiting = await tx.fetch_value("SELECT count(*) FROM pgqueuer")
    assert kept == len(set(made)) == ANCESTORS_FETCHED
    assert after - before <= 6 * ANCESTORS_FETCHED
    assert waiting < 200


async def test_counts_of_a_poll_are_its_authors_and_make_sense(ctx, far, post, settle):
    alice, bob, mallory = await an_account(ctx), far.actor(), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))

    def question(tea, coffee, voters):
        return [
            {"type": "Note", "name": name, "replies": {"type": "Collection", "totalItems": n}}
            for name, n in (("Tea", tea), ("Coffee", coffee))
        ], voters

    options, voters = question(3, 4, 7)
    poll = bob.note(type="Question", oneOf=options, votersCount=voters)
    await post(bob, bob.activity("Create", poll))
    await settle()

    async def tallies():
        async with ctx.reading() as tx:
            row = await tx.fetch_one(
                "SELECT p.tallies, p.voters_count FROM polls p JOIN statuses s ON s.poll_id = p.id "
                "WHERE s.uri = $1",
                poll["id"],
            )
        return list(row["tallies"]), row["voters_count"]

    assert await tallies() == ([3, 4], 7)
    options, voters = question(900, 900, 1800)
    forged = poll | {"oneOf": options, "votersCount": voters}
    await post(mallory, mallory.activity("Update", forged))
    await settle()
    assert await tallies() == ([3, 4], 7)
    for odd in (-5, 10**18, "many", 1.5e308, None, [], {"x": 1}, True):
        options, voters = question(odd, odd, odd)
        await post(bob, bob.activity("Update", poll | {"oneOf": options, "votersCount": voters}))
        await settle()
        found, count = await tallies()
        assert all(0 <= one <= 2**31 - 1 for one in found), odd
        assert count is None or 0 <= count <= 2**31 - 1, odd


ODD_THINGS = [
    {"type": "Note", "id": "https://x.example/1", "content": "no picture"},
    {"type": "Person", "id": "https://x.example/u", "inbox": []},
    {"type": "Frobnicator", "url": {"href": {"href": 1}}},
    {"type": ["Image", None], "url": [{"type": "Link", "href": 7}], "mediaType": ["a", 1]},
    {"type": "Document", "url": "javascript:alert(1)", "mediaType": "image/png"},
    {"type": "Document", "mediaType": "text/html", "url": "https://x.example/page.html"},
    "https://x.example/plain", 7, None, True, [], [[]], {}, {"type": {}},
]  # fmt: skip


@pytest.mark.parametrize("where", ["attachment", "tag", "icon", "inReplyTo", "url", "replies"])
async def test_odd_things_break_no_list(ctx, far, post, settle, client, where):
    alice, bob = await an_account(ctx), far.actor()
    await a_follow(ctx, alice, await met(ctx, far, bob))
    for odd in ODD_THINGS:
        note = bob.note("<p>whole</p>", **{where: [odd, odd] if where != "url" else odd})
        await post(bob, bob.activity("Create", note))
    await settle()

    app = client.signed_in(await a_token(ctx, alice))
    shown = (await app.get("/api/v1/timelines/home")).json
    assert [one["content"] for one in shown] == ["<p>whole</p>"] * len(ODD_THINGS)
    for one in shown:
        assert (await client.get(f"/api/v1/statuses/{one['id']}/context")).status == 200


async def test_words_of_others_are_in_no_label_of_the_metrics(ctx, far, post, settle, client):
    word = unique("label").replace("_", "")
    bob = far.actor(word)
    for n in range(3):
        await post(bob, bob.activity(f"{word}{n}", bob.uri))
        await client.get(f"/{word}{n}/x/y")
        await client.get(f"/api/v1/{word}{n}")
        await client.call(f"{word.upper()}{n}", "/")
    await settle()

    told = (await client.get("/metrics")).text
    assert "watertower_received_total" in told
    assert word not in told.lower()
    assert far.host not in told


async def test_a_blocked_server_leaves_no_trace_however_often_it_comes(ctx, far, post, settle):
    from watertower.federation.policies import forget_policies

    await sql(
        ctx,
        "INSERT INTO server_policies (domain, severity) VALUES ($1, 'suspend')",
        far.host,
    )
    forget_policies()
    alice = await an_account(ctx)
    tables = ("accounts", "statuses", "received_activities", "account_keys", "pgqueuer")

    async def counts():
        return [await sql(ctx, f"SELECT count(*) FROM {table}") for table in tables]

    before = await counts()
    for _ in range(40):
        bob = far.actor()
        answer = await post(bob, bob.activity("Create", bob.note(to=[alice.uri])))
        assert answer.status == 403
    assert (await counts(), far.asked) == (before, [])


async def test_an_actor_who_is_asked_for_by_many_at_once_is_one(ctx, far):
    import asyncio

    bob = far.actor()

    found = await asyncio.gather(*(actor_by_uri(ctx, bob.uri) for _ in range(40)))
    by_handle = await asyncio.gather(
        *(ctx.remote.find_account(f"@{bob.name}@{far.host}") for _ in range(20))
    )

    assert {one.id for one in found} == set(by_handle)
    assert await sql(ctx, "SELECT count(*) FROM accounts WHERE uri = $1", bob.uri) == 1


async def test_many_who_delete_themselves_at_once_do_not_stand_in_each_others_way(
    ctx, far, post, settle, outcome_of
):
    alice = await an_account(ctx)
    gone = [far.actor() for _ in range(30)]
    for bob in gone:
        account = await met(ctx, far, bob)
        await a_follow(ctx, alice, account)
        await a_follow(ctx, account, alice)
    import asyncio

    deletes = [bob.activity("Delete", bob.uri) for bob in gone]
    answers = await asyncio.gather(
        *(post(bob, delete) for bob, delete in zip(gone, deletes, strict=True))
    )
    await settle()

    assert {answer.status for answer in answers} == {202}
    assert {await outcome_of(delete) for delete in deletes} == {("done", "")}
    ties = "SELECT count(*) FROM follows WHERE account_id = $1 OR target_account_id = $1"
    assert await sql(ctx, ties, alice.id) == 0


async def test_a_webfinger_template_with_entities_is_words_and_loads_nothing(ctx, far):
    """Billions of laughs and files in host-meta: it is searched for a link and never parsed."""
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    page = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{lol}'
        '<!ENTITY file SYSTEM "file:///etc/passwd">]>'
        '<XRD><Link rel="lrdd" template="{base}/&l11;&file;/{{uri}}"/></XRD>'
    )
    asked = []

    async def answer(request):
        asked.append(request.path_qs)
        if request.path == "/.well-known/host-meta":
            text = page.replace("{base}", base).replace("{{uri}}", "{uri}")
            return web.Response(text=text, content_type="application/xrd+xml")
        return web.Response(status=404)

    app = web.Application()
    app.router.add_get("/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    base = f"http://127.0.0.1:{runner.addresses[0][1]}"
    started = time.process_time()
    try:
        found = await ctx.remote.find_account(f"x@{base.removeprefix('http://')}")
    finally:
        await runner.cleanup()

    assert found is None
    assert time.process_time() - started < 2
    assert max(len(path) for path in asked) < 500
    assert not any("root:" in path for path in asked)


def test_no_parser_of_xml_is_in_the_program():
    from pathlib import Path

    import watertower

    parsers = re.compile(
        r"^\s*(?:import|from)\s+(?:xml\.(?:etree|dom|sax\b(?!\.saxutils))|lxml|defusedxml)",
        re.MULTILINE,
    )
    using = [
        file.name
        for file in Path(watertower.__file__).parent.rglob("*.py")
        if parsers.search(file.read_text())
    ]
    assert using == []


def test_no_archive_of_others_is_unpacked():
    from pathlib import Path

    import watertower

    unpacks = re.compile(r"\b(?:extractall|unpack_archive|\.extract\(|ZipFile\([^)]*\"r)")
    using = [
        file.name
        for file in Path(watertower.__file__).parent.rglob("*.py")
        if unpacks.search(file.read_text())
    ]
    # The embedded database comes with the package and is no archive of anybody else.
    assert using == []

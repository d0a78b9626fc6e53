"""The gate of the inbox: what is refused, with which status, and what it costs."""

from datetime import UTC, datetime, timedelta

from tests.world import a_status, an_account
from watertower.federation.policies import forget_policies


async def test_more_than_a_megabyte_is_too_large(ctx, far, post):
    bob = far.actor()

    answer = await post(bob, {}, body=b" " * 1_048_577)

    assert answer.status == 413


async def test_what_is_no_activity_is_refused(far, client):
    for body in (b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"type": "Like"}', b"[" * 100_000):
        answer = await client.post("/inbox", data=body)
        assert answer.status == 400, body[:20]


async def test_an_id_on_another_host_is_refused(ctx, far, post):
    bob = far.actor()
    alice = await an_account(ctx)

    answer = await post(bob, bob.activity("Follow", alice.uri) | {"id": "https://else.example/1"})

    assert (answer.status, answer.json) == (400, {"error": "The id is not on the actor's host"})


async def test_a_suspended_server_is_refused_before_its_key_is_fetched(ctx, far, post):
    bob = far.actor()
    async with ctx.transaction() as tx:
        await tx.execute(
            "INSERT INTO server_policies (domain, severity) VALUES ($1, 'suspend')", far.host
        )
    forget_policies()

    answer = await post(bob, bob.activity("Follow", (await an_account(ctx)).uri))

    assert (answer.status, far.asked) == (403, [])


async def test_an_old_request_is_refused(ctx, far, post):
    bob = far.actor()
    long_ago = datetime.now(UTC) - timedelta(days=1)

    answer = await post(bob, bob.activity("Follow", (await an_account(ctx)).uri), at=long_ago)

    assert (answer.status, far.asked) == (401, [])


async def test_a_key_that_cannot_be_fetched_is_our_trouble_not_the_sender_s(ctx, far, post):
    bob = far.actor()
    follow = bob.activity("Follow", (await an_account(ctx)).uri)
    await far.stop()

    answer = await post(bob, follow)

    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")


async def test_a_key_that_is_not_there_is_asked_for_once(ctx, far, post):
    bob = far.actor()
    del far.actors[bob.name]
    alice = await an_account(ctx)

    first = await post(bob, bob.activity("Follow", alice.uri))
    asked = len(far.asked)
    second = await post(bob, bob.activity("Follow", alice.uri))

    assert (first.status, second.status) == (401, 401)
    assert len(far.asked) == asked


async def test_a_known_sender_costs_few_queries(ctx, far, post, queries):
    status = await a_status(ctx, by=await an_account(ctx))
    bob = far.actor()
    await post(bob, bob.activity("Like", status.uri))
    queries.clear()

    await post(bob, bob.activity("Like", status.uri))

    assert len(queries) <= 4


async def test_types_we_do_not_understand_are_kept_with_the_reason(far, post, settle, outcome_of):
    bob = far.actor()
    odd = bob.activity("Frobnicate", bob.uri)

    answer = await post(bob, odd)
    await settle()

    assert answer.status == 202
    assert await outcome_of(odd) == ("ignored", "Frobnicate is not a type we understand")


async def test_nul_and_surrogates_do_no_harm(ctx, far, post, settle, outcome_of):
    alice, bob = await an_account(ctx), far.actor()
    note = bob.note(
        "<p>a\x00b</p>",
        to=[alice.uri],
        summary="x\x00y",
        tag=[
            {"type": "Mention", "href": alice.uri, "name": "\x00"},
            {"type": "Hashtag", "name": "#\x00", "href": 5},
            None,
            7,
        ],
        attachment=[None, {"type": "Image", "url": [{"href": "\x00"}]}],
        inReplyTo={"id": 7},
        url=[None, {"href": {}}],
        published="yesterday",
        updated=[],
        conversation="tag:\x00",
    )
    create = bob.activity("Create", note)

    await post(bob, create)
    await settle()

    assert await outcome_of(create) == ("done", "")
    async with ctx.reading() as tx:
        html = await tx.fetch_value("SELECT content_html FROM statuses WHERE uri = $1", note["id"])
    assert html == "<p>ab</p>"

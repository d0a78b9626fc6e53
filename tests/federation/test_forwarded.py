"""Answers forwarded by the server of whom they answer: believed when the author's server agrees."""

import pytest

from tests.federation.far import PUBLIC, FarServer
from tests.world import a_follow, an_account
from watertower.accounts.access.accounts import account_for
from watertower.federation.remote.actor import actor_by_uri
from watertower.federation.remote.own import known_status

SIGNATURE = {"signature": {"type": "RsaSignature2017", "signatureValue": "bm90aGluZw=="}}


@pytest.fixture
async def other(far):
    """The server of whoever answers."""
    server = FarServer()
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
async def thread(ctx, far, post, settle):
    """A post of somebody whom a member follows; the author and the post."""
    author = far.actor()
    actor = await actor_by_uri(ctx, author.uri)
    await a_follow(ctx, await an_account(ctx), await account_for(ctx, account_id=actor.id))
    note = author.note(cc=[author.followers])
    await post(author, author.activity("Create", note))
    await settle()
    return author, note


async def test_a_forwarded_answer_is_taken_from_its_authors_server(
    ctx, other, post, settle, thread, outcome_of
):
    author, note = thread
    writer = other.actor()
    answer = writer.note("<p>Really said</p>", to=[PUBLIC], cc=[author.uri], inReplyTo=note["id"])
    forged = answer | {"content": "<p>Never said</p>"}
    activity = writer.activity("Create", forged) | SIGNATURE

    assert (await post(author, activity)).status == 202
    await settle()

    assert await outcome_of(activity) == ("done", "")
    status = await known_status(ctx, answer["id"])
    async with ctx.reading() as tx:
        content = await tx.fetch_value("SELECT content_html FROM statuses WHERE id = $1", status.id)
    assert content == "<p>Really said</p>"


async def test_an_invented_answer_is_not_kept(ctx, other, post, settle, thread):
    author, note = thread
    writer = other.actor()
    answer = writer.note(to=[PUBLIC], inReplyTo=note["id"])
    del other.documents[answer["id"].removeprefix(other.base)]

    await post(author, writer.activity("Create", answer) | SIGNATURE)
    await settle()

    assert await known_status(ctx, answer["id"]) is None


async def test_what_answers_nothing_that_we_know_is_not_fetched(
    ctx, far, other, post, settle, outcome_of
):
    forwarder, writer = far.actor(), other.actor()
    answer = writer.note(to=[PUBLIC], inReplyTo=f"{far.base}/notes/unknown")
    activity = writer.activity("Create", answer) | SIGNATURE

    await post(forwarder, activity)
    await settle()

    assert await outcome_of(activity) == (
        "ignored",
        "forwarded, and answers nothing that we know",
    )
    assert other.asked == []


async def test_a_forwarded_follow_is_nobodys_word(ctx, far, other, post, settle, outcome_of):
    member = await an_account(ctx)
    activity = other.actor().activity("Follow", member.uri) | SIGNATURE

    await post(far.actor(), activity)
    await settle()

    assert await outcome_of(activity) == ("ignored", "forwarded, and nothing that is told so")


async def test_a_forwarded_deletion_is_confirmed_by_the_authors_server(
    ctx, other, post, settle, thread
):
    author, note = thread
    writer = other.actor()
    answer = writer.note(to=[PUBLIC], inReplyTo=note["id"])
    await post(author, writer.activity("Create", answer) | SIGNATURE)
    await settle()
    await post(author, writer.activity("Delete", answer["id"]) | SIGNATURE)
    await settle()
    assert await known_status(ctx, answer["id"]) is not None

    del other.documents[answer["id"].removeprefix(other.base)]
    await post(author, writer.activity("Delete", answer["id"]) | SIGNATURE)
    await settle()

    assert await known_status(ctx, answer["id"]) is None

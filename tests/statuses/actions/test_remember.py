"""Statuses that other servers send: remembered, edited, counted, forgotten."""

import asyncio
from datetime import timedelta

from tests.world import a_status, a_token, an_account, unique
from watertower.media.steps.remote import RemoteFile
from watertower.statuses.access.known import known_status, known_status_at
from watertower.statuses.actions.boost import boost
from watertower.statuses.actions.forget import forget
from watertower.statuses.actions.remember import remember
from watertower.statuses.actions.remember_edit import remember_edit
from watertower.statuses.model import Visibility
from watertower.statuses.received import ReceivedPoll, ReceivedStatus


async def a_stranger(ctx):
    return await an_account(ctx, domain=f"{unique('far').replace('_', '')}.example")


def sent_by(ctx, who, **changed):
    name = unique("n")
    return ReceivedStatus(
        **(
            {
                "uri": f"{who.uri}/statuses/{name}",
                "url": f"{who.url}/{name}",
                "content_html": "<p>From afar</p>",
                "visibility": Visibility.PUBLIC,
                "created_at": ctx.now() - timedelta(hours=1),
            }
            | changed
        )
    )


async def shown(client, status_id):
    return (await client.get(f"/api/v1/statuses/{status_id}")).json


async def test_it_is_shown_with_all_its_parts_and_kept_once(ctx, client):
    far, alice = await a_stranger(ctx), await an_account(ctx)
    sent = sent_by(
        ctx,
        far,
        content_warning="cw",
        is_sensitive=True,
        language="fr",
        mentioned_ids=[alice.id],
        tags=["Chats"],
        media=[RemoteFile(url="https://far.example/a.png", content_type="image/png")],
        poll=ReceivedPoll(options=["a", "b"], tallies=[3], voters_count=3),
        emojis=[("blob", "https://far.example/blob.png", None)],
    )

    ids = await asyncio.gather(*(remember(ctx, author_id=far.id, received=sent) for _ in range(5)))

    assert len(set(ids)) == 1
    status = await shown(client, ids[0])
    assert status["content"] == "<p>From afar</p>"
    assert (status["uri"], status["url"]) == (sent.uri, sent.url)
    assert (status["spoiler_text"], status["language"]) == ("cw", "fr")
    assert [mention["id"] for mention in status["mentions"]] == [str(alice.id)]
    assert [tag["name"] for tag in status["tags"]] == ["chats"]
    assert [media["remote_url"] for media in status["media_attachments"]] == [
        "https://far.example/a.png"
    ]
    assert [option["votes_count"] for option in status["poll"]["options"]] == [3, 0]
    assert [emoji["shortcode"] for emoji in status["emojis"]] == ["blob"]
    assert status["account"]["statuses_count"] == 1
    assert abs((ids[0] >> 16) - sent.created_at.timestamp() * 1000) <= 1
    assert (await known_status(ctx, uri=sent.uri)).id == ids[0]
    assert (await known_status_at(ctx, address=sent.url)).id == ids[0]


async def test_a_uri_of_somebody_else_is_not_taken_over(ctx):
    far, other = await a_stranger(ctx), await a_stranger(ctx)
    sent = sent_by(ctx, far)
    await remember(ctx, author_id=far.id, received=sent)

    assert await remember(ctx, author_id=other.id, received=sent) is None
    assert await forget(ctx, uri=sent.uri, actor_id=other.id) is False
    assert await known_status(ctx, uri=sent.uri) is not None


async def test_what_was_deleted_does_not_come_back(ctx):
    far = await a_stranger(ctx)
    early, late = sent_by(ctx, far), sent_by(ctx, far)
    await remember(ctx, author_id=far.id, received=early)

    assert await forget(ctx, uri=early.uri, actor_id=far.id) is True
    assert await forget(ctx, uri=late.uri, actor_id=far.id) is False

    assert await remember(ctx, author_id=far.id, received=early) is None
    assert await remember(ctx, author_id=far.id, received=late) is None


async def test_a_server_cannot_forbid_the_addresses_of_another(ctx):
    far, other = await a_stranger(ctx), await a_stranger(ctx)
    sent = sent_by(ctx, far)

    await forget(ctx, uri=sent.uri, actor_id=other.id, actor_uri=other.uri)
    await forget(ctx, uri=sent.uri, actor_id=other.id)

    assert await remember(ctx, author_id=far.id, received=sent) is not None


async def test_a_reply_that_came_first_finds_its_parent(ctx, client):
    far, other = await a_stranger(ctx), await a_stranger(ctx)
    parent = sent_by(ctx, far)
    reply = sent_by(ctx, other, in_reply_to_uri=parent.uri)

    reply_id = await remember(ctx, author_id=other.id, received=reply)
    before = await shown(client, reply_id)
    parent_id = await remember(ctx, author_id=far.id, received=parent)

    assert before["in_reply_to_id"] is None
    after = await shown(client, reply_id)
    assert after["in_reply_to_id"] == str(parent_id)
    assert after["in_reply_to_account_id"] == str(far.id)
    assert (await shown(client, parent_id))["replies_count"] == 1


async def test_a_reply_to_ours_joins_its_conversation(ctx, client):
    alice, far = await an_account(ctx), await a_stranger(ctx)
    ours = await a_status(ctx, by=alice)

    reply_id = await remember(
        ctx, author_id=far.id, received=sent_by(ctx, far, in_reply_to_uri=ours.uri)
    )

    context = (await client.get(f"/api/v1/statuses/{ours.id}/context")).json
    assert [status["id"] for status in context["descendants"]] == [str(reply_id)]
    assert (await shown(client, ours.id))["replies_count"] == 1


async def test_a_newer_edit_shows_and_an_older_does_not(ctx, client):
    far = await a_stranger(ctx)
    sent = sent_by(ctx, far, tags=["one"])
    status_id = await remember(ctx, author_id=far.id, received=sent)
    words = vars(sent) | {"content_html": "<p>New</p>", "tags": ["two"], "edited_at": ctx.now()}
    stale = words | {
        "content_html": "<p>Stale</p>",
        "edited_at": ctx.now() - timedelta(minutes=5),
    }

    assert await remember_edit(ctx, author_id=far.id, received=ReceivedStatus(**words)) == status_id
    await remember_edit(ctx, author_id=far.id, received=ReceivedStatus(**stale))

    status = await shown(client, status_id)
    assert status["content"] == "<p>New</p>"
    assert [tag["name"] for tag in status["tags"]] == ["two"]
    history = (await client.get(f"/api/v1/statuses/{status_id}/history")).json
    assert [entry["content"] for entry in history] == ["<p>From afar</p>", "<p>New</p>"]
    other = await a_stranger(ctx)
    newer = ReceivedStatus(**(words | {"edited_at": ctx.now()}))
    assert await remember_edit(ctx, author_id=other.id, received=newer) is None


async def test_votes_counted_elsewhere_are_no_edit(ctx, client):
    far = await a_stranger(ctx)
    end = ctx.now() + timedelta(hours=1)
    poll = ReceivedPoll(options=["a", "b"], tallies=[1, 0], voters_count=1, expires_at=end)
    sent = sent_by(ctx, far, poll=poll)
    status_id = await remember(ctx, author_id=far.id, received=sent)
    later = ReceivedPoll(options=["a", "b"], tallies=[5, 2], voters_count=7, expires_at=end)

    await remember_edit(
        ctx, author_id=far.id, received=ReceivedStatus(**(vars(sent) | {"poll": later}))
    )

    status = await shown(client, status_id)
    assert [option["votes_count"] for option in status["poll"]["options"]] == [5, 2]
    assert (status["poll"]["voters_count"], status["edited_at"]) == (7, None)


async def test_a_boost_from_afar_is_kept_once_and_taken_back_by_its_uri(ctx, client):
    alice, far = await an_account(ctx), await a_stranger(ctx)
    status = await a_status(ctx, by=alice)
    uri = f"{far.uri}/announces/{unique('b')}"

    ids = {await boost(ctx, actor_id=far.id, status_id=status.id, uri=uri) for _ in range(2)}
    counted = (await shown(client, status.id))["reblogs_count"]
    gone = await forget(ctx, uri=uri, actor_id=far.id)

    assert (len(ids), counted, gone) == (1, 1, True)
    assert (await shown(client, status.id))["reblogs_count"] == 0


async def test_those_it_was_for_may_see_it_without_being_named(ctx, client):
    far, alice = await a_stranger(ctx), await an_account(ctx)
    sent = sent_by(ctx, far, visibility=Visibility.DIRECT, also_for_ids=[alice.id])
    status_id = await remember(ctx, author_id=far.id, received=sent)
    app = client.signed_in(await a_token(ctx, alice))

    answer = await app.get(f"/api/v1/statuses/{status_id}")

    assert (answer.status, answer.json["mentions"]) == (200, [])
    assert (await client.get(f"/api/v1/statuses/{status_id}")).status == 404


async def test_an_account_that_is_no_more_takes_its_statuses_and_boosts_along(ctx, client):
    from watertower.statuses.reactions import forget_statuses_of_account

    alice, far = await an_account(ctx), await a_stranger(ctx)
    ours = await a_status(ctx, by=alice)
    reply = sent_by(ctx, far, in_reply_to_uri=ours.uri)
    reply_id = await remember(ctx, author_id=far.id, received=reply)
    await boost(ctx, actor_id=far.id, status_id=ours.id, uri=f"{far.uri}/b")

    await forget_statuses_of_account.run(ctx, account_id=far.id)
    await forget_statuses_of_account.run(ctx, account_id=far.id)

    assert (await client.get(f"/api/v1/statuses/{reply_id}")).status == 404
    status = await shown(client, ours.id)
    assert (status["replies_count"], status["reblogs_count"]) == (0, 0)

"""Streams: what the tests beside tests/api/streaming/test_security.py do not ask."""

import json

import pytest

from tests.api.streaming.apps import an_app, everything, tell
from tests.api.streaming.test_security import HIDING, NOTHING, heard_everywhere, row
from tests.feeds.world import sql
from tests.world import a_follow, a_status, a_token, an_account
from watertower.statuses.model import Visibility


@pytest.mark.parametrize("visibility", [Visibility.PRIVATE, Visibility.DIRECT])
async def test_a_boost_of_what_is_not_for_the_viewer_does_not_come(ctx, client, visibility):
    author, booster, viewer = [await an_account(ctx) for _ in range(3)]
    await a_follow(ctx, viewer, booster)
    status = await a_status(ctx, by=author, visibility=visibility)
    boost = await a_status(ctx, by=booster, reblog_of_id=status.id)

    assert await heard_everywhere(ctx, client, viewer, booster, boost) == NOTHING


async def test_what_was_deleted_or_swept_in_between_does_not_come(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(ctx, by=author)
    await row(ctx, "UPDATE statuses SET deleted_at = now() WHERE id = $1", status.id)

    assert await heard_everywhere(ctx, client, viewer, author, status) == NOTHING


@pytest.mark.parametrize("how", ["author blocks", "author suspended", "not mentioned"])
async def test_a_notification_of_what_is_hidden_does_not_come(ctx, client, how):
    author, viewer = await an_account(ctx), await an_account(ctx)
    named = () if how == "not mentioned" else (viewer,)
    status = await a_status(ctx, by=author, visibility=Visibility.DIRECT, mentions=named)
    notification_id = await sql(
        ctx,
        "INSERT INTO notifications (account_id, from_account_id, kind, status_id, group_key) "
        "VALUES ($1, $2, 'mention', $3, 'one') RETURNING id",
        viewer.id,
        author.id,
        status.id,
    )
    if how in HIDING:
        await row(ctx, HIDING[how], viewer.id, author.id)

    async with an_app(client, await a_token(ctx, viewer), "user", "user:notification") as app:
        await tell(ctx, "notification", notification_id=notification_id, account_id=viewer.id)
        assert [m for m in await everything(ctx, app, viewer.id) if "payload" in m] == []


async def test_a_notification_comes_to_nobody_but_its_owner(ctx, client):
    author, owner, other = [await an_account(ctx) for _ in range(3)]
    status = await a_status(ctx, by=author, mentions=(owner,))
    notification_id = await sql(
        ctx,
        "INSERT INTO notifications (account_id, from_account_id, kind, status_id, group_key) "
        "VALUES ($1, $2, 'mention', $3, 'one') RETURNING id",
        owner.id,
        author.id,
        status.id,
    )

    async with an_app(client, await a_token(ctx, other), "user") as app:
        # Whoever is named in the event: the row says whose it is.
        await tell(ctx, "notification", notification_id=notification_id, account_id=other.id)
        assert await everything(ctx, app, other.id) == []


async def test_a_conversation_shows_no_status_that_its_owner_may_not_see(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    status = await a_status(
        ctx, by=author, text="secret", visibility=Visibility.DIRECT, mentions=(viewer,)
    )
    conversation_id = await sql(
        ctx,
        "INSERT INTO inbox_conversations (account_id, conversation_id, participant_ids, "
        "status_ids, last_status_id) VALUES ($1, $2, ARRAY[$3::bigint], ARRAY[$4::bigint], $4) "
        "RETURNING id",
        viewer.id,
        status.conversation_id,
        author.id,
        status.id,
    )
    await row(ctx, HIDING["author blocks"], viewer.id, author.id)

    async with an_app(client, await a_token(ctx, viewer), "direct") as app:
        await tell(
            ctx,
            "conversation",
            inbox_conversation_id=conversation_id,
            account_id=viewer.id,
        )
        message = await app.next()
    assert json.loads(message["payload"])["last_status"] is None
    assert "secret" not in message["payload"]


async def test_what_stays_here_comes_to_followers_here(ctx, client):
    author, viewer = await an_account(ctx), await an_account(ctx)
    await a_follow(ctx, viewer, author)
    status = await a_status(ctx, by=author, is_local_only=True)

    heard = await heard_everywhere(ctx, client, viewer, author, status)
    assert heard["update"] >= {"user", "list"}

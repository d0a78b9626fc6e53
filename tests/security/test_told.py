"""Notifications and pushes tell nobody of what they may not read."""

import pytest

from tests.feeds.world import a_member, sql
from tests.world import a_follow, a_status
from watertower.feeds.queries.mails import find_mailed
from watertower.feeds.queries.push_subscriptions import find_pushed


async def subscribed(ctx, member):
    """A push subscription of the member's newest token."""
    return await sql(
        ctx,
        "INSERT INTO push_subscriptions (token_id, account_id, endpoint, p256dh, auth, "
        "is_standard, alerts, policy, sealed_token) SELECT id, $1, 'https://push.example/1', 'a', "
        "'b', true, '{}', 'all', 'c' FROM oauth_tokens "
        "WHERE login_id = (SELECT id FROM logins WHERE account_id = $1) LIMIT 1 RETURNING id",
        member.id,
    )


async def pushed(ctx, subscription_id, notification_id):
    async with ctx.reading() as tx:
        return await find_pushed(
            tx, subscription_id=subscription_id, notification_id=notification_id
        )


async def mailed(ctx, notification_id):
    async with ctx.reading() as tx:
        return await find_mailed(tx, notification_id=notification_id)


@pytest.mark.parametrize("visibility", ["private", "direct"])
async def test_a_quote_that_the_quoted_may_not_read_is_not_told(ctx, client, drain, visibility):
    (alice, as_alice), (_, as_bob) = await a_member(ctx, client), await a_member(ctx, client)
    status = await a_status(ctx, by=alice)

    answer = await as_bob.post(
        "/api/v1/statuses",
        json={
            "status": "behind her back",
            "visibility": visibility,
            "quoted_status_id": str(status.id),
        },
    )
    await drain()

    assert answer.status == 200
    assert await sql(ctx, "SELECT count(*) FROM notifications WHERE account_id = $1", alice.id) == 0
    assert (await as_alice.get("/api/v1/notifications/unread_count")).json == {"count": 0}


async def test_a_quote_that_everybody_may_read_is_told(ctx, client, drain):
    (alice, as_alice), (_, as_bob) = await a_member(ctx, client), await a_member(ctx, client)
    status = await a_status(ctx, by=alice)
    await as_bob.post(
        "/api/v1/statuses", json={"status": "look", "quoted_status_id": str(status.id)}
    )
    await drain()

    told = (await as_alice.get("/api/v1/notifications")).json
    assert [one["type"] for one in told] == ["quote"]


HIDING = {
    "deleted": "UPDATE statuses SET deleted_at = now() WHERE account_id = $2 AND $1 > 0",
    "blocked": "INSERT INTO blocks (account_id, target_account_id) VALUES ($2, $1)",
    "suspended": "UPDATE accounts SET suspended_at = now() WHERE id = $2 AND $1 > 0",
    "followed no more": "DELETE FROM follows WHERE account_id = $1 AND target_account_id = $2",
}


@pytest.mark.parametrize("how", HIDING)
async def test_what_was_hidden_since_is_not_pushed(ctx, client, how):
    (bob, _), (alice, _) = await a_member(ctx, client), await a_member(ctx, client)
    await a_follow(ctx, alice, bob)
    status = await a_status(ctx, by=bob, visibility=2)
    subscription_id = await subscribed(ctx, alice)
    notification_id = await sql(
        ctx,
        "INSERT INTO notifications (account_id, from_account_id, kind, status_id, group_key) "
        "VALUES ($1, $2, 'status', $3, 'one') RETURNING id",
        alice.id,
        bob.id,
        status.id,
    )
    assert (await pushed(ctx, subscription_id, notification_id)).content_html == "<p>Hello</p>"
    assert (await mailed(ctx, notification_id)).content_html == "<p>Hello</p>"

    await sql(ctx, HIDING[how].replace("$1 >", "$1::bigint >"), alice.id, bob.id)

    assert await pushed(ctx, subscription_id, notification_id) is None
    assert await mailed(ctx, notification_id) is None

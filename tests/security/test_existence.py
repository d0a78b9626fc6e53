"""What one may not see answers exactly as what is not there, whatever one tries to do with it."""

import re

import pytest

from tests.feeds.world import a_member, sql
from tests.world import a_status, an_account
from watertower.api.routes import ROUTES
from watertower.statuses.model import Visibility

MISSING = 1
OF_A_STATUS = [
    route
    for route in ROUTES
    if route.path.startswith(("/api/v1/statuses/:id", "/api/v1/polls/:id"))
]
BODY = {"choices": ["0"], "status": "x", "quote_approval_policy": "nobody"}
HEADERS = ("x-request-id", "date", "x-ratelimit-remaining")


def shown(answer, looked_for):
    """The whole answer but for what differs between any two."""
    headers = {k.lower(): v for k, v in answer.headers.items() if k.lower() not in HEADERS}
    return answer.status, re.sub(str(looked_for), "ID", answer.text), headers


@pytest.mark.parametrize("route", OF_A_STATUS, ids=lambda route: f"{route.method} {route.path}")
async def test_hidden_and_missing_are_the_same(ctx, client, route):
    author = await an_account(ctx)
    blocking = await an_account(ctx)
    member, app = await a_member(ctx, client)
    await sql(
        ctx,
        "INSERT INTO blocks (account_id, target_account_id) VALUES ($1, $2)",
        blocking.id,
        member.id,
    )
    own = await a_status(ctx, by=member)
    hidden = {
        "private": await a_status(ctx, by=author, visibility=Visibility.PRIVATE),
        "direct": await a_status(ctx, by=author, visibility=Visibility.DIRECT),
        "deleted": await a_status(ctx, by=author),
        "blocked": await a_status(ctx, by=blocking),
    }
    gone = "UPDATE statuses SET deleted_at = now() WHERE id = $1"
    await sql(ctx, gone, hidden["deleted"].id)
    numbers = {name: await _number(ctx, route, status) for name, status in hidden.items()}
    body = {} if route.method == "GET" else {"json": BODY}

    async def asked(who, number):
        path = route.path.replace(":id", str(number)).replace(":quoting_status_id", str(own.id))
        return shown(await who.call(route.method, path, **body), number)

    for who, names in ((app, hidden), (client, ("private", "direct", "deleted"))):
        missing = await asked(who, MISSING)
        assert missing[0] in {401, 404}
        for name in names:
            assert await asked(who, numbers[name]) == missing, name
    for status in hidden.values():
        for table in ("favourites", "bookmarks"):
            count = f"SELECT count(*) FROM {table} WHERE status_id = $1"
            assert await sql(ctx, count, status.id) == 0


async def _number(ctx, route, status):
    """What stands in the address: the status, or a poll that it asks."""
    if "polls" not in route.path:
        return status.id
    poll_id = await sql(
        ctx,
        "INSERT INTO polls (account_id, status_id, options, tallies, expires_at) "
        "VALUES ($1, $2, '{a,b}', '{0,0}', now() + interval '1 day') RETURNING id",
        status.account_id,
        status.id,
    )
    await sql(ctx, "UPDATE statuses SET poll_id = $2 WHERE id = $1", status.id, poll_id)
    return poll_id


async def test_replies_quotes_and_filters_do_not_tell_either(ctx, client):
    author = await an_account(ctx)
    member, app = await a_member(ctx, client)
    private = await a_status(ctx, by=author, visibility=Visibility.PRIVATE)
    made = (await app.post("/api/v2/filters", json={"title": "x", "context": ["home"]})).json

    for name in ("in_reply_to_id", "quoted_status_id"):
        answers = [
            await app.post("/api/v1/statuses", json={"status": "x", name: str(number)})
            for number in (private.id, MISSING)
        ]
        assert answers[0].status in {404, 422}
        assert shown(answers[0], private.id) == shown(answers[1], MISSING)
    answers = [
        await app.post(f"/api/v2/filters/{made['id']}/statuses", json={"status_id": str(number)})
        for number in (private.id, MISSING)
    ]
    assert answers[0].status == 404
    assert shown(answers[0], private.id) == shown(answers[1], MISSING)
    assert member.id != author.id

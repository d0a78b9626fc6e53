"""Whatever is sent, the answer is one that the API has: never a fault."""

import pytest

from tests.world import a_status, a_token, an_account

POST = "/api/v1/statuses"
STRANGE = [
    None,
    True,
    -1,
    2**70,
    1.5,
    "",
    "\x00",
    "\ud800",
    "x" * 100_001,
    "٣",
    [],
    [[]],
    [None, {}, "1"],
    {},
    {"a": {"b": []}},
    "9999-12-31T23:59:59-14:00",
    "0001-01-01T00:00:00+14:00",
]
NAMES = [
    "status",
    "spoiler_text",
    "sensitive",
    "visibility",
    "language",
    "in_reply_to_id",
    "quoted_status_id",
    "quote_approval_policy",
    "media_ids",
    "media_attributes",
    "poll",
    "scheduled_at",
]


def body(value):
    import json

    return {"data": json.dumps(value), "headers": {"Content-Type": "application/json"}}


@pytest.mark.parametrize("name", NAMES)
async def test_strange_values_in_a_post_and_an_edit(ctx, client, name):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    made = (await app.post(POST, json={"status": "x"})).json["id"]

    for value in STRANGE:
        for method, path in (("POST", POST), ("PUT", f"{POST}/{made}")):
            answer = await app.call(method, path, **body({"status": "y", name: value}))
            assert answer.status in {200, 404, 413, 422}, (method, value, answer.text)


@pytest.mark.parametrize("name", ["options", "expires_in", "multiple", "hide_totals"])
async def test_strange_values_in_a_poll(ctx, client, name):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    for value in STRANGE:
        poll = {"options": ["a", "b"], "expires_in": 600, name: value}
        answer = await app.post(POST, **body({"status": "y", "poll": poll}))
        assert answer.status in {200, 413, 422}, (value, answer.text)


async def test_strange_ids_and_parameters_elsewhere(ctx, client):
    alice = await an_account(ctx)
    app = client.signed_in(await a_token(ctx, alice))
    status = await a_status(ctx, by=alice)
    paths = ["", "/context", "/history", "/source", "/reblogged_by", "/favourited_by", "/quotes"]

    for word in ("0", "-1", "9" * 19, "9" * 40, "x", "%00", "%ff", "1.5"):
        for path in paths:
            assert (await app.get(f"{POST}/{word}{path}")).status in {404, 422}, (word, path)
        for verb in ("reblog", "unreblog", "bookmark", "pin", "mute", "translate"):
            assert (await app.post(f"{POST}/{word}/{verb}")).status in {404, 422}, (word, verb)
        for parameter in ("max_id", "min_id", "since_id", "limit"):
            for path in ("/api/v1/bookmarks", f"{POST}/{status.id}/favourited_by"):
                answer = await app.get(f"{path}?{parameter}={word}")
                assert answer.status in {200, 422}, (word, parameter, path)
    for value in STRANGE:
        answer = await app.post(f"{POST}/{status.id}/reblog", **body({"visibility": value}))
        assert answer.status in {200, 422}
        answer = await app.post("/api/v1/polls/1/votes", **body({"choices": value}))
        assert answer.status in {404, 422}
        answer = await app.put("/api/v1/scheduled_statuses/1", **body({"scheduled_at": value}))
        assert answer.status in {404, 422}, (value, answer.text)


async def test_strange_keys(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    for key in ("", " ", "k" * 5000, "ключ".encode().decode("latin-1"), "'; DROP TABLE"):
        answer = await app.post(POST, json={"status": "x"}, headers={"Idempotency-Key": key})
        assert answer.status == 200

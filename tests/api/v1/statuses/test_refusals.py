"""What cannot be published, in Mastodon's words."""

import pytest

from tests.world import a_token, an_account

POST = "/api/v1/statuses"
POLL = {"options": ["a", "b"], "expires_in": 3600}


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Validation failed: Text can't be blank"),
        ({"status": "  \n"}, "Validation failed: Text can't be blank"),
        ({"status": "x" * 501}, "Validation failed: Text character limit of 500 exceeded"),
        (
            {"status": "x" * 499, "spoiler_text": "yy"},
            "Validation failed: Text character limit of 500 exceeded",
        ),
        (
            {"status": "x", "media_ids": ["1", "2", "3", "4", "5"]},
            "Validation failed: Cannot attach more than 4 files",
        ),
        (
            {"status": "x", "media_ids": ["12"]},
            "Media 12 not found or already attached to another post",
        ),
        (
            {"status": "x", "poll": POLL | {"options": ["a"]}},
            "Validation failed: Options must have more than one item",
        ),
        (
            {"status": "x", "poll": POLL | {"options": list("abcde")}},
            "Validation failed: Options can't contain more than 4 items",
        ),
        (
            {"status": "x", "poll": POLL | {"options": ["a", "a"]}},
            "Validation failed: Options contain duplicate items",
        ),
        (
            {"status": "x", "poll": POLL | {"options": ["a", "b" * 51]}},
            "Validation failed: Options cannot be longer than 50 characters each",
        ),
        (
            {"status": "x", "poll": POLL | {"expires_in": 299}},
            "Validation failed: Expires at is too soon",
        ),
        (
            {"status": "x", "poll": POLL | {"expires_in": 2_629_747}},
            "Validation failed: Expires at is too far into the future",
        ),
        (
            {"status": "x", "poll": {"options": ["a", "b"]}},
            "Validation failed: Expires at can't be blank",
        ),
        (
            {"status": "x", "visibility": "secret"},
            "Validation failed: Visibility must be one of public, unlisted, private, direct",
        ),
        (
            {"status": "x", "scheduled_at": "2020-01-01T00:00:00Z"},
            "Validation failed: Scheduled at date must be in the future",
        ),
    ],
)
async def test_it_is_refused(ctx, client, sent, says):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    answer = await app.post(POST, json=sent)

    assert (answer.status, answer.json["error"]) == (422, says)


async def test_five_hundred_characters_a_long_link_and_a_far_domain_are_not_too_long(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))
    link = "https://example.com/" + "x" * 300

    answer = await app.post(POST, json={"status": link + " " + "x" * 476})

    assert answer.status == 200


async def test_a_warning_without_a_text_becomes_the_text(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    answer = await app.post(POST, json={"spoiler_text": "Only this"})

    assert (answer.json["content"], answer.json["spoiler_text"]) == ("<p>Only this</p>", "")


async def test_a_warning_hides_media(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    answer = await app.post(POST, json={"status": "x", "spoiler_text": "Mind", "sensitive": False})

    assert (answer.json["sensitive"], answer.json["spoiler_text"]) == (True, "Mind")


async def test_a_language_nobody_knows_becomes_the_authors(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx)))

    unknown = await app.post(POST, json={"status": "x", "language": "xx-nowhere"})
    known = await app.post(POST, json={"status": "x", "language": "de-AT"})

    assert (unknown.json["language"], known.json["language"]) == ("en", "de")


async def test_a_frozen_member_cannot_post(ctx, client):
    app = client.signed_in(await a_token(ctx, await an_account(ctx, is_frozen=True)))

    assert (await app.post(POST, json={"status": "x"})).status == 403

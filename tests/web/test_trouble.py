"""When something is wrong on our side, people get a calm page and no details."""

import pytest

from watertower.base.errors import Busy, TooMany
from watertower.web import door


@pytest.mark.parametrize(
    ("trouble", "status", "says", "retry"),
    [
        (Busy(), 503, "Busy right now", "5"),
        (TimeoutError(), 503, "Busy right now", "5"),
        (TooMany("Slowly", retry_after_seconds=90), 429, "Slowly", "90"),
        (RuntimeError("the secret of the house"), 500, "Something broke on our side", None),
    ],
)
async def test_each_kind_of_trouble_has_its_page(client, monkeypatch, trouble, status, says, retry):
    async def broken(_ctx):
        raise trouble

    monkeypatch.setattr(door, "site_shown", broken)

    answer = await client.get("/about")

    assert (answer.status, answer.headers.get("retry-after")) == (status, retry)
    assert says in answer.text
    assert "secret" not in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["x-request-id"]


async def test_pictures_come_even_when_the_database_does_not_answer(client, monkeypatch):
    async def broken(_ctx):
        raise Busy

    monkeypatch.setattr(door, "site_shown", broken)

    assert (await client.get("/assets/avatar.png")).status == 200

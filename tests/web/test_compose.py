"""Posting from the front page."""

import asyncio
import re

from tests.web.visit import signed_in, where


async def test_a_form_sent_twice_at_once_posts_once(ctx, client):
    visit, me = await signed_in(ctx, client)
    await visit.get("/")

    answers = await asyncio.gather(
        *(visit.submit("/compose", status="Only once", content_warning="") for _ in range(5))
    )

    assert {(a.status, where(a)) for a in answers} == {(303, "/")}
    page = await client.get(f"/@{me.username}")
    assert page.text.count("Only once") == 1


async def test_what_cannot_be_posted_stays_in_the_box(ctx, client):
    visit, me = await signed_in(ctx, client)
    await visit.get("/")
    key = visit.hidden("/compose")["key"]

    answer = await visit.submit("/compose", status="long <b> " * 1000)

    assert answer.status == 422
    assert "Nothing was posted" in answer.text
    assert re.findall(r"<textarea[^>]*>(long &lt;b&gt;)", answer.text) == ["long &lt;b&gt;"]
    assert visit.hidden("/compose")["key"] == key
    assert "long" not in (await client.get(f"/@{me.username}")).text


async def test_a_visitor_cannot_post(client):
    from tests.web.visit import Visit

    visit = Visit(client)
    await visit.get("/auth/sign_in")
    token = visit.hidden("/auth/sign_in")

    answer = await visit._call("POST", "/compose", token | {"status": "x"}, {})

    assert where(answer) == "/auth/sign_in"

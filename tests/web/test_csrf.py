"""Forms are taken from our own pages only, and only from the browser they were made for."""

import pytest

from tests.web.visit import PASSWORD, Visit, a_member, signed_in


async def test_a_form_without_its_token_is_refused(ctx, client):
    answer = await client.post("/auth/sign_in", data={"username": "x", "password": "y"})

    assert answer.status == 403
    assert "Please try again" in answer.text


async def test_the_token_of_another_visit_signs_nobody_in(ctx, client):
    """Login CSRF: an attacker's own token with the victim's browser."""
    account = await a_member(ctx)
    attacker, victim = Visit(client), Visit(client)
    await attacker.get("/auth/sign_in")
    await victim.get("/auth/sign_in")
    stolen = attacker.hidden("/auth/sign_in")["authenticity_token"]

    answer = await victim.submit(
        "/auth/sign_in", username=account.username, password=PASSWORD, authenticity_token=stolen
    )

    assert answer.status == 403
    assert "watertower_session" not in victim.cookies


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://localhost.evil.example"},
        {"Origin": "http://[broken"},
    ],
)
async def test_a_form_from_elsewhere_is_refused_whatever_token_it_has(ctx, client, headers):
    visit, _ = await signed_in(ctx, client)
    await visit.get("/")

    answer = await visit.submit("/compose", headers=headers, status="Posted by a stranger")

    assert answer.status == 403
    assert (await visit.get("/")).text.count("Posted by a stranger") == 0


async def test_a_form_from_our_own_page_is_taken(ctx, client):
    visit, account = await signed_in(ctx, client)
    await visit.get("/")
    headers = {"Sec-Fetch-Site": "same-origin", "Origin": ctx.settings.base_url}

    answer = await visit.submit("/compose", headers=headers, status="Posted by me")

    assert answer.status == 303
    assert "Posted by me" in (await visit.get(f"/@{account.username}")).text


async def test_a_token_from_before_the_sign_in_is_worthless_after_it(ctx, client):
    account = await a_member(ctx)
    visit = Visit(client)
    await visit.get("/auth/sign_in")
    early = visit.hidden("/auth/sign_in")["authenticity_token"]
    await visit.sign_in(account.username)
    await visit.get("/")

    answer = await visit.submit("/compose", status="Early", authenticity_token=early)

    assert answer.status == 403


async def test_public_pages_give_visitors_no_cookie(ctx, client):
    account = await a_member(ctx)

    for path in ("/", "/about", f"/@{account.username}", "/public/local"):
        answer = await client.get(path)
        assert answer.headers.getall("set-cookie", []) == []
        assert answer.headers["cache-control"].startswith("public")

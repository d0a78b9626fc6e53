"""Headers of every page, and files that may be kept for ever."""

import re

from tests.security.test_words_are_words import acted_upon
from tests.web.visit import Visit
from tests.world import a_status, an_account
from watertower.web.security import content_policy, source_of


async def test_every_page_forbids_scripts_frames_and_foreign_styles(client):
    for path in ("/", "/auth/sign_in", "/nothing"):
        answer = await client.get(path)
        assert answer.headers["content-security-policy"] == (
            "default-src 'none'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
            "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
        )
        assert answer.headers["referrer-policy"] == "same-origin"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "<script" not in answer.text
        assert acted_upon(answer.text) == []
        assert not re.search(r'<\w+(?:\s+[\w-]+(?:="[^"]*")?)*\s+style=', answer.text)


async def test_only_an_embedded_post_may_be_framed(ctx, client):
    author = await an_account(ctx)
    status = await a_status(ctx, by=author)

    answer = await client.get(f"/@{author.username}/{status.id}/embed")

    assert "frame-ancestors *" in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers
    missing = await client.get(f"/@{author.username}/1/embed")
    assert "frame-ancestors 'none'" in missing.headers["content-security-policy"]


def test_an_address_cannot_add_words_to_the_policy(ctx):
    assert source_of("testapp://cb") == "testapp:"
    assert source_of("https://a.example:8443/x?y") == "https://a.example:8443"
    for evil in ("https://a.example;script-src *", "x y://z", "", "https://a,b", "http://[x"):
        assert source_of(evil) is None
    policy = content_policy(ctx.settings, form_target="https://x.example; script-src *")
    assert "script-src" not in policy


async def test_the_style_has_its_hash_in_its_address_and_is_kept_for_ever(client):
    page = await client.get("/about")
    path = re.findall(r'href="(/assets/style-[0-9a-f]{16}\.css)"', page.text)[0]

    style = await client.get(path)
    assert style.headers["cache-control"] == "public, max-age=31536000, immutable"
    again = await client.get(path, headers={"If-None-Match": style.headers["etag"]})
    assert (again.status, again.body) == (304, b"")
    assert (await client.get("/assets/style-0123456789abcdef.css")).status == 404
    assert (await client.get("/assets/..%2fdoor.py")).status == 404


async def test_pictures_that_apps_know_are_at_their_addresses(client):
    for path, kind in [
        ("/assets/avatar.png", "image/png"),
        ("/assets/header.png", "image/png"),
        ("/favicon.ico", "image/x-icon"),
        ("/apple-touch-icon.png", "image/png"),
        ("/manifest", "application/manifest+json; charset=utf-8"),
    ]:
        answer = await client.get(path)
        assert (answer.status, answer.headers["content-type"]) == (200, kind)
        assert answer.headers.getall("set-cookie", []) == []


async def test_a_cookie_of_nobody_is_taken_back(client):
    visit = Visit(client, {"watertower_session": "nonsense"})

    answer = await visit.get("/")

    assert answer.status == 200
    assert "watertower_session" not in visit.cookies


async def test_only_the_right_method_is_answered(client):
    answer = await client.get("/compose")

    assert (answer.status, answer.headers["allow"]) == (405, "POST")

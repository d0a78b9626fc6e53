"""Whatever is sent, no page breaks: refusals are pages, faults are none."""

import pytest

from tests.web.visit import Visit, signed_in
from watertower.web.routes import ROUTES

NASTY = [
    "",
    "0",
    "-1",
    "99999999999999999999999999",
    "%00",
    "%ff%fe",
    "%ed%a0%80",
    "..%2f..%2fetc%2fpasswd",
    "'; DROP TABLE accounts; --",
    "<script>alert(1)</script>",
    "@" + "a" * 3000,
    "@%F0%9F%8C%8A@%F0%9F%8C%8A",
]
FIELDS = (
    "username", "email", "password", "password_again", "email_password", "current_password",
    "code", "secret", "next", "client_id", "redirect_uri", "scope", "state", "status", "key",
    "visibility", "content_warning", "invite_code", "date_of_birth", "reason", "max_id", "min_id",
    "reset_password_token", "confirmation_token", "note", "decision", "agreed",
)  # fmt: skip
VALUES = ["", "\0", "\ud800", "a" * 20_000, "-1", "9" * 40, "é\u202e<b>", "//evil.example"]


@pytest.mark.parametrize(
    "row", [row for row in ROUTES if row.method == "GET"], ids=lambda row: row.path
)
async def test_no_page_breaks_whatever_is_in_its_address(ctx, client, row):
    visit = await one_member(ctx, client)
    for nasty in NASTY:
        path = "/".join(nasty if s[:1] in {":", "*"} else s for s in row.path.split("/")) or "/"
        for query in ("", f"?max_id={nasty}&min_id={nasty}&next={nasty}&token[]={nasty}"):
            for who in (visit, Visit(client)):
                answer = await who.get((path + query).replace(" ", "%20"))
                assert answer.status < 500, path + query


@pytest.mark.parametrize(
    "row",
    [row for row in ROUTES if row.method == "POST" and row.path != "/auth/sign_out"],
    ids=lambda row: row.path,
)
async def test_no_form_breaks_whatever_is_typed(ctx, client, row):
    visit = await one_member(ctx, client)
    await visit.get("/auth/sign_out")
    token = visit.hidden("/auth/sign_out")
    path = row.path.replace(":id", "1")
    for value in VALUES:
        typed = dict.fromkeys(FIELDS, value.encode("utf-8", "surrogatepass")) | token
        body = "&".join(f"{name}={_quoted(given)}" for name, given in typed.items())
        answer = await visit._call(
            "POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"}
        )
        assert answer.status < 500, (path, value[:20])


async def test_other_kinds_of_bodies_are_refused_as_pages(ctx, client):
    visit, _ = await signed_in(ctx, client)
    for kind, body in [
        ("application/json", "[1]"),
        ("application/json", '{"status": {"a": 1}}'),
        ("application/json", "[" * 100_000),
        ("text/plain", "hello"),
        ("multipart/form-data", "nothing"),
        ("multipart/form-data; boundary=x", "--x\r\n\r\n--x--"),
        ("application/x-www-form-urlencoded", "a=b&" * 5000),
        ("application/x-www-form-urlencoded", "a" * 2_000_000),
    ]:
        answer = await visit._call("POST", "/compose", body, {"Content-Type": kind})
        assert answer.status in {403, 413, 422}, kind


async def test_cookies_that_make_no_sense_are_left_out(client):
    for header in ("=", ";;;", "watertower_session", "a=b; " * 500, 'watertower_session="\xff"'):
        answer = await client.get("/", headers={"Cookie": header})
        assert answer.status == 200


_cookies = {}


async def one_member(ctx, client):
    """A browser of the one member that all these tests share: a password takes 0.3 s to make."""
    visit = Visit(client, dict(_cookies))
    if not _cookies or (await visit.get("/auth/edit")).status != 200:
        visit, _ = await signed_in(ctx, client)
        _cookies.clear()
        _cookies.update(visit.cookies)
    return visit


def _quoted(value):
    from urllib.parse import quote_plus

    return quote_plus(value)

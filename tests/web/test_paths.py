"""No address on this site leads to a place that somebody else chose."""

import pytest

from tests.web.visit import PASSWORD, Visit, a_member, where
from watertower.web.paths import local_path


@pytest.mark.parametrize(
    "path", ["/", "/@alice", "/oauth/authorize?client_id=1&scope=read%20write", "/a//b", "/#x"]
)
def test_a_path_on_this_site_is_kept(path):
    assert local_path(path) == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        None,
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example/",
        "javascript:alert(1)",
        "evil",
        "/\t/evil.example",
        "/\n/evil.example",
        "/a\r\nSet-Cookie: x=1",
        " //evil.example",
        "/é",
        "/" + "a" * 5000,
    ],
)
def test_everything_else_becomes_the_front_page(path):
    assert local_path(path) == "/"


async def test_sign_in_leads_to_no_other_site(ctx, client):
    account = await a_member(ctx)
    visit = Visit(client)
    await visit.get("/auth/sign_in?next=https://evil.example/")

    answer = await visit.submit(
        "/auth/sign_in", username=account.username, password=PASSWORD, next="//evil.example"
    )

    assert (answer.status, where(answer)) == (303, "/")

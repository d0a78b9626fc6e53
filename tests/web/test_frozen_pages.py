"""What a frozen member may do on pages: every row of the table, asked by one."""

import re

import pytest

from tests.conftest import Answer
from tests.web.visit import Visit, signed_in
from tests.world import an_account
from watertower.accounts.actions.sign_in import open_session
from watertower.web.cookies import SESSION, cookie_name
from watertower.web.csrf import FIELD, form_token
from watertower.web.routes import ROUTES

BY_NAME = {f"{row.method} {row.path}": row for row in ROUTES if row.knows_session}

# What members alone may do, as far as it is open to the frozen.
MAY_DO = {
    "POST /oauth/authorize",
    "DELETE /oauth/authorize",
    "POST /settings/profile",
    "POST /settings/archive",
    "POST /votes/:id",
    "POST /account/type",  # an undeclared type is put right by declaring it
    "POST /account/frozen/answer",
    "POST /account/frozen/tasks/:id",
    "POST /account/frozen/posts/:id/delete",
    "POST /account/frozen/submit",
    "POST /account/frozen/more_time",
}


def is_about_oneself(name: str) -> bool:
    """Answers and appeals, which others' pages hold."""
    return name.startswith(("POST /appeals", "POST /account/conversations"))


def may(name: str) -> bool:
    row = BY_NAME[name]
    if row.permission is not None:
        return False
    return row.method == "GET" or not row.needs_member or name in MAY_DO or is_about_oneself(name)


async def a_visit(ctx, client, **account) -> Visit:
    member = await an_account(ctx, **account)
    async with ctx.reading() as tx:
        login_id = await tx.fetch_value("SELECT id FROM logins WHERE account_id = $1", member.id)
    session = await open_session(ctx, login_id=login_id)
    return Visit(client, {cookie_name(ctx.settings, SESSION): session.session_token})


async def call(ctx, visit: Visit, name: str) -> Answer:
    row = BY_NAME[name]
    path = re.sub(r"[:*]\w+", "1", row.path)
    token = visit.cookies[cookie_name(ctx.settings, SESSION)]
    data = None if row.method == "GET" else {FIELD: form_token(ctx.secrets.key, token)}
    return await visit._call(row.method, path, data, {})


def test_the_table_opens_to_the_frozen_what_is_written_here_and_nothing_else():
    assert {name for name, row in BY_NAME.items() if row.is_for_frozen} == {
        name for name in BY_NAME if may(name)
    }


@pytest.mark.parametrize("name", [name for name in BY_NAME if not may(name)])
async def test_a_frozen_member_is_shown_why_and_where_to_go(ctx, client, name):
    visit = await a_visit(ctx, client, is_frozen=True, role_id=3)

    answer = await call(ctx, visit, name)

    if BY_NAME[name].permission is not None:
        assert answer.status == 404  # while frozen nobody has a role
    else:
        assert answer.status == 403
        assert "<h1>Your account is frozen</h1>" in answer.text
        assert 'href="/account/frozen"' in answer.text


@pytest.mark.parametrize("name", [name for name in BY_NAME if may(name)])
async def test_a_frozen_member_may_read_and_put_things_right(ctx, client, name):
    visit = await a_visit(ctx, client, is_frozen=True)

    answer = await call(ctx, visit, name)

    assert answer.status not in {500, 501}, answer.text
    if answer.status == 403:
        assert "<h1>Your account is frozen</h1>" not in answer.text


async def test_who_is_frozen_lands_on_the_page_that_says_why(ctx, client):
    _, account = await signed_in(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET frozen_at = now() WHERE account_id = $1", account.id)
    again = Visit(client)

    answer = await again.sign_in(account.username)
    home = await again.get("/")

    assert (answer.status, answer.headers["location"]) == (303, "/account/frozen")
    assert "Your account is frozen." in home.text
    assert 'action="/compose"' not in home.text


async def test_an_app_that_waits_is_answered_first(ctx, client):
    _, account = await signed_in(ctx, client)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET frozen_at = now() WHERE account_id = $1", account.id)
    again = Visit(client)
    then = "/oauth/authorize?client_id=x"
    await again.get(f"/auth/sign_in?next={then}")

    answer = await again.submit(
        "/auth/sign_in",
        username=account.username,
        password="correct horse battery staple",
        next=then,
    )

    assert (answer.status, answer.headers["location"]) == (303, then)


async def test_a_member_who_is_not_frozen_has_nothing_to_see_there(ctx, client):
    visit, _ = await signed_in(ctx, client)

    answer = await visit.get("/account/frozen")

    assert (answer.status, answer.headers["location"]) == (302, "/")


async def test_frozen_without_a_word_is_shown_all_the_same(ctx, client):
    visit = await a_visit(ctx, client, is_frozen=True)

    answer = await visit.get("/account/frozen")

    assert (answer.status, "Your account is frozen" in answer.text) == (200, True)

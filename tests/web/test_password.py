"""A forgotten password, and a known one."""

import re

from tests.web.visit import PASSWORD, Visit, a_member, signed_in, where

NEW = "a quite different password"


async def test_a_forgotten_password_is_replaced_through_the_mail(ctx, client, drain, mails):
    account = await a_member(ctx)
    email = f"{account.username}@example.test"
    before = Visit(client)
    await before.sign_in(account.username)
    visit = Visit(client)
    await visit.get("/auth/password/new")
    assert where(await visit.submit("/auth/password", email=email)) == "/auth/sign_in?note=sent"
    await drain()
    link = re.findall(
        r"/auth/password/edit\?reset_password_token=[\w-]+", mails.to(email)[-1].text
    )[0]

    await visit.get(link)
    differing = await visit.submit("/auth/password/edit", password=NEW, password_again="other")
    assert differing.status == 422
    answer = await visit.submit("/auth/password/edit", password=NEW, password_again=NEW)

    assert where(answer) == "/auth/sign_in?note=reset"
    assert where(await before.get("/auth/edit")).startswith("/auth/sign_in")
    assert (await Visit(client).sign_in(account.username, PASSWORD)).status == 422
    assert (await Visit(client).sign_in(account.username, NEW)).status == 303
    assert (await visit.get(link)).status == 404


async def test_asking_for_a_link_does_not_tell_who_is_here(ctx, client, drain, mails):
    visit = Visit(client)
    await visit.get("/auth/password/new")

    answer = await visit.submit("/auth/password", email="nobody@example.test")

    assert where(answer) == "/auth/sign_in?note=sent"
    await drain()
    assert mails.to("nobody@example.test") == []


async def test_a_known_password_is_changed_and_other_browsers_are_signed_out(ctx, client):
    visit, account = await signed_in(ctx, client)
    other = Visit(client)
    await other.sign_in(account.username)
    await visit.get("/auth/edit")
    wrong = await visit.submit(
        "/auth/edit/password", current_password="no", password=NEW, password_again=NEW
    )
    assert wrong.status == 422

    answer = await visit.submit(
        "/auth/edit/password", current_password=PASSWORD, password=NEW, password_again=NEW
    )

    assert where(answer) == "/auth/edit?note=password"
    assert (await visit.get("/auth/edit")).status == 200
    assert where(await other.get("/auth/edit")).startswith("/auth/sign_in")


async def test_password_managers_find_the_page(client):
    assert where(await client.get("/.well-known/change-password")) == "/auth/edit"

"""A real browser: somebody who is suspended appeals by the link in the mail, and is answered."""

import os
import re
from pathlib import Path

import pytest

from tests.moderation.appeals.world import (
    a_case,
    a_moderator,
    decided,
    is_suspended,
    the_appeal,
)
from tests.web.test_browser import LOOK, browser  # noqa: F401
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status
from watertower.moderation.model.standing import Kind
from watertower.moderation.steps.evidence import keep_evidence_of_statuses

pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PICTURES")  # a folder, for people who want to look


async def _look(page, name: str) -> None:
    """Nothing to stumble over, on a phone and on a desk."""
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        await page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        assert await page.evaluate(LOOK) == [], name
        if PICTURES:
            await page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)


async def _signed_in(browser, base: str, name: str):  # noqa: F811
    page = await (await browser.new_context(java_script_enabled=True)).new_page()
    await page.goto(f"{base}/auth/sign_in")
    await page.fill("#username", name)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("main").get_by_role("button").click()
    return page


async def test_appeal_by_a_suspended_person_by_mail(ctx, client, browser, drain, mails):  # noqa: F811
    base = ctx.settings.base_url
    _, decider = await a_moderator(ctx, client)
    _, first = await a_moderator(ctx, client)
    _, other = await a_moderator(ctx, client)
    person = await a_member(ctx)
    posts = [await a_status(ctx, by=person, text="About bread") for _ in range(2)]
    case_id = await a_case(ctx, person)
    async with ctx.transaction() as tx:
        await keep_evidence_of_statuses(
            tx, at=ctx.now(), case_id=case_id, status_ids=[p.id for p in posts], taken_by=None
        )
    action_id = await decided(ctx, by=decider, about=person, case_id=case_id)
    await drain()
    (mail,) = mails.to(f"{person.username}@example.test")
    link = re.search(r"https?://\S+/appeals/\S+", mail.text)[0]

    private = await (await browser.new_context(java_script_enabled=False)).new_page()
    await private.goto(link)
    assert await private.get_by_role("heading", name="Suspension").count() == 1
    page = await (await browser.new_context()).new_page()
    await page.goto(link)
    await _look(page, "appeal-form")
    await private.get_by_label("This was an error.").check()
    await private.get_by_label("In your words").fill("It was a joke about bread, not about people.")
    await private.get_by_role("button", name="Send the appeal").click()
    assert await private.get_by_text("Your appeal is here.").count() == 1
    await drain()

    appeal = await the_appeal(ctx, action_id)
    judge = first if appeal["assigned_account_id"] == first.id else other
    second = other if judge is first else first
    desk = await _signed_in(browser, base, judge.username)
    await desk.goto(f"{base}/desk/appeals")
    await _look(desk, "desk-appeals")
    await desk.get_by_role("link", name=f"Suspension: @{person.username}").click()
    await desk.get_by_label("Write to the person").fill("Which bread do you mean?")
    await desk.get_by_role("button", name="Send", exact=True).click()
    await desk.get_by_label("Add a note").fill("I think it was a joke.")
    await desk.get_by_role("button", name="Add", exact=True).click()
    await _look(desk, "desk-appeal")
    await private.goto(link)
    await private.get_by_label("Write to the team").fill("The sourdough.")
    await private.get_by_role("button", name="Send", exact=True).click()
    await page.goto(link)
    await _look(page, "appeal-open")

    await _accepted_by_two(browser, base, desk, second, appeal["id"], person, ctx)
    await drain()
    await page.goto(link)
    assert await page.get_by_text("You were right, and we were not.").count() == 1
    await _look(page, "appeal-accepted")
    await page.goto(f"{base}/@{person.username}")
    assert await page.get_by_text("About bread").count() == 2
    await desk.goto(f"{base}/desk/audit")
    await _look(desk, "desk-audit")


async def _accepted_by_two(browser, base, desk, second, appeal_id, person, ctx):  # noqa: F811
    """The first proposes in the desk, the second agrees, and only then it happens."""
    await desk.reload()
    await desk.get_by_label("Accepted", exact=True).check()
    await desk.get_by_label("What the person is told").fill("You were right, and we were not.")
    await desk.get_by_role("button", name="Decide", exact=True).click()
    assert await is_suspended(ctx, person)
    await _look(desk, "desk-proposed")
    colleague = await _signed_in(browser, base, second.username)
    await colleague.goto(f"{base}/desk/appeals/{appeal_id}")
    await _look(colleague, "desk-second")
    await colleague.get_by_role("button", name="I agree, do it").click()
    assert not await is_suspended(ctx, person)


async def test_the_other_pages_of_appeals(ctx, client, browser):  # noqa: F811
    base = ctx.settings.base_url
    person = await a_member(ctx)
    for kind in (Kind.LIMIT, Kind.SENSITIZE):
        await decided(ctx, by=None, about=person, kind=kind)
    page = await _signed_in(browser, base, person.username)
    await page.goto(f"{base}/appeals/new")
    await _look(page, "appeal-new")
    await page.goto(f"{base}/appeals/remote")
    await _look(page, "appeal-remote")
    await page.get_by_label("The account").fill("somebody@far.example")
    await page.get_by_role("button", name="Go on").click()
    await _look(page, "appeal-proof")
    await page.goto(f"{base}/appeals/proof/abc")
    await _look(page, "appeal-proof-link")


async def test_the_pages_of_webhooks(ctx, client, browser):  # noqa: F811
    base = ctx.settings.base_url
    _, admin = await a_moderator(ctx, client, role_id=2)
    page = await _signed_in(browser, base, admin.username)
    await page.goto(f"{base}/desk/webhooks")
    await page.get_by_label("Address").fill("https://hooks.example/watertower")
    await page.get_by_label("A report was filed").check()
    await _look(page, "desk-webhooks")
    await page.get_by_role("button", name="Make it").click()
    assert await page.get_by_text("Made.").count() == 1
    await _look(page, "desk-webhook")

"""A real browser: filing a report on a phone, and the second opinion at the desk."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.conftest import is_ci
from tests.moderation.desk import MODERATOR, a_report, case_of, column
from tests.web.test_browser import LOOK as LOOK_OPEN
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status, an_account

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
# Set to a folder to keep pictures of what was seen.
PICTURES = os.environ.get("WATERTOWER_PICTURES", "")
# What is folded away is not looked at.
LOOK = LOOK_OPEN.replace(
    "e.getClientRects().length > 0",
    "e.getClientRects().length > 0 && e.checkVisibility()",
)
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    if CHROMIUM is None:
        if is_ci():
            pytest.fail("no Chromium")
        pytest.skip("no Chromium on this machine")
    async with async_playwright() as playwright:
        found = await playwright.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield found
        await found.close()


async def signed_in(
    ctx, client, browser, size, role_id=None
) -> tuple[Page, object, BrowserContext]:
    """A page of this size that a new member, or somebody of the team, is signed in on."""
    member = await a_member(ctx)
    if role_id is not None:
        async with ctx.transaction() as tx:
            await tx.execute(
                "UPDATE logins SET role_id = $2 WHERE account_id = $1", member.id, role_id
            )
    context = await browser.new_context(viewport=size, java_script_enabled=True)
    page = await context.new_page()
    await page.goto(f"{client.base}/auth/sign_in")
    await page.fill("#username", member.username)
    await page.fill("#password", PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    return page, member, context


async def looks_right(page: Page, name: str) -> None:
    """Nothing somebody with a keyboard, a screen reader or a small screen would stumble over."""
    for width in (PHONE, DESK):
        await page.set_viewport_size(width)
        if PICTURES:
            file = Path(PICTURES) / f"{name}-{width['width']}.png"
            await page.screenshot(path=str(file), full_page=True)
        assert await page.evaluate(LOOK) == [], (name, width)


async def test_filing_a_report_on_a_phone(ctx, client, browser):
    async with ctx.transaction() as tx:
        rule = await tx.fetch_value(
            "INSERT INTO rules (text) VALUES ('Be kind to one another') RETURNING id"
        )
    author = await an_account(ctx, domain="far.example")
    post = await a_status(ctx, by=author, text="Nobody wants you here, go away.", is_local=False)
    page, me, _ = await signed_in(ctx, client, browser, PHONE)

    await page.goto(f"{client.base}/reports/new?status_id={post.id}")
    await looks_right(page, "report-new")
    await page.set_viewport_size(PHONE)
    await page.fill("#comment", "They follow my friend from post to post.")
    await page.get_by_role("button", name="See what each side will see").click()
    await looks_right(page, "report-problems")
    await page.check("#category-violation")
    await page.check("#forward-no")
    await page.get_by_role("button", name="See what each side will see").click()
    await page.wait_for_selector("text=Nothing is sent yet")
    await looks_right(page, "report-preview")
    await page.get_by_role("button", name="Send the report").click()
    await page.wait_for_selector("text=The team has your report")
    await looks_right(page, "report-one")
    await page.goto(f"{client.base}/account/reports")
    await looks_right(page, "report-mine")

    async with ctx.reading() as tx:
        row = await tx.fetch_one("SELECT * FROM reports WHERE account_id = $1", me.id)
    assert (row["comment"], row["category"], row["is_forwarded"], list(row["status_ids"])) == (
        "They follow my friend from post to post.",
        "violation",
        False,
        [post.id],
    )
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE rules SET deleted_at = now() WHERE id = $1", rule)


async def test_the_second_opinion_at_the_desk(ctx, client, browser):
    number, case_id, _, target, post = await a_report(ctx, text="A long thread of insults")
    await a_report(ctx, about=target)
    one = f"{client.base}/desk/cases/{case_id}"
    first, _, _ = await signed_in(ctx, client, browser, DESK, MODERATOR)
    second, _, _ = await signed_in(ctx, client, browser, PHONE, MODERATOR)

    await first.goto(f"{client.base}/desk/cases")
    await looks_right(first, "desk-queue")
    await first.goto(one)
    await looks_right(first, "desk-case-new")
    await first.set_viewport_size(DESK)
    await first.fill("#situation", "Insults over a week")
    await first.fill("#would_do", "Suspend")
    await first.fill("#would_not_do", "Warn again")
    await first.fill("#why", "It was explained twice")
    await first.check("#wants_second_opinion")
    await first.get_by_role("button", name="Keep the analysis").click()
    await first.wait_for_selector("text=The analysis is kept")
    await first.check("#kind-suspend")
    await first.fill("#reason", "It goes on after two talks")
    await first.get_by_role("button", name="Decide", exact=True).click()
    await first.wait_for_selector("text=Another moderator has to agree")
    assert await column(ctx, case_id, "state") == "discussion"

    await second.goto(one)
    await looks_right(second, "desk-case-proposal")
    await second.set_viewport_size(PHONE)
    await second.get_by_label("In your words").fill("I see it the same way")
    await second.get_by_role("button", name="I agree", exact=True).click()
    await second.wait_for_selector("text=Your answer is kept")
    await looks_right(second, "desk-case-closed")
    assert (await column(ctx, case_id, "state"), await column(ctx, case_id, "outcome")) == (
        "closed",
        "suspend",
    )
    await second.goto(f"{client.base}/desk/cases/new")
    await looks_right(second, "desk-new")
    await second.goto(f"{client.base}/desk/templates")
    await looks_right(second, "desk-templates")
    assert await case_of(ctx, number) == case_id
    assert post.account_id == target.id

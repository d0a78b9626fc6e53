"""The pages of standing in a real browser: a moderator decides, the member reads it."""

import os
from pathlib import Path

import pytest

from tests.moderation.standing.world import all_of, marks_of
from tests.web.test_browser import LOOK, browser  # noqa: F401  # a fixture
from tests.web.visit import PASSWORD, a_member
from tests.world import a_status

pytestmark = pytest.mark.browser

PICTURES = os.environ.get("WATERTOWER_TEST_PICTURES")  # a folder: every page is kept as a picture


async def looked_at(page, name):
    """The page says nothing wrong to a keyboard, a screen reader or a phone, in both widths."""
    for width in (390, 1280):
        await page.set_viewport_size({"width": width, "height": 800})
        await page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)")
        assert await page.evaluate(LOOK) == [], (name, width)
        if PICTURES:
            path = Path(PICTURES) / f"standing-{name}-{width}.png"
            await page.screenshot(path=str(path), full_page=True)


async def signed_in(browser, base, username):  # noqa: F811
    context = await browser.new_context(java_script_enabled=True)
    page = await context.new_page()
    await page.goto(f"{base}/auth/sign_in")
    await page.get_by_label("E-mail address or name").fill(username)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
    return page


async def test_a_moderator_decides_and_takes_it_back_and_the_member_reads_it(
    ctx,
    client,
    drain,
    browser,  # noqa: F811
):
    moderator, member = await a_member(ctx), await a_member(ctx)
    async with ctx.transaction() as tx:
        await tx.execute("UPDATE logins SET role_id = 1 WHERE account_id = $1", moderator.id)
        await tx.execute("INSERT INTO rules (position, text) VALUES (1, 'Be kind to newcomers.')")
    await a_status(ctx, member, "Newcomers should go away")
    base = ctx.settings.base_url

    desk = await signed_in(browser, base, moderator.username)
    await desk.goto(f"{base}/desk/accounts?q={member.username}")
    await looked_at(desk, "accounts")
    await desk.get_by_role("link", name=f"@{member.username}").click()
    await desk.get_by_role("button", name="Show address and IPs").click()
    await desk.get_by_text(f"{member.username}@example.test").wait_for()
    await desk.get_by_role("link", name="Decide").click()
    await looked_at(desk, "act")
    await desk.get_by_label("Limit", exact=True).check()
    await desk.get_by_label("To the person").fill("Please let newcomers ask their questions.")
    await desk.get_by_label("For the team").fill("Second time this week")
    await desk.get_by_label("Be kind to newcomers.").last.check()
    await desk.get_by_label("End", exact=True).select_option("24")
    await desk.get_by_role("button", name="Do it").click()
    await desk.get_by_text("Done.").wait_for()
    await desk.goto(f"{base}/desk/accounts/{member.id}/act")
    await desk.get_by_label("Suspension", exact=True).check()
    await desk.get_by_label("To the person").fill("You threatened somebody.")
    await desk.get_by_role("button", name="Do it").click()
    await desk.get_by_text("Needs a second look").wait_for()
    await looked_at(desk, "account")
    await drain()

    own = await signed_in(browser, base, member.username)
    await own.get_by_role("link", name="Read why, answer, or appeal.").click()
    await own.get_by_text("You threatened somebody.").wait_for()
    await looked_at(own, "own-suspended")
    assert "Second time this week" not in await own.content()

    await desk.get_by_label("Why, for the team").first.fill("The wrong account")
    await desk.get_by_role("button", name="Restore what was before").first.click()
    await desk.get_by_text("Taken back. Everything is as it was before.").wait_for()
    await own.goto(f"{base}/account/standing")
    await looked_at(own, "own")

    suspension, limit = await all_of(ctx, member)
    assert (suspension.undone_reason, limit.undone_at) == ("The wrong account", None)
    marks = await marks_of(ctx, member)
    assert (marks["suspended_at"], marks["limited_at"] is None) == (None, False)
